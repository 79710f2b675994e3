/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A timeline to look at.
 */
#ifndef FASTKEXEC_REPORT_CHART_H
#define FASTKEXEC_REPORT_CHART_H

#include <stdio.h>

#include "report/timeline.h"

/**
 * struct chart_time - a time by value
 * @s: it
 */
struct chart_time {
	char s[24];
};

/**
 * chart_time() - "123 us", "45.6 ms", "7.890 s"; use as chart_time(n).s
 * @ns: nanoseconds
 *
 * Return: the text
 */
struct chart_time chart_time(uint64_t ns);

/**
 * chart_text() - a line of at most 80 columns for each stage
 * @file: where it goes
 * @timeline: what to show
 */
void chart_text(FILE *file, const struct timeline *timeline);

/**
 * chart_svg() - a picture for a browser, light or dark as the reader likes
 * @file: where it goes
 * @timeline: what to show
 * @title: one line
 */
void chart_svg(FILE *file, const struct timeline *timeline, const char *title);

#endif /* FASTKEXEC_REPORT_CHART_H */
