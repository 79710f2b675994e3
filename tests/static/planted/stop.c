// SPDX-License-Identifier: GPL-2.0
/* A call of stop_machine() that is no rehearsal. */
#include <linux/stop_machine.h>

static int read_map(void *map)
{
	return stop_machine(read_map, map, NULL);
}
