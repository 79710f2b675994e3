// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "blob.h"
#include "cmd.h"
#include "cmdline.h"
#include "calls.h"
#include "dtb.h"
#include "formats/format.h"
#include "layout.h"
#include "load_options.h"
#include "out.h"
#include "rehearsal.h"
#include "segment.h"

#define RUNNING_DTB	"/sys/firmware/fdt"
#define RUNNING_EFI	"/sys/firmware/efi"
#define RUNNING_CMDLINE	"/proc/cmdline"

/**
 * struct load - everything about one load; all-zero is empty
 * @options: what the user asked for
 * @fd: the device
 * @info: this machine
 * @image: the kernel
 * @initrd: the initrd, if there is one; made up if the next kernel needs one
 * @dtb: the device tree
 * @layout: places of the three
 */
struct load {
	struct load_options options;
	int fd;
	struct fastkexec_info info;
	struct boot_image image;
	struct blob initrd;
	struct blob dtb;
	struct layout layout;
};

static uint64_t machine_memory(void)
{
	struct sysinfo si;

	if (sysinfo(&si))
		return UINT64_MAX;
	return (uint64_t)si.totalram * si.mem_unit;
}

static int fill_random(void *buffer, size_t size)
{
	ssize_t n;

	do {
		n = getrandom(buffer, size, 0);
	} while (n < 0 && errno == EINTR);
	if (n != (ssize_t)size)
		return out_fail("cannot get random bytes for the next kernel's seeds: %s",
				n < 0 ? strerror(errno) : "too few");
	return 0;
}

static int open_files(struct load *load)
{
	uint64_t memory = machine_memory();
	const struct load_options *options = &load->options;

	if (image_open(&load->image, options->kernel, memory))
		return -1;
	if (image_check_cpu(&load->image, &load->info))
		return -1;
	if (options->initrd && blob_load_file(&load->initrd, options->initrd, memory))
		return -1;
	if (load->image.memsz > memory - load->initrd.size)
		return out_fail("%s and %s together need %s, more than this machine's memory (%s)",
				options->kernel, options->initrd,
				out_size(load->image.memsz + load->initrd.size).s,
				out_size(memory).s);
	return 0;
}

/* The next kernel's command line; NULL if the user asked for none. */
static int make_cmdline(const struct load_options *options, char **line)
{
	struct blob running = { 0 };
	char *text = NULL;
	int ret;

	if (options->reuse_cmdline) {
		/* A blob's last byte may not be zero. */
		if (blob_read_file(&running, RUNNING_CMDLINE, 65536))
			return -1;
		text = strndup((char *)running.data, running.size);
		blob_free(&running);
		if (!text)
			return out_fail("out of memory");
	}
	ret = cmdline_build(text, options->cmdline, line);
	free(text);
	return ret;
}

static int make_dtb_from(struct load *load, const struct blob *source,
			 const struct blob *firmware, const char *line)
{
	const struct load_options *options = &load->options;
	struct dtb_request request = {
		.source = source,
		.source_name = options->dtb ? options->dtb : RUNNING_DTB,
		.firmware = firmware,
		.bootargs = line,
		.initrd = options->initrd,
	};

	if (fill_random(request.kaslr_seed, sizeof(request.kaslr_seed)) ||
	    fill_random(request.rng_seed, sizeof(request.rng_seed)))
		return -1;
	return dtb_build(&load->dtb, &request);
}

/* The running kernel shows no tree if it changed it; @running stays empty then. */
static int read_running_dtb(struct blob *running, const char *file)
{
	if (!access(RUNNING_DTB, F_OK) || errno != ENOENT)
		return blob_read_file(running, RUNNING_DTB, LAYOUT_DTB_MAX);
	if (!file)
		return out_fail("this kernel does not show its device tree (" RUNNING_DTB
				"): give one with --dtb");
	if (!access(RUNNING_EFI, F_OK))
		return out_fail("this kernel does not show its device tree (" RUNNING_DTB
				"), in which EFI says where memory is");
	return 0;
}

