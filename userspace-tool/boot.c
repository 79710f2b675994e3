// SPDX-License-Identifier: GPL-2.0
#include "boot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "boot_cpus.h"
#include "boot_memory.h"
#include "boot_protocol.h"
#include "cmdline.h"
#include "dtb_later.h"
#include "formats/format.h"
#include "initrd.h"
#include "out.h"
#include "room.h"
#include "start_profile.h"

#define RUNNING_EFI	"/sys/firmware/efi"

/**
 * struct trees - the device trees that the next one is made from
 * @running: the running kernel's; empty if it does not show one
 * @given: the user's (--dtb, --own-dtb); empty if the user gave none
 * @overlays: the user's (--overlay)
 */
struct trees {
	struct blob running;
	struct blob given;
	struct dtb_overlays overlays;
};

static int read_kernel(struct boot *boot, const struct load_options *options, uint64_t memory)
{
	const struct kernel_request request = {
		.path = options->kernel,
		.memory = memory,
		.config = options->config,
		.raw = options->raw,
		.raw_pa = options->raw_pa,
		.entry = options->entry,
		.entry_pa = options->entry_pa,
		.straight = true,
	};

	if (kernel_open(&boot->kernel, &request))
		return -1;
	if (boot->kernel.extras.without_stub)
		out_note("%s is loaded without its EFI stub: credentials, extensions and add-ons that the stub finds on the boot partition are left out, and nothing is measured",
			 options->kernel);
	return 0;
}

/* One file that is taken as it is can wait: nothing but its size is needed now. */
static bool is_straight(const struct load_options *options)
{
	if (options->initrd.nr != 1 || options->strip_uimage)
		return false;
	if (options->unpack_initrd == LOAD_UNPACK_AUTO)
		return options->no_check_initrd || !initrd_is_packed(options->initrd.text[0]);
	return options->unpack_initrd == LOAD_UNPACK_NEVER;
}

/*
 * How large the initrd may become. It is with the tool and with the module for a moment,
 * and with the next kernel as archive and as files.
 */
static uint64_t most_unpacked(const struct load_options *options, uint64_t memory)
{
	const uint64_t room = room_available() / 4;

	if (options->unpack_initrd == LOAD_UNPACK_NEVER)
		return 0;
	if (options->unpack_initrd == LOAD_UNPACK_ALWAYS)
		return memory;
	return room < memory / 16 ? room : memory / 16;
}

static int open_initrd(struct boot *boot, const struct load_options *options, uint64_t memory)
{
	if (source_open(&boot->initrd_rest, options->initrd.text[0], memory))
		return -1;
	boot->initrd.size = boot->initrd_rest.size;
	boot->initrd_memory = options->no_check_initrd ? 0 : memory;
	return 0;
}

/* What the user gives counts, and not what came with the kernel. */
static int read_initrd(struct boot *boot, const struct load_options *options, uint64_t memory)
{
	const struct initrd_request request = {
		.files = &options->initrd,
		.memory = memory,
		.no_check = options->no_check_initrd,
		.strip_uimage = options->strip_uimage,
		.unpack = most_unpacked(options, memory),
	};
	struct blob *own = &boot->kernel.extras.initrd;

	if (options->initrd.nr || options->no_initrd)
		blob_free(own);
	if (is_straight(options))
		return open_initrd(boot, options, memory);
	boot->initrd = *own;
	*own = (struct blob){ 0 };
	return initrd_gather(&boot->initrd, options->kernel, &request);
}

static int make_cmdline(struct boot *boot, const struct load_options *options)
{
	const char *text = options->cmdline;
	bool reuse = options->reuse_cmdline;

	if (!text && !reuse)
		text = boot->kernel.extras.cmdline;
	if (!text)
		reuse |= options->reuse_by_default;
	if (cmdline_make(reuse, text, &options->remove, &boot->cmdline))
		return -1;
	if (start_profile_add(&boot->cmdline, options->profile))
		return -1;
	return options->boot_cpus ? boot_cpus_limit(&boot->cmdline, options->boot_cpus) : 0;
}

