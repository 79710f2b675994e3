// SPDX-License-Identifier: GPL-2.0
/*
 * report and stamp: what a record, a log and pstore say of the last reboot.
 */
#include "fake_device.h"

#include <endian.h>
#include <errno.h>
#include <inttypes.h>
#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <utime.h>

#include "blob.h"
#include "dtb_record.h"
#include "report/chart.h"
#include "report/timeline.h"
#include "root.h"

#define HZ		1000000ULL		/* a tick is a microsecond */
#define PROPERTY	"/sys/firmware/devicetree/base/chosen/fastkexec,record"
#define BOOT_ID		"/proc/sys/kernel/random/boot_id"
#define REAL_S		UINT64_C(1700000000)

/* Ticks at which each moment came, in a reboot that took 3.5 seconds. */
static const uint64_t stamps[FASTKEXEC_MOMENTS] = {
	10000000, 11000000, 11100000, 11400000, 11420000, 11421000, 11421010,
};

static struct fastkexec_record record;

static void seal(void)
{
	const uint64_t *word = (const uint64_t *)&record;
	uint64_t sum = 0;
	size_t i;

	record.sum = 0;
	for (i = 0; i < sizeof(record) / sizeof(*word); i++)
		sum += be64toh(word[i]);
	record.sum = htobe64(-sum);
}

static void make_record(void)
{
	unsigned int i;

	record = (struct fastkexec_record){
		.magic = htobe64(FASTKEXEC_RECORD_MAGIC),
		.version = htobe64(FASTKEXEC_RECORD_VERSION),
		.frequency = htobe64(HZ),
		.loaded = htobe64(10200000),
		.verify = htobe64(FASTKEXEC_VERIFY_FULL),
		.bytes = htobe64(40 << 20),
		.cpus = htobe64(4),
		.release = "6.1.0-50-arm64",
	};
	for (i = 0; i < FASTKEXEC_MOMENTS; i++)
		record.stamp[i] = htobe64(stamps[i]);
	seal();
}

/* The property, with the record at an odd place in it. */
static void put_record(void)
{
	static uint8_t value[512];
	char path[512];
	FILE *file;

	memset(value, 0, sizeof(value));
	memcpy(value + 52, &record, sizeof(record));
	fake_put(PROPERTY, "");
	file = fopen(root_path(path, sizeof(path), PROPERTY), "w");
	assert_non_null(file);
	assert_int_equal(fwrite(value, 1, sizeof(value), file), sizeof(value));
	fclose(file);
}

/* The kernel's clock began at tick 11921010, half a second after the jump. */
static void machine(void)
{
	fake.clocks = (struct clocks){
		.counter = 31921010,
		.frequency = HZ,
		.up_ns = 20000000000,
		.real_ns = REAL_S * CLOCKS_SECOND,
	};
	fake_put(BOOT_ID, "this-boot\n");
	fake_put("/dev/kmsg",
		 "6,0,0,-;Booting Linux\n"
		 " SUBSYSTEM=x\n"
		 "6,1,900000,-;Run /init as init process\n"
		 "6,2,910000,-;not counted any more\n");
}

static void jumped(void)
{
	machine();
	make_record();
	put_record();
}

static const char *report_of(const char *option)
{
	assert_int_equal(fake_run("report", option, NULL), 0);
	return fake_heard()->out;
}

TOOL_TEST_WITH("a jump is told in one line and a bar for each stage", jumped)
{
	const char *out = report_of(NULL), *line;

	assert_has(out, "Down for 2.821 s, without the firmware, from the request to the first program.\n");
	assert_has(out, "Linux 6.1.0-50-arm64 was replaced by Linux ");
	assert_has(out, "40.0 MiB, nothing was copied, verify full, 4 CPUs.\n");
	assert_has(out, "  load of the kernel   200.0 ms  ###\n");
	assert_has(out, "  CPUs turned off        1.0 ms  ");
	assert_has(out, "  last steps              10 us  ");
	assert_has(out, "  jump, early kernel   500.0 ms  ");
	assert_has(out, "The longest: kernel, 900.0 ms. To look there: ");
	for (line = out; (line = strstr(line, "\n  ")); line++)
		assert_true(strcspn(line + 1, "\n") <= 80);
}

