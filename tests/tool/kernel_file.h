/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Making arm64 kernel images, right and wrong.
 */
#ifndef FASTKEXEC_KERNEL_FILE_H
#define FASTKEXEC_KERNEL_FILE_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define IMAGE_HEADER	64

static inline void put_le(uint8_t *p, uint64_t value, unsigned int bytes)
{
	while (bytes--) {
		*p++ = value;
		value >>= 8;
	}
}

/* The fields of booting.rst, the rest as a kernel without EFI has it. */
static inline void put_header(uint8_t *image, uint64_t text_offset, uint64_t image_size,
			      uint64_t flags)
{
	memset(image, 0, IMAGE_HEADER);
	put_le(image, 0x14000010, 4);
	put_le(image + 8, text_offset, 8);
	put_le(image + 16, image_size, 8);
	put_le(image + 24, flags, 8);
	memcpy(image + 56, "ARM\x64", 4);
}

/*
 * A PE header at 64 with two sections: one at 512 of 512 bytes, one at 1024 that
 * ends with the file.
 */
#define EFI_IMAGE_SIZE	2048

static inline void put_efi_image(uint8_t *image)
{
	uint8_t *pe = image + IMAGE_HEADER;
	uint8_t *section = pe + 24 + 16;

	memset(image, 0xa5, EFI_IMAGE_SIZE);
	put_header(image, 0, 4096, 0xa);
	memcpy(image, "MZ", 2);
	put_le(image + 60, IMAGE_HEADER, 4);
	memset(pe, 0, 24 + 16 + 2 * 40);
	memcpy(pe, "PE\0\0", 4);
	put_le(pe + 4, 0xaa64, 2);
	put_le(pe + 6, 2, 2);
	put_le(pe + 20, 16, 2);
	put_le(section + 16, 512, 4);
	put_le(section + 20, 512, 4);
	put_le(section + 40 + 16, EFI_IMAGE_SIZE - 1024, 4);
	put_le(section + 40 + 20, 1024, 4);
}

#endif /* FASTKEXEC_KERNEL_FILE_H */
