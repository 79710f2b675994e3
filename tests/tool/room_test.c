// SPDX-License-Identifier: GPL-2.0
/*
 * What control groups leave to the tool.
 */
#include "fake_device.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "room.h"

#define MIB	(1ULL << 20)

/* What begins each path; of each test another. */
static char root[256];

static void begin(const char *name)
{
	snprintf(root, sizeof(root), "%s/%s", fake_directory(), name);
	mkdir(root, 0700);
}

/* A file below the made-up root, with its directories. */
static void put(const char *name, const char *text)
{
	char path[512];
	char *slash;
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", root, name);
	for (slash = path + strlen(root) + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void mounted(const char *mounts, const char *groups)
{
	put("proc/self/mountinfo", mounts);
	put("proc/self/cgroup", groups);
}

#define V2	"30 23 0:26 / /cg rw,nosuid shared:4 - cgroup2 none rw,nsdelegate\n"
#define V1	"30 23 0:26 / /cpu rw - cgroup none rw,cpu\n" \
		"31 23 0:27 / /mem rw shared:5 - cgroup none rw,memory\n"

TOOL_TEST("no control group sets no limit")
{
	begin("1");
	assert_int_equal(room_of_cgroups("/nonexistent"), UINT64_MAX);
	mounted("22 1 0:20 / /proc rw - proc none rw\n", "0::/\n");
	assert_int_equal(room_of_cgroups(root), UINT64_MAX);
	mounted(V2, "0::/job\n");
	assert_int_equal(room_of_cgroups(root), UINT64_MAX);
	put("cg/job/memory.max", "max\n");
	put("cg/job/memory.current", "1048576\n");
	assert_int_equal(room_of_cgroups(root), UINT64_MAX);
}

TOOL_TEST("limit of the group counts, less what is used and not only cached")
{
	begin("2");
	mounted(V2, "0::/job\n");
	put("cg/job/memory.max", "104857600\n");
	put("cg/job/memory.current", "31457280\n");
	assert_int_equal(room_of_cgroups(root), 70 * MIB);
	put("cg/job/memory.stat", "anon 1\nfile 9999999\ninactive_file 4194304\n"
	    "active_file 6291456\nunevictable 5\n");
	assert_int_equal(room_of_cgroups(root), 80 * MIB);
	put("cg/job/memory.high", "52428800\n");
	assert_int_equal(room_of_cgroups(root), 30 * MIB);
	put("cg/job/memory.current", "209715200\n");
	assert_int_equal(room_of_cgroups(root), 0);
	put("cg/job/memory.stat", "inactive_file 999999999999\n");
	assert_int_equal(room_of_cgroups(root), 50 * MIB);
}

TOOL_TEST("limit of a group above counts too")
{
	begin("3");
	mounted(V2, "0::/slice/job\n");
	put("cg/slice/job/memory.max", "104857600\n");
	put("cg/slice/job/memory.current", "0\n");
	put("cg/slice/memory.max", "104857600\n");
	put("cg/slice/memory.current", "94371840\n");
	assert_int_equal(room_of_cgroups(root), 10 * MIB);
	put("cg/memory.max", "5242880\n");
	assert_int_equal(room_of_cgroups(root), 5 * MIB);
	/* The directory above the mount is no group. */
	put("memory.max", "1\n");
	assert_int_equal(room_of_cgroups(root), 5 * MIB);
}

TOOL_TEST("group that the mount shows from its middle on, and one that it does not show")
{
	begin("4");
	mounted("30 23 0:26 /slice /cg rw - cgroup2 none rw\n", "0::/slice/job\n");
	put("cg/job/memory.max", "3145728\n");
	put("cg/memory.max", "4194304\n");
	assert_int_equal(room_of_cgroups(root), 3 * MIB);
	mounted("30 23 0:26 /slice /cg rw - cgroup2 none rw\n", "0::/other\n");
	assert_int_equal(room_of_cgroups(root), 4 * MIB);
	mounted(V2, "0::/\n");
	assert_int_equal(room_of_cgroups(root), 4 * MIB);
}

TOOL_TEST("limit of version 1 counts")
{
	begin("5");
	mounted(V1, "9:name=systemd:/\n4:cpu,memory:/job\n1:memoryless:/no\n0::/\n");
	put("mem/job/memory.limit_in_bytes", "104857600\n");
	put("mem/job/memory.usage_in_bytes", "52428800\n");
	put("mem/job/memory.stat", "inactive_file 1\ntotal_inactive_file 1048576\n"
	    "total_active_file 1048576\n");
	assert_int_equal(room_of_cgroups(root), 52 * MIB);
}

TOOL_TEST("what cannot be understood sets no limit")
{
	begin("6");
	mounted("30 23\n\n - cgroup2\n30 23 0:26 / /cg rw - cgroup2\n", "0:\n\n7\n0::/job");
	put("cg/job/memory.max", "5\n");
	assert_int_equal(room_of_cgroups(root), UINT64_MAX);
	mounted(V2, "0::/job");
	put("cg/job/memory.max", "plenty\n");
	assert_int_equal(room_of_cgroups(root), UINT64_MAX);
}
