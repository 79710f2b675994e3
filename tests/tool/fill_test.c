// SPDX-License-Identifier: GPL-2.0
/*
 * Files, read once and straight to where they will run.
 */
#include "fake_device.h"

#include <errno.h>
#include <libfdt.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "kernel_file.h"

/* More than the tool reads of a kernel before it knows it, and no multiple of a page. */
#define KERNEL_SIZE	300001
#define IMAGE_SIZE	(3 << 20)
#define INITRD_SIZE	200124
#define BODY		200000

static uint8_t kernel[KERNEL_SIZE], initrd[INITRD_SIZE];
static const char *kernel_file, *initrd_file;

static void make_initrd(void)
{
	static const char entry[] = "070701%048X%08X%032X%08X%08X%s";
	const size_t head = 112;
	char *text = (char *)initrd, trailer[160];

	memset(initrd, 0, sizeof(initrd));
	sprintf(text, entry, 0, (unsigned int)(BODY - head), 0, 2, 0, "x");
	memset(initrd + head, 0x77, BODY - head);
	sprintf(trailer, entry, 0, 0, 0, 11, 0, "TRAILER!!!");
	memcpy(initrd + BODY, trailer, strlen(trailer));
}

static void make_files(uint64_t text_offset)
{
	static uint8_t tree[4096];
	size_t i;

	for (i = 0; i < sizeof(kernel); i++)
		kernel[i] = i * 37 >> 3;
	put_header(kernel, text_offset, IMAGE_SIZE, 0xa);
	make_initrd();
	kernel_file = fake_file("Image", kernel, sizeof(kernel));
	initrd_file = fake_file("initrd", initrd, sizeof(initrd));
	fdt_create_empty_tree(tree, sizeof(tree));
	fdt_add_subnode(tree, 0, "chosen");
	fake.dtb = fake_file("fdt", tree, sizeof(tree));
	fake.cmdline = fake_file("cmdline", "ro\n", 3);
}

static void good_files(void)
{
	make_files(0);
}

static int load(void)
{
	return fake_run("load", kernel_file, "--initrd", initrd_file, "--command-line", "ro", NULL);
}

static const struct fastkexec_segment *segment_of(uint32_t role)
{
	unsigned int i;

	for (i = 0; i < fake.load.nr_segments; i++)
		if (fake.segments[i].role == role)
			return &fake.segments[i];
	fail_msg("no segment of role %u", role);
	return NULL;
}

/* Byte for byte, with zeroes behind. */
static void check_contents(void)
{
	const struct fastkexec_segment *segment = segment_of(FASTKEXEC_ROLE_INITRD);

	assert_memory_equal(fake_memory(fake.load.entry, sizeof(kernel)), kernel, sizeof(kernel));
	assert_int_equal(segment->bufsz, sizeof(initrd));
	assert_memory_equal(fake_memory(segment->dest, sizeof(initrd)), initrd, sizeof(initrd));
}

TOOL_TEST_WITH("what is claimed is read straight to where it will run", good_files)
{
	assert_int_equal(load(), 0);
	assert_int_equal(fake.mapped, 2);
	check_contents();
}

TOOL_TEST_WITH("what is copied is read straight to where the module keeps it", good_files)
{
	fake.in_place = false;
	assert_int_equal(load(), 0);
	assert_int_equal(fake.mapped, 2);
	check_contents();
}

TOOL_TEST_WITH("what cannot be mapped is read into the tool's memory", good_files)
{
	fake.no_map = true;
	assert_int_equal(load(), 0);
	assert_int_equal(fake.mapped, 0);
	check_contents();
}

TOOL_TEST("a kernel between the running kernel's pages has bytes before it")
{
	unsigned int in_place;

	for (in_place = 0; in_place < 2; in_place++) {
		make_files(0x81000);
		fake.info.page_size = 16384;
		fake.in_place = in_place;
		assert_int_equal(load(), 0);
		assert_int_equal(fake.mapped, 2);
		assert_int_equal(fake.load.entry % 16384, 0x1000);
		assert_int_equal(segment_of(FASTKEXEC_ROLE_KERNEL)->bufsz,
				 sizeof(kernel) + 0x1000);
		check_contents();
	}
}

