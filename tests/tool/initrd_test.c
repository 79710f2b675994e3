// SPDX-License-Identifier: GPL-2.0
/*
 * Initrds of several files, with what boot loaders put before and behind them.
 */
#include "fake_device.h"

#include <zlib.h>

#include "initrd.h"
#include "initrd_check.h"
#include "kernel_file.h"
#include "packings.h"

#define MEMORY	(64ULL << 20)
#define ENTRY	124

static struct initrd_request request;
static struct option_texts files;

static void nothing_asked(void)
{
	files = (struct option_texts){ 0 };
	request = (struct initrd_request){ .files = &files, .memory = MEMORY };
}

static void add_file(const char *name, const uint8_t *data, size_t size)
{
	files.text[files.nr++] = fake_file(name, data, size);
}

/* An archive of no files, and bytes behind it. Returns its size. */
static size_t archive(uint8_t *to, size_t zeroes)
{
	struct blob empty;

	assert_int_equal(initrd_make_empty(&empty), 0);
	memcpy(to, empty.data, ENTRY);
	memset(to + ENTRY, 0, zeroes);
	blob_free(&empty);
	return ENTRY + zeroes;
}

static size_t put_bootconfig(uint8_t *to, const char *text)
{
	size_t size = strlen(text);

	memcpy(to, text, size);
	put_le(to + size, size, 4);
	put_le(to + size + 4, 0, 4);
	memcpy(to + size + 8, "#BOOTCONFIG\n", 12);
	return size + 20;
}

static size_t put_uimage(uint8_t *to, const uint8_t *data, size_t size, unsigned int type)
{
	uint8_t sum[4];
	unsigned int i;

	memset(to, 0, 64);
	memcpy(to, "\x27\x05\x19\x56", 4);
	for (i = 0; i < 4; i++) {
		to[12 + i] = size >> (24 - 8 * i);
		to[24 + i] = crc32(0, data, size) >> (24 - 8 * i);
	}
	to[29] = 22;
	to[30] = type;
	for (i = 0; i < 4; i++)
		sum[i] = crc32(0, to, 64) >> (24 - 8 * i);
	memcpy(to + 4, sum, 4);
	memcpy(to + 64, data, size);
	return 64 + size;
}

static int gather(struct blob *initrd)
{
	int ret;

	fake_listen();
	ret = initrd_gather(initrd, "vmlinuz", &request);
	fake_heard();
	return ret;
}

TOOL_TEST_WITH("no file is no initrd", nothing_asked)
{
	struct blob initrd = { 0 };

	assert_int_equal(gather(&initrd), 0);
	assert_null(initrd.data);
}

TOOL_TEST_WITH("files are joined in order, each at a multiple of four bytes", nothing_asked)
{
	struct blob initrd = { 0 };
	uint8_t data[256];
	size_t i;

	for (i = 0; i < 4; i++)
		add_file((char[]){ 'a' + i, 0 }, data, archive(data, i));
	assert_int_equal(gather(&initrd), 0);
	/* The last one has three zeroes behind it. */
	assert_int_equal(initrd.size, ENTRY + 0 + ENTRY + 4 + ENTRY + 4 + ENTRY + 3);
	assert_memory_equal(initrd.data + ENTRY, "070701", 6);
	assert_memory_equal(initrd.data + 2 * ENTRY + 4, "070701", 6);
	assert_memory_equal(initrd.data + 3 * ENTRY + 8, "070701", 6);
	assert_int_equal(initrd_check(&initrd, "all", MEMORY, NULL), 0);
	blob_free(&initrd);
}

TOOL_TEST_WITH("what came with the kernel is looked at, too, and comes first", nothing_asked)
{
	struct blob initrd;
	uint8_t data[256];

	assert_int_equal(blob_alloc(&initrd, archive(data, 0), "it"), 0);
	memcpy(initrd.data, data, ENTRY);
	add_file("more", data, archive(data, 0));
	assert_int_equal(gather(&initrd), 0);
	assert_int_equal(initrd.size, 2 * ENTRY);
	initrd.data[0] = 'x';
	assert_int_equal(gather(&initrd), -1);
	assert_sentence("vmlinuz is not an initrd");
	assert_null(initrd.data);
}

TOOL_TEST_WITH("one bad file of several is named", nothing_asked)
{
	struct blob initrd = { 0 };
	uint8_t data[256];

	add_file("good", data, archive(data, 0));
	add_file("bad", (const uint8_t *)"hello", 5);
	assert_int_equal(gather(&initrd), -1);
	assert_sentence("bad is not an initrd");
	assert_null(initrd.data);
	request.no_check = true;
	assert_int_equal(gather(&initrd), 0);
	assert_int_equal(initrd.size, ENTRY + 5);
	blob_free(&initrd);
}

