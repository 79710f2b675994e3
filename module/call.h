/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The calls of the ABI, and what they share.
 *
 * Every call runs without a mutex: it may read and write the caller's memory, which may
 * hang (userfaultfd, FUSE). The slot's mutex is taken only to look at the image or to
 * replace it, and never around a copy.
 */
#ifndef FK_CALL_H
#define FK_CALL_H

#include <linux/build_bug.h>
#include <linux/fastkexec.h>
#include <linux/spinlock.h>

#include "backing.h"
#include "claim.h"
#include "core/plan.h"
#include "map.h"
#include "report.h"

static_assert(FK_PLAN_MAX == FASTKEXEC_MAX_SEGMENTS);

/**
 * struct fk_session - one open file
 * @lock: guards @report
 * @report: why the last failed call failed
 * @claim: what FASTKEXEC_PLACE claimed
 * @nr_claims: how many
 * @places: where FASTKEXEC_PLACE said that all pieces go
 * @backing: what holds those that are copied and that a program may write to
 * @nr_backings: how many
 * @map: shows claims and backings to programs
 * @patience: until when FASTKEXEC_PLACE looks for memory that can be claimed
 *
 * No lock guards claims and backings. Only calls that change something touch them, and one such
 * call runs at a time, of all files; and the release of the file, which comes after its
 * last call.
 */
struct fk_session {
	spinlock_t lock;		/* taken last */
	struct fk_report report;
	struct fk_claim claim[FK_PLAN_MAX];
	unsigned int nr_claims;
	struct fk_plan places;
	struct fk_backing backing[FK_PLAN_MAX];
	unsigned int nr_backings;
	struct fk_map map;
	unsigned long patience;
};

/**
 * struct fk_call - one call, while it runs
 * @session: the file that it was made on
 * @report: takes the reason of a failure
 * @arg: the argument; what the caller's version lacks is zero. It goes back to the
 *	caller if the call has an answer.
 */
struct fk_call {
	struct fk_session *session;
	struct fk_report report;
	union {
		u32 size;
		struct fastkexec_info info;
		struct fastkexec_place place;
		struct fastkexec_load load;
		struct fastkexec_unload unload;
		struct fastkexec_status status;
		struct fastkexec_explain explain;
		struct fastkexec_rehearse rehearse;
		struct fastkexec_keeps keeps;
		struct fastkexec_stamp stamp;
		struct fastkexec_digest digest;
		struct fastkexec_memory memory;
		struct fastkexec_efi_map efi_map;
	} arg;
};

/**
 * struct fk_call_array - an array in the caller's memory
 * @user: its address
 * @user_size: bytes of one element there
 * @nr: elements
 * @size: bytes of one element here
 * @least: bytes of one element in its first version
 * @what: what the elements are called
 */
struct fk_call_array {
	u64 user;
	u32 user_size;
	u32 nr;
	u32 size;
	u32 least;
	const char *what;
};

/**
 * fk_call_check_array() - can the elements of an array have this size?
 * @array: the array
 * @report: takes the reason of a failure
 *
 * Return: 0, -EINVAL (less than in the first version) or -E2BIG (more than a page).
 */
int fk_call_check_array(const struct fk_call_array *array, struct fk_report *report);

/**
 * fk_call_copy_array_in() - copy an array in
 * @to: takes @array->nr elements of @array->size bytes; what the caller's lack is zero
 * @array: the array
 * @report: takes the reason of a failure
 *
 * Return: 0, -EFAULT, -EINVAL, or -E2BIG (also if there is something that this module
 * does not know and that is not zero).
 */
int fk_call_copy_array_in(void *to, const struct fk_call_array *array, struct fk_report *report);

/**
 * fk_call_copy_array_out() - copy an array out, as much of each element as the caller knows
 * @array: the array; fk_call_check_array() accepts it
 * @from: @array->nr elements of @array->size bytes
 * @report: takes the reason of a failure
 *
 * Return: 0 or -EFAULT.
 */
