// SPDX-License-Identifier: GPL-2.0
#include "bench/trial_table.h"

#include <stdlib.h>

#include "out.h"
#include "report/chart.h"

static int compare(const void *one, const void *other)
{
	const uint64_t a = *(const uint64_t *)one, b = *(const uint64_t *)other;

	return a < b ? -1 : a > b;
}

struct trial_spread trial_spread(const struct trial *trial, enum trial_way way, bool up)
{
	uint64_t ns[TRIAL_MAX_ROUNDS * TRIAL_WAYS];
	struct trial_spread spread = { 0 };
	unsigned int i, nr = 0;

	for (i = 0; i < trial->nr; i++)
		if (trial->sample[i].way == way)
			ns[nr++] = up ? trial->sample[i].up_ns : trial->sample[i].down_ns;
	if (!nr)
		return spread;
	qsort(ns, nr, sizeof(ns[0]), compare);
	spread.nr = nr;
	spread.median = (ns[(nr - 1) / 2] + ns[nr / 2]) / 2;
	spread.least = ns[0];
	spread.most = ns[nr - 1];
	return spread;
}

static void say_spread(const char *words, const struct trial_spread *spread)
{
	out_line("", "  %-10s %6u %12s %12s %12s", words, spread->nr,
		 chart_time(spread->median).s, chart_time(spread->least).s,
		 chart_time(spread->most).s);
}

static void say_part(const struct trial *trial, bool up, const char *title)
{
	struct trial_spread spread;
	unsigned int way;

	out_line("", "%s", title);
	out_line("", "  %-10s %6s %12s %12s %12s", "", "times", "median", "least", "most");
	for (way = 0; way < TRIAL_WAYS; way++) {
		spread = trial_spread(trial, way, up);
		if (spread.nr)
			say_spread(trial_way_name(way), &spread);
	}
}

void trial_table(const struct trial *trial)
{
	if (!trial->nr) {
		out_line("", "Nothing was measured.");
		return;
	}
	say_part(trial, false, "From the request to the next kernel's beginning:");
	say_part(trial, true, "From the request until services are started:");
	if (trial->firmware)
		out_line("", "Times through the firmware are of the clock on the wall.");
}
