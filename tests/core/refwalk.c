// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "refwalk.h"

#define BIT(n)	(1ULL << (n))

int ref_lsb(const struct fk_pt_geometry *geo, int level)
{
	static const int lsb_4k[] = { 48, 39, 30, 21, 12 };
	static const int lsb_16k[] = { 58, 47, 36, 25, 14 };
	static const int lsb_64k[] = { 68, 55, 42, 29, 16 };

	if (geo->granule_shift == 12)
		return lsb_4k[level + 1];
	if (geo->granule_shift == 14)
		return lsb_16k[level + 1];
	return lsb_64k[level + 1];
}

int ref_first_level(const struct fk_pt_geometry *geo)
{
	int level;

	for (level = -1; level < 3; level++) {
		if (geo->va_bits > ref_lsb(geo, level))
			break;
	}
	return level;
}

bool ref_has_leaves(const struct fk_pt_geometry *geo, int level)
{
	bool big = geo->granule_shift == 16 ? geo->pa_bits == 52 : geo->lpa2;

	if (level == 3 || level == 2)
		return true;
	if (level == 1)
		return geo->granule_shift == 12 || big;
	return level == 0 && geo->granule_shift == 12 && big;
}

unsigned int ref_group(const struct fk_pt_geometry *geo, int level)
{
	static const unsigned int entries_4k[] = { 1, 1, 16, 16, 16 };
	static const unsigned int entries_16k[] = { 1, 1, 1, 32, 128 };
	static const unsigned int entries_64k[] = { 1, 1, 1, 32, 32 };

	if (geo->granule_shift == 12)
		return entries_4k[level + 1];
	if (geo->granule_shift == 14)
		return entries_16k[level + 1];
	return entries_64k[level + 1];
}

/* Where bit @b of an output address stands in a descriptor. */
static int address_bit(const struct fk_pt_geometry *geo, int b)
{
	if (geo->lpa2 && b >= 50)
		return b - 50 + 8;
	if (geo->granule_shift == 16 && b >= 48)
		return b - 48 + 12;
	return b;
}

static int address_bits(const struct fk_pt_geometry *geo)
{
	return geo->lpa2 || (geo->granule_shift == 16 && geo->pa_bits == 52) ? 52 : 48;
}

u64 ref_address(const struct fk_pt_geometry *geo, u64 pa)
{
	u64 desc = 0;
	int b;

	for (b = geo->granule_shift; b < address_bits(geo); b++) {
		if (pa & BIT(b))
			desc |= BIT(address_bit(geo, b));
	}
	return desc;
}

static u64 output(const struct fk_pt_geometry *geo, u64 desc, int lsb)
{
	u64 pa = 0;
	int b;

	for (b = lsb; b < address_bits(geo); b++) {
		if (desc & BIT(address_bit(geo, b)))
			pa |= BIT(b);
	}
	return pa;
}

unsigned int ref_index(const struct fk_pt_geometry *geo, int level, u64 va)
{
	int msb = (level == ref_first_level(geo) ? geo->va_bits : ref_lsb(geo, level - 1)) - 1;
	unsigned int index = 0;
	int b;

	for (b = msb; b >= ref_lsb(geo, level); b--)
		index = index << 1 | (va >> b & 1);
	return index;
}

static bool in_range(const struct fk_pt_geometry *geo, u64 va)
{
	int b;

	for (b = geo->va_bits; b < 64; b++) {
		if ((va >> b & 1) != geo->top_range)
			return false;
	}
	return true;
}

static void permissions(const struct fk_pt_geometry *geo, u64 desc, u64 tables,
			struct ref_walk *out)
{
	/* PIR_ELx, 0b0000 to 0b1111; 6: W beats X; 9: stores of the GCS kind only. */
	static const char *const pir[16] = {
		"", "r", "x", "rx", "", "rw", "rw", "rwx",
		"r", "r", "rx", "", "rw", "", "rwx", "",
	};
	bool el0 = (desc & BIT(6)) && !(tables & BIT(61));
	bool read_only = (desc & BIT(7)) || (tables & BIT(62));
	bool pxn = (desc & BIT(53)) || (tables & BIT(59));

	if (geo->pie) {
		int i = (desc & BIT(54) ? 8 : 0) + (desc & BIT(53) ? 4 : 0) +
			(desc & BIT(51) ? 2 : 0) + (desc & BIT(6) ? 1 : 0);
		const char *rights = pir[geo->pir >> (4 * i) & 15];

		out->r = strchr(rights, 'r');
		out->w = strchr(rights, 'w') && !(desc & BIT(7));
		out->x = strchr(rights, 'x');
		return;
	}
	out->r = true;
	out->w = !read_only;
	out->x = !pxn && !(el0 && !read_only);
}

static bool is_torn(const struct fk_pt_geometry *geo, int level, const u64 *table,
		    unsigned int index)
{
	unsigned int count = ref_group(geo, level);
	int lsb = ref_lsb(geo, level);
	unsigned int first = index / count * count;
	u64 all_but_address = ~(ref_address(geo, ~0ULL) | BIT(55));
	u64 pa = output(geo, table[first], lsb);
	unsigned int i;

	if (count == 1 || (u64)count << lsb > 1ULL << geo->va_bits)
		return true;
	if (pa % ((u64)count << lsb))
		return true;
	for (i = 0; i < count; i++) {
		if ((table[first + i] ^ table[first]) & all_but_address)
			return true;
		if (output(geo, table[first + i], lsb) != pa + ((u64)i << lsb))
			return true;
	}
	return false;
}

struct ref_walk ref_walk(struct arena *arena, const struct fk_pt_geometry *geo, u64 root_pa,
			 u64 va)
{
	struct ref_walk out = { .level = ref_first_level(geo) };
	u64 table_pa = root_pa;
	u64 tables = 0;
	u64 *table, desc;
	int lsb;

	if (!in_range(geo, va)) {
		out.outside = true;
		return out;
	}

	for (;; out.level++) {
		table = arena_table(arena, table_pa);
		if (!table) {
			out.no_table = true;
			return out;
		}
		desc = table[ref_index(geo, out.level, va)];
		out.last = desc;
		lsb = ref_lsb(geo, out.level);

		if ((desc & 3) == 3 && out.level < 3) {
			table_pa = output(geo, desc, geo->granule_shift);
			if (table_pa >= 1ULL << geo->pa_bits)
				return out;
			tables |= desc;
			continue;
		}
		if ((desc & 3) != (out.level == 3 ? 3 : 1) || !ref_has_leaves(geo, out.level))
			return out;
		if (output(geo, desc, lsb) >= 1ULL << geo->pa_bits || !(desc & BIT(10)))
			return out;
		break;
	}

	out.valid = true;
	out.desc = desc;
	out.size = 1ULL << lsb;
	out.pa = output(geo, desc, lsb) + va % out.size;
	out.hint = desc & BIT(52);
	out.torn = out.hint && is_torn(geo, out.level, table, ref_index(geo, out.level, va));
	out.attrindx = desc >> 2 & 7;
	permissions(geo, desc, tables, &out);
	return out;
}