static int check_format(const struct kernel *kernel, const char *name)
{
	unsigned int i;

	if (!name)
		return 0;
	for (i = 0; i < kernel->depth; i++)
		if (!strcmp(kernel->format[i]->name, name))
			return 0;
	return out_fail("%s is of the type %s, and not %s", kernel->path, kernel->format[0]->name,
			name);
}

static int read_files(struct boot *boot, const struct load_options *options,
		      const struct fastkexec_info *info)
{
	const uint64_t memory = room_machine();
	uint64_t together;

	if (read_kernel(boot, options, memory))
		return -1;
	if (check_format(&boot->kernel, options->format))
		return -1;
	if (kernel_check_cpu(&boot->kernel, info))
		return -1;
	if (read_initrd(boot, options, memory))
		return -1;
	if (options->module && dom0_read(&boot->dom0, options->module, info, memory))
		return -1;
	together = boot->initrd.size + boot->dom0.image.size;
	if (together <= memory && boot->kernel.memsz <= memory - together)
		return 0;
	together += boot->kernel.memsz;
	return out_fail("%s and what it is given together need %s, more than this machine's memory (%s)",
			options->kernel, out_size(together).s, out_size(memory).s);
}

/*
 * A kernel that changed its device tree while it booted does not show it: then
 * @running stays empty, and @given, the user's file, has to do.
 */
static int read_running_dtb(struct blob *running, const char *given)
{
	if (!access(DTB_RUNNING, F_OK) || errno != ENOENT)
		return blob_read_file(running, DTB_RUNNING, BOOT_DTB_MAX);
	if (!given)
		return out_fail("this kernel does not show its device tree (" DTB_RUNNING
				"): give one with --dtb");
	if (!access(RUNNING_EFI, F_OK))
		return out_fail("this kernel does not show its device tree (" DTB_RUNNING
				"), in which EFI says where memory is");
	return 0;
}

/* The tree that came with the kernel, if the user wants it. */
static int take_own_tree(struct boot *boot, struct trees *trees,
			 const struct load_options *options)
{
	struct blob *own = &boot->kernel.extras.dtb;

	if (!options->own_dtb) {
		if (own->data)
			out_note("%s has a device tree of its own, which is not used; --own-dtb uses it",
				 options->kernel);
		return 0;
	}
	if (!own->data)
		return out_fail("--own-dtb: %s has no device tree for this machine",
				options->kernel);
	trees->given = *own;
	*own = (struct blob){ 0 };
	boot->dtb_name = options->kernel;
	return 0;
}

static int read_trees(struct boot *boot, struct trees *trees, const struct load_options *options)
{
	if (take_own_tree(boot, trees, options))
		return -1;
	if (options->dtb)
		boot->dtb_name = options->dtb;
	if (read_running_dtb(&trees->running, boot->dtb_name))
		return -1;
	if (options->dtb && blob_read_file(&trees->given, options->dtb, BOOT_DTB_MAX))
		return -1;
	if (dtb_later_restore(&trees->running) || dtb_later_restore(&trees->given))
		return out_fail("the device tree has " FASTKEXEC_WHOLE_REG ", and cannot be edited");
	return dtb_overlays_read(&trees->overlays, &options->overlay);
}

static int fill_seeds(struct dtb_seeds *seeds)
{
	ssize_t n;

	do {
		n = getrandom(seeds, sizeof(*seeds), 0);
	} while (n < 0 && errno == EINTR);
	if (n != (ssize_t)sizeof(*seeds))
		return out_fail("cannot get random bytes for the next kernel's seeds: %s",
				n < 0 ? strerror(errno) : "too few");
	return 0;
}