TOOL_TEST_WITH("boot configuration goes to the end of all, and once", nothing_asked)
{
	struct blob initrd = { 0 };
	uint8_t data[512];
	size_t size;

	size = archive(data, 1);
	size += put_bootconfig(data + size, "kernel.panic = 1\n");
	add_file("first", data, size);
	add_file("second", data, archive(data, 0));
	assert_int_equal(gather(&initrd), 0);
	assert_string_equal(fake_heard()->err, "");
	/* Where it began it still begins, in its word: its numbers are aligned as before. */
	assert_int_equal(initrd.size, ENTRY + 4 + ENTRY + 1 + 37);
	assert_int_equal(initrd_bootconfig(&initrd), 37);
	assert_int_equal(initrd_check(&initrd, "all", MEMORY, NULL), 0);
	blob_free(&initrd);

	size = archive(data, 0);
	size += put_bootconfig(data + size, "kernel.quiet\n");
	add_file("third", data, size);
	assert_int_equal(gather(&initrd), 0);
	assert_has(fake_heard()->err, "both carry boot configuration; that of");
	assert_has(fake_heard()->err, "third counts");
	assert_int_equal(initrd_bootconfig(&initrd), 33);
	assert_memory_equal(initrd.data + initrd.size - 33, "kernel.quiet", 12);
	assert_int_equal(initrd_check(&initrd, "all", MEMORY, NULL), 0);
	blob_free(&initrd);
}

TOOL_TEST_WITH("u-boot's header is taken off if that is asked for", nothing_asked)
{
	struct blob initrd = { 0 };
	uint8_t data[256], image[512];
	size_t size = put_uimage(image, data, archive(data, 0), 3);

	add_file("uInitrd", image, size);
	assert_int_equal(gather(&initrd), -1);
	assert_sentence("--strip-uimage takes off");
	request.strip_uimage = true;
	assert_int_equal(gather(&initrd), 0);
	assert_int_equal(initrd.size, ENTRY);
	assert_memory_equal(initrd.data, data, ENTRY);
	blob_free(&initrd);

	image[70] ^= 1;
	add_file("damaged", image, size);
	assert_int_equal(gather(&initrd), -1);
	assert_sentence("damaged (uImage) is damaged: the sum of its contents is wrong");
	files.nr = 0;
	add_file("kernel", image, put_uimage(image, data, ENTRY, 2));
	assert_int_equal(gather(&initrd), -1);
	assert_sentence("kernel is a uImage of something else than an initrd (type 2)");
}

TOOL_TEST_WITH("archives are unpacked, however they are packed", nothing_asked)
{
	struct blob initrd = { 0 };
	uint8_t data[256], packed[1024];
	size_t i, want = 0;

	request.unpack = UINT64_MAX;
	for (i = 0; i < ARRAY_SIZE(packings); i++) {
		if (!packings[i].by_kernels)
			continue;
		add_file(packings[i].name, packed,
			 packings[i].pack(packed, sizeof(packed), data, archive(data, 0)));
		want += ENTRY;
	}
	assert_int_equal(gather(&initrd), 0);
	assert_int_equal(initrd.size, want);
	for (i = 0; i < want; i += ENTRY)
		assert_memory_equal(initrd.data + i, data, ENTRY);
	blob_free(&initrd);
}

TOOL_TEST_WITH("an initrd that unpacks to more than memory is refused", nothing_asked)
{
	struct blob initrd = { 0 };
	uint8_t data[256], packed[1024];

	request.unpack = UINT64_MAX;
	request.memory = 120;
	add_file("packed", packed, pack_gzip(packed, sizeof(packed), data, archive(data, 0)));
	assert_int_equal(gather(&initrd), -1);
	assert_sentence("unpacks to more than this machine's memory");
}

TOOL_TEST_WITH("what would become too large by being unpacked stays packed", nothing_asked)
{
	struct blob initrd = { 0 };
	uint8_t data[256], packed[1024];
	const size_t size = pack_gzip(packed, sizeof(packed), data, archive(data, 0));

	add_file("packed", packed, size);
	request.unpack = ENTRY - 1;
	assert_int_equal(gather(&initrd), 0);
	assert_int_equal(initrd.size, size);
	assert_memory_equal(initrd.data, packed, size);
	blob_free(&initrd);

	request.unpack = ENTRY;
	assert_int_equal(gather(&initrd), 0);
	assert_int_equal(initrd.size, ENTRY);
	blob_free(&initrd);

	/* All files together count. */
	add_file("more", packed, size);
	request.unpack = 2 * ENTRY - 1;
	assert_int_equal(gather(&initrd), 0);
	assert_int_equal(initrd.size, ENTRY + size);
	assert_memory_equal(initrd.data + ENTRY, packed, size);
	blob_free(&initrd);
}

TOOL_TEST("whether an initrd is packed is told by its first bytes")
{
	uint8_t data[256], packed[1024];
	const size_t size = archive(data, 0);

	assert_true(initrd_is_packed(fake_file("packed", packed,
					       pack_gzip(packed, sizeof(packed), data, size))));
	assert_false(initrd_is_packed(fake_file("plain", data, size)));
	assert_false(initrd_is_packed(fake_file("short", data, 1)));
	assert_false(initrd_is_packed("/nowhere"));
}
