// SPDX-License-Identifier: GPL-2.0
/*
 * 'fastkexec load' from its arguments to the bytes in memory, against a made-up
 * module.
 */
#include "fake_device.h"

#include <errno.h>
#include <libfdt.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "blockers.h"
#include "kernel_file.h"

#define KERNEL_SIZE	20000
#define IMAGE_SIZE	(3 << 20)
#define INITRD_SIZE	123457

static uint8_t kernel[KERNEL_SIZE];
static uint8_t initrd[INITRD_SIZE];
static const char *kernel_file, *initrd_file;

static void fill(uint8_t *data, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++)
		data[i] = i * 31 >> 2;
}

/* An archive of one file, with zeroes behind it. */
static void make_initrd(void)
{
	static const char entry[] = "070701%048X%08X%032X%08X%08X%s";
	const size_t body = 100000, head = 112;
	char *text = (char *)initrd;

	memset(initrd, 0, sizeof(initrd));
	sprintf(text, entry, 0, (unsigned int)body, 0, 2, 0, "x");
	fill(initrd + head, body);
	sprintf(text + head + body, entry, 0, 0, 0, 11, 0, "TRAILER!!!");
}

/* The running kernel's tree, as firmware or EFI's stub left it. */
static void boot(bool efi)
{
	static uint8_t tree[8192];
	int node;

	fdt_create_empty_tree(tree, sizeof(tree));
	fdt_setprop_u32(tree, 0, "#address-cells", 2);
	fdt_setprop_u32(tree, 0, "#size-cells", 2);
	node = fdt_add_subnode(tree, 0, "chosen");
	fdt_setprop_string(tree, node, "bootargs", "of the running kernel");
	if (efi)
		fdt_setprop_u64(tree, node, "linux,uefi-system-table", 0x7f000000);
	fake.dtb = fake_file("fdt", tree, sizeof(tree));
	fake.efi = efi;
}

/* Files of a good machine: a kernel, an initrd, the running tree and its line. */
static void good_files(void)
{
	fill(kernel, sizeof(kernel));
	put_header(kernel, 0, IMAGE_SIZE, 0xa);
	make_initrd();
	kernel_file = fake_file("Image", kernel, sizeof(kernel));
	initrd_file = fake_file("initrd", initrd, sizeof(initrd));
	boot(false);
	fake.cmdline = fake_file("cmdline", "BOOT_IMAGE=/vmlinuz root=/dev/vda1 ro\n", 38);
}

#define LOAD_TEST(words)	TOOL_TEST_WITH(words, good_files)

static const void *told(const char *name, int *length)
{
	const void *tree = fake_memory(fake.load.dtb, 64);

	assert_int_equal(fdt_check_header(tree), 0);
	return fdt_getprop(tree, fdt_path_offset(tree, "/chosen"), name, length);
}

static uint64_t told_number(const char *name)
{
	int length;
	const void *value = told(name, &length);

	assert_non_null(value);
	assert_int_equal(length, 8);
	return fdt64_ld(value);
}

LOAD_TEST("a kernel alone is refused unless it is meant")
{
	size_t i;

	for (i = 0; i < 2; i++) {
		boot(i);
		assert_int_equal(fake_run("load", kernel_file, NULL), 1);
		assert_has(fake_heard()->err, "say by --no-initrd that this is meant\n");
		assert_int_equal(fake_run("load", kernel_file, "--reuse-cmdline", "--remove=ro",
					  "--remove=root", NULL), 1);
		assert_has(fake_heard()->err, "neither an initrd nor a command line");
		assert_false(fake.loaded);
	}
	assert_int_equal(fake_run("load", kernel_file, "--command-line", "", NULL), 0);
	assert_int_equal(fake_run("load", kernel_file, "--no-initrd", NULL), 0);
	assert_int_equal(fake_run("load", kernel_file, "--initrd", initrd_file, NULL), 0);
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", NULL), 0);
}

LOAD_TEST("each step is told to who asks, and a program is told what status tells")
{
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", "-v", NULL), 0);
	assert_string_equal(fake_heard()->err,
			    "fastkexec: looking at this machine, and reading the files\n"
			    "fastkexec: asking the module for places\n"
			    "fastkexec: loading 2 segments\n");
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", "--json", NULL), 0);
	assert_string_equal(fake_heard()->err, "");
	assert_has(fake_heard()->out, "{\n  \"command\": \"load\",\n");
	assert_has(fake_heard()->out, "\n  \"loaded\": true,\n  \"image\": {\n    \"entry\": ");
	assert_has(fake_heard()->out, "\n  \"status\": 0\n}\n");
	assert_int_equal(fake_run("load", "/nowhere", "--append=ro", "--json", NULL), 1);
	assert_has(fake_heard()->out, "  \"errors\": [\n    \"cannot open /nowhere: ");
}

