// SPDX-License-Identifier: GPL-2.0
/*
 * fastkexec: replace the running kernel.
 */
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "cmd_table.h"
#include "kexec.h"
#include "out.h"
#include "version.h"

const struct command *const cmd_table[] = {
	&cmd_load,
	&cmd_exec,
	&cmd_unload,
	&cmd_rehearse,
	&cmd_status,
	&cmd_check,
	&cmd_info,
	&cmd_report,
	&cmd_cpus,
	&cmd_memory,
	&cmd_stamp,
	&cmd_next,
	&cmd_bench,
	&cmd_hook,
	&cmd_help_command,
	NULL
};

const struct command *cmd_find(const char *name)
{
	size_t i;

	for (i = 0; cmd_table[i] && strcmp(name, cmd_table[i]->name); i++)
		;
	return cmd_table[i];
}

int cmd_unknown(const char *name)
{
	fprintf(stderr, "fastkexec: there is no command '%s'\nTry 'fastkexec --help'.\n", name);
	return EXIT_USAGE;
}

void cmd_help_all(FILE *file)
{
	size_t i;

	fputs("Usage: fastkexec COMMAND [ARGUMENTS]\n"
	      "\n"
	      "Replace the running arm64 kernel by another one.\n"
	      "\n"
	      "Commands:\n", file);
	for (i = 0; cmd_table[i]; i++)
		fprintf(file, "  %-8s %s\n", cmd_table[i]->name, cmd_table[i]->summary);
	fputs("\n"
	      "  -h, --help     this text; 'fastkexec help COMMAND' tells more\n"
	      "  -V, --version  version of this tool\n"
	      "\n"
	      "Exit status: 0 done, 1 failed, 2 wrong usage.\n", file);
}

static void be_as_usual(void)
{
	out_quiet(false);
	out_verbose(false);
	out_json(false);
}

int main(int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : NULL;
	const struct command *command;

	be_as_usual();
	if (argc && kexec_is_called(argv[0]))
		return kexec_run(argc, argv);
	if (!word) {
		cmd_help_all(stderr);
		return EXIT_USAGE;
	}
	if (!strcmp(word, "-h") || !strcmp(word, "--help")) {
		cmd_help_all(stdout);
		return out_finish();
	}
	if (!strcmp(word, "-V") || !strcmp(word, "--version")) {
		puts("fastkexec " FASTKEXEC_VERSION);
		return out_finish();
	}
	command = cmd_find(word);
	return command ? cmd_run(command, argc - 1, argv + 1) : cmd_unknown(word);
}
