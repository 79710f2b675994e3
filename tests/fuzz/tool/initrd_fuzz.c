// SPDX-License-Identifier: GPL-2.0
/* Files that may be initrds: what one unpacks to is one, too. */
#include <string.h>

#include "../input.h"
#include "initrd.h"
#include "initrd_check.h"

#define MEMORY	(4 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct initrd_facts facts, again;
	struct blob file;
	int checked;

	if (!size)
		return 0;
	blob_alloc(&file, size, "input");
	memcpy(file.data, data, size);
	if (initrd_strip_uimage(&file, "input")) {
		blob_free(&file);
		return 0;
	}
	checked = initrd_check(&file, "input", MEMORY, &facts);
	CHECK(initrd_unpack(&file, "input", MEMORY, MEMORY, NULL) == checked);
	CHECK(checked || !initrd_check(&file, "input", MEMORY, &again));
	CHECK(checked || again.archives == facts.archives);
	blob_free(&file);
	return 0;
}
