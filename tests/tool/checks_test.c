// SPDX-License-Identifier: GPL-2.0
/*
 * Checks of what is around: each on a made-up root.
 */
#include "fake_device.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "checks/checks.h"

static char found[4096];

static void keep(void *ctx, const struct finding *finding)
{
	size_t length = strlen(found);

	(void)ctx;
	if (finding->grade != GRADE_OK)
		snprintf(found + length, sizeof(found) - length, "%s %d: %s; %s\n", finding->check,
			 finding->grade, finding->text, finding->advice);
}

static enum grade look(void)
{
	found[0] = '\0';
	return check_all(keep, NULL);
}

static void nothing_found(void)
{
	assert_int_equal(look(), GRADE_OK);
	assert_string_equal(found, "");
}

static void warned(const char *words)
{
	assert_int_equal(look(), GRADE_WARNING);
	assert_has(found, words);
}

TOOL_TEST("a machine without any of the files is fine")
{
	nothing_found();
}

TOOL_TEST("kexec_load_disabled is obeyed")
{
	fake_put("/proc/sys/kernel/kexec_load_disabled", "0\n");
	nothing_found();
	fake_put("/proc/sys/kernel/kexec_load_disabled", "1\n");
	assert_int_equal(look(), GRADE_REFUSAL);
	assert_has(found, "policy 2: ");
}

TOOL_TEST("the module's own switch is obeyed")
{
	fake_put("/sys/module/fastkexec/parameters/load_disabled", "N\n");
	nothing_found();
	fake_put("/sys/module/fastkexec/parameters/load_disabled", "Y\n");
	assert_int_equal(look(), GRADE_REFUSAL);
	assert_has(found, "parameter load_disabled: no kernel can be loaded");
}

TOOL_TEST("an image of stock kexec is seen under both names")
{
	fake_put("/sys/kernel/kexec_loaded", "0\n");
	nothing_found();
	fake_put("/sys/kernel/kexec_loaded", "1\n");
	warned("kexec has a kernel loaded");
	fake_put("/sys/kernel/kexec/loaded", "0\n");
	nothing_found();
	fake_put("/sys/kernel/kexec/loaded", "1\n");
	warned("kexec has a kernel loaded");
}

TOOL_TEST("a soft reboot that is set up is told")
{
	fake_put("/run/nextroot/x", "");
	warned("/run/nextroot");
}

static void put_watchdog(const char *state, const char *nowayout, const char *driver)
{
	char target[128];

	fake_put("/sys/class/watchdog/watchdog0/state", state);
	fake_put("/sys/class/watchdog/watchdog0/nowayout", nowayout);
	fake_put("/sys/class/watchdog/watchdog0/timeout", "30\n");
	snprintf(target, sizeof(target), "../../../../bus/x/drivers/%s", driver);
	fake_put_link("/sys/class/watchdog/watchdog0/device/driver", target);
}

TOOL_TEST("a watchdog that is off does no harm")
{
	put_watchdog("inactive\n", "0\n", "dw_wdt");
	nothing_found();
}

TOOL_TEST("a watchdog that goes on is named, with its driver and time")
{
	put_watchdog("active\n", "0\n", "dw_wdt");
	warned("watchdog0 (dw_wdt, 30 s) is running");
}

TOOL_TEST("a watchdog without a device is named by what it calls itself")
{
	fake_put("/sys/class/watchdog/watchdog0/state", "active\n");
	warned("watchdog0 (?, ? s) is running");
	fake_put("/sys/class/watchdog/watchdog0/identity", "Some Watchdog\n");
	warned("watchdog0 (Some Watchdog, ? s) is running");
	fake_put("/sys/class/watchdog/watchdog0/identity", "i6300ESB timer\n");
	nothing_found();
}

TOOL_TEST("a driver that stops its watchdog is believed unless nowayout is set")
{
	put_watchdog("active\n", "0\n", "i6300ESB timer");
	nothing_found();
	fake_reset();
	put_watchdog("active\n", "1\n", "i6300ESB timer");
	warned("(i6300ESB timer, 30 s)");
}

TOOL_TEST("a display of the firmware is told, another one is not")
{
	fake_put("/sys/class/graphics/fb0/name", "virtio_gpudrmfb\n");
	nothing_found();
	fake_put("/sys/class/graphics/fb0/name", "EFI VGA\n");
	warned("EFI VGA");
}

TOOL_TEST("limits of caches and memory that go on are told")
{
	fake_put("/proc/self/mounts", "sysfs /sys sysfs rw 0 0\nresctrl /tmp tmpfs rw 0 0\n");
	nothing_found();
	fake_put("/proc/self/mounts", "sysfs /sys sysfs rw 0 0\n"
		 "resctrl /sys/fs/resctrl resctrl rw,relatime 0 0\n");
	warned("resctrl is mounted at /sys/fs/resctrl: its limits");
}

TOOL_TEST("disks that wait for the TPM are told")
{
	fake_put("/etc/crypttab", "# root UUID=1 none tpm2-device=auto\nroot UUID=1 none luks\n");
	nothing_found();
	fake_put("/etc/crypttab", "root UUID=1 none luks,tpm2-device=auto\n");
	warned("TPM");
	fake_reset();
	fake_put("/sys/firmware/efi/efivars/StubPcrKernelImage-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f",
		 "attr11");
	warned("measured");
	fake_reset();
	fake_put("/proc/cmdline", "root=/dev/dm-0 rd.luks.options=discard\n");
	nothing_found();
	fake_put("/proc/cmdline", "root=/dev/dm-0 rd.luks.options=tpm2-device=auto,discard\n");
	warned("disk-key 1: the command line of the kernel takes a key from the TPM");
}
