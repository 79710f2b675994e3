// SPDX-License-Identifier: GPL-2.0
#include "cpu.h"
#include "geometry.h"
#include "memory.h"
#include "random.h"
#include "console.h"

#define KERNEL_SIZES	3

struct shape {
	char name[12];
	u8 granule_shift;
	bool lpa2;
	bool lva;
	u8 kernel_va_bits[KERNEL_SIZES];	/* CONFIG_ARM64_VA_BITS, repeated to fill */
};

static const struct shape shapes[] = {
	{ "4k",		12, false, false, { 39, 48, 48 } },
	{ "4k-lpa2",	12, true,  false, { 52, 48, 52 } },
	{ "16k",	14, false, false, { 36, 47, 48 } },
	{ "16k-lpa2",	14, true,  false, { 52, 48, 47 } },
	{ "64k",	16, false, false, { 42, 48, 48 } },
	{ "64k-lva",	16, false, true,  { 52, 48, 42 } },
};

static const struct shape *shape;
static u8 pa_bits;

static unsigned int field(u64 reg, unsigned int low)
{
	return reg >> low & 0xf;
}

/* ID_AA64MMFR0_EL1 and ID_AA64MMFR2_EL1 (Arm ARM D19.2). */
static bool cpu_has(const struct shape *s)
{
	u64 mmfr0 = read_sysreg(id_aa64mmfr0_el1);

	switch (s->granule_shift) {
	case 12:
		return field(mmfr0, 28) != 0xf && field(mmfr0, 28) >= s->lpa2;
	case 14:
		return field(mmfr0, 20) >= 1U + s->lpa2;
	default:
		return field(mmfr0, 24) != 0xf &&
		       field(read_sysreg(id_aa64mmfr2_el1), 16) >= s->lva;
	}
}

static u8 cpu_pa_bits(void)
{
	static const u8 bits[] = { 32, 36, 40, 42, 44, 48, 52 };

	return bits[field(read_sysreg(id_aa64mmfr0_el1), 0)];
}

static u64 ips(void)
{
	static const u8 bits[] = { 32, 36, 40, 42, 44, 48, 52 };
	u64 i = 0;

	while (bits[i] != pa_bits)
		i++;
	return i;
}

void geometry_choose(const char *name)
{
	unsigned int i;

	for (i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		if (!is_same(name, shapes[i].name))
			continue;
		shape = &shapes[i];
		if (!cpu_has(shape))
			fail("this CPU has no %s", name);
		pa_bits = cpu_pa_bits();
		if (pa_bits > 48 && !shape->lpa2 && !shape->lva)
			pa_bits = 48;
		return;
	}
	fail("no geometry %s", name);
}

void geometry_make(struct fk_pt_geometry *geo, u8 va_bits, bool top_range)
{
	memset(geo, 0, sizeof(*geo));
	geo->granule_shift = shape->granule_shift;
	geo->va_bits = va_bits;
	geo->pa_bits = pa_bits;
	geo->lpa2 = shape->lpa2;
	geo->lva = shape->lva;
	geo->attr_normal = GEOMETRY_ATTR_NORMAL;
	geo->top_range = top_range;
}

u8 geometry_kernel_va_bits(void)
{
	return shape->kernel_va_bits[random_below(KERNEL_SIZES)];
}

u64 geometry_page_size(void)
{
	return 1ULL << shape->granule_shift;
}

u8 geometry_any_va_bits(void)
{
	u8 max = shape->lpa2 || shape->lva ? 52 : 48;

	return 25 + random_below(max - 25 + 1);
}

/* TG0 and TG1 name the granules differently. */
static u64 tcr_granules(void)
{
	switch (shape->granule_shift) {
	case 12:
		return 0ULL << 14 | 2ULL << 30;
	case 14:
		return 2ULL << 14 | 1ULL << 30;
	default:
		return 1ULL << 14 | 3ULL << 30;
	}
}

u64 geometry_tcr(u8 lower_va_bits, u8 upper_va_bits)
{
	u64 write_back = 1ULL << 8 | 1ULL << 10 | 1ULL << 24 | 1ULL << 26;
	u64 inner_shareable = 3ULL << 12 | 3ULL << 28;

	return (64ULL - lower_va_bits) << TCR_T0SZ_SHIFT |
	       (64ULL - upper_va_bits) << TCR_T1SZ_SHIFT |
	       write_back | inner_shareable | tcr_granules() | ips() << 32 | TCR_AS |
	       (shape->lpa2 ? TCR_DS : 0) |
	       (random_u64() & (TCR_A1 | TCR_TBI0 | TCR_TBI1));
}
