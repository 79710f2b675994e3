// SPDX-License-Identifier: GPL-2.0
/*
 * bench: reboots in turn, against a made-up systemd, a made-up kexec and made-up clocks.
 */
#include "fake_device.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench/trial.h"
#include "bench/trial_table.h"
#include "kernel_file.h"
#include "root.h"

#define HZ	1000000ULL
#define STATE	TRIAL_FOLDER "/state"
#define UNIT	"/etc/systemd/system/fastkexec-bench.service"
#define WANTED	"/etc/systemd/system/multi-user.target.wants/fastkexec-bench.service"

static uint8_t kernel[20000];
static const char *kernel_path;

/* A program that writes down its name and arguments. */
static void put_program(const char *path, const char *status)
{
	char full[512], log[512], text[1200];

	snprintf(text, sizeof(text), "#!/bin/sh\necho \"${0##*/} $*\" >>%s\nexit %s\n",
		 root_path(log, sizeof(log), "/calls"), status);
	fake_put(path, text);
	assert_int_equal(chmod(root_path(full, sizeof(full), "%s", path), 0755), 0);
}

/* What was called since last time, one line each. */
static const char *heard_calls(void)
{
	static char text[4096];
	char path[512];
	FILE *file = fopen(root_path(path, sizeof(path), "/calls"), "r");
	size_t n = file ? fread(text, 1, sizeof(text) - 1, file) : 0;

	text[n] = '\0';
	if (file)
		fclose(file);
	unlink(path);
	return text;
}

static void put_kernel(void)
{
	fake_put_tree();
	put_header(kernel, 0, 3 << 20, 0xa);
	kernel_path = fake_file("Image", kernel, sizeof(kernel));
}

/* This kernel came by @way (NULL: the firmware) and has run for a second. */
static void boot(const char *name, const char *way, uint64_t ticks)
{
	char line[128], id[64];

	snprintf(line, sizeof(line), "root=/dev/vda%s%s quiet\n", way ? " fastkexec_bench=" : "",
		 way ? way : "");
	snprintf(id, sizeof(id), "%s\n", name);
	fake_put("/proc/cmdline", line);
	fake_put("/proc/sys/kernel/random/boot_id", id);
	fake.clocks = (struct clocks){
		.counter = ticks,
		.frequency = HZ,
		.up_ns = CLOCKS_SECOND,
		.real_ns = ticks * 1000,
	};
	fake.loaded = false;
	fake_put("/sys/module/fastkexec/parameters/loaded", "0\n");
}

static void machine(void)
{
	put_kernel();
	fake_put("/proc/self/mountinfo", "22 1 254:2 / / rw - ext4 /dev/vda2 rw\n");
	fake_put("/proc/sys/kernel/osrelease", "6.1.0\n");
	fake_put("/dev/fastkexec", "");
	fake_put("/etc/systemd/system/x", "");
	fake_put("/var/lib/x", "");
	put_program("/usr/bin/systemctl", "0");
	put_program("/usr/sbin/kexec", "0");
	boot("first", NULL, 10 * HZ);
}

static int begin(const char *option)
{
	return fake_run("bench", "--rounds", "1", "--pause", "0", "--kernel", kernel_path,
			option, NULL);
}

static int resume(void)
{
	return fake_run("bench", "--resume", NULL);
}

TOOL_TEST_WITH("each way is gone once a round, and nothing is left of the trial", machine)
{
	const char *called;

	assert_int_equal(begin(NULL), 0);
	called = heard_calls();
	assert_has(called, "kexec -cil ");
	assert_has(called, "--command-line=root=/dev/vda quiet fastkexec_bench=stock\n");
	assert_has(called, "systemctl kexec\n");
	assert_true(root_has(WANTED) && root_has(UNIT) && root_has(STATE));

	boot("second", "stock", 15 * HZ);
	assert_int_equal(resume(), 0);
	assert_string_equal(heard_calls(), "systemctl reboot\n");
	assert_true(fake.loaded);

	boot("third", "fastkexec", 18 * HZ);
	assert_int_equal(resume(), 0);
	assert_string_equal(heard_calls(), "");
	assert_false(root_has(WANTED) || root_has(UNIT) || root_has(STATE));
	assert_has(fake_heard()->out, "stock           1      4.000 s");
}

