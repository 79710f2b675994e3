// SPDX-License-Identifier: GPL-2.0
#include "bench/trial.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "array.h"
#include "out.h"
#include "root.h"
#include "version.h"

#define STATE		TRIAL_FOLDER "/state"
#define RESULT		TRIAL_FOLDER "/result"

#define FIRST_LINE	"fastkexec-bench 1"

static const char *const way_names[TRIAL_WAYS] = {
	[TRIAL_STOCK]		= "stock",
	[TRIAL_FASTKEXEC]	= "fastkexec",
	[TRIAL_FIRMWARE]	= "firmware",
};

const char *trial_way_name(enum trial_way way)
{
	return way_names[way];
}

bool trial_next(const struct trial *trial, enum trial_way *way)
{
	const unsigned int ways = trial->firmware ? TRIAL_WAYS : TRIAL_FIRMWARE;

	*way = trial->nr % ways;
	return trial->nr < trial->rounds * ways;
}

static int way_of(const char *name)
{
	int way;

	for (way = 0; way < TRIAL_WAYS && strcmp(name, way_names[way]); way++)
		;
	return way;
}

/* "WAY DOWN UP" */
static bool take_sample(struct trial *trial, const char *text)
{
	struct trial_sample *sample = &trial->sample[trial->nr];
	char name[16];

	if (trial->nr == ARRAY_SIZE(trial->sample) ||
	    sscanf(text, "%15s %" SCNu64 " %" SCNu64, name, &sample->down_ns, &sample->up_ns) != 3)
		return false;
	sample->way = way_of(name);
	if (sample->way == TRIAL_WAYS)
		return false;
	trial->nr++;
	return true;
}

/* "BOOT COUNTER FREQUENCY REAL" */
static bool take_request(struct trial *trial, const char *text)
{
	return sscanf(text, "%39s %" SCNu64 " %" SCNu64 " %" SCNu64, trial->boot, &trial->counter,
		      &trial->frequency, &trial->real_ns) == 4;
}

/* "ROUNDS FIRMWARE DIGEST PAUSE" */
static bool take_plan(struct trial *trial, const char *text)
{
	unsigned int firmware, digest;

	if (sscanf(text, "%u %u %u %u", &trial->rounds, &firmware, &digest, &trial->pause_s) != 4 ||
	    trial->rounds > TRIAL_MAX_ROUNDS)
		return false;
	trial->firmware = firmware;
	trial->digest = digest;
	return true;
}

static bool take_kernel(struct trial *trial, const char *text)
{
	snprintf(trial->kernel, sizeof(trial->kernel), "%s", text);
	return true;
}

static bool take_initrd(struct trial *trial, const char *text)
{
	snprintf(trial->initrd, sizeof(trial->initrd), "%s", text);
	return true;
}

static const struct {
	const char *key;
	bool (*take)(struct trial *trial, const char *text);
} keys[] = {
	{ "plan ", take_plan },
	{ "kernel ", take_kernel },
	{ "initrd ", take_initrd },
	{ "asked ", take_request },
	{ "sample ", take_sample },
};

/* A line with another key is for people. */
static bool take_line(struct trial *trial, char *line)
{
	size_t i;

	line[strcspn(line, "\n")] = '\0';
	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (!strncmp(line, keys[i].key, strlen(keys[i].key)))
			return keys[i].take(trial, line + strlen(keys[i].key));
	return true;
}

static bool read_from(struct trial *trial, const char *name)
{
	char path[PATH_MAX], line[PATH_MAX + 16];
	FILE *file = fopen(root_path(path, sizeof(path), "%s", name), "re");
	bool good;

	memset(trial, 0, sizeof(*trial));
	if (!file)
		return false;
	good = fgets(line, sizeof(line), file) && !strcmp(line, FIRST_LINE "\n");
	while (good && fgets(line, sizeof(line), file))
		good = take_line(trial, line);
	fclose(file);
	return good;
}

bool trial_read(struct trial *trial)
{
	return read_from(trial, STATE);
}

bool trial_result(struct trial *trial)
{
	return read_from(trial, RESULT);
}

static void write_lines(FILE *file, const struct trial *trial)
{
	unsigned int i;

	fprintf(file, FIRST_LINE "\nplan %u %u %u %u\nkernel %s\n", trial->rounds,
		trial->firmware, trial->digest, trial->pause_s, trial->kernel);
	if (trial->initrd[0])
		fprintf(file, "initrd %s\n", trial->initrd);
	if (trial->boot[0])
		fprintf(file, "asked %s %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", trial->boot,
			trial->counter, trial->frequency, trial->real_ns);
	for (i = 0; i < trial->nr; i++)
		fprintf(file, "sample %s %" PRIu64 " %" PRIu64 "\n",
			way_names[trial->sample[i].way], trial->sample[i].down_ns,
			trial->sample[i].up_ns);
}

/* What the figures are of. It names neither the machine's owner nor the machine. */
static void write_machine(FILE *file, const struct trial *trial)
{
	struct utsname name;
	char model[128];

	uname(&name);
	if (!root_read(model, sizeof(model), "/sys/firmware/devicetree/base/model"))
		root_read(model, sizeof(model), "/sys/class/dmi/id/product_name");
	fprintf(file, "tool %s\nrelease %s\nmodel %s\ncpus %ld\nmemory %ld KB\n",
		FASTKEXEC_VERSION, name.release, model, sysconf(_SC_NPROCESSORS_ONLN),
		sysconf(_SC_PHYS_PAGES) * (sysconf(_SC_PAGESIZE) >> 10));
	fprintf(file, "stock %s\n", trial->digest ? "with its digest" : "without a digest (-i)");
}

static void make_folder(void)
{
	char path[PATH_MAX];

	mkdir(root_path(path, sizeof(path), "/var/lib/fastkexec"), 0755);
	mkdir(root_path(path, sizeof(path), TRIAL_FOLDER), 0755);
}

/* A reader finds the old file or the new one, whole, also after a power cut. */
static int write_to(const char *name, const struct trial *trial, bool result)
{
	char path[PATH_MAX], new_path[PATH_MAX];
	bool good;
	FILE *file;

	make_folder();
	root_path(path, sizeof(path), "%s", name);
	file = fopen(root_path(new_path, sizeof(new_path), "%s.new", name), "we");
	if (!file)
		return out_fail("cannot write %s: %s", name, strerror(errno));
	write_lines(file, trial);
	if (result)
		write_machine(file, trial);
	good = !fflush(file) && !fsync(fileno(file));
	if (!fclose(file) && good && !rename(new_path, path)) {
		sync();
		return 0;
	}
	unlink(new_path);
	return out_fail("cannot write %s: %s", name, strerror(errno));
}

int trial_write(const struct trial *trial)
{
	return write_to(STATE, trial, false);
}

void trial_end(const struct trial *trial)
{
	struct trial found = *trial;
	char path[PATH_MAX];

	found.boot[0] = '\0';
	write_to(RESULT, &found, true);
	unlink(root_path(path, sizeof(path), STATE));
	sync();
}
