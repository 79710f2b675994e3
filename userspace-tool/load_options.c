// SPDX-License-Identifier: GPL-2.0
#include "load_options.h"

#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

#include "boot_cpus.h"
#include "boot_memory.h"
#include "load_options_list.h"

#define CHOICE(choice_name, choice_value, choice_help) \
	{ .name = choice_name, .value = choice_value, .help = choice_help },

static const struct option_choice placements[] = {
	LOAD_PLACEMENTS(CHOICE)
	{ 0 }
};

static const struct option_choice unpackings[] = {
	LOAD_UNPACKINGS(CHOICE)
	{ 0 }
};

static const struct option_choice designs[] = {
	LOAD_DESIGNS(CHOICE)
	{ 0 }
};

static const struct option_choice verifies[] = {
	LOAD_VERIFIES(CHOICE)
	{ 0 }
};

#define ROW(row_name, row_letter, row_argument, row_choices, row_field, row_help) { \
	.name = row_name, \
	.letter = row_letter, \
	.argument = row_argument, \
	.choices = row_choices, \
	.field = offsetof(struct load_options, row_field), \
	.help = row_help, \
},

const struct option_row load_options_rows[] = {
	LOAD_OPTIONS(ROW)
	{ 0 }
};

static int check_cmdline(struct load_options *options, char **argv)
{
	if (options->append && options->command_line)
		return options_misused(argv, "--append and --command-line exclude each other");
	if (options->command_line && options->reuse_cmdline)
		return options_misused(argv, "--command-line is the whole command line; to add to the running kernel's, use --reuse-cmdline with --append");
	if (options->remove.nr && !options->reuse_cmdline)
		return options_misused(argv, "--remove is about the running kernel's command line; give --reuse-cmdline, too");
	options->cmdline = options->append ? options->append : options->command_line;
	return 0;
}

/* An address, as of strtoull(3). */
static int read_address(const char *name, const char *text, bool *given, uint64_t *address,
			char **argv)
{
	char *end;

	*given = text;
	if (!text)
		return 0;
	errno = 0;
	*address = strtoull(text, &end, 0);
	if (errno || *end || !isdigit((unsigned char)text[0]))
		return options_misused(argv, "--%s is an address like 0x40200000, and not '%s'",
				       name, text);
	return 0;
}

static int check_kernel(struct load_options *options, char **argv)
{
	if (read_address("raw", options->raw_text, &options->raw, &options->raw_pa, argv) ||
	    read_address("entry", options->entry_text, &options->entry, &options->entry_pa, argv) ||
	    read_address("dtb-at", options->dtb_at_text, &options->dtb_at, &options->dtb_at_pa,
			 argv))
		return -1;
	if (options->raw && (options->config || options->own_dtb))
		return options_misused(argv, "--raw takes the file as it is; --config and --own-dtb are about what is in it");
	if (options->dtb && options->own_dtb)
		return options_misused(argv, "--dtb and --own-dtb exclude each other");
	return 0;
}

static int check_profile(struct load_options *options, char **argv)
{
	if (options->profile_text &&
	    start_profile_parse(options->profile_text, &options->profile))
		return options_misused(argv, "--profile is none, safe or fast, and not '%s'",
				       options->profile_text);
	if (options->profile != START_NONE && options->module)
		return options_misused(argv, "--profile is for Linux, and not for Xen");
	return 0;
}

static int check_cpus(struct load_options *options, char **argv)
{
	if (options->boot_cpus_text &&
	    boot_cpus_parse(options->boot_cpus_text, &options->boot_cpus))
		return options_misused(argv, "--boot-cpus is a number of CPUs, or auto, and not '%s'",
				       options->boot_cpus_text);
	if (options->boot_cpus && options->module)
		return options_misused(argv, "--boot-cpus is for Linux, and not for Xen, which takes no CPUs later");
	return 0;
}

static int check_memory(struct load_options *options, char **argv)
{
	if (options->boot_memory_text &&
	    boot_memory_parse(options->boot_memory_text, &options->boot_memory))
		return options_misused(argv, "--boot-memory is a size of at least 512M, like 4G, or auto, and not '%s'",
				       options->boot_memory_text);
	if (options->boot_memory && options->module)
		return options_misused(argv, "--boot-memory is for Linux, and not for Xen, which takes no memory later");
	return 0;
}

/* Words for the running Linux are none for Xen. */
static int check_module(const struct load_options *options, char **argv)
{
	if (options->module && options->reuse_cmdline)
		return options_misused(argv, "--reuse-cmdline would give Linux's command line to Xen: give that of the guest with --module, and Xen's with --command-line");
	return 0;
}

static int check_initrd(const struct load_options *options, char **argv)
{
	if (options->unpack_initrd == LOAD_UNPACK_ALWAYS && options->no_check_initrd)
		return options_misused(argv, "--unpack-initrd always and --no-check-initrd exclude each other: what is unpacked is looked at");
	return 0;
}

int load_options_parse(struct load_options *options, int argc, char **argv)
{
	int operand;

	*options = (struct load_options){ .placement = FASTKEXEC_PLACE_AUTO };
	operand = options_parse(load_options_rows, options, argc, argv);
	if (operand < 0)
		return -1;
	options->help = operand == OPTIONS_HELP;
	if (options->help)
		return 0;

	if (check_cmdline(options, argv) || check_profile(options, argv) ||
	    check_cpus(options, argv) || check_memory(options, argv))
		return -1;
	if (check_kernel(options, argv) || check_module(options, argv) ||
	    check_initrd(options, argv))
		return -1;
	if (options->initrd.nr && options->no_initrd)
		return options_misused(argv, "--initrd and --no-initrd exclude each other");
	if (options->dtb_as_is && !options->dtb && !options->own_dtb)
		return options_misused(argv, "--dtb-as-is is about the tree of --dtb or --own-dtb; give that, too");
	if (operand == argc)
		return options_misused(argv, "which kernel?");
	if (operand + 1 < argc)
		return options_misused(argv, "one kernel at a time: '%s' is too many",
				       argv[operand + 1]);
	options->kernel = argv[operand];
	return 0;
}
