/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The arguments of the tool where it is called kexec.
 */
#ifndef FASTKEXEC_KEXEC_OPTIONS_H
#define FASTKEXEC_KEXEC_OPTIONS_H

#include <stdbool.h>

#include "cmd_exec.h"
#include "load_options.h"

/**
 * struct kexec_request - what the arguments ask for
 * @load: load a kernel
 * @exec: start one at once
 * @shutdown: start one by shutdown(8)
 * @unload: forget the one that is loaded
 * @status: tell by the exit status what is loaded
 * @next: -l was given: @status is about the kernel to be started
 * @crash: the kernel for a crash is meant
 * @is_signed: kexec_file_load(2) alone will do
 * @stock: an option that the stock kexec alone understands, or NULL
 * @stock_load: the same, if it means something to a load alone
 * @type: of the file, or NULL
 * @leave: how to leave
 * @options: for the load
 * @wrong: the arguments are wrong, and that was said
 * @help: tell the options
 * @version: tell the version
 * @kernel: the first argument that is no option, or NULL
 */
struct kexec_request {
	bool load;
	bool exec;
	bool shutdown;
	bool unload;
	bool status;
	bool next;
	bool crash;
	bool is_signed;
	const char *stock;
	const char *stock_load;
	const char *type;
	struct exec_options leave;
	struct load_options options;
	bool wrong;
	bool help;
	bool version;
	const char *kernel;
};

/**
 * kexec_options_parse() - understand the arguments
 * @request: takes what they ask for
 * @argc: number of @argv
 * @argv: arguments; the order may change
 *
 * What is asked for first is done first: after help, version or a wrong argument nothing
 * more is looked at.
 */
void kexec_options_parse(struct kexec_request *request, int argc, char **argv);

/** kexec_options_version() - print the version of the tool, and of what it stands for */
void kexec_options_version(void);

/** kexec_options_help() - print the version, and what the options do */
void kexec_options_help(void);

#endif /* FASTKEXEC_KEXEC_OPTIONS_H */
