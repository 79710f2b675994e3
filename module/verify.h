/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Is the image still what was loaded? Asked by a rehearsal, and on the way down, with MMU
 * and caches on and while a restart through the firmware is possible.
 */
#ifndef FK_VERIFY_H
#define FK_VERIFY_H

#include <linux/types.h>

#include "report.h"

struct fk_image;
struct fk_verify_part;

/**
 * struct fk_verify - what an image held when it was loaded
 * @level: enum fastkexec_verify
 * @line: bytes of the smallest data cache line
 * @part: the parts, each with its checksum
 * @checked: a bit for each part, for the check by all CPUs
 * @nr: how many parts there are
 * @max: room in @part
 * @sum: checksum of @part itself
 */
struct fk_verify {
	u32 level;
	u64 line;
	struct fk_verify_part *part;
	unsigned long *checked;
	u32 nr;
	u32 max;
	u32 sum;
};

/**
 * fk_verify_note() - remember what an image holds
 * @image: complete, but for @image->verify, which is filled in
 * @level: enum fastkexec_verify
 * @line: bytes of the smallest data cache line
 *
 * With FASTKEXEC_VERIFY_FULL that is all of it, with FASTKEXEC_VERIFY_FAST all but the
 * contents of segments other than the device tree's. With dynamic debugging switched on
 * for this file, the log says where each piece lies. Sleeps.
 *
 * Return: 0, -ENOMEM or -EINTR (a fatal signal). fk_verify_free() in all cases.
 */
int fk_verify_note(struct fk_image *image, u32 level, u64 line);

/**
 * fk_verify_free() - forget what was remembered
 * @verify: may be all zero
 */
void fk_verify_free(struct fk_verify *verify);

/**
 * fk_verify_rehearse() - look for damage, on this CPU
 * @image: noted before
 * @report: takes the sentence that says which piece has changed
 *
 * Memory that the kernel has marked as poisoned is not read, and counts as changed. Caches
 * are cleaned and invalidated first: memory is checked, not an older copy of it. Sleeps.
 *
 * Return: 0, or -EIO.
 */
int fk_verify_rehearse(const struct fk_image *image, struct fk_report *report);

/**
 * fk_verify_by_all() - look for damage, on all CPUs that are online
 * @image: noted before; valid for ever, as a CPU may come late
 *
 * Called at the shutdown stage, pinned to one CPU, interrupts on, CPU hotplug frozen. Ends
 * even if another CPU never answers: what that CPU has begun is done again here. Does not
 * sleep, allocate or wait. Prints one line if there is damage.
 *
 * Return: 0, or -EIO. The other CPUs may still be at work on parts that are done.
 */
int fk_verify_by_all(const struct fk_image *image);

#endif /* FK_VERIFY_H */