LOAD_TEST("everything gets to its place")
{
	uint64_t start;
	int length;

	boot(true);
	assert_int_equal(fake_run("load", kernel_file, "--initrd", initrd_file, "--append",
				  "root=/dev/vdb quiet", NULL), 0);
	assert_string_equal(fake_heard()->err, "");
	assert_true(fake.loaded);
	assert_int_equal(fake.load.nr_segments, 3);
	assert_int_equal(fake.load.placement, FASTKEXEC_PLACE_AUTO);
	assert_int_equal(fake.place.placement, FASTKEXEC_PLACE_AUTO);
	assert_int_equal(fake.place.window, 32ULL << 30);

	assert_int_equal(fake.load.entry % (2 << 20), 0);
	assert_memory_equal(fake_memory(fake.load.entry, KERNEL_SIZE), kernel, KERNEL_SIZE);
	fake_memory(fake.load.entry, IMAGE_SIZE);

	start = told_number("linux,initrd-start");
	assert_int_equal(told_number("linux,initrd-end"), start + INITRD_SIZE);
	assert_memory_equal(fake_memory(start, INITRD_SIZE), initrd, INITRD_SIZE);

	assert_int_equal(fake.load.dtb % (2 << 20), 0);
	assert_string_equal(told("bootargs", NULL), "root=/dev/vdb quiet");
	assert_int_equal(told_number("linux,uefi-system-table"), 0x7f000000);
	assert_non_null(told("linux,booted-from-kexec", NULL));
	assert_int_equal(told_number("kaslr-seed"), 0x0102030405060708);
	assert_int_equal(*(const uint8_t *)told("rng-seed", &length), 9);
	assert_int_equal(length, 64);
}

LOAD_TEST("an empty command line is told as one")
{
	assert_int_equal(fake_run("load", kernel_file, "--no-initrd", NULL), 0);
	assert_has(fake_heard()->out, "\nCommand line: (empty)\n");
}

LOAD_TEST("user is told what was done")
{
	const char *out;

	assert_int_equal(fake_run("load", kernel_file, "--initrd", initrd_file, "--append", "ro",
				  NULL), 0);
	out = fake_heard()->out;
	assert_has(out, "Loaded ");
	assert_has(out, "/Image (arm64 Image, 4K pages):\n");
	assert_has(out, "  kernel  0x00007fc00000    3.0 MiB  in place\n");
	assert_has(out, "  initrd  0x00007fbe0000  128.0 KiB  in place\n");
	assert_has(out, "  dtb     0x00007fa00000   64.0 KiB  in place\n");
	assert_has(out, "in place\nThe jump copies nothing.\nCommand line: ro\n");
	assert_has(out, "'systemctl reboot' starts it in an orderly way, 'fastkexec exec' at once.\n"
		   "For a reboot through the firmware (setup, updates): 'fastkexec unload' first.\n");

	fake.in_place = false;
	assert_int_equal(fake_run("load", kernel_file, "--append", "ro", "--placement", "copy",
				  NULL), 0);
	assert_int_equal(fake.load.placement, FASTKEXEC_PLACE_COPY);
	assert_int_equal(fake.place.placement, FASTKEXEC_PLACE_COPY);
	assert_has(fake_heard()->out, "by copy, from 7 chunks\n");
	assert_has(fake_heard()->out, "The jump copies 3.1 MiB in 21 copies.\n");

	assert_int_equal(fake_run("load", kernel_file, "--append", "ro", "--quiet", NULL), 0);
	assert_string_equal(fake_heard()->out, "");
	assert_string_equal(fake_heard()->err, "");
}

LOAD_TEST("without an initrd there is none")
{
	assert_int_equal(fake_run("load", kernel_file, "--append", "ro", NULL), 0);
	assert_int_equal(fake.load.nr_segments, 2);
	assert_null(told("linux,initrd-start", NULL));
	assert_null(told("linux,initrd-end", NULL));
}

/*
 * Without an initrd of its own, a kernel of 6.1 or later takes the one that EFI's
 * configuration table names: memory that is the running kernel's.
 */
LOAD_TEST("with efi there is an empty one")
{
	char archive[124] = "";
	uint64_t start;

	/* Links: 1; length of the name: 11; zeroes up to a multiple of four bytes. */
	strcpy(archive,
	       "07070100000000000000000000000000000000000000010000000000000000000000000000000000000000000000000000000B00000000TRAILER!!!");
	boot(true);
	assert_int_equal(fake_run("load", kernel_file, "--append", "ro", NULL), 0);
	assert_sentence("note: without --initrd the next kernel would take the running one's from EFI; it is given an empty one");
	assert_int_equal(fake.load.nr_segments, 3);
	start = told_number("linux,initrd-start");
	assert_int_equal(told_number("linux,initrd-end") - start, 124);
	assert_memory_equal(fake_memory(start, 124), archive, 124);
}

