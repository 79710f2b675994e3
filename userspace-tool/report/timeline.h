/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where the time of a reboot went: its stages, one after the other.
 */
#ifndef FASTKEXEC_REPORT_TIMELINE_H
#define FASTKEXEC_REPORT_TIMELINE_H

#include <stdbool.h>
#include <stdint.h>

#include "report/clocks.h"
#include "report/last_record.h"
#include "report/startup.h"

/**
 * enum point - where a stage ends, and the next one begins, in order
 * @POINT_REQUESTED: somebody asked for the reboot
 * @POINT_LOADED: the next kernel is loaded, if that came later
 * @POINT_SHUTDOWN: services are stopped
 * @POINT_NOTIFIED: reboot(2) is called
 * @POINT_DEVICES_DOWN: devices are down
 * @POINT_VERIFIED: the image is compared with its checksums
 * @POINT_CPUS_OFF: the other CPUs are off
 * @POINT_LEFT: the old kernel is left
 * @POINT_KERNEL: this kernel's clock begins
 * @POINT_INIT: the first program is started
 * @POINT_SYSTEM: the init of the root file system is started
 * @POINT_READY: all services are started
 * @NR_POINTS: how many there are
 */
enum point {
	POINT_REQUESTED,
	POINT_LOADED,
	POINT_SHUTDOWN,
	POINT_NOTIFIED,
	POINT_DEVICES_DOWN,
	POINT_VERIFIED,
	POINT_CPUS_OFF,
	POINT_LEFT,
	POINT_KERNEL,
	POINT_INIT,
	POINT_SYSTEM,
	POINT_READY,
	NR_POINTS,
};

/**
 * enum side - who was at work in a stage
 * @SIDE_OLD: the kernel that was left, and its user space
 * @SIDE_BETWEEN: neither of the two, or both
 * @SIDE_NEW: this kernel, and its user space
 */
enum side {
	SIDE_OLD,
	SIDE_BETWEEN,
	SIDE_NEW,
};

/**
 * struct stage - one stretch of time
 * @name: for people
 * @key: for programs
 * @end: what it ends with
 * @side: who was at work
 * @start_ns: since the beginning of the timeline
 * @ns: how long it took
 */
struct stage {
	const char *name;
	const char *key;
	enum point end;
	enum side side;
	uint64_t start_ns;
	uint64_t ns;
};

/**
 * struct timeline - the stages of one reboot
 * @first: what it begins with
 * @last: what it ends with
 * @ns: how long it took
 * @nr: how many stages there are
 * @stage: them, in order, without a gap
 */
struct timeline {
	enum point first;
	enum point last;
	uint64_t ns;
	unsigned int nr;
	struct stage stage[NR_POINTS];
};

/**
 * timeline_fits() - is a record of the jump that started this kernel?
 * @record: found in this kernel's device tree
 * @now: this moment
 *
 * Another program may have started this kernel with the device tree of the one before.
 *
 * Return: whether it is
 */
bool timeline_fits(const struct record *record, const struct clocks *now);

/**
 * timeline_of_jump() - the stages of a fast reboot
 * @timeline: takes them
 * @record: timeline_fits()
 * @startup: how this kernel came up
 * @now: this moment
 */
void timeline_of_jump(struct timeline *timeline, const struct record *record,
		      const struct startup *startup, const struct clocks *now);

/**
 * timeline_of_boot() - the stages of a reboot through the firmware
 * @timeline: takes them
 * @requested_ns: when somebody asked for it, since 1970; 0: not known
 * @startup: how this kernel came up
 * @now: this moment
 *
 * If @requested_ns makes no sense it is as if it were not known. Then @timeline begins
 * with this kernel.
 */
void timeline_of_boot(struct timeline *timeline, uint64_t requested_ns,
		      const struct startup *startup, const struct clocks *now);

/**
 * timeline_begin() - what a timeline begins with, in words
 * @timeline: the timeline
 *
 * Return: words that go on after "from"
 */
const char *timeline_begin(const struct timeline *timeline);

/**
 * timeline_end() - what it ends with, in words
 * @timeline: the timeline
 *
 * Return: words that go on after "to"
 */
const char *timeline_end(const struct timeline *timeline);

#endif /* FASTKEXEC_REPORT_TIMELINE_H */