TOOL_TEST_WITH("the same for programs", jumped)
{
	const char *out = report_of("--json");

	assert_has(out, "\"fast\": true");
	assert_has(out, "\"down_ns\": 2821010000");
	assert_has(out, "\"from\": \"6.1.0-50-arm64\"");
	assert_has(out, "\"notified\": 11100000");
	assert_has(out, "\"name\": \"devices\",\n      \"start_ns\": 1100000000,\n      \"ns\": 300000000");
	assert_has(out, "\"stage\": \"kernel\"");
}

TOOL_TEST_WITH("a record in the flat tree is found where there is no property", jumped)
{
	static uint8_t tree[4096];
	char path[512];
	FILE *file;
	int chosen;

	unlink(root_path(path, sizeof(path), PROPERTY));
	fdt_create_empty_tree(tree, sizeof(tree));
	chosen = fdt_add_subnode(tree, 0, "chosen");
	assert_int_equal(fdt_setprop(tree, chosen, "fastkexec,record", &record, sizeof(record)), 0);
	fake_put("/sys/firmware/fdt", "");
	file = fopen(root_path(path, sizeof(path), "/sys/firmware/fdt"), "w");
	fwrite(tree, 1, sizeof(tree), file);
	fclose(file);
	assert_has(report_of(NULL), "Down for 2.821 s, without the firmware");
}

TOOL_TEST_WITH("a record that is damaged is not believed", jumped)
{
	record.stamp[FASTKEXEC_MOMENT_VERIFIED] ^= 1;
	put_record();
	assert_has(report_of(NULL), "The firmware started this kernel");
}

TOOL_TEST_WITH("a record that no jump has ended is not believed", jumped)
{
	memset(record.stamp, 0, sizeof(record.stamp));
	seal();
	put_record();
	assert_has(report_of(NULL), "The firmware started this kernel");
}

TOOL_TEST_WITH("a record of the jump before is not believed", jumped)
{
	fake.clocks.counter += 121 * HZ;
	assert_has(report_of(NULL), "The firmware started this kernel");
	fake.clocks.counter = 11000000 + 20 * HZ;	/* it began before the jump */
	assert_has(report_of(NULL), "The firmware started this kernel");
	fake.clocks.counter = 31921010;
	assert_has(report_of(NULL), "Down for 2.821 s");
	fake.clocks.frequency = HZ / 2;
	assert_has(report_of(NULL), "The firmware started this kernel");
}

TOOL_TEST_WITH("a request of another day does not count", jumped)
{
	fake.clocks.counter += 7200 * HZ;
	record.stamp[FASTKEXEC_MOMENT_NOTIFIED] = htobe64(stamps[2] + 7200 * HZ);
	record.stamp[FASTKEXEC_MOMENT_DEVICES_DOWN] = htobe64(stamps[3] + 7200 * HZ);
	record.stamp[FASTKEXEC_MOMENT_VERIFIED] = htobe64(stamps[4] + 7200 * HZ);
	record.stamp[FASTKEXEC_MOMENT_CPUS_OFF] = htobe64(stamps[5] + 7200 * HZ);
	record.stamp[FASTKEXEC_MOMENT_LEFT] = htobe64(stamps[6] + 7200 * HZ);
	seal();
	put_record();
	assert_has(report_of(NULL), "Down for 1.721 s, without the firmware, from reboot(2) to ");
	assert_null(strstr(fake_heard()->out, "services stop"));
}

TOOL_TEST_WITH("without the end of user space its stage is that of the services", jumped)
{
	record.stamp[FASTKEXEC_MOMENT_SHUTDOWN] = 0;
	record.loaded = 0;
	seal();
	put_record();
	assert_has(report_of("--json"),
		   "\"name\": \"services-stop\",\n      \"start_ns\": 0,\n      \"ns\": 1100000000");
}

/* A systemctl that answers. */
static void put_systemd(const char *answer)
{
	char script[1200];

	fake_put("/run/systemd/system/x", "");
	snprintf(script, sizeof(script), "#!/bin/sh\nprintf '%s'\n", answer);
	fake_put_program("/usr/bin/systemctl", script);
}

TOOL_TEST_WITH("systemd tells of initrd and services", jumped)
{
	put_systemd("UserspaceTimestampMonotonic=1500000\\nFinishTimestampMonotonic=4000000\\n");
	assert_has(report_of(NULL), "Down for 5.921 s, without the firmware, from the request to the last service.\n");
	assert_has(fake_heard()->out, "  initrd               600.0 ms  ");
	assert_has(fake_heard()->out, "  services start        2.500 s  ");
	assert_has(fake_heard()->out, "The longest: services start, 2.500 s. To look there: 'systemd-analyze");
}

