/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Hardware watchdogs across a jump.
 */
#ifndef FASTKEXEC_WATCHDOG_H
#define FASTKEXEC_WATCHDOG_H

#include <stdbool.h>

/**
 * watchdog_goes_on() - will this watchdog, once started, go on after the jump?
 * @name: as in /sys/class/watchdog
 *
 * Return: true unless its driver is known to stop it when the machine reboots
 */
bool watchdog_goes_on(const char *name);

#endif /* FASTKEXEC_WATCHDOG_H */
