// SPDX-License-Identifier: GPL-2.0
/*
 * exec, unload and status against a made-up module.
 */
#include "fake_device.h"

#include <errno.h>
#include <net/if.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "blockers.h"
#include "flush.h"
#include "version.h"

/* An image of three segments, as if it had been loaded. */
static void load_something(void)
{
	fake.loaded = true;
	fake.load = (struct fastkexec_load){
		.nr_segments = 3,
		.entry = 0x40081000,
		.dtb = 0x60000000,
	};
	fake.segments[0] = (struct fastkexec_segment){
		.dest = 0x40080000, .memsz = 36 << 20, .chunks = 1,
		.placement = FASTKEXEC_PLACE_IN_PLACE,
		.role = FASTKEXEC_ROLE_KERNEL,
	};
	fake.segments[1] = (struct fastkexec_segment){
		.dest = 0x50000000, .memsz = 30 << 20, .chunks = 7,
		.placement = FASTKEXEC_PLACE_COPY,
		.role = FASTKEXEC_ROLE_INITRD,
	};
	fake.segments[2] = (struct fastkexec_segment){
		.dest = 0x60000000, .memsz = 65536, .chunks = 1,
		.placement = FASTKEXEC_PLACE_COPY,
		.role = FASTKEXEC_ROLE_DTB,
	};
}

TOOL_TEST("missing module is named")
{
	static const int missing[] = { ENOENT, ENODEV, ENXIO };
	static const char *const commands[] = { "exec", "unload", "status" };
	size_t i, j;

	for (i = 0; i < 3; i++) {
		for (j = 0; j < 3; j++) {
			fake.open_error = missing[j];
			assert_int_equal(fake_run(commands[i], NULL), 1);
			assert_sentence("insert it with 'insmod fastkexec.ko'");
		}
		fake.open_error = EACCES;
		assert_int_equal(fake_run(commands[i], NULL), 1);
		assert_sentence("become root");
		fake.open_error = EMFILE;
		assert_int_equal(fake_run(commands[i], NULL), 1);
		assert_sentence("cannot open /dev/fastkexec: Too many open files");
	}
	assert_int_equal(fake.reboots, 0);
}

TOOL_TEST("exec with nothing loaded is refused")
{
	assert_int_equal(fake_run("exec", NULL), 1);
	assert_sentence("nothing is loaded; load a kernel with 'fastkexec load' first");
	assert_int_equal(fake.reboots, 0);
	assert_int_equal(fake.syncs, 0);
}

TOOL_TEST("exec without an answer is refused")
{
	load_something();
	fake.call_error[_IOC_NR(FASTKEXEC_STATUS)] = EPERM;
	assert_int_equal(fake_run("exec", NULL), 1);
	assert_sentence("this needs root, and a kernel that is not locked down");
	assert_int_equal(fake.reboots, 0);
}

TOOL_TEST("exec synchronises then reboots")
{
	load_something();
	fake.reboot_error = EPERM;
	assert_int_equal(fake_run("exec", NULL), 1);
	assert_int_equal(fake.reboots, 1);
	assert_string_equal(fake.before_reboot, "s");
	assert_sentence("cannot reboot: Operation not permitted");
	assert_has(fake_heard()->out, "The next one starts, or the console says why not.");
	assert_true(fake.loaded);
}

TOOL_TEST("exec without a reader reboots")
{
	signal(SIGPIPE, SIG_DFL);
	load_something();
	fake.reader_gone = true;
	fake.reboot_error = EPERM;
	assert_int_equal(fake_run("exec", NULL), 1);
	signal(SIGPIPE, SIG_DFL);
	assert_int_equal(fake.reboots, 1);
	assert_sentence("cannot reboot");
}

TOOL_TEST("exec takes interfaces down, those of higher layers first")
{
	load_something();
	fake.interfaces[0] = (struct fake_interface){ "lo", IFF_UP | IFF_LOOPBACK, 0 };
	fake.interfaces[1] = (struct fake_interface){ "eth0", IFF_UP | IFF_RUNNING, 0 };
	fake.interfaces[2] = (struct fake_interface){ "eth1", 0, 0 };
	fake.interfaces[3] = (struct fake_interface){ "br0", IFF_UP, 0 };
	fake.reboot_error = EPERM;
	assert_int_equal(fake_run("exec", NULL), 1);
	assert_string_equal(fake.before_reboot, "sbr0eth0");
	assert_sentence("cannot reboot");
	assert_int_equal(fake.interfaces[1].flags, IFF_RUNNING);

	fake.reboots = 0;
	fake.before_reboot[0] = '\0';
	fake.interfaces[1].flags = IFF_UP;
	assert_int_equal(fake_run("exec", "--no-ifdown", NULL), 1);
	assert_string_equal(fake.before_reboot, "s");
	assert_int_equal(fake.interfaces[1].flags, IFF_UP);
}

