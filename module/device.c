// SPDX-License-Identifier: GPL-2.0
/*
 * /dev/fastkexec: every call of the ABI. Nothing from a caller is believed before
 * it is checked here or in the plan.
 */
#include <linux/atomic.h>
#include <linux/capability.h>
#include <linux/cpumask.h>
#include <linux/fs.h>
#include <linux/log2.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "compat.h"
#include "device.h"
#include "call.h"
#include "device.h"
#include "slot.h"

void fk_call_free_claims(struct fk_session *session)
{
	while (session->nr_claims)
		fk_claim_free(&session->claim[--session->nr_claims]);
}

/*
 * Take a structure in: any size from @least, that of its first version, on. What is
 * missing is zero.
 */
int fk_call_copy_arg_in(void *to, size_t size, size_t least, const void __user *from,
		   struct fk_report *report)
{
	u32 theirs;
	int err;

	if (get_user(theirs, (const u32 __user *)from))
		return fk_report_fail(report, -EFAULT, "the argument cannot be read");
	if (theirs < least)
		return fk_report_fail(report, -EINVAL, "size %u of the argument is less than %zu",
				      theirs, least);
	if (theirs > PAGE_SIZE)
		return fk_report_fail(report, -E2BIG, "size %u of the argument is absurd", theirs);
	err = copy_struct_from_user(to, size, from, theirs);
	if (err == -E2BIG)
		return fk_report_fail(report, err,
				      "the argument asks for something this module does not know");
	if (err)
		return fk_report_fail(report, err, "the argument cannot be read");
	return 0;
}

/*
 * Take the elements of an array in, each of @theirs bytes with the caller, as fk_call_copy_arg_in()
 * does a structure.
 */
int fk_call_copy_array_in(void *to, size_t size, size_t least, u32 nr, const void __user *from,
		      u32 theirs, const char *what, struct fk_report *report)
{
	u32 i;
	int err;

	if (theirs < least)
		return fk_report_fail(report, -EINVAL, "size %u of one of the %s is less than %zu",
				      theirs, what, least);
	if (theirs > PAGE_SIZE)
		return fk_report_fail(report, -E2BIG, "size %u of one of the %s is absurd", theirs,
				      what);
	for (i = 0; i < nr; i++) {
		err = copy_struct_from_user(to + i * size, size, from + (size_t)i * theirs, theirs);
		if (err == -E2BIG)
			return fk_report_fail(report, err,
					      "the %s ask for something this module does not know",
					      what);
		if (err)
			return fk_report_fail(report, err, "the %s cannot be read", what);
	}
	return 0;
}

int fk_call_copy_out(void __user *to, const void *from, size_t size, struct fk_report *report)
{
	if (copy_to_user(to, from, size))
		return fk_report_fail(report, -EFAULT, "the answer cannot be written");
	return 0;
}

/* Give a structure back, as much of it as the caller knows: see its first member. */
int fk_call_copy_arg_out(void __user *to, const void *from, size_t size, struct fk_report *report)
{
	return fk_call_copy_out(to, from, min_t(size_t, size, *(const u32 *)from), report);
}

int fk_call_check_placement(u32 placement, struct fk_report *report)
{
	if (placement > FASTKEXEC_PLACE_COPY)
		return fk_report_fail(report, -EINVAL, "placement %u is not defined", placement);
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

static int do_explain(struct fk_session *session, void __user *arg)
{
	struct fk_report unused, report;
	struct fastkexec_explain explain;
	int err;

	err = fk_call_copy_arg_in(&explain, sizeof(explain), FASTKEXEC_EXPLAIN_SIZE_V0, arg, &unused);
	if (err)
		return err;

	mutex_lock(&session->lock);
	report = session->report;
	mutex_unlock(&session->lock);

	explain.len = report.line[0] ? min_t(u32, explain.len, strlen(report.line) + 1) : 0;
	if (explain.len) {
		report.line[explain.len - 1] = 0;
		err = fk_call_copy_out(u64_to_user_ptr(explain.buf), report.line, explain.len, &unused);
	}
	return err ?: fk_call_copy_arg_out(arg, &explain, sizeof(explain), &unused);
}

/* A change of the image is under way: another one is refused, not queued. */
static atomic_t changing = ATOMIC_INIT(0);

/**
 * struct call - one call of the ABI
 * @cmd: its number
 * @changes: it needs CAP_SYS_BOOT, and only one runs at a time
 * @run: does it, with the slot locked
 */
struct call {
	unsigned int cmd;
	bool changes;
	int (*run)(struct fk_session *session, void __user *arg, struct fk_report *report);
};

static const struct call calls[] = {
	{ FASTKEXEC_INFO, false, fk_call_info },
	{ FASTKEXEC_PLACE, true, fk_call_place },
	{ FASTKEXEC_LOAD, true, fk_call_load },
	{ FASTKEXEC_UNLOAD, true, fk_call_unload },
	{ FASTKEXEC_STATUS, false, fk_call_status },
	{ FASTKEXEC_REHEARSE, true, fk_call_rehearse },
};

static int run_change(const struct call *call, struct fk_session *session, void __user *arg,
		      struct fk_report *report)
{
	int err;

	if (!capable(CAP_SYS_BOOT))
		return fk_report_fail(report, -EPERM, "CAP_SYS_BOOT is missing");
	if (fk_slot_busy())
		return fk_report_fail(report, -EBUSY, "a reboot has begun");
	if (atomic_cmpxchg(&changing, 0, 1))
		return fk_report_fail(report, -EBUSY, "another load or unload is running");
	fk_slot_lock();
	err = call->run(session, arg, report);
	fk_slot_unlock();
	atomic_set(&changing, 0);
	return err;
}

static int run_query(const struct call *call, struct fk_session *session, void __user *arg,
		     struct fk_report *report)
{
	int err;

	if (fk_slot_lock_killable())
		return fk_report_fail(report, -EINTR, "interrupted");
	err = call->run(session, arg, report);
	fk_slot_unlock();
	return err;
}

static long device_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct fk_session *session = file->private_data;
	struct fk_report report = {};
	size_t i;
	int err;

	if (cmd == FASTKEXEC_EXPLAIN)
		return do_explain(session, (void __user *)arg);

	for (i = 0; i < ARRAY_SIZE(calls) && calls[i].cmd != cmd; i++)
		;
	if (i == ARRAY_SIZE(calls))
		return -ENOTTY;
	err = calls[i].changes ? run_change(&calls[i], session, (void __user *)arg, &report) :
				 run_query(&calls[i], session, (void __user *)arg, &report);
	if (report.line[0]) {
		mutex_lock(&session->lock);
		session->report = report;
		mutex_unlock(&session->lock);
	}
	return err;
}

static int device_open(struct inode *inode, struct file *file)
{
	struct fk_session *session = kzalloc(sizeof(*session), GFP_KERNEL);

	if (!session)
		return -ENOMEM;
	mutex_init(&session->lock);
	file->private_data = session;
	return nonseekable_open(inode, file);
}

static int device_release(struct inode *inode, struct file *file)
{
	struct fk_session *session = file->private_data;

	fk_slot_lock();
	fk_call_free_claims(session);
	fk_slot_unlock();
	kfree(session);
	return 0;
}

static const struct file_operations device_fops = {
	.owner = THIS_MODULE,
	.open = device_open,
	.release = device_release,
	.unlocked_ioctl = device_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "fastkexec",
	.fops = &device_fops,
	.mode = 0600,
};

int fk_device_register(void)
{
	return misc_register(&device);
}

void fk_device_unregister(void)
{
	misc_deregister(&device);
}
