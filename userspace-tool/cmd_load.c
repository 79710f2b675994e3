// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "blockers.h"
#include "boot.h"
#include "boot_memory.h"
#include "boot_protocol.h"
#include "calls.h"
#include "checks/checks.h"
#include "cmd.h"
#include "cmd_load.h"
#include "cmd_status.h"
#include "dtb_memory.h"
#include "fill.h"
#include "dtb_record.h"
#include "layout.h"
#include "load_options.h"
#include "origin.h"
#include "out.h"
#include "rehearsal.h"
#include "segment.h"

/**
 * struct load - one load
 * @options: what the user asked for
 * @fd: the device
 * @info: this machine
 * @keeps: what the next kernel must not touch
 * @boot: what the next kernel is given
 * @layout: where that goes
 * @origin: where it came from
 */
struct load {
	struct load_options options;
	int fd;
	struct fastkexec_info info;
	struct calls_keeps keeps;
	struct boot boot;
	struct layout layout;
	struct origin origin;
};

static void tell_finding(void *ctx, const struct finding *finding)
{
	const char *separator = finding->advice[0] ? "; " : "";

	(void)ctx;
	if (finding->grade == GRADE_WARNING)
		out_note("%s%s%s", finding->text, separator, finding->advice);
	else if (finding->grade == GRADE_REFUSAL)
		out_fail("%s%s%s", finding->text, separator, finding->advice);
}

/* Before they are read: what changes meanwhile has changed. */
static void look_at_files(struct origin *origin, const struct load_options *options)
{
	unsigned int i;

	origin_look(origin, ORIGIN_KERNEL, options->kernel);
	for (i = 0; i < options->initrd.nr; i++)
		origin_look(origin, ORIGIN_INITRD, options->initrd.text[i]);
	origin_look(origin, ORIGIN_OTHER, options->dtb);
	for (i = 0; i < options->overlay.nr; i++)
		origin_look(origin, ORIGIN_OTHER, options->overlay.text[i]);
}

static int gather(struct load *load)
{
	if (calls_info(load->fd, &load->info))
		return -1;
	if (blockers_refuse(load->info.blockers))
		return -1;
	if (check_all(tell_finding, NULL) == GRADE_REFUSAL)
		return -1;
	look_at_files(&load->origin, &load->options);
	if (calls_keeps(load->fd, &load->keeps))
		return -1;
	if (boot_gather(&load->boot, &load->options, &load->info, &load->keeps))
		return -1;
	origin_look(&load->origin, ORIGIN_OTHER, load->boot.dom0.path);
	return 0;
}

/* The module knows the running kernel's map, and the user's files may say another. */
static int check_memory(const struct load *load)
{
	const struct load_options *options = &load->options;
	const char *path = load->boot.dtb_name;

	if (!path && options->overlay.nr)
		path = options->overlay.text[0];
	return path ? dtb_memory_check(&load->boot.dtb, path, load->layout.piece,
				       load->layout.nr) : 0;
}

/* A map that lies in the running kernel's tree goes on in the next one's. */
static int settle_efi_map(struct load *load, uint64_t unit)
{
	struct efi_map map;
	int ret;

	if (!load->options.boot_memory && !dtb_efi_has_map(&load->boot.dtb))
		return 0;
	if (calls_efi_map(load->fd, &map))
		return -1;
	ret = boot_memory_limit_efi(&load->boot.dtb, &load->layout, &map,
				    load->options.boot_memory, unit);
	efi_map_free(&map);
	return ret;
}

static int limit_memory(struct load *load)
{
	const uint64_t unit = boot_memory_unit(load->origin.release, load->boot.kernel.granule);

	if (dtb_is_efi(&load->boot.dtb))
		return settle_efi_map(load, unit);
	if (!load->options.boot_memory)
		return 0;
	return boot_memory_limit(&load->boot.dtb, &load->layout, load->options.boot_memory, unit);
}

static int place(struct load *load)
{
	struct layout *layout = &load->layout;

	out_step("asking the module for places");
	if (layout_plan(layout, &load->boot, &load->info))
		return -1;
	if (layout->nr_asked &&
	    calls_place(load->fd, load->options.placement, layout->piece, layout->nr_asked,
			BOOT_WINDOW))
		return -1;
	if (layout_check(layout, &load->boot))
		return -1;
	if (check_memory(load))
		return -1;
	if (fill_from_files(&load->boot, layout, load->fd) || layout_apply(layout, &load->boot))
		return -1;
	/* The contents go with the load. */
	kernel_release(&load->boot.kernel, load->origin.release, sizeof(load->origin.release));
	return limit_memory(load);
}

