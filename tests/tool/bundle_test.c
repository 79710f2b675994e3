// SPDX-License-Identifier: GPL-2.0
/*
 * Files that hold more than a kernel, and kernels that have one place.
 */
#include "fake_device.h"

#include <elf.h>
#include <libfdt.h>

#include "formats/format.h"
#include "kernel_file.h"
#include "layout.h"

#define MEMORY	(64ULL << 20)

/* What is looked at; a test puts it together. */
static uint8_t file[64 << 10];
static size_t size;
static struct kernel_request request;

static void nothing_there(void)
{
	memset(file, 0, sizeof(file));
	size = 0;
	request = (struct kernel_request){ .path = "vmlinuz", .memory = MEMORY };
}

static int look(struct kernel *kernel)
{
	struct blob contents;
	int ret;

	assert_int_equal(blob_alloc(&contents, size, "it"), 0);
	memcpy(contents.data, file, size);
	fake_listen();
	ret = kernel_read(kernel, &request, &contents);
	fake_heard();
	return ret;
}

static void refused(const char *why)
{
	struct kernel kernel;

	assert_int_equal(look(&kernel), -1);
	assert_sentence(why);
}

/* A PE file that begins with as many sections as there is room for. */
#define SECTIONS_AT	88

static void begin_pe(unsigned int machine)
{
	nothing_there();
	memcpy(file, "MZ", 2);
	put_le(file + 60, 64, 4);
	memcpy(file + 64, "PE\0\0", 4);
	put_le(file + 68, machine, 2);
	size = 4096;
}

static void add_section(const char *name, const void *data, size_t bytes)
{
	unsigned int nr = file[70]++;
	uint8_t *section = file + SECTIONS_AT + nr * 40;

	memcpy(section, name, strlen(name));
	put_le(section + 8, bytes, 4);
	put_le(section + 16, (bytes + 511) & ~511, 4);
	put_le(section + 20, size, 4);
	memcpy(file + size, data, bytes);
	size += (bytes + 511) & ~511;
}

static void add_linux(uint64_t image_size)
{
	uint8_t image[64];

	put_header(image, 0, image_size, 0xa);
	add_section(".linux", image, sizeof(image));
}

static void add_tree(const char *section, const char *compatible)
{
	uint8_t tree[512];

	assert_int_equal(fdt_create_empty_tree(tree, sizeof(tree)), 0);
	fdt_setprop_string(tree, 0, "compatible", compatible);
	fdt_pack(tree);
	add_section(section, tree, fdt_totalsize(tree));
}

TOOL_TEST("a unified image gives its kernel, initrd, command line and release")
{
	struct kernel kernel;

	begin_pe(0xaa64);
	add_section(".osrel", "ID=test", 7);
	add_section(".cmdline", "quiet splash\n\0junk", 18);
	add_section(".uname", "6.1.0-test", 10);
	add_section(".initrd", "070701 and so on", 16);
	add_linux(4096);
	assert_int_equal(look(&kernel), 0);
	assert_int_equal(kernel.contents.size, 64);
	assert_int_equal(kernel.memsz, 4096);
	assert_string_equal(kernel.extras.cmdline, "quiet splash");
	assert_string_equal(kernel.extras.uname, "6.1.0-test");
	assert_int_equal(kernel.extras.initrd.size, 16);
	assert_memory_equal(kernel.extras.initrd.data, "070701 and so on", 16);
	assert_true(kernel.extras.without_stub);
	assert_int_equal(kernel.extras.trees, 0);
	kernel_close(&kernel);
}

TOOL_TEST("the tree for this machine is found among several")
{
	struct kernel kernel;

	fake_put("/proc/device-tree/compatible", "maker,board");
	begin_pe(0xaa64);
	add_linux(4096);
	add_tree(".dtb", "for,all");
	add_tree(".dtbauto", "other,board");
	assert_int_equal(look(&kernel), 0);
	assert_int_equal(kernel.extras.trees, 2);
	assert_string_equal(fdt_getprop(kernel.extras.dtb.data, 0, "compatible", NULL), "for,all");
	kernel_close(&kernel);
	add_tree(".dtbauto", "maker,board");
	assert_int_equal(look(&kernel), 0);
	assert_string_equal(fdt_getprop(kernel.extras.dtb.data, 0, "compatible", NULL),
			    "maker,board");
	kernel_close(&kernel);
	add_section(".dtb", "no tree", 7);
	refused("the device tree in its section .dtb is damaged");
}

TOOL_TEST("of several profiles the first one counts")
{
	struct kernel kernel;

	begin_pe(0xaa64);
	add_linux(4096);
	add_section(".cmdline", "base", 4);
	add_section(".profile", "ID=main", 7);
	assert_int_equal(look(&kernel), 0);
	assert_string_equal(kernel.extras.cmdline, "base");
	kernel_close(&kernel);
	add_section(".cmdline", "main", 4);
	add_section(".profile", "ID=rescue", 9);
	add_section(".cmdline", "rescue", 6);
	assert_int_equal(look(&kernel), 0);
	assert_string_equal(kernel.extras.cmdline, "main");
	kernel_close(&kernel);
}