LOAD_TEST("command line is as asked for")
{
	static const struct {
		const char *options[3];
		const char *line;
		bool noted;
	} cases[] = {
		{ { "--append=a b" }, "a b", false },
		{ { "--command-line=a b" }, "a b", false },
		{ { "--reuse-cmdline" }, "root=/dev/vda1 ro", false },
		{ { "--reuse-cmdline", "--append=a b" }, "root=/dev/vda1 ro a b", false },
		{ { "--append=a b", "--reuse-cmdline" }, "root=/dev/vda1 ro a b", false },
		{ { "--append=a -- b", "--reuse-cmdline" }, "root=/dev/vda1 ro a -- b", false },
		{ { "--append=", "--no-initrd" }, "", true },
		{ { "--no-initrd" }, "", true },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *const *o = cases[i].options;

		assert_int_equal(fake_run("load", kernel_file, o[0], o[1], o[2], NULL), 0);
		assert_string_equal(told("bootargs", NULL), cases[i].line);
		if (cases[i].noted)
			assert_sentence("note: the next kernel's command line is empty");
		else
			assert_string_equal(fake_heard()->err, "");
	}
}

static const char *tree_of_the_users(uint32_t memory)
{
	static uint8_t tree[8192];
	const fdt32_t reg[] = { cpu_to_fdt32(0x40000000), cpu_to_fdt32(memory) };
	int node;

	fdt_create_empty_tree(tree, sizeof(tree));
	fdt_setprop_string(tree, 0, "model", "mine");
	fdt_setprop_u32(tree, 0, "#address-cells", 1);
	fdt_setprop_u32(tree, 0, "#size-cells", 1);
	node = fdt_add_subnode(tree, 0, "chosen");
	fdt_setprop_string(tree, node, "bootargs", "of the file");
	if (memory) {
		node = fdt_add_subnode(tree, 0, "memory@40000000");
		fdt_setprop_string(tree, node, "device_type", "memory");
		fdt_setprop(tree, node, "reg", reg, sizeof(reg));
	}
	return fake_file("mine.dtb", tree, sizeof(tree));
}

LOAD_TEST("tree of the users is taken")
{
	const char *file = tree_of_the_users(0);

	boot(true);
	assert_int_equal(fake_run("load", kernel_file, "--dtb", file, "--initrd", initrd_file,
				  NULL), 0);
	assert_string_equal(fake_heard()->err, "");
	assert_string_equal(told("bootargs", NULL), "of the file");
	assert_int_equal(told_number("linux,uefi-system-table"), 0x7f000000);
	assert_string_equal(fdt_getprop(fake_memory(fake.load.dtb, 64), 0, "model", NULL), "mine");

	assert_int_equal(fake_run("load", kernel_file, "--dtb", file, "--append", "mine", NULL), 0);
	assert_sentence("note: without --initrd");
	assert_string_equal(told("bootargs", NULL), "mine");
}

LOAD_TEST("tree of the users is all there may be")
{
	const char *file = tree_of_the_users(1U << 30);

	fake.dtb = NULL;
	assert_int_equal(fake_run("load", kernel_file, "--dtb", file, NULL), 0);
	assert_string_equal(fake_heard()->err, "");
	assert_string_equal(told("bootargs", NULL), "of the file");
	assert_int_equal(fake.load.nr_segments, 2);
	assert_int_equal(fake_run("load", kernel_file, "--dtb", tree_of_the_users(0), NULL), 1);
	assert_sentence("mine.dtb does not say where memory is");
	assert_int_equal(fake_run("load", kernel_file, NULL), 1);
	assert_sentence("this kernel does not show its device tree (/sys/firmware/fdt): give one with --dtb");

	/* What EFI said is in that tree only. */
	fake.efi = true;
	assert_int_equal(fake_run("load", kernel_file, "--dtb", file, NULL), 1);
	assert_sentence("this kernel does not show its device tree (/sys/firmware/fdt), in which EFI says where memory is");
}

/* An overlay that gives the root a property. */
static const char *make_overlay(void)
{
	static uint8_t data[1024];
	int node;

	fdt_create_empty_tree(data, sizeof(data));
	node = fdt_add_subnode(data, 0, "fragment@0");
	fdt_setprop_string(data, node, "target-path", "/");
	fdt_setprop_string(data, fdt_add_subnode(data, node, "__overlay__"), "model", "changed");
	return fake_file("a.dtbo", data, sizeof(data));
}

