// SPDX-License-Identifier: GPL-2.0
#include "hook/hook.h"

#include <unistd.h>

#include "calls.h"
#include "loaded.h"
#include "origin.h"
#include "root.h"

int hook_loaded(void)
{
	struct fastkexec_segment segments[FASTKEXEC_MAX_SEGMENTS];
	struct fastkexec_status status;
	uint64_t number;
	int fd, ret;

	if (loaded_ask(&number))
		return !!number;
	if (!root_has(CALLS_DEVICE))
		return -1;
	fd = calls_open();
	if (fd < 0)
		return -1;
	ret = calls_status(fd, &status, segments);
	close(fd);
	return ret ? -1 : !!status.loaded;
}

int hook_unload(void)
{
	int fd = calls_open();
	int ret;

	if (fd < 0)
		return -1;
	ret = origin_unload(fd);
	close(fd);
	return ret;
}
