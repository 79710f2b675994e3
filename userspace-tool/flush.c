// SPDX-License-Identifier: GPL-2.0
#include "flush.h"

#include <inttypes.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bounded.h"
#include "out.h"
#include "root.h"

/* Less than that in the time that is granted is no progress. */
#define LEAST_KIB	1024

/* KiB that wait to be written; 0 if the kernel does not say. */
static uint64_t dirty_kib(void)
{
	uint64_t sum = 0, kib;
	char path[PATH_MAX], line[128], name[32];
	FILE *file = fopen(root_path(path, sizeof(path), "/proc/meminfo"), "re");

	if (!file)
		return 0;
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "%31[^:]: %" SCNu64, name, &kib) == 2 &&
		    (!strcmp(name, "Dirty") || !strcmp(name, "Writeback")))
			sum += kib;
	fclose(file);
	return sum;
}

bool flush_disks(int patience_ms)
{
	static struct bounded flushing;
	uint64_t before, now = dirty_kib();
	bool done;

	bounded_begin(&flushing, sync);
	do {
		before = now;
		done = bounded_wait(&flushing, patience_ms);
		now = dirty_kib();
	} while (!done && now + LEAST_KIB <= before);
	bounded_end(&flushing);
	if (!done)
		out_note("a disk or a server does not take what is to be written (%s): going on without it",
			 out_size(now * 1024).s);
	return done;
}
