// SPDX-License-Identifier: GPL-2.0
/*
 * Faults on purpose, one of each kind that a debug kernel must report: an access beyond
 * an object, locks in two orders, sleep in atomic context, a shift too far, RCU without a
 * read lock. And a free page, which the linear map must not have. For tests.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include <asm/sysreg.h>

static void access_beyond(void)
{
	char *object = kmalloc(40, GFP_KERNEL);

	if (!object)
		return;
	OPTIMIZER_HIDE_VAR(object);
	WRITE_ONCE(object[43], 1);
	kfree(object);
}

static DEFINE_MUTEX(first);
static DEFINE_MUTEX(second);

static void lock_in_two_orders(void)
{
	mutex_lock(&first);
	mutex_lock(&second);
	mutex_unlock(&second);
	mutex_unlock(&first);
	mutex_lock(&second);
	mutex_lock(&first);
	mutex_unlock(&first);
	mutex_unlock(&second);
}

static DEFINE_SPINLOCK(spin);

static void sleep_in_atomic(void)
{
	spin_lock(&spin);
	might_sleep();
	spin_unlock(&spin);
}

static unsigned int bits = 32;
module_param(bits, uint, 0400);
MODULE_PARM_DESC(bits, "by how many an int is shifted");

static int shift_too_far(void)
{
	return 1 << bits;
}

static int __rcu *pointer;

static void read_without_lock(void)
{
	(void)rcu_dereference(pointer);
}

static void translate_free_page(void)
{
	unsigned long page = __get_free_page(GFP_KERNEL);

	if (!page)
		return;
	free_page(page);
	asm volatile("at s1e1r, %0\n\tisb" : : "r" (page) : "memory");
	pr_info("a free page is %s the linear map\n",
		read_sysreg_par() & SYS_PAR_EL1_F ? "missing from" : "in");
}

static int __init faulty_init(void)
{
	translate_free_page();
	sleep_in_atomic();
	pr_info("shifted: %d\n", shift_too_far());
	read_without_lock();
	lock_in_two_orders();
	access_beyond();
	return 0;
}

module_init(faulty_init);

MODULE_DESCRIPTION("Faults that a debug kernel finds");
MODULE_AUTHOR("The fastkexec authors");
MODULE_LICENSE("GPL");
