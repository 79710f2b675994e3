/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the units of systemd call. Whatever happens here, the reboot goes on: every way
 * ends with one line, and none with a failure.
 */
#ifndef FASTKEXEC_HOOK_H
#define FASTKEXEC_HOOK_H

/**
 * hook_start() - the system is up
 *
 * Loads the module, and says whether the next reboot can be fast.
 */
void hook_start(void);

/**
 * hook_stop() - the system may be going down
 *
 * Loads the next kernel if a reboot is under way and nothing is against it.
 */
void hook_stop(void);

/**
 * hook_bounded() - do one of these, for a limited time
 * @work: hook_start() or hook_stop(); a child does it, so that one that hangs in the
 *	kernel is left behind
 * @patience_ms: milliseconds that it has; then it is killed
 */
void hook_bounded(void (*work)(void), unsigned int patience_ms);

/**
 * hook_shutdown() - all file systems but the root are gone
 * @kind: of the shutdown: reboot, poweroff, halt, kexec
 *
 * Unloads the kernel if something was asked of the firmware meanwhile.
 */
void hook_shutdown(const char *kind);

/** hook_good() - this boot has come up */
void hook_good(void);

/**
 * hook_say() - the one line
 * @format: of a sentence without its full stop, as of printf(3)
 */
void hook_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/**
 * hook_loaded() - is a kernel loaded?
 *
 * Its parameter is read first: that needs no call that could fail.
 *
 * Return: 1: yes, 0: no, -1: there is no module, or it does not answer
 */
int hook_loaded(void);

/**
 * hook_unload() - forget what is loaded
 *
 * Return: 0, or -1 after having said what was wrong
 */
int hook_unload(void);

/**
 * hook_stamp() - note the time for 'fastkexec report'
 * @moment: as 'fastkexec stamp' takes it
 */
void hook_stamp(const char *moment);

/**
 * hook_watchdog() - see to a watchdog that would reset the next kernel
 *
 * systemd starts a watchdog when it goes down for a reboot, unless it is told not to.
 */
void hook_watchdog(void);

#endif /* FASTKEXEC_HOOK_H */
