// SPDX-License-Identifier: GPL-2.0
/*
 * What the next kernel is given, before any of it has a place.
 */
#include "fake_device.h"

#include <errno.h>
#include <libfdt.h>

#include "boot.h"
#include "fill.h"
#include "kernel_file.h"

static const char *tree_file(const char *name, bool efi)
{
	const fdt32_t reg[] = { 0, cpu_to_fdt32(0x40000000), 0, cpu_to_fdt32(0x10000000) };
	static uint8_t tree[4096];
	int node;

	fdt_create_empty_tree(tree, sizeof(tree));
	fdt_setprop_u32(tree, 0, "#address-cells", 2);
	fdt_setprop_u32(tree, 0, "#size-cells", 2);
	node = fdt_add_subnode(tree, 0, "memory@40000000");
	fdt_setprop_string(tree, node, "device_type", "memory");
	fdt_setprop(tree, node, "reg", reg, sizeof(reg));
	node = fdt_add_subnode(tree, 0, "chosen");
	assert_int_equal(fdt_setprop_string(tree, node, "bootargs", name), 0);
	if (efi)
		fdt_setprop_u64(tree, node, "linux,uefi-system-table", 0x7f000000);
	return fake_file(name, tree, sizeof(tree));
}

static struct load_options options;

static void good_files(void)
{
	static uint8_t image[4096];

	put_header(image, 0, 1 << 20, 0xa);
	options = (struct load_options){
		.kernel = fake_file("Image", image, sizeof(image)),
		.cmdline = "ro",
	};
	fake.dtb = tree_file("running", false);
}

static int gather(struct boot *boot)
{
	const struct calls_keeps keeps = { 0 };
	int ret;

	fake_listen();
	ret = boot_gather(boot, &options, &fake.info, &keeps);
	fake_heard();
	return ret;
}

static bool names_initrd(const struct boot *boot)
{
	int chosen = fdt_path_offset(boot->dtb.data, "/chosen");

	return fdt_getprop(boot->dtb.data, chosen, "linux,initrd-start", NULL);
}

TOOL_TEST_WITH("an EFI machine gets an empty initrd, whichever tree shows EFI", good_files)
{
	static const struct {
		bool running_efi, given, given_efi;
		size_t initrd_size;
	} cases[] = {
		{ false, false, false, 0 },
		{ true, false, false, 124 },
		{ false, true, false, 0 },
		{ true, true, false, 124 },
		{ false, true, true, 124 },
		{ true, true, true, 124 },
	};
	struct boot boot;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		fake.dtb = tree_file("running", cases[i].running_efi);
		options.dtb = NULL;
		if (cases[i].given)
			options.dtb = tree_file("given", cases[i].given_efi);
		assert_int_equal(gather(&boot), 0);
		assert_int_equal(boot.initrd.size, cases[i].initrd_size);
		assert_int_equal(names_initrd(&boot), cases[i].initrd_size > 0);
		if (cases[i].initrd_size)
			assert_sentence("note: without --initrd");
		else
			assert_string_equal(fake_heard()->err, "");
		boot_free(&boot);
	}
}

TOOL_TEST_WITH("an initrd of the user's stays as it is", good_files)
{
	const struct layout nowhere = { 0 };
	struct boot boot;

	fake.dtb = tree_file("running", true);
	options.initrd = (struct option_texts){ 1, { fake_file("initrd", "contents", 8) } };
	options.no_check_initrd = true;
	assert_int_equal(gather(&boot), 0);
	assert_string_equal(fake_heard()->err, "");
	assert_int_equal(boot.initrd.size, 8);
	assert_true(names_initrd(&boot));
	assert_int_equal(fill_from_files(&boot, &nowhere, -1), 0);
	assert_int_equal(boot.initrd.size, 8);
	assert_memory_equal(boot.initrd.data, "contents", 8);
	boot_free(&boot);
}

TOOL_TEST_WITH("only a tree of the user's keeps its command line", good_files)
{
	struct boot boot;

	options.cmdline = NULL;
	options.no_initrd = true;
	assert_int_equal(gather(&boot), 0);
	assert_string_equal(dtb_bootargs(&boot.dtb), "");
	assert_sentence("note: the next kernel's command line is empty");
	boot_free(&boot);

	options.dtb = tree_file("given", false);
	assert_int_equal(gather(&boot), 0);
	assert_string_equal(dtb_bootargs(&boot.dtb), "given");
	assert_null(boot.cmdline);
	boot_free(&boot);
}

TOOL_TEST_WITH("what cannot be gathered leaves nothing behind", good_files)
{
	static const struct boot nothing;
	struct boot boot;

	fake.random_error = EIO;
	options.initrd = (struct option_texts){ 1, { fake_file("initrd", "contents", 8) } };
	options.no_check_initrd = true;
	assert_int_equal(gather(&boot), -1);
	assert_sentence("cannot get random bytes for the next kernel's seeds");
	assert_memory_equal(&boot, &nothing, sizeof(boot));
}
