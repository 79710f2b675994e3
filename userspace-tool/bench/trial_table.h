/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a trial has found, for people.
 */
#ifndef FASTKEXEC_BENCH_TRIAL_TABLE_H
#define FASTKEXEC_BENCH_TRIAL_TABLE_H

#include "bench/trial.h"

/**
 * struct trial_spread - several times of one kind
 * @nr: how many; 0: the others mean nothing
 * @median: the middle one; of an even number the mean of the two in the middle
 * @least: the shortest
 * @most: the longest
 */
struct trial_spread {
	unsigned int nr;
	uint64_t median;
	uint64_t least;
	uint64_t most;
};

/**
 * trial_spread() - of the samples of one way
 * @trial: the samples
 * @way: which of them
 * @up: @up_ns instead of @down_ns
 *
 * Return: it
 */
struct trial_spread trial_spread(const struct trial *trial, enum trial_way way, bool up);

/**
 * trial_table() - print all of it, at most 80 columns wide
 * @trial: the samples
 */
void trial_table(const struct trial *trial);

#endif /* FASTKEXEC_BENCH_TRIAL_TABLE_H */
