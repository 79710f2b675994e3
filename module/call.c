// SPDX-License-Identifier: GPL-2.0
/*
 * What the calls share. Contracts in call.h.
 */
#include <linux/kernel.h>
#include <linux/uaccess.h>

#include "call.h"
#include "roll_call.h"

int fk_call_check_array(const struct fk_call_array *array, struct fk_report *report)
{
	if (array->user_size < array->least)
		return fk_report_fail(report, -EINVAL, "size %u of one of the %s is less than %u",
				      array->user_size, array->what, array->least);
	if (array->user_size > PAGE_SIZE)
		return fk_report_fail(report, -E2BIG, "size %u of one of the %s is absurd",
				      array->user_size, array->what);
	return 0;
}

static void __user *element(const struct fk_call_array *array, u32 i)
{
	return u64_to_user_ptr(array->user) + (size_t)i * array->user_size;
}

int fk_call_copy_array_in(void *to, const struct fk_call_array *array, struct fk_report *report)
{
	int err = fk_call_check_array(array, report);
	u32 i;

	if (err)
		return err;
	for (i = 0; i < array->nr && !err; i++)
		err = copy_struct_from_user(to + i * array->size, array->size, element(array, i),
					    array->user_size);
	if (err == -E2BIG)
		return fk_report_fail(report, err,
				      "the %s ask for something this module does not know",
				      array->what);
	if (err)
		return fk_report_fail(report, err, "the %s cannot be read", array->what);
	return 0;
}

int fk_call_copy_array_out(const struct fk_call_array *array, const void *from,
			   struct fk_report *report)
{
	u32 i;

	for (i = 0; i < array->nr; i++)
		if (copy_to_user(element(array, i), from + i * array->size,
				 min(array->size, array->user_size)))
			return fk_report_fail(report, -EFAULT, "the %s cannot be written",
					      array->what);
	return 0;
}

int fk_call_check_placement(u32 placement, struct fk_report *report)
{
	if (placement > FASTKEXEC_PLACE_COPY)
		return fk_report_fail(report, -EINVAL, "placement %u is not defined", placement);
	return 0;
}

int fk_call_choose_placement(u32 *placement, struct fk_report *report)
{
	unsigned int cpu;

	if (*placement == FASTKEXEC_PLACE_COPY || fk_roll_call(&cpu))
		return 0;
	if (*placement == FASTKEXEC_PLACE_IN_PLACE)
		return fk_report_fail(report, -ENOSPC,
				      "CPU %u runs no tasks: no memory can be claimed in place",
				      cpu);
	*placement = FASTKEXEC_PLACE_COPY;
	return 0;
}

int fk_call_check_count(u32 count, const char *what, struct fk_report *report)
{
	if (!count)
		return fk_report_fail(report, -EINVAL, "no %s", what);
	if (count > FASTKEXEC_MAX_SEGMENTS)
		return fk_report_fail(report, -E2BIG, "%u %s are too many: at most %u", count, what,
				      FASTKEXEC_MAX_SEGMENTS);
	return 0;
}

void fk_call_free_claims(struct fk_session *session)
{
	fk_map_forget(&session->map);
	while (session->nr_claims)
		fk_claim_free(&session->claim[--session->nr_claims]);
	while (session->nr_backings)
		fk_backing_free(&session->backing[--session->nr_backings]);
}
