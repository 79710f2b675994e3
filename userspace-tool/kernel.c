// SPDX-License-Identifier: GPL-2.0
#include "kernel.h"

#include <ctype.h>
#include <string.h>

#include "formats/format.h"
#include "out.h"

int kernel_open(struct kernel *kernel, const char *path, uint64_t memory)
{
	*kernel = (struct kernel){ .path = path, .memory = memory };

	if (blob_load_file(&kernel->contents, path, memory))
		return -1;
	if (format_identify(kernel)) {
		kernel_close(kernel);
		return -1;
	}
	return 0;
}

static uint32_t granule_bit(uint32_t granule)
{
	switch (granule) {
	case 4096:
		return FASTKEXEC_GRANULE_4K;
	case 16384:
		return FASTKEXEC_GRANULE_16K;
	default:
		return FASTKEXEC_GRANULE_64K;
	}
}

int kernel_check_cpu(const struct kernel *kernel, const struct fastkexec_info *info)
{
	if (kernel->granule && !(info->granules & granule_bit(kernel->granule)))
		return out_fail("%s was built for %uK pages, which this CPU does not have",
				kernel->path, kernel->granule / 1024);
	if (kernel->big_endian && !info->big_endian)
		return out_fail("%s was built big-endian, which this CPU cannot run",
				kernel->path);
	return 0;
}

/* The banner that it will print: "Linux version 6.1.0-50-arm64 (...". */
void kernel_release(const struct kernel *kernel, char *release, size_t size)
{
	static const char banner[] = "Linux version ";
	const char *at = (const char *)kernel->contents.data, *found;
	const char *end = at + kernel->contents.size;
	size_t length = 0;

	release[0] = '\0';
	while ((found = memmem(at, end - at, banner, sizeof(banner) - 1))) {
		at = found + sizeof(banner) - 1;
		if (at < end && isdigit((unsigned char)*at))
			break;
	}
	if (!found)
		return;
	while (at + length < end && length < size - 1 && isgraph((unsigned char)at[length]))
		length++;
	memcpy(release, at, length);
	release[length] = '\0';
}

void kernel_close(struct kernel *kernel)
{
	blob_free(&kernel->contents);
}
