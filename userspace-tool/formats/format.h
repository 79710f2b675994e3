/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Kernel images of any format, and what the rest of the tool knows of them.
 */
#ifndef FASTKEXEC_FORMAT_H
#define FASTKEXEC_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

#include <linux/fastkexec.h>

#include "blob.h"

/* A format inside a format inside a format: more is an attempt to waste time. */
#define IMAGE_MAX_DEPTH	3

struct image_format;

/**
 * struct boot_image - a kernel that is ready to be placed
 * @path: file it came from, for messages; not owned
 * @memory: bytes of memory in this machine; nothing may claim to be larger
 * @contents: the bytes that go to memory, first instruction first; owned
 * @format: the formats it came in, outermost first
 * @depth: how many they are
 * @text_offset: distance of the first byte from a 2 MiB boundary, in bytes, less
 *	than 2 MiB
 * @memsz: bytes that it needs from its first byte on, at least the contents
 * @granule: page size that it was built for, in bytes; 0 if it does not say
 * @big_endian: whether it was built big-endian
 */
struct boot_image {
	const char *path;
	uint64_t memory;
	struct blob contents;
	const struct image_format *format[IMAGE_MAX_DEPTH];
	unsigned int depth;
	uint64_t text_offset;
	uint64_t memsz;
	uint32_t granule;
	bool big_endian;
};

/**
 * struct image_format - one file format
 * @name: for messages
 * @wraps: true if what @open leaves in the image is to be looked at again
 * @probe: whether @data begins like this format
 * @open: with @wraps: replaces the contents of the image by what they hold;
 *	else: fills the fields of the image. Returns 0, or -1 after having said
 *	what was wrong.
 */
struct image_format {
	const char *name;
	bool wraps;
	bool (*probe)(const uint8_t *data, size_t size);
	int (*open)(struct boot_image *image);
};

extern const struct image_format image_arm64;
extern const struct image_format image_gzip;

/**
 * image_open() - read, unpack and understand a kernel
 * @image: takes it; needs image_close() after success
 * @path: which file; must stay valid as long as @image
 * @memory: bytes of memory in this machine
 *
 * Return: 0, or -1 after having said what was wrong
 */
int image_open(struct boot_image *image, const char *path, uint64_t memory);

/**
 * image_identify() - the part of image_open() that begins with the contents
 * @image: with @path, @memory and @contents filled in; keeps owning @contents
 *	if this fails
 *
 * Return: 0, or -1 after having said what was wrong
 */
int image_identify(struct boot_image *image);

/**
 * image_check_cpu() - whether this CPU can run it
 * @image: as opened
 * @info: what the module says of this machine
 *
 * Return: 0, or -1 after having said what was wrong
 */
int image_check_cpu(const struct boot_image *image, const struct fastkexec_info *info);

/**
 * image_close() - give the memory of an image back
 * @image: as opened, or all-zero
 */
void image_close(struct boot_image *image);

#endif /* FASTKEXEC_FORMAT_H */
