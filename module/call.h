/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The calls of the ABI, and what they share.
 */
#ifndef FK_CALL_H
#define FK_CALL_H

#include <linux/fastkexec.h>
#include <linux/mutex.h>

#include "claim.h"
#include "core/plan.h"
#include "report.h"

/**
 * struct fk_session - one open file
 * @lock: guards @report
 * @report: why the last failed call failed
 * @claim: what FASTKEXEC_PLACE claimed; guarded by the slot's lock
 * @nr_claims: how many
 */
struct fk_session {
	struct mutex lock;		/* taken last */
	struct fk_report report;
	struct fk_claim claim[FK_PLAN_MAX];
	unsigned int nr_claims;
};

/**
 * fk_call_free_claims() - give back what a file has claimed
 * @session: the file
 */
void fk_call_free_claims(struct fk_session *session);

/**
 * fk_call_copy_arg_in() - take a structure in
 * @to: filled in
 * @size: bytes there
 * @least: size of the first version of the structure
 * @from: the caller's, which begins with its size
 * @report: takes the reason of a failure
 *
 * Return: 0, -EFAULT, -EINVAL or -E2BIG.
 */
int fk_call_copy_arg_in(void *to, size_t size, size_t least, const void __user *from,
			struct fk_report *report);

/**
 * fk_call_copy_array_in() - take the elements of an array in
 * @to: filled in
 * @size: bytes of an element there
 * @least: size of the first version of an element
 * @nr: elements
 * @from: the caller's
 * @theirs: bytes of an element there
 * @what: what they are called
 * @report: takes the reason of a failure
 *
 * Return: 0, -EFAULT, -EINVAL or -E2BIG.
 */
int fk_call_copy_array_in(void *to, size_t size, size_t least, u32 nr, const void __user *from,
			  u32 theirs, const char *what, struct fk_report *report);

/**
 * fk_call_copy_out() - hand something out
 * @to: the caller's
 * @from: what
 * @size: bytes
 * @report: takes the reason of a failure
 *
 * Return: 0 or -EFAULT.
 */
int fk_call_copy_out(void __user *to, const void *from, size_t size, struct fk_report *report);

/**
 * fk_call_copy_arg_out() - hand a structure out, as much of it as the caller knows
 * @to: the caller's
 * @from: begins with the caller's size
 * @size: bytes of it
 * @report: takes the reason of a failure
 *
 * Return: 0 or -EFAULT.
 */
int fk_call_copy_arg_out(void __user *to, const void *from, size_t size,
			 struct fk_report *report);

/**
 * fk_call_check_placement() - is it an enum fastkexec_placement?
 * @placement: from the caller
 * @report: takes the reason of a failure
 *
 * Return: 0 or -EINVAL.
 */
int fk_call_check_placement(u32 placement, struct fk_report *report);

/**
 * fk_call_check_count() - are there neither none nor too many?
 * @count: from the caller
 * @what: what they are called
 * @report: takes the reason of a failure
 *
 * Return: 0, -EINVAL or -E2BIG.
 */
int fk_call_check_count(u32 count, const char *what, struct fk_report *report);

/*
 * The calls. Each runs with the slot locked, returns the errno of the ABI and leaves
 * the reason of a failure in its report.
 */
int fk_call_info(struct fk_session *session, void __user *arg, struct fk_report *report);
int fk_call_place(struct fk_session *session, void __user *arg, struct fk_report *report);
int fk_call_load(struct fk_session *session, void __user *arg, struct fk_report *report);
int fk_call_unload(struct fk_session *session, void __user *arg, struct fk_report *report);
int fk_call_rehearse(struct fk_session *session, void __user *arg, struct fk_report *report);
int fk_call_status(struct fk_session *session, void __user *arg, struct fk_report *report);

#endif /* FK_CALL_H */
