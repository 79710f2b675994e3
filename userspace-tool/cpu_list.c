// SPDX-License-Identifier: GPL-2.0
#include "cpu_list.h"

#include <stdio.h>
#include <string.h>

#include "root.h"

/* More than any arm64 kernel is built for. */
#define MOST	4096U

void cpu_list_each(const char *path, void (*visit)(void *ctx, unsigned int cpu), void *ctx)
{
	char line[4096], *at, *save;

	root_read(line, sizeof(line), "%s", path);
	for (at = strtok_r(line, ",", &save); at; at = strtok_r(NULL, ",", &save)) {
		unsigned int first, last;
		int found = sscanf(at, "%u-%u", &first, &last);

		if (found < 1)
			return;
		if (found == 1)
			last = first;
		for (; first <= last && first < MOST; first++)
			visit(ctx, first);
	}
}

/**
 * struct search - for one CPU
 * @cpu: which
 * @found: it has been met
 */
struct search {
	unsigned int cpu;
	bool found;
};

static void compare(void *ctx, unsigned int cpu)
{
	struct search *search = ctx;

	search->found |= cpu == search->cpu;
}

bool cpu_list_has(const char *path, unsigned int cpu)
{
	struct search search = { .cpu = cpu };

	cpu_list_each(path, compare, &search);
	return search.found;
}

static void count(void *ctx, unsigned int cpu)
{
	unsigned int *nr = ctx;

	(void)cpu;
	(*nr)++;
}

unsigned int cpu_list_count(const char *path)
{
	unsigned int nr = 0;

	cpu_list_each(path, count, &nr);
	return nr;
}
