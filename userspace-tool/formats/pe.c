// SPDX-License-Identifier: GPL-2.0
#include "formats/pe.h"

#include <string.h>

#include "array.h"
#include "formats/bytes.h"

/* Where the header lies is said here. */
#define HEADER_AT		60
#define DOS_HEADER_SIZE		64

/* Offsets in the header. */
#define HEADER_SIZE		24
#define MACHINE			4
#define SECTIONS		6
#define OPTIONAL_SIZE		20

/* Offsets in the optional header of a 64-bit file, which follows. */
#define OPTIONAL_64		0x20b
#define DIRECTORIES		108
#define CERTIFICATE		144
#define CERTIFICATE_END		152

/* Offsets in a section header. */
#define SECTION_SIZE		40
#define SECTION_MEMORY_SIZE	8
#define SECTION_FILE_SIZE	16
#define SECTION_FILE_OFFSET	20

static bool reaches(struct pe *pe, uint64_t end)
{
	if (end > pe->needed)
		pe->needed = end;
	return end <= pe->size;
}

/* A file that is signed has a certificate table, which is no section. */
static bool has_certificate(const uint8_t *optional, uint32_t size)
{
	return size >= CERTIFICATE_END && le16(optional) == OPTIONAL_64 &&
	       le32(optional + DIRECTORIES) > 4 && le32(optional + CERTIFICATE + 4);
}

static bool sections_reach(struct pe *pe)
{
	const uint8_t *section = pe->table;
	unsigned int i;

	for (i = 0; i < pe->nr_sections; i++, section += SECTION_SIZE)
		if (!reaches(pe, (uint64_t)le32(section + SECTION_FILE_OFFSET) +
				 le32(section + SECTION_FILE_SIZE)))
			return false;
	return true;
}

enum pe_result pe_read(struct pe *pe, const uint8_t *data, size_t size)
{
	uint64_t header, table;
	uint32_t optional;

	*pe = (struct pe){ .data = data, .size = size };
	if (size < DOS_HEADER_SIZE || memcmp(data, "MZ", 2))
		return PE_NONE;
	header = le32(data + HEADER_AT);
	if (!reaches(pe, header + HEADER_SIZE))
		return PE_CUT;
	if (memcmp(data + header, "PE\0\0", 4))
		return PE_NONE;

	pe->machine = le16(data + header + MACHINE);
	pe->nr_sections = le16(data + header + SECTIONS);
	optional = le16(data + header + OPTIONAL_SIZE);
	table = header + HEADER_SIZE + optional;
	if (!reaches(pe, table + (uint64_t)pe->nr_sections * SECTION_SIZE))
		return PE_CUT;
	pe->table = data + table;
	pe->is_signed = has_certificate(data + header + HEADER_SIZE, optional);
	return sections_reach(pe) ? PE_WHOLE : PE_CUT;
}

/* In the file a section is padded; its size in memory is the true one, where it is less. */
struct pe_section pe_section(const struct pe *pe, unsigned int index)
{
	const uint8_t *header = pe->table + index * SECTION_SIZE;
	uint32_t memory = le32(header + SECTION_MEMORY_SIZE);
	struct pe_section section = {
		.data = pe->data + le32(header + SECTION_FILE_OFFSET),
		.size = le32(header + SECTION_FILE_SIZE),
	};

	memcpy(section.name, header, 8);
	if (memory && memory < section.size)
		section.size = memory;
	return section;
}

const char *pe_machine_name(const struct pe *pe)
{
	static const struct {
		uint32_t machine;
		const char *name;
	} names[] = {
		{ PE_MACHINE_ARM64, "arm64" },
		{ 0x8664, "x86-64" },
		{ 0x014c, "32-bit x86" },
		{ 0x01c0, "32-bit Arm" },
		{ 0x01c2, "32-bit Arm" },
		{ 0x5064, "RISC-V" },
		{ 0x6264, "LoongArch" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (names[i].machine == pe->machine)
			return names[i].name;
	return NULL;
}
