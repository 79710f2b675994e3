// SPDX-License-Identifier: GPL-2.0
#include "initrd.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "formats/codec.h"
#include "formats/uimage.h"
#include "initrd_check.h"
#include "out.h"

/**
 * struct joint - files being joined
 * @request: what was asked for
 * @all: what was joined so far; empty at first
 * @config: boot configuration that comes last; empty if there is none
 * @config_path: the file that it came from
 * @config_at: where it began there
 */
struct joint {
	const struct initrd_request *request;
	struct blob all;
	struct blob config;
	const char *config_path;
	size_t config_at;
};

int initrd_strip_uimage(struct blob *file, const char *path)
{
	unsigned int type;
	size_t size;

	if (!uimage_starts(file->data, file->size))
		return 0;
	size = uimage_read(file->data, file->size, path, &type);
	if (!size)
		return -1;
	if (type != UIMAGE_RAMDISK)
		return out_fail("%s is a uImage of something else than an initrd (type %u)", path,
				type);
	memmove(file->data, file->data + UIMAGE_HEADER_SIZE, size);
	return blob_resize(file, size, path);
}

static int copy(struct blob *to, const uint8_t *data, size_t size, const char *path)
{
	if (blob_alloc(to, size, path))
		return -1;
	memcpy(to->data, data, size);
	return 0;
}

/* The kernel looks for boot configuration at the end of all alone. */
static int take_config(struct joint *joint, const struct blob *file, const char *path)
{
	size_t size = initrd_bootconfig(file);

	if (!size)
		return 0;
	if (joint->config.data)
		out_note("%s and %s both carry boot configuration; that of %s counts",
			 joint->config_path, path, path);
	blob_free(&joint->config);
	joint->config_path = path;
	joint->config_at = file->size - size;
	return copy(&joint->config, file->data + joint->config_at, size, path);
}

/* Put @more behind @all, its first byte at @phase from a multiple of four. */
static int append(struct blob *all, const struct blob *more, size_t phase, const char *path)
{
	const size_t end = all->size, at = end + ((phase - end) & 3);

	if (blob_resize(all, at + more->size, path))
		return -1;
	memset(all->data + end, 0, at - end);
	memcpy(all->data + at, more->data, more->size);
	return 0;
}

/* For this nothing is read that has to be read again from a disk. */
bool initrd_is_packed(const char *path)
{
	uint8_t head[8];
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd < 0)
		return false;
	n = pread(fd, head, sizeof(head), 0);
	close(fd);
	return n > 0 && codec_find(head, n);
}

static void tell(const struct initrd_facts *facts, const char *path)
{
	if (facts->file_system)
		out_note("%s is an image of a file system (%s): the next kernel has to know it",
			 path, facts->file_system);
}

int initrd_look(const struct blob *initrd, const char *path, uint64_t memory)
{
	struct initrd_facts facts = { 0 };

	if (initrd_check(initrd, path, memory, &facts))
		return -1;
	tell(&facts, path);
	return 0;
}

static int inspect(const struct joint *joint, struct blob *file, const char *path)
{
	const struct initrd_request *request = joint->request;
	const size_t so_far = joint->all.size;
	struct initrd_facts facts = { 0 };

	if (request->no_check)
		return 0;
	if (request->unpack <= so_far)
		return initrd_look(file, path, request->memory);
	if (initrd_unpack(file, path, request->memory, request->unpack - so_far, &facts))
		return -1;
	tell(&facts, path);
	return 0;
}

static int cut_config(struct blob *file, const char *path)
{
	size_t size = initrd_bootconfig(file);

	if (size < file->size)
		return size ? blob_resize(file, file->size - size, path) : 0;
	blob_free(file);
	return 0;
}

/* Join @file; what is left of it is still to be freed. */
static int join(struct joint *joint, struct blob *file, const char *path)
{
	if (joint->request->strip_uimage && initrd_strip_uimage(file, path))
		return -1;
	if (take_config(joint, file, path) || inspect(joint, file, path) ||
	    cut_config(file, path))
		return -1;
	if (joint->all.data && file->data)
		return append(&joint->all, file, 0, path);
	if (file->data) {
		joint->all = *file;
		*file = (struct blob){ 0 };
	}
	return 0;
}

static int join_files(struct joint *joint, struct blob *initrd, const char *path)
{
	const struct option_texts *files = joint->request->files;
	struct blob file = { 0 };
	unsigned int i;
	int ret = 0;

	if (initrd->data)
		ret = join(joint, initrd, path);
	for (i = 0; !ret && i < files->nr; i++) {
		ret = blob_load_file(&file, files->text[i], joint->request->memory);
		if (!ret)
			ret = join(joint, &file, files->text[i]);
		blob_free(&file);
	}
	if (!ret && joint->config.data && joint->all.data)
		ret = append(&joint->all, &joint->config, joint->config_at, joint->config_path);
	return ret;
}

int initrd_gather(struct blob *initrd, const char *path, const struct initrd_request *request)
{
	struct joint joint = { .request = request };
	int ret = join_files(&joint, initrd, path);

	blob_free(&joint.config);
	blob_free(initrd);
	if (ret)
		blob_free(&joint.all);
	*initrd = joint.all;
	return ret;
}

/*
 * The entry that ends an archive in the "newc" format, alone
 * (Documentation/driver-api/early-userspace/buffer-format.rst in the kernel): the
 * magic number, thirteen numbers of eight digits, the name, and zeroes up to a multiple
 * of four bytes. All numbers are 0 but the fifth, nlink, and the twelfth, namesize.
 */
int initrd_make_empty(struct blob *initrd)
{
	static const char name[] = "TRAILER!!!";
	char entry[124] = "";

	snprintf(entry, sizeof(entry), "070701%032X%08X%048X%08zX%08X%s", 0, 1, 0,
		 sizeof(name), 0, name);
	if (blob_alloc(initrd, sizeof(entry), "the initrd"))
		return -1;
	memcpy(initrd->data, entry, sizeof(entry));
	return 0;
}
