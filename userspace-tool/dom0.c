// SPDX-License-Identifier: GPL-2.0
#include "dom0.h"

#include <stdlib.h>
#include <string.h>

#include "kernel.h"
#include "out.h"

static int split(struct dom0 *dom0, const char *words)
{
	char *space;

	dom0->path = strdup(words);
	if (!dom0->path)
		return out_fail("out of memory");
	space = strchr(dom0->path, ' ');
	dom0->cmdline = space ? space + 1 : "";
	if (space)
		*space = '\0';
	return 0;
}

static int read_image(struct dom0 *dom0, const struct fastkexec_info *info, uint64_t memory)
{
	const struct kernel_request request = { .path = dom0->path, .memory = memory };
	struct kernel kernel;
	int ret;

	if (kernel_open(&kernel, &request))
		return -1;
	ret = kernel_check_cpu(&kernel, info);
	if (!ret && kernel.fixed)
		ret = out_fail("--module: Xen's first guest is an arm64 Image, and %s is none",
			       dom0->path);
	if (!ret) {
		dom0->image = kernel.contents;
		kernel.contents = (struct blob){ 0 };
	}
	kernel_close(&kernel);
	return ret;
}

int dom0_read(struct dom0 *dom0, const char *words, const struct fastkexec_info *info,
	      uint64_t memory)
{
	*dom0 = (struct dom0){ 0 };
	if (split(dom0, words) || read_image(dom0, info, memory)) {
		dom0_free(dom0);
		return -1;
	}
	return 0;
}

void dom0_free(struct dom0 *dom0)
{
	blob_free(&dom0->image);
	free(dom0->path);
	*dom0 = (struct dom0){ 0 };
}
