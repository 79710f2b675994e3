// SPDX-License-Identifier: GPL-2.0
/*
 * Contract in chart.h.
 */
#include "report/chart.h"

#include <string.h>

/* In pixels. */
#define WIDTH		760
#define LEFT		190
#define RIGHT		24
#define TOP		84
#define ROW		28
#define BAR		16
#define SCALE		(WIDTH - LEFT - RIGHT - 70)
#define BOTTOM		36

static const char *const classes[] = {
	[SIDE_OLD]	= "old",
	[SIDE_BETWEEN]	= "jump",
	[SIDE_NEW]	= "new",
};

/* No variables: viewers other than browsers do not know them. */
static const char style[] =
	"<style>\n"
	"  text { font: 13px system-ui, 'DejaVu Sans', sans-serif; fill: #1a1a19; }\n"
	"  .title { font-size: 14px; font-weight: 600; }\n"
	/* A time keeps the lines behind it at a distance. */
	"  .faint { fill: #6b6a66; stroke: #fcfcfb; stroke-width: 5px; paint-order: stroke; }\n"
	"  .right { text-anchor: end; }\n"
	"  .middle { text-anchor: middle; }\n"
	"  .page { fill: #fcfcfb; }\n"
	"  .line { stroke: #e4e3df; }\n"
	"  .old { fill: #2a6fbb; } .jump { fill: #c8462c; } .new { fill: #2f8f5b; }\n"
	"  @media (prefers-color-scheme: dark) {\n"
	"    text { fill: #f1f0ec; }\n"
	"    .faint { fill: #a3a29c; stroke: #1b1b1a; }\n"
	"    .page { fill: #1b1b1a; }\n"
	"    .line { stroke: #3a3936; }\n"
	"    .old { fill: #6aa9ec; } .jump { fill: #f0836b; } .new { fill: #63c48f; }\n"
	"  }\n"
	"</style>\n";

static void escape(FILE *file, const char *text)
{
	for (; *text; text++) {
		if (*text == '<')
			fputs("&lt;", file);
		else if (*text == '>')
			fputs("&gt;", file);
		else if (*text == '&')
			fputs("&amp;", file);
		else if (*text == '"')
			fputs("&quot;", file);
		else if ((unsigned char)*text >= ' ')
			fputc(*text, file);
	}
}

static void write_text(FILE *file, double x, double y, const char *class, const char *text)
{
	fprintf(file, "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">", x, y, class);
	escape(file, text);
	fputs("</text>\n", file);
}

static double place(const struct timeline *timeline, uint64_t ns)
{
	return timeline->ns ? LEFT + (double)ns / timeline->ns * SCALE : LEFT;
}

static void draw_stage(FILE *file, const struct timeline *timeline, unsigned int i)
{
	const struct stage *stage = &timeline->stage[i];
	const double from = place(timeline, stage->start_ns);
	const double to = place(timeline, stage->start_ns + stage->ns);
	const double width = to - from < 2 ? 2 : to - from;
	const double y = TOP + i * ROW;

	write_text(file, LEFT - 14, y + 13, "right", stage->name);
	fprintf(file, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" rx=\"2\" class=\"%s\"/>\n",
		from, y, width, BAR, classes[stage->side]);
	write_text(file, from + width + 7, y + 13, "faint", chart_time(stage->ns).s);
}

/* A line that is a round number of seconds apart from the next, about five in all. */
static uint64_t step_of(const struct timeline *timeline)
{
	static const unsigned int factors[] = { 2, 5, 10 };
	uint64_t step = 1000, base = 1000;
	unsigned int i = 0;

	while (timeline->ns / step > 6) {
		step = base * factors[i];
		if (++i == 3) {
			i = 0;
			base *= 10;
		}
	}
	return step;
}

/* A round number needs no more digits than it has. */
static struct chart_time round_time(uint64_t ns)
{
	struct chart_time text;

	if (ns >= CLOCKS_SECOND)
		snprintf(text.s, sizeof(text.s), "%g s", (double)ns / CLOCKS_SECOND);
	else if (ns >= 1000000)
		snprintf(text.s, sizeof(text.s), "%g ms", ns / 1e6);
	else
		snprintf(text.s, sizeof(text.s), "%g us", ns / 1e3);
	return text;
}

static void draw_scale(FILE *file, const struct timeline *timeline)
{
	const double bottom = TOP + timeline->nr * ROW;
	const uint64_t step = step_of(timeline);
	uint64_t at;
	double x;

	for (at = 0; at <= timeline->ns; at += step) {
		x = place(timeline, at);
		fprintf(file, "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%.1f\" class=\"line\"/>\n",
			x, TOP - 8, x, bottom);
		write_text(file, x, bottom + 16, "faint middle", at ? round_time(at).s : "0");
	}
}

/* What the colour of a side means here; NULL: no stage has it. */
static const char *legend(const struct timeline *timeline, enum side side)
{
	unsigned int i;

	for (i = 0; i < timeline->nr && timeline->stage[i].side != side; i++)
		;
	if (i == timeline->nr)
		return NULL;
	if (side != SIDE_BETWEEN)
		return side == SIDE_OLD ? "old kernel" : "new kernel";
	return strcmp(timeline->stage[i].key, "firmware") ? "jump" : "firmware";
}

static void draw_legend(FILE *file, const struct timeline *timeline)
{
	unsigned int side, x = LEFT;

	for (side = SIDE_OLD; side <= SIDE_NEW; side++) {
		const char *text = legend(timeline, side);

		if (!text)
			continue;
		fprintf(file, "<rect x=\"%u\" y=\"48\" width=\"12\" height=\"12\" rx=\"2\" class=\"%s\"/>\n",
			x, classes[side]);
		write_text(file, x + 18, 59, "faint", text);
		x += 120;
	}
}

void chart_svg(FILE *file, const struct timeline *timeline, const char *title)
{
	const unsigned int height = TOP + timeline->nr * ROW + BOTTOM;
	unsigned int i;

	fprintf(file, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%u\" viewBox=\"0 0 %d %u\" role=\"img\">\n",
		WIDTH, height, WIDTH, height);
	fputs("<title>", file);
	escape(file, title);
	fputs("</title>\n", file);
	fputs(style, file);
	fprintf(file, "<rect width=\"%d\" height=\"%u\" class=\"page\"/>\n", WIDTH, height);
	write_text(file, 24, 34, "title", title);
	draw_legend(file, timeline);
	draw_scale(file, timeline);
	for (i = 0; i < timeline->nr; i++)
		draw_stage(file, timeline, i);
	fputs("</svg>\n", file);
}
