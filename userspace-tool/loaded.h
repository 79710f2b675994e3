/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the module tells everybody: whether a kernel is loaded. It says no address.
 */
#ifndef FASTKEXEC_LOADED_H
#define FASTKEXEC_LOADED_H

#include <stdbool.h>
#include <stdint.h>

/**
 * loaded_ask() - which load is it whose kernel is loaded?
 * @number: takes a number that no other load since the machine's start has; 0: nothing is
 *	loaded
 *
 * Return: whether the module says
 */
bool loaded_ask(uint64_t *number);

#endif /* FASTKEXEC_LOADED_H */