TOOL_TEST_WITH("a serial console that the kernel wrote to is named", jumped)
{
	char log[20000] = "";
	unsigned int i;

	for (i = 0; i < 300; i++)
		strcat(log, "6,0,1,-;a line of the kernel\n");
	strcat(log, "6,1,900000,-;Run /sbin/init as init process\n");
	fake_put("/dev/kmsg", log);
	fake_put("/sys/class/tty/console/active", "tty0 ttyAMA0\n");
	fake_put("/proc/cmdline", "root=/dev/vda\n");
	assert_has(report_of(NULL), "to a serial console, which takes 0.9 s at 115200 baud; 'quiet'");
	fake_put("/proc/cmdline", "root=/dev/vda quiet\n");
	assert_null(strstr(report_of(NULL), "serial console"));
}

/* The firmware started this kernel 20 seconds ago. */
static void cold(void)
{
	machine();
}

TOOL_TEST_WITH("after the firmware the clock of the wall has to do", cold)
{
	char line[64];

	assert_has(report_of(NULL), "The firmware started this kernel, and it is not known how long");
	snprintf(line, sizeof(line), "%" PRIu64 " other-boot\n",
		 (REAL_S - 45) * CLOCKS_SECOND);
	fake_put("/var/lib/fastkexec/requested", line);
	assert_has(report_of(NULL), "Down for 25.900 s, through the firmware, from the request to ");
	assert_has(fake_heard()->out, "  shutdown, firmware   25.000 s  ");
	snprintf(line, sizeof(line), "%" PRIu64 " this-boot\n",
		 (REAL_S - 45) * CLOCKS_SECOND);
	fake_put("/var/lib/fastkexec/requested", line);
	assert_has(report_of(NULL), "it is not known how long");
}

TOOL_TEST_WITH("a picture of a reboot through the firmware speaks of no jump", cold)
{
	char line[64], path[512], command[1200];

	snprintf(line, sizeof(line), "%" PRIu64 " other-boot\n", (REAL_S - 45) * CLOCKS_SECOND);
	fake_put("/var/lib/fastkexec/requested", line);
	snprintf(path, sizeof(path), "%s/picture.svg", fake_directory());
	assert_int_equal(fake_run("report", "--svg", path, NULL), 0);
	snprintf(command, sizeof(command), "grep -q '>firmware<' %s && ! grep '>jump<' %s", path,
		 path);
	assert_int_equal(system(command), 0);
	snprintf(command, sizeof(command), "! grep '>old kernel<' %s", path);
	assert_int_equal(system(command), 0);
}

static void put_old(const char *name, const char *text, uint64_t real_s)
{
	const struct utimbuf times = { real_s, real_s };
	char path[512];

	fake_put(name, text);
	assert_int_equal(utime(root_path(path, sizeof(path), "%s", name), &times), 0);
}

TOOL_TEST_WITH("the reason why a reboot was not fast is told", cold)
{
	static const char dump[] =
		"Emergency#2 Part1\n"
		"<6>[    9.000000] fastkexec: this restart starts the kernel that is loaded\n"
		"<0>[    9.100000] fastkexec: the image is damaged: kernel, changed since the load in its bytes 0x0-0x10000\n"
		"<0>[    9.100001] other: something else\n"
		"<0>[    9.100002] fastkexec: this kernel cannot be left: restarting through the firmware\n"
		"<6>[    9.200000] reboot: Restarting system\n";
	const char *out;

	put_old("/sys/fs/pstore/dmesg-ramoops-0", dump, REAL_S - 60);
	put_old("/var/lib/systemd/pstore/17/001/dmesg.txt", dump, REAL_S - 60);
	out = report_of(NULL);
	assert_has(out, "It was to be fast, and was not:\n"
			"  the image is damaged: kernel, changed since the load in its bytes 0x0-0x10000\n"
			"  this kernel cannot be left: restarting through the firmware\n");
	assert_null(strstr(out, "this restart starts"));
	assert_null(strstr(out, "other"));
	assert_has(report_of("--json"), "\"reasons\": [\n    \"the image is damaged");
}

