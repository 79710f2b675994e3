/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A next kernel that starts with few CPUs, and is given the others once it is up.
 */
#ifndef FASTKEXEC_BOOT_CPUS_H
#define FASTKEXEC_BOOT_CPUS_H

/* A word of the command line that the kernel passes over: further CPUs are to come. */
#define BOOT_CPUS_LATER		"fastkexec.cpus=later"

/* With how many CPUs "auto" starts: user space starts on several, too. Not measured. */
#define BOOT_CPUS_AUTO		4

/**
 * boot_cpus_parse() - what --boot-cpus says
 * @text: a number, or "auto"
 * @nr: takes it: 1 to 4096
 *
 * Return: 0, or -1 if it is neither
 */
int boot_cpus_parse(const char *text, unsigned int *nr);

/**
 * boot_cpus_limit() - have the next kernel start with few CPUs
 * @line: its command line, to be freed by the caller; replaced if the machine has more CPUs
 *	than @nr, and if it does not say itself how many start
 * @nr: how many
 *
 * Return: 0, or -1 after having said what was wrong
 */
int boot_cpus_limit(char **line, unsigned int nr);

/**
 * boot_cpus_forget() - take out what boot_cpus_limit() has put in
 * @line: edited where it stands
 */
void boot_cpus_forget(char *line);

#endif /* FASTKEXEC_BOOT_CPUS_H */
