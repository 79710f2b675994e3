// SPDX-License-Identifier: GPL-2.0
#include "shapes.h"

#define SHAPE(what, granule, va, pa, ...) \
	{ what, { .granule_shift = (granule), .va_bits = (va), .pa_bits = (pa), \
		  .attr_normal = 4, __VA_ARGS__ } }
#define TOP	.top_range = true
#define LPA2	.lpa2 = true
#define LVA	.lva = true
#define PIE	.pie = true, .pir = PIR_LINUX
#define PIE_ODD	.pie = true, .pir = PIR_ODD

const struct shape shapes[] = {
	SHAPE("4K, VA 25, PA 32, lower", 12, 25, 32, .top_range = false),
	SHAPE("4K, VA 30, PA 40, lower", 12, 30, 40, .top_range = false),
	SHAPE("4K, VA 31, PA 36, upper", 12, 31, 36, TOP),
	SHAPE("4K, VA 36, PA 48, lower", 12, 36, 48, .top_range = false),
	SHAPE("4K, VA 39, PA 40, upper", 12, 39, 40, TOP),
	SHAPE("4K, VA 42, PA 42, lower", 12, 42, 42, .top_range = false),
	SHAPE("4K, VA 48, PA 48, lower", 12, 48, 48, .top_range = false),
	SHAPE("4K, VA 48, PA 44, upper, S1PIE", 12, 48, 44, TOP, PIE),
	SHAPE("4K LPA2, VA 48, PA 48, upper", 12, 48, 48, LPA2, TOP),
	SHAPE("4K LPA2, VA 49, PA 52, lower", 12, 49, 52, LPA2),
	SHAPE("4K LPA2, VA 52, PA 52, lower", 12, 52, 52, LPA2),
	SHAPE("4K LPA2, VA 52, PA 52, upper, S1PIE", 12, 52, 52, LPA2, TOP, PIE),
	SHAPE("4K LPA2, VA 52, PA 48, lower", 12, 52, 48, LPA2),
	SHAPE("16K, VA 25, PA 32, lower", 14, 25, 32, .top_range = false),
	SHAPE("16K, VA 28, PA 40, upper", 14, 28, 40, TOP),
	SHAPE("16K, VA 36, PA 42, lower", 14, 36, 42, .top_range = false),
	SHAPE("16K, VA 40, PA 44, upper", 14, 40, 44, TOP),
	SHAPE("16K, VA 47, PA 48, upper", 14, 47, 48, TOP),
	SHAPE("16K, VA 48, PA 48, lower, S1PIE", 14, 48, 48, PIE),
	SHAPE("16K LPA2, VA 47, PA 52, lower", 14, 47, 52, LPA2),
	SHAPE("16K LPA2, VA 52, PA 52, lower", 14, 52, 52, LPA2),
	SHAPE("16K LPA2, VA 52, PA 52, upper, odd PIR", 14, 52, 52, LPA2, TOP, PIE_ODD),
	SHAPE("16K LPA2, VA 48, PA 48, upper", 14, 48, 48, LPA2, TOP),
	SHAPE("64K, VA 25, PA 32, lower", 16, 25, 32, .top_range = false),
	SHAPE("64K, VA 36, PA 44, upper", 16, 36, 44, TOP),
	SHAPE("64K, VA 42, PA 48, upper", 16, 42, 48, TOP),
	SHAPE("64K, VA 48, PA 48, lower", 16, 48, 48, .top_range = false),
	SHAPE("64K LPA, VA 48, PA 52, upper", 16, 48, 52, TOP),
	SHAPE("64K LVA, VA 52, PA 48, lower", 16, 52, 48, LVA),
	SHAPE("64K LVA LPA, VA 52, PA 52, lower", 16, 52, 52, LVA),
	SHAPE("64K LVA LPA, VA 52, PA 52, upper, odd PIR", 16, 52, 52, LVA, TOP, PIE_ODD),
};

const unsigned int nr_shapes = sizeof(shapes) / sizeof(shapes[0]);
