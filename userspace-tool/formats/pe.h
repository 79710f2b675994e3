/* SPDX-License-Identifier: GPL-2.0 */
/*
 * EFI programs: the header and the sections of a PE file (Microsoft's "PE Format").
 */
#ifndef FASTKEXEC_PE_H
#define FASTKEXEC_PE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PE_MACHINE_ARM64	0xaa64

/**
 * enum pe_result - what a file is
 * @PE_WHOLE: a PE file whose sections all lie inside of it
 * @PE_CUT: a PE file that is shorter than it says
 * @PE_NONE: no PE file
 */
enum pe_result {
	PE_WHOLE,
	PE_CUT,
	PE_NONE,
};

/**
 * struct pe - a PE file
 * @data: its contents; not owned
 * @size: bytes of them
 * @needed: bytes that it has to have, as far as was read
 * @machine: whose code is in it
 * @is_signed: whether it carries a signature
 * @table: its section headers
 * @nr_sections: how many they are
 */
struct pe {
	const uint8_t *data;
	uint64_t size;
	uint64_t needed;
	uint32_t machine;
	bool is_signed;
	const uint8_t *table;
	unsigned int nr_sections;
};

/**
 * struct pe_section - one section
 * @name: its name
 * @data: its contents
 * @size: bytes of them
 */
struct pe_section {
	char name[9];
	const uint8_t *data;
	size_t size;
};

/**
 * pe_read() - look at a file
 * @pe: takes what there is to know
 * @data: the file's contents; must stay valid as long as @pe
 * @size: bytes of them
 *
 * Return: what it is; with PE_NONE, @pe means nothing
 */
enum pe_result pe_read(struct pe *pe, const uint8_t *data, size_t size);

/**
 * pe_section() - one of its sections
 * @pe: a whole file
 * @index: which section, below @nr_sections
 *
 * Return: the section
 */
struct pe_section pe_section(const struct pe *pe, unsigned int index);

/**
 * pe_machine_name() - whose code is in it, for people
 * @pe: as read
 *
 * Return: a name; NULL if it is none of those that run Linux
 */
const char *pe_machine_name(const struct pe *pe);

#endif /* FASTKEXEC_PE_H */
