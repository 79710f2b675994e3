/* SPDX-License-Identifier: GPL-2.0 */
/*
 * /etc/default/fastkexec: what the administrator wants of the reboot hook.
 */
#ifndef FASTKEXEC_SETTINGS_H
#define FASTKEXEC_SETTINGS_H

#include <limits.h>
#include <stdbool.h>

#define SETTINGS_FILE	"/etc/default/fastkexec"

/**
 * struct settings - what the file says
 * @policy: which kernel is the next one; "default" where the file says nothing
 * @command: program of the policy "command"; "" if there is none
 * @profile: words for the next kernel, as of --profile; "" for none
 * @boot_cpus: with how many CPUs the next kernel starts, as of --boot-cpus; "" for all
 * @boot_memory: with how much memory, as of --boot-memory; "" for all
 * @measured: reboot fast although the jump measures nothing
 */
struct settings {
	char policy[32];
	char command[PATH_MAX];
	char profile[16];
	char boot_cpus[16];
	char boot_memory[16];
	bool measured;
};

/**
 * settings_read() - read the file
 * @settings: takes what it says; what it does not say is as if there were no file
 */
void settings_read(struct settings *settings);

#endif /* FASTKEXEC_SETTINGS_H */
