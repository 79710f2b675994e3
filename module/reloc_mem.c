// SPDX-License-Identifier: GPL-2.0
/*
 * The relocation page's memory. Contracts in reloc_mem.h.
 */
#include <linux/mm.h>
#include <linux/string.h>

#include "cache.h"
#include "reloc_mem.h"

int fk_reloc_make(struct fk_reloc *reloc, struct fk_chunks *chunks)
{
	struct fk_chunk *chunk = fk_chunks_alloc(chunks, 1, false);
	void *page;

	if (!chunk)
		return -ENOMEM;
	chunk->use = FK_USE_RELOC;
	page = page_address(chunk->page);
	memset(page, 0, 2 * PAGE_SIZE);
	memcpy(page, fk_reloc_start, FK_RELOC_SIZE);

	reloc->page_pa = page_to_phys(chunk->page);
	reloc->desc_pa = reloc->page_pa + PAGE_SIZE;
	reloc->desc = page + PAGE_SIZE;
	reloc->page_size = PAGE_SIZE;
	reloc->highest_pa = chunks->highest_pa;
	return 0;
}

void fk_reloc_sync(const struct fk_reloc *reloc, const struct fk_reloc_regs *regs)
{
	fk_cache_sync_code(phys_to_virt(reloc->page_pa), 2 * PAGE_SIZE, regs->dcache_line);
}
