// SPDX-License-Identifier: GPL-2.0
#include "room.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/sysinfo.h>
#include <unistd.h>

/* Of a line of /proc, and of a path in it. */
#define LINE	4096
#define WORD	1024

/**
 * struct version - the files of a control group, by the version of the interface
 * @type: its file system
 * @limits: each holds a number, or a word if there is no limit
 * @used: bytes used
 * @cached: lines of memory.stat: what the kernel drops when memory is short
 */
struct version {
	const char *type;
	const char *limits[2];
	const char *used;
	const char *cached[2];
};

static const struct version versions[] = {
	{ "cgroup2", { "memory.max", "memory.high" }, "memory.current",
	  { "inactive_file", "active_file" } },
	{ "cgroup", { "memory.limit_in_bytes" }, "memory.usage_in_bytes",
	  { "total_inactive_file", "total_active_file" } },
};

static uint64_t lesser(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static FILE *open_text(const char *root, const char *name)
{
	char path[LINE];

	if (snprintf(path, sizeof(path), "%s/%s", root, name) >= (int)sizeof(path))
		return NULL;
	return fopen(path, "re");
}

/* The number that file @name of @group holds; @otherwise if it holds none. */
static uint64_t read_number(const char *group, const char *name, uint64_t otherwise)
{
	FILE *file = open_text(group, name);
	uint64_t number;

	if (!file)
		return otherwise;
	if (fscanf(file, "%" SCNu64, &number) != 1)
		number = otherwise;
	fclose(file);
	return number;
}

static uint64_t read_cached(const char *group, const struct version *version)
{
	FILE *file = open_text(group, "memory.stat");
	char name[64];
	uint64_t value, sum = 0;

	if (!file)
		return 0;
	while (fscanf(file, "%63s %" SCNu64, name, &value) == 2)
		if (!strcmp(name, version->cached[0]) || !strcmp(name, version->cached[1]))
			sum += value;
	fclose(file);
	return sum;
}

static uint64_t left_in_group(const char *group, const struct version *version)
{
	uint64_t limit = UINT64_MAX, used, cached;
	size_t i;

	for (i = 0; i < 2 && version->limits[i]; i++)
		limit = lesser(limit, read_number(group, version->limits[i], UINT64_MAX));
	if (limit == UINT64_MAX)
		return limit;
	used = read_number(group, version->used, 0);
	cached = lesser(read_cached(group, version), used);
	return limit > used - cached ? limit - (used - cached) : 0;
}

/* The least that a group leaves, from @group up to its first @top characters. */
static uint64_t left_in_groups(char *group, size_t top, const struct version *version)
{
	uint64_t left = UINT64_MAX;
	char *slash;

	for (;;) {
		left = lesser(left, left_in_group(group, version));
		slash = strrchr(group, '/');
		if (!slash || (size_t)(slash - group) < top)
			return left;
		*slash = '\0';
	}
}

/* Whether the comma-separated @list holds "memory". */
static bool has_memory(const char *list)
{
	const char *at = list;

	while ((at = strstr(at, "memory"))) {
		const char *end = at + strlen("memory");

		if ((at == list || at[-1] == ',') && (*end == ',' || *end == '\0'))
			return true;
		at = end;
	}
	return false;
}

/*
 * The path of this program's group. Lines of /proc/self/cgroup are "5:cpu,memory:/path",
 * and "0::/path" with version 2.
 */
static bool find_group(const char *root, const struct version *version, char *path)
{
	bool found = false;
	char line[LINE];
	FILE *file = open_text(root, "proc/self/cgroup");

	while (file && !found && fgets(line, sizeof(line), file)) {
		char *list = strchr(line, ':');
		char *end = list ? strchr(list + 1, ':') : NULL;

		if (!end)
			continue;
		*end = '\0';
		found = version == versions ? list + 1 == end : has_memory(list + 1);
		end[1 + strcspn(end + 1, "\n")] = '\0';
		snprintf(path, WORD, "%.*s", WORD - 1, end + 1);
	}
	if (file)
		fclose(file);
	return found;
}

/*
 * Where the hierarchy is mounted, and which group of it that shows. A line of
 * /proc/self/mountinfo is "ID PARENT DEVICE GROUP WHERE OPTIONS... - TYPE SOURCE OPTIONS".
 */
static bool find_mount(const char *root, const struct version *version, char *group, char *where)
{
	char line[LINE], type[WORD], options[WORD];
	bool found = false;
	FILE *file = open_text(root, "proc/self/mountinfo");

	while (file && !found && fgets(line, sizeof(line), file)) {
		char *end = strstr(line, " - ");

		if (!end || sscanf(end, " - %1023s %*s %1023s", type, options) != 2 ||
		    sscanf(line, "%*s %*s %*s %1023s %1023s", group, where) != 2)
			continue;
		found = !strcmp(type, version->type) &&
			(version == versions || has_memory(options));
	}
	if (file)
		fclose(file);
	return found;
}

static uint64_t left_in_hierarchy(const char *root, const struct version *version)
{
	char path[WORD], shown[WORD], where[WORD], group[LINE];
	const char *below = path;
	size_t top;

	if (!find_group(root, version, path) || !find_mount(root, version, shown, where))
		return UINT64_MAX;
	/* A group that the mount does not show is judged by what it shows. */
	if (strcmp(shown, "/"))
		below = strncmp(path, shown, strlen(shown)) ? "" : path + strlen(shown);
	if (!strcmp(below, "/"))
		below = "";
	top = snprintf(group, sizeof(group), "%s%s", root, where);
	if (top >= sizeof(group) ||
	    snprintf(group, sizeof(group), "%s%s%s", root, where, below) >= (int)sizeof(group))
		return UINT64_MAX;
	return left_in_groups(group, top, version);
}

uint64_t room_of_cgroups(const char *root)
{
	return lesser(left_in_hierarchy(root, &versions[0]), left_in_hierarchy(root, &versions[1]));
}

/* The third line of /proc/meminfo. */
static uint64_t left_in_machine(void)
{
	char text[256] = "";
	const char *line;
	uint64_t kib;
	ssize_t n;
	int fd = open("/proc/meminfo", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return UINT64_MAX;
	do {
		n = read(fd, text, sizeof(text) - 1);
	} while (n < 0 && errno == EINTR);
	close(fd);
	line = n > 0 ? strstr(text, "MemAvailable:") : NULL;
	if (!line || sscanf(line, "MemAvailable: %" SCNu64, &kib) != 1)
		return UINT64_MAX;
	return kib * 1024;
}

uint64_t room_available(void)
{
	uint64_t left = lesser(left_in_machine(), room_of_cgroups(""));

	return left == UINT64_MAX ? left : left / 8 * 7;
}

uint64_t room_machine(void)
{
	struct sysinfo si;

	if (sysinfo(&si))
		return UINT64_MAX;
	return (uint64_t)si.totalram * si.mem_unit;
}
