// SPDX-License-Identifier: GPL-2.0
/*
 * Hardware watchdogs. One that goes on after the jump resets the next kernel unless
 * that kernel's driver takes it over in time.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "array.h"
#include "checks/checks.h"
#include "checks/watchdog.h"
#include "root.h"

/*
 * Drivers that stop their watchdog in a reboot notifier, which runs before the jump:
 * they call watchdog_stop_on_reboot() or have a notifier of their own (read in Linux
 * 6.1). nowayout takes that away from them.
 */
static const char *const stop_on_reboot[] = {
	"bcm2835-wdt", "i6300ESB timer", "sbsa-gwdt", "sp805-wdt", "sunxi-wdt",
};

static bool stops(const char *driver)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(stop_on_reboot); i++)
		if (!strcmp(driver, stop_on_reboot[i]))
			return true;
	return false;
}

/* The driver of watchdog @name; not every driver says which device it has. */
static void read_driver(char *driver, size_t size, const char *name)
{
	char path[PATH_MAX], target[PATH_MAX];
	const char *last;
	ssize_t n;

	root_path(path, sizeof(path), "/sys/class/watchdog/%s/device/driver", name);
	n = readlink(path, target, sizeof(target) - 1);
	target[n > 0 ? n : 0] = '\0';
	last = strrchr(target, '/');
	if (last)
		snprintf(driver, size, "%.*s", (int)size - 1, last + 1);
	else
		root_read(driver, size, "/sys/class/watchdog/%s/identity", name);
}

bool watchdog_goes_on(const char *name)
{
	char nowayout[8], driver[64];

	root_read(nowayout, sizeof(nowayout), "/sys/class/watchdog/%s/nowayout", name);
	read_driver(driver, sizeof(driver), name);
	return !stops(driver) || !strcmp(nowayout, "1");
}

static void look_at(void *ctx, const char *name)
{
	char state[32], timeout[32], driver[64];
	struct check_run *run = ctx;

	root_read(state, sizeof(state), "/sys/class/watchdog/%s/state", name);
	if (strcmp(state, "active") || !watchdog_goes_on(name))
		return;
	read_driver(driver, sizeof(driver), name);
	root_read(timeout, sizeof(timeout), "/sys/class/watchdog/%s/timeout", name);
	check_find(run, GRADE_WARNING,
		   "let the next kernel have its driver, or stop it first (systemd: RebootWatchdogSec=0)",
		   "%s (%s, %s s) is running and may reset the next kernel", name,
		   driver[0] ? driver : "?", timeout[0] ? timeout : "?");
}

static void look(struct check_run *run)
{
	root_each("/sys/class/watchdog", look_at, run);
}

const struct check check_watchdog = {
	.name = "watchdog",
	.fine = "no watchdog is known to go on after the jump",
	.look = look,
};
