/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One line that says why a call failed: logged, and kept for FASTKEXEC_EXPLAIN.
 */
#ifndef FK_REPORT_H
#define FK_REPORT_H

#include <linux/compiler.h>

#define FK_REPORT_SIZE	200

/**
 * struct fk_report - the line, empty or NUL-terminated
 * @line: the text, without a newline
 */
struct fk_report {
	char line[FK_REPORT_SIZE];
};

/**
 * fk_report_fail() - log a line, keep it, return the error
 * @report: where to keep it
 * @err: negative errno
 * @fmt: printf() format, without a newline
 *
 * Return: @err.
 */
__printf(3, 4) int fk_report_fail(struct fk_report *report, int err, const char *fmt, ...);

#endif /* FK_REPORT_H */
