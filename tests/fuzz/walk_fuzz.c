// SPDX-License-Identifier: GPL-2.0
/* Tables of arbitrary descriptors: both walkers see the same. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, data + size };
	struct fk_pt_geometry geo = take_geometry(&input);
	static struct arena arena;
	struct fk_pgtable pt;
	u64 *table, pa, desc;
	u64 va;
	u8 way;
	int level;

	arena_init(&arena, &geo);
	CHECK(!fk_pgtable_init(&pt, &geo, &arena_ops, &arena));
	while (has_more(&input)) {
		va = take_va(&input, &geo);
		table = arena_table(&arena, pt.root_pa);
		for (level = ref_first_level(&geo); level <= 3; level++) {
			way = take_u8(&input);
			if (level < 3 && (way & 3)) {
				/* A new table; an older one below this entry is lost to view. */
				u64 *entry = &table[ref_index(&geo, level, va)];

				table = arena_alloc(&arena, &pa);
				*entry = ref_address(&geo, pa) | 3 | (u64)(way >> 3) << 59;
				continue;
			}
			desc = take_u64(&input);
			if (way & 4)
				desc = (desc & ~3ULL) | (level == 3 ? 3 : 1) | 1 << 10;
			table[ref_index(&geo, level, va)] = desc;
			break;
		}
		agree(&arena, &pt, va);
		agree(&arena, &pt, va + 1);
		agree(&arena, &pt, va - 1);
		agree(&arena, &pt, va ^ 1ULL << geo.granule_shift);
		agree(&arena, &pt, va ^ (u64)way << 25);
		agree(&arena, &pt, take_u64(&input));
	}
	arena_reset(&arena);
	return 0;
}
