// SPDX-License-Identifier: GPL-2.0
#include "next/loader.h"

#include "array.h"

static const struct loader *const loaders[] = {
	&loader_grub,
	&loader_systemd_boot,
	&loader_extlinux,
};

const struct loader *loader_find(const struct running *running, const char **why)
{
	const struct loader *found = NULL;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(loaders); i++) {
		if (!loaders[i]->ran(running))
			continue;
		if (found) {
			*why = "more than one boot loader may have started this kernel";
			return NULL;
		}
		found = loaders[i];
	}
	if (!found)
		*why = "no boot loader is found that is understood";
	return found;
}
