// SPDX-License-Identifier: GPL-2.0
#include "bench/trial_way.h"

#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "array.h"
#include "calls.h"
#include "cmd.h"
#include "cmdline.h"
#include "hook/hook.h"
#include "kexec_stock.h"
#include "next/running.h"
#include "out.h"
#include "root.h"
#include "run_program.h"

/* On the command line. The kernel passes it on to init as a variable. */
#define MARK		"fastkexec_bench"

/* A load reads files of any size; a digest of them takes its time, too. */
#define PATIENCE_MS	300000

static void mark_of(enum trial_way way, char *mark, size_t size)
{
	snprintf(mark, size, MARK "=%s", trial_way_name(way));
}

/* This kernel's command line with a new mark, to be freed; NULL after having said why. */
static char *command_line(enum trial_way way)
{
	struct running running;
	char mark[64], *line;

	running_look(&running);
	cmdline_without(running.cmdline, MARK);
	mark_of(way, mark, sizeof(mark));
	return cmdline_build(running.cmdline, mark, &line) ? NULL : line;
}

bool trial_way_came(enum trial_way way)
{
	struct running running;
	char mark[64];

	running_look(&running);
	mark_of(way, mark, sizeof(mark));
	if (way == TRIAL_FIRMWARE)
		return !cmdline_has(running.cmdline, MARK);
	return cmdline_has(running.cmdline, mark);
}

static int run_first(const char *const places[], size_t nr, const char *word)
{
	char output[4096];
	size_t i;

	for (i = 0; i < nr; i++) {
		const char *const argv[] = { places[i], word, NULL };

		if (root_has("%s", places[i]))
			return program_read(output, sizeof(output), PATIENCE_MS, argv);
	}
	return -1;
}

static int prepare_fastkexec(const struct trial *trial, const char *line)
{
	static const char *const modprobe[] = { "/usr/sbin/modprobe", "/sbin/modprobe" };
	const bool initrd = trial->initrd[0];
	const char *const argv[] = { "load", trial->kernel, "--command-line", line,
				     initrd ? "--initrd" : NULL, trial->initrd, NULL };
	const int argc = initrd ? 6 : 4;

	if (!calls_has_module())
		run_first(modprobe, ARRAY_SIZE(modprobe), "fastkexec");
	/* The arguments of this command were read before. */
	optind = 0;
	return cmd_run(&cmd_load, argc, (char **)argv) == EXIT_DONE ? 0 : -1;
}

static int prepare_stock(const struct trial *trial, const char *line)
{
	char append[CMDLINE_MAX + 32], initrd[PATH_MAX + 16], output[4096], path[PATH_MAX];
	const char *const argv[] = { path, trial->digest ? "-cl" : "-cil", trial->kernel, append,
				     trial->initrd[0] ? initrd : NULL, NULL };

	if (kexec_stock_find(path, sizeof(path)))
		return out_fail("there is no stock kexec; install kexec-tools");
	snprintf(append, sizeof(append), "--command-line=%s", line);
	snprintf(initrd, sizeof(initrd), "--initrd=%s", trial->initrd);
	if (program_read(output, sizeof(output), PATIENCE_MS, argv))
		return out_fail("%s -l %s failed: run it by hand to see why", path, trial->kernel);
	return 0;
}

/* Otherwise the image of an earlier load would be started. */
static int forget_ours(void)
{
	return hook_loaded() == 1 ? hook_unload() : 0;
}

static int prepare(const struct trial *trial, enum trial_way way, const char *line)
{
	if (way == TRIAL_FASTKEXEC)
		return prepare_fastkexec(trial, line);
	if (forget_ours())
		return -1;
	return way == TRIAL_STOCK ? prepare_stock(trial, line) : 0;
}

int trial_way_prepare(const struct trial *trial, enum trial_way way)
{
	char *line = command_line(way);
	int ret = line ? prepare(trial, way, line) : -1;

	free(line);
	return ret;
}

int trial_way_reboot(enum trial_way way)
{
	static const char *const systemctl[] = { "/usr/bin/systemctl", "/bin/systemctl" };
	const char *const verb = way == TRIAL_STOCK ? "kexec" : "reboot";

	if (run_first(systemctl, ARRAY_SIZE(systemctl), verb))
		return out_fail("'systemctl %s' failed", verb);
	return 0;
}
