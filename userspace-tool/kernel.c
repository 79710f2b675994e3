// SPDX-License-Identifier: GPL-2.0
#include "kernel.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "out.h"

static int settle_entry(struct kernel *kernel, const struct kernel_request *request)
{
	if (!request->entry)
		return 0;
	if (!kernel->fixed)
		return out_fail("--entry: %s is an arm64 Image, which begins with its first byte wherever it lies",
				kernel->path);
	if (request->entry_pa - kernel->load_pa >= kernel->memsz)
		return out_fail("--entry: %#" PRIx64 " is not in %s, which goes to %#" PRIx64
				" up to %#" PRIx64, request->entry_pa, kernel->path,
				kernel->load_pa, kernel->load_pa + kernel->memsz);
	kernel->entry_pa = request->entry_pa;
	return 0;
}

static int take_raw(struct kernel *kernel)
{
	kernel->format[kernel->depth++] = &format_raw;
	return format_raw.open(kernel);
}

static int check_config(const struct kernel *kernel, const struct kernel_request *request)
{
	unsigned int i;

	for (i = 0; i < kernel->depth; i++)
		if (kernel->format[i] == &format_fit)
			return 0;
	return request->config ? out_fail("--config: %s is no FIT image", kernel->path) : 0;
}

static int understand(struct kernel *kernel, const struct kernel_request *request)
{
	int ret;

	kernel->request = request;
	ret = request->raw ? take_raw(kernel) : format_identify(kernel);
	if (!ret)
		ret = check_config(kernel, request);
	if (!ret)
		ret = settle_entry(kernel, request);
	kernel->request = NULL;
	return ret;
}

int kernel_open(struct kernel *kernel, const struct kernel_request *request)
{
	struct blob contents = { 0 };

	if (blob_load_file(&contents, request->path, request->memory))
		return -1;
	return kernel_read(kernel, request, &contents);
}

int kernel_read(struct kernel *kernel, const struct kernel_request *request,
		struct blob *contents)
{
	*kernel = (struct kernel){
		.path = request->path,
		.memory = request->memory,
		.contents = *contents,
	};
	*contents = (struct blob){ 0 };
	if (understand(kernel, request)) {
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
	if (!found) {
		snprintf(release, size, "%s", kernel->extras.uname ? kernel->extras.uname : "");
		return;
	}
	while (at + length < end && length < size - 1 && isgraph((unsigned char)at[length]))
		length++;
	memcpy(release, at, length);
	release[length] = '\0';
}

void kernel_describe(const struct kernel *kernel, char *text, size_t size)
{
	FILE *file = fmemopen(text, size, "w");
	unsigned int i;

	text[0] = '\0';
	if (!file)
		return;
	for (i = kernel->depth; i-- > 0;)
		fprintf(file, "%s%s", kernel->format[i]->name, i ? " in " : "");
	if (kernel->extras.is_signed)
		fputs(", signed", file);
	if (kernel->granule)
		fprintf(file, ", %uK pages", kernel->granule / 1024);
	if (kernel->big_endian)
		fputs(", big-endian", file);
	fclose(file);
}

void kernel_close(struct kernel *kernel)
{
	blob_free(&kernel->contents);
	blob_free(&kernel->extras.initrd);
	blob_free(&kernel->extras.dtb);
	free(kernel->extras.cmdline);
	free(kernel->extras.uname);
	*kernel = (struct kernel){ 0 };
}
