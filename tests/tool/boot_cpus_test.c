// SPDX-License-Identifier: GPL-2.0
/*
 * A next kernel that starts with few CPUs, and how it gets the others.
 */
#include "fake_device.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "boot_cpus.h"
#include "next/running.h"
#include "root.h"

#define CPU(nr)		"/sys/devices/system/cpu/cpu" #nr "/online"

static void take_away(const char *file)
{
	char path[PATH_MAX];

	assert_int_equal(unlink(root_path(path, sizeof(path), "%s", file)), 0);
}

static void assert_says(const char *file, const char *text)
{
	char line[8];

	assert_true(root_read(line, sizeof(line), "%s", file));
	assert_string_equal(line, text);
}

static void sixteen(void)
{
	fake_put("/sys/devices/system/cpu/present", "0-15\n");
	fake_put("/etc/systemd/system/multi-user.target.wants/fastkexec-cpus.service", "");
}

TOOL_TEST("a number or auto is taken")
{
	static const char *const wrong[] = { "", "0", "-1", "4x", "4097", " 4", "none" };
	unsigned int nr;
	size_t i;

	assert_int_equal(boot_cpus_parse("2", &nr), 0);
	assert_int_equal(nr, 2);
	assert_int_equal(boot_cpus_parse("auto", &nr), 0);
	assert_int_equal(nr, 4);
	for (i = 0; i < ARRAY_SIZE(wrong); i++)
		assert_int_equal(boot_cpus_parse(wrong[i], &nr), -1);
}

TOOL_TEST_WITH("only a machine with more CPUs is limited, before what is for init", sixteen)
{
	static const struct {
		const char *present;
		unsigned int nr;
		const char *line;
		const char *expected;
	} cases[] = {
		{ "0-15", 4, "ro -- x", "ro maxcpus=4 fastkexec.cpus=later -- x" },
		{ "0-15", 4, "BOOT_IMAGE=/v", "BOOT_IMAGE=/v maxcpus=4 fastkexec.cpus=later" },
		{ "0-15", 15, "", "maxcpus=15 fastkexec.cpus=later" },
		{ "0-15", 16, "ro", "ro" },
		{ "0,2-3,5", 4, "ro", "ro" },
		{ "0,2-4,5", 4, "ro", "ro maxcpus=4 fastkexec.cpus=later" },
		{ "rubbish", 1, "ro", "ro" },
		{ "0-15", 4, "maxcpus=2", "maxcpus=2" },
		{ "0-15", 4, "ro nosmp", "ro nosmp" },
		{ "0-15", 4, "nr_cpus=3 ro", "nr_cpus=3 ro" },
		{ "0-15", 4, "xmaxcpus=2", "xmaxcpus=2 maxcpus=4 fastkexec.cpus=later" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		char *line = strdup(cases[i].line);

		fake_put("/sys/devices/system/cpu/present", cases[i].present);
		assert_int_equal(boot_cpus_limit(&line, cases[i].nr), 0);
		assert_string_equal(line, cases[i].expected);
		free(line);
	}
}

TOOL_TEST_WITH("whoever would miss the others is told how they come", sixteen)
{
	char *line = strdup("ro");

	fake_listen();
	assert_int_equal(boot_cpus_limit(&line, 4), 0);
	assert_string_equal(fake_heard()->err, "");
	free(line);
	take_away("/etc/systemd/system/multi-user.target.wants/fastkexec-cpus.service");
	line = strdup("ro");
	fake_listen();
	assert_int_equal(boot_cpus_limit(&line, 4), 0);
	assert_has(fake_heard()->err, "systemctl enable fastkexec-cpus");
	free(line);
	line = NULL;
	fake_listen();
	assert_int_equal(boot_cpus_limit(&line, 4), -1);
	assert_has(fake_heard()->err, "--boot-cpus adds to a command line");
}

TOOL_TEST("a limit of the load is no word of the boot loader's")
{
	struct running running;

	fake_put("/proc/cmdline", "BOOT_IMAGE=/v ro maxcpus=4 fastkexec.cpus=later\n");
	running_look(&running);
	assert_string_equal(running.args, "ro");
	fake_put("/proc/cmdline", "ro maxcpus=4\n");
	running_look(&running);
	assert_string_equal(running.args, "ro maxcpus=4");
}

TOOL_TEST("the others are brought, one after the other")
{
	fake_put("/sys/devices/system/cpu/present", "0-5\n");
	/* As many as the kernel could be given: most are not there. */
	fake_put("/sys/devices/system/cpu/offline", "2,4-31\n");
	fake_put(CPU(1), "0");
	fake_put(CPU(2), "0");
	fake_put(CPU(4), "0");
	fake_put(CPU(5), "0");
	assert_int_equal(fake_run("cpus", NULL), 0);
	assert_string_equal(fake_heard()->out, "3 CPUs have come online.\n");
	assert_says(CPU(1), "0");
	assert_says(CPU(2), "1");
	assert_says(CPU(5), "1");

	take_away(CPU(4));
	assert_int_equal(fake_run("cpus", "--json", NULL), 1);
	assert_has(fake_heard()->out, "\"brought\": 2,\n  \"failed\": 1,\n");
	assert_has(fake_heard()->out, "CPU 4 does not come online: No such file");

	fake_put("/sys/devices/system/cpu/offline", "\n");
	assert_int_equal(fake_run("cpus", NULL), 0);
	assert_string_equal(fake_heard()->out, "All CPUs are online.\n");
}
