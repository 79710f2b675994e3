/* SPDX-License-Identifier: GPL-2.0 */
/*
 * cpio archives of the kind that kernels unpack (newc), read as they come, a piece at
 * a time, to see whether they are whole.
 */
#ifndef FASTKEXEC_CPIO_H
#define FASTKEXEC_CPIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CPIO_HEADER_SIZE	110

/**
 * enum cpio_state - what comes next
 * @CPIO_BETWEEN: zeroes, or another archive
 * @CPIO_HEADER: the rest of an entry's header
 * @CPIO_NAME: the rest of its name
 * @CPIO_BODY: the rest of its contents
 * @CPIO_BROKEN: nothing that makes sense
 */
enum cpio_state {
	CPIO_BETWEEN,
	CPIO_HEADER,
	CPIO_NAME,
	CPIO_BODY,
	CPIO_BROKEN,
};

/**
 * struct cpio - a reader; all-zero at the beginning
 * @state: what comes next
 * @have: bytes of it that have come
 * @need: bytes that it has in all, with its padding
 * @body: bytes of the contents that follow the name, with their padding
 * @archives: archives that have ended
 * @header: of the entry; then the beginning of its name
 */
struct cpio {
	enum cpio_state state;
	uint64_t have;
	uint64_t need;
	uint64_t body;
	unsigned int archives;
	uint8_t header[CPIO_HEADER_SIZE];
};

/**
 * cpio_starts() - does an archive begin here?
 * @data: the beginning
 * @size: bytes of it
 *
 * Return: true if it does
 */
bool cpio_starts(const uint8_t *data, size_t size);

/**
 * cpio_feed() - read on
 * @cpio: the reader
 * @data: the next bytes
 * @size: how many
 *
 * Return: how many were taken: all, unless the reader is broken or an archive ended
 * among them
 */
size_t cpio_feed(struct cpio *cpio, const uint8_t *data, size_t size);

#endif /* FASTKEXEC_CPIO_H */
