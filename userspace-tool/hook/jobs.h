/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What systemd is about to do.
 */
#ifndef FASTKEXEC_JOBS_H
#define FASTKEXEC_JOBS_H

#include <stdbool.h>

/**
 * jobs_has_start() - is a unit about to start?
 * @list: what systemctl list-jobs prints, a line for each job
 * @unit: name of the unit
 *
 * Return: whether a job starts it
 */
bool jobs_has_start(const char *list, const char *unit);

/**
 * jobs_reboot() - is a reboot under way?
 *
 * systemd itself is asked, so it does not matter who began it.
 *
 * Return: 1: yes, 0: no, -1: systemd does not answer
 */
int jobs_reboot(void);

#endif /* FASTKEXEC_JOBS_H */
