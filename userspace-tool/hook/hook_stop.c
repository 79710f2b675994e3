// SPDX-License-Identifier: GPL-2.0
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "cmd.h"
#include "guard.h"
#include "hook/hook.h"
#include "hook/jobs.h"
#include "next/next.h"
#include "origin.h"
#include "root.h"
#include "wishes/wishes.h"

#define FIRMWARE	"This reboot goes through the firmware: "

/* As 'fastkexec load' with the words of @next. */
static int load_as_told(const struct next *next, const struct settings *settings)
{
	char kernel[PATH_MAX], initrds[MENU_INITRDS][PATH_MAX];
	char *argv[12 + 2 * MENU_INITRDS] = { (char *)"fastkexec load" };
	unsigned int i;
	int argc = 1;

	argv[argc++] = (char *)"--quiet";
	argv[argc++] = (char *)"--command-line";
	argv[argc++] = (char *)next->cmdline;
	for (i = 0; i < next->nr_initrds; i++) {
		argv[argc++] = (char *)"--initrd";
		argv[argc++] = (char *)root_path(initrds[i], PATH_MAX, "%s", next->initrds[i]);
	}
	if (settings->profile[0]) {
		argv[argc++] = (char *)"--profile";
		argv[argc++] = (char *)settings->profile;
	}
	if (settings->boot_cpus[0]) {
		argv[argc++] = (char *)"--boot-cpus";
		argv[argc++] = (char *)settings->boot_cpus;
	}
	if (settings->boot_memory[0]) {
		argv[argc++] = (char *)"--boot-memory";
		argv[argc++] = (char *)settings->boot_memory;
	}
	if (!next->nr_initrds)
		argv[argc++] = (char *)"--no-initrd";
	argv[argc++] = (char *)root_path(kernel, sizeof(kernel), "%s", next->kernel);
	optind = 0;
	return cmd_load.run(argc, argv) == EXIT_DONE ? 0 : -1;
}

/* The guard counts before the load: a load that is cut off may have succeeded. */
static void load_guarded(const struct next *next, const struct settings *settings)
{
	const unsigned int nr = guard_count();

	if (guard_set(nr + 1)) {
		hook_say(FIRMWARE "/var/lib/fastkexec cannot be written to");
		return;
	}
	if (load_as_told(next, settings)) {
		guard_set(nr);
		hook_say(FIRMWARE "%s could not be loaded", next->kernel);
		return;
	}
	origin_note_reboot();
	hook_say("This reboot starts %s without the firmware: %s", next->kernel, next->why);
	hook_watchdog();
}

static void load_next(const struct settings *settings)
{
	struct next *next = malloc(sizeof(*next));

	if (!next)
		hook_say(FIRMWARE "there is no memory");
	else if (next_find(next, settings))
		hook_say(FIRMWARE "%s", next->why);
	else
		load_guarded(next, settings);
	free(next);
}

static void obey(const char *text, int loaded)
{
	if (loaded && root_has(CALLS_DEVICE) && hook_unload())
		hook_say("%s, but what is loaded cannot be unloaded", text);
	else
		hook_say(FIRMWARE "%s", text);
}

static void work(void)
{
	const struct wish *wish;
	struct settings settings;
	char text[WISH_TEXT];
	int loaded;

	settings_read(&settings);
	wish = wishes_first(&settings, WISH_EARLY, text);
	loaded = hook_loaded();
	if (wish && wish->kind == WISH_FIRMWARE)
		obey(text, loaded);
	else if (loaded == 1)
		hook_say("A kernel was loaded by hand, and this reboot starts it");
	else if (wish)
		hook_say(FIRMWARE "%s", text);
	else if (loaded < 0)
		hook_say(FIRMWARE "the module fastkexec is not loaded, or does not answer");
	else
		load_next(&settings);
}

/* How long the reboot before took, for the next report. It costs no downtime here. */
static void save_report(void)
{
	char *argv[4] = { (char *)"fastkexec report", (char *)"--save", (char *)"--quiet", NULL };

	optind = 0;
	cmd_report.run(3, argv);
}

void hook_stop(void)
{
	switch (jobs_reboot()) {
	case 0:
		hook_say("No reboot is under way: there is nothing to do");
		break;
	case 1:
		hook_stamp("requested");
		work();
		save_report();
		break;
	default:
		hook_say("systemd does not say what is under way: nothing is loaded");
	}
}
