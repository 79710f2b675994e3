// SPDX-License-Identifier: GPL-2.0
/*
 * The raw arm64 Image (Documentation/arch/arm64/booting.rst in the kernel).
 */
#include <inttypes.h>
#include <string.h>

#include "formats/bytes.h"
#include "formats/format.h"
#include "formats/pe.h"
#include "out.h"

#define HEADER_SIZE		64
#define TEXT_OFFSET		8
#define IMAGE_SIZE		16
#define FLAGS			24
#define MAGIC			56

#define FLAG_BIG_ENDIAN		(1U << 0)
#define FLAG_GRANULE_SHIFT	1
#define FLAG_ANYWHERE		(1U << 3)

#define TEXT_OFFSET_LIMIT	(2ULL << 20)

static bool arm64_probe(const uint8_t *data, size_t size)
{
	return size >= HEADER_SIZE && !memcmp(data + MAGIC, "ARM\x64", 4);
}

static int cut_short(const char *path, uint64_t needed, size_t size)
{
	return out_fail("%s is cut short or damaged: of %" PRIu64 " bytes it has %zu", path,
			needed, size);
}

/*
 * image_size counts memory, not the file, so it cannot tell a file that was cut
 * short. The sections of an EFI kernel can.
 */
static int check_sections(struct kernel *kernel)
{
	struct pe pe;

	switch (pe_read(&pe, kernel->contents.data, kernel->contents.size)) {
	case PE_CUT:
		return cut_short(kernel->path, pe.needed, kernel->contents.size);
	case PE_WHOLE:
		kernel->extras.is_signed |= pe.is_signed;
		return 0;
	default:
		return 0;
	}
}

int arm64_check_whole(const uint8_t *data, size_t size, const char *path)
{
	struct pe pe;

	return pe_read(&pe, data, size) == PE_CUT ? cut_short(path, pe.needed, size) : 0;
}

uint64_t arm64_image_size(const uint8_t *header)
{
	return le64(header + IMAGE_SIZE);
}

static int arm64_open(struct kernel *kernel)
{
	static const uint32_t granules[] = { 0, 4096, 16384, 65536 };
	const uint8_t *header = kernel->contents.data;
	uint64_t image_size = arm64_image_size(header);
	uint64_t flags = le64(header + FLAGS);

	/*
	 * A kernel before 4.6 does not use the memory below its own place, so initrd and
	 * device tree would be lost there. Before 3.17 its header has no image size.
	 */
	if (!(flags & FLAG_ANYWHERE))
		return out_fail("%s is older than Linux 4.6: it could not use memory below where it lies",
				kernel->path);
	if (!image_size)
		return out_fail("%s is damaged: its image size is 0", kernel->path);

	kernel->text_offset = le64(header + TEXT_OFFSET);
	kernel->memsz = image_size;
	/* A signed file may be longer than the kernel in it. */
	if (kernel->memsz < kernel->contents.size)
		kernel->memsz = kernel->contents.size;
	kernel->big_endian = flags & FLAG_BIG_ENDIAN;
	kernel->granule = granules[(flags >> FLAG_GRANULE_SHIFT) & 3];

	if (kernel->memsz > kernel->memory)
		return out_fail("%s needs %s, more than this machine's memory (%s)",
				kernel->path, out_size(kernel->memsz).s,
				out_size(kernel->memory).s);
	/* The kernel's own code addresses itself by 4 KiB pages. */
	if (kernel->text_offset % 4096 || kernel->text_offset >= TEXT_OFFSET_LIMIT)
		return out_fail("%s is damaged: its text offset, %#" PRIx64
				", is not a multiple of 4 KiB below 2 MiB",
				kernel->path, kernel->text_offset);
	return check_sections(kernel);
}

const struct format format_arm64 = {
	.name	= "arm64 Image",
	.wraps	= false,
	.probe	= arm64_probe,
	.open	= arm64_open,
};
