// SPDX-License-Identifier: GPL-2.0
/*
 * Files that people's own tools made, then cut and damaged: an error, never a crash, and
 * never more memory than a stated bound.
 */
#include "fake_device.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "formats/format.h"
#include "initrd.h"
#include "initrd_check.h"

#define MEMORY		(32ULL << 20)

/*
 * The bound. Of the file there is one copy, and another of what is taken out of it; it
 * unpacks to no more than the machine's memory; a library takes no more than
 * CODEC_MEMORY. The last part is for what libraries need beside their windows.
 */
#define BOUND(size)	(2 * (size) + MEMORY + CODEC_MEMORY + (8ULL << 20))

#define CUTS		100
#define FLIPS		1000

/* Of the sanitizer, whose header gcc does not bring. */
int __sanitizer_install_malloc_and_free_hooks(void (*on_malloc)(const volatile void *, size_t),
					      void (*on_free)(const volatile void *));
size_t __sanitizer_get_allocated_size(const volatile void *pointer);

static uint64_t taken, peak;

static void count(int64_t bytes)
{
	taken += bytes;
	if (taken > peak)
		peak = taken;
}

void *__real_mmap(void *address, size_t size, int prot, int flags, int fd, off_t offset);
void *__wrap_mmap(void *address, size_t size, int prot, int flags, int fd, off_t offset);
void *__real_mremap(void *old, size_t old_size, size_t size, int flags);
void *__wrap_mremap(void *old, size_t old_size, size_t size, int flags);
int __real_munmap(void *address, size_t size);
int __wrap_munmap(void *address, size_t size);

void *__wrap_mmap(void *address, size_t size, int prot, int flags, int fd, off_t offset)
{
	count(size);
	return __real_mmap(address, size, prot, flags, fd, offset);
}

void *__wrap_mremap(void *old, size_t old_size, size_t size, int flags)
{
	count(size - old_size);
	return __real_mremap(old, old_size, size, flags);
}

int __wrap_munmap(void *address, size_t size)
{
	count(-size);
	return __real_munmap(address, size);
}

/* Which takes most of the time, and is not what is tested here. */
uint64_t __wrap_room_available(void);

uint64_t __wrap_room_available(void)
{
	return UINT64_MAX;
}

static void allocated(const volatile void *pointer, size_t size)
{
	(void)pointer;
	count(size);
}

static void freed(const volatile void *pointer)
{
	if (pointer)
		count(-__sanitizer_get_allocated_size(pointer));
}

/**
 * struct sample - a file to be damaged
 * @name: its name
 * @is_initrd: what it is
 * @sums: what is damaged and taken nevertheless is as it was
 * @whole: a cut is always found
 */
struct sample {
	const char *name;
	bool is_initrd;
	bool sums;
	bool whole;
};

static const struct sample samples[] = {
	{ "Image", false, false, false },
	{ "Image.gz", false, true, true },
	{ "Image.xz", false, true, true },
	{ "Image.lzma", false, false, true },
	{ "Image.zst", false, true, true },
	{ "Image.lz4", false, true, true },
	{ "Image.lz4-legacy", false, false, true },
	{ "Image.bz2", false, true, true },
	{ "vmlinuz-gz.efi", false, true, true },
	{ "vmlinuz-xz.efi", false, true, true },
	{ "vmlinuz-zst.efi", false, true, true },
	{ "vmlinuz-lz4-legacy.efi", false, false, true },
	/* The end of the file is its certificate. */
	{ "vmlinuz-lzma-signed.efi", false, false, false },
	{ "uki.efi", false, false, true },
	{ "small-uki.efi", false, false, true },
	/* Behind what is loaded there are sections. */
	{ "vmlinux", false, false, false },
	{ "uImage", false, true, true },
	{ "uImage-gz", false, true, true },
	/* Other bits say which configuration counts. */
	{ "image.fit", false, true, true },
	{ "image-external.fit", false, true, true },
	/* cpio(1) writes zeroes behind it. */
	{ "initrd", true, false, false },
	{ "initrd.gz", true, true, true },
	{ "initrd.xz", true, true, true },
	{ "initrd.lzma", true, false, true },
	{ "initrd.zst", true, true, true },
	{ "initrd.lz4-legacy", true, false, true },
	{ "initrd.bz2", true, true, true },
	{ "uInitrd", true, true, true },
};

/* What the samples are made from, and what is no format of a kernel or an initrd. */
static const char *const parts[] = { "cmdline", "tree.dtb", "overlay.dtbo" };

