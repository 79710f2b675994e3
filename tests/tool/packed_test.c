// SPDX-License-Identifier: GPL-2.0
/*
 * Kernels in every compression, whole and not.
 */
#include "fake_device.h"

#include <stdio.h>

#include "formats/format.h"
#include "kernel_file.h"
#include "packings.h"

#define MEMORY	(64ULL << 20)

/* Identify a copy; on success the caller closes the image. */
static int identify(struct kernel *image, const uint8_t *data, size_t size, uint64_t memory)
{
	int ret;

	*image = (struct kernel){ .path = "Image.packed", .memory = memory };
	assert_int_equal(blob_alloc(&image->contents, size, "it"), 0);
	memcpy(image->contents.data, data, size);
	fake_listen();
	ret = format_identify(image);
	fake_heard();
	if (ret)
		kernel_close(image);
	return ret;
}

static void make_kernel(uint8_t *kernel, size_t size)
{
	uint32_t noise = 1;
	size_t i;

	for (i = 0; i < size; i++) {
		noise = noise * 1664525 + 1013904223;
		kernel[i] = i % 64 ? kernel[i - 1] : noise >> 24;
	}
	put_header(kernel, 0, 2 * size, 0xa);
}

static void comes_out(unsigned int packing, size_t size)
{
	uint8_t *kernel = fake_alloc(size);
	uint8_t *packed = fake_alloc(size + 4096);
	struct kernel image;
	size_t n;

	make_kernel(kernel, size);
	n = packings[packing].pack(packed, size + 4096, kernel, size);
	assert_int_equal(identify(&image, packed, n, MEMORY), 0);
	assert_int_equal(image.contents.size, size);
	assert_memory_equal(image.contents.data, kernel, size);
	assert_int_equal(image.memsz, 2 * size);
	assert_int_equal(image.depth, packing ? 2 : 1);
	if (packing)
		assert_string_equal(image.format[0]->name, packings[packing].name);
	assert_ptr_equal(image.format[image.depth - 1], &format_arm64);
	kernel_close(&image);
	free(kernel);
	free(packed);
}

TOOL_TEST("kernel comes out as it went in")
{
	static const size_t sizes[] = { 64, 65, 4096, 1 << 20, (1 << 20) + 1, 5 << 20 };
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(packings); i++)
		for (j = 0; j < ARRAY_SIZE(sizes); j++)
			comes_out(i, sizes[j]);
}

/* The room for what comes out grows by 16 MiB; LZ4's blocks have 8 MiB. */
TOOL_TEST("blocks of lz4 come out, wherever the room for them ends")
{
	static const size_t blocks[] = { 8 << 20, 8 << 20, 5 << 20, 8 << 20, 1000 };
	const size_t room = 64 << 20;
	uint8_t *kernel = fake_alloc(room), *packed = fake_alloc(room);
	struct kernel image;
	size_t i, n = 4, at = 0;

	make_kernel(kernel, 30 << 20);
	for (i = 0; i < ARRAY_SIZE(blocks); i++) {
		/* A stream of its own without its magic number is a block. */
		uint8_t magic[4];

		memcpy(magic, packed + n - 4, 4);
		pack_lz4(packed + n - 4, room - n, kernel + at, blocks[i]);
		at += blocks[i];
		if (i)
			memcpy(packed + n - 4, magic, 4);
		n += 4 + (packed[n] | packed[n + 1] << 8 | packed[n + 2] << 16);
	}
	assert_int_equal(identify(&image, packed, n, MEMORY), 0);
	assert_int_equal(image.contents.size, at);
	assert_memory_equal(image.contents.data, kernel, at);
	kernel_close(&image);
	free(kernel);
	free(packed);
}

