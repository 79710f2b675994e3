// SPDX-License-Identifier: GPL-2.0
#include "fuzz.h"

u8 take_u8(struct input *input)
{
	return input->at < input->end ? *input->at++ : 0;
}

u64 take_u64(struct input *input)
{
	u64 value = 0;
	unsigned int i;

	for (i = 0; i < 8; i++)
		value = value << 8 | take_u8(input);
	return value;
}

bool has_more(const struct input *input)
{
	return input->at < input->end;
}

struct fk_pt_geometry take_geometry(struct input *input)
{
	struct fk_pt_geometry geo = shapes[take_u8(input) % nr_shapes].geo;

	if (take_u8(input) % 4 == 0) {
		geo.pie = true;
		geo.pir = take_u64(input);
		if (fk_pgtable_check_geometry(&geo))
			geo.pir = PIR_LINUX;
	}
	return geo;
}

u64 range_start(const struct fk_pt_geometry *geo)
{
	return geo->top_range ? -(1ULL << geo->va_bits) : 0;
}

u64 range_bytes(const struct fk_pt_geometry *geo)
{
	return 1ULL << geo->va_bits;
}

u64 take_va(struct input *input, const struct fk_pt_geometry *geo)
{
	int first = ref_first_level(geo);
	int level = first + take_u8(input) % (4 - first);
	u64 leaf = 1ULL << ref_lsb(geo, level);
	u8 where = take_u8(input);
	u64 offset = (where & 3) * leaf + ((where >> 2 & 15) << geo->granule_shift);

	if (where & 0x80)
		offset -= 4 * leaf;
	if (where & 0x40)
		offset -= 2ULL << geo->granule_shift;
	return range_start(geo) + (offset & (range_bytes(geo) - 1));
}

struct ref_walk agree(struct arena *arena, const struct fk_pgtable *pt, u64 va)
{
	struct ref_walk ref = ref_walk(arena, &pt->geo, pt->root_pa, va);
	struct fk_pt_walk walk;
	int err = fk_pgtable_walk(pt, va, &walk);

	CHECK(err == (ref.outside ? -EINVAL : ref.no_table ? -EFAULT : 0));
	if (err) {
		CHECK(!walk.valid);
		return ref;
	}
	CHECK(walk.valid == ref.valid);
	CHECK(walk.level == ref.level);
	CHECK(walk.pa == ref.pa);
	CHECK(walk.size == ref.size);
	CHECK(walk.contiguous == ref.hint);
	CHECK(walk.writable == ref.w);
	CHECK(walk.executable == ref.x);
	CHECK(walk.desc == ref.desc);
	return ref;
}
