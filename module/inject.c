// SPDX-License-Identifier: GPL-2.0
/*
 * Allocations that fail. Contract in inject.h.
 */
#include <linux/kernel.h>
#include <linux/module.h>

#include "inject.h"

static unsigned long inject_at;
module_param(inject_at, ulong, 0600);
MODULE_PARM_DESC(inject_at, "the allocation that fails, counted from 1; 0 for none");

static bool inject_on;
module_param(inject_on, bool, 0600);
MODULE_PARM_DESC(inject_on, "all allocations after that one fail, too");

static unsigned long inject_seen;
module_param(inject_seen, ulong, 0600);
MODULE_PARM_DESC(inject_seen, "allocations so far");

static char inject_where[80];
module_param_string(inject_where, inject_where, sizeof(inject_where), 0400);
MODULE_PARM_DESC(inject_where, "the function in which one has failed last");

/* For one caller at a time. */
bool fk_inject_fails(void)
{
	const unsigned long at = READ_ONCE(inject_at);

	inject_seen++;
	if (!at || inject_seen < at || (inject_seen > at && !inject_on))
		return false;
	snprintf(inject_where, sizeof(inject_where), "%ps", __builtin_return_address(0));
	return true;
}
