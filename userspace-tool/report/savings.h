/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What would make the next reboot shorter.
 */
#ifndef FASTKEXEC_REPORT_SAVINGS_H
#define FASTKEXEC_REPORT_SAVINGS_H

#include "report/last_record.h"
#include "report/startup.h"
#include "report/timeline.h"

/**
 * struct saving - the longest stage that something can be done about
 * @stage: which one; NULL: there is none worth a word
 * @advice: what can be done: a clause
 */
struct saving {
	const struct stage *stage;
	char advice[240];
};

/**
 * savings_find() - look for the largest one
 * @saving: takes it
 * @timeline: the reboot
 * @record: what the jump has copied and checked; NULL where there was none
 * @startup: how this kernel came up
 */
void savings_find(struct saving *saving, const struct timeline *timeline,
		  const struct record *record, const struct startup *startup);

#endif /* FASTKEXEC_REPORT_SAVINGS_H */