LOAD_TEST("an overlay changes the running kernel's tree, or that of the users")
{
	const char *overlay = make_overlay(), *file = tree_of_the_users(1U << 30);

	assert_int_equal(fake_run("load", kernel_file, "--append=ro", "--dtb", file, "--overlay",
				  overlay, NULL), 0);
	assert_string_equal(fdt_getprop(fake_memory(fake.load.dtb, 64), 0, "model", NULL), "changed");
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", "--overlay", overlay, NULL),
			 1);
	/* The test's running kernel knows no memory, and its tree with an overlay is looked at. */
	assert_sentence("a.dtbo does not describe the memory at ");
	boot(true);
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", "--overlay", overlay,
				  "--initrd", initrd_file, NULL), 0);
	assert_string_equal(fdt_getprop(fake_memory(fake.load.dtb, 64), 0, "model", NULL), "changed");
}

/* Nothing of a failed load reaches the module, and what it had stays. */
static void fails(const char *why, const char *a, const char *b, const char *c)
{
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", a, b, c, NULL), 1);
	assert_sentence(why);
	assert_string_equal(fake_heard()->out, "");
	assert_false(fake.loaded);
}

LOAD_TEST("a tree that does not know the memory of the image stops the load")
{
	assert_int_equal(fake_run("load", kernel_file, "--dtb", tree_of_the_users(0x10000000),
				  NULL), 1);
	assert_sentence("mine.dtb does not describe the memory at 0x7fc00000, where the next kernel's kernel would lie");
	assert_false(fake.loaded);
	assert_int_equal(fake_run("load", kernel_file, "--dtb", tree_of_the_users(0x3fe00000),
				  NULL), 1);
	assert_sentence("does not describe the memory at 0x7fe00000");
	/* Where EFI says where memory is, its tree may say anything. */
	boot(true);
	assert_int_equal(fake_run("load", kernel_file, "--initrd", initrd_file, "--dtb",
				  tree_of_the_users(0x10000000), NULL), 0);
}

LOAD_TEST("a file that is no initrd stops the load")
{
	fails("is neither a cpio archive", "--initrd", fake_file("bad", "hello", 5), NULL);
	fails("is a kernel, and not an initrd", "--initrd", kernel_file, NULL);
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", "--no-check-initrd",
				  "--initrd", kernel_file, NULL), 0);
	assert_true(fake.loaded);
}

LOAD_TEST("what is around speaks at the load")
{
	fake_put("/sys/kernel/kexec_loaded", "1\n");
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", NULL), 0);
	assert_sentence("note: kexec has a kernel loaded, too: 'systemctl reboot' may start that one; 'kexec -u' unloads it");
	fake_put("/proc/sys/kernel/kexec_load_disabled", "1\n");
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", NULL), 1);
	assert_has(fake_heard()->err, "kernel.kexec_load_disabled");
}

