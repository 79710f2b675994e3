// SPDX-License-Identifier: GPL-2.0
/*
 * Random numbers. Contracts in draw.h.
 */
#include "draw.h"

/* SplitMix64 (Steele, Lea, Flood, 2014): any start will do. */
uint64_t draw_any(struct draw *draw)
{
	uint64_t z;

	draw->state += 0x9e3779b97f4a7c15;
	z = draw->state;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

struct draw draw_begin(uint64_t seed, uint64_t who, uint64_t step)
{
	struct draw draw = { .state = seed };

	draw.state = draw_any(&draw) ^ who;
	draw.state = draw_any(&draw) ^ step;
	return draw;
}

uint64_t draw_below(struct draw *draw, uint64_t end)
{
	return draw_any(draw) % end;
}

bool draw_once_in(struct draw *draw, uint64_t times)
{
	return draw_below(draw, times) == 0;
}
