/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The options of 'fastkexec load', and the words that they take. The parser, --help
 * and the manual (fastkexec.8.lists) are made from these lists.
 */
#ifndef FASTKEXEC_LOAD_OPTIONS_LIST_H
#define FASTKEXEC_LOAD_OPTIONS_LIST_H

/* LOAD_PLACEMENTS(X) - X(name, enum fastkexec_placement, help) for each of them */
#define LOAD_PLACEMENTS(X) \
	X("auto", FASTKEXEC_PLACE_AUTO, \
	  "in place if possible, else by copy, each piece on its own (default)") \
	X("in-place", FASTKEXEC_PLACE_IN_PLACE, \
	  "its place is claimed now; nothing is copied when the kernels change") \
	X("copy", FASTKEXEC_PLACE_COPY, \
	  "it is kept elsewhere, and copied when the kernels change")

/* LOAD_UNPACKINGS(X) - X(name, enum load_unpacking, help) for each of them */
#define LOAD_UNPACKINGS(X) \
	X("auto", LOAD_UNPACK_AUTO, \
	  "if it takes no more than a sixteenth of the machine's memory, and no more than a " \
	  "quarter of what is free (default)") \
	X("always", LOAD_UNPACK_ALWAYS, \
	  "whatever it takes") \
	X("never", LOAD_UNPACK_NEVER, \
	  "leave it to the next kernel")

/* LOAD_DESIGNS(X) - X(name, enum fastkexec_design, help) for each of them */
#define LOAD_DESIGNS(X) \
	X("identity", FASTKEXEC_DESIGN_IDENTITY, \
	  "each source and destination at its own address (default, and the fastest)") \
	X("range", FASTKEXEC_DESIGN_RANGE, \
	  "the sources of one piece side by side, so that it is one copy") \
	X("linear", FASTKEXEC_DESIGN_LINEAR, \
	  "a copy of the running kernel's linear map, which takes the most pages")

/* LOAD_VERIFIES(X) - X(name, enum fastkexec_verify, help) for each of them */
#define LOAD_VERIFIES(X) \
	X("full", FASTKEXEC_VERIFY_FULL, \
	  "all that the jump depends on (default)") \
	X("fast", FASTKEXEC_VERIFY_FAST, \
	  "all but the contents of kernel and initrd") \
	X("none", FASTKEXEC_VERIFY_NONE, \
	  "nothing")

/*
 * LOAD_OPTIONS(X) - X(name, letter, argument, choices, field, help) for each of them
 *
 * The parameters are the members of struct option_row, field a member of struct
 * load_options.
 */
