/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Every kind of translation regime that the table library serves, by name.
 */
#ifndef SHAPES_H
#define SHAPES_H

#include "../../module/core/pgtable.h"

/* As Linux sets PIR_EL1 on CPUs with FEAT_S1PIE. */
#define PIR_LINUX	0xcc880e0ac0800000ULL

/*
 * The indices that Linux uses grant other things here: 14 reads and executes, 12
 * reads and writes, 8 reads; every right is to be had all the same.
 */
#define PIR_ODD		0x0a0c000800000000ULL

struct shape {
	const char *name;
	struct fk_pt_geometry geo;
};

extern const struct shape shapes[];
extern const unsigned int nr_shapes;

#endif /* SHAPES_H */
