/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the user asked 'fastkexec load' for.
 */
#ifndef FASTKEXEC_LOAD_OPTIONS_H
#define FASTKEXEC_LOAD_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include <linux/fastkexec.h>

#include "options.h"
#include "start_profile.h"

/**
 * enum load_unpacking - whether the initrd is unpacked at the load
 * @LOAD_UNPACK_AUTO: if it does not become large then
 * @LOAD_UNPACK_ALWAYS: however large
 * @LOAD_UNPACK_NEVER: the next kernel does it
 */
enum load_unpacking {
	LOAD_UNPACK_AUTO,
	LOAD_UNPACK_ALWAYS,
	LOAD_UNPACK_NEVER,
};

/**
 * struct load_options - the arguments of one load; all strings belong to argv
 * @kernel: file
 * @format: name of a format that the file must be in, or NULL; no option sets it
 * @config: configuration of a FIT image, or NULL
 * @raw_text: text of --raw, or NULL
 * @raw: take @kernel as it is
 * @raw_pa: with @raw: where it goes
 * @entry_text: text of --entry, or NULL
 * @entry: start at @entry_pa
 * @entry_pa: with @entry
 * @initrd: files
 * @no_initrd: the user wants none
 * @alone: take a kernel with neither initrd nor command line; no option sets it
 * @module: file and command line of the kernel of Xen's first guest, or NULL
 * @strip_uimage: take U-Boot's header off an initrd
 * @unpack_initrd: enum load_unpacking
 * @no_check_initrd: do not look at @initrd
 * @dtb: file, or NULL for the running kernel's own tree
 * @own_dtb: take the tree that came with @kernel
 * @dtb_as_is: take nothing from the running kernel's tree into @dtb, but what EFI said
 * @dtb_at_text: text of --dtb-at, or NULL
 * @dtb_at: put the tree at @dtb_at_pa
 * @dtb_at_pa: with @dtb_at
 * @overlay: files to apply to the tree
 * @append: text of --append, or NULL
 * @command_line: text of --command-line, or NULL
 * @cmdline: the one of these two that was given, or NULL
 * @reuse_cmdline: put the running kernel's command line before it
 * @reuse_by_default: put it there if nothing else gives a command line; no option sets it
 * @remove: words to leave out of the running kernel's command line
 * @profile_text: text of --profile, or NULL
 * @profile: words that shorten the next kernel's start
 * @boot_cpus_text: text of --boot-cpus, or NULL
 * @boot_cpus: CPUs that the next kernel starts with; 0: all
 * @boot_memory_text: text of --boot-memory, or NULL
 * @boot_memory: bytes of memory that the next kernel starts with at least; 0: all
 * @placement: enum fastkexec_placement
 * @design: enum fastkexec_design
 * @verify: enum fastkexec_verify
 * @rehearse: try the jump before the kernel counts as loaded
 * @help: the user asked for help; all else is meaningless
 */
struct load_options {
	const char *kernel;
	const char *format;
	const char *config;
	const char *raw_text;
	bool raw;
	uint64_t raw_pa;
	const char *entry_text;
	bool entry;
	uint64_t entry_pa;
	struct option_texts initrd;
	bool no_initrd;
	bool alone;
	const char *module;
	bool strip_uimage;
	unsigned int unpack_initrd;
	bool no_check_initrd;
	const char *dtb;
	bool own_dtb;
	bool dtb_as_is;
	const char *dtb_at_text;
	bool dtb_at;
	uint64_t dtb_at_pa;
	struct option_texts overlay;
	const char *append;
	const char *command_line;
	const char *cmdline;
	bool reuse_cmdline;
	bool reuse_by_default;
	struct option_texts remove;
	const char *profile_text;
	enum start_profile profile;
	const char *boot_cpus_text;
	unsigned int boot_cpus;
	const char *boot_memory_text;
	uint64_t boot_memory;
	unsigned int placement;
	unsigned int design;
	unsigned int verify;
	bool rehearse;
	bool help;
};

/* The table that load_options_parse() goes by. */
extern const struct option_row load_options_rows[];

/**
 * load_options_parse() - understand the arguments
 * @options: takes them
 * @argc: number of @argv
 * @argv: arguments; [0] is the name for messages
 *
 * Return: 0, or -1 after having said what was wrong
 */
int load_options_parse(struct load_options *options, int argc, char **argv);

#endif /* FASTKEXEC_LOAD_OPTIONS_H */
