// SPDX-License-Identifier: GPL-2.0
/*
 * The slot. Contracts in slot.h.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/ktime.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#include "slot.h"

#define NOT_GONE	(~0ULL)

static DEFINE_MUTEX(slot_mutex);

/* Guards all below. */
static DEFINE_SPINLOCK(slot_spinlock);
static struct fk_image *slot_image;
static const struct fk_image *armed_image;
static struct fk_image *dropped_images;	/* to be freed by @free_dropped_work */
static bool reboot_begun;
static bool hibernating;
static u64 memory_stamp;
static u64 load_number;		/* of @slot_image: nanoseconds since the machine's start */
static u64 gone_pa = NOT_GONE;	/* memory of the image that went after a reboot had begun */

int fk_slot_lock(void)
{
	return mutex_lock_killable(&slot_mutex);
}

void fk_slot_unlock(void)
{
	mutex_unlock(&slot_mutex);
}

struct fk_image *fk_slot_image(void)
{
	return READ_ONCE(slot_image);
}

bool fk_slot_loaded(void)
{
	return READ_ONCE(slot_image);
}

bool fk_slot_reboot_begun(void)
{
	return READ_ONCE(reboot_begun);
}

u64 fk_slot_memory_stamp(void)
{
	return READ_ONCE(memory_stamp);
}

/* With both locks held. */
static int replace_image(struct fk_image *image, u64 stamp, struct fk_image **old)
{
	if (reboot_begun || (image && hibernating))
		return -EBUSY;
	if (image && stamp != memory_stamp)
		return -EAGAIN;
	*old = slot_image;
	slot_image = image;
	load_number = ktime_to_ns(ktime_get_boottime());
	return 0;
}

/*
 * /sys/module/fastkexec/parameters/loaded: 0, or a number that is another one for each
 * load. Everybody may know that, without a call that root alone can make.
 */
static int get_loaded(char *buffer, const struct kernel_param *kp)
{
	u64 number;

	spin_lock(&slot_spinlock);
	number = slot_image ? load_number : 0;
	spin_unlock(&slot_spinlock);
	return scnprintf(buffer, PAGE_SIZE, "%llu\n", number);
}

static const struct kernel_param_ops loaded_ops = { .get = get_loaded };

module_param_cb(loaded, &loaded_ops, NULL, 0444);
MODULE_PARM_DESC(loaded, "number of the load whose kernel is loaded, 0 if there is none (read-only)");

int fk_slot_commit(struct fk_image *image, u64 stamp)
{
	struct fk_image *old = NULL;
	int err;

	err = fk_slot_lock();
	if (err)
		return err;
	spin_lock(&slot_spinlock);
	err = replace_image(image, stamp, &old);
	spin_unlock(&slot_spinlock);
	fk_slot_unlock();

	/* Readers look at an image with the mutex held only. */
	fk_image_free(old);
	return err;
}

static void say_gone(u64 start)
{
	pr_emerg("memory at 0x%llx, which the image needs, went offline: restarting through the firmware\n",
		 start);
}

bool fk_slot_begin_reboot(void)
{
	bool loaded;

	spin_lock(&slot_spinlock);
	reboot_begun = true;
	loaded = slot_image;
	spin_unlock(&slot_spinlock);
	return loaded;
}

bool fk_slot_arm(void)
{
	struct fk_range bad;
	u64 gone;

	if (fk_image_poisoned(slot_image, &bad)) {
		pr_emerg("the page at 0x%llx, which the image needs, has memory errors: restarting through the firmware\n",
			 bad.start);
		return false;
	}
	if (!fk_keeps_suffice(&slot_image->keeps, &slot_image->keeps_watch)) {
		pr_emerg("a CPU came online after the load, and the next kernel would use its LPI table's memory: restarting through the firmware\n");
		return false;
	}
	spin_lock(&slot_spinlock);
	gone = gone_pa;
	if (gone == NOT_GONE)
		armed_image = slot_image;
	spin_unlock(&slot_spinlock);
	if (gone != NOT_GONE)
		say_gone(gone);
	return gone == NOT_GONE;
}

const struct fk_image *fk_slot_armed(void)
{
	return READ_ONCE(armed_image);
}

static void free_all(struct fk_image *image)
{
	while (image) {
		struct fk_image *next = image->next;

		fk_image_free(image);
		image = next;
	}
}

static void free_dropped(struct work_struct *work)
{
	struct fk_image *images;

	/* A reader that holds the mutex may still look at one. */
	mutex_lock(&slot_mutex);
	spin_lock(&slot_spinlock);
	images = dropped_images;
	dropped_images = NULL;
	spin_unlock(&slot_spinlock);
	fk_slot_unlock();
	free_all(images);
}

static DECLARE_WORK(free_dropped_work, free_dropped);

/* A copy of the linear map maps all memory; else only what is copied matters. */
static bool depends_on(const struct fk_image *image, u64 start, u64 end)
{
	unsigned int i;

	if (image->design == FK_DESIGN_LINEAR && image->moves.nr)
		return true;
	for (i = 0; i < image->plan.nr; i++) {
		const struct fk_plan_segment *seg = &image->plan.segment[i];

		if (!fk_image_in_place(image, i) && start < seg->dest + seg->size &&
		    seg->dest < end)
			return true;
	}
	return false;
}

/* With the spinlock held. The image cannot be freed here: see free_dropped(). */
static void drop_image(void)
{
	slot_image->next = dropped_images;
	dropped_images = slot_image;
	slot_image = NULL;
	schedule_work(&free_dropped_work);
}

void fk_slot_memory_offline(u64 start, u64 end)
{
	bool dropped = false, disarmed = false;

	spin_lock(&slot_spinlock);
	memory_stamp++;
	if (slot_image && depends_on(slot_image, start, end)) {
		dropped = !reboot_begun;
		disarmed = armed_image;
		armed_image = NULL;
		if (reboot_begun)
			gone_pa = start;
		if (dropped)
			drop_image();
	}
	spin_unlock(&slot_spinlock);
	if (dropped)
		pr_warn("memory at 0x%llx went offline: the image that needs it is dropped, load it again\n",
			start);
	if (disarmed)
		say_gone(start);
}

void fk_slot_hibernate(bool begins)
{
	bool dropped = false;

	spin_lock(&slot_spinlock);
	hibernating = begins;
	if (begins && slot_image && !reboot_begun) {
		drop_image();
		dropped = true;
	}
	spin_unlock(&slot_spinlock);
	if (dropped)
		pr_warn("an image does not survive hibernation: it is dropped, load it again\n");
}

void fk_slot_exit(void)
{
	cancel_work_sync(&free_dropped_work);
	free_all(dropped_images);
	fk_image_free(slot_image);
}