TOOL_TEST("exec goes on without an interface that does not go down")
{
	load_something();
	fake.interfaces[0] = (struct fake_interface){ "eth0", IFF_UP, EBUSY };
	fake.interfaces[1] = (struct fake_interface){ "eth1", IFF_UP, 0 };
	fake.reboot_error = EPERM;
	assert_int_equal(fake_run("exec", NULL), 1);
	assert_int_equal(fake.reboots, 1);
	assert_has(fake_heard()->err, "note: 1 network interface did not go down\n");
	assert_int_equal(fake.interfaces[1].flags, 0);
}

TOOL_TEST("exec does not wait for ever for a disk")
{
	const unsigned int descriptors = fake_descriptors();

	load_something();
	fake.sync_hangs = true;
	fake_listen();
	assert_false(flush_disks(50));
	assert_sentence("note: a disk or a server does not take what is to be written");
	fake_end_sync();
	fake_wait_for_descriptors(descriptors);
	fake.before_reboot[0] = '\0';
	fake.reboot_error = EPERM;
	assert_int_equal(fake_run("exec", "--no-sync", NULL), 1);
	assert_int_equal(fake.reboots, 1);
	assert_string_equal(fake.before_reboot, "");
}

static unsigned int waits;

static void wait_idly(void)
{
	waits++;
}

/* In each of the waits 2 MiB are written, and as much is dirty as before. */
static void write_on(void)
{
	char text[64];

	snprintf(text, sizeof(text), "nr_dirtied 1\nnr_written %u\n", ++waits * 512);
	fake_put("/proc/vmstat", text);
}

TOOL_TEST("a disk that others keep busy is waited for, with a limit")
{
	const unsigned int descriptors = fake_descriptors();

	fake_put("/proc/meminfo", "MemTotal: 9 kB\nDirty: 8192 kB\nWriteback: 0 kB\n");
	fake_put("/proc/vmstat", "nr_dirtied 1\nnr_written 0\n");
	fake.sync_hangs = true;
	fake.on_wait = write_on;
	waits = 0;
	assert_false(flush_disks(1));
	assert_int_equal(waits, FLUSH_TIMES);
	fake_end_sync();
	fake_wait_for_descriptors(descriptors);
	fake.sync_hangs = true;
	fake.on_wait = wait_idly;
	waits = 0;
	assert_false(flush_disks(1));
	assert_int_equal(waits, 1);
	fake_end_sync();
	fake_wait_for_descriptors(descriptors);
}

TOOL_TEST("exec says what it does not do where no process can be had")
{
	load_something();
	fake.no_threads = true;
	fake.no_children = true;
	fake.reboot_error = EPERM;
	assert_int_equal(fake_run("exec", NULL), 1);
	assert_int_equal(fake.reboots, 1);
	assert_has(fake_heard()->err, "note: no process can be had to write to the disks");
	assert_has(fake_heard()->err, "note: no process can be had to take network interfaces down");
}

TOOL_TEST("unload frees the image")
{
	load_something();
	assert_int_equal(fake_run("unload", NULL), 0);
	assert_false(fake.loaded);
	assert_has(fake_heard()->out, "Unloaded.");
	assert_int_equal(fake_run("unload", NULL), 1);
	assert_sentence("cannot unload: nothing is loaded");
	fake.call_error[_IOC_NR(FASTKEXEC_UNLOAD)] = EBUSY;
	fake.explanation = "a reboot has begun";
	assert_int_equal(fake_run("unload", NULL), 1);
	assert_sentence("cannot unload: a reboot has begun");
}

