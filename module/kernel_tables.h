/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The table library in the kernel: where new tables come from, and how the running
 * ones are reached.
 */
#ifndef FK_KERNEL_TABLES_H
#define FK_KERNEL_TABLES_H

#include "core/range.h"
#include "core/tables.h"

/**
 * fk_kernel_table_ops - tables from a struct fk_chunks, the context
 *
 * Freeing does nothing: tables go when the chunks do.
 */
extern const struct fk_pt_ops fk_kernel_table_ops;

/**
 * fk_kernel_linear() - describe the running kernel's linear map
 * @linear: filled in; reads TTBR1 of the calling CPU
 * @geo: the running regime
 * @ram: System RAM, not empty; must outlive @linear
 */
void fk_kernel_linear(struct fk_linear *linear, const struct fk_pt_geometry *geo,
		      const struct fk_ranges *ram);

#endif /* FK_KERNEL_TABLES_H */
