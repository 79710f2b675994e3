/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The ways that a trial goes.
 */
#ifndef FASTKEXEC_BENCH_TRIAL_WAY_H
#define FASTKEXEC_BENCH_TRIAL_WAY_H

#include <stdbool.h>

#include "bench/trial.h"

/**
 * trial_way_prepare() - load what the reboot is to start
 * @trial: the files
 * @way: by whom; for the firmware nothing is left loaded
 *
 * Return: 0, or -1 after having said what was wrong
 */
int trial_way_prepare(const struct trial *trial, enum trial_way way);

/**
 * trial_way_reboot() - ask systemd for the reboot
 * @way: as prepared
 *
 * Return: 0 if a reboot has begun, or -1 after having said what was wrong
 */
int trial_way_reboot(enum trial_way way);

/**
 * trial_way_came() - was this kernel started in this way?
 * @way: which
 *
 * Kernels that a trial starts find the way on their command line. One that came through
 * the firmware finds none.
 *
 * Return: whether it was
 */
bool trial_way_came(enum trial_way way);

#endif /* FASTKEXEC_BENCH_TRIAL_WAY_H */
