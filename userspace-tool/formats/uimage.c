// SPDX-License-Identifier: GPL-2.0
#include "formats/uimage.h"

#include <string.h>
#include <zlib.h>

#include "formats/bytes.h"
#include "formats/format.h"
#include "formats/payload.h"
#include "out.h"

/* Offsets in the header; its numbers are big-endian. */
#define HEADER_SUM	4
#define CONTENTS_SIZE	12
#define CONTENTS_SUM	24
#define ARCH		29
#define TYPE		30

#define ARCH_ARM64	22
#define TYPE_MULTI	4

bool uimage_starts(const uint8_t *data, size_t size)
{
	return size >= 4 && !memcmp(data, "\x27\x05\x19\x56", 4);
}

unsigned int uimage_type(const uint8_t *data, size_t size)
{
	return size > UIMAGE_HEADER_SIZE ? data[TYPE] : 0;
}

/* The sum is over the header with zeroes where it lies itself. */
static bool header_is_right(const uint8_t *data)
{
	uint8_t header[UIMAGE_HEADER_SIZE];

	memcpy(header, data, sizeof(header));
	memset(header + HEADER_SUM, 0, 4);
	return crc32(0, header, sizeof(header)) == be32(data + HEADER_SUM);
}

size_t uimage_read(const uint8_t *data, size_t size, const char *path, unsigned int *type)
{
	size_t contents;

	if (size <= UIMAGE_HEADER_SIZE) {
		out_fail("%s (uImage) is cut short: it has %zu bytes", path, size);
		return 0;
	}
	if (!header_is_right(data)) {
		out_fail("%s (uImage) is damaged: the sum of its header is wrong", path);
		return 0;
	}
	contents = be32(data + CONTENTS_SIZE);
	if (!contents || contents > size - UIMAGE_HEADER_SIZE) {
		out_fail("%s (uImage) is cut short: of %zu bytes it has %zu", path,
			 contents + UIMAGE_HEADER_SIZE, size);
		return 0;
	}
	if (crc32_z(0, data + UIMAGE_HEADER_SIZE, contents) != be32(data + CONTENTS_SUM)) {
		out_fail("%s (uImage) is damaged: the sum of its contents is wrong", path);
		return 0;
	}
	*type = data[TYPE];
	return contents;
}

static int refuse_type(const struct kernel *kernel, unsigned int type)
{
	if (type == UIMAGE_RAMDISK)
		return out_fail("%s is a uImage of an initrd, and no kernel", kernel->path);
	if (type == TYPE_MULTI)
		return out_fail("%s is a uImage of several files: unpack it with dumpimage(1) and give them one by one",
				kernel->path);
	return out_fail("%s is a uImage of something else than a kernel (type %u)", kernel->path,
			type);
}

static int uimage_open(struct kernel *kernel)
{
	const uint8_t *data = kernel->contents.data;
	unsigned int type;
	size_t size;

	size = uimage_read(data, kernel->contents.size, kernel->path, &type);
	if (!size)
		return -1;
	if (data[ARCH] != ARCH_ARM64)
		return out_fail("%s is a uImage for another machine than arm64 (architecture %u)",
				kernel->path, data[ARCH]);
	if (type != UIMAGE_KERNEL && type != UIMAGE_KERNEL_NOLOAD)
		return refuse_type(kernel, type);
	return payload_keep(kernel, UIMAGE_HEADER_SIZE, size);
}

const struct format format_uimage = {
	.name	= "uImage",
	.wraps	= true,
	.probe	= uimage_starts,
	.open	= uimage_open,
};
