// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include "array.h"
#include "cmd.h"
#include "hook/hook.h"

/* systemd gives the unit 30 s to start and 10 s to stop. */
static const struct {
	const char *name;
	void (*run)(void);
	unsigned int patience_ms;
} moments[] = {
	{ "start", hook_start, 25000 },
	{ "stop", hook_stop, 8000 },
	{ "good", hook_good, 8000 },
};

/* A reboot must not fail because of this: all but wrong usage is a success. */
static int hook(int argc, char **argv)
{
	int operand = options_parse(cmd_no_options, NULL, argc, argv);
	size_t i;

	if (operand == OPTIONS_HELP)
		return cmd_help(&cmd_hook);
	if (operand > 0 && operand + 2 == argc && !strcmp(argv[operand], "shutdown")) {
		hook_shutdown(argv[operand + 1]);
		return EXIT_DONE;
	}
	for (i = 0; i < ARRAY_SIZE(moments) && operand + 1 == argc; i++) {
		if (!strcmp(argv[operand], moments[i].name)) {
			hook_bounded(moments[i].run, moments[i].patience_ms);
			return EXIT_DONE;
		}
	}
	options_misused(argv, "takes start, stop, good, or shutdown with its kind");
	return cmd_misused(&cmd_hook);
}

const struct command cmd_hook = {
	.name		= "hook",
	.usage		= "start|stop|good|shutdown KIND",
	.summary	= "What systemd calls to make a reboot fast; see fastkexec(8)",
	.help		=
		"fastkexec-reboot.service calls start when the system is up, and stop when it may\n"
		"be going down. Then the next kernel is loaded, if a reboot is under way and\n"
		"nothing is against it. One line in the journal says what was done, and why.\n",
	.options	= cmd_no_options,
	.run		= hook,
};
