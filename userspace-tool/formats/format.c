// SPDX-License-Identifier: GPL-2.0
#include "formats/format.h"

#include <string.h>

#include "array.h"
#include "formats/pe.h"
#include "out.h"

static const struct format *const formats[] = {
	&format_arm64,
	&format_zboot,
	&format_uki,
	&format_gzip,
	&format_xz,
	&format_zstd,
	&format_lz4,
	&format_lz4_frame,
	&format_bzip2,
	&format_lzma,
	&format_uimage,
	&format_fit,
	&format_elf,
};

/* Files that are no kernel, and kernels whose format has no file of its own here. */
static const struct {
	size_t offset;
	size_t length;
	const char *bytes;
	const char *name;
} foreign[] = {
	{ 0, 4, "\x89LZO", "compressed with lzop" },
	{ 0, 8, "ANDROID!", "an Android boot image" },
	{ 0, 8, "VNDRBOOT", "an Android vendor boot image" },
	{ 0, 4, "0707", "a cpio archive (an initrd?)" },
	{ 257, 5, "ustar", "a tar archive" },
	{ 0, 4, "PK\x03\x04", "a zip archive" },
	{ 0, 8, "!<arch>\n", "a Debian package or a library" },
	{ 0, 4, "\xed\xab\xee\xdb", "an RPM package" },
	{ 0, 4, "hsqs", "an image of a file system (squashfs)" },
	{ 0x8001, 5, "CD001", "an image of a CD" },
	{ 0x202, 4, "HdrS", "an x86 kernel" },
	{ 0x24, 4, "\x18\x28\x6f\x01", "a 32-bit Arm zImage" },
	{ 56, 4, "RSC\x05", "a RISC-V kernel" },
};

static bool is_format(const struct format *format, const struct blob *contents)
{
	if (format->probe)
		return format->probe(contents->data, contents->size);
	return codec_find(contents->data, contents->size) == format->codec;
}

static const struct format *find_format(const struct blob *contents)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(formats); i++)
		if (is_format(formats[i], contents))
			return formats[i];
	return NULL;
}

static const char *foreign_name(const struct blob *contents)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(foreign); i++)
		if (contents->size >= foreign[i].offset + foreign[i].length &&
		    !memcmp(contents->data + foreign[i].offset, foreign[i].bytes,
			    foreign[i].length))
			return foreign[i].name;
	return NULL;
}

/* An EFI program that is none of the above. */
static int refuse_efi(const struct kernel *kernel, const char *inside)
{
	const char *machine;
	struct pe pe;

	if (pe_read(&pe, kernel->contents.data, kernel->contents.size) == PE_CUT)
		return out_fail("%s%s is an EFI program that is cut short", inside, kernel->path);
	machine = pe_machine_name(&pe);
	if (machine && pe.machine != PE_MACHINE_ARM64)
		return out_fail("%s%s is an EFI program for %s; an arm64 kernel is needed", inside,
				kernel->path, machine);
	return out_fail("%s%s is an EFI program that is no arm64 kernel", inside, kernel->path);
}

static int refuse(const struct kernel *kernel)
{
	const struct blob *contents = &kernel->contents;
	const char *inside = kernel->depth ? "what is packed in " : "";
	const char *name = foreign_name(contents);

	if (name)
		return out_fail("%s%s is %s; an arm64 kernel is needed", inside, kernel->path,
				name);
	if (contents->size >= 2 && !memcmp(contents->data, "MZ", 2))
		return refuse_efi(kernel, inside);
	if (contents->size < 64)
		return out_fail("%s%s has only %s, less than the header of an arm64 kernel",
				inside, kernel->path, out_size(contents->size).s);
	return out_fail("%s%s is not an arm64 kernel: its header lacks the magic number",
			inside, kernel->path);
}

int format_identify(struct kernel *kernel)
{
	const struct format *format;

	while (kernel->depth < KERNEL_MAX_DEPTH) {
		format = find_format(&kernel->contents);
		if (!format)
			return refuse(kernel);
		kernel->format[kernel->depth++] = format;
		if (format->open(kernel))
			return -1;
		if (!format->wraps || kernel->fixed)
			return 0;
	}
	return out_fail("%s is packed more than %d times over", kernel->path, KERNEL_MAX_DEPTH);
}
