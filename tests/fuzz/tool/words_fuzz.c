// SPDX-License-Identifier: GPL-2.0
/* The running kernel's command line and boot configuration, as nobody writes them. */
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bootconfig.h"
#include "cmdline.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Three texts, one behind the other, each with its zero. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *all = calloc(1, size + 3);
	char *config, *more, *line = all, *built = NULL;
	size_t before;

	memcpy(all, data, size);
	config = line + strlen(line) + 1;
	more = config + strnlen(config, all + size + 2 - config);
	more += more < all + size + 2;
	before = strlen(line);
	bootconfig_forget(line, config);
	cmdline_remove(line, more);
	if (strlen(line) > before)
		abort();
	if (!cmdline_build(line, more, &built) && strlen(built) >= CMDLINE_MAX)
		abort();
	free(built);
	free(all);
	return 0;
}
