// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>

int main(void)
{
	void *memory = malloc(16);

	free(memory);
	free(memory);
	return 0;
}