TOOL_TEST("rehearse tells what it tried")
{
	assert_int_equal(fake_run("rehearse", NULL), 1);
	assert_sentence("cannot rehearse: nothing is loaded");
	load_something();
	assert_int_equal(fake_run("rehearse", NULL), 0);
	assert_has(fake_heard()->out, "by the CPU's own table walker\n");
	assert_has(fake_heard()->out, "not EL2");
	assert_int_equal(fake_run("status", "--json", NULL), 0);
	assert_has(fake_heard()->out, "\"copy\"\n");
	assert_int_equal(fake_run("rehearse", "--cpus", NULL), 0);
	assert_has(fake_heard()->out, "every CPU except the first, off and on again\n");
	fake.call_error[_IOC_NR(FASTKEXEC_REHEARSE)] = EIO;
	fake.explanation = "rehearsal: the copy came out wrong";
	assert_int_equal(fake_run("rehearse", NULL), 1);
	assert_sentence("the copy came out wrong; do not rely on this machine's jump");
}

TOOL_TEST("status tells what is loaded")
{
	const char *out;

	load_something();
	assert_int_equal(fake_run("status", NULL), 0);
	out = fake_heard()->out;
	assert_string_equal(fake_heard()->err, "");
	assert_has(out, "Entry 0x40081000, dtb 0x60000000.\n");
	assert_has(out, "  kernel  0x000040080000   36.0 MiB  in place\n");
	assert_has(out, "  initrd  0x000050000000   30.0 MiB  by copy, from 7 chunks\n");
	assert_has(out, "  dtb     0x000060000000   64.0 KiB  by copy, from 1 chunk\n");
	assert_has(out, "The jump copies nothing.\n");
	assert_has(out, "Translation tables: 5 pages, design identity.");
	assert_has(out, "Checked for damage before the jump: everything.\n");
	assert_has(out, "EL1, with the kernel's stub at EL2; 4 CPUs online; PSCI by SMC.\n");
	assert_has(out, "4K pages, 48 bits virtual, 44 bits physical.\n"
		   "The CPU has 4K, 64K pages.\n");

	fake.in_place = false;
	assert_int_equal(fake_run("status", NULL), 0);
	assert_has(fake_heard()->out, "The jump copies 66.1 MiB in 21 copies.\n");
}

TOOL_TEST("status tells the SHA-256 of each segment if asked to")
{
	const char *const hex = "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f";

	load_something();
	assert_int_equal(fake_run("status", NULL), 0);
	assert_null(strstr(fake_heard()->out, "SHA-256"));
	assert_int_equal(fake_run("status", "--sha256", NULL), 0);
	assert_has(fake_heard()->out, "in place\n          SHA-256 ");
	assert_has(fake_heard()->out, hex);
	assert_int_equal(fake_run("status", "--sha256", "--json", NULL), 0);
	assert_has(fake_heard()->out, "\"sha256\": \"");
	assert_has(fake_heard()->out, hex);

	fake.call_error[_IOC_NR(FASTKEXEC_DIGEST)] = EOPNOTSUPP;
	fake.explanation = "this kernel has no SHA-256";
	assert_int_equal(fake_run("status", "--sha256", NULL), 1);
	assert_sentence("cannot take the SHA-256 of a segment: this kernel has no SHA-256");
}

TOOL_TEST("status tells the machine")
{
	static const struct {
		uint32_t level;
		const char *text;
		const char *name;
	} levels[] = {
		{ FASTKEXEC_LEVEL_EL1, "Machine: EL1;", "\"el1\"" },
		{ FASTKEXEC_LEVEL_EL2_STUB, "Machine: EL1, with the kernel's stub at EL2;",
			"\"el2-stub\"" },
		{ FASTKEXEC_LEVEL_EL2_KVM, "Machine: EL1, with KVM at EL2;", "\"el2-kvm\"" },
		{ FASTKEXEC_LEVEL_EL2_VHE, "Machine: EL2 (VHE);", "\"el2-vhe\"" },
		{ 77, "Machine: a level this tool does not know;", "\"unknown\"" },
	};
	size_t i;

	fake.info.cpus = 1;
	fake.info.psci_smc = 0;
	fake.info.big_endian = 1;
	fake.info.contig = 0;
	fake.info.granules = 7;
	for (i = 0; i < ARRAY_SIZE(levels); i++) {
		fake.info.level = levels[i].level;
		assert_int_equal(fake_run("status", NULL), 0);
		assert_has(fake_heard()->out, "Nothing is loaded.\n");
		assert_has(fake_heard()->out, levels[i].text);
		assert_has(fake_heard()->out, "1 CPU online; PSCI by HVC.\n");
		assert_has(fake_heard()->out, "4K, 16K, 64K pages, and can run big-endian.\n");
		assert_has(fake_heard()->out, "cannot claim memory in place");
		assert_int_equal(fake_run("status", "--json", NULL), 0);
		assert_has(fake_heard()->out, levels[i].name);
	}
}

