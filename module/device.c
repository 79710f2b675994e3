// SPDX-License-Identifier: GPL-2.0
/*
 * /dev/fastkexec: files, the table of calls, and the way of an argument in and out.
 */
#include <linux/bitops.h>
#include <linux/build_bug.h>
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/stddef.h>
#include <linux/uaccess.h>

#include "call.h"
#include "device.h"
#include "inject.h"
#include "slot.h"
#include "switch.h"

/* The last field of each structure's first version. */
#define FK_FIRST_VERSION(name, type, last) \
	static_assert(offsetofend(struct fastkexec_##type, last) == FASTKEXEC_##name##_SIZE_V0)

FK_FIRST_VERSION(INFO, info, contig);
FK_FIRST_VERSION(PLACE, place, reserved);
FK_FIRST_VERSION(PIECE, piece, map);
FK_FIRST_VERSION(LOAD, load, record);
FK_FIRST_VERSION(SEGMENT, segment, reserved);
FK_FIRST_VERSION(UNLOAD, unload, flags);
FK_FIRST_VERSION(STATUS, status, verify);
FK_FIRST_VERSION(EXPLAIN, explain, index);
FK_FIRST_VERSION(REHEARSE, rehearse, reserved);
FK_FIRST_VERSION(KEEPS, keeps, reserved);
FK_FIRST_VERSION(KEEP, keep, reserved);
FK_FIRST_VERSION(STAMP, stamp, moment);
FK_FIRST_VERSION(DIGEST, digest, sha256);
FK_FIRST_VERSION(MEMORY, memory, added);
FK_FIRST_VERSION(EFI_MAP, efi_map, desc_version);

/* A call that changes something needs CAP_SYS_BOOT, and one runs at a time. */
#define CHANGES		BIT(0)
/* The argument goes back to the caller. */
#define ANSWERS		BIT(1)
/* A failure does not replace the reason of the one before. */
#define EXPLAINS	BIT(2)
/* It makes or prepares a load, which an administrator may have forbidden. */
#define LOADS		BIT(3)

#define CALL(name, type, flags) \
	{ FASTKEXEC_##name, FASTKEXEC_##name##_SIZE_V0, sizeof(struct fastkexec_##type), \
	  flags, fk_call_##type }

/**
 * struct call_type - one call of the ABI
 * @cmd: its number
 * @least: bytes of its argument in the first version
 * @size: bytes of its argument here
 * @flags: CHANGES, ANSWERS, EXPLAINS, LOADS
 * @run: does it
 */
struct call_type {
	unsigned int cmd;
	u32 least;
	u32 size;
	unsigned int flags;
	int (*run)(struct fk_call *call);
};

static const struct call_type call_types[] = {
	CALL(INFO, info, ANSWERS),
	CALL(PLACE, place, CHANGES | LOADS),
	CALL(LOAD, load, CHANGES | LOADS),
	CALL(UNLOAD, unload, CHANGES),
	CALL(STATUS, status, ANSWERS),
	CALL(EXPLAIN, explain, ANSWERS | EXPLAINS),
	CALL(REHEARSE, rehearse, CHANGES | ANSWERS),
	CALL(KEEPS, keeps, ANSWERS),
	CALL(STAMP, stamp, CHANGES),
	/* It changes nothing, but no load may come in between. */
	CALL(DIGEST, digest, CHANGES | ANSWERS),
	CALL(MEMORY, memory, CHANGES | ANSWERS),
	CALL(EFI_MAP, efi_map, ANSWERS),
};

static const struct call_type *find_call(unsigned int cmd)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(call_types); i++)
		if (call_types[i].cmd == cmd)
			return &call_types[i];
	return NULL;
}

static int copy_arg_in(struct fk_call *call, const struct call_type *type, const void __user *from)
{
	struct fk_report *report = &call->report;
	u32 size;
	int err;

	if (get_user(size, (const u32 __user *)from))
		return fk_report_fail(report, -EFAULT, "the argument cannot be read");
	if (size < type->least)
		return fk_report_fail(report, -EINVAL, "size %u of the argument is less than %u",
				      size, type->least);
	if (size > PAGE_SIZE)
		return fk_report_fail(report, -E2BIG, "size %u of the argument is absurd", size);
	err = copy_struct_from_user(&call->arg, type->size, from, size);
	if (err == -E2BIG)
		return fk_report_fail(report, err,
				      "the argument asks for something this module does not know");
	if (err)
		return fk_report_fail(report, err, "the argument cannot be read");
	/* It may have changed between the two reads. */
	call->arg.size = size;
	return 0;
}

static int copy_arg_out(struct fk_call *call, const struct call_type *type, void __user *to)
{
	if (copy_to_user(to, &call->arg, min(type->size, call->arg.size)))
		return fk_report_fail(&call->report, -EFAULT, "the answer cannot be written");
	return 0;
}

/* Told before the argument is looked at. */
static int may_change(struct fk_call *call)
{
	if (!capable(CAP_SYS_BOOT))
		return fk_report_fail(&call->report, -EPERM, "CAP_SYS_BOOT is missing");
	if (fk_slot_reboot_begun())
		return fk_report_fail(&call->report, -EBUSY, "a reboot has begun");
	return 0;
}

/*
 * Another change is refused, not queued: the one that runs may wait for the caller's
 * memory for as long as the caller likes.
 */
static int run_change(struct fk_call *call, const struct call_type *type)
{
	static unsigned long changing;
	int err;

	if (test_and_set_bit_lock(0, &changing))
		return fk_report_fail(&call->report, -EBUSY, "another load or unload is running");
	err = type->run(call);
	clear_bit_unlock(0, &changing);
	return err;
}

static int run_call(struct fk_call *call, const struct call_type *type, void __user *arg)
{
	int err = 0;

	if (type->flags & CHANGES)
		err = may_change(call);
	if (!err && type->flags & LOADS)
		err = fk_switch_allows_load(&call->report);
	if (!err)
		err = copy_arg_in(call, type, arg);
	if (err)
		return err;
	err = type->flags & CHANGES ? run_change(call, type) : type->run(call);
	if (!err && type->flags & ANSWERS)
		err = copy_arg_out(call, type, arg);
	return err;
}

static long device_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct fk_session *session = file->private_data;
	const struct call_type *type = find_call(cmd);
	struct fk_call call = { .session = session };
	int err;

	if (!type)
		return -ENOTTY;
	err = run_call(&call, type, (void __user *)arg);
	if (err && !(type->flags & EXPLAINS)) {
		spin_lock(&session->lock);
		session->report = call.report;
		spin_unlock(&session->lock);
	}
	return err;
}

static int device_open(struct inode *inode, struct file *file)
{
	struct fk_session *session = FK_MAY_FAIL(kzalloc(sizeof(*session), GFP_KERNEL), NULL);

	if (!session)
		return -ENOMEM;
	spin_lock_init(&session->lock);
	fk_map_init(&session->map, file);
	file->private_data = session;
	return nonseekable_open(inode, file);
}

static int device_release(struct inode *inode, struct file *file)
{
	struct fk_session *session = file->private_data;

	fk_call_free_claims(session);
	kfree(session);
	return 0;
}

static int device_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct fk_session *session = file->private_data;

	return fk_map_attach(&session->map, vma);
}

static const struct file_operations device_fops = {
	.owner = THIS_MODULE,
	.open = device_open,
	.release = device_release,
	.unlocked_ioctl = device_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.mmap = device_mmap,
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
