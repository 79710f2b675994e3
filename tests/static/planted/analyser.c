// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>

int planted(const char *name);

int planted(const char *name)
{
	char *memory = malloc(16);

	if (!memory)
		return -1;
	memory[0] = name[0];
	free(memory);
	return memory[0];
}