TOOL_TEST("status tells every reason against")
{
	const struct blocker *blocker;
	uint64_t known = 0;

	for (blocker = blockers_known(); blocker->bit; blocker++) {
		fake.info.blockers = blocker->bit;
		assert_int_equal(fake_run("status", NULL), 0);
		assert_has(fake_heard()->out, "Cannot load here: ");
		assert_has(fake_heard()->out, blocker->reason);
		assert_has(fake_heard()->out, blocker->advice);
		assert_null(strstr(strstr(fake_heard()->out, "Cannot") + 1, "Cannot"));
		assert_int_equal(fake_run("status", "--json", NULL), 0);
		assert_has(fake_heard()->out, blocker->name);
		assert_has(fake_heard()->out, blocker->reason);
		assert_has(fake_heard()->out, blocker->advice);
		assert_has(fake_heard()->out, "\"possible\": false");
		assert_int_equal(known & blocker->bit, 0);
		known |= blocker->bit;
	}
	/* The ABI numbers them without a gap. */
	assert_true(known >= 0xff);
	assert_int_equal(known & (known + 1), 0);

	fake.info.blockers = 1ULL << 63 | FASTKEXEC_BLOCK_PKVM;
	assert_int_equal(fake_run("status", NULL), 0);
	assert_has(fake_heard()->out, "protected KVM");
	assert_has(fake_heard()->out, "a reason (0x8000000000000000) that this tool does not know");
	assert_int_equal(fake_run("status", "--json", NULL), 0);
	assert_has(fake_heard()->out, "\"pkvm\"");
	assert_has(fake_heard()->out, "\"unknown\"");
}

TOOL_TEST("json has these keys")
{
	static const char expected[] =
		"{\n"
		"  \"command\": \"status\",\n"
		"  \"version\": \"" FASTKEXEC_VERSION "\",\n"
		"  \"loaded\": true,\n"
		"  \"image\": {\n"
		"    \"entry\": 1074270208,\n"
		"    \"dtb\": 1610612736,\n"
		"    \"bytes\": 69271552,\n"
		"    \"copy_bytes\": 0,\n"
		"    \"copy_entries\": 0,\n"
		"    \"table_pages\": 5,\n"
		"    \"design\": \"identity\",\n"
		"    \"verify\": \"full\",\n"
		"    \"rehearsed\": [],\n"
		"    \"pages_held\": 16917,\n"
		"    \"segments\": [\n"
		"      {\n"
		"        \"name\": \"kernel\",\n"
		"        \"address\": 1074266112,\n"
		"        \"bytes\": 37748736,\n"
		"        \"placement\": \"in-place\",\n"
		"        \"chunks\": 1\n"
		"      },\n"
		"      {\n"
		"        \"name\": \"initrd\",\n"
		"        \"address\": 1342177280,\n"
		"        \"bytes\": 31457280,\n"
		"        \"placement\": \"copy\",\n"
		"        \"chunks\": 7\n"
		"      },\n"
		"      {\n"
		"        \"name\": \"dtb\",\n"
		"        \"address\": 1610612736,\n"
		"        \"bytes\": 65536,\n"
		"        \"placement\": \"copy\",\n"
		"        \"chunks\": 1\n"
		"      }\n"
		"    ],\n"
		"    \"source\": null\n"
		"  },\n"
		"  \"possible\": false,\n"
		"  \"blockers\": [\n"
		"    {\n"
		"      \"name\": \"spin-table\",\n"
		"      \"reason\": \"a CPU is started by spin-table and cannot be turned off\",\n"
		"      \"advice\": \"use firmware that has PSCI\"\n"
		"    }\n"
		"  ],\n"
		"  \"keeps\": [\n"
		"    {\n"
		"      \"address\": 1107296256,\n"
		"      \"bytes\": 196608,\n"
		"      \"reason\": \"lpi\"\n"
		"    },\n"
		"    {\n"
		"      \"address\": 1124073472,\n"
		"      \"bytes\": 65536,\n"
		"      \"reason\": \"unknown\"\n"
		"    }\n"
		"  ],\n"
		"  \"machine\": {\n"
		"    \"level\": \"el2-stub\",\n"
		"    \"cpus\": 4,\n"
		"    \"page_size\": 4096,\n"
		"    \"granules\": [\n"
		"      4096,\n"
		"      65536\n"
		"    ],\n"
		"    \"big_endian\": false,\n"
		"    \"va_bits\": 48,\n"
		"    \"pa_bits\": 44,\n"
		"    \"psci\": \"smc\",\n"
		"    \"in_place\": true\n"
		"  },\n"
		"  \"notes\": [],\n"
		"  \"errors\": [],\n"
		"  \"status\": 0\n"
		"}\n";

	load_something();
	fake.info.blockers = FASTKEXEC_BLOCK_SPIN_TABLE;
	fake.nr_keeps = 2;
	fake.keeps[0] = (struct fastkexec_keep){ 0x42000000, 0x42030000, FASTKEXEC_KEEP_LPI, 0 };
	fake.keeps[1] = (struct fastkexec_keep){ 0x43000000, 0x43010000, 77, 0 };
	assert_int_equal(fake_run("status", "--json", NULL), 0);
	assert_string_equal(fake_heard()->out, expected);

	fake.loaded = false;
	fake.info.blockers = 0;
	assert_int_equal(fake_run("status", "--json", NULL), 0);
	assert_has(fake_heard()->out,
		   "  \"loaded\": false,\n"
		   "  \"image\": null,\n"
		   "  \"possible\": true,\n"
		   "  \"blockers\": [],\n");
}

