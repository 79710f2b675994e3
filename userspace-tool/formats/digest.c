// SPDX-License-Identifier: GPL-2.0
#include "formats/digest.h"

/* libmd's headers use types of these. */
#include <string.h>
#include <sys/types.h>
#include <md5.h>
#include <sha.h>
#include <sha2.h>
#include <zlib.h>

#include "array.h"

static void make_crc32(uint8_t *value, const uint8_t *data, size_t size)
{
	uint32_t sum = crc32_z(0, data, size);

	value[0] = sum >> 24;
	value[1] = sum >> 16;
	value[2] = sum >> 8;
	value[3] = sum;
}

static void make_md5(uint8_t *value, const uint8_t *data, size_t size)
{
	MD5_CTX context;

	MD5Init(&context);
	MD5Update(&context, data, size);
	MD5Final(value, &context);
}

static void make_sha1(uint8_t *value, const uint8_t *data, size_t size)
{
	SHA1_CTX context;

	SHA1Init(&context);
	SHA1Update(&context, data, size);
	SHA1Final(value, &context);
}

static void make_sha256(uint8_t *value, const uint8_t *data, size_t size)
{
	SHA2_CTX context;

	SHA256Init(&context);
	SHA256Update(&context, data, size);
	SHA256Final(value, &context);
}

static void make_sha384(uint8_t *value, const uint8_t *data, size_t size)
{
	SHA2_CTX context;

	SHA384Init(&context);
	SHA384Update(&context, data, size);
	SHA384Final(value, &context);
}

static void make_sha512(uint8_t *value, const uint8_t *data, size_t size)
{
	SHA2_CTX context;

	SHA512Init(&context);
	SHA512Update(&context, data, size);
	SHA512Final(value, &context);
}

static const struct {
	const char *name;
	size_t size;
	void (*make)(uint8_t *value, const uint8_t *data, size_t size);
} ways[] = {
	{ "crc32", 4, make_crc32 },
	{ "md5", MD5_DIGEST_LENGTH, make_md5 },
	{ "sha1", SHA1_DIGEST_LENGTH, make_sha1 },
	{ "sha256", SHA256_DIGEST_LENGTH, make_sha256 },
	{ "sha384", SHA384_DIGEST_LENGTH, make_sha384 },
	{ "sha512", SHA512_DIGEST_LENGTH, make_sha512 },
};

size_t digest_make(const char *name, uint8_t value[DIGEST_MAX], const uint8_t *data, size_t size)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ways); i++) {
		if (strcmp(name, ways[i].name))
			continue;
		ways[i].make(value, data, size);
		return ways[i].size;
	}
	return 0;
}
