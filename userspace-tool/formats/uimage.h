/* SPDX-License-Identifier: GPL-2.0 */
/*
 * U-Boot's older image: 64 bytes before what it is about (include/image.h in U-Boot).
 */
#ifndef FASTKEXEC_UIMAGE_H
#define FASTKEXEC_UIMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UIMAGE_HEADER_SIZE	64

/* What may be behind a header. */
#define UIMAGE_KERNEL		2
#define UIMAGE_RAMDISK		3
#define UIMAGE_KERNEL_NOLOAD	14

/**
 * uimage_starts() - does a header begin here?
 * @data: the beginning
 * @size: bytes of it
 *
 * Return: true if it does
 */
bool uimage_starts(const uint8_t *data, size_t size);

/**
 * uimage_type() - what it is about
 * @data: the file, which uimage_starts() knows
 * @size: bytes of it
 *
 * Return: UIMAGE_*, or a number that is none of them; 0 if it is cut short
 */
unsigned int uimage_type(const uint8_t *data, size_t size);

/**
 * uimage_read() - check header and contents by their checksums
 * @data: the file, which uimage_starts() knows
 * @size: bytes of it
 * @path: its name, for messages
 * @type: takes what it is about
 *
 * Return: bytes of the contents, which lie behind the header, at least 1; 0 after
 * having said what was wrong
 */
size_t uimage_read(const uint8_t *data, size_t size, const char *path, unsigned int *type);

#endif /* FASTKEXEC_UIMAGE_H */
