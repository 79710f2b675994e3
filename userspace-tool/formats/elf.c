// SPDX-License-Identifier: GPL-2.0
/*
 * ELF files: vmlinux, which holds an arm64 Image in pieces, and programs that run
 * without a system, each at the physical addresses that it was linked for.
 *
 * Two of its structures are read here, as <elf.h> has them. libelf would need memory for
 * every section that a file claims to have.
 */
#include <elf.h>
#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#include "formats/format.h"
#include "out.h"

/**
 * struct elf - an ELF file
 * @path: its name
 * @data: its contents
 * @size: bytes of them
 * @big_endian: byte order of its numbers
 * @table: offset of its program headers
 * @step: bytes from one of them to the next
 * @nr: how many they are
 * @start_pa: the lowest address that it fills
 * @end_pa: the end of the highest
 * @file_end_pa: the end of what comes from the file
 * @filled: bytes that come from the file
 */
struct elf {
	const char *path;
	const uint8_t *data;
	uint64_t size;
	bool big_endian;
	uint64_t table;
	uint64_t step;
	unsigned int nr;
	uint64_t start_pa;
	uint64_t end_pa;
	uint64_t file_end_pa;
	uint64_t filled;
};

/**
 * struct part - a program header
 * @type: what it is about
 * @offset: where it lies in the file
 * @filesz: bytes of it there
 * @pa: where it goes
 * @memsz: bytes there
 */
struct part {
	uint32_t type;
	uint64_t offset;
	uint64_t filesz;
	uint64_t pa;
	uint64_t memsz;
};

static uint64_t number(const struct elf *elf, const uint8_t *p, unsigned int bytes)
{
	uint64_t value = 0;
	unsigned int i;

	for (i = 0; i < bytes; i++)
		value = value << 8 | p[elf->big_endian ? i : bytes - 1 - i];
	return value;
}

#define FIELD(elf, p, type, field) \
	number(elf, (p) + offsetof(type, field), sizeof(((type *)0)->field))

static bool elf_probe(const uint8_t *data, size_t size)
{
	return size >= SELFMAG && !memcmp(data, ELFMAG, SELFMAG);
}

/* Whose code it is, if it is not ours. */
static const char *stranger(const struct elf *elf)
{
	if (elf->data[EI_CLASS] != ELFCLASS64)
		return "32-bit machines";
	switch (FIELD(elf, elf->data, Elf64_Ehdr, e_machine)) {
	case EM_AARCH64:
		return NULL;
	case EM_X86_64:
		return "x86-64";
	case EM_RISCV:
		return "RISC-V";
	default:
		return "another machine";
	}
}

static int nothing_to_load(const struct elf *elf)
{
	return out_fail("%s is an ELF file with nothing to load (an object, a module?)", elf->path);
}

static int read_header(struct elf *elf)
{
	const uint8_t *header = elf->data;

	if (elf->size < sizeof(Elf64_Ehdr))
		return out_fail("%s (ELF) is cut short: it has %" PRIu64 " bytes", elf->path,
				elf->size);
	elf->big_endian = header[EI_DATA] == ELFDATA2MSB;
	if (stranger(elf))
		return out_fail("%s is an ELF file for %s, and not for arm64", elf->path,
				stranger(elf));
	elf->table = FIELD(elf, header, Elf64_Ehdr, e_phoff);
	elf->step = FIELD(elf, header, Elf64_Ehdr, e_phentsize);
	elf->nr = FIELD(elf, header, Elf64_Ehdr, e_phnum);
	if (!elf->nr)
		return nothing_to_load(elf);
	if (elf->step < sizeof(Elf64_Phdr) || elf->table > elf->size ||
	    elf->size - elf->table < elf->nr * elf->step)
		return out_fail("%s (ELF) is cut short or damaged: its program headers lie outside",
				elf->path);
	return 0;
}

static struct part read_part(const struct elf *elf, unsigned int index)
{
	const uint8_t *p = elf->data + elf->table + index * elf->step;

	return (struct part){
		.type = FIELD(elf, p, Elf64_Phdr, p_type),
		.offset = FIELD(elf, p, Elf64_Phdr, p_offset),
		.filesz = FIELD(elf, p, Elf64_Phdr, p_filesz),
		.pa = FIELD(elf, p, Elf64_Phdr, p_paddr),
		.memsz = FIELD(elf, p, Elf64_Phdr, p_memsz),
	};
}

