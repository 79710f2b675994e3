/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The command [ of GRUB's scripts.
 */
#ifndef FASTKEXEC_GRUB_TEST_H
#define FASTKEXEC_GRUB_TEST_H

#include "next/grub_lexer.h"
#include "next/grub_script.h"

/**
 * grub_test() - is it so?
 * @words: the words between [ and ]
 * @nr: how many
 * @world: answers for files
 * @device: the file system of a path without one
 *
 * Return: yes, no, or unknown; unknown, too, for what this does not understand
 */
enum truth grub_test(const struct grub_word words[], unsigned int nr,
		     const struct grub_world *world, const char *device);

#endif /* FASTKEXEC_GRUB_TEST_H */
