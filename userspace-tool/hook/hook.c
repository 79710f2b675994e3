// SPDX-License-Identifier: GPL-2.0
#include "hook/hook.h"

#include <fcntl.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "blockers.h"
#include "calls.h"
#include "cmd.h"
#include "guard.h"
#include "next/next.h"
#include "out.h"
#include "run_program.h"
#include "root.h"
#include "wishes/wishes.h"

/* A module is loaded in a moment, unless its device is slow to come. */
#define MODPROBE_MS	10000

void hook_say(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	puts(".");
	fflush(stdout);
}

static void load_module(void)
{
	char output[256];

	program_read(output, sizeof(output), MODPROBE_MS,
		     (const char *[]){ "/usr/sbin/modprobe", "-q", "fastkexec", NULL });
}

static void take_blocker(const struct blocker *blocker, void *ctx)
{
	const char **reason = ctx;

	if (!*reason)
		*reason = blocker->reason;
}

/* Why the module cannot do it here, or NULL. */
static const char *machine_reason(void)
{
	struct fastkexec_info info;
	const char *reason = NULL;
	int fd, ret;

	if (!root_has(CALLS_DEVICE))
		return "the module fastkexec is not loaded";
	fd = calls_open();
	if (fd < 0)
		return "the module does not answer";
	ret = calls_info(fd, &info);
	close(fd);
	if (ret)
		return "the module does not answer";
	blockers_each(info.blockers, take_blocker, &reason);
	return reason;
}

void hook_start(void)
{
	struct settings settings;
	char text[WISH_TEXT];
	const char *reason;
	struct next next;

	settings_read(&settings);
	load_module();
	reason = machine_reason();
	if (!reason && wishes_first(&settings, WISH_EARLY, text))
		reason = text;
	if (!reason && next_find(&next, &settings))
		reason = next.why;
	if (reason)
		hook_say("As it is now, a reboot goes through the firmware: %s", reason);
	else
		hook_say("As it is now, a reboot starts %s without the firmware: %s", next.kernel,
			 next.why);
}

/* To the console: nobody writes a journal any more. */
static void say_late(const char *what, const char *text)
{
	char line[WISH_TEXT + 128], path[64];
	int length = snprintf(line, sizeof(line), "fastkexec: %s %s\n", what, text);
	int fd = open(root_path(path, sizeof(path), "/dev/kmsg"), O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (write(fd, line, length) != length)
		fputs(line, stderr);
	close(fd);
}

void hook_stamp(const char *moment)
{
	char *argv[3] = { (char *)"fastkexec stamp", (char *)moment, NULL };

	optind = 0;
	cmd_stamp.run(2, argv);
}

void hook_shutdown(const char *kind)
{
	const struct wish *wish;
	struct settings settings;
	char text[WISH_TEXT];

	if (strcmp(kind, "reboot") || !hook_loaded() || !root_has(CALLS_DEVICE))
		return;
	hook_stamp("shutdown");
	settings_read(&settings);
	wish = wishes_first(&settings, WISH_LATE, text);
	if (!wish || wish->kind != WISH_FIRMWARE)
		return;
	if (hook_unload())
		say_late("what is loaded cannot be unloaded, and starts although", text);
	else
		say_late("this reboot goes through the firmware:", text);
}

void hook_good(void)
{
	if (guard_set(0))
		hook_say("That this boot has come up cannot be noted");
	else
		hook_say("This boot has come up");
}
