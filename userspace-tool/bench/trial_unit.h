/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The unit of systemd that goes on with a trial after each reboot.
 */
#ifndef FASTKEXEC_BENCH_TRIAL_UNIT_H
#define FASTKEXEC_BENCH_TRIAL_UNIT_H

/**
 * trial_unit_put() - have the trial go on in the next boot
 *
 * Return: 0, or -1 after having said what was wrong
 */
int trial_unit_put(void);

/** trial_unit_remove() - have the next boot be one like others */
void trial_unit_remove(void);

#endif /* FASTKEXEC_BENCH_TRIAL_UNIT_H */