/*
 * Without a command line from the user, that of --dtb is kept, as it was chosen
 * by the user; that of the running kernel is not, as it was not asked for.
 */
static int make_dtb_with(struct load *load, const char *line)
{
	const char *file = load->options.dtb;
	struct blob running = { 0 }, given = { 0 };
	int ret;

	if (read_running_dtb(&running, file))
		return -1;
	if (!file) {
		ret = make_dtb_from(load, &running, NULL, line ? line : "");
	} else {
		ret = blob_read_file(&given, file, LAYOUT_DTB_MAX);
		if (!ret)
			ret = make_dtb_from(load, &given, &running, line);
	}
	blob_free(&given);
	blob_free(&running);

	if (!ret && !dtb_bootargs(&load->dtb)[0])
		out_note("the next kernel's command line is empty; --reuse-cmdline gives it the running kernel's");
	return ret;
}

static int make_dtb(struct load *load)
{
	char *line = NULL;
	int ret;

	if (make_cmdline(&load->options, &line))
		return -1;
	ret = make_dtb_with(load, line);
	free(line);
	return ret;
}

/* dtb_build() knows when there has to be an initrd. */
static int make_initrd(struct load *load)
{
	/*
	 * A cpio archive of no files: what ends one. Of its numbers all are zero but
	 * the fifth, the links, and the twelfth, the length of the name.
	 */
	static const char name[] = "TRAILER!!!";
	char empty[124] = "";

	if (load->initrd.size || !dtb_has_initrd(&load->dtb))
		return 0;
	if (blob_alloc(&load->initrd, sizeof(empty), "the initrd"))
		return -1;
	snprintf(empty, sizeof(empty), "070701%032X%08X%048X%08zX%08X%s", 0, 1, 0,
		 sizeof(name), 0, name);
	memcpy(load->initrd.data, empty, sizeof(empty));
	out_note("without --initrd the next kernel would take the running one's from EFI; it is given an empty one");
	return 0;
}

static int find_places(struct load *load)
{
	struct layout *layout = &load->layout;

	if (layout_plan(layout, &load->image, load->initrd.size, load->dtb.size, &load->info))
		return -1;
	if (device_place(load->fd, load->options.placement, layout->piece, layout->name,
			 layout->nr, LAYOUT_WINDOW))
		return -1;
	if (layout_check(layout, &load->image))
		return -1;
	if (load->initrd.size)
		dtb_set_initrd(&load->dtb, layout_initrd(layout), load->initrd.size);
	return 0;
}

/* Put @lead bytes before the kernel, by a copy of it. */
static int add_lead(struct boot_image *image, uint64_t lead)
{
	struct blob moved = { 0 };

	if (!lead)
		return 0;
	if (blob_alloc(&moved, lead + image->contents.size, image->path))
		return -1;
	memcpy(moved.data + lead, image->contents.data, image->contents.size);
	blob_free(&image->contents);
	image->contents = moved;
	return 0;
}

static int submit(struct load *load)
{
	const struct layout *layout = &load->layout;
	struct fastkexec_segment segments[3];
	struct fastkexec_load request = {
		.placement = load->options.placement,
		.design = load->options.design,
		.flags = load->options.rehearse ? FASTKEXEC_LOAD_REHEARSE : 0,
		.nr_segments = layout->nr,
		.segments = (uintptr_t)segments,
		.entry = layout_entry(layout),
		.dtb = layout_dtb(layout),
	};
	struct blob contents[3];
	unsigned int nr = 0;

	if (add_lead(&load->image, layout->lead))
		return -1;
	contents[nr++] = load->image.contents;
	if (load->initrd.size)
		contents[nr++] = load->initrd;
	contents[nr++] = load->dtb;
	layout_segments(layout, contents, segments);
	return device_load(load->fd, &request, layout->name);
}

