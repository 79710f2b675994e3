/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The next kernel, out of a file of any format.
 */
#ifndef FASTKEXEC_KERNEL_H
#define FASTKEXEC_KERNEL_H

#include <stdbool.h>
#include <stdint.h>

#include <linux/fastkexec.h>

#include "blob.h"
#include "source.h"

/* How many formats may be packed into each other. More would only cost time. */
#define KERNEL_MAX_DEPTH	4

/* Bytes of a kernel that tell all that has to be known before it has a place. */
#define KERNEL_HEAD	(64 * 1024)

struct codec;
struct format;

/**
 * struct kernel_request - which kernel
 * @path: file; must stay valid as long as the kernel
 * @memory: bytes of memory in this machine; nothing may claim to be larger
 * @config: configuration of a FIT image; NULL: the one that it names itself
 * @raw: take the file as it is, without looking at it
 * @raw_pa: with @raw: where its first byte goes
 * @entry: start at @entry_pa, and not where the file says
 * @entry_pa: with @entry
 * @straight: read and unpack no more than the beginning of an Image; the rest stays in
 *	@rest or @packed of &struct kernel
 */
struct kernel_request {
	const char *path;
	uint64_t memory;
	const char *config;
	bool raw;
	uint64_t raw_pa;
	bool entry;
	uint64_t entry_pa;
	bool straight;
};

/**
 * struct kernel_extras - what a file holds beside its kernel
 * @initrd: an initrd; empty if there is none; owned
 * @dtb: a device tree that fits this machine; empty if there is none; owned
 * @cmdline: a command line, or NULL; owned
 * @uname: release of the kernel, or NULL; owned
 * @trees: device trees in all
 * @is_signed: whether it carries a signature, which is not looked at
 * @without_stub: whether its own EFI program would have added more
 */
struct kernel_extras {
	struct blob initrd;
	struct blob dtb;
	char *cmdline;
	char *uname;
	unsigned int trees;
	bool is_signed;
	bool without_stub;
};

/**
 * struct kernel_packed - a kernel that is to be unpacked when it has a place
 * @file: what holds it; empty if there is none; owned
 * @codec: its compression
 * @data: it, in @file
 * @size: bytes of it
 */
struct kernel_packed {
	struct blob file;
	const struct codec *codec;
	const uint8_t *data;
	size_t size;
};

/**
 * struct kernel - a kernel that is ready to be placed
 * @path: file it came from, for messages; not owned
 * @memory: as of &struct kernel_request
 * @request: what was asked for; NULL while no format may look at it
 * @contents: the bytes that go to memory, first instruction first; owned
 * @rest: open if only the beginning of @contents has been read: the rest
 * @packed: not empty if only the beginning of @contents has been unpacked, which then are
 *	as large as they may be
 * @lead: bytes in @contents before the first instruction (see &struct layout)
 * @format: the formats it came in, outermost first
 * @depth: how many they are
 * @extras: what came with it
 * @text_offset: distance of the first byte from a 2 MiB boundary, in bytes, less
 *	than 2 MiB
 * @memsz: bytes that it needs from its first byte on, at least the contents
 * @granule: page size that it was built for, in bytes; 0 if it does not say
 * @big_endian: whether it was built big-endian
 * @fixed: whether it runs at @load_pa alone; then @text_offset is 0
 * @load_pa: with @fixed: where its first byte goes
 * @entry_pa: with @fixed: its first instruction, inside of it
 */
struct kernel {
	const char *path;
	uint64_t memory;
	const struct kernel_request *request;
	struct blob contents;
	struct source rest;
	struct kernel_packed packed;
	uint64_t lead;
	const struct format *format[KERNEL_MAX_DEPTH];
	unsigned int depth;
	struct kernel_extras extras;
	uint64_t text_offset;
	uint64_t memsz;
	uint32_t granule;
	bool big_endian;
	bool fixed;
	uint64_t load_pa;
	uint64_t entry_pa;
};

/**
 * kernel_open() - read, unpack and understand a kernel
 * @kernel: takes it; needs kernel_close() after success
 * @request: which one; not needed afterwards
 *
 * Return: 0, or -1 after having said what was wrong
 */
int kernel_open(struct kernel *kernel, const struct kernel_request *request);

/**
 * kernel_read() - the same with a file that was read
 * @kernel: as of kernel_open()
 * @request: as of kernel_open()
 * @contents: the file's contents; taken, also if this fails
 *
 * Return: 0, or -1 after having said what was wrong
 */
int kernel_read(struct kernel *kernel, const struct kernel_request *request,
		struct blob *contents);

/**
 * kernel_check_cpu() - whether this CPU can run it
 * @kernel: as opened
 * @info: what the module says of this machine
 *
 * Return: 0, or -1 after having said what was wrong
 */
int kernel_check_cpu(const struct kernel *kernel, const struct fastkexec_info *info);

/**
 * kernel_release() - which Linux is it?
 * @kernel: as opened, with all its contents
 * @release: takes what uname(2) will call its release; empty if it does not say
 * @size: bytes at @release
 */
void kernel_release(const struct kernel *kernel, char *release, size_t size);

/**
 * kernel_describe() - what kind of file it came in, for people
 * @kernel: as opened
 * @text: takes it: "arm64 Image in gzip, signed, 4K pages"
 * @size: bytes at @text
 */
void kernel_describe(const struct kernel *kernel, char *text, size_t size);

/**
 * kernel_close() - give the memory of a kernel back
 * @kernel: as opened, or all-zero; holds nothing afterwards
 */
void kernel_close(struct kernel *kernel);

#endif /* FASTKEXEC_KERNEL_H */
