// SPDX-License-Identifier: GPL-2.0
/*
 * vmlinuz.efi: an EFI program that holds a compressed Image and unpacks it itself
 * (drivers/firmware/efi/libstub/zboot-header.S in the kernel, from 6.1 on).
 */
#include <inttypes.h>
#include <string.h>

#include "formats/bytes.h"
#include "formats/format.h"
#include "formats/payload.h"
#include "formats/pe.h"
#include "out.h"

#define HEADER_SIZE	64
#define MAGIC		4
#define PAYLOAD_OFFSET	8
#define PAYLOAD_SIZE	12
#define COMPRESSION	24
#define COMPRESSION_END	56

static bool zboot_probe(const uint8_t *data, size_t size)
{
	return size >= HEADER_SIZE && !memcmp(data, "MZ", 2) && !memcmp(data + MAGIC, "zimg", 4);
}

/* The size of what it unpacks to, where a kernel appends it, is no part of the payload. */
static int unpack(struct kernel *kernel, uint64_t offset, uint64_t size)
{
	const uint8_t *data = kernel->contents.data;
	const struct codec *codec = codec_find(data + offset, size);

	if (!codec)
		return out_fail("%s (EFI zboot) is packed with '%.*s', which nothing here unpacks",
				kernel->path, COMPRESSION_END - COMPRESSION,
				(const char *)data + COMPRESSION);
	return payload_unpack(kernel, codec, offset, size);
}

static int zboot_open(struct kernel *kernel)
{
	const uint8_t *data = kernel->contents.data;
	uint64_t offset = le32(data + PAYLOAD_OFFSET);
	uint64_t size = le32(data + PAYLOAD_SIZE);
	struct pe pe;

	if (!size || offset + size > kernel->contents.size)
		return out_fail("%s (EFI zboot) is cut short or damaged: of %" PRIu64
				" bytes it has %zu", kernel->path, offset + size,
				kernel->contents.size);
	if (pe_read(&pe, data, kernel->contents.size) == PE_WHOLE)
		kernel->extras.is_signed |= pe.is_signed;
	return unpack(kernel, offset, size);
}

const struct format format_zboot = {
	.name	= "EFI zboot",
	.wraps	= true,
	.probe	= zboot_probe,
	.open	= zboot_open,
};
