// SPDX-License-Identifier: GPL-2.0
/*
 * Unified kernel images: an EFI program (systemd-stub) that carries kernel, initrd,
 * command line and device trees in sections of its own
 * (https://uapi-group.org/specifications/specs/unified_kernel_image/).
 */
#include <libfdt.h>
#include <string.h>

#include "array.h"
#include "formats/format.h"
#include "formats/payload.h"
#include "formats/pe.h"
#include "out.h"
#include "root.h"

/* A profile begins with a section of this name. What comes before holds for all. */
#define PROFILE		".profile"

static bool read_uki(struct pe *pe, const uint8_t *data, size_t size)
{
	unsigned int i;

	if (pe_read(pe, data, size) != PE_WHOLE)
		return false;
	for (i = 0; i < pe->nr_sections; i++)
		if (!strcmp(pe_section(pe, i).name, ".linux"))
			return true;
	return false;
}

static bool uki_probe(const uint8_t *data, size_t size)
{
	struct pe pe;

	return read_uki(&pe, data, size);
}

static int take_initrd(struct kernel *kernel, const struct pe_section *section)
{
	return payload_copy(&kernel->extras.initrd, section->data, section->size, kernel->path);
}

static int take_cmdline(struct kernel *kernel, const struct pe_section *section)
{
	return payload_text(&kernel->extras.cmdline, section->data, section->size, kernel->path);
}

static int take_uname(struct kernel *kernel, const struct pe_section *section)
{
	return payload_text(&kernel->extras.uname, section->data, section->size, kernel->path);
}

static int copy_tree(struct blob *tree, const struct kernel *kernel,
		     const struct pe_section *section)
{
	if (payload_copy(tree, section->data, section->size, kernel->path))
		return -1;
	if (!fdt_check_full(tree->data, tree->size))
		return 0;
	blob_free(tree);
	return out_fail("%s: the device tree in its section %s is damaged", kernel->path,
			section->name);
}

static int take_dtb(struct kernel *kernel, const struct pe_section *section)
{
	struct blob tree = { 0 };

	if (copy_tree(&tree, kernel, section))
		return -1;
	kernel->extras.trees++;
	blob_free(&kernel->extras.dtb);
	kernel->extras.dtb = tree;
	return 0;
}

/* Whether a tree is for this machine, by the first word that each says of itself. */
static bool fits_machine(const struct blob *tree)
{
	const char *compatible = fdt_getprop(tree->data, 0, "compatible", NULL);
	char machine[128];

	root_read(machine, sizeof(machine), "/proc/device-tree/compatible");
	return compatible && machine[0] && !strcmp(compatible, machine);
}

static int take_dtbauto(struct kernel *kernel, const struct pe_section *section)
{
	struct blob tree = { 0 };

	if (copy_tree(&tree, kernel, section))
		return -1;
	kernel->extras.trees++;
	if (!fits_machine(&tree)) {
		blob_free(&tree);
		return 0;
	}
	blob_free(&kernel->extras.dtb);
	kernel->extras.dtb = tree;
	return 0;
}

static const struct {
	const char *name;
	int (*take)(struct kernel *kernel, const struct pe_section *section);
} roles[] = {
	{ ".initrd", take_initrd },
	{ ".cmdline", take_cmdline },
	{ ".uname", take_uname },
	{ ".dtb", take_dtb },
	{ ".dtbauto", take_dtbauto },
};

static int take(struct kernel *kernel, const struct pe_section *section)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(roles); i++)
		if (section->size && !strcmp(section->name, roles[i].name))
			return roles[i].take(kernel, section);
	return 0;
}

/* What the first profile says again replaces what was said for all. */
static int take_all(struct kernel *kernel, const struct pe *pe, struct pe_section *linux_section)
{
	unsigned int i, profiles = 0;

	for (i = 0; i < pe->nr_sections; i++) {
		const struct pe_section section = pe_section(pe, i);

		profiles += !strcmp(section.name, PROFILE);
		if (profiles > 1)
			break;
		if (!strcmp(section.name, ".linux"))
			*linux_section = section;
		else if (take(kernel, &section))
			return -1;
	}
	return 0;
}

static int uki_open(struct kernel *kernel)
{
	struct pe_section linux_section = { .size = 0 };
	struct pe pe;

	if (!read_uki(&pe, kernel->contents.data, kernel->contents.size))
		return -1;
	if (pe.machine != PE_MACHINE_ARM64)
		return out_fail("%s is a unified kernel image for %s, and not for arm64",
				kernel->path, pe_machine_name(&pe) ?: "another machine");
	kernel->extras.is_signed |= pe.is_signed;
	kernel->extras.without_stub = true;
	if (take_all(kernel, &pe, &linux_section))
		return -1;
	if (!linux_section.size)
		return out_fail("%s (unified kernel image) holds no kernel: its section .linux is empty",
				kernel->path);
	return payload_keep(kernel, linux_section.data - pe.data, linux_section.size);
}

const struct format format_uki = {
	.name	= "unified kernel image",
	.wraps	= true,
	.probe	= uki_probe,
	.open	= uki_open,
};
