// SPDX-License-Identifier: GPL-2.0
#include "formats/cpio.h"

#include <string.h>

/* The header's fields: six bytes of magic, then thirteen numbers of eight hex digits. */
#define MAGIC_SIZE	6
#define FIELD_SIZE	8
#define FIELD_FILESIZE	6
#define FIELD_NAMESIZE	11

#define TRAILER		"TRAILER!!!"

bool cpio_starts(const uint8_t *data, size_t size)
{
	return size >= MAGIC_SIZE && (!memcmp(data, "070701", MAGIC_SIZE) ||
				      !memcmp(data, "070702", MAGIC_SIZE));
}

static int hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_field(const struct cpio *cpio, unsigned int field, uint64_t *value)
{
	const uint8_t *digit = cpio->header + MAGIC_SIZE + field * FIELD_SIZE;
	unsigned int i;

	*value = 0;
	for (i = 0; i < FIELD_SIZE; i++) {
		int d = hex_digit(digit[i]);

		if (d < 0)
			return false;
		*value = *value << 4 | d;
	}
	return true;
}

static void expect(struct cpio *cpio, enum cpio_state state, uint64_t need)
{
	cpio->state = state;
	cpio->have = 0;
	cpio->need = need;
}

/* Header and name together, and the contents, are padded to multiples of four. */
static void end_header(struct cpio *cpio)
{
	uint64_t name, size;

	if (!cpio_starts(cpio->header, CPIO_HEADER_SIZE) ||
	    !read_field(cpio, FIELD_NAMESIZE, &name) ||
	    !read_field(cpio, FIELD_FILESIZE, &size) || !name) {
		cpio->state = CPIO_BROKEN;
		return;
	}
	cpio->body = (size + 3) & ~3ULL;
	expect(cpio, CPIO_NAME, ((CPIO_HEADER_SIZE + name + 3) & ~3ULL) - CPIO_HEADER_SIZE);
}

static void end_name(struct cpio *cpio)
{
	if (!memcmp(cpio->header, TRAILER, sizeof(TRAILER))) {
		cpio->archives++;
		expect(cpio, CPIO_BETWEEN, 0);
	} else if (cpio->body) {
		expect(cpio, CPIO_BODY, cpio->body);
	} else {
		expect(cpio, CPIO_HEADER, CPIO_HEADER_SIZE);
	}
}

static void end_part(struct cpio *cpio)
{
	switch (cpio->state) {
	case CPIO_HEADER:
		end_header(cpio);
		break;
	case CPIO_NAME:
		end_name(cpio);
		break;
	default:
		expect(cpio, CPIO_HEADER, CPIO_HEADER_SIZE);
		break;
	}
}

/* Keep what fits of a header or a name. */
static void keep(struct cpio *cpio, const uint8_t *data, size_t size)
{
	if (cpio->state == CPIO_BODY || cpio->have >= CPIO_HEADER_SIZE)
		return;
	if (size > CPIO_HEADER_SIZE - cpio->have)
		size = CPIO_HEADER_SIZE - cpio->have;
	memcpy(cpio->header + cpio->have, data, size);
}

static size_t feed_part(struct cpio *cpio, const uint8_t *data, size_t size)
{
	if (size > cpio->need - cpio->have)
		size = cpio->need - cpio->have;
	keep(cpio, data, size);
	cpio->have += size;
	if (cpio->have == cpio->need)
		end_part(cpio);
	return size;
}

static size_t feed_between(struct cpio *cpio, const uint8_t *data, size_t size)
{
	size_t zeroes = 0;

	while (zeroes < size && !data[zeroes])
		zeroes++;
	if (zeroes == size)
		return size;
	if (data[zeroes] == '0')
		expect(cpio, CPIO_HEADER, CPIO_HEADER_SIZE);
	else
		cpio->state = CPIO_BROKEN;
	return zeroes;
}

size_t cpio_feed(struct cpio *cpio, const uint8_t *data, size_t size)
{
	unsigned int archives = cpio->archives;
	size_t done = 0;

	while (done < size && cpio->state != CPIO_BROKEN && cpio->archives == archives) {
		if (cpio->state == CPIO_BETWEEN)
			done += feed_between(cpio, data + done, size - done);
		else
			done += feed_part(cpio, data + done, size - done);
	}
	return done;
}
