// SPDX-License-Identifier: GPL-2.0
/*
 * Words that make the next kernel's start shorter.
 */
#include "fake_device.h"

#include <stdlib.h>
#include <string.h>

#include "cmdline.h"
#include "next/running.h"
#include "start_profile.h"

TOOL_TEST("three profiles have names")
{
	static const char *const wrong[] = { "", "Fast", "fas", "fast ", "1" };
	enum start_profile profile;
	size_t i;

	assert_int_equal(start_profile_parse("none", &profile), 0);
	assert_int_equal(profile, START_NONE);
	assert_int_equal(start_profile_parse("safe", &profile), 0);
	assert_int_equal(profile, START_SAFE);
	assert_int_equal(start_profile_parse("fast", &profile), 0);
	assert_int_equal(profile, START_FAST);
	for (i = 0; i < ARRAY_SIZE(wrong); i++)
		assert_int_equal(start_profile_parse(wrong[i], &profile), -1);
}

#define QUIET	"quiet fastkexec.added=quiet"
#define TESTS	"cryptomgr.notests fastkexec.added=cryptomgr.notests"

static const struct {
	enum start_profile profile;
	const char *line;
	const char *expected;
} cases[] = {
	{ START_NONE, "ro", "ro" },
	{ START_SAFE, "ro", "ro " QUIET },
	{ START_FAST, "ro", "ro " QUIET " " TESTS },
	{ START_SAFE, "BOOT_IMAGE=/v ro", "BOOT_IMAGE=/v ro " QUIET },
	{ START_FAST, "", QUIET " " TESTS },
	{ START_FAST, "ro quiet", "ro quiet " TESTS },
	{ START_FAST, "ro loglevel=7 cryptomgr.notests=0", "ro loglevel=7 cryptomgr.notests=0" },
	{ START_SAFE, "debug", "debug" },
	{ START_SAFE, "ignore_loglevel ro", "ignore_loglevel ro" },
	{ START_SAFE, "rd.debug ro", "rd.debug ro " QUIET },
};

TOOL_TEST("a profile adds what the command line does not settle itself, and is forgotten")
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		char *line = strdup(cases[i].line);

		assert_int_equal(start_profile_add(&line, cases[i].profile), 0);
		assert_string_equal(line, cases[i].expected);
		cmdline_forget_added(line);
		assert_string_equal(line, cases[i].line);
		free(line);
	}
}

TOOL_TEST("what is for init stays behind a profile")
{
	char *line = strdup("ro -- x");

	assert_int_equal(start_profile_add(&line, START_SAFE), 0);
	assert_string_equal(line, "ro " QUIET " -- x");
	free(line);
}

TOOL_TEST("a profile needs a command line")
{
	char *line = NULL;

	fake_listen();
	assert_int_equal(start_profile_add(&line, START_FAST), -1);
	assert_has(fake_heard()->err, "--profile adds to a command line");
	assert_int_equal(start_profile_add(&line, START_NONE), 0);
}

TOOL_TEST("a profile of the load is no word of the boot loader's")
{
	struct running running;

	fake_put("/proc/cmdline", "BOOT_IMAGE=/v ro " QUIET " " TESTS "\n");
	running_look(&running);
	assert_string_equal(running.args, "ro");
	fake_put("/proc/cmdline", "ro quiet\n");
	running_look(&running);
	assert_string_equal(running.args, "ro quiet");
}
