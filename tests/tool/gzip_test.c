// SPDX-License-Identifier: GPL-2.0
/*
 * Kernels compressed with gzip, whole and not.
 */
#include "fake_device.h"

#include <stdio.h>
#include <zlib.h>

#include "formats/format.h"
#include "kernel_file.h"

#define MEMORY	(64ULL << 20)

static size_t pack(uint8_t *to, size_t room, const void *from, size_t size)
{
	z_stream stream = { 0 };

	assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY),
			 Z_OK);
	stream.next_in = (uint8_t *)from;
	stream.avail_in = size;
	stream.next_out = to;
	stream.avail_out = room;
	assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
	deflateEnd(&stream);
	return room - stream.avail_out;
}

/* Identify a copy; on success the caller closes the image. */
static int identify(struct kernel *image, const uint8_t *data, size_t size, uint64_t memory)
{
	int ret;

	*image = (struct kernel){ .path = "Image.gz", .memory = memory };
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

TOOL_TEST("kernel comes out as it went in")
{
	static const size_t sizes[] = { 64, 65, 4096, 1 << 20, (1 << 20) + 1, 5 << 20 };
	struct kernel image;
	uint8_t *kernel, *packed;
	size_t i, n;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		kernel = fake_alloc(sizes[i]);
		packed = fake_alloc(sizes[i] + 1024);
		make_kernel(kernel, sizes[i]);
		n = pack(packed, sizes[i] + 1024, kernel, sizes[i]);
		assert_int_equal(identify(&image, packed, n, MEMORY), 0);
		assert_int_equal(image.contents.size, sizes[i]);
		assert_memory_equal(image.contents.data, kernel, sizes[i]);
		assert_int_equal(image.memsz, 2 * sizes[i]);
		assert_int_equal(image.depth, 2);
		assert_ptr_equal(image.format[0], &format_gzip);
		assert_ptr_equal(image.format[1], &format_arm64);
		kernel_close(&image);
		free(kernel);
		free(packed);
	}
}

TOOL_TEST("file cut at any byte is refused")
{
	struct kernel image;
	uint8_t kernel[4096], packed[8192];
	size_t n, size;

	make_kernel(kernel, sizeof(kernel));
	n = pack(packed, sizeof(packed), kernel, sizeof(kernel));
	assert_true(n > 64);
	for (size = 2; size < n; size++) {
		assert_int_equal(identify(&image, packed, size, MEMORY), -1);
		assert_sentence("Image.gz is cut short: its compressed data has no end");
	}
}

/*
 * Some bits mean nothing: time stamp and the like in the header, padding behind
 * the last code. A kernel that comes out is the one that went in.
 */
TOOL_TEST("damage at any bit is found")
{
	struct kernel image;
	uint8_t kernel[256], packed[1024];
	unsigned int passed = 0;
	size_t n, bit;

	make_kernel(kernel, sizeof(kernel));
	n = pack(packed, sizeof(packed), kernel, sizeof(kernel));
	for (bit = 0; bit < n * 8; bit++) {
		packed[bit / 8] ^= 1 << bit % 8;
		if (!identify(&image, packed, n, MEMORY)) {
			assert_int_equal(image.contents.size, sizeof(kernel));
			assert_memory_equal(image.contents.data, kernel, sizeof(kernel));
			kernel_close(&image);
			passed++;
		} else {
			assert_sentence("Image.gz");
		}
		packed[bit / 8] ^= 1 << bit % 8;
	}
	/* MTIME, XFL and OS are six bytes; a flag says "text"; padding is under 8 bits. */
	assert_in_range(passed, 6 * 8 + 1, 6 * 8 + 1 + 7);
}

TOOL_TEST("lies of the trailer are found")
{
	struct kernel image;
	uint8_t kernel[4096], packed[8192];
	size_t n;

	make_kernel(kernel, sizeof(kernel));
	n = pack(packed, sizeof(packed), kernel, sizeof(kernel));

	put_le(packed + n - 4, 64, 4);
	assert_int_equal(identify(&image, packed, n, MEMORY), -1);
	assert_sentence("Image.gz is damaged: incorrect length check");
	put_le(packed + n - 4, 0xffffffff, 4);
	assert_int_equal(identify(&image, packed, n, MEMORY), -1);
	assert_sentence("Image.gz is damaged: incorrect length check");

	n = pack(packed, sizeof(packed), kernel, sizeof(kernel));
	packed[n - 8]++;
	assert_int_equal(identify(&image, packed, n, MEMORY), -1);
	assert_sentence("Image.gz is damaged: incorrect data check");
}