TOOL_TEST_WITH("the kernel that runs is found, and its words are handed on as they are", machine)
{
	const char *called;

	assert_int_equal(fake_run("bench", "--rounds", "1", "--pause", "0", NULL), 1);
	assert_has(fake_heard()->err, "no kernel and initrd of 6.1.0 are found in /boot; give");
	assert_false(root_has(UNIT) || root_has(STATE));

	fake_put("/boot/vmlinuz-6.1.0", "x");
	fake_put("/boot/initramfs-6.1.0.img", "x");
	fake_put("/lib/modules/6.1.0/modules.dep", "#");
	fake_put("/proc/cmdline",
		 "a=\"b  c\" fastkexec_bench=firmware maxcpus=4 fastkexec.cpus=later -- x\n");
	assert_int_equal(fake_run("bench", "--rounds", "1", "--pause", "0", NULL), 0);
	called = heard_calls();
	assert_has(called, "kexec -cil /boot/vmlinuz-6.1.0 ");
	assert_has(called, "--command-line=a=\"b  c\" fastkexec_bench=stock -- x ");
	assert_has(called, " --initrd=/boot/initramfs-6.1.0.img\n");

	assert_int_equal(fake_run("bench", "--rounds", "1", "--initrd", "/x", NULL), 2);
	assert_has(fake_heard()->err, "--initrd goes with --kernel");
	assert_int_equal(fake_run("bench", "--rounds", "1", "--kernel", "x", NULL), 1);
}

TOOL_TEST_WITH("what was found is told later, and for programs", machine)
{
	begin(NULL);
	boot("second", "stock", 15 * HZ);
	resume();
	boot("third", "fastkexec", 18 * HZ);
	resume();
	assert_int_equal(fake_run("bench", NULL), 0);
	assert_has(fake_heard()->out, "fastkexec       1      2.000 s      2.000 s      2.000 s");
	assert_int_equal(fake_run("bench", "--json", NULL), 0);
	assert_has(fake_heard()->out, "\"median_ns\": 4000000000");
	assert_has(fake_heard()->out, "\"under_way\": false");
}

TOOL_TEST_WITH("the firmware's turn comes last, and no image of ours is loaded then", machine)
{
	assert_int_equal(begin("--firmware"), 0);
	boot("second", "stock", 15 * HZ);
	resume();
	boot("third", "fastkexec", 18 * HZ);
	heard_calls();
	/* Somebody has loaded one by hand. */
	fake.loaded = true;
	fake_put("/sys/module/fastkexec/parameters/loaded", "3\n");
	assert_int_equal(resume(), 0);
	assert_string_equal(heard_calls(), "systemctl reboot\n");
	assert_false(fake.loaded);
	boot("fourth", NULL, 48 * HZ);
	assert_int_equal(resume(), 0);
	assert_has(fake_heard()->out, "firmware        1     29.000 s");
	assert_false(root_has(STATE) || root_has(UNIT));
}

TOOL_TEST_WITH("a reboot that came by another way is the last one", machine)
{
	begin(NULL);
	heard_calls();
	boot("second", NULL, 60 * HZ);
	assert_int_equal(resume(), 1);
	assert_has(fake_heard()->err, "reboot 1 was to go by stock and did not");
	assert_string_equal(heard_calls(), "");
	assert_false(root_has(WANTED) || root_has(UNIT) || root_has(STATE));
}

TOOL_TEST_WITH("a time that no reboot takes is not believed", machine)
{
	begin(NULL);
	heard_calls();
	boot("second", "stock", 9 * HZ);
	assert_int_equal(resume(), 1);
	assert_string_equal(heard_calls(), "");
	assert_false(root_has(UNIT));
}

