// SPDX-License-Identifier: GPL-2.0
/*
 * The reboot hook, against a made-up module and a made-up systemd.
 */
#include "fake_device.h"

#include <errno.h>
#include <libfdt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "guard.h"
#include "hook/hook.h"
#include "hook/jobs.h"
#include "kernel_file.h"
#include "root.h"

#define JOB	"  301 reboot.target start waiting\n"

static uint8_t kernel[20000];

static void put_jobs(const char *jobs)
{
	char script[512];

	snprintf(script, sizeof(script), "#!/bin/sh\ncat <<'END'\n%sEND\n", jobs);
	fake_put_program("/usr/bin/systemctl", script);
}

/* fake_put() takes only text. */
static void put_bytes(const char *path, const void *bytes, size_t size)
{
	char full[512];
	FILE *file;

	fake_put(path, "");
	file = fopen(root_path(full, sizeof(full), "%s", path), "w");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	fclose(file);
}

#define BUSCTL		"set-property RebootWatchdogUSec t 0"
#define ARCHIVE	"070701%048X%08X%032X%08X%08X%s"

/* A system that runs, is about to reboot, and whose next kernel is certain. */
static void rebooting(void)
{
	char archive[512] = "";

	fake.clock_runs = true;
	fake_put_tree();
	snprintf(archive, sizeof(archive), ARCHIVE, 0, 0, 0, 11, 0, "TRAILER!!!");
	fake_put("/proc/self/mountinfo", "22 1 254:2 / / rw - ext4 /dev/vda2 rw\n");
	fake_put("/proc/sys/kernel/osrelease", "6.1.0\n");
	fake_put("/proc/cmdline", "root=/dev/vda ro\n");
	fake_put("/etc/default/fastkexec", "POLICY=running\n");
	fake_put("/lib/modules/6.1.0/modules.dep", "#");
	put_bytes("/boot/initrd.img-6.1.0", archive, sizeof(archive));
	fake_put("/dev/fastkexec", "");
	fake_put("/dev/kmsg", "");
	fake_put("/var/lib/x", "");
	fake_put("/run/x", "");
	put_header(kernel, 0, 3 << 20, 0xa);
	put_bytes("/boot/vmlinuz-6.1.0", kernel, sizeof(kernel));
	put_jobs(JOB);
}

#define LOADED	"/sys/module/fastkexec/parameters/loaded"

static void put_loaded(bool loaded)
{
	fake.loaded = loaded;
	fake_put(LOADED, loaded ? "4711\n" : "0\n");
}

/* What the journal gets where nothing is loaded. */
#define FIRMWARE	"This reboot goes through the firmware: "

static const char *stop(void)
{
	fake_listen();
	hook_stop();
	return fake_heard()->out;
}

#define HOOK_TEST(words)	TOOL_TEST_WITH(words, rebooting)

HOOK_TEST("a reboot that is under way gets the next kernel")
{
	assert_has(stop(), "This reboot starts /boot/vmlinuz-6.1.0 without the firmware: it is");
	assert_true(fake.loaded);
	assert_int_equal(guard_count(), 1);
}

/* The command line that the next kernel is given. */
static const char *told_line(void)
{
	const void *tree = fake_memory(fake.load.dtb, 64);

	return fdt_getprop(tree, fdt_path_offset(tree, "/chosen"), "bootargs", NULL);
}

