/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The formats that a kernel comes in. A new one is a file here, a declaration below
 * and a line in the table of format.c.
 */
#ifndef FASTKEXEC_FORMAT_H
#define FASTKEXEC_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "formats/codec.h"
#include "kernel.h"

/**
 * struct format - one file format
 * @name: for messages
 * @wraps: if true what @open leaves in the kernel is to be looked at again
 * @codec: the compression that it is; NULL if it is something else
 * @probe: whether @data begins like this format; NULL: @codec's magic tells
 * @open: with @wraps: replaces the contents of the kernel by what they hold, and
 *	adds to its extras; else: fills the fields of the kernel. Returns 0, or -1
 *	after having said what was wrong.
 */
struct format {
	const char *name;
	bool wraps;
	const struct codec *codec;
	bool (*probe)(const uint8_t *data, size_t size);
	int (*open)(struct kernel *kernel);
};

extern const struct format format_arm64;
extern const struct format format_elf;
extern const struct format format_fit;
extern const struct format format_raw;
extern const struct format format_uimage;
extern const struct format format_uki;
extern const struct format format_zboot;

extern const struct format format_bzip2;
extern const struct format format_gzip;
extern const struct format format_lz4;
extern const struct format format_lz4_frame;
extern const struct format format_lzma;
extern const struct format format_xz;
extern const struct format format_zstd;

/**
 * arm64_image_size() - what an Image says that it needs
 * @header: its first 64 bytes
 *
 * Return: bytes of memory; not checked
 */
uint64_t arm64_image_size(const uint8_t *header);

/**
 * arm64_check_whole() - whether nothing is missing at the end of an Image
 * @data: the Image
 * @size: bytes of it
 * @path: its name, for messages
 *
 * Only the sections of an EFI kernel tell: an Image without them passes.
 *
 * Return: 0, or -1 after having said what was wrong
 */
int arm64_check_whole(const uint8_t *data, size_t size, const char *path);

/**
 * format_identify() - unpack a file and understand the kernel in it
 * @kernel: with @path, @memory and @contents filled in; keeps owning @contents
 *	and @extras if this fails
 *
 * Return: 0, or -1 after having said what was wrong
 */
int format_identify(struct kernel *kernel);

#endif /* FASTKEXEC_FORMAT_H */