TOOL_TEST("only padding or gzip may follow")
{
	struct kernel image;
	uint8_t kernel[4096], packed[16384] = { 0 };
	size_t n, more;

	make_kernel(kernel, sizeof(kernel));
	n = pack(packed, sizeof(packed), kernel, 1000);

	packed[n] = 'x';
	assert_int_equal(identify(&image, packed, n + 1, MEMORY), -1);
	assert_sentence("Image.gz has 1 bytes after the end of its compressed data");
	packed[n] = 0;
	packed[n + 600] = 1;
	assert_int_equal(identify(&image, packed, n + 601, MEMORY), -1);
	assert_sentence("Image.gz has 601 bytes after the end");
	assert_int_equal(identify(&image, packed, n + 600, MEMORY), 0);
	assert_int_equal(image.contents.size, 1000);
	kernel_close(&image);

	more = pack(packed + n, sizeof(packed) - n, kernel + 1000, sizeof(kernel) - 1000);
	assert_int_equal(identify(&image, packed, n + more, MEMORY), 0);
	assert_int_equal(image.contents.size, sizeof(kernel));
	assert_memory_equal(image.contents.data, kernel, sizeof(kernel));
	kernel_close(&image);
	assert_int_equal(identify(&image, packed, n + more - 1, MEMORY), -1);
	assert_sentence("Image.gz is cut short");
}

TOOL_TEST("bomb is stopped at the size of memory")
{
	static const uint64_t memory = 3 << 20;
	const size_t size = memory + 1;
	struct kernel image;
	uint8_t *zeroes = fake_alloc(size);
	uint8_t packed[8192];
	size_t n;

	n = pack(packed, sizeof(packed), zeroes, size);
	assert_int_equal(identify(&image, packed, n, memory), -1);
	assert_sentence("Image.gz unpacks to more than this machine's memory (3.0 MiB)");
	free(zeroes);
}

TOOL_TEST("bomb is stopped before memory is short")
{
	const size_t size = (1 << 20) + 1;
	struct kernel image;
	uint8_t *zeroes = fake_alloc(size);
	uint8_t packed[8192];
	size_t n;

	n = pack(packed, sizeof(packed), zeroes, size);
	fake.meminfo = fake_file("meminfo", "MemAvailable: 16384 kB\n", 23);
	assert_int_equal(identify(&image, packed, n, MEMORY), -1);
	assert_sentence("out of memory for Image.gz: 16.0 MiB more are needed, and 14.0 MiB can be had");
	fake.meminfo = fake_file("meminfo", "MemAvailable: 20480 kB\n", 23);
	assert_int_equal(identify(&image, packed, n, MEMORY), -1);
	assert_sentence("what is packed in Image.gz is not an arm64 kernel");
	free(zeroes);
}

TOOL_TEST("what is inside must be a kernel")
{
	struct kernel image;
	uint8_t a[4096], b[4096];
	size_t n, i;

	n = pack(a, sizeof(a), "\177ELF and more", 13);
	assert_int_equal(identify(&image, a, n, MEMORY), -1);
	assert_sentence("what is packed in Image.gz is an ELF file");

	n = pack(a, sizeof(a), "short", 5);
	assert_int_equal(identify(&image, a, n, MEMORY), -1);
	assert_sentence("what is packed in Image.gz has only 5 bytes");

	n = pack(a, sizeof(a), "", 0);
	assert_int_equal(identify(&image, a, n, MEMORY), -1);
	assert_sentence("Image.gz is empty inside");

	make_kernel(b, 256);
	n = pack(a, sizeof(a), b, 256);
	for (i = 0; i < 3; i++) {
		memcpy(b, a, n);
		n = pack(a, sizeof(a), b, n);
	}
	assert_int_equal(identify(&image, a, n, MEMORY), -1);
	assert_sentence("Image.gz is packed more than 3 times over");
}