#define LOAD_OPTIONS(X) \
	X("config", 0, "NAME", NULL, config, \
	  "which configuration of a FIT image. Otherwise it is the one that the image names " \
	  "as its default, or the first") \
	X("raw", 0, "ADDRESS", NULL, raw_text, \
	  "take the file as it is, without looking at it, and put it at this physical " \
	  "address, where it starts with the boot protocol of an arm64 kernel: MMU off, the " \
	  "device tree's address in x0") \
	X("entry", 0, "ADDRESS", NULL, entry_text, \
	  "where to start in a raw file, or in an ELF file that is no vmlinux") \
	X("initrd", 0, "FILE", options_repeated, initrd, \
	  "initrd for the next kernel. May be given several times: the files are joined, each " \
	  "at a multiple of four bytes. It counts instead of one that came with the kernel. " \
	  "Without any, a kernel on an EFI machine is given an empty one, and a note says so") \
	X("no-initrd", 0, NULL, NULL, no_initrd, \
	  "give it none, on purpose. A kernel with neither initrd nor command line is refused " \
	  "unless this or --command-line '' says that it is meant: every later reboot, also " \
	  "one that nobody watches, would start it") \
	X("no-check-initrd", 0, NULL, NULL, no_check_initrd, \
	  "take the initrd as it is. Otherwise a file is refused that is no initrd, that is " \
	  "damaged or cut short, or that unpacks to more than this machine's memory") \
	X("module", 0, "'FILE [WORDS]'", NULL, module, \
	  "with Xen as KERNEL: the kernel of its first guest, in any format that holds an " \
	  "arm64 Image, and that kernel's command line. --initrd is the guest's, too, and " \
	  "--command-line Xen's own") \
	X("strip-uimage", 0, NULL, NULL, strip_uimage, \
	  "take U-Boot's header of 64 bytes off an initrd that has one") \
	X("unpack-initrd", 0, "WHEN", unpackings, unpack_initrd, \
	  "unpack the initrd now, where it is packed. The next kernel need not, and starts " \
	  "sooner; until then more memory is held:") \
	X("append", 0, "STR", NULL, append, \
	  "the next kernel's command line; with --reuse-cmdline, put behind the running " \
	  "kernel's, but before a -- that leaves the rest to init") \
	X("command-line", 0, "STR", NULL, command_line, \
	  "the whole command line of the next kernel") \
	X("reuse-cmdline", 0, NULL, NULL, reuse_cmdline, \
	  "the running kernel's command line (/proc/cmdline) without BOOT_IMAGE=, initrd= " \
	  "and initrdmem=. Without any of these three options the command line is that in " \
	  "the --dtb file if it has one, else empty, and a note says so") \
	X("remove", 0, "WORD", options_repeated, remove, \
	  "with --reuse-cmdline: leave WORD out of the running kernel's command line. A name " \
	  "stands for all parameters of that name, NAME=VALUE for itself alone. May be given " \
	  "several times") \
	X("profile", 0, "NAME", NULL, profile_text, \
	  "words that shorten the next kernel's start. safe: quiet. fast: cryptomgr.notests, too, " \
	  "with which a kernel does not try out its own cryptography: half of what Debian's " \
	  "kernels do before their first program. none, which is the default, adds nothing") \
	X("boot-cpus", 0, "N", NULL, boot_cpus_text, \
	  "start the next kernel with N CPUs, or with four by \"auto\": each further one costs " \
	  "it time before its first program runs. fastkexec-cpus.service brings the others " \
	  "online once the system is up. What counts CPUs earlier sees N of them") \
	X("boot-memory", 0, "SIZE", NULL, boot_memory_text, \
	  "start the next kernel with SIZE of memory (4G, say; that is \"auto\", too), and at " \
	  "least with what it needs from the start: the more it has, the longer before its " \
	  "first program runs. fastkexec-memory.service adds the rest once the system is up. " \
	  "What looks at the size of memory earlier sees the smaller one") \
	X("dtb", 0, "FILE", NULL, dtb, \
	  "a device tree to begin with instead of the running kernel's (/sys/firmware/fdt). " \
	  "What is about this one machine comes from that one all the same: where memory is " \
	  "and what of it is reserved, hardware addresses, the serial number, firmware, CPUs, " \
	  "EFI") \
	X("own-dtb", 0, NULL, NULL, own_dtb, \
	  "as --dtb, with the device tree that came with the kernel, in a unified kernel image " \
	  "or a FIT image. Otherwise it is not used, and a note says so") \
	X("dtb-as-is", 0, NULL, NULL, dtb_as_is, \
	  "with --dtb or --own-dtb: take that tree as it is, and add only what EFI told the " \
	  "running kernel. It must say where memory is, unless EFI does") \
	X("dtb-at", 0, "ADDRESS", NULL, dtb_at_text, \
	  "put the device tree at this physical address, for a program that looks for it there " \
	  "and not in x0. U-Boot for QEMU wants it at the beginning of memory, 0x40000000") \
	X("overlay", 0, "FILE", options_repeated, overlay, \
	  "apply this overlay to the device tree. May be given several times; they apply in " \
	  "the order given") \
	X("placement", 0, "HOW", placements, placement, \
	  "how each piece gets to where it will run:") \
	X("design", 0, "HOW", designs, design, \
	  "how the translation tables of the jump map what is copied:") \
	X("verify", 0, "HOW", verifies, verify, \
	  "what is compared with its checksum, by all CPUs, before the kernels change. If " \
	  "it was damaged since the load, the machine restarts through the firmware:") \
	X("rehearse", 0, NULL, NULL, rehearse, \
	  "try the jump first, as 'fastkexec rehearse' does. If that fails, this kernel is " \
	  "not loaded, and what was loaded before stays")

#endif /* FASTKEXEC_LOAD_OPTIONS_LIST_H */
