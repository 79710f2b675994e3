// SPDX-License-Identifier: GPL-2.0
/*
 * Contract in chart.h.
 */
#include "report/chart.h"

#include <inttypes.h>

/* Columns: two spaces, the name, the time, two spaces, the bar. */
#define NAME_COLUMNS	20
#define TIME_COLUMNS	9
#define BAR_COLUMNS	(80 - 2 - NAME_COLUMNS - TIME_COLUMNS - 2)

struct chart_time chart_time(uint64_t ns)
{
	struct chart_time text;

	if (ns < 1000000)
		snprintf(text.s, sizeof(text.s), "%" PRIu64 " us", ns / 1000);
	else if (ns < CLOCKS_SECOND)
		snprintf(text.s, sizeof(text.s), "%" PRIu64 ".%" PRIu64 " ms", ns / 1000000,
			 ns / 100000 % 10);
	else
		snprintf(text.s, sizeof(text.s), "%" PRIu64 ".%03" PRIu64 " s", ns / CLOCKS_SECOND,
			 ns / 1000000 % 1000);
	return text;
}

/* The column in which a moment lies. */
static unsigned int column(const struct timeline *timeline, uint64_t ns)
{
	return timeline->ns ? (double)ns / timeline->ns * BAR_COLUMNS + 0.5 : 0;
}

/* A stage that is too short for a column gets a mark where it is. */
static void draw_bar(FILE *file, const struct timeline *timeline, const struct stage *stage)
{
	unsigned int from = column(timeline, stage->start_ns);
	unsigned int to = column(timeline, stage->start_ns + stage->ns);

	if (from == BAR_COLUMNS)
		from--;
	fprintf(file, "%*s", from, "");
	if (to <= from)
		fputc('.', file);
	for (; from < to; from++)
		fputc(stage->side == SIDE_NEW ? '=' : '#', file);
	fputc('\n', file);
}

void chart_text(FILE *file, const struct timeline *timeline)
{
	unsigned int i;

	for (i = 0; i < timeline->nr; i++) {
		const struct stage *stage = &timeline->stage[i];

		fprintf(file, "  %-*s%*s  ", NAME_COLUMNS, stage->name, TIME_COLUMNS,
			chart_time(stage->ns).s);
		draw_bar(file, timeline, stage);
	}
}