int fk_call_copy_array_out(const struct fk_call_array *array, const void *from,
			   struct fk_report *report);

/**
 * fk_call_check_placement() - is this an enum fastkexec_placement?
 * @placement: from the caller
 * @report: takes the reason of a failure
 *
 * Return: 0 or -EINVAL.
 */
int fk_call_check_placement(u32 placement, struct fk_report *report);

/**
 * fk_call_choose_placement() - can memory be claimed now?
 * @placement: from the caller; FASTKEXEC_PLACE_AUTO becomes FASTKEXEC_PLACE_COPY if not
 * @report: takes the reason of a failure
 *
 * A claim waits, without a bound, for each CPU to run a task: see fk_roll_call().
 *
 * Return: 0, or -ENOSPC if memory must be claimed and cannot be.
 */
int fk_call_choose_placement(u32 *placement, struct fk_report *report);

/**
 * fk_call_check_count() - is this a number of segments or pieces that can be?
 * @count: from the caller
 * @what: what they are called
 * @report: takes the reason of a failure
 *
 * Return: 0, -EINVAL (zero) or -E2BIG (more than FASTKEXEC_MAX_SEGMENTS).
 */
int fk_call_check_count(u32 count, const char *what, struct fk_report *report);

/**
 * fk_call_free_claims() - give back what a file has claimed, and its backings
 * @session: the file; its mappings are taken away first
 */
void fk_call_free_claims(struct fk_session *session);

/**
 * fk_call_info() - FASTKEXEC_INFO
 * @call: the call
 *
 * Return: 0.
 */
int fk_call_info(struct fk_call *call);

/**
 * fk_call_place() - FASTKEXEC_PLACE
 * @call: the call; changes the claims of its file
 *
 * Return: 0 or an error of the ABI's table; the file has no claim then, unless a field
 * of the argument is wrong.
 */
int fk_call_place(struct fk_call *call);

/**
 * fk_call_load() - FASTKEXEC_LOAD
 * @call: the call; uses up the claims of its file
 *
 * Return: 0 or an error of the ABI's table.
 */
int fk_call_load(struct fk_call *call);

/**
 * fk_call_unload() - FASTKEXEC_UNLOAD
 * @call: the call
 *
 * Return: 0 or an error of the ABI's table.
 */
int fk_call_unload(struct fk_call *call);

/**
 * fk_call_status() - FASTKEXEC_STATUS
 * @call: the call
 *
 * Return: 0 or an error of the ABI's table.
 */
int fk_call_status(struct fk_call *call);

/**
 * fk_call_explain() - FASTKEXEC_EXPLAIN
 * @call: the call
 *
 * Return: 0 or -EFAULT.
 */
int fk_call_explain(struct fk_call *call);

/**
 * fk_call_rehearse() - FASTKEXEC_REHEARSE
 * @call: the call
 *
 * Return: 0 or an error of the ABI's table.
 */
int fk_call_rehearse(struct fk_call *call);

/**
 * fk_call_keeps() - FASTKEXEC_KEEPS
 * @call: the call
 *
 * Return: 0 or an error of the ABI's table.
 */
int fk_call_keeps(struct fk_call *call);

/**
 * fk_call_stamp() - FASTKEXEC_STAMP
 * @call: the call
 *
 * Return: 0 or an error of the ABI's table.
 */
int fk_call_stamp(struct fk_call *call);

/**
 * fk_call_digest() - FASTKEXEC_DIGEST
 * @call: the call
 *
 * Return: 0 or an error of the ABI's table.
 */
int fk_call_digest(struct fk_call *call);

/**
 * fk_call_memory() - FASTKEXEC_MEMORY
 * @call: the call
 *
 * Return: 0 or an error of the ABI's table.
 */
int fk_call_memory(struct fk_call *call);

/**
 * fk_call_efi_map() - FASTKEXEC_EFI_MAP
 * @call: the call
 *
 * Return: 0 or an error of the ABI's table.
 */
int fk_call_efi_map(struct fk_call *call);

#endif /* FK_CALL_H */
