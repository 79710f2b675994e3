// SPDX-License-Identifier: GPL-2.0
/*
 * A next kernel that starts with a part of memory, and how it gets the rest.
 * boot_memory_efi_test.c has what is different on EFI machines.
 */
#include "fake_device.h"

#include <errno.h>
#include <libfdt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "boot_memory.h"
#include "checks/checks.h"
#include "dtb_later.h"
#include "kernel_file.h"
#include "root.h"

#define GB		(1ULL << 30)
#define STATE(nr)	"/sys/devices/system/memory/memory" #nr "/state"
#define WANTED		"/etc/systemd/system/multi-user.target.wants/fastkexec-memory.service"

static uint8_t kernel[20000];
static const char *kernel_file;

/* A machine of 16 GiB, whose tree may have been cut short by an earlier load. */
static void put_machine(bool is_cut)
{
	static uint8_t tree[8192];
	struct blob blob = { tree, sizeof(tree) };
	struct later later = { .unit = GB, .least = GB };
	int node;

	fdt_create_empty_tree(tree, sizeof(tree));
	fdt_setprop_u32(tree, 0, "#address-cells", 2);
	fdt_setprop_u32(tree, 0, "#size-cells", 2);
	fdt_add_subnode(tree, 0, "chosen");
	node = fdt_add_subnode(tree, 0, "memory");
	fdt_setprop_string(tree, node, "device_type", "memory");
	fdt_appendprop_addrrange(tree, 0, node, "reg", GB, 16 * GB);
	if (is_cut)
		assert_int_equal(dtb_later_cut(&blob, NULL, 0, &later), 0);
	fake.dtb = fake_file("fdt", tree, sizeof(tree));
}

static void good_machine(void)
{
	put_header(kernel, 0, 3 << 20, 0xa);
	kernel_file = fake_file("Image", kernel, sizeof(kernel));
	fake.cmdline = fake_file("cmdline", "ro\n", 3);
	fake.ram.start = GB;
	fake.ram.end = 11 * GB;
	fake_put(WANTED, "");
	put_machine(false);
}

#define MEMORY_TEST(words)	TOOL_TEST_WITH(words, good_machine)

/* Ranges of the memory node that the next kernel is given, in GiB. */
static void told(const char *property, const uint64_t *expected, int nr)
{
	const void *tree = fake_memory(fake.load.dtb, 64);
	const fdt64_t *value;
	int length, i;

	assert_int_equal(fdt_check_full(tree, 1 << 20), 0);
	value = fdt_getprop(tree, fdt_path_offset(tree, "/memory"), property, &length);
	if (!nr) {
		assert_null(value);
		return;
	}
	assert_int_equal(length, nr * 8);
	for (i = 0; i < nr; i++)
		assert_int_equal(fdt64_ld(value + i), expected[i] * GB);
}

TOOL_TEST("a size or auto is taken")
{
	static const char *const wrong[] = {
		"", "0", "4", "511M", "-1G", "4GB", "4 G", " 4G", "1025T", "G", "none", "4P",
		"99999999999999999999G",
	};
	uint64_t bytes;
	size_t i;

	assert_int_equal(boot_memory_parse("2g", &bytes), 0);
	assert_int_equal(bytes, 2 * GB);
	assert_int_equal(boot_memory_parse("512M", &bytes), 0);
	assert_int_equal(bytes, GB / 2);
	assert_int_equal(boot_memory_parse("1048576K", &bytes), 0);
	assert_int_equal(bytes, GB);
	assert_int_equal(boot_memory_parse("1T", &bytes), 0);
	assert_int_equal(bytes, 1024 * GB);
	assert_int_equal(boot_memory_parse("auto", &bytes), 0);
	assert_int_equal(bytes, 4 * GB);
	for (i = 0; i < ARRAY_SIZE(wrong); i++)
		assert_int_equal(boot_memory_parse(wrong[i], &bytes), -1);
}

TOOL_TEST("memory comes by blocks as large as the kernel's may be")
{
	static const struct {
		const char *release;
		unsigned int page;
		uint64_t unit;
	} cases[] = {
		{ "", 4096, GB }, { "5.11.22", 4096, GB }, { "4.19.0-1", 4096, GB },
		{ "rubbish", 4096, GB }, { "6.1.0-50-arm64", 0, GB }, { "5.10.0", 65536, GB },
		{ "5.12.0", 4096, GB / 8 }, { "7.3.4+deb13-arm64", 16384, GB / 8 },
		{ "6.12.1", 65536, GB / 2 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		assert_int_equal(boot_memory_unit(cases[i].release, cases[i].page), cases[i].unit);
}

MEMORY_TEST("the next kernel is told of what it needs, and its module of the rest")
{
	static const uint64_t part[] = { 1, 1, 10, 1, 16, 1 }, more[] = { 1, 4, 10, 1, 16, 1 };
	static const uint64_t whole[] = { 1, 16 };

	assert_int_equal(fake_run("load", kernel_file, "--append=ro", "--boot-memory=1G", NULL),
			 0);
	assert_string_equal(fake_heard()->err, "");
	told("reg", part, 6);
	told(FASTKEXEC_WHOLE_REG, whole, 2);
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", "--boot-memory=6G", NULL),
			 0);
	told("reg", more, 6);
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", NULL), 0);
	told("reg", whole, 2);
	told(FASTKEXEC_WHOLE_REG, NULL, 0);
}

MEMORY_TEST("a kernel that was told of a part tells the next one of all")
{
	static const uint64_t whole[] = { 1, 16 }, part[] = { 1, 1, 10, 1, 16, 1 };

	put_machine(true);
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", NULL), 0);
	told("reg", whole, 2);
	told(FASTKEXEC_WHOLE_REG, NULL, 0);
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", "--dtb", fake.dtb, NULL), 0);
	told("reg", whole, 2);
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", "--boot-memory=1G", NULL),
			 0);
	told("reg", part, 6);
	told(FASTKEXEC_WHOLE_REG, whole, 2);
}

