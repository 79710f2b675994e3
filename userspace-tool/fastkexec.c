// SPDX-License-Identifier: GPL-2.0
/*
 * fastkexec: replace the running kernel.
 */
#include <stdio.h>
#include <string.h>

#include "array.h"
#include "cmd.h"
#include "out.h"
#include "version.h"

static const struct command *const commands[] = {
	&cmd_load,
	&cmd_exec,
	&cmd_unload,
	&cmd_rehearse,
	&cmd_status,
	&cmd_check,
};

static void print_help(FILE *file)
{
	size_t i;

	fputs("Usage: fastkexec COMMAND [ARGUMENTS]\n"
	      "\n"
	      "Replace the running arm64 kernel by another one.\n"
	      "\n"
	      "Commands:\n", file);
	for (i = 0; i < ARRAY_SIZE(commands); i++)
		fprintf(file, "  %-8s %s\n", commands[i]->name, commands[i]->summary);
	fputs("\n"
	      "  -h, --help     this text; 'fastkexec COMMAND --help' tells more\n"
	      "  -V, --version  version of this tool\n"
	      "\n"
	      "Exit status: 0 done, 1 failed, 2 wrong usage.\n", file);
}

static int run(const struct command *command, int argc, char **argv)
{
	char name[32];

	snprintf(name, sizeof(name), "fastkexec %s", command->name);
	argv[0] = name;
	return command->run(argc, argv);
}

int main(int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : NULL;
	size_t i;

	if (!word) {
		print_help(stderr);
		return EXIT_USAGE;
	}
	if (!strcmp(word, "-h") || !strcmp(word, "--help")) {
		print_help(stdout);
		return out_finish();
	}
	if (!strcmp(word, "-V") || !strcmp(word, "--version")) {
		puts("fastkexec " FASTKEXEC_VERSION);
		return out_finish();
	}
	for (i = 0; i < ARRAY_SIZE(commands); i++)
		if (!strcmp(word, commands[i]->name))
			return run(commands[i], argc - 1, argv + 1);

	fprintf(stderr, "fastkexec: there is no command '%s'\nTry 'fastkexec --help'.\n", word);
	return EXIT_USAGE;
}
