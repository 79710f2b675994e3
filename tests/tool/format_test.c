// SPDX-License-Identifier: GPL-2.0
/*
 * What is taken for an arm64 kernel, and what is read from its header.
 */
#include "fake_device.h"

#include <errno.h>
#include <stdio.h>

#include "formats/format.h"
#include "kernel_file.h"

#define MIB	(1ULL << 20)
#define MEMORY	(256 * MIB)

/*
 * Contents of exactly this size on the heap, so that the sanitizer sees a read
 * beyond them.
 */
static int identify(struct kernel *image, const uint8_t *data, size_t size)
{
	uint8_t *copy = fake_alloc(size);
	int ret;

	memcpy(copy, data, size);
	*image = (struct kernel){
		.path = "vmlinuz",
		.memory = MEMORY,
		.contents = { .data = copy, .size = size },
	};
	fake_listen();
	ret = format_identify(image);
	fake_heard();
	free(copy);
	return ret;
}

TOOL_TEST("every header field is read")
{
	static const struct {
		uint64_t text_offset, image_size, flags;
		uint64_t want_offset, want_memsz;
		uint32_t want_granule;
		bool want_big_endian;
	} cases[] = {
		/* text offset */
		{ 0, 8 * MIB, 0xa, 0, 8 * MIB, 4096, false },
		{ 0x80000, 8 * MIB, 0xa, 0x80000, 8 * MIB, 4096, false },
		{ 0x1ff000, 8 * MIB, 0xa, 0x1ff000, 8 * MIB, 4096, false },
		/* image size: smaller than the file, equal, larger, all memory */
		{ 0, 1, 0xa, 0, 128, 4096, false },
		{ 0, 128, 0xa, 0, 128, 4096, false },
		{ 0, 129, 0xa, 0, 129, 4096, false },
		{ 0, MEMORY, 0xa, 0, MEMORY, 4096, false },
		/* flags */
		{ 0, 8 * MIB, 0x8, 0, 8 * MIB, 0, false },
		{ 0, 8 * MIB, 0x9, 0, 8 * MIB, 0, true },
		{ 0, 8 * MIB, 0xa, 0, 8 * MIB, 4096, false },
		{ 0, 8 * MIB, 0xc, 0, 8 * MIB, 16384, false },
		{ 0, 8 * MIB, 0xe, 0, 8 * MIB, 65536, false },
		{ 0, 8 * MIB, ~0ULL, 0, 8 * MIB, 65536, true },
		{ 0, 8 * MIB, ~0x7ULL, 0, 8 * MIB, 0, false },
	};
	struct kernel image;
	uint8_t data[128] = { 0 };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		put_header(data, cases[i].text_offset, cases[i].image_size, cases[i].flags);
		assert_int_equal(identify(&image, data, sizeof(data)), 0);
		assert_int_equal(image.text_offset, cases[i].want_offset);
		assert_int_equal(image.memsz, cases[i].want_memsz);
		assert_int_equal(image.granule, cases[i].want_granule);
		assert_int_equal(image.big_endian, cases[i].want_big_endian);
		assert_int_equal(image.contents.size, sizeof(data));
		assert_int_equal(image.depth, 1);
		assert_ptr_equal(image.format[0], &format_arm64);
	}
}