/*
 * On an EFI machine there has to be an initrd. A kernel from 6.1 on whose device tree
 * names none takes the one in EFI's configuration tables. That is the running
 * kernel's, which freed the memory long ago.
 */
static int settle_initrd(struct boot *boot, const struct trees *trees)
{
	if (boot->initrd.size || (!dtb_is_efi(&trees->running) && !dtb_is_efi(&trees->given)))
		return 0;
	if (initrd_make_empty(&boot->initrd))
		return -1;
	out_note("without --initrd the next kernel would take the running one's from EFI; it is given an empty one");
	return 0;
}

/*
 * Where the user asked for no command line, the one in the user's tree stays: the user
 * chose that too. The one in the running kernel's tree goes, as nobody asked for it.
 */
static int make_dtb(struct boot *boot, const struct trees *trees,
		    const struct load_options *options, const struct calls_keeps *keeps)
{
	const char *given = boot->dtb_name;
	const struct dtb_request request = {
		.source = given ? &trees->given : &trees->running,
		.source_name = given ? given : DTB_RUNNING,
		.firmware = given ? &trees->running : NULL,
		.base = !options->dtb_as_is,
		.overlays = &trees->overlays,
		.bootargs = boot->cmdline || given ? boot->cmdline : "",
		.initrd = boot->initrd.size,
		.dom0_cmdline = boot->dom0.cmdline,
		.later = options->boot_memory,
		.seeds = &boot->seeds,
		.keeps = keeps,
	};

	if (dtb_build(&boot->dtb, &request))
		return -1;
	if (options->boot_memory && boot_memory_check(&boot->dtb))
		return -1;
	if (!dtb_bootargs(&boot->dtb)[0])
		out_note("the next kernel's command line is empty; --reuse-cmdline gives it the running kernel's");
	return 0;
}

/* Every later reboot would start it, also one that nobody watches. */
static int refuse_bare(const struct boot *boot, const struct load_options *options)
{
	if (options->no_initrd || options->alone || options->command_line ||
	    dtb_bootargs(&boot->dtb)[0])
		return 0;
	return out_fail("%s would get neither an initrd nor a command line; give --initrd and --reuse-cmdline, or say by --no-initrd that this is meant",
			options->kernel);
}

static int gather(struct boot *boot, const struct load_options *options,
		  const struct fastkexec_info *info, const struct calls_keeps *keeps,
		  struct trees *trees)
{
	bool alone;

	if (read_files(boot, options, info))
		return -1;
	if (make_cmdline(boot, options))
		return -1;
	if (read_trees(boot, trees, options))
		return -1;
	if (fill_seeds(&boot->seeds))
		return -1;
	alone = !boot->initrd.size;
	if (settle_initrd(boot, trees))
		return -1;
	if (make_dtb(boot, trees, options, keeps))
		return -1;
	return alone ? refuse_bare(boot, options) : 0;
}

int boot_gather(struct boot *boot, const struct load_options *options,
		const struct fastkexec_info *info, const struct calls_keeps *keeps)
{
	struct trees trees = { 0 };
	int ret;

	*boot = (struct boot){ .dtb_at = options->dtb_at, .dtb_at_pa = options->dtb_at_pa };
	ret = gather(boot, options, info, keeps, &trees);
	dtb_overlays_free(&trees.overlays);
	blob_free(&trees.given);
	blob_free(&trees.running);
	if (ret)
		boot_free(boot);
	return ret;
}

void boot_free(struct boot *boot)
{
	kernel_close(&boot->kernel);
	source_close(&boot->initrd_rest);
	blob_free(&boot->initrd);
	/* The seeds of a kernel that is loaded are nobody's business. */
	if (boot->dtb.data)
		explicit_bzero(boot->dtb.data, boot->dtb.size);
	dom0_free(&boot->dom0);
	blob_free(&boot->dtb);
	free(boot->cmdline);
	explicit_bzero(boot, sizeof(*boot));
}
