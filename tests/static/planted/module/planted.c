// SPDX-License-Identifier: GPL-2.0
/*
 * One finding each for sparse, W=1 and the compiler's analyser.
 */
#include <linux/module.h>

static int address_space(const int __user *from)
{
	const int *to = from;

	return *to;
}

int no_prototype(int *word, const int __user *from)
{
	if (!word)
		return *word;
	return address_space(from);
}

MODULE_LICENSE("GPL");
