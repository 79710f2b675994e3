/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How this kernel and its user space came up.
 */
#ifndef FASTKEXEC_REPORT_STARTUP_H
#define FASTKEXEC_REPORT_STARTUP_H

#include <stdint.h>

/**
 * struct startup - in nanoseconds since this kernel's clock began; 0: not known
 * @init_ns: the first program was started
 * @system_ns: the init of the root file system was started, if there was an initrd
 * @ready_ns: all services were started
 * @log_bytes: what the kernel had said before the first program
 */
struct startup {
	uint64_t init_ns;
	uint64_t system_ns;
	uint64_t ready_ns;
	uint64_t log_bytes;
};

/**
 * startup_read() - ask the kernel's log, and systemd if that runs
 * @startup: takes the answer
 */
void startup_read(struct startup *startup);

#endif /* FASTKEXEC_REPORT_STARTUP_H */