/* Of what has no end of its own, a cut between two blocks is not seen. */
TOOL_TEST("file cut at any byte is refused")
{
	uint8_t kernel[4096], packed[8192];
	struct kernel image;
	size_t i, n, size;

	make_kernel(kernel, sizeof(kernel));
	for (i = 1; i < ARRAY_SIZE(packings); i++) {
		n = packings[i].pack(packed, sizeof(packed), kernel, sizeof(kernel));
		for (size = 6; size < n; size++) {
			assert_int_equal(identify(&image, packed, size, MEMORY), -1);
			assert_sentence("Image.packed");
		}
		assert_int_equal(identify(&image, packed, n - 1, MEMORY), -1);
		assert_sentence("is cut short");
		assert_int_equal(identify(&image, packed, n, MEMORY), 0);
		kernel_close(&image);
	}
}

/*
 * Some bits mean nothing: time stamp and the like in the header, padding behind
 * the last code. A kernel that comes out is the one that went in.
 */
TOOL_TEST("damage at any bit is found where the packing has a sum")
{
	uint8_t kernel[256], packed[1024];
	struct kernel image;
	size_t i, n, bit;

	make_kernel(kernel, sizeof(kernel));
	for (i = 1; i < ARRAY_SIZE(packings); i++) {
		n = packings[i].pack(packed, sizeof(packed), kernel, sizeof(kernel));
		for (bit = 0; bit < n * 8; bit++) {
			packed[bit / 8] ^= 1 << bit % 8;
			if (identify(&image, packed, n, MEMORY)) {
				assert_sentence("Image.packed");
			} else if (packings[i].sums) {
				assert_int_equal(image.contents.size, sizeof(kernel));
				assert_memory_equal(image.contents.data, kernel, sizeof(kernel));
			}
			kernel_close(&image);
			packed[bit / 8] ^= 1 << bit % 8;
		}
	}
}

TOOL_TEST("gzip: hardly a bit may change unseen")
{
	uint8_t kernel[256], packed[1024];
	unsigned int passed = 0;
	struct kernel image;
	size_t n, bit;

	make_kernel(kernel, sizeof(kernel));
	n = pack_gzip(packed, sizeof(packed), kernel, sizeof(kernel));
	for (bit = 0; bit < n * 8; bit++) {
		packed[bit / 8] ^= 1 << bit % 8;
		passed += !identify(&image, packed, n, MEMORY);
		kernel_close(&image);
		packed[bit / 8] ^= 1 << bit % 8;
	}
	/* MTIME, XFL and OS are six bytes; a flag says "text"; padding is under 8 bits. */
	assert_in_range(passed, 6 * 8 + 1, 6 * 8 + 1 + 7);
}

TOOL_TEST("only padding, the unpacked size or more of the same may follow")
{
	uint8_t kernel[4096], packed[16384];
	struct kernel image;
	size_t i, n, more;

	make_kernel(kernel, sizeof(kernel));
	for (i = 1; i < ARRAY_SIZE(packings); i++) {
		memset(packed, 0, sizeof(packed));
		n = packings[i].pack(packed, sizeof(packed), kernel, 1000);

		/* Behind lz4, which has no end of its own, this would be a block. */
		memset(packed + n, 'x', 4);
		assert_int_equal(identify(&image, packed, n + 4, MEMORY), -1);
		assert_sentence("has 4 bytes after the end of its compressed data");
		memset(packed + n, 0, 4);
		packed[n + 600] = 1;
		assert_int_equal(identify(&image, packed, n + 601, MEMORY), -1);
		assert_sentence("has 601 bytes after the end");
		assert_int_equal(identify(&image, packed, n + 600, MEMORY), 0);
		assert_int_equal(image.contents.size, 1000);
		kernel_close(&image);

		put_le(packed + n, 1000, 4);
		assert_int_equal(identify(&image, packed, n + 4, MEMORY), 0);
		assert_int_equal(image.contents.size, 1000);
		kernel_close(&image);
		put_le(packed + n, 1001, 4);
		assert_int_equal(identify(&image, packed, n + 4, MEMORY), -1);
		assert_sentence("Image.packed");

		more = packings[i].pack(packed + n, sizeof(packed) - n, kernel + 1000,
					sizeof(kernel) - 1000);
		assert_int_equal(identify(&image, packed, n + more, MEMORY), 0);
		assert_int_equal(image.contents.size, sizeof(kernel));
		assert_memory_equal(image.contents.data, kernel, sizeof(kernel));
		kernel_close(&image);
		assert_int_equal(identify(&image, packed, n + more - 1, MEMORY), -1);
		assert_sentence("is cut short");
	}
}

