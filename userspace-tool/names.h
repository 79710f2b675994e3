/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the values of the ABI are called, the same everywhere in the tool's output.
 */
#ifndef FASTKEXEC_NAMES_H
#define FASTKEXEC_NAMES_H

#include <stdint.h>

#include <linux/fastkexec.h>

/**
 * names_role() - name a piece or segment by its role
 * @role: enum fastkexec_role
 *
 * Return: "kernel", "initrd", "dtb", or "other" for all else
 */
const char *names_role(uint32_t role);

/**
 * names_placement() - name a way to get to a place
 * @placement: enum fastkexec_placement
 *
 * Return: its name, as --placement takes it; "unknown" for what this tool does not know
 */
const char *names_placement(uint32_t placement);

/**
 * names_keep_reason() - name why the next kernel must not touch memory
 * @reason: enum fastkexec_keep_reason
 *
 * Return: its name, for programs; "unknown" for what this tool does not know
 */
const char *names_keep_reason(uint32_t reason);

/**
 * names_design() - name a design of the tables
 * @design: enum fastkexec_design
 *
 * Return: its name, as --design takes it; "unknown" for what this tool does not know
 */
const char *names_design(uint32_t design);

/**
 * names_verify() - name what is compared before the kernels change
 * @verify: enum fastkexec_verify
 *
 * Return: its name, as --verify takes it; "unknown" for what this tool does not know
 */
const char *names_verify(uint32_t verify);

/**
 * struct names_level - names of an enum fastkexec_level
 * @name: for programs; never changes
 * @text: for people
 */
struct names_level {
	const char *name;
	const char *text;
};

/**
 * names_level() - name a level
 * @level: enum fastkexec_level
 *
 * Return: its names; "unknown" for what this tool does not know
 */
struct names_level names_level(uint32_t level);

#endif /* FASTKEXEC_NAMES_H */