/* The kernel is loaded, whether or not the user can be told. */
static void say_result(const struct load *load)
{
	const struct boot_image *image = &load->image;
	struct fastkexec_segment segments[FASTKEXEC_MAX_SEGMENTS];
	struct fastkexec_status status;
	unsigned int i;

	if (load->options.quiet)
		return;
	out_say("Loaded %s (", image->path);
	for (i = image->depth; i-- > 0;)
		out_say("%s%s", image->format[i]->name, i ? " in " : "");
	if (image->granule)
		out_say(", %uK pages", image->granule / 1024);
	out_say("%s):\n", image->big_endian ? ", big-endian" : "");
	if (device_status(load->fd, &status, segments))
		return;
	for (i = 0; i < status.nr_segments; i++)
		segment_say(&status, &segments[i]);
	segment_say_cost(&status);
	if (status.rehearsed)
		rehearsal_say(status.rehearsed);
	out_say("Command line: %s\n", dtb_bootargs(&load->dtb));
	out_say("'systemctl reboot' starts it in an orderly way, 'fastkexec exec' at once.\n");
	out_say("For a reboot through the firmware (its setup, its updates): 'fastkexec unload' first.\n");
}

static int run(struct load *load)
{
	int ret;

	load->fd = device_open();
	if (load->fd < 0)
		return -1;
	ret = device_info(load->fd, &load->info);
	if (!ret)
		ret = device_refuses(load->info.blockers);
	if (!ret)
		ret = open_files(load);
	if (!ret)
		ret = make_dtb(load);
	if (!ret)
		ret = make_initrd(load);
	if (!ret)
		ret = find_places(load);
	if (!ret)
		ret = submit(load);
	if (!ret)
		say_result(load);

	image_close(&load->image);
	blob_free(&load->initrd);
	blob_free(&load->dtb);
	close(load->fd);
	return ret;
}

static int load_kernel(int argc, char **argv)
{
	struct load load = { 0 };

	if (load_options_parse(&load.options, argc, argv))
		return cmd_misused(&cmd_load);
	if (load.options.help)
		return cmd_help(&cmd_load);
	out_quiet(load.options.quiet);
	return run(&load) ? EXIT_FAILED : EXIT_DONE;
}

const struct command cmd_load = {
	.name		= "load",
	.usage		= "[OPTIONS] KERNEL",
	.summary	= "Load the kernel that is to replace the running one",
	.help		=
		"KERNEL is an arm64 Image, or one compressed with gzip. It is loaded completely:\n"
		"the file is not needed any more afterwards. What was loaded before is replaced\n"
		"if this succeeds, and stays if it fails.\n"
		"\n"
		"      --initrd FILE        initrd for the next kernel\n"
		"      --append STR         its command line; with --reuse-cmdline, put behind\n"
		"                           the running kernel's\n"
		"      --command-line STR   its whole command line\n"
		"      --reuse-cmdline      the running kernel's command line (/proc/cmdline)\n"
		"                           without BOOT_IMAGE=, initrd= and initrdmem=\n"
		"                           Without any of these the command line is that of\n"
		"                           --dtb FILE if it has one, else empty, with a note.\n"
		"      --dtb FILE           a device tree instead of the running kernel's\n"
		"      --placement HOW      how each piece gets to where it will run:\n"
		"                             auto      in place if possible, else by copy\n"
		"                             in-place  its place is claimed now; nothing is\n"
		"                                       copied when the kernels change\n"
		"                             copy      copied when the kernels change\n"
		"      --design HOW         how the tables of the jump map what is copied:\n"
		"                           identity (the default, and the fastest), range or\n"
		"                           linear\n"
		"      --rehearse           try the jump before the kernel counts as loaded; see\n"
		"                           'fastkexec rehearse --help'\n"
		"  -q, --quiet              say nothing but errors and notes\n"
		"  -h, --help               this text\n",
	.run		= load_kernel,
};