LOAD_TEST("kernel is unpacked")
{
	static uint8_t packed[2 * KERNEL_SIZE];
	z_stream stream = { 0 };

	deflateInit2(&stream, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
	stream.next_in = kernel;
	stream.avail_in = sizeof(kernel);
	stream.next_out = packed;
	stream.avail_out = sizeof(packed);
	assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
	deflateEnd(&stream);

	assert_int_equal(fake_run("load", "--append=ro",
				  fake_file("Image.gz", packed, stream.total_out), NULL), 0);
	assert_has(fake_heard()->out, "(arm64 Image in gzip, 4K pages)");
	assert_memory_equal(fake_memory(fake.load.entry, KERNEL_SIZE), kernel, KERNEL_SIZE);
}

LOAD_TEST("kernel lies at its text offset")
{
	put_header(kernel, 0x81000, IMAGE_SIZE, 0xa);
	kernel_file = fake_file("Image", kernel, sizeof(kernel));
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", NULL), 0);
	assert_string_equal(fake_heard()->err, "");
	assert_int_equal(fake.load.entry % (2 << 20), 0x81000);
	assert_memory_equal(fake_memory(fake.load.entry, KERNEL_SIZE), kernel, KERNEL_SIZE);

	/* Where pages are larger, the segment begins before the kernel. */
	fake.info.page_size = 65536;
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", NULL), 0);
	assert_int_equal(fake.load.entry % (2 << 20), 0x81000);
	assert_int_equal(fake.segments[0].dest % 65536, 0);
	assert_int_equal(fake.segments[0].dest + 0x1000, fake.load.entry);
	assert_memory_equal(fake_memory(fake.load.entry, KERNEL_SIZE), kernel, KERNEL_SIZE);
}

LOAD_TEST("blockers stop the load")
{
	const struct blocker *blocker;

	for (blocker = blockers_known(); blocker->bit; blocker++) {
		fake.info.blockers = blocker->bit;
		fails(blocker->reason, NULL, NULL, NULL);
	}
	fake.info.blockers = 1ULL << 40;
	fails("a reason (0x10000000000) that this tool does not know", NULL, NULL, NULL);
	fake.info.blockers = FASTKEXEC_BLOCK_LPI | FASTKEXEC_BLOCK_SPIN_TABLE;
	assert_int_equal(fake_run("load", kernel_file, NULL), 1);
	assert_has(fake_heard()->err, "spin-table");
	assert_has(fake_heard()->err, "LPI");
}

LOAD_TEST("missing module stops the load")
{
	fake.open_error = ENOENT;
	fails("the fastkexec module is not loaded", NULL, NULL, NULL);
	fake.open_error = EACCES;
	fails("become root", NULL, NULL, NULL);
}

/* What follows "cannot ...: " where the module has no line, as it does not answer. */
static const struct {
	int error;
	const char *why;
} errors[] = {
	{ EPERM, ": Operation not permitted; this needs root, and a kernel that is not locked" },
	{ EACCES, ": Permission denied; reboot through the firmware\n" },
	{ EBUSY, ": Device or resource busy\n" },
	{ EFAULT, ": Bad address; a file may have changed while it was read: try again\n" },
	{ EINVAL, ": Invalid argument; the tool and the module may be of different versions\n" },
	{ E2BIG, ": Argument list too long; load the module that belongs to" },
	{ EOVERFLOW, ": Value too large for defined data type\n" },
	{ EEXIST, ": File exists\n" },
	{ EADDRNOTAVAIL, ": Cannot assign requested address\n" },
	{ EFBIG, ": File too large; use a smaller kernel or initrd\n" },
	{ ENOSPC, ": No space left on device; free memory, unload what is loaded, or use" },
	{ ENOMEM, ": Cannot allocate memory\n" },
	{ EOPNOTSUPP, ": Operation not supported; see 'fastkexec status'\n" },
	{ ENODATA, ": No data available\n" },
	{ ENOTTY, ": the module does not know this call; load the module that belongs to" },
	{ EIO, ": Input/output error; do not rely on this machine's jump; what was" },
	{ EPIPE, ": Broken pipe\n" },
};

LOAD_TEST("every error of every call is a sentence")
{
	static const struct {
		unsigned long call;
		const char *doing;
	} calls[] = {
		{ FASTKEXEC_INFO, "cannot ask the module about this machine: " },
		{ FASTKEXEC_KEEPS, "cannot ask what the next kernel must not touch: " },
		{ FASTKEXEC_PLACE, "cannot find places for the next kernel: " },
		{ FASTKEXEC_LOAD, "cannot load the next kernel: " },
	};
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(calls); i++) {
		for (j = 0; j < ARRAY_SIZE(errors); j++) {
			fake.call_error[_IOC_NR(calls[i].call)] = errors[j].error;
			fails(errors[j].why, NULL, NULL, NULL);
			assert_has(fake_heard()->err, calls[i].doing);
		}
		fake.call_error[_IOC_NR(calls[i].call)] = 0;
	}
}

LOAD_TEST("words of the module come first")
{
	static const char long_line[512] = { [0 ... 510] = 'x' };

	fake.call_error[_IOC_NR(FASTKEXEC_LOAD)] = ENOMEM;
	fake.explanation =
		"not enough memory for the list of copies: if an image is loaded, unload it first";
	fails("cannot load the next kernel: not enough memory for the list of copies: if an image is loaded, unload it first\n",
	      NULL, NULL, NULL);
	fake.call_error[_IOC_NR(FASTKEXEC_LOAD)] = EOPNOTSUPP;
	fake.explanation = "this machine cannot be left: something that is not Linux runs at EL2";
	fails(": this machine cannot be left: something that is not Linux runs at EL2; see 'fastkexec status'\n",
	      NULL, NULL, NULL);
	fake.explanation = "with a full stop and a newline.\n";
	fails(": with a full stop and a newline; see", NULL, NULL, NULL);
	fake.explanation = "two\nlines\033[31m";
	fails(": two lines [31m; see", NULL, NULL, NULL);
	/* A line longer than there is room for is cut. */
	fake.explanation = long_line;
	fails("xxx; see", NULL, NULL, NULL);
	assert_true(strlen(fake_heard()->err) < 400);
	fake.explanation = "";
	fails(": Operation not supported; see", NULL, NULL, NULL);
	fake.call_error[_IOC_NR(FASTKEXEC_EXPLAIN)] = EFAULT;
	fake.explanation = "never seen";
	fails(": Operation not supported; see", NULL, NULL, NULL);
}

static void fails_about(enum fastkexec_subject subject, uint32_t index, const char *why,
			const char *initrd_option)
{
	fake.subject = subject;
	fake.subject_index = index;
	fails(why, initrd_option, initrd_option ? initrd_file : NULL, NULL);
}

