/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The tool as kexec(8): what scripts for kexec-tools say, with the same meaning.
 */
#ifndef FASTKEXEC_KEXEC_H
#define FASTKEXEC_KEXEC_H

#include <stdbool.h>

/**
 * enum kexec_status - exit status, as kexec-tools has it
 * @KEXEC_DONE: done; of -S: not loaded
 * @KEXEC_WRONG: wrong usage, a file that cannot be opened, nothing to start; of -S: loaded
 * @KEXEC_NO_FILE_LOAD: kexec_file_load(2) was asked for, and nobody can call it
 * @KEXEC_FAILED: it failed
 */
enum kexec_status {
	KEXEC_DONE		= 0,
	KEXEC_WRONG		= 1,
	KEXEC_NO_FILE_LOAD	= 253,
	KEXEC_FAILED		= 255,
};

/**
 * kexec_is_called() - is the tool called by the name of kexec?
 * @name: argv[0]
 *
 * Return: whether it is
 */
bool kexec_is_called(const char *name);

/**
 * kexec_run() - do what kexec(8) does with these arguments
 * @argc: number of @argv
 * @argv: arguments
 *
 * Return: enum kexec_status
 */
int kexec_run(int argc, char **argv);

#endif /* FASTKEXEC_KEXEC_H */
