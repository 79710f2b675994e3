// SPDX-License-Identifier: GPL-2.0
/*
 * What a reboot may be asked for that a jump cannot do: each on a made-up root.
 */
#include "fake_device.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "guard.h"
#include "root.h"
#include "wishes/wishes.h"

#define EFIVARS	"/sys/firmware/efi/efivars/"
#define GLOBAL	"-8be4df61-93ca-11d2-aa0d-00e098032b8c"
#define LOADER	"-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"

static struct settings settings;
static char text[WISH_TEXT];

static void quiet_system(void)
{
	settings = (struct settings){ 0 };
	fake_put("/proc/self/mountinfo", "22 1 254:2 / / rw - ext4 /dev/vda2 rw\n");
	fake_put("/proc/cmdline", "root=/dev/vda ro\n");
}

static const char *first(enum wish_time time)
{
	const struct wish *wish = wishes_first(&settings, time, text);

	return wish ? wish->name : "none";
}

/* Seen early, and late too if @late. */
static void wished(const char *name, bool late, const char *words)
{
	assert_string_equal(first(WISH_LATE), late ? name : "none");
	assert_string_equal(first(WISH_EARLY), name);
	assert_has(text, words);
}

/* A variable of four bytes of attributes and some more. */
static void put_efi(const char *name, const char *value, size_t size)
{
	char path[512];
	FILE *file;

	snprintf(path, sizeof(path), EFIVARS "%s", name);
	fake_put(path, "");
	file = fopen(root_path(path, sizeof(path), EFIVARS "%s", name), "w");
	assert_non_null(file);
	fwrite("\7\0\0\0", 1, 4, file);
	fwrite(value, 1, size, file);
	fclose(file);
}

#define WISH_TEST(words)	TOOL_TEST_WITH(words, quiet_system)

WISH_TEST("nobody wishes anything")
{
	assert_string_equal(first(WISH_EARLY), "none");
	assert_string_equal(first(WISH_LATE), "none");
}

WISH_TEST("an argument of the reboot is for the firmware")
{
	fake_put("/run/systemd/reboot-param", "");
	assert_string_equal(first(WISH_EARLY), "none");
	fake_put("/run/systemd/reboot-param", "0 tryboot\n");
	wished("reboot-argument", true, "'0 tryboot'");
}

WISH_TEST("the menu of the firmware, and updates that it does, are seen")
{
	put_efi("OsIndications" GLOBAL, "\0\0\0\0\0\0\0\0", 8);
	assert_string_equal(first(WISH_EARLY), "none");
	put_efi("OsIndications" GLOBAL, "\4\0\0\0\0\0\0\0", 8);
	wished("firmware-menu", true, "OsIndications 0x4");
	put_efi("OsIndications" GLOBAL, "\0\0\0\0\0\0\0\1", 8);
	wished("firmware-menu", true, "OsIndications 0x100000000000000");
}

WISH_TEST("the menu of the firmware without EFI is seen")
{
	fake_put("/run/systemd/reboot-to-firmware-setup", "");
	wished("firmware-menu", true, "menu");
}

WISH_TEST("BootNext is seen")
{
	put_efi("BootNext" GLOBAL, "\2\0", 2);
	wished("boot-next", true, "BootNext");
}

WISH_TEST("an entry of the boot loader for once is seen, and its menu")
{
	put_efi("LoaderEntryOneShot" LOADER, "a\0\0\0", 4);
	wished("loader-entry", true, "another entry once");
	fake_reset();
	quiet_system();
	put_efi("LoaderConfigTimeoutOneShot" LOADER, "9\0\0\0", 4);
	wished("loader-entry", true, "menu");
	fake_reset();
	quiet_system();
	fake_put("/run/systemd/reboot-to-boot-loader-entry", "x");
	wished("loader-entry", true, "another entry once");
	fake_reset();
	quiet_system();
	fake_put("/run/systemd/reboot-to-boot-loader-menu", "0");
	wished("loader-entry", true, "menu");
}

WISH_TEST("grub-reboot is seen")
{
	fake_put("/boot/grub/grubenv", "# GRUB Environment Block\nsaved_entry=1\nnext_entry=\n");
	assert_string_equal(first(WISH_EARLY), "none");
	fake_put("/boot/grub/grubenv", "# GRUB Environment Block\nnext_entry=1>2\n");
	wished("grub-reboot", false, "GRUB");
	fake_put("/boot/grub/grubenv", "# GRUB Environment Block\nprev_saved_entry=0\n");
	wished("grub-reboot", false, "GRUB");
}

WISH_TEST("an environment block of GRUB's that no file holds is asked, too")
{
	fake_put("/boot/grub2/grubenv", "# GRUB Environment Block\nenv_block=512+1\n");
	wished("grub-block", false, "cannot be read");
	fake_put_program("/usr/bin/grub2-editenv", "#!/bin/sh\necho env_block=512+1\n");
	assert_string_equal(first(WISH_EARLY), "none");
	fake_put_program("/usr/bin/grub2-editenv",
			 "#!/bin/sh\necho env_block=512+1\necho next_entry=1\n");
	wished("grub-reboot", false, "GRUB");
}

WISH_TEST("an entry on probation is seen")
{
	put_efi("LoaderBootCountPath" LOADER, "\\\0x\0\0\0", 6);
	wished("boot-counting", true, "counts the boots");
}

