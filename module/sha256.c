// SPDX-License-Identifier: GPL-2.0
/*
 * SHA-256 by the kernel's own crypto API. Contract in sha256.h.
 */
#include <linux/err.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sizes.h>

#include "sha256.h"
#include "inject.h"
#include "poison.h"

/* What is hashed without a look at signals and at other tasks. */
#define PART_SIZE	SZ_64K

/* A hash that is a module would have to be inserted before this one. */
#if IS_BUILTIN(CONFIG_CRYPTO_HASH2)

#include <crypto/hash.h>

static int add_part(struct shash_desc *desc, u64 start_pa, u64 size, struct fk_report *report)
{
	struct fk_range bad;

	if (fatal_signal_pending(current))
		return fk_report_fail(report, -EINTR, "interrupted");
	/* A load from a poisoned page may end the kernel. */
	if (fk_poison_find(start_pa, start_pa + size, &bad))
		return fk_report_fail(report, -EIO, "the page at 0x%llx has memory errors",
				      bad.start);
	cond_resched();
	return crypto_shash_update(desc, phys_to_virt(start_pa), size);
}

static int add(struct shash_desc *desc, u64 start_pa, u64 size, struct fk_report *report)
{
	u64 done, part;
	int err = 0;

	for (done = 0; done < size && !err; done += part) {
		part = min_t(u64, size - done, PART_SIZE);
		err = add_part(desc, start_pa + done, part, report);
	}
	return err;
}

/* What a copied segment holds lies in chunks, in order; behind it come zeroes alone. */
static int add_copied(struct shash_desc *desc, const struct fk_image *image,
		      const struct fk_plan_segment *seg, struct fk_report *report)
{
	u64 i;
	int err = 0;

	for (i = 0; i < image->moves.nr && !err; i++) {
		const struct fk_move *move = &image->moves.move[i];
		u64 offset = move->dst_pa - seg->dest;

		if (move->dst_pa >= seg->dest && offset < seg->bufsz)
			err = add(desc, move->src_pa, min(move->size, seg->bufsz - offset),
				  report);
	}
	return err;
}

static int add_segment(struct shash_desc *desc, const struct fk_image *image, unsigned int i,
		       struct fk_report *report)
{
	const struct fk_plan_segment *seg = &image->plan.segment[i];

	if (fk_image_in_place(image, i))
		return add(desc, seg->dest, seg->bufsz, report);
	return add_copied(desc, image, seg, report);
}

static int hash(struct crypto_shash *tfm, const struct fk_image *image, unsigned int i,
		u8 *sha256, struct fk_report *report)
{
	SHASH_DESC_ON_STACK(desc, tfm);
	int err;

	desc->tfm = tfm;
	err = crypto_shash_init(desc);
	if (!err)
		err = add_segment(desc, image, i, report);
	if (!err)
		err = crypto_shash_final(desc, sha256);
	shash_desc_zero(desc);
	return err;
}

int fk_sha256_take(const struct fk_image *image, unsigned int i, u8 *sha256,
		   struct fk_report *report)
{
	struct crypto_shash *tfm = FK_MAY_FAIL(crypto_alloc_shash("sha256", 0, 0),
					       ERR_PTR(-ENOMEM));
	int err;

	if (tfm == ERR_PTR(-ENOMEM))
		return fk_report_fail(report, -ENOMEM, "no memory for the hash");
	if (tfm == ERR_PTR(-EINTR))
		return fk_report_fail(report, -EINTR, "interrupted");
	if (IS_ERR(tfm))
		return fk_report_fail(report, -EOPNOTSUPP, "this kernel has no SHA-256 (%ld)",
				      PTR_ERR(tfm));
	err = hash(tfm, image, i, sha256, report);
	crypto_free_shash(tfm);
	return err;
}

#else

int fk_sha256_take(const struct fk_image *image, unsigned int i, u8 *sha256,
		   struct fk_report *report)
{
	return fk_report_fail(report, -EOPNOTSUPP, "this kernel has no SHA-256 built in");
}

#endif