TOOL_TEST("status without an answer is a failure")
{
	fake.call_error[_IOC_NR(FASTKEXEC_INFO)] = ENOTTY;
	assert_int_equal(fake_run("status", NULL), 1);
	assert_sentence("the module does not know this call; load the module that belongs");
	fake.call_error[_IOC_NR(FASTKEXEC_INFO)] = 0;
	fake.call_error[_IOC_NR(FASTKEXEC_STATUS)] = EPIPE;
	assert_int_equal(fake_run("status", "--json", NULL), 1);
	assert_sentence("cannot ask what is loaded: Broken pipe");
	assert_has(fake_heard()->out, "    \"cannot ask what is loaded: Broken pipe\"\n");
}

/* What a command that has an answer cannot write, it has not done. */
TOOL_TEST("full disk is a failure")
{
	static const struct {
		const char *argument[2];
		int want;
	} cases[] = {
		{ { "--version" }, 1 },
		{ { "--help" }, 1 },
		{ { "load", "--help" }, 1 },
		{ { "status" }, 1 },
		{ { "status", "--json" }, 1 },
		{ { "unload" }, 0 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		load_something();
		fake.full_disk = true;
		assert_int_equal(fake_run(cases[i].argument[0], cases[i].argument[1], NULL),
				 cases[i].want);
		if (cases[i].want)
			assert_sentence("cannot write: No space left on device");
		else
			assert_string_equal(fake_heard()->err, "");
	}
	assert_false(fake.loaded);
}

TOOL_TEST("check tells each point, and fails for a refusal only")
{
	assert_int_equal(fake_run("check", NULL), 0);
	assert_has(fake_heard()->out, "ok       machine      the module finds nothing");
	assert_has(fake_heard()->out, "ok       watchdog     no watchdog is known to go on");
	assert_string_equal(fake_heard()->err, "");

	fake_put("/run/nextroot/x", "");
	assert_int_equal(fake_run("check", NULL), 0);
	assert_has(fake_heard()->out, "warning  soft-reboot  /run/nextroot is there");
	fake.info.blockers = FASTKEXEC_BLOCK_PKVM;
	assert_int_equal(fake_run("check", NULL), 1);
	assert_has(fake_heard()->out, "refusal  pkvm ");
	assert_int_equal(fake_run("check", "--json", NULL), 1);
	assert_has(fake_heard()->out, "\"fit\": false");
	assert_has(fake_heard()->out, "\"grade\": \"refusal\"");

	fake.info.blockers = 0;
	fake_put("/proc/sys/kernel/kexec_load_disabled", "1");
	assert_int_equal(fake_run("check", NULL), 1);
	assert_has(fake_heard()->out, "refusal  policy ");
	fake.open_error = ENOENT;
	assert_int_equal(fake_run("check", NULL), 1);
	assert_sentence("module is not loaded");
}