LOAD_TEST("pieces are called by name")
{
	fake.call_error[_IOC_NR(FASTKEXEC_PLACE)] = ENOSPC;
	fake.explanation = "no stretch of 3145728 bytes is usable";
	fails_about(FASTKEXEC_SUBJECT_PIECE, 0, ": kernel: no stretch of 3145728 bytes", NULL);
	fails_about(FASTKEXEC_SUBJECT_PIECE, 1, "kernel: dtb: no stretch of", NULL);
	fails_about(FASTKEXEC_SUBJECT_PIECE, 1, "kernel: initrd: no stretch of", "--initrd");
	fails_about(FASTKEXEC_SUBJECT_PIECE, 2, "kernel: dtb: no stretch of", "--initrd");

	/* What is not about a piece, or about one that was not asked for, has no name. */
	fails_about(FASTKEXEC_SUBJECT_NONE, 0, "kernel: no stretch of", NULL);
	fails_about(FASTKEXEC_SUBJECT_PIECE, 2, "kernel: no stretch of", NULL);
	fails_about(FASTKEXEC_SUBJECT_PIECE, UINT32_MAX, "kernel: no stretch of", NULL);
	fails_about(FASTKEXEC_SUBJECT_SEGMENT, 1, "kernel: no stretch of", NULL);

	/* No line, no name. */
	fake.explanation = NULL;
	fails_about(FASTKEXEC_SUBJECT_PIECE, 1, "kernel: No space left on device; ", NULL);
}

LOAD_TEST("segments are called by name")
{
	fake.call_error[_IOC_NR(FASTKEXEC_LOAD)] = EFAULT;
	fake.explanation = "its contents cannot be read";
	fails_about(FASTKEXEC_SUBJECT_SEGMENT, 1,
		    ": initrd: its contents cannot be read; a file may have changed", "--initrd");
	fails_about(FASTKEXEC_SUBJECT_SEGMENT, 0, ": kernel: its contents cannot be read", NULL);
	fails_about(FASTKEXEC_SUBJECT_PIECE, 0, "kernel: its contents cannot be read", NULL);
	fails_about(FASTKEXEC_SUBJECT_SEGMENT, 3, "kernel: its contents cannot be read", NULL);
}

LOAD_TEST("the module is told what each piece and segment is")
{
	static const uint32_t roles[] = {
		FASTKEXEC_ROLE_KERNEL, FASTKEXEC_ROLE_INITRD, FASTKEXEC_ROLE_DTB,
	};
	unsigned int i;

	assert_int_equal(fake_run("load", kernel_file, "--initrd", initrd_file, "--append", "ro",
				  NULL), 0);
	for (i = 0; i < ARRAY_SIZE(roles); i++) {
		assert_int_equal(fake.pieces[i].role, roles[i]);
		assert_int_equal(fake.segments[i].role, roles[i]);
	}
}

static void keep_two(void)
{
	fake.nr_keeps = 2;
	fake.keeps[0] = (struct fastkexec_keep){ 0x41000000, 0x41010000, FASTKEXEC_KEEP_LPI, 0 };
	fake.keeps[1] = (struct fastkexec_keep){ 0x42000000, 0x42030000, FASTKEXEC_KEEP_LPI, 0 };
}

/* Whether the tree that was loaded reserves both, and nothing else. */
static void reserves_two(void)
{
	const uint8_t *tree = fake_memory(fake.load.dtb, 4096);
	uint64_t at[2], size[2];
	unsigned int i;

	assert_int_equal(fdt_num_mem_rsv(tree), 2);
	for (i = 0; i < 2; i++)
		assert_int_equal(fdt_get_mem_rsv(tree, i, &at[i], &size[i]), 0);
	assert_int_equal(at[0] + at[1], 0x83000000);
	assert_int_equal(at[0] > at[1] ? size[0] : size[1], 0x30000);
	assert_int_equal(size[0] + size[1], 0x40000);
}

LOAD_TEST("next kernel's tree reserves what must not be touched")
{
	keep_two();
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", NULL), 0);
	reserves_two();
	assert_int_equal(fake.load.flags, FASTKEXEC_LOAD_KEEPS);

	/* The list has grown when it is asked for. */
	fake.nr_keeps = 1;
	fake.nr_keeps_later = 2;
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", NULL), 0);
	reserves_two();
}

LOAD_TEST("the user's tree reserves it too")
{
	static uint8_t tree[4096];
	const fdt32_t reg[] = { 0, cpu_to_fdt32(0x40000000), 0, cpu_to_fdt32(0x40000000) };
	int node;

	fdt_create_empty_tree(tree, sizeof(tree));
	fdt_setprop_u32(tree, 0, "#address-cells", 2);
	fdt_setprop_u32(tree, 0, "#size-cells", 2);
	node = fdt_add_subnode(tree, 0, "memory@40000000");
	fdt_setprop_string(tree, node, "device_type", "memory");
	fdt_setprop(tree, node, "reg", reg, sizeof(reg));
	keep_two();
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", "--dtb",
				  fake_file("user.dtb", tree, sizeof(tree)), NULL), 0);
	reserves_two();
}

