/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The translation regimes that are tried, by name, and their TCR.
 */
#ifndef BARE_GEOMETRY_H
#define BARE_GEOMETRY_H

#include "core/pgtable.h"

/* The one attribute in MAIR_ELx: Normal, Inner and Outer Write-Back. */
#define GEOMETRY_ATTR_NORMAL	3
#define GEOMETRY_MAIR		(0xffULL << 8 * GEOMETRY_ATTR_NORMAL)

/* Fields of TCR_EL1, and of TCR_EL2 with E2H. */
#define TCR_T0SZ_SHIFT		0
#define TCR_T1SZ_SHIFT		16
#define TCR_A1			(1ULL << 22)
#define TCR_EPD1		(1ULL << 23)
#define TCR_AS			(1ULL << 36)
#define TCR_TBI0		(1ULL << 37)
#define TCR_TBI1		(1ULL << 38)
#define TCR_DS			(1ULL << 59)

/**
 * geometry_choose() - by name: 4k, 4k-lpa2, 16k, 16k-lpa2, 64k, 64k-lva
 * @name: of the regime
 *
 * Does not return if there is no such name, or this CPU lacks it.
 */
void geometry_choose(const char *name);

/**
 * geometry_make() - the chosen shape
 * @geo: filled in
 * @va_bits: size of the range
 * @top_range: TTBR1's
 */
void geometry_make(struct fk_pt_geometry *geo, u8 va_bits, bool top_range);

/** geometry_kernel_va_bits() - a VA size that Linux has with this granule */
u8 geometry_kernel_va_bits(void);

/** geometry_page_size() - of the chosen shape: 4, 16 or 64 KB in bytes */
u64 geometry_page_size(void);

/** geometry_any_va_bits() - a size that the architecture has with it */
u8 geometry_any_va_bits(void);

/**
 * geometry_tcr() - TCR for two ranges of the chosen shape
 * @lower_va_bits: of TTBR0's
 * @upper_va_bits: of TTBR1's
 *
 * Return: the value, with those fields random on which nothing may depend.
 */
u64 geometry_tcr(u8 lower_va_bits, u8 upper_va_bits);

#endif /* BARE_GEOMETRY_H */
