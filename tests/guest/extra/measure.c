// SPDX-License-Identifier: GPL-2.0
/*
 * usage: measure COMMAND [ARGUMENT...]
 *        measure --down COMMAND [ARGUMENT...]
 *        measure --answers
 *
 * Runs a command between two marks (module/marks.h), where a plugin of QEMU counts, and
 * prints the most memory that it had: "peak N", in KB. With --down the command is not
 * expected to come back: there is one mark, and the command takes this one's place.
 * --answers is only the mark that a service has answered.
 */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "marks.h"

static int run_between_marks(char **command)
{
	struct rusage usage;
	int status = -1;
	pid_t child;

	FK_MARK_PLACE(BEGIN);
	child = fork();
	if (child == 0) {
		execvp(command[0], command);
		_exit(127);
	}
	if (child > 0 && wait4(child, &status, 0, &usage) != child)
		status = -1;
	FK_MARK_PLACE(END);
	if (child < 0 || status)
		return 1;
	printf("peak %ld\n", usage.ru_maxrss);
	return 0;
}

static int become(char **command)
{
	FK_MARK_PLACE(DOWN);
	execvp(command[0], command);
	return 127;
}

int main(int argc, char **argv)
{
	if (argc > 2 && !strcmp(argv[1], "--down"))
		return become(argv + 2);
	if (argc < 2)
		return 2;
	if (!strcmp(argv[1], "--answers")) {
		FK_MARK_PLACE(ANSWERS);
		return 0;
	}
	return run_between_marks(argv + 1);
}