LOAD_TEST("bad files stop the load")
{
	static const uint8_t large[3 << 20];
	uint8_t bad[128] = "neither a kernel nor a device tree";
	const char *good = kernel_file;

	fails("No such file", "--initrd", "/nonexistent", NULL);
	fails("is a directory", "--initrd", fake_directory(), NULL);
	fails("is empty", "--initrd", fake_file("empty", NULL, 0), NULL);
	fails("No such file", "--dtb", "/nonexistent", NULL);
	fails("is not a device tree, or damaged", "--dtb", fake_file("bad", bad, sizeof(bad)),
	      NULL);
	fails("is larger than 2.0 MiB", "--dtb", fake_file("large", large, sizeof(large)),
	      NULL);

	kernel_file = fake_file("bad", bad, sizeof(bad));
	fails("is not an arm64 kernel", NULL, NULL, NULL);
	kernel_file = "/nonexistent";
	fails("No such file", NULL, NULL, NULL);

	kernel_file = good;
	fake.dtb = "/nonexistent";
	fails("No such file", NULL, NULL, NULL);
	fake.dtb = fake_file("bad", bad, sizeof(bad));
	fails("/sys/firmware/fdt is not a device tree, or damaged", NULL, NULL, NULL);
	good_files();
	fake.cmdline = NULL;
	fails("cannot open /proc/cmdline", "--reuse-cmdline", NULL, NULL);
}

LOAD_TEST("what does not fit memory stops the load")
{
	fake.memory = 4096;
	fails("is larger than this machine's memory", NULL, NULL, NULL);
	fake.memory = IMAGE_SIZE - 4096;
	fails("needs 3.0 MiB, more than this machine's memory", NULL, NULL, NULL);
	fake.memory = IMAGE_SIZE;
	fails("together need 3.1 MiB, more than this machine's memory (3.0 MiB)",
	      "--initrd", initrd_file, NULL);
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", NULL), 0);
}

LOAD_TEST("what the cpu cannot run stops the load")
{
	fake.info.granules = FASTKEXEC_GRANULE_64K;
	fails("was built for 4K pages, which this CPU does not have", NULL, NULL, NULL);
	put_header(kernel, 0, IMAGE_SIZE, 0x9);
	kernel_file = fake_file("Image", kernel, sizeof(kernel));
	fails("was built big-endian, which this CPU cannot run", NULL, NULL, NULL);
	fake.info.page_size = 5;
	fake.info.big_endian = 1;
	fails("a page size of 5 bytes", NULL, NULL, NULL);
}

LOAD_TEST("place beyond 48 bits stops the load")
{
	fake.ram.start = 1ULL << 50;
	fake.ram.end = fake.ram.start + (1ULL << 30);
	fails("a kernel cannot start above 2^48", NULL, NULL, NULL);
}

LOAD_TEST("long command line stops the load")
{
	char line[2100] = "--append=";

	memset(line + 9, 'x', 2048);
	assert_int_equal(fake_run("load", kernel_file, line, NULL), 1);
	assert_sentence("the command line has 2048 characters");
	assert_false(fake.loaded);
}

LOAD_TEST("without random bytes there is no load")
{
	fake.random_error = EIO;
	fails("cannot get random bytes", NULL, NULL, NULL);
}

LOAD_TEST("failed load keeps what was loaded")
{
	uint64_t entry;

	assert_int_equal(fake_run("load", kernel_file, "--append=ro", NULL), 0);
	entry = fake.load.entry;
	fake.call_error[_IOC_NR(FASTKEXEC_LOAD)] = ENOMEM;
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", NULL), 1);
	assert_true(fake.loaded);
	assert_int_equal(fake.load.entry, entry);
}

/* What is loaded is loaded. */
LOAD_TEST("load without words is done")
{
	fake.full_disk = true;
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", NULL), 0);
	assert_string_equal(fake_heard()->err, "");
	assert_true(fake.loaded);
	fake.full_disk = false;
	fake.call_error[_IOC_NR(FASTKEXEC_STATUS)] = EINTR;
	fake.explanation = "interrupted";
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", NULL), 0);
	assert_sentence("cannot ask what is loaded: interrupted");
	assert_has(fake_heard()->out, "/Image (arm64 Image, 4K pages)");
	assert_int_equal(fake_run("load", kernel_file, "--append=ro", "--quiet", NULL), 0);
	assert_sentence("cannot ask what is loaded: interrupted");
	assert_string_equal(fake_heard()->out, "");
}