/* What @kernel_file becomes when it is packed; the initrd stays as it is. */
static void pack_kernel(const uint8_t *data, size_t size)
{
	static uint8_t packed[2 * KERNEL_SIZE];
	z_stream z = { .next_in = (uint8_t *)data, .avail_in = size, .next_out = packed,
		       .avail_out = sizeof(packed) };

	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	kernel_file = fake_file("Image.gz", packed, z.total_out);
	deflateEnd(&z);
}

TOOL_TEST("what is packed is unpacked straight to where it will run")
{
	static const uint64_t offsets[] = { 0, 0x81000 };
	unsigned int i;

	for (i = 0; i < 4; i++) {
		make_files(offsets[i / 2]);
		pack_kernel(kernel, sizeof(kernel));
		fake.info.page_size = 16384;
		fake.in_place = i & 1;
		assert_int_equal(load(), 0);
		assert_int_equal(fake.mapped, 2);
		assert_int_equal(segment_of(FASTKEXEC_ROLE_KERNEL)->bufsz,
				 sizeof(kernel) + (i / 2 ? 0x1000 : 0));
		check_contents();
	}
}

TOOL_TEST_WITH("what is packed wrongly leaves what was loaded", good_files)
{
	static uint8_t large[KERNEL_SIZE];

	assert_int_equal(load(), 0);
	memcpy(large, kernel, sizeof(large));
	put_header(large, 0, 100000, 0xa);
	pack_kernel(large, sizeof(large));
	assert_int_equal(load(), 1);
	assert_sentence("unpacks to more than its header says");
	assert_true(fake.loaded);
	make_files(0);
	check_contents();
}

/* Its size in memory does not tell: the sections of an EFI kernel do. */
TOOL_TEST_WITH("what was cut before it was packed leaves what was loaded", good_files)
{
	static uint8_t efi[KERNEL_SIZE];

	assert_int_equal(load(), 0);
	memcpy(efi, kernel, sizeof(efi));
	put_efi_image(efi);
	put_le(efi + 16, IMAGE_SIZE, 8);
	put_le(efi + IMAGE_HEADER + 24 + 16 + 40 + 16, sizeof(efi) - 1024, 4);
	pack_kernel(efi, sizeof(efi));
	assert_int_equal(load(), 0);
	pack_kernel(efi, sizeof(efi) - 1);
	assert_int_equal(load(), 1);
	assert_sentence("cut short");
	assert_true(fake.loaded);
	assert_memory_equal(fake_memory(fake.load.entry, sizeof(efi)), efi, sizeof(efi));
}

TOOL_TEST_WITH("no byte of a file is read twice", good_files)
{
	const char *const files[] = { kernel_file, initrd_file };
	const size_t sizes[] = { sizeof(kernel), sizeof(initrd) };
	size_t i;

	for (i = 0; i < 2; i++) {
		fake.watched = files[i];
		fake.watched_bytes = 0;
		assert_int_equal(load(), 0);
		assert_int_equal(fake.watched_bytes, sizes[i]);
	}
}

/* In place, by copy: what was loaded before stays. */
TOOL_TEST_WITH("a file that fails halfway leaves what was loaded", good_files)
{
	const char *const files[] = { kernel_file, initrd_file };
	unsigned int i, in_place;

	assert_int_equal(load(), 0);
	for (i = 0; i < 4; i++) {
		in_place = i & 1;
		fake.in_place = in_place;
		fake.broken = files[i / 2];
		fake.broken_after = 150000;
		fake.broken_read = 0;
		assert_int_equal(load(), 1);
		assert_sentence("became shorter while it was read");
		fake.broken_after = 150000;
		fake.broken_read = EIO;
		assert_int_equal(load(), 1);
		assert_sentence("cannot read ");
		assert_true(fake.loaded);
		check_contents();
	}
}

TOOL_TEST_WITH("an initrd is looked at where it lies", good_files)
{
	initrd_file = fake_file("damaged", initrd, sizeof(initrd) - 200);
	assert_int_equal(load(), 1);
	assert_sentence("is cut short");
	assert_false(fake.loaded);
	assert_int_equal(fake_run("load", kernel_file, "--initrd", initrd_file, "--command-line",
				  "ro", "--no-check-initrd", NULL), 0);
	assert_int_equal(fake.mapped, 2);
}
