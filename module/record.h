/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Writing down for the next kernel when this one was left.
 *
 * The record is part of a segment, in practice a property of the next kernel's device
 * tree: so it needs no memory of its own, is reserved by whoever keeps the tree, and can
 * be read without a module. The load writes its constant part before the checksums are
 * taken. The stamps are written last of all, when the image has been compared with them.
 */
#ifndef FK_RECORD_H
#define FK_RECORD_H

#include <linux/fastkexec.h>
#include <linux/types.h>

struct fk_image;

/**
 * struct fk_record - where the record of an image lies; all zero: it has none
 * @at: in the segment, or in the chunk that will be copied there
 * @sum: of what the load has written
 * @line: bytes of the smallest data cache line
 */
struct fk_record {
	u64 *at;
	u64 sum;
	u64 line;
};

/**
 * fk_record_prepare() - write what the load knows
 * @image: with its contents; @image->record is filled in if its plan has a record
 * @verify: enum fastkexec_verify
 * @line: bytes of the smallest data cache line
 */
void fk_record_prepare(struct fk_image *image, u32 verify, u64 line);

/**
 * fk_record_stamp() - a moment has come
 * @moment: which one; the last stamp of a moment counts
 *
 * Reads the counter and stores it. Anywhere, at any level of interrupts.
 */
void fk_record_stamp(enum fastkexec_moment moment);

/**
 * fk_record_hand_over() - write the stamps where the next kernel finds them
 * @record: of the image that the jump goes to
 *
 * The last stores of this kernel. Afterwards the image no longer has its checksum.
 */
void fk_record_hand_over(const struct fk_record *record);

#endif /* FK_RECORD_H */