MEMORY_TEST("whoever would miss the rest is told how it comes")
{
	char path[PATH_MAX];

	assert_int_equal(unlink(root_path(path, sizeof(path), "%s", WANTED)), 0);
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", "--boot-memory=1G", NULL),
			 0);
	assert_has(fake_heard()->err, "starts with 3.0 GiB of memory");
	assert_has(fake_heard()->err, "adds the other 13.0 GiB");
	assert_has(fake_heard()->err, "systemctl enable fastkexec-memory");
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", "--boot-memory=15G", NULL),
			 0);
	assert_has(fake_heard()->err, "adds the other 1.0 GiB");
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", "--boot-memory=16G", NULL),
			 0);
	assert_has(fake_heard()->err, "starts with all memory, 16.0 GiB");
}

MEMORY_TEST("where it cannot be, it is refused, and says why")
{
	assert_int_equal(fake_run("load", kernel_file, "--append=ro mem=2G",
				  "--boot-memory=auto", NULL), 1);
	assert_has(fake_heard()->err, "the command line limits memory itself (mem=)");
	assert_int_equal(fake_run("load", kernel_file, "--boot-memory=some", NULL), 2);
	assert_has(fake_heard()->err, "--boot-memory is a size of at least 512M");
	assert_int_equal(fake_run("load", kernel_file, "--module=x", "--boot-memory=1G", NULL), 2);
	assert_has(fake_heard()->err, "not for Xen");
	assert_false(fake.loaded);
}

static void put_blocks(void)
{
	fake_put("/sys/devices/system/memory/block_size_bytes", "20000000\n");
	fake_put(STATE(4), "offline\n");
	fake_put(STATE(5), "offline\n");
	fake_put(STATE(8), "online\n");
	fake_put(STATE(9), "offline\n");
	fake.later[0] = 2 * GB;
	fake.later[1] = 4 * GB;
	fake.added[1] = true;
}

static void assert_says(const char *file, const char *text)
{
	char line[32];

	assert_true(root_read(line, sizeof(line), "%s", file));
	assert_int_equal(strncmp(line, text, strlen(text)), 0);
}

TOOL_TEST_WITH("what is missing is added piece by piece, and brought online", put_blocks)
{
	assert_int_equal(fake_run("memory", NULL), 0);
	assert_string_equal(fake_heard()->out, "1.5 GiB of memory have been added.\n");
	assert_says(STATE(4), "online_kernel");
	assert_says(STATE(5), "online_kernel");
	assert_says(STATE(8), "online");
	assert_says(STATE(9), "online_kernel");
	assert_true(fake.added[0]);

	fake_put(STATE(4), "online\n");
	fake_put(STATE(5), "online\n");
	fake_put(STATE(9), "online\n");
	assert_int_equal(fake_run("memory", NULL), 0);
	assert_string_equal(fake_heard()->out, "All memory is there.\n");
}

TOOL_TEST_WITH("what does not come is told", put_blocks)
{
	char path[PATH_MAX];

	assert_int_equal(unlink(root_path(path, sizeof(path), STATE(5))), 0);
	assert_int_equal(fake_run("memory", "--json", NULL), 1);
	assert_has(fake_heard()->out, "\"added\": 1073741824,\n  \"failed\": 536870912,\n");
	assert_has(fake_heard()->out, "the memory at 0xa0000000 does not come online: No such");
	fake.call_error[_IOC_NR(FASTKEXEC_MEMORY)] = ENOMEM;
	fake.explanation = "no memory to describe the memory at 0x80000000";
	assert_int_equal(fake_run("memory", NULL), 1);
	assert_has(fake_heard()->err, "cannot add memory: no memory to describe the memory at");
	fake_put("/sys/devices/system/memory/block_size_bytes", "");
	assert_int_equal(fake_run("memory", NULL), 1);
	assert_has(fake_heard()->err, "takes no memory later");
}

static char found[FINDING_MAX + 16];

static void keep(void *ctx, const struct finding *finding)
{
	(void)ctx;
	if (!strcmp(finding->check, "memory"))
		snprintf(found, sizeof(found), "%u %s", finding->grade, finding->text);
}

MEMORY_TEST("memory that was not added is found by the checks")
{
	check_all(keep, NULL);
	assert_has(found, "0 all memory");
	put_machine(true);
	check_all(keep, NULL);
	assert_has(found, "1 14.0 GiB of memory are not there");
	fake_put("/proc/iomem", "40000000-7fffffff : System RAM\n"
				"80000000-bfffffff : System RAM (fastkexec)\n");
	check_all(keep, NULL);
	assert_has(found, "1 13.0 GiB of memory are not there");
	fake_put("/proc/iomem", "80000000-3ffffffff : System RAM (fastkexec)\n");
	check_all(keep, NULL);
	assert_has(found, "0 all memory");
}