static uint8_t *read_sample(const struct sample *sample, size_t *size)
{
	char path[256];
	uint8_t *data;
	FILE *file;

	snprintf(path, sizeof(path), "%s/formats/%s", fake_directory(), sample->name);
	file = fopen(path, "re");
	assert_non_null(file);
	fseek(file, 0, SEEK_END);
	*size = ftell(file);
	rewind(file);
	data = fake_alloc(*size);
	assert_int_equal(fread(data, 1, *size, file), *size);
	fclose(file);
	return data;
}

/* What came out; empty if nothing did. The caller frees it. */
static struct blob open_kernel(struct blob *contents, const char *path)
{
	const struct kernel_request request = { .path = path, .memory = MEMORY };
	struct blob image = { 0 };
	struct kernel kernel;

	if (kernel_read(&kernel, &request, contents))
		return image;
	image = kernel.contents;
	kernel.contents = (struct blob){ 0 };
	kernel_close(&kernel);
	return image;
}

static struct blob open_initrd(struct blob *contents, const char *path)
{
	struct blob initrd = *contents;

	*contents = (struct blob){ 0 };
	if (initrd_strip_uimage(&initrd, path) ||
	    initrd_unpack(&initrd, path, MEMORY, MEMORY, NULL))
		blob_free(&initrd);
	return initrd;
}

static struct blob open_sample(const struct sample *sample, const uint8_t *data, size_t size)
{
	const uint64_t before = taken;
	struct blob contents, image;

	assert_int_equal(blob_alloc(&contents, size, sample->name), 0);
	memcpy(contents.data, data, size);
	peak = taken;
	fake_listen();
	image = sample->is_initrd ? open_initrd(&contents, sample->name) :
				    open_kernel(&contents, sample->name);
	fake_heard();
	if (peak - before > BOUND(size))
		fail_msg("%s took %zu bytes", sample->name, (size_t)(peak - before));
	if (!image.data)
		assert_sentence(sample->name);
	return image;
}

/* A cut Image with no sections is shorter, and nothing says so. */
static void check_cuts(const struct sample *sample, const uint8_t *data, size_t size)
{
	struct blob image;
	size_t i, cut;

	for (i = 0; i < CUTS; i++) {
		cut = 1 + (size - 1) * i / CUTS;
		image = open_sample(sample, data, cut);
		if (image.data && sample->whole)
			fail_msg("%s of %zu bytes, cut to %zu, is taken", sample->name, size, cut);
		blob_free(&image);
	}
}

static void check_flips(const struct sample *sample, uint8_t *data, size_t size,
			const struct blob *good)
{
	struct blob image;
	uint32_t noise = 1;
	size_t i, bit;

	for (i = 0; i < FLIPS; i++) {
		noise = noise * 1664525 + 1013904223;
		/* Every second one at the beginning, where headers are. */
		bit = (noise >> 4) % (i & 1 || size < 512 ? size * 8 : 4096);
		data[bit / 8] ^= 1 << bit % 8;
		image = open_sample(sample, data, size);
		if (image.data && sample->sums &&
		    (image.size != good->size || memcmp(image.data, good->data, good->size)))
			fail_msg("%s with bit %zu changed is taken", sample->name, bit);
		blob_free(&image);
		data[bit / 8] ^= 1 << bit % 8;
	}
}

static void make_samples(void)
{
	static bool made;
	char command[256];

	if (made)
		return;
	snprintf(command, sizeof(command), "tests/tool/make-formats %s/formats", fake_directory());
	assert_int_equal(system(command), 0);
	made = true;
	assert_int_equal(__sanitizer_install_malloc_and_free_hooks(allocated, freed) > 0, 1);
}

static bool is_known(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(samples); i++)
		if (!strcmp(samples[i].name, name))
			return true;
	for (i = 0; i < ARRAY_SIZE(parts); i++)
		if (!strcmp(parts[i], name))
			return true;
	return name[0] == '.';
}

TOOL_TEST_WITH("every format that is made is cut and damaged below", make_samples)
{
	char path[256];
	struct dirent *entry;
	DIR *directory;

	snprintf(path, sizeof(path), "%s/formats", fake_directory());
	directory = opendir(path);
	assert_non_null(directory);
	while ((entry = readdir(directory)))
		if (!is_known(entry->d_name))
			fail_msg("%s is no sample", entry->d_name);
	closedir(directory);
}

TOOL_TEST_WITH("files of every format are taken, and refused when cut or damaged", make_samples)
{
	struct blob good;
	uint8_t *data;
	size_t i, size;

	for (i = 0; i < ARRAY_SIZE(samples); i++) {
		data = read_sample(&samples[i], &size);
		good = open_sample(&samples[i], data, size);
		if (!good.data)
			fail_msg("%s is not taken", samples[i].name);
		check_cuts(&samples[i], data, size);
		check_flips(&samples[i], data, size, &good);
		blob_free(&good);
		free(data);
	}
}