TOOL_TEST_WITH("a reason in a console's log is found, and an old one is not", cold)
{
	put_old("/sys/fs/pstore/console-ramoops-0",
		"[    9.0] fastkexec: a kernel is loaded: the next plain restart starts it\n"
		"[    9.1] fastkexec: CPU 3 does not turn off\n", REAL_S - 60);
	put_old("/sys/fs/pstore/dmesg-ramoops-1",
		"<0>[    9.1] fastkexec: this is long ago\n", REAL_S - 7200);
	assert_has(report_of(NULL), "and was not:\n  CPU 3 does not turn off\n");
	assert_null(strstr(fake_heard()->out, "long ago"));
	assert_null(strstr(fake_heard()->out, "plain restart"));
}

TOOL_TEST_WITH("after a jump no reason is looked for", jumped)
{
	put_old("/sys/fs/pstore/dmesg-ramoops-0",
		"<0>[    9.1] fastkexec: CPU 3 does not turn off\n", REAL_S - 60);
	assert_null(strstr(report_of(NULL), "CPU 3"));
}

TOOL_TEST_WITH("a new request leaves the one before for what is saved of it", cold)
{
	char line[64];

	snprintf(line, sizeof(line), "%" PRIu64 " other-boot\n", (REAL_S - 45) * CLOCKS_SECOND);
	fake_put("/var/lib/fastkexec/requested", line);
	assert_int_equal(fake_run("stamp", "requested", NULL), 0);
	assert_has(report_of("--save"), "from the request");
	assert_true(root_read(line, sizeof(line), "/var/lib/fastkexec/requested"));
	assert_false(root_has("/var/lib/fastkexec/requested.earlier"));
	/* Now it is known no more but from what was saved. */
	assert_has(report_of(NULL), "from the request");
	assert_int_equal(fake_run("stamp", "requested", NULL), 0);
	assert_false(root_has("/var/lib/fastkexec/requested.earlier"));
}

TOOL_TEST_WITH("what was saved is told once for each boot", jumped)
{
	const char *out;

	fake_put("/var/lib/fastkexec/x", "");
	report_of("--save");
	report_of("--save");
	out = report_of("--history");
	assert_has(out, "  fast        2.821 s  Linux ");
	assert_int_equal(strcspn(out, "\n") + 1, strlen(out));
}

TOOL_TEST_WITH("a reboot through the firmware is remembered, and stands beside a jump", cold)
{
	char line[64], path[512];

	snprintf(line, sizeof(line), "%" PRIu64 " other-boot\n", (REAL_S - 45) * CLOCKS_SECOND);
	fake_put("/var/lib/fastkexec/requested", line);
	report_of("--save");
	assert_int_not_equal(access(root_path(path, sizeof(path), "/var/lib/fastkexec/requested"),
				    F_OK), 0);
	assert_has(report_of(NULL), "Down for 25.900 s, through the firmware");
	jumped();
	fake_put(BOOT_ID, "next-boot\n");
	assert_has(report_of(NULL), "The last reboot through the firmware took 25.900 s.\n");
}

TOOL_TEST_WITH("a damaged history does no harm", jumped)
{
	fake_put("/var/lib/fastkexec/history",
		 "\n\t\t\t\t\t\n\t\t\t\t\t\t\t\nboot\tx\tfast\ty\ta\tb\tc\nshort\t1\n");
	assert_has(report_of("--history"), "1970-01-01");
	report_of("--save");
	assert_has(report_of("--history"), "2.821 s");
}

TOOL_TEST_WITH("a history that cannot be written is a failure", jumped)
{
	fake_put("/var/lib/fastkexec", "not a folder");
	assert_int_equal(fake_run("report", "--save", NULL), 1);
	assert_sentence("cannot write /var/lib/fastkexec/history");
}

TOOL_TEST_WITH("the history keeps the last hundred", jumped)
{
	char boot[32], path[512], line[1024];
	unsigned int i, lines = 0;
	FILE *file;

	fake_put("/var/lib/fastkexec/x", "");
	for (i = 0; i < 103; i++) {
		snprintf(boot, sizeof(boot), "boot-%u\n", i);
		fake_put(BOOT_ID, boot);
		report_of("--save");
	}
	file = fopen(root_path(path, sizeof(path), "/var/lib/fastkexec/history"), "r");
	assert_non_null(file);
	while (fgets(line, sizeof(line), file)) {
		snprintf(boot, sizeof(boot), "boot-%u\t", 3 + lines++);
		assert_int_equal(strncmp(line, boot, strlen(boot)), 0);
	}
	fclose(file);
	assert_int_equal(lines, 100);
}

