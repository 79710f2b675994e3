// SPDX-License-Identifier: GPL-2.0
#include "model.h"

const struct model_range *model_find(const struct model *model, u64 va)
{
	unsigned int i;

	for (i = 0; i < model->nr; i++) {
		if (va - model->range[i].va < model->range[i].size)
			return &model->range[i];
	}
	return NULL;
}

bool model_conflicts(const struct model *model, const struct model_range *range)
{
	unsigned int i;

	for (i = 0; i < model->nr; i++) {
		const struct model_range *other = &model->range[i];
		bool meet = other->va - range->va < range->size ||
			    range->va - other->va < other->size;

		if (meet && (other->pa - other->va != range->pa - range->va ||
			     other->prot != range->prot))
			return true;
	}
	return false;
}