static uint64_t number_of(const char *node, unsigned int i)
{
	const void *tree = fake_memory(fake.load.dtb, 64);
	int length;
	const fdt64_t *reg = fdt_getprop(tree, fdt_path_offset(tree, node), "reg", &length);

	assert_non_null(reg);
	assert_int_equal(length, 16);
	return fdt64_ld(reg + i);
}

static void check_module(const char *node, const char *kind, const void *data, size_t size)
{
	const void *tree = fake_memory(fake.load.dtb, 64);
	int at = fdt_path_offset(tree, node);

	assert_true(at > 0);
	assert_int_equal(fdt_node_check_compatible(tree, at, kind), 0);
	assert_int_equal(fdt_node_check_compatible(tree, at, "multiboot,module"), 0);
	assert_int_equal(number_of(node, 1), size);
	assert_memory_equal(fake_memory(number_of(node, 0), size), data, size);
}

LOAD_TEST("Xen finds its first guest by the device tree, and Linux's initrd is not told")
{
	static uint8_t guest[KERNEL_SIZE];
	char words[256];
	int length;

	memcpy(guest, kernel, sizeof(guest));
	guest[1000] ^= 1;
	snprintf(words, sizeof(words), "%s root=/dev/vda1  quiet",
		 fake_file("vmlinuz", guest, sizeof(guest)));
	assert_int_equal(fake_run("load", kernel_file, "--module", words, "--initrd", initrd_file,
				  "--command-line", "dom0_mem=1G", NULL), 0);
	assert_int_equal(fake.load.nr_segments, 4);
	check_module("/chosen/dom0-kernel", "multiboot,kernel", guest, sizeof(guest));
	check_module("/chosen/dom0-ramdisk", "multiboot,ramdisk", initrd, sizeof(initrd));
	assert_string_equal(fdt_getprop(fake_memory(fake.load.dtb, 64),
					fdt_path_offset(fake_memory(fake.load.dtb, 64),
							"/chosen/dom0-kernel"),
					"bootargs", &length), "root=/dev/vda1  quiet");
	assert_string_equal(told("bootargs", &length), "dom0_mem=1G");
	assert_int_equal(fdt32_ld(told("#address-cells", &length)), 2);
	assert_null(told("linux,initrd-start", &length));

	assert_int_equal(fake_run("load", kernel_file, "--module", kernel_file, "--command-line", "",
				  NULL), 0);
	assert_int_equal(fake.load.nr_segments, 3);
	check_module("/chosen/dom0-kernel", "multiboot,kernel", kernel, sizeof(kernel));
}

LOAD_TEST("what is no kernel is none for Xen's first guest")
{
	assert_int_equal(fake_run("load", kernel_file, "--module", "/nowhere a b", NULL), 1);
	assert_sentence("cannot open /nowhere: ");
	assert_int_equal(fake_run("load", kernel_file, "--module", initrd_file, NULL), 1);
	assert_int_equal(fake_run("load", kernel_file, "--module", kernel_file, "--reuse-cmdline",
				  NULL), 2);
	assert_false(fake.loaded);
}

LOAD_TEST("with --dtb-at the device tree goes to that address")
{
	char address[32];

	snprintf(address, sizeof(address), "%#llx", (unsigned long long)fake.ram.start);
	assert_int_equal(fake_run("load", kernel_file, "--no-initrd", "--dtb-at", address, NULL),
			 0);
	assert_int_equal(fake.load.dtb, fake.ram.start);
	assert_int_equal(fdt_check_header(fake_memory(fake.ram.start, 64)), 0);
	assert_int_equal(fake_run("load", kernel_file, "--no-initrd", "--dtb-at", address, "--raw",
				  address, NULL), 1);
	assert_has(fake_heard()->err, "is where ");
	assert_int_equal(fake_run("load", kernel_file, "--no-initrd", "--dtb-at", "0x40000008",
				  NULL), 1);
	assert_has(fake_heard()->err,
		   "--dtb-at: 0x40000008 is no multiple of this kernel's page size, 4.0 KiB\n");
	assert_int_equal(fake_run("load", kernel_file, "--no-initrd", "--dtb-at", "here", NULL), 2);
}

LOAD_TEST("nothing has to be asked for where all has one address")
{
	char raw[32], dtb[32];

	snprintf(raw, sizeof(raw), "%#llx", (unsigned long long)fake.ram.start + (1 << 20));
	snprintf(dtb, sizeof(dtb), "%#llx", (unsigned long long)fake.ram.start);
	assert_int_equal(fake_run("load", kernel_file, "--no-initrd", "--dtb-at", dtb, "--raw", raw,
				  NULL), 0);
	assert_int_equal(fake.load.nr_segments, 2);
	assert_int_equal(fake.load.entry, fake.ram.start + (1 << 20));
}
