// SPDX-License-Identifier: GPL-2.0
#include "blockers.h"

#include <inttypes.h>
#include <stdio.h>

#include <linux/fastkexec_blockers.h>

#include "out.h"

#define BLOCKER(id, blocker_name, error, blocker_reason, blocker_advice) { \
	.bit = FASTKEXEC_BLOCK_##id, \
	.name = blocker_name, \
	.reason = blocker_reason, \
	.advice = blocker_advice, \
},

static const struct blocker known[] = {
	FASTKEXEC_BLOCKERS(BLOCKER)
	{ 0 }
};

const struct blocker *blockers_known(void)
{
	return known;
}

void blockers_each(uint64_t bits, void (*tell)(const struct blocker *blocker, void *context),
		   void *context)
{
	const struct blocker *blocker;
	char reason[80];

	for (blocker = known; blocker->bit; blocker++) {
		if (bits & blocker->bit)
			tell(blocker, context);
		bits &= ~blocker->bit;
	}
	if (!bits)
		return;
	snprintf(reason, sizeof(reason),
		 "the module has a reason (%#" PRIx64 ") that this tool does not know", bits);
	tell(&(struct blocker){ bits, "unknown", reason, "" }, context);
}

static void fail(const struct blocker *blocker, void *context)
{
	(void)context;
	out_fail("this machine cannot be left: %s%s%s", blocker->reason,
		 blocker->advice[0] ? "; " : "", blocker->advice);
}

int blockers_refuse(uint64_t bits)
{
	blockers_each(bits, fail, NULL);
	return bits ? -1 : 0;
}