TOOL_TEST("bomb is stopped at the size of memory")
{
	static const uint64_t memory = 3 << 20;
	const size_t size = memory + 1, room = 2 * size;
	uint8_t *zeroes = fake_alloc(size), *packed = fake_alloc(room);
	struct kernel image;
	size_t i, n;

	for (i = 1; i < ARRAY_SIZE(packings); i++) {
		n = packings[i].pack(packed, room, zeroes, size);
		assert_true(n < memory / 64);
		assert_int_equal(identify(&image, packed, n, memory), -1);
		assert_sentence("Image.packed unpacks to more than this machine's memory (3.0 MiB)");
		assert_int_equal(identify(&image, packed, n, memory + 1), -1);
		assert_sentence("what is packed in Image.packed is not an arm64 kernel");
	}
	free(zeroes);
	free(packed);
}

TOOL_TEST("bomb is stopped at what can be had")
{
	const size_t size = 17 << 20;
	uint8_t *zeroes = fake_alloc(size), *packed = fake_alloc(size);
	struct kernel image;
	size_t n;

	n = pack_gzip(packed, size, zeroes, size);
	fake.meminfo = fake_file("meminfo", "MemAvailable: 16384 kB\n", 23);
	assert_int_equal(identify(&image, packed, n, MEMORY), -1);
	assert_sentence("out of memory for Image.packed: 16.0 MiB more are needed, and 14.0 MiB can be had");
	fake.meminfo = fake_file("meminfo", "MemAvailable: 20480 kB\n", 23);
	assert_int_equal(identify(&image, packed, n, MEMORY), -1);
	assert_sentence("what is packed in Image.packed is not an arm64 kernel");
	free(zeroes);
	free(packed);
}

TOOL_TEST("a window that is larger than kernels use is refused")
{
	uint8_t kernel[4096], packed[8192];
	struct kernel image;
	size_t n;

	make_kernel(kernel, sizeof(kernel));
	n = pack_lzma(packed, sizeof(packed), kernel, sizeof(kernel));
	/* The dictionary: 1 GiB. */
	put_le(packed + 1, 1 << 30, 4);
	assert_int_equal(identify(&image, packed, n, MEMORY), -1);
	assert_sentence("takes too much memory to unpack");
	/* A frame of zstd without a size, and with a window of 2^31. */
	assert_int_equal(identify(&image, (const uint8_t *)"\x28\xb5\x2f\xfd\0\xa8\1\0\0", 9,
				  MEMORY), -1);
	assert_sentence("takes too much memory to unpack");
}

TOOL_TEST("what is inside must be a kernel")
{
	struct kernel image;
	uint8_t a[4096], b[4096];
	size_t n, i;

	n = pack_gzip(a, sizeof(a), (const uint8_t *)"#!/bin/sh", 9);
	assert_int_equal(identify(&image, a, n, MEMORY), -1);
	assert_sentence("what is packed in Image.packed has only 9 bytes");

	n = pack_gzip(a, sizeof(a), (const uint8_t *)"", 0);
	assert_int_equal(identify(&image, a, n, MEMORY), -1);
	assert_sentence("Image.packed is empty inside");

	make_kernel(b, 256);
	n = pack_gzip(a, sizeof(a), b, 256);
	for (i = 0; i < KERNEL_MAX_DEPTH; i++) {
		memcpy(b, a, n);
		n = pack_gzip(a, sizeof(a), b, n);
	}
	assert_int_equal(identify(&image, a, n, MEMORY), -1);
	assert_sentence("Image.packed is packed more than 4 times over");
}
