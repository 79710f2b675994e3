// SPDX-License-Identifier: GPL-2.0
#include "random.h"

static u64 state;
static u64 current_seed;

/* One step of a Weyl sequence, then mixed (the parameters of splitmix64). */
static u64 mix(u64 value)
{
	value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9ULL;
	value = (value ^ value >> 27) * 0x94d049bb133111ebULL;
	return value ^ value >> 31;
}

void random_seed(u64 seed)
{
	current_seed = seed;
	state = mix(seed + 1);
}

u64 random_current_seed(void)
{
	return current_seed;
}

u64 random_u64(void)
{
	state += 0x9e3779b97f4a7c15ULL;
	return mix(state);
}
