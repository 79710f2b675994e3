// SPDX-License-Identifier: GPL-2.0
#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

#include "calls.h"
#include "cmd.h"
#include "out.h"
#include "rehearsal.h"

/**
 * struct rehearse_options - the arguments
 * @cpus: turn CPUs off and on, too
 */
struct rehearse_options {
	bool cpus;
};

static const struct option_row rows[] = {
	{
		.name = "cpus",
		.field = offsetof(struct rehearse_options, cpus),
		.help = "turn every CPU except the first off and on again, too, one after the other",
	},
	{ 0 }
};

static int answer(uint32_t done)
{
	struct json json;

	cmd_json_open(&json, &cmd_rehearse);
	rehearsal_json(&json, done);
	return cmd_json_close(&json, EXIT_DONE);
}

static int rehearse(int argc, char **argv)
{
	struct rehearse_options options = { 0 };
	int status, fd, ret;
	uint32_t done;

	if (!cmd_parse(&cmd_rehearse, &options, argc, argv, &status))
		return status;

	fd = calls_open();
	if (fd < 0)
		return EXIT_FAILED;
	out_step("rehearsing");
	ret = calls_rehearse(fd, options.cpus ? FASTKEXEC_REHEARSE_CPUS : 0, &done);
	close(fd);
	if (ret)
		return EXIT_FAILED;
	if (out_is_json())
		return answer(done);
	rehearsal_say(done);
	return out_finish();
}

const struct command cmd_rehearse = {
	.name		= "rehearse",
	.usage		= "[OPTIONS]",
	.summary	= "Try the jump to the loaded kernel, and come back",
	.help		=
		"Walks every address that the jump will use, in software and by the CPU's own\n"
		"walker, then runs the relocation page: its tables, a copy of scratch memory, the\n"
		"MMU off and on, and through EL2 and back where that can be undone. All other\n"
		"CPUs are held meanwhile, for some milliseconds.\n"
		"\n"
		"A fault is caught, and reported. A hang cannot be: rehearse where a machine that\n"
		"hangs can be reset, before it counts.\n",
	.options	= rows,
	.run		= rehearse,
};
