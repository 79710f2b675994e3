// SPDX-License-Identifier: GPL-2.0
#include "load_options.h"

#include <stddef.h>

#include "load_options_list.h"

#define CHOICE(choice_name, choice_value, choice_help) \
	{ .name = choice_name, .value = choice_value, .help = choice_help },

static const struct option_choice placements[] = {
	LOAD_PLACEMENTS(CHOICE)
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

	if (check_cmdline(options, argv))
		return -1;
	if (options->initrd && options->no_initrd)
		return options_misused(argv, "--initrd and --no-initrd exclude each other");
	if (operand == argc)
		return options_misused(argv, "which kernel?");
	if (operand + 1 < argc)
		return options_misused(argv, "one kernel at a time: '%s' is too many",
				       argv[operand + 1]);
	options->kernel = argv[operand];
	return 0;
}
