// SPDX-License-Identifier: GPL-2.0
#include "loaded.h"

#include <stdlib.h>

#include "root.h"

bool loaded_ask(uint64_t *number)
{
	char line[32];

	*number = 0;
	if (!root_read(line, sizeof(line), "/sys/module/fastkexec/parameters/loaded") || !line[0])
		return false;
	*number = strtoull(line, NULL, 10);
	return true;
}
