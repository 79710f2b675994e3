/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Why a machine cannot be left, in the words of uapi/linux/fastkexec_blockers.h.
 */
#ifndef FASTKEXEC_BLOCKERS_H
#define FASTKEXEC_BLOCKERS_H

#include <stdint.h>

/**
 * struct blocker - one reason
 * @bit: in &struct fastkexec_info.blockers
 * @name: for programs; never changes
 * @reason: a clause
 * @advice: what to do about it, a clause; "" if nothing helps
 */
struct blocker {
	uint64_t bit;
	const char *name;
	const char *reason;
	const char *advice;
};

/**
 * blockers_known() - the reasons that this tool knows
 *
 * Return: an array, whose last element has @bit 0
 */
const struct blocker *blockers_known(void);

/**
 * blockers_each() - call a function for each reason
 * @bits: blockers of &struct fastkexec_info
 * @tell: called with each of them, in the order of blockers_known(). All that this tool
 *	does not know make up one more, the last.
 * @context: handed on to @tell
 */
void blockers_each(uint64_t bits, void (*tell)(const struct blocker *blocker, void *context),
		   void *context);

/**
 * blockers_refuse() - say why this machine cannot be left
 * @bits: blockers of &struct fastkexec_info
 *
 * Return: 0 if there is no reason, or -1 after having said each
 */
int blockers_refuse(uint64_t bits);

#endif /* FASTKEXEC_BLOCKERS_H */
