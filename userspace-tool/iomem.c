// SPDX-License-Identifier: GPL-2.0
#include "iomem.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "root.h"

/* Whether @line is of a resource called @name; takes its range. */
static bool parse(char *line, const char *name, struct dtb_range *range)
{
	char *colon = strstr(line, " : ");
	uint64_t last;

	if (!colon || sscanf(line, "%" SCNx64 "-%" SCNx64, &range->start, &last) != 2 || !last)
		return false;
	range->end = last + 1;
	colon[strcspn(colon, "\n")] = '\0';
	return !strcmp(colon + 3, name);
}

int iomem_each(const char *name, void (*visit)(void *ctx, const struct dtb_range *range),
	       void *ctx)
{
	char path[PATH_MAX], line[256];
	FILE *file = fopen(root_path(path, sizeof(path), "/proc/iomem"), "re");
	struct dtb_range range;

	if (!file)
		return -1;
	while (fgets(line, sizeof(line), file))
		if (parse(line, name, &range))
			visit(ctx, &range);
	fclose(file);
	return 0;
}
