// SPDX-License-Identifier: GPL-2.0
#include <unistd.h>

#include "calls.h"
#include "cmd.h"
#include "out.h"
#include "rehearsal.h"

static int rehearse(int argc, char **argv)
{
	int status, fd, ret;
	uint32_t done;

	if (!cmd_parse(&cmd_rehearse, NULL, argc, argv, &status))
		return status;

	fd = calls_open();
	if (fd < 0)
		return EXIT_FAILED;
	ret = calls_rehearse(fd, &done);
	close(fd);
	if (ret)
		return EXIT_FAILED;
	rehearsal_say(done);
	return out_finish();
}

const struct command cmd_rehearse = {
	.name		= "rehearse",
	.usage		= "",
	.summary	= "Try the jump to the loaded kernel, and come back",
	.help		=
		"Walks every address that the jump will use, in software and by the CPU's own\n"
		"walker, then runs the relocation page: its tables, a copy of scratch memory, the\n"
		"MMU off and on, and through EL2 and back where that can be undone. All other\n"
		"CPUs are held meanwhile, for some milliseconds.\n"
		"\n"
		"A fault is caught, and reported. A hang cannot be: rehearse where a machine that\n"
		"hangs can be reset, before it counts.\n",
	.options	= cmd_no_options,
	.run		= rehearse,
};