TOOL_TEST("efi programs that hold no arm64 kernel say what they are")
{
	begin_pe(0x8664);
	add_linux(4096);
	refused("is a unified kernel image for x86-64, and not for arm64");
	begin_pe(0xaa64);
	add_section(".linux", "", 0);
	refused("its section .linux is empty");
	begin_pe(0x8664);
	refused("is an EFI program for x86-64");
	begin_pe(0xaa64);
	refused("is an EFI program that is no arm64 kernel");
	begin_pe(0xaa64);
	add_linux(4096);
	size -= 512;
	refused("is an EFI program that is cut short");
}

/* An ELF file with two parts, of 64 bytes each, 128 apart. */
static void begin_elf(uint64_t pa, const uint8_t *head)
{
	Elf64_Ehdr header = {
		.e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB },
		.e_machine = EM_AARCH64,
		.e_entry = pa + 4,
		.e_phoff = sizeof(header),
		.e_phentsize = sizeof(Elf64_Phdr),
		.e_phnum = 2,
	};
	Elf64_Phdr parts[2] = {
		{ .p_type = PT_LOAD, .p_offset = 1024, .p_paddr = pa, .p_filesz = 64,
		  .p_memsz = 64 },
		{ .p_type = PT_LOAD, .p_offset = 2048, .p_paddr = pa + 128, .p_filesz = 64,
		  .p_memsz = 4096 },
	};

	nothing_there();
	memcpy(file, &header, sizeof(header));
	memcpy(file + sizeof(header), parts, sizeof(parts));
	memcpy(file + 1024, head, 64);
	memset(file + 2048, 0x55, 64);
	size = 4096;
}

static Elf64_Phdr *elf_part(unsigned int i)
{
	return (Elf64_Phdr *)(file + sizeof(Elf64_Ehdr)) + i;
}

TOOL_TEST("vmlinux becomes an Image again")
{
	struct kernel kernel;
	uint8_t head[64];

	put_header(head, 0, 1 << 20, 0xc);
	begin_elf(0xffff800008000000, head);
	assert_int_equal(look(&kernel), 0);
	assert_false(kernel.fixed);
	assert_int_equal(kernel.contents.size, 192);
	assert_memory_equal(kernel.contents.data, head, 64);
	assert_int_equal(kernel.contents.data[64], 0);
	assert_int_equal(kernel.contents.data[128], 0x55);
	assert_int_equal(kernel.memsz, 1 << 20);
	assert_int_equal(kernel.granule, 16384);
	kernel_close(&kernel);
	request.entry = true;
	refused("--entry: vmlinuz is an arm64 Image");
}

TOOL_TEST("another ELF file has its place and its entry")
{
	static const uint8_t code[64] = "code";
	struct kernel kernel;

	begin_elf(0x40200000, code);
	assert_int_equal(look(&kernel), 0);
	assert_true(kernel.fixed);
	assert_int_equal(kernel.load_pa, 0x40200000);
	assert_int_equal(kernel.entry_pa, 0x40200004);
	assert_int_equal(kernel.memsz, 128 + 4096);
	assert_int_equal(kernel.contents.size, 192);
	kernel_close(&kernel);

	request.entry = true;
	request.entry_pa = 0x40200080;
	assert_int_equal(look(&kernel), 0);
	assert_int_equal(kernel.entry_pa, 0x40200080);
	kernel_close(&kernel);
	request.entry_pa = 0x40201080;
	refused("--entry: 0x40201080 is not in vmlinuz");
	request.entry = false;
	((Elf64_Ehdr *)file)->e_entry = 0;
	refused("begins at 0, which is not in it");
}

TOOL_TEST("hostile ELF files are refused")
{
	static const uint8_t code[64] = "code";

	begin_elf(0x40200000, code);
	elf_part(0)->p_filesz = 65;
	refused("a part of it has no sensible size");
	/* Contents and no memory to hold them. */
	begin_elf(0x40200000, code);
	elf_part(1)->p_memsz = 0;
	refused("a part of it has no sensible size");
	begin_elf(0x40200000, code);
	elf_part(0)->p_offset = UINT64_MAX;
	refused("a part of it lies outside");
	begin_elf(0x40200000, code);
	elf_part(1)->p_paddr = UINT64_MAX;
	refused("a part of it has no sensible size");
	begin_elf(0x40200000, code);
	elf_part(1)->p_paddr = 0;
	refused("spreads over");
	begin_elf(0x40200000, code);
	elf_part(1)->p_offset = 0;
	elf_part(1)->p_filesz = 4090;
	refused("its parts are larger than itself");
	begin_elf(0x40200000, code);
	elf_part(1)->p_type = PT_INTERP;
	refused("is an ELF program for a running system");
	begin_elf(0x40200000, code);
	((Elf64_Ehdr *)file)->e_machine = EM_X86_64;
	refused("is an ELF file for x86-64");
	begin_elf(0x40200000, code);
	((Elf64_Ehdr *)file)->e_phnum = 65535;
	refused("its program headers lie outside");
	begin_elf(0x40200000, code);
	((Elf64_Ehdr *)file)->e_phnum = 0;
	refused("an ELF file with nothing to load");
}

