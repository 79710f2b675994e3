// SPDX-License-Identifier: GPL-2.0
/*
 * Marks the shutdown stage of every restart, as our own module does of those that it
 * makes. For benchmarks.
 */
#include <linux/kmsg_dump.h>
#include <linux/module.h>

#include "compat.h"
#include "marks.h"

static FK_KMSG_DUMP(mark)
{
	if (fk_kmsg_dump_reason() == KMSG_DUMP_SHUTDOWN)
		FK_MARK_PLACE(SHUTDOWN);
}

static struct kmsg_dumper mark_dumper = {
	.dump = mark,
	.max_reason = KMSG_DUMP_SHUTDOWN,
};

static int __init mark_init(void)
{
	return kmsg_dump_register(&mark_dumper);
}

static void __exit mark_exit(void)
{
	kmsg_dump_unregister(&mark_dumper);
}

module_init(mark_init);
module_exit(mark_exit);

MODULE_DESCRIPTION("Mark the shutdown stage");
MODULE_AUTHOR("The fastkexec authors");
MODULE_LICENSE("GPL");