TOOL_TEST("hostile headers are refused")
{
	static const struct {
		uint64_t text_offset, image_size, flags;
		const char *why;
	} cases[] = {
		{ 0, MEMORY + 1, 0xa, "needs 256.0 MiB, more than this machine's memory" },
		{ 0, 1ULL << 63, 0xa, "needs 8.0 EiB" },
		{ 0, UINT64_MAX, 0xa, "needs 16.0 EiB" },
		{ 0, UINT64_MAX - 63, 0xa, "needs 16.0 EiB" },
		{ 1, MIB, 0xa, "its text offset, 0x1, is not a multiple of 4 KiB below 2 MiB" },
		{ 0x80800, MIB, 0xa, "its text offset, 0x80800," },
		{ 0x200000, MIB, 0xa, "its text offset, 0x200000," },
		{ ~0xfffULL, MIB, 0xa, "its text offset, 0xfffffffffffff000," },
		{ UINT64_MAX, MIB, 0xa, "its text offset, 0xffffffffffffffff," },
		/* before 4.6 */
		{ 0x80000, MIB, 0x2, "vmlinuz is older than Linux 4.6" },
		{ 0, MIB, ~0x8ULL, "vmlinuz is older than Linux 4.6" },
		/* before 3.17, with a text offset of the other byte order too */
		{ 0x80000, 0, 0, "vmlinuz is older than Linux 4.6" },
		{ 0x0000080000000000, 0, 0, "vmlinuz is older than Linux 4.6" },
		/* no kernel has both */
		{ 0x80000, 0, 0xa, "vmlinuz is damaged: its image size is 0" },
	};
	struct kernel image;
	uint8_t data[128] = { 0 };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		put_header(data, cases[i].text_offset, cases[i].image_size, cases[i].flags);
		assert_int_equal(identify(&image, data, sizeof(data)), -1);
		assert_sentence(cases[i].why);
	}
}

TOOL_TEST("header cut at any byte is refused")
{
	struct kernel image;
	uint8_t data[IMAGE_HEADER];
	size_t size;

	put_header(data, 0, MIB, 0xa);
	for (size = 1; size < IMAGE_HEADER; size++) {
		assert_int_equal(identify(&image, data, size), -1);
		assert_sentence("less than the header of an arm64 kernel");
	}
	assert_int_equal(identify(&image, data, size), 0);
}

TOOL_TEST("magic is looked at whole")
{
	struct kernel image;
	uint8_t data[IMAGE_HEADER];
	unsigned int i;

	for (i = 56; i < 60; i++) {
		put_header(data, 0, MIB, 0xa);
		data[i] ^= 0x40;
		assert_int_equal(identify(&image, data, sizeof(data)), -1);
		assert_sentence("vmlinuz is not an arm64 kernel");
	}
}

TOOL_TEST("efi kernel cut at any byte is refused")
{
	struct kernel image;
	uint8_t data[EFI_IMAGE_SIZE];
	size_t size;

	put_efi_image(data);
	assert_int_equal(identify(&image, data, sizeof(data)), 0);
	assert_int_equal(identify(&image, data, 70), -1);
	assert_sentence("of 88 bytes it has 70");
	assert_int_equal(identify(&image, data, 100), -1);
	assert_sentence("of 184 bytes it has 100");
	assert_int_equal(identify(&image, data, 200), -1);
	assert_sentence("of 1024 bytes it has 200");
	assert_int_equal(identify(&image, data, 2000), -1);
	assert_sentence("of 2048 bytes it has 2000");
	for (size = IMAGE_HEADER; size < sizeof(data); size++) {
		assert_int_equal(identify(&image, data, size), -1);
		assert_sentence("vmlinuz is cut short or damaged");
	}
}

TOOL_TEST("hostile sections are refused")
{
	static const struct {
		unsigned int offset, bytes;
		uint64_t value;
	} cases[] = {
		{ 60, 4, 0xffffffff },			/* PE header */
		{ 60, 4, EFI_IMAGE_SIZE - 23 },
		{ 64 + 6, 2, 0xffff },			/* number of sections */
		{ 64 + 20, 2, 0xffff },			/* size of the optional header */
		{ 104 + 16, 4, 0xffffffff },		/* size of a section */
		{ 104 + 20, 4, 0xffffffff },		/* start of a section */
		{ 144 + 16, 4, EFI_IMAGE_SIZE - 1023 },
		{ 144 + 20, 4, 1025 },
	};
	struct kernel image;
	uint8_t data[EFI_IMAGE_SIZE];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		put_efi_image(data);
		put_le(data + cases[i].offset, cases[i].value, cases[i].bytes);
		assert_int_equal(identify(&image, data, sizeof(data)), -1);
		assert_sentence("vmlinuz is cut short or damaged");
	}
}

