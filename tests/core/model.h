/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a set of tables should translate, as a list of ranges: the oracle for
 * random and fuzzed sequences of mappings.
 */
#ifndef MODEL_H
#define MODEL_H

#include "../../module/core/pgtable.h"

#define MODEL_RANGES	256

struct model_range {
	u64 va;
	u64 pa;
	u64 size;
	enum fk_pt_prot prot;
};

struct model {
	unsigned int nr;
	struct model_range range[MODEL_RANGES];
};

/* The range that maps @va, or NULL. */
const struct model_range *model_find(const struct model *model, u64 va);

/* Is part of @range mapped otherwise than @range says? */
bool model_conflicts(const struct model *model, const struct model_range *range);

#endif /* MODEL_H */
