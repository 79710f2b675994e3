// SPDX-License-Identifier: GPL-2.0
/*
 * A module that says what a checksum of 1 MB costs, in nanoseconds a byte. Under -icount an
 * instruction is a nanosecond. Loading it always fails.
 */
#include <crypto/hash.h>
#include <linux/crc32.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/xxhash.h>

#include "compat.h"

#define ORDER	(20 - PAGE_SHIFT)
#define SIZE	(PAGE_SIZE << ORDER)
#define SHA256_BYTES	32

/* Keeps the compiler from leaving a checksum out. */
static u64 sum;

static void crc32c_of(const void *data)
{
	WRITE_ONCE(sum, fk_crc32c(data, SIZE));
}

static void crc32_of(const void *data)
{
	WRITE_ONCE(sum, crc32_le(~0U, data, SIZE));
}

static void crc32_be_of(const void *data)
{
	WRITE_ONCE(sum, crc32_be(~0U, data, SIZE));
}

static void xxh64_of(const void *data)
{
	WRITE_ONCE(sum, xxh64(data, SIZE, 0));
}

static void digest_by(const char *algorithm, const void *data)
{
	struct crypto_shash *tfm = crypto_alloc_shash(algorithm, 0, 0);
	u8 digest[SHA256_BYTES];

	if (IS_ERR(tfm))
		return;
	crypto_shash_tfm_digest(tfm, data, SIZE, digest);
	crypto_free_shash(tfm);
}

static void sha256_of(const void *data)
{
	digest_by("sha256", data);
}

static void sha256_generic_of(const void *data)
{
	digest_by("sha256-generic", data);
}

/* The best of a few: an interrupt may come in between. */
static void measure(const char *name, void (*of)(const void *data), const void *data)
{
	u64 start, least = U64_MAX;
	unsigned int i;

	for (i = 0; i < 4; i++) {
		start = ktime_get_ns();
		of(data);
		least = min(least, ktime_get_ns() - start);
	}
	pr_info("sums: %s %llu.%02llu\n", name, least / SIZE, least % SIZE * 100 / SIZE);
}

static int __init sums_init(void)
{
	void *data = (void *)__get_free_pages(GFP_KERNEL | __GFP_ZERO, ORDER);

	if (!data)
		return -ENOMEM;
	measure("crc32c", crc32c_of, data);
	measure("crc32", crc32_of, data);
	measure("crc32_be", crc32_be_of, data);
	measure("xxh64", xxh64_of, data);
	measure("sha256", sha256_of, data);
	if (crypto_has_alg("sha256-generic", 0, 0))
		measure("sha256-generic", sha256_generic_of, data);
	free_pages((unsigned long)data, ORDER);
	return -ENODEV;
}

module_init(sums_init);

MODULE_DESCRIPTION("What a checksum costs");
MODULE_LICENSE("GPL");