HOOK_TEST("the next kernel starts with as many CPUs as the settings say")
{
	const struct { const char *cpus, *line; } cases[] = {
		{ "2", "root=/dev/vda ro maxcpus=2 fastkexec.cpus=later" },
		{ "\"auto\"", "root=/dev/vda ro maxcpus=4 fastkexec.cpus=later" },
		{ "", "root=/dev/vda ro" },
	};
	char settings[64];
	size_t i;

	fake_put("/sys/devices/system/cpu/present", "0-7\n");
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		snprintf(settings, sizeof(settings), "POLICY=running\nBOOT_CPUS=%s\n",
			 cases[i].cpus);
		fake_put("/etc/default/fastkexec", settings);
		assert_has(stop(), "without the firmware");
		assert_string_equal(told_line(), cases[i].line);
		/* As the kernel that was started with it. */
		fake_put("/proc/cmdline", cases[i].line);
		put_loaded(false);
		guard_set(0);
	}
	fake_put("/etc/default/fastkexec", "POLICY=running\nBOOT_CPUS=none\n");
	assert_has(stop(), "/boot/vmlinuz-6.1.0 could not be loaded");
}

HOOK_TEST("the next kernel is given the words of the settings' profile")
{
	fake_put("/etc/default/fastkexec", "POLICY=running\nPROFILE=\"fast\"\n");
	assert_has(stop(), "without the firmware");
	assert_has(told_line(), "cryptomgr.notests");
	put_loaded(false);
	guard_set(0);
	fake_put("/etc/default/fastkexec", "POLICY=running\nPROFILE=quick\n");
	assert_has(stop(), "/boot/vmlinuz-6.1.0 could not be loaded");
}

HOOK_TEST("the next kernel starts with as much memory as the settings say")
{
	fake_put("/etc/default/fastkexec", "POLICY=running\nBOOT_MEMORY=2G\n");
	assert_has(stop(), "without the firmware");
	put_loaded(false);
	guard_set(0);
	fake_put("/etc/default/fastkexec", "POLICY=running\nBOOT_MEMORY=none\n");
	assert_has(stop(), "/boot/vmlinuz-6.1.0 could not be loaded");
}

HOOK_TEST("without a reboot nothing is done")
{
	put_jobs("  301 poweroff.target start waiting\n");
	assert_has(stop(), "No reboot is under way");
	put_jobs("  301 reboot.target stop waiting\n");
	assert_has(stop(), "No reboot is under way");
	put_jobs("");
	assert_has(stop(), "No reboot is under way");
	fake_put_program("/usr/bin/systemctl", "#!/bin/sh\nexit 1\n");
	assert_has(stop(), "systemd does not say what is under way");
	assert_false(fake.loaded);
}

TOOL_TEST("only a job that starts the unit itself counts")
{
	assert_true(jobs_has_start("12 a.service stop running\n" JOB, "reboot.target"));
	assert_true(jobs_has_start("301 reboot.target start running", "reboot.target"));
	assert_false(jobs_has_start("301 x-reboot.target start waiting\n", "reboot.target"));
	assert_false(jobs_has_start("301 reboot.target restart waiting\n", "reboot.target"));
	assert_false(jobs_has_start("No jobs running.\n", "reboot.target"));
	assert_false(jobs_has_start("", "reboot.target"));
}

HOOK_TEST("a wish of the firmware unloads what is there, whoever loaded it")
{
	fake_put("/run/systemd/reboot-param", "x\n");
	assert_has(stop(), FIRMWARE "the reboot has the argument");
	assert_false(fake.loaded);
	put_loaded(true);
	assert_has(stop(), FIRMWARE "the reboot has the argument");
	assert_false(fake.loaded);
}

HOOK_TEST("how the reboot before went is saved, without a word more")
{
	char line[512];

	stop();
	assert_string_equal(strchr(fake_heard()->out, '\n'), "\n");
	assert_true(root_read(line, sizeof(line), "/var/lib/fastkexec/history"));
	assert_has(line, "\tfirmware\t");
}

/* The boot loader's menu is another one by then. */
HOOK_TEST("a kernel that is installed after the load ends the fast reboot")
{
	stop();
	assert_true(fake.loaded);
	assert_int_equal(fake_run("unload", "--stale", NULL), 0);
	assert_has(fake_heard()->out, "out of date: packages were installed on the way down.\nUnloaded.");
	assert_false(fake.loaded);
}

