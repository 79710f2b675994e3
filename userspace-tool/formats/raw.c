// SPDX-License-Identifier: GPL-2.0
/*
 * A file of which nothing is known: where it goes and begins is the user's word.
 */
#include <inttypes.h>

#include "formats/format.h"
#include "out.h"

static int raw_open(struct kernel *kernel)
{
	kernel->fixed = true;
	kernel->load_pa = kernel->request->raw_pa;
	kernel->entry_pa = kernel->load_pa;
	kernel->memsz = kernel->contents.size;
	if (kernel->load_pa + kernel->memsz < kernel->load_pa)
		return out_fail("--raw: %s does not fit at %#" PRIx64, kernel->path,
				kernel->load_pa);
	return 0;
}

const struct format format_raw = {
	.name	= "raw binary",
	.open	= raw_open,
};
