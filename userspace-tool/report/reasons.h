/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Why a reboot that was to be fast went through the firmware. The module says so in the
 * kernel's log; where pstore keeps the end of that log, this boot finds it.
 */
#ifndef FASTKEXEC_REPORT_REASONS_H
#define FASTKEXEC_REPORT_REASONS_H

#include <stdint.h>

#define REASONS_MAX	8

/**
 * struct reasons - what was found
 * @nr: how many
 * @text: sentences of the module, in the order in which they were said
 */
struct reasons {
	unsigned int nr;
	char text[REASONS_MAX][200];
};

/**
 * reasons_read() - look through what pstore has kept
 * @reasons: takes the answer
 * @since_ns: since 1970; what was written before is of an earlier reboot
 *
 * Looks at /sys/fs/pstore, and at what systemd-pstore has moved away from there.
 */
void reasons_read(struct reasons *reasons, uint64_t since_ns);

#endif /* FASTKEXEC_REPORT_REASONS_H */