HOOK_TEST("what was loaded by hand is left alone")
{
	put_loaded(true);
	fake_put("/run/ostree/staged-deployment", "");
	assert_has(stop(), "A kernel was loaded by hand, and this reboot starts it.\n");
	assert_true(fake.loaded);
}

HOOK_TEST("what is in the way is told, and nothing is loaded")
{
	fake_put("/run/ostree/staged-deployment", "");
	assert_has(stop(), FIRMWARE "an update of the system");
	assert_false(fake.loaded);
}

HOOK_TEST("without the module the reboot goes through the firmware")
{
	char path[512];

	unlink(root_path(path, sizeof(path), "/dev/fastkexec"));
	assert_has(stop(), FIRMWARE "the module fastkexec is not loaded");
}

HOOK_TEST("a next kernel that is not certain is not loaded")
{
	fake_put("/proc/sys/kernel/osrelease", "6.2.0\n");
	assert_has(stop(), FIRMWARE "no kernel and initrd of 6.2.0");
	assert_int_equal(guard_count(), 0);
}

HOOK_TEST("a kernel that cannot be loaded counts for nothing")
{
	fake_put("/boot/vmlinuz-6.1.0", "broken");
	assert_has(stop(), FIRMWARE "/boot/vmlinuz-6.1.0 could not be loaded");
	assert_false(fake.loaded);
	assert_int_equal(guard_count(), 0);
}

HOOK_TEST("the third fast reboot without a boot that came up is none")
{
	assert_has(stop(), "without the firmware");
	put_loaded(false);
	assert_has(stop(), "without the firmware");
	put_loaded(false);
	assert_has(stop(), "the last 2 fast reboots have not come up");
	assert_int_equal(fake_run("hook", "good", NULL), 0);
	assert_has(stop(), "without the firmware");
}

HOOK_TEST("a watchdog that would go on is left off, or told of")
{
	fake_put("/sys/class/watchdog/watchdog0/identity", "Some Watchdog\n");
	assert_has(stop(), "A watchdog may reset the next kernel");
	put_loaded(false);
	guard_set(0);
	fake_put_program("/usr/bin/busctl", "#!/bin/sh\n[ \"$1 $5 $6 $7\" = '" BUSCTL "' ]\n");
	assert_has(stop(), "systemd leaves the watchdog off for this reboot");
	put_loaded(false);
	guard_set(0);
	fake_put("/sys/class/watchdog/watchdog0/identity", "sbsa-gwdt\n");
	stop();
	assert_null(strstr(fake_heard()->out, "watchdog"));
}

static const char *start(void)
{
	fake_listen();
	hook_start();
	return fake_heard()->out;
}

HOOK_TEST("when the system is up, the hook says how it would reboot")
{
	assert_has(start(), "As it is now, a reboot starts /boot/vmlinuz-6.1.0 without");
	assert_false(fake.loaded);
	fake.info.blockers = FASTKEXEC_BLOCK_LPI;
	assert_has(start(), "As it is now, a reboot goes through the firmware: ");
	fake.info.blockers = 0;
	fake_put("/run/fastkexec/cold", "");
	assert_has(start(), "/run/fastkexec/cold is there.\n");
}

/* What was written to the kernel's log. */
static const char *kernel_log(void)
{
	static char line[512];

	root_read(line, sizeof(line), "/dev/kmsg");
	return line;
}

HOOK_TEST("a wish that came late unloads, and the console says so")
{
	put_loaded(true);
	fake_put("/run/systemd/reboot-param", "x\n");
	assert_int_equal(fake_run("hook", "shutdown", "poweroff", NULL), 0);
	assert_true(fake.loaded);
	assert_int_equal(fake_run("hook", "shutdown", "reboot", NULL), 0);
	assert_false(fake.loaded);
	assert_has(kernel_log(), "fastkexec: this reboot goes through the firmware: the reboot has");
}