/* No two parts come from the same bytes: together they are no more than the file. */
static int check_part(struct elf *elf, const struct part *part)
{
	if (part->filesz > part->memsz || part->pa + part->memsz < part->pa)
		return out_fail("%s (ELF) is damaged: a part of it has no sensible size",
				elf->path);
	if (part->offset > elf->size || elf->size - part->offset < part->filesz)
		return out_fail("%s (ELF) is cut short or damaged: a part of it lies outside",
				elf->path);
	elf->filled += part->filesz;
	if (elf->filled > elf->size)
		return out_fail("%s (ELF) is damaged: its parts are larger than itself", elf->path);
	return 0;
}

static void widen(struct elf *elf, const struct part *part)
{
	if (part->pa < elf->start_pa)
		elf->start_pa = part->pa;
	if (part->pa + part->memsz > elf->end_pa)
		elf->end_pa = part->pa + part->memsz;
	if (part->filesz && part->pa + part->filesz > elf->file_end_pa)
		elf->file_end_pa = part->pa + part->filesz;
}

static int measure_part(struct elf *elf, const struct part *part)
{
	/* Memory of a thread is a system's to give. */
	if (part->type == PT_INTERP || part->type == PT_TLS)
		return out_fail("%s is an ELF program for a running system, and no kernel",
				elf->path);
	if (part->type != PT_LOAD)
		return 0;
	if (check_part(elf, part))
		return -1;
	if (part->memsz)
		widen(elf, part);
	return 0;
}

static int measure(struct elf *elf, uint64_t memory)
{
	unsigned int i;

	elf->start_pa = UINT64_MAX;
	for (i = 0; i < elf->nr; i++) {
		const struct part part = read_part(elf, i);

		if (measure_part(elf, &part))
			return -1;
	}
	if (!elf->filled)
		return nothing_to_load(elf);
	if (elf->end_pa - elf->start_pa > memory)
		return out_fail("%s (ELF) spreads over %s, more than this machine's memory (%s)",
				elf->path, out_size(elf->end_pa - elf->start_pa).s,
				out_size(memory).s);
	return 0;
}

static int flatten(const struct elf *elf, struct blob *flat)
{
	unsigned int i;

	if (blob_alloc(flat, elf->file_end_pa - elf->start_pa, elf->path))
		return -1;
	for (i = 0; i < elf->nr; i++) {
		const struct part part = read_part(elf, i);

		if (part.type == PT_LOAD && part.filesz)
			memcpy(flat->data + (part.pa - elf->start_pa), elf->data + part.offset,
			       part.filesz);
	}
	return 0;
}

/* Of vmlinux only the distances of its addresses count: it runs wherever it lies. */
static int settle(struct kernel *kernel, const struct elf *elf, uint64_t entry)
{
	if (format_arm64.probe(kernel->contents.data, kernel->contents.size))
		return 0;
	kernel->fixed = true;
	kernel->load_pa = elf->start_pa;
	kernel->memsz = elf->end_pa - elf->start_pa;
	kernel->entry_pa = entry;
	kernel->big_endian = elf->big_endian;
	if (entry - kernel->load_pa < kernel->memsz ||
	    (kernel->request && kernel->request->entry))
		return 0;
	return out_fail("%s (ELF) begins at %#" PRIx64 ", which is not in it (%#" PRIx64
			" up to %#" PRIx64 "): say where with --entry", kernel->path, entry,
			kernel->load_pa, elf->end_pa);
}

static int elf_open(struct kernel *kernel)
{
	struct elf elf = {
		.path = kernel->path,
		.data = kernel->contents.data,
		.size = kernel->contents.size,
	};
	struct blob flat;
	uint64_t entry;

	if (read_header(&elf) || measure(&elf, kernel->memory) || flatten(&elf, &flat))
		return -1;
	entry = FIELD(&elf, elf.data, Elf64_Ehdr, e_entry);
	blob_free(&kernel->contents);
	kernel->contents = flat;
	return settle(kernel, &elf, entry);
}

const struct format format_elf = {
	.name	= "ELF",
	.wraps	= true,
	.probe	= elf_probe,
	.open	= elf_open,
};
