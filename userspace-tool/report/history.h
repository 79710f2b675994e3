/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reboots of this machine, in a small file.
 */
#ifndef FASTKEXEC_REPORT_HISTORY_H
#define FASTKEXEC_REPORT_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

/* The oldest are forgotten. */
#define HISTORY_MAX	100

/**
 * struct entry - one reboot
 * @boot: this boot's id, as the kernel tells it
 * @up_at: when the kernel's clock began, in seconds since 1970
 * @fast: whether the kernel was started by a jump
 * @ns: how long the machine was down; 0: not known
 * @from: release of the kernel that was left; empty if it is not known
 * @to: release of this kernel
 * @reason: why it was not fast; empty if it is not known
 */
struct entry {
	char boot[40];
	uint64_t up_at;
	bool fast;
	uint64_t ns;
	char from[72];
	char to[72];
	char reason[200];
};

/**
 * struct history - the reboots, the oldest first
 * @nr: how many
 * @entry: them
 */
struct history {
	unsigned int nr;
	struct entry entry[HISTORY_MAX];
};

/**
 * history_read() - read the file
 * @history: takes it; empty if there is none
 */
void history_read(struct history *history);

/**
 * history_save() - add a reboot, or replace what was said of the same boot
 * @entry: it
 *
 * The request that led to it is forgotten: see history_request().
 *
 * Return: 0, or -1 after having said what was wrong
 */
int history_save(const struct entry *entry);

/**
 * history_firmware() - the last reboot through the firmware whose time is known
 * @history: as read
 * @boot: a boot that does not count
 *
 * Return: it, in @history; NULL if there is none
 */
const struct entry *history_firmware(const struct history *history, const char *boot);

/**
 * history_request() - write down that a reboot was asked for now
 *
 * The clock of the wall is the only one that goes on through the firmware. Without a
 * /var/lib that can be written to, nothing is remembered.
 */
void history_request(void);

/**
 * history_requested() - when was the reboot asked for that led to this boot?
 *
 * Return: nanoseconds since 1970; 0 if it is not known
 */
uint64_t history_requested(void);

/**
 * history_boot() - the name of this boot
 * @boot: takes it; empty if it has none
 */
void history_boot(char boot[40]);

#endif /* FASTKEXEC_REPORT_HISTORY_H */