/* The parameter is read first; where there is none, nobody knows. */
static void obeys_in_doubt(bool has_parameter)
{
	char path[512];

	put_loaded(true);
	if (!has_parameter)
		unlink(root_path(path, sizeof(path), LOADED));
	assert_has(stop(), FIRMWARE "the reboot has the argument");
	assert_false(fake.loaded);
	put_loaded(true);
	if (!has_parameter)
		unlink(root_path(path, sizeof(path), LOADED));
	assert_int_equal(fake_run("hook", "shutdown", "reboot", NULL), 0);
	assert_false(fake.loaded);
	assert_has(kernel_log(), "fastkexec: this reboot goes through the firmware: the reboot has");
}

HOOK_TEST("a wish is obeyed though the module does not say what is loaded")
{
	fake.call_error[_IOC_NR(FASTKEXEC_STATUS)] = EIO;
	fake_put("/run/systemd/reboot-param", "x\n");
	obeys_in_doubt(true);
	obeys_in_doubt(false);
	put_loaded(true);
	assert_int_equal(hook_loaded(), 1);
	put_loaded(false);
	assert_int_equal(hook_loaded(), 0);
}

HOOK_TEST("the console does not promise the firmware where nothing can be unloaded")
{
	put_loaded(true);
	fake.call_error[_IOC_NR(FASTKEXEC_UNLOAD)] = EBUSY;
	fake_put("/run/systemd/reboot-param", "x\n");
	assert_int_equal(fake_run("hook", "shutdown", "reboot", NULL), 0);
	assert_has(kernel_log(), "fastkexec: what is loaded cannot be unloaded, and starts although the reboot has");
	assert_null(strstr(kernel_log(), "through the firmware"));
}

HOOK_TEST("what is only in the way does not unload late")
{
	put_loaded(true);
	fake_put("/run/ostree/staged-deployment", "");
	fake_put("/proc/cmdline", "fastkexec=off\n");
	assert_int_equal(fake_run("hook", "shutdown", "reboot", NULL), 0);
	assert_true(fake.loaded);
	assert_string_equal(kernel_log(), "");
}

static void hang(void)
{
	pause();
}

HOOK_TEST("a hook that hangs is given up in time, and no failure")
{
	fake_put_program("/usr/bin/systemctl", "#!/bin/sh\nexec sleep 100\n");
	assert_int_equal(fake_run("hook", "stop", NULL), 0);
	fake_listen();
	hook_bounded(hang, 100);
	assert_has(fake_heard()->out, "took more than 0 s and was given up.");
	/* It was cut off behind the load. */
	put_loaded(true);
	fake_listen();
	hook_bounded(hang, 100);
	assert_has(fake_heard()->out, "given up, and a kernel is loaded: a reboot starts it.");
}

static void wake_up(int signal)
{
	(void)signal;
}

static void work_for_a_while(void)
{
	usleep(200000);
}

HOOK_TEST("the time of a hook is that of the clock, however often it wakes up")
{
	const struct sigaction action = { .sa_handler = wake_up };
	const struct itimerval often = { { 0, 1000 }, { 0, 1000 } }, never = { 0 };
	struct sigaction old;

	fake_listen();
	sigaction(SIGALRM, &action, &old);
	setitimer(ITIMER_REAL, &often, NULL);
	hook_bounded(work_for_a_while, 1000);
	setitimer(ITIMER_REAL, &never, NULL);
	sigaction(SIGALRM, &old, NULL);
	assert_null(strstr(fake_heard()->out, "given up"));
}

TOOL_TEST("wrong words are refused")
{
	assert_int_equal(fake_run("hook", NULL), 2);
	assert_int_equal(fake_run("hook", "sleep", NULL), 2);
	assert_int_equal(fake_run("hook", "shutdown", NULL), 2);
	assert_int_equal(fake_run("hook", "stop", "now", NULL), 2);
	assert_has(fake_heard()->err, "takes start, stop, good, or shutdown with its kind");
}