/* Where the module writes when it leaves this kernel; 0: nowhere. */
static uint64_t record_address(const struct load *load)
{
	const size_t offset = dtb_record_offset(&load->boot.dtb);

	return offset ? layout_address(&load->layout, FASTKEXEC_ROLE_DTB) + offset : 0;
}

static int submit(const struct load *load)
{
	const struct layout *layout = &load->layout;
	struct fastkexec_segment segments[LAYOUT_MAX];
	struct fastkexec_load request = {
		.placement = load->options.placement,
		.design = load->options.design,
		.verify = load->options.verify,
		.flags = FASTKEXEC_LOAD_KEEPS |
			 (load->options.rehearse ? FASTKEXEC_LOAD_REHEARSE : 0),
		.nr_segments = layout->nr,
		.entry = layout_entry(layout),
		.dtb = layout_address(layout, FASTKEXEC_ROLE_DTB),
	};

	out_step("loading %u segments", layout->nr);
	request.record = record_address(load);
	layout_segments(layout, &load->boot, segments);
	return calls_load(load->fd, &request, segments);
}

static void tell_kernel(const struct kernel *kernel)
{
	char text[128];

	kernel_describe(kernel, text, sizeof(text));
	out_say("Loaded %s (%s):\n", kernel->path, text);
}

/* For 'fastkexec status': see origin.h. */
static void remember(struct load *load)
{
	struct origin *origin = &load->origin;

	origin->loaded_at = time(NULL);
	snprintf(origin->cmdline, sizeof(origin->cmdline), "%s", dtb_bootargs(&load->boot.dtb));
	origin_write(origin);
}

static void tell_image(const struct fastkexec_status *status,
		       const struct fastkexec_segment segments[])
{
	unsigned int i;

	for (i = 0; i < status->nr_segments; i++)
		segment_say(&segments[i]);
	segment_say_cost(status);
	if (status->rehearsed)
		rehearsal_say(status->rehearsed);
}

/* The kernel is loaded: if the user cannot be told, it still is. */
static void tell(struct load *load)
{
	struct fastkexec_segment segments[FASTKEXEC_MAX_SEGMENTS];
	struct fastkexec_status status;

	const char *cmdline = dtb_bootargs(&load->boot.dtb);

	tell_kernel(&load->boot.kernel);
	if (calls_status(load->fd, &status, segments)) {
		origin_forget();
		return;
	}
	remember(load);
	tell_image(&status, segments);
	if (!out_is_quiet() && !out_is_json())
		out_line("Command line: ", "%s", cmdline[0] ? cmdline : "(empty)");
	out_say("'systemctl reboot' starts it in an orderly way, 'fastkexec exec' at once.\n");
	out_say("For a reboot through the firmware (setup, updates): 'fastkexec unload' first.\n");
}

static int run(struct load *load)
{
	int ret;

	load->fd = calls_open();
	if (load->fd < 0)
		return -1;
	out_step("looking at this machine, and reading the files");
	ret = gather(load);
	if (!ret)
		ret = place(load);
	if (!ret)
		ret = submit(load);
	if (!ret)
		tell(load);
	boot_free(&load->boot);
	calls_keeps_free(&load->keeps);
	close(load->fd);
	return ret;
}

int cmd_load_run(const struct load_options *options)
{
	struct load load = { .options = *options };

	return run(&load);
}

static int load_kernel(int argc, char **argv)
{
	struct load_options options;

	if (load_options_parse(&options, argc, argv))
		return cmd_misused(&cmd_load);
	if (options.help)
		return cmd_help(&cmd_load);
	if (cmd_load_run(&options))
		return EXIT_FAILED;
	if (out_is_json())
		cmd_status_answer(&cmd_load);
	return EXIT_DONE;
}

const struct command cmd_load = {
	.name		= "load",
	.usage		= "[OPTIONS] KERNEL",
	.summary	= "Load the kernel that is to replace the running one",
	.help		=
		"KERNEL is an arm64 Image, packed or not, or in one of the other formats that\n"
		"fastkexec(8) lists. The file's contents tell which. It is loaded completely: the\n"
		"file is not needed any more afterwards. What was loaded before is replaced if\n"
		"this succeeds, and stays if it fails.\n",
	.options	= load_options_rows,
	.run		= load_kernel,
};
