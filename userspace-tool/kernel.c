// SPDX-License-Identifier: GPL-2.0
#include "kernel.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "out.h"

/* Where a kernel's constants may begin, and how far from there the banner may be. */
#define CONSTANTS	(64 * 1024)
#define NEAR		1024

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

/*
 * An Image tells all that has to be known in its first bytes, headers of an EFI program
 * among them. Room for the rest is set aside without being touched: no memory is used.
 */
static int read_contents(struct kernel *kernel, const struct kernel_request *request)
{
	struct source *rest = &kernel->rest;
	struct blob *contents = &kernel->contents;

	if (source_open(rest, request->path, request->memory) ||
	    blob_alloc(contents, rest->size, request->path) ||
	    source_read(rest, contents->data, rest->size < KERNEL_HEAD ? rest->size : KERNEL_HEAD))
		return -1;
	if (request->straight && !request->raw && rest->size > KERNEL_HEAD &&
	    format_arm64.probe(contents->data, KERNEL_HEAD))
		return 0;
	if (source_read(rest, contents->data + rest->done, rest->size - rest->done))
		return -1;
	source_close(rest);
	return 0;
}

int kernel_open(struct kernel *kernel, const struct kernel_request *request)
{
	*kernel = (struct kernel){ .path = request->path, .memory = request->memory };
	if (read_contents(kernel, request) || understand(kernel, request)) {
		kernel_close(kernel);
		return -1;
	}
	return 0;
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

/* What follows "Linux version " in @size bytes at @at, if it is a digit. */
static const char *find_release(const char *at, size_t size)
{
	static const char banner[] = "Linux version ";
	const char *end = at + size;

	while ((at = memmem(at, end - at, banner, sizeof(banner) - 1))) {
		at += sizeof(banner) - 1;
		if (at < end && isdigit((unsigned char)*at))
			break;
	}
	return at;
}

/*
 * A kernel's constants begin at a multiple of 64 KB, and the banner is one of the first:
 * to look there costs little. Else it is anywhere.
 */
static const char *find_banner(const char *data, size_t size)
{
	const char *found = NULL;
	size_t at;

	for (at = 0; !found && at < size; at += CONSTANTS)
		found = find_release(data + at, size - at < NEAR ? size - at : NEAR);
	return found ? found : find_release(data, size);
}

/* The banner that it will print: "Linux version 6.1.0-50-arm64 (...". */
void kernel_release(const struct kernel *kernel, char *release, size_t size)
{
	const char *data = (const char *)kernel->contents.data;
	const char *end = data + kernel->contents.size;
	const char *at = find_banner(data, kernel->contents.size);
	size_t length = 0;

	if (!at) {
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
	source_close(&kernel->rest);
	blob_free(&kernel->packed.file);
	blob_free(&kernel->contents);
	blob_free(&kernel->extras.initrd);
	blob_free(&kernel->extras.dtb);
	free(kernel->extras.cmdline);
	free(kernel->extras.uname);
	*kernel = (struct kernel){ 0 };
}
