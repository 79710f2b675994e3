// SPDX-License-Identifier: GPL-2.0
#include "initrd.h"

#include <stdio.h>
#include <string.h>

/*
 * The entry that ends an archive in the "newc" format, alone
 * (Documentation/driver-api/early-userspace/buffer-format.rst in the kernel): the
 * magic number, thirteen numbers of eight digits, the name, and zeroes up to a multiple
 * of four bytes. All numbers are 0 but the fifth, nlink, and the twelfth, namesize.
 */
int initrd_make_empty(struct blob *initrd)
{
	static const char name[] = "TRAILER!!!";
	char entry[124] = "";

	snprintf(entry, sizeof(entry), "070701%032X%08X%048X%08zX%08X%s", 0, 1, 0,
		 sizeof(name), 0, name);
	if (blob_alloc(initrd, sizeof(entry), "the initrd"))
		return -1;
	memcpy(initrd->data, entry, sizeof(entry));
	return 0;
}
