/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Running other programs.
 */
#ifndef FASTKEXEC_RUN_PROGRAM_H
#define FASTKEXEC_RUN_PROGRAM_H

#include <stddef.h>

/**
 * program_read() - run a program and read what it prints
 * @output: takes what it wrote on stdout; a zero is put behind it
 * @size: bytes at @output; a program that prints more has failed
 * @patience_ms: milliseconds that it has; then it is killed
 * @argv: the program, an absolute path below root_set()'s, and its arguments; NULL ends it
 *
 * Return: 0, or -1: it could not be run, failed, or took too long
 */
int program_read(char *output, size_t size, int patience_ms, const char *const argv[]);

#endif /* FASTKEXEC_RUN_PROGRAM_H */
