/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory of a relocation page and its descriptor.
 */
#ifndef FK_RELOC_MEM_H
#define FK_RELOC_MEM_H

#include "chunk.h"
#include "core/reloc.h"

/**
 * fk_reloc_make() - allocate reloc pages, with the shipped relocation page
 * @reloc: filled in
 * @chunks: where they come from, and whose they are
 *
 * The two lie side by side: one table maps both.
 *
 * Return: 0 or -ENOMEM.
 */
int fk_reloc_make(struct fk_reloc *reloc, struct fk_chunks *chunks);

/**
 * fk_reloc_sync() - let the CPU execute what fk_reloc_make() stored
 * @reloc: complete
 * @regs: the machine
 */
void fk_reloc_sync(const struct fk_reloc *reloc, const struct fk_reloc_regs *regs);

#endif /* FK_RELOC_MEM_H */
