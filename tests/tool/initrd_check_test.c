// SPDX-License-Identifier: GPL-2.0
/*
 * Initrds that are whole, and files that are none.
 */
#include "fake_device.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "initrd_check.h"
#include "packings.h"

#define MEMORY		(1ULL << 30)
#define ROOM		(1 << 20)
#define PAYLOAD		60000

/* The last way of packing is none of kernels. */
#define NR_KNOWN	(ARRAY_SIZE(packings) - 1)

/* What is checked; a test puts it together. */
static uint8_t file[ROOM];
static struct blob initrd = { .data = file };

static void put(const void *data, size_t size)
{
	assert_true(initrd.size + size <= ROOM);
	memcpy(file + initrd.size, data, size);
	initrd.size += size;
}

static void pad(void)
{
	while (initrd.size & 3)
		put("", 1);
}

/* One entry of an archive. Returns its size. */
static size_t entry(uint8_t *to, const char *name, const uint8_t *body, size_t size)
{
	size_t at = 1;

	/* The numbers of zero and one do not matter. */
	at += sprintf((char *)to, "070701%08X%032X%08X%08zX%032X%08zX%08X%s", 1, 0, 1, size, 0,
		      strlen(name) + 1, 0, name);
	while (at & 3)
		to[at++] = 0;
	if (size)
		memcpy(to + at, body, size);
	at += size;
	while (at & 3)
		to[at++] = 0;
	return at;
}

/* An archive of two files, one of which does not compress. */
static size_t archive(uint8_t *to)
{
	static uint8_t noise[PAYLOAD];
	uint32_t x = 1;
	size_t i, size;

	for (i = 0; i < PAYLOAD; i++) {
		x = x * 1664525 + 1013904223;
		noise[i] = x >> 24;
	}
	size = entry(to, "noise", noise, PAYLOAD - 1);
	size += entry(to + size, "empty", NULL, 0);
	return size + entry(to + size, "TRAILER!!!", NULL, 0);
}

static void put_archive(unsigned int packing)
{
	static uint8_t plain[ROOM];
	size_t size = archive(plain);

	initrd.size += packings[packing].pack(file + initrd.size, ROOM - initrd.size, plain, size);
}

static void begin(void)
{
	memset(file, 0, sizeof(file));
	initrd.size = 0;
}

static void taken(void)
{
	fake_listen();
	assert_int_equal(initrd_check(&initrd, "the-file", MEMORY, NULL), 0);
	assert_string_equal(fake_heard()->err, "");
}

static void refused(const char *why)
{
	fake_listen();
	assert_int_equal(initrd_check(&initrd, "the-file", MEMORY, NULL), -1);
	assert_sentence(why);
	fake_listen();
	assert_int_equal(initrd_check(&initrd, "the-file", MEMORY, NULL), -1);
	assert_sentence("the-file");
}

TOOL_TEST("an archive is taken, however it is packed")
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(packings); i++) {
		begin();
		put_archive(i);
		if (packings[i].by_kernels)
			taken();
		else
			refused("which kernels do not unpack");
	}
}

TOOL_TEST("archives may follow one another, with zeroes between them")
{
	size_t i, j;

	for (i = 0; i < NR_KNOWN; i++) {
		for (j = 0; j < NR_KNOWN; j++) {
			begin();
			put_archive(i);
			/* LZ4's format ends with the input, or with zeroes. */
			put("\0\0\0\0", 4);
			pad();
			put_archive(j);
			pad();
			put("\0\0\0\0\0\0\0\0", 8);
			taken();
		}
	}
}

TOOL_TEST("an archive that is cut short is refused")
{
	size_t i, whole, percent;

	for (i = 0; i < NR_KNOWN; i++) {
		begin();
		put_archive(i);
		whole = initrd.size;
		for (percent = 1; percent < 100; percent++) {
			initrd.size = whole * percent / 100;
			fake_listen();
			assert_int_equal(initrd_check(&initrd, "the-file", MEMORY, NULL), -1);
			assert_sentence("the-file");
		}
		initrd.size = whole - 1;
		/* Of a plain archive the last byte is padding. */
		fake_listen();
		assert_int_equal(initrd_check(&initrd, "the-file", MEMORY, NULL), -1);
		assert_sentence("the-file");
	}
}

