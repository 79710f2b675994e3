// SPDX-License-Identifier: GPL-2.0
#include "report/savings.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cmdline.h"
#include "out.h"
#include "root.h"

/* Less is not worth a word. */
#define WORTH_NS	(20 * 1000000ULL)

/* What a serial console writes in a second, at 115200 baud. */
#define SERIAL_BYTES	11520

static const char *const advices[NR_POINTS] = {
	[POINT_LOADED] = "load before the reboot, while services still run",
	[POINT_SHUTDOWN] = "the journal of the boot before tells which service took long to stop (journalctl -b -1)",
	[POINT_NOTIFIED] = "the journal of the boot before tells which service took long to stop (journalctl -b -1)",
	[POINT_DEVICES_DOWN] = "with 'initcall_debug' on the command line that kernel says on the console which device it shuts down",
	[POINT_VERIFIED] = "'fastkexec load --verify fast' leaves the contents of kernel and initrd unchecked",
	[POINT_CPUS_OFF] = "the firmware takes that long to turn CPUs off; fewer of them online take less",
	[POINT_KERNEL] = "no stamp tells the jump and the kernel's first steps apart; 'earlycon' shows them on the console",
	[POINT_INIT] = "with 'initcall_debug' on the command line the log tells which part of the kernel took long",
	[POINT_SYSTEM] = "a smaller initrd is unpacked sooner: leave out drivers that this machine does not have",
	[POINT_READY] = "'systemd-analyze critical-chain' tells which service took long to start",
};

static bool is_serial(const char *console)
{
	return !strncmp(console, "ttyS", 4) || !strncmp(console, "ttyAMA", 6) ||
	       !strncmp(console, "ttymxc", 6) || !strncmp(console, "ttyPS", 5);
}

/* Consoles are listed in one line, with spaces between them. */
static bool has_serial_console(void)
{
	char line[256], *name, *rest = NULL;

	root_read(line, sizeof(line), "/sys/class/tty/console/active");
	for (name = strtok_r(line, " ", &rest); name; name = strtok_r(NULL, " ", &rest))
		if (is_serial(name))
			return true;
	return false;
}

static bool is_quiet(void)
{
	char line[CMDLINE_MAX], *word, *rest = NULL;

	root_read(line, sizeof(line), "/proc/cmdline");
	for (word = strtok_r(line, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
		if (!strcmp(word, "quiet"))
			return true;
	return false;
}

static void advise_kernel(struct saving *saving, const struct startup *startup)
{
	if (startup->log_bytes && has_serial_console() && !is_quiet())
		snprintf(saving->advice, sizeof(saving->advice),
			 "the kernel wrote %s to a serial console, which takes %.1f s at 115200 baud; 'quiet' on its command line keeps that off",
			 out_size(startup->log_bytes).s,
			 (double)startup->log_bytes / SERIAL_BYTES);
}

static void advise_jump(struct saving *saving, const struct record *record)
{
	if (record && record->copy_bytes)
		snprintf(saving->advice, sizeof(saving->advice),
			 "%s were copied by one CPU; loaded sooner after the boot, more lies in place ('fastkexec status')",
			 out_size(record->copy_bytes).s);
}

void savings_find(struct saving *saving, const struct timeline *timeline,
		  const struct record *record, const struct startup *startup)
{
	unsigned int i;

	*saving = (struct saving){ 0 };
	for (i = 0; i < timeline->nr; i++) {
		const struct stage *stage = &timeline->stage[i];

		if (stage->ns >= WORTH_NS && advices[stage->end] &&
		    (!saving->stage || stage->ns > saving->stage->ns))
			saving->stage = stage;
	}
	if (!saving->stage)
		return;
	snprintf(saving->advice, sizeof(saving->advice), "%s", advices[saving->stage->end]);
	if (saving->stage->end == POINT_INIT)
		advise_kernel(saving, startup);
	if (saving->stage->end == POINT_KERNEL)
		advise_jump(saving, record);
}
