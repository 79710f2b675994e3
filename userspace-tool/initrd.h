/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The initrd of the next kernel, out of any number of files.
 */
#ifndef FASTKEXEC_INITRD_H
#define FASTKEXEC_INITRD_H

#include <stdbool.h>
#include <stdint.h>

#include "blob.h"
#include "options.h"

/**
 * struct initrd_request - what it is made from
 * @files: the files, in order
 * @memory: bytes of memory in this machine; neither a file nor what it unpacks to may
 *	be larger
 * @no_check: take them as they are
 * @strip_uimage: take U-Boot's header off where there is one
 * @unpack: bytes that they may become by being unpacked, so that the next kernel need
 *	not; what would be more stays packed
 */
struct initrd_request {
	const struct option_texts *files;
	uint64_t memory;
	bool no_check;
	bool strip_uimage;
	uint64_t unpack;
};

/**
 * initrd_gather() - read files, and join them
 * @initrd: takes the result; what it holds already comes before the files
 * @path: name of what @initrd holds already, for messages
 * @request: from what
 *
 * Each file begins at a multiple of four bytes. Of several boot configurations at the end
 * of files the last one is kept, at the end of all. An initrd of no files at all is empty.
 *
 * Return: 0, or -1 after having said what was wrong
 */
int initrd_gather(struct blob *initrd, const char *path, const struct initrd_request *request);

/**
 * initrd_strip_uimage() - take U-Boot's header off an initrd
 * @file: its contents; one without a header stays as it is
 * @path: its name, for messages
 *
 * Return: 0, or -1 after having said what was wrong
 */
int initrd_strip_uimage(struct blob *file, const char *path);

/**
 * initrd_is_packed() - does a file begin as something packed?
 * @path: which file
 *
 * Return: whether it does; false if it cannot be read
 */
bool initrd_is_packed(const char *path);

/**
 * initrd_look() - look at one that has been read, and say what is special about it
 * @initrd: its contents
 * @path: its name, for messages
 * @memory: as of &struct initrd_request
 *
 * Return: 0, or -1 after having said what was wrong
 */
int initrd_look(const struct blob *initrd, const char *path, uint64_t memory);

/**
 * initrd_make_empty() - make a cpio archive of no files
 * @initrd: takes it
 *
 * Return: 0, or -1 after having said what was wrong
 */
int initrd_make_empty(struct blob *initrd);

#endif /* FASTKEXEC_INITRD_H */
