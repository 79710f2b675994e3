// SPDX-License-Identifier: GPL-2.0
/*
 * Places in the shutdown order. Contracts in stopper.h.
 */
#include <linux/completion.h>
#include <linux/io.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/slab.h>

#include "inject.h"
#include "slot.h"
#include "stopper.h"

/**
 * struct stopper - one of them
 * @dev: its place
 * @stop: what it does
 * @regs: for @stop, or NULL
 */
struct stopper {
	struct device dev;
	fk_stopper_fn stop;
	void __iomem *regs;
};

/* One thread at a time adds or removes. */
static DEFINE_MUTEX(stopper_mutex);

/* One for the module, one for each stopper that is not released yet. */
static refcount_t users = REFCOUNT_INIT(1);
static DECLARE_COMPLETION(all_released);

static void drop_user(void)
{
	if (refcount_dec_and_test(&users))
		complete(&all_released);
}

static void free_stopper(struct stopper *stopper)
{
	if (stopper->regs)
		iounmap(stopper->regs);
	kfree(stopper);
	drop_user();
}

static void release(struct device *dev)
{
	free_stopper(container_of(dev, struct stopper, dev));
}

static void shut_down(struct device *dev)
{
	struct stopper *stopper = container_of(dev, struct stopper, dev);

	if (fk_slot_armed())
		stopper->stop(dev->parent, stopper->regs);
}

static struct bus_type stopper_bus = {
	.name = "fastkexec",
	.shutdown = shut_down,
};

static int has_parent(struct device *dev, const void *parent)
{
	return dev->parent == parent;
}

/* The stopper of @parent, referenced, or NULL. */
static struct device *find(const struct device *parent)
{
	return bus_find_device(&stopper_bus, NULL, parent, has_parent);
}

/*
 * The new device, which is registered as the newest of all, takes its place behind
 * @parent. What failed half-way is still a device and goes as one.
 */
static int register_behind(struct device *dev, struct device *parent)
{
	int err;

	dev->parent = parent;
	dev->bus = &stopper_bus;
	dev->release = release;
	device_initialize(dev);
	dev_set_uevent_suppress(dev, true);
	err = dev_set_name(dev, "stop-%s", dev_name(parent));
	if (!err)
		err = device_add(dev);
	if (err)
		goto put;
	err = device_move(dev, parent, DPM_ORDER_DEV_AFTER_PARENT);
	if (err)
		goto del;
	return 0;

del:
	device_del(dev);
put:
	put_device(dev);
	return err;
}

static int add_new(struct device *parent, fk_stopper_fn stop, void __iomem *regs)
{
	struct stopper *stopper = FK_MAY_FAIL(kzalloc(sizeof(*stopper), GFP_KERNEL), NULL);

	if (!stopper) {
		if (regs)
			iounmap(regs);
		return -ENOMEM;
	}
	refcount_inc(&users);
	stopper->stop = stop;
	stopper->regs = regs;
	return register_behind(&stopper->dev, parent);
}

int fk_stopper_add(struct device *parent, fk_stopper_fn stop, void __iomem *regs)
{
	int err = 0;

	mutex_lock(&stopper_mutex);
	if (!fk_stopper_has(parent))
		err = add_new(parent, stop, regs);
	else if (regs)
		iounmap(regs);
	mutex_unlock(&stopper_mutex);
	return err;
}

void fk_stopper_remove(const struct device *parent)
{
	struct device *dev;

	mutex_lock(&stopper_mutex);
	dev = find(parent);
	if (dev) {
		device_unregister(dev);
		put_device(dev);
	}
	mutex_unlock(&stopper_mutex);
}

bool fk_stopper_has(const struct device *parent)
{
	struct device *dev = find(parent);

	put_device(dev);
	return dev;
}

int fk_stopper_init(void)
{
	return bus_register(&stopper_bus);
}

static int any(struct device *dev, const void *unused)
{
	return 1;
}

/* A reference that somebody else holds leads to release(), which must still be there. */
void fk_stopper_exit(void)
{
	struct device *dev;

	while ((dev = bus_find_device(&stopper_bus, NULL, NULL, any))) {
		device_unregister(dev);
		put_device(dev);
	}
	drop_user();
	wait_for_completion(&all_released);
	bus_unregister(&stopper_bus);
}
