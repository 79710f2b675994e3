/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The options of kexec(8) on arm64, as the tool takes them when it is called kexec.
 * Sources: kexec-tools 2.0.32, kexec/kexec.h and kexec/arch/arm64/include/arch/options.h.
 * The parser, --help and the manual are made from this list.
 */
#ifndef FASTKEXEC_KEXEC_OPTIONS_LIST_H
#define FASTKEXEC_KEXEC_OPTIONS_LIST_H

/*
 * KEXEC_OPTIONS(X) - X(name, letter, argument, action, help) for each of them
 *
 * @name, @letter, @argument and @help are as of struct option_row, @action is a function
 * kexec_do_ACTION() of kexec.c. Words that may be abbreviated are told apart by all names,
 * so that none may be left out.
 */
#define KEXEC_OPTIONS(X) \
	X("load", 'l', NULL, load, \
	  "load a kernel, and do no more") \
	X("exec", 'e', NULL, exec, \
	  "start the kernel that is loaded. Without one of ours, the one that the running " \
	  "kernel's own kexec has is started, by the stock kexec") \
	X("force", 'f', NULL, force, \
	  "load a kernel and start it at once, without shutdown(8)") \
	X("unload", 'u', NULL, unload, \
	  "forget the kernel that is loaded, ours and the one of the running kernel's own kexec") \
	X("load-panic", 'p', NULL, panic, \
	  "load a kernel for a crash: done by the stock kexec") \
	X("status", 'S', NULL, status, \
	  "exit with 1 if a kernel for a crash is loaded, else with 0; with -l: if one to be " \
	  "started is, ours or the other") \
	X("initrd", 0, "FILE", initrd, \
	  "initrd for the next kernel. It is looked at, as 'fastkexec load' does") \
	X("ramdisk", 0, "FILE", initrd, \
	  "the same") \
	X("append", 0, "STR", append, \
	  "the next kernel's command line; with --reuse-cmdline, put behind the running " \
	  "kernel's. The last one given counts. Without any of the three, the running " \
	  "kernel's is used") \
	X("command-line", 0, "STR", append, \
	  "the same") \
	X("reuse-cmdline", 0, NULL, reuse, \
	  "the running kernel's command line, without BOOT_IMAGE=, initrd= and initrdmem=") \
	X("dtb", 0, "FILE", dtb, \
	  "a device tree to begin with, as of 'fastkexec load'") \
	X("type", 't', "TYPE", type, \
	  "refuse a file that is not of this type: " \
	  "vmlinux, Image, uImage, zImage, vmlinuz or uki") \
	X("no-checks", 'i', NULL, no_checks, \
	  "compare nothing with its checksum before the kernels change") \
	X("no-ifdown", 'x', NULL, no_ifdown, \
	  "leave network interfaces as they are") \
	X("no-sync", 'y', NULL, no_sync, \
	  "do not synchronise file systems") \
	X("kexec-file-syscall", 's', NULL, by_file, \
	  "load a kernel by kexec_file_load(2), which may check its signature: done by the " \
	  "stock kexec") \
	X("kexec-syscall", 'c', NULL, not_by_file, \
	  "taken, and means nothing here") \
	X("kexec-syscall-auto", 'a', NULL, not_by_file, \
	  "taken, and means nothing here") \
	X("serial", 0, "NAME", nothing, \
	  "taken, and means nothing here: there is no purgatory that could print") \
	X("debug", 'd', NULL, debug, \
	  "say each step") \
	X("entry", 0, "ADDR", entry, \
	  "0 means nothing here; any other: done by the stock kexec") \
	X("mem-min", 0, "ADDR", stock_number, \
	  "done by the stock kexec") \
	X("mem-max", 0, "ADDR", stock_number, \
	  "done by the stock kexec") \
	X("reuseinitrd", 0, NULL, stock, \
	  "done by the stock kexec") \
	X("load-preserve-context", 0, NULL, stock, \
	  "done by the stock kexec") \
	X("load-jump-back-helper", 0, NULL, stock, \
	  "done by the stock kexec") \
	X("load-live-update", 0, NULL, stock, \
	  "done by the stock kexec") \
	X("exec-live-update", 0, NULL, stock, \
	  "done by the stock kexec") \
	X("hotplug", 0, NULL, stock, \
	  "done by the stock kexec") \
	X("no-cma", 0, NULL, stock, \
	  "done by the stock kexec") \
	X("print-ckr-size", 0, NULL, stock, \
	  "done by the stock kexec") \
	X("version", 'v', NULL, version, \
	  "version of this tool, and of the kexec that it stands for") \
	X("help", 'h', NULL, help, \
	  "this text")

#endif /* FASTKEXEC_KEXEC_OPTIONS_LIST_H */
