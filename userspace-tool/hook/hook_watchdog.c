// SPDX-License-Identifier: GPL-2.0
#include <stdbool.h>

#include "checks/watchdog.h"
#include "hook/hook.h"
#include "run_program.h"
#include "root.h"

#define PATIENCE_MS	2000

static void look_at(void *ctx, const char *name)
{
	if (watchdog_goes_on(name))
		*(bool *)ctx = true;
}

void hook_watchdog(void)
{
	bool goes_on = false;
	char output[256];

	root_each("/sys/class/watchdog", look_at, &goes_on);
	if (!goes_on)
		return;
	if (program_read(output, sizeof(output), PATIENCE_MS,
			 (const char *[]){ "/usr/bin/busctl", "set-property",
					   "org.freedesktop.systemd1", "/org/freedesktop/systemd1",
					   "org.freedesktop.systemd1.Manager",
					   "RebootWatchdogUSec", "t", "0", NULL }))
		hook_say("A watchdog may reset the next kernel: systemd cannot be told to leave it off");
	else
		hook_say("systemd leaves the watchdog off for this reboot, as it would go on after the jump");
}