TOOL_TEST_WITH("a picture is well formed, whatever the title holds", jumped)
{
	char path[512], command[1200];

	snprintf(path, sizeof(path), "%s/picture.svg", fake_directory());
	assert_int_equal(fake_run("report", "--svg", path, NULL), 0);
	snprintf(command, sizeof(command), "grep -q 'prefers-color-scheme: dark' %s && tail -n 1 %s | grep -qx '</svg>'",
		 path, path);
	assert_int_equal(system(command), 0);
	assert_int_equal(fake_run("report", "--svg=/nowhere/x.svg", NULL), 1);
	assert_sentence("cannot write /nowhere/x.svg: No such file or directory");
}

TOOL_TEST("times are short")
{
	assert_string_equal(chart_time(0).s, "0 us");
	assert_string_equal(chart_time(999999).s, "999 us");
	assert_string_equal(chart_time(1000000).s, "1.0 ms");
	assert_string_equal(chart_time(999999999).s, "999.9 ms");
	assert_string_equal(chart_time(1000000000).s, "1.000 s");
	assert_string_equal(chart_time(61234567890).s, "61.234 s");
}

TOOL_TEST("years of ticks do not overflow")
{
	const struct clocks now = { .counter = ~0ULL, .frequency = 1000000000,
				    .up_ns = 500ULL * 86400 * CLOCKS_SECOND };

	assert_int_equal(clocks_ns(~0ULL, 1000000000), ~0ULL);
	assert_int_equal(clocks_ns(62500000ULL * 86400 * 1000, 62500000), 86400000000000000);
	assert_int_equal(clocks_start(&now), ~0ULL - 43200000000000000);
}

TOOL_TEST_WITH("a stamp is taken by the module, and by the clock of the wall", cold)
{
	char line[128];

	fake_put("/var/lib/x", "");
	assert_int_equal(fake_run("stamp", "requested", NULL), 0);
	assert_int_equal(fake.stamps[FASTKEXEC_MOMENT_REQUESTED], 1);
	assert_true(root_read(line, sizeof(line), "/var/lib/fastkexec/requested"));
	assert_string_equal(line, "1700000000000000000 this-boot");
	assert_int_equal(fake_run("stamp", "shutdown", NULL), 0);
	assert_int_equal(fake.stamps[FASTKEXEC_MOMENT_SHUTDOWN], 1);
	assert_string_equal(fake_heard()->out, "");
	assert_string_equal(fake_heard()->err, "");
}

TOOL_TEST_WITH("a reboot does not fail because nobody takes the stamp", cold)
{
	fake.open_error = ENOENT;
	assert_int_equal(fake_run("stamp", "requested", NULL), 0);
	assert_string_equal(fake_heard()->err, "");
	fake.open_error = 0;
	fake.call_error[_IOC_NR(FASTKEXEC_STAMP)] = EBUSY;
	assert_int_equal(fake_run("stamp", "shutdown", NULL), 0);
	assert_string_equal(fake_heard()->err, "");
}

TOOL_TEST("stamp wants one word that it knows")
{
	assert_int_equal(fake_run("stamp", NULL), 2);
	assert_int_equal(fake_run("stamp", "verified", NULL), 2);
	assert_has(fake_heard()->err, "takes one word: requested or shutdown");
	assert_int_equal(fake_run("stamp", "requested", "shutdown", NULL), 2);
	assert_int_equal(fake.stamps[0] + fake.stamps[1], 0);
}

TOOL_TEST("an aligned record fits wherever the property is")
{
	static uint8_t memory[8192];
	struct blob tree = { memory, sizeof(memory) };
	char pad[300] = "";
	unsigned int i;
	int chosen;

	for (i = 0; i < 256; i++) {
		fdt_create_empty_tree(memory, sizeof(memory));
		chosen = fdt_add_subnode(memory, 0, "chosen");
		pad[i] = 'x';
		fdt_setprop_string(memory, 0, "model", pad);
		chosen = fdt_path_offset(memory, "/chosen");
		assert_int_equal(dtb_record_make(memory, chosen), 0);
		assert_int_equal(fdt_pack(memory), 0);
		chosen = dtb_record_offset(&tree);
		assert_true(chosen && chosen % 256 == 0);
		make_record();
		memcpy(memory + chosen, &record, sizeof(record));
		assert_int_equal(fdt_check_full(memory, sizeof(memory)), 0);
	}
}
