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

/**
 * struct state - how far the kernel has got, in KiB; 0 where it does not say
 * @dirty: waits to be written
 * @written: was written since the machine's start, by whomever
 */
struct state {
	uint64_t dirty;
	uint64_t written;
};

/* Adds up the lines of a file whose names @wanted has, each between blanks. */
static uint64_t sum_of(const char *file_name, const char *wanted)
{
	char path[PATH_MAX], line[128], name[32], word[40];
	FILE *file = fopen(root_path(path, sizeof(path), "%s", file_name), "re");
	uint64_t sum = 0, value;

	if (!file)
		return 0;
	while (fgets(line, sizeof(line), file)) {
		if (sscanf(line, "%31[^: ]%*[: ]%" SCNu64, name, &value) != 2)
			continue;
		snprintf(word, sizeof(word), " %s ", name);
		if (strstr(wanted, word))
			sum += value;
	}
	fclose(file);
	return sum;
}

static struct state look(void)
{
	return (struct state){
		.dirty = sum_of("/proc/meminfo", " Dirty Writeback "),
		.written = sum_of("/proc/vmstat", " nr_written ") * sysconf(_SC_PAGESIZE) / 1024,
	};
}

/*
 * What other programs write meanwhile becomes dirty as fast as the disks take it: so what
 * was written counts, too.
 */
static bool gets_on(const struct state *before, const struct state *now)
{
	return now->dirty + LEAST_KIB <= before->dirty ||
	       before->written + LEAST_KIB <= now->written;
}

static unsigned int sync_all(void)
{
	sync();
	return 0;
}

/* Whether @flushing is done, in time or while it gets on. */
static bool wait_for(struct bounded *flushing, int patience_ms)
{
	struct state before, now = look();
	unsigned int i;

	for (i = 0; i < FLUSH_TIMES; i++) {
		before = now;
		if (bounded_wait(flushing, patience_ms))
			return true;
		now = look();
		if (!gets_on(&before, &now))
			break;
	}
	return false;
}

bool flush_disks(int patience_ms)
{
	static struct bounded flushing;
	bool done;

	if (bounded_begin(&flushing, sync_all)) {
		out_note("no process can be had to write to the disks what waits for it (%s): going on without it",
			 out_size(look().dirty * 1024).s);
		return false;
	}
	done = wait_for(&flushing, patience_ms);
	bounded_end(&flushing);
	if (!done)
		out_note("a disk or a server does not take what is to be written (%s): going on without it",
			 out_size(look().dirty * 1024).s);
	return done;
}