WISH_TEST("settings of the firmware that wait are seen")
{
	fake_put("/sys/class/firmware-attributes/x/attributes/pending_reboot", "0\n");
	assert_string_equal(first(WISH_EARLY), "none");
	fake_put("/sys/class/firmware-attributes/y/attributes/pending_reboot", "1\n");
	wished("bios-settings", true, "settings");
}

WISH_TEST("the administrator's own ways out are seen")
{
	fake_put("/proc/cmdline", "root=/dev/vda fastkexec=offline\n");
	assert_string_equal(first(WISH_EARLY), "none");
	fake_put("/proc/cmdline", "root=/dev/vda fastkexec=off\n");
	wished("command-line", true, "fastkexec=off");
	fake_put("/run/fastkexec/cold", "");
	wished("cold", true, "/run/fastkexec/cold");
}

WISH_TEST("a kernel in stock kexec is left alone")
{
	fake_put("/sys/kernel/kexec_loaded", "0\n");
	assert_string_equal(first(WISH_EARLY), "none");
	fake_put("/sys/kernel/kexec_loaded", "1\n");
	wished("native-kexec", true, "kexec");
	fake_put("/sys/kernel/kexec/loaded", "0\n");
	assert_string_equal(first(WISH_EARLY), "none");
}

WISH_TEST("an update that ends on the way down is seen")
{
	fake_put("/run/ostree/staged-deployment", "");
	wished("ostree", false, "ostree");
}

/* A process that holds the lock of @path until its end of the pipe is closed. */
static pid_t hold_lock(const char *path, int *hold)
{
	char full[512], byte;
	int ready[2], end[2];
	pid_t pid;

	assert_int_equal(pipe(ready) | pipe(end), 0);
	pid = fork();
	if (!pid) {
		struct flock lock = { .l_type = F_WRLCK };
		int fd = open(root_path(full, sizeof(full), "%s", path), O_RDWR);

		close(end[1]);
		_exit(fcntl(fd, F_SETLK, &lock) || write(ready[1], "", 1) != 1 ||
		      read(end[0], &byte, 1));
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	close(ready[1]);
	close(end[0]);
	*hold = end[1];
	return pid;
}

WISH_TEST("a package manager at work is seen, and its lock alone is not")
{
	pid_t pid;
	int hold;

	fake_put("/var/lib/dpkg/lock-frontend", "");
	fake_put("/var/lib/dpkg/lock", "");
	assert_string_equal(first(WISH_EARLY), "none");
	pid = hold_lock("/var/lib/dpkg/lock", &hold);
	wished("packages", false, "/var/lib/dpkg/lock is locked");
	close(hold);
	waitpid(pid, NULL, 0);
	assert_string_equal(first(WISH_EARLY), "none");
	/* Between two packages it holds no lock of dpkg's. */
	fake_put("/run/unattended-upgrades.lock", "");
	pid = hold_lock("/run/unattended-upgrades.lock", &hold);
	wished("packages", false, "/run/unattended-upgrades.lock is locked");
	close(hold);
	waitpid(pid, NULL, 0);
	fake_put("/var/lib/pacman/db.lck", "");
	wished("packages", false, "pacman");
}

WISH_TEST("a key from the TPM that the command line asks for is seen")
{
	fake_put("/proc/cmdline", "root=/dev/dm-0 rd.luks.options=tpm2-device=auto,discard\n");
	wished("measured", false, "the TPM");
	settings.measured = true;
	assert_string_equal(first(WISH_EARLY), "none");
}

WISH_TEST("an automount is in the way only while nothing is mounted")
{
	fake_put("/proc/self/mountinfo", "22 1 254:2 / / rw - ext4 /dev/vda2 rw\n"
		 "40 22 0:40 / /boot rw - autofs systemd-1 rw\n");
	wished("automount", false, "/boot is an automount");
	fake_put("/proc/self/mountinfo", "22 1 254:2 / / rw - ext4 /dev/vda2 rw\n"
		 "40 22 0:40 / /boot rw - autofs systemd-1 rw\n"
		 "41 40 254:1 / /boot rw - vfat /dev/vda1 rw\n");
	assert_string_equal(first(WISH_EARLY), "none");
}

WISH_TEST("a measured start is not given up unless that is wanted")
{
	put_efi("StubPcrKernelImage" LOADER, "1\0001\0\0\0", 6);
	wished("measured", false, "measured");
	settings.measured = true;
	assert_string_equal(first(WISH_EARLY), "none");
	fake_reset();
	quiet_system();
	fake_put("/etc/crypttab", "root UUID=1 none luks,tpm2-device=auto\n");
	wished("measured", false, "TPM");
}

WISH_TEST("the third fast reboot that does not come up goes through the firmware")
{
	fake_put("/var/lib/x", "");
	assert_int_equal(guard_set(1), 0);
	assert_string_equal(first(WISH_EARLY), "none");
	assert_int_equal(guard_set(2), 0);
	wished("loop", false, "the last 2 fast reboots");
	assert_int_equal(guard_set(0), 0);
	assert_int_equal(guard_set(0), 0);
	assert_int_equal(guard_count(), 0);
	assert_string_equal(first(WISH_EARLY), "none");
}