TOOL_TEST("only pe sections are trusted")
{
	struct kernel image;
	uint8_t data[EFI_IMAGE_SIZE];

	/* "MZ" is an instruction, too: nothing promises a PE header behind it. */
	put_efi_image(data);
	data[IMAGE_HEADER] = 'X';
	assert_int_equal(identify(&image, data, IMAGE_HEADER + 24), 0);
	/* Without "MZ" the last word of the header means nothing. */
	put_efi_image(data);
	data[0] = 0;
	put_le(data + 60, 0xffffffff, 4);
	assert_int_equal(identify(&image, data, sizeof(data)), 0);
	/* A section of no bytes may lie at the very end. */
	put_efi_image(data);
	put_le(data + 144 + 16, 0, 4);
	put_le(data + 144 + 20, EFI_IMAGE_SIZE, 4);
	assert_int_equal(identify(&image, data, sizeof(data)), 0);
}

TOOL_TEST("foreign files are called by name")
{
	static const struct {
		unsigned int offset;
		const char *bytes;
		unsigned int length;
		const char *name;
	} cases[] = {
		{ 0, "\x89LZO", 4, "compressed with lzop" },
		{ 0, "ANDROID!", 8, "an Android boot image" },
		{ 0, "VNDRBOOT", 8, "an Android vendor boot image" },
		{ 0, "070701", 6, "a cpio archive" },
		{ 257, "ustar", 5, "a tar archive" },
		{ 0, "PK\3\4", 4, "a zip archive" },
		{ 0, "!<arch>\n", 8, "a Debian package" },
		{ 0, "\xed\xab\xee\xdb", 4, "an RPM package" },
		{ 0, "hsqs", 4, "an image of a file system" },
		{ 0x8001, "CD001", 5, "an image of a CD" },
		{ 0x202, "HdrS", 4, "an x86 kernel" },
		{ 0x24, "\x18\x28\x6f\x01", 4, "a 32-bit Arm zImage" },
		{ 56, "RSC\5", 4, "a RISC-V kernel" },
		{ 0, "MZ", 2, "an EFI program that is no arm64 kernel" },
		{ 0, "\036\213 almost gzip", 14, "not an arm64 kernel" },
		{ 0, "#!/bin/sh", 9, "not an arm64 kernel" },
	};
	struct kernel image;
	static uint8_t data[0x9000];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		memset(data, 0, sizeof(data));
		memcpy(data + cases[i].offset, cases[i].bytes, cases[i].length);
		assert_int_equal(identify(&image, data, sizeof(data)), -1);
		assert_sentence(cases[i].name);
		/* With nothing behind what gives it away, too. */
		assert_int_equal(identify(&image, data, cases[i].offset + cases[i].length), -1);
		if (strcmp(cases[i].name, "not an arm64 kernel"))
			assert_sentence(cases[i].name);
	}
}

TOOL_TEST("cpu must have the granule")
{
	static const uint32_t bits[] = {
		FASTKEXEC_GRANULE_4K, FASTKEXEC_GRANULE_16K, FASTKEXEC_GRANULE_64K,
	};
	static const uint32_t granules[] = { 4096, 16384, 65536 };
	struct kernel image = { .path = "vmlinuz" };
	struct fastkexec_info info = { 0 };
	unsigned int i;

	for (info.granules = 0; info.granules < 8; info.granules++) {
		image.granule = 0;
		assert_int_equal(kernel_check_cpu(&image, &info), 0);
		for (i = 0; i < 3; i++) {
			int want = info.granules & bits[i] ? 0 : -1;

			image.granule = granules[i];
			fake_listen();
			assert_int_equal(kernel_check_cpu(&image, &info), want);
			fake_heard();
			if (want)
				assert_sentence("pages, which this CPU does not have");
		}
	}
}

TOOL_TEST("cpu must have the byte order")
{
	struct kernel image = { .path = "vmlinuz", .big_endian = true };
	struct fastkexec_info info = { .big_endian = 1 };

	assert_int_equal(kernel_check_cpu(&image, &info), 0);
	info.big_endian = 0;
	fake_listen();
	assert_int_equal(kernel_check_cpu(&image, &info), -1);
	assert_sentence("vmlinuz was built big-endian");
	image.big_endian = false;
	assert_int_equal(kernel_check_cpu(&image, &info), 0);
}