TOOL_TEST_WITH("the unit does nothing in the boot that asked for the reboot", machine)
{
	begin(NULL);
	heard_calls();
	assert_int_equal(resume(), 0);
	assert_string_equal(heard_calls(), "");
	assert_true(root_has(STATE));
}

TOOL_TEST_WITH("a load that fails ends the trial before a reboot", machine)
{
	put_program("/usr/sbin/kexec", "1");
	assert_int_equal(begin(NULL), 1);
	assert_has(fake_heard()->err, "/Image failed");
	assert_null(strstr(heard_calls(), "systemctl"));
	assert_false(root_has(WANTED) || root_has(UNIT) || root_has(STATE));
}

TOOL_TEST_WITH("stop removes the unit, and keeps what was found", machine)
{
	begin(NULL);
	boot("second", "stock", 15 * HZ);
	resume();
	assert_int_equal(fake_run("bench", "--stop", NULL), 0);
	assert_false(root_has(WANTED) || root_has(UNIT) || root_has(STATE));
	assert_int_equal(fake_run("bench", NULL), 0);
	assert_has(fake_heard()->out, "stock           1      4.000 s");
	assert_int_equal(fake_run("bench", "--stop", NULL), 0);
	assert_has(fake_heard()->out, "No trial is under way.");
}

TOOL_TEST_WITH("a second trial does not begin while one is under way", machine)
{
	begin(NULL);
	heard_calls();
	assert_int_equal(begin(NULL), 1);
	assert_has(fake_heard()->err, "a trial is under way");
	assert_string_equal(heard_calls(), "");
}

TOOL_TEST_WITH("nothing begins beside the reboot hook", machine)
{
	fake_put("/etc/systemd/system/multi-user.target.wants/fastkexec-reboot.service", "");
	assert_int_equal(begin(NULL), 1);
	assert_has(fake_heard()->err, "systemctl disable");
	assert_false(root_has(UNIT) || root_has(STATE));
}

TOOL_TEST_WITH("a state that is damaged makes no reboot", machine)
{
	static const char *const states[] = {
		"", "something else\n", "fastkexec-bench 1\nplan 101 0 0 0\n",
		"fastkexec-bench 1\nplan 1 0 0 0\nsample nobody 1 1\n",
		"fastkexec-bench 1\nplan 1 0 0 0\nasked\n",
	};
	size_t i;

	for (i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		fake_put(STATE, states[i]);
		fake_put(UNIT, "x");
		assert_int_equal(resume(), 1);
		assert_string_equal(heard_calls(), "");
		assert_false(root_has(UNIT));
	}
}

TOOL_TEST_WITH("rounds are bounded", machine)
{
	static const char *const wrong[] = { "0", "101", "-1", "x", "1x", "", "99999999999999" };
	size_t i;

	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(fake_run("bench", "--rounds", wrong[i], NULL), 2);
		assert_has(fake_heard()->err, "--rounds takes a number from 1 to 100");
	}
	assert_int_equal(fake_run("bench", "--rounds", "1", "--stop", NULL), 2);
	assert_string_equal(heard_calls(), "");
}

TOOL_TEST("the median of an even number is the mean of the two in the middle")
{
	static struct trial trial;
	struct trial_spread spread;
	uint64_t ns[] = { 7, 1, 5, 3 };
	unsigned int i;

	for (i = 0; i < 4; i++)
		trial.sample[trial.nr++] = (struct trial_sample){ TRIAL_STOCK, ns[i], 100 };
	trial.sample[trial.nr++] = (struct trial_sample){ TRIAL_FASTKEXEC, 1000, 1000 };
	spread = trial_spread(&trial, TRIAL_STOCK, false);
	assert_int_equal(spread.nr, 4);
	assert_int_equal(spread.median, 4);
	assert_int_equal(spread.least, 1);
	assert_int_equal(spread.most, 7);
	assert_int_equal(trial_spread(&trial, TRIAL_FIRMWARE, false).nr, 0);
}