TOOL_TEST_WITH("a raw file is taken unseen, and placed around what else is needed", nothing_there)
{
	const struct fastkexec_info info = { .page_size = 65536 };
	struct boot boot = { .dtb = { .size = 4096 } };
	struct layout layout;

	memcpy(file, "\177ELF", 4);
	size = sizeof(file);
	request.raw = true;
	request.raw_pa = 0x40201000;
	request.entry = true;
	request.entry_pa = 0x40201800;
	assert_int_equal(look(&boot.kernel), 0);
	assert_int_equal(boot.kernel.memsz, sizeof(file));
	assert_int_equal(layout_plan(&layout, &boot, &info), 0);
	assert_int_equal(layout.nr, 2);
	assert_int_equal(layout.nr_asked, 1);
	assert_int_equal(layout.piece[0].role, FASTKEXEC_ROLE_DTB);
	assert_int_equal(layout.piece[1].addr, 0x40200000);
	assert_int_equal(layout.piece[1].memsz, 2 * 65536);
	assert_int_equal(layout.lead, 0x1000);
	assert_int_equal(layout_entry(&layout), 0x40201800);

	layout.piece[0].addr = 0x40220000;
	assert_int_equal(layout_check(&layout, &boot), 0);
	layout.piece[0].addr = 0x40210000;
	fake_listen();
	assert_int_equal(layout_check(&layout, &boot), -1);
	assert_sentence("vmlinuz goes to 0x40201000, and the only memory that is free");
	kernel_close(&boot.kernel);

	request.raw_pa = UINT64_MAX;
	request.entry = false;
	refused("--raw: vmlinuz does not fit at 0xffffffffffffffff");
}

/* An image of a FIT image: @tree, or an overlay that sets a property of the root. */
static void add_image(const char *name, const char *property)
{
	uint8_t tree[1024];
	int node;

	assert_int_equal(fdt_create_empty_tree(tree, sizeof(tree)), 0);
	if (property) {
		node = fdt_add_subnode(tree, 0, "fragment@0");
		fdt_setprop_string(tree, node, "target-path", "/");
		node = fdt_add_subnode(tree, node, "__overlay__");
		fdt_setprop_u32(tree, node, property, 1);
	}
	fdt_pack(tree);
	node = fdt_add_subnode(file, fdt_path_offset(file, "/images"), name);
	fdt_setprop(file, node, "data", tree, fdt_totalsize(tree));
}

static void make_fit(const char *trees, int length)
{
	uint8_t image[4096] = { 0 };
	int node;

	nothing_there();
	size = sizeof(file);
	put_header(image, 0, sizeof(image), 0xa);
	assert_int_equal(fdt_create_empty_tree(file, size), 0);
	fdt_add_subnode(file, 0, "images");
	node = fdt_add_subnode(file, fdt_path_offset(file, "/images"), "kernel-1");
	fdt_setprop(file, node, "data", image, sizeof(image));
	add_image("fdt-1", NULL);
	add_image("one", "first");
	add_image("two", "second");
	fdt_add_subnode(file, 0, "configurations");
	node = fdt_add_subnode(file, fdt_path_offset(file, "/configurations"), "all");
	fdt_setprop_string(file, node, "kernel", "kernel-1");
	fdt_setprop(file, node, "fdt", trees, length);
}

TOOL_TEST("the overlays of a FIT image are applied to its device tree")
{
	static const char all[] = "fdt-1\0one\0two";
	struct kernel kernel;

	make_fit(all, sizeof(all));
	assert_int_equal(look(&kernel), 0);
	assert_non_null(fdt_getprop(kernel.extras.dtb.data, 0, "first", NULL));
	assert_non_null(fdt_getprop(kernel.extras.dtb.data, 0, "second", NULL));
	kernel_close(&kernel);
	make_fit(all, sizeof("fdt-1\0one"));
	assert_int_equal(look(&kernel), 0);
	assert_non_null(fdt_getprop(kernel.extras.dtb.data, 0, "first", NULL));
	assert_null(fdt_getprop(kernel.extras.dtb.data, 0, "second", NULL));
	kernel_close(&kernel);
}

TOOL_TEST("an overlay of a FIT image that is none is told")
{
	static const char missing[] = "fdt-1\0three", none[] = "fdt-1\0kernel-1";

	make_fit(missing, sizeof(missing));
	refused("vmlinuz (FIT) is damaged: it does not hold three");
	make_fit(none, sizeof(none));
	refused("vmlinuz (FIT): the overlay kernel-1 does not fit the device tree: ");
}

TOOL_TEST_WITH("a configuration is named for FIT images alone", nothing_there)
{
	put_header(file, 0, 4096, 0xa);
	size = 4096;
	request.config = "conf-1";
	refused("--config: vmlinuz is no FIT image");
}