TOOL_TEST("a changed byte is found where the packing has a sum")
{
	size_t i, n;

	for (i = 0; i < NR_KNOWN; i++) {
		for (n = 0; n < 100; n++) {
			begin();
			put_archive(i);
			file[initrd.size * n / 100] ^= 1U << (n & 7);
			fake_listen();
			/* Not a crash, and not a word too many. */
			if (initrd_check(&initrd, "the-file", MEMORY, NULL))
				assert_sentence("the-file");
			else if (packings[i].sums)
				fail_msg("%s: byte %zu may be changed", packings[i].name,
					 initrd.size * n / 100);
		}
	}
}

TOOL_TEST("what is no initrd is refused by its name")
{
	static const struct {
		const char *magic;
		size_t size;
		size_t at;
		const char *why;
	} cases[] = {
		{ "\x27\x05\x19\x56", 4, 0, "U-Boot's header, which --strip-uimage takes off" },
		{ "ARM\x64", 4, 56, "is a kernel" },
		{ "MZ", 2, 0, "is an EFI program" },
		{ "\x7f" "ELF", 4, 0, "is an ELF file" },
		{ "\xd0\x0d\xfe\xed", 4, 0, "is a device tree" },
		{ "PK\x03\x04", 4, 0, "is a zip archive" },
		{ "ustar", 5, 257, "is a tar archive" },
		{ "hello", 5, 0, "is not an initrd" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		begin();
		memcpy(file + cases[i].at, cases[i].magic, cases[i].size);
		initrd.size = 4096;
		refused(cases[i].why);
	}
	begin();
	initrd.size = 4096;
	refused("nothing but zeroes");
}

TOOL_TEST("a good initrd behind U-Boot's header is refused with what to do")
{
	begin();
	put("\x27\x05\x19\x56", 4);
	initrd.size = 64;
	put_archive(1);
	refused("begins with U-Boot's header, which --strip-uimage takes off");
}

TOOL_TEST("a packed kernel is no initrd")
{
	static uint8_t kernel[4096] = "MZ";
	size_t i;

	memcpy(kernel + 56, "ARM\x64", 4);
	for (i = 1; i < NR_KNOWN; i++) {
		begin();
		initrd.size = packings[i].pack(file, ROOM, kernel, sizeof(kernel));
		refused("is not a cpio archive");
	}
}

TOOL_TEST("what follows the archives has to be an archive, too")
{
	size_t i;

	for (i = 0; i < NR_KNOWN; i++) {
		begin();
		put_archive(i);
		pad();
		put("garbage!garbage!", 16);
		refused("behind its archives");
	}
}

TOOL_TEST("boot configuration may come last")
{
	begin();
	put_archive(4);
	pad();
	put("kernel.panic = 1\n\0\0\0", 20);
	put("\x14\0\0\0" "sum!" "#BOOTCONFIG\n", 20);
	taken();
	/* Something may have padded the file. */
	put("\0\0\0", 3);
	taken();
	initrd.size -= 3;
	file[initrd.size - 17] = 0x7f;
	refused("behind its archives");
}

TOOL_TEST("an image of a file system is taken, and named")
{
	struct initrd_facts facts;

	begin();
	put("hsqs", 4);
	initrd.size = 4096;
	assert_int_equal(initrd_check(&initrd, "the-file", MEMORY, &facts), 0);
	assert_string_equal(facts.file_system, "squashfs");
	assert_int_equal(facts.archives, 0);
}

TOOL_TEST("an archive that does not fit memory when unpacked is refused")
{
	size_t i;

	for (i = 1; i < NR_KNOWN; i++) {
		begin();
		put_archive(i);
		fake_listen();
		assert_int_equal(initrd_check(&initrd, "the-file", PAYLOAD / 2, NULL), -1);
		assert_sentence("unpacks to more than this machine's memory");
	}
}
