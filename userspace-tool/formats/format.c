// SPDX-License-Identifier: GPL-2.0
#include "formats/format.h"

#include <string.h>

#include "array.h"
#include "out.h"

static const struct format *const formats[] = {
	&format_arm64,
	&format_gzip,
};

/* Files that are no kernel, and kernels whose format has no file of its own here. */
static const struct {
	size_t offset;
	size_t length;
	const char *bytes;
	const char *name;
} foreign[] = {
	{ 4, 4, "zimg", "an EFI zboot image" },
	{ 0, 4, "\x28\xb5\x2f\xfd", "compressed with zstd" },
	{ 0, 6, "\3757zXZ\0", "compressed with xz" },
	{ 0, 3, "\x5d\0\0", "compressed with lzma" },
	{ 0, 3, "BZh", "compressed with bzip2" },
	{ 0, 4, "\x02\x21\x4c\x18", "compressed with lz4" },
	{ 0, 4, "\x04\x22\x4d\x18", "compressed with lz4" },
	{ 0, 4, "\x89LZO", "compressed with lzop" },
	{ 0, 4, "\x27\x05\x19\x56", "a U-Boot uImage" },
	{ 0, 4, "\xd0\x0d\xfe\xed", "a FIT image or a device tree" },
	{ 0, 8, "ANDROID!", "an Android boot image" },
	{ 0, 4, "\177ELF", "an ELF file" },
	{ 0, 4, "0707", "a cpio archive (an initrd?)" },
	{ 0x202, 4, "HdrS", "an x86 kernel" },
	{ 0x24, 4, "\x18\x28\x6f\x01", "a 32-bit Arm zImage" },
	{ 0, 2, "MZ", "an EFI program that is no arm64 kernel" },
};

static const struct format *find_format(const struct blob *contents)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(formats); i++)
		if (formats[i]->probe(contents->data, contents->size))
			return formats[i];
	return NULL;
}

static int refuse(const struct kernel *kernel)
{
	const struct blob *contents = &kernel->contents;
	const char *inside = kernel->depth ? "what is packed in " : "";
	size_t i;

	for (i = 0; i < ARRAY_SIZE(foreign); i++) {
		if (contents->size < foreign[i].offset + foreign[i].length)
			continue;
		if (memcmp(contents->data + foreign[i].offset, foreign[i].bytes,
			   foreign[i].length))
			continue;
		return out_fail("%s%s is %s; an arm64 Image or Image.gz is needed",
				inside, kernel->path, foreign[i].name);
	}
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
		if (!format->wraps)
			return 0;
	}
	return out_fail("%s is packed more than %d times over", kernel->path, KERNEL_MAX_DEPTH);
}
