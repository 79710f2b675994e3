// SPDX-License-Identifier: GPL-2.0
#include "load_options.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "calls.h"

enum {
	OPTION_INITRD = 256,
	OPTION_DTB,
	OPTION_APPEND,
	OPTION_COMMAND_LINE,
	OPTION_REUSE_CMDLINE,
	OPTION_PLACEMENT,
	OPTION_DESIGN,
	OPTION_REHEARSE,
};

static const struct option long_options[] = {
	{ "initrd", required_argument, NULL, OPTION_INITRD },
	{ "dtb", required_argument, NULL, OPTION_DTB },
	{ "append", required_argument, NULL, OPTION_APPEND },
	{ "command-line", required_argument, NULL, OPTION_COMMAND_LINE },
	{ "reuse-cmdline", no_argument, NULL, OPTION_REUSE_CMDLINE },
	{ "placement", required_argument, NULL, OPTION_PLACEMENT },
	{ "design", required_argument, NULL, OPTION_DESIGN },
	{ "rehearse", no_argument, NULL, OPTION_REHEARSE },
	{ "quiet", no_argument, NULL, 'q' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

static int __attribute__((format(printf, 2, 3)))
misused(char **argv, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "%s: ", argv[0]);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	return -1;
}

static int set_once(const char **field, char **argv, const char *option)
{
	if (*field)
		return misused(argv, "%s is given twice", option);
	*field = optarg;
	return 0;
}

static int set_placement(unsigned int *placement, char **argv)
{
	if (!strcmp(optarg, "auto"))
		*placement = FASTKEXEC_PLACE_AUTO;
	else if (!strcmp(optarg, "in-place"))
		*placement = FASTKEXEC_PLACE_IN_PLACE;
	else if (!strcmp(optarg, "copy"))
		*placement = FASTKEXEC_PLACE_COPY;
	else
		return misused(argv, "--placement is auto, in-place or copy, and not '%s'",
			       optarg);
	return 0;
}

static int set_design(unsigned int *design, char **argv)
{
	for (*design = FASTKEXEC_DESIGN_IDENTITY; *design <= FASTKEXEC_DESIGN_LINEAR; (*design)++)
		if (!strcmp(optarg, device_design(*design)))
			return 0;
	return misused(argv, "--design is identity, range or linear, and not '%s'", optarg);
}

int load_options_parse(struct load_options *options, int argc, char **argv)
{
	const char *append = NULL, *command_line = NULL;
	int option, ret = 0;

	*options = (struct load_options){ .placement = FASTKEXEC_PLACE_AUTO };

	while (!ret && (option = getopt_long(argc, argv, "qh", long_options, NULL)) != -1) {
		switch (option) {
		case OPTION_INITRD:
			ret = set_once(&options->initrd, argv, "--initrd");
			break;
		case OPTION_DTB:
			ret = set_once(&options->dtb, argv, "--dtb");
			break;
		case OPTION_APPEND:
			ret = set_once(&append, argv, "--append");
			break;
		case OPTION_COMMAND_LINE:
			ret = set_once(&command_line, argv, "--command-line");
			break;
		case OPTION_REUSE_CMDLINE:
			options->reuse_cmdline = true;
			break;
		case OPTION_PLACEMENT:
			ret = set_placement(&options->placement, argv);
			break;
		case OPTION_DESIGN:
			ret = set_design(&options->design, argv);
			break;
		case OPTION_REHEARSE:
			options->rehearse = true;
			break;
		case 'q':
			options->quiet = true;
			break;
		case 'h':
			options->help = true;
			return 0;
		default:
			return -1;
		}
	}
	if (ret)
		return ret;

	if (append && command_line)
		return misused(argv, "--append and --command-line exclude each other");
	if (command_line && options->reuse_cmdline)
		return misused(argv, "--command-line is the whole command line; to add to the running kernel's, use --reuse-cmdline with --append");
	options->cmdline = append ? append : command_line;

	if (optind == argc)
		return misused(argv, "which kernel?");
	if (optind + 1 < argc)
		return misused(argv, "one kernel at a time: '%s' is too many", argv[optind + 1]);
	options->kernel = argv[optind];
	return 0;
}
