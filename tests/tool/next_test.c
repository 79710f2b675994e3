// SPDX-License-Identifier: GPL-2.0
/*
 * Which kernel is next: on made-up systems, laid out as distributions lay them out.
 */
#include "fake_device.h"

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "next/next.h"
#include "root.h"

#define UUID	"11111111-2222-3333-4444-555555555555"
#define BOOT	"99999999-2222-3333-4444-555555555555"

#define ROOT_MOUNT	"22 1 254:2 / / rw,relatime - ext4 /dev/vda2 rw\n"
#define BOOT_MOUNT	"30 22 254:1 / /boot rw,relatime - ext4 /dev/vda1 rw\n"

static struct next next;

/* A file of the folder menus beside this one. */
static void put_menu(const char *path, const char *name)
{
	static char text[65536];
	char file[512], here[] = __FILE__;
	FILE *from;

	snprintf(file, sizeof(file), "%s/menus/%s", dirname(here), name);
	from = fopen(file, "r");
	assert_non_null(from);
	text[fread(text, 1, sizeof(text) - 1, from)] = '\0';
	fclose(from);
	fake_put(path, text);
}

static void put_kernel(const char *kernel, const char *initrd, const char *release)
{
	char path[256];

	fake_put(kernel, "kernel");
	fake_put(initrd, "initrd");
	snprintf(path, sizeof(path), "/lib/modules/%s/modules.dep", release);
	fake_put(path, "#");
}

static void running(const char *release, const char *cmdline)
{
	fake_put("/proc/sys/kernel/osrelease", release);
	fake_put("/proc/cmdline", cmdline);
}

static void one_disk(void)
{
	fake_put("/proc/self/mountinfo", ROOT_MOUNT);
	fake_put_link("/dev/disk/by-uuid/" UUID, "../../vda2");
}

static int find_by(const char *policy)
{
	struct settings settings = { 0 };

	settings_read(&settings);
	if (policy)
		snprintf(settings.policy, sizeof(settings.policy), "%s", policy);
	return next_find(&next, &settings);
}

static void found(const char *kernel, const char *initrd, const char *cmdline)
{
	if (find_by(NULL))
		fail_msg("not proved: %s", next.why);
	assert_string_equal(next.kernel, kernel);
	assert_int_equal(next.nr_initrds, 1);
	assert_string_equal(next.initrds[0], initrd);
	assert_string_equal(next.cmdline, cmdline);
}

static void not_found(const char *why)
{
	assert_int_equal(find_by(NULL), -1);
	assert_has(next.why, why);
}

#define ENV_HEAD	"# GRUB Environment Block\n"
#define DEBIAN_ARGS	"root=UUID=" UUID " ro quiet console=ttyAMA0"
#define DEBIAN_NEW	"/boot/vmlinuz-6.12.95+deb12-arm64"
#define DEBIAN_OLD	"/boot/vmlinuz-6.1.0-50-arm64"

static void debian12(void)
{
	one_disk();
	put_menu("/boot/grub/grub.cfg", "debian12-grub.cfg");
	fake_put("/boot/grub/grubenv", ENV_HEAD "#####");
	put_kernel(DEBIAN_NEW, "/boot/initrd.img-6.12.95+deb12-arm64", "6.12.95+deb12-arm64");
	put_kernel(DEBIAN_OLD, "/boot/initrd.img-6.1.0-50-arm64", "6.1.0-50-arm64");
	running("6.1.0-50-arm64\n", "BOOT_IMAGE=" DEBIAN_OLD " " DEBIAN_ARGS "\n");
}

static void debian12_is_next(void)
{
	found(DEBIAN_NEW, "/boot/initrd.img-6.12.95+deb12-arm64",
	      "BOOT_IMAGE=" DEBIAN_NEW " " DEBIAN_ARGS);
	assert_string_equal(next.title, "Debian GNU/Linux");
	assert_string_equal(next.release, "6.12.95+deb12-arm64");
	assert_string_equal(next.loader, "GRUB");
}

TOOL_TEST_WITH("Debian 12: the first entry of GRUB is next", debian12)
{
	debian12_is_next();
}

TOOL_TEST_WITH("the words of a jump explain the kernel that it started", debian12)
{
	running("6.12.95+deb12-arm64\n", "BOOT_IMAGE=" DEBIAN_NEW " " DEBIAN_ARGS "\n");
	debian12_is_next();
}

TOOL_TEST_WITH("a command line that no entry has proves nothing", debian12)
{
	running("6.1.0-50-arm64\n", "BOOT_IMAGE=" DEBIAN_OLD " " DEBIAN_ARGS " debug\n");
	not_found("does not explain how the running kernel was started");
}

TOOL_TEST_WITH("a kernel that no entry has proves nothing", debian12)
{
	running("6.1.0-49-arm64\n", "BOOT_IMAGE=/boot/vmlinuz-6.1.0-49-arm64 " DEBIAN_ARGS "\n");
	not_found("does not explain");
}

TOOL_TEST_WITH("without BOOT_IMAGE it was not GRUB", debian12)
{
	running("6.1.0-50-arm64\n", DEBIAN_ARGS "\n");
	not_found("no boot loader is found that is understood");
}

TOOL_TEST_WITH("an entry for one boot is taken as GRUB takes it", debian12)
{
	fake_put("/boot/grub/grubenv", ENV_HEAD
		 "next_entry=gnulinux-advanced-" UUID ">gnulinux-6.1.0-50-arm64-advanced-" UUID "\n");
	found(DEBIAN_OLD, "/boot/initrd.img-6.1.0-50-arm64",
	      "BOOT_IMAGE=" DEBIAN_OLD " " DEBIAN_ARGS);
	fake_put("/boot/grub/grubenv", ENV_HEAD "next_entry=1>2\n");
	found(DEBIAN_OLD, "/boot/initrd.img-6.1.0-50-arm64",
	      "BOOT_IMAGE=" DEBIAN_OLD " " DEBIAN_ARGS);
	assert_string_equal(next.title, "Debian GNU/Linux, with Linux 6.1.0-50-arm64");
}

TOOL_TEST_WITH("an entry that may not be there, and what comes after it, is not believed", debian12)
{
	fake_put("/boot/grub/grubenv", ENV_HEAD "next_entry=uefi-firmware\n");
	not_found("depends on what only the boot loader sees");
	fake_put("/boot/grub/grubenv", ENV_HEAD "next_entry=2\n");
	not_found("depends on what only the boot loader sees");
	fake_put("/boot/grub/grubenv", ENV_HEAD "next_entry=1\n");
	not_found("it is a submenu");
	fake_put("/boot/grub/grubenv", ENV_HEAD "next_entry=nothing\n");
	not_found("no such entry");
}

TOOL_TEST_WITH("what custom.cfg adds is read", debian12)
{
	fake_put("/boot/grub/custom.cfg", "set default=9\n");
	not_found("'9', is not known");
	fake_put("/boot/grub/custom.cfg", "set default=mine\nmenuentry Mine --id mine {\n"
		 "linux " DEBIAN_OLD " a=b 'c d'\n}\n");
	fake_put("/boot/grub/grubenv", "no block");
	assert_int_equal(find_by(NULL), 0);
	assert_string_equal(next.cmdline, "BOOT_IMAGE=" DEBIAN_OLD " a=b \"c d\"");
	assert_int_equal(next.nr_initrds, 0);
	fake_put("/boot/grub/custom.cfg", "set default=mine\nmenuentry Mine --id mine {\n"
		 "chainloader /x.efi\n}\n");
	not_found("it has the command chainloader, which is not understood");
	fake_put("/boot/grub/custom.cfg", "configfile /x\n");
	not_found("it has the command configfile, which is not understood");
}

TOOL_TEST_WITH("files that are gone, or not complete, are not next", debian12)
{
	char path[512];

	remove(root_path(path, sizeof(path), "/boot/initrd.img-6.12.95+deb12-arm64"));
	not_found("/boot/initrd.img-6.12.95+deb12-arm64 of the boot loader's menu is not found");
	fake_put("/boot/initrd.img-6.12.95+deb12-arm64", "");
	not_found("is not there, or empty");
	fake_put("/boot/initrd.img-6.12.95+deb12-arm64", "x");
	remove(root_path(path, sizeof(path), "/lib/modules/6.12.95+deb12-arm64/modules.dep"));
	not_found("/lib/modules/6.12.95+deb12-arm64 is not complete");
}

TOOL_TEST_WITH("an older kernel is next only if somebody has chosen it", debian12)
{
	running("6.13.0\n", "BOOT_IMAGE=/boot/vmlinuz-6.13.0 " DEBIAN_ARGS "\n");
	fake_put("/boot/grub/custom.cfg", "menuentry Newer {\nlinux /boot/vmlinuz-6.13.0 "
		 DEBIAN_ARGS "\n}\n");
	not_found("older than the running kernel, and nobody has chosen it");
	fake_put("/boot/grub/grubenv", ENV_HEAD "next_entry=gnulinux-simple-" UUID "\n");
	debian12_is_next();
}

TOOL_TEST_WITH("a file below an automount is not touched", debian12)
{
	fake_put("/proc/self/mountinfo", ROOT_MOUNT
		 "40 22 0:40 / /boot rw - autofs systemd-1 rw,fd=40\n");
	assert_int_equal(find_by(NULL), -1);
	fake_put("/proc/self/mountinfo", ROOT_MOUNT
		 "40 22 0:40 / /boot rw - autofs systemd-1 rw,fd=40\n" BOOT_MOUNT);
	fake_put_link("/dev/disk/by-uuid/none", "x");
	assert_int_equal(find_by(NULL), -1);
	assert_has(next.why, "not found");
}

static void debian13(void)
{
	fake_put("/proc/self/mountinfo", ROOT_MOUNT BOOT_MOUNT);
	fake_put_link("/dev/disk/by-uuid/" BOOT, "../../vda1");
	put_menu("/boot/grub/grub.cfg", "debian13-grub.cfg");
	put_kernel("/boot/vmlinuz-6.12.117+deb13-arm64", "/boot/initrd.img-6.12.117+deb13-arm64",
		   "6.12.117+deb13-arm64");
	put_kernel("/boot/vmlinuz-6.12.95+deb13-arm64", "/boot/initrd.img-6.12.95+deb13-arm64",
		   "6.12.95+deb13-arm64");
	running("6.12.117+deb13-arm64\n",
		"BOOT_IMAGE=/vmlinuz-6.12.117+deb13-arm64 " DEBIAN_ARGS "\n");
}

TOOL_TEST_WITH("Debian 13: the saved entry, with /boot apart", debian13)
{
	fake_put("/boot/grub/grubenv", ENV_HEAD "saved_entry=gnulinux-advanced-" UUID
		 ">gnulinux-6.12.95+deb13-arm64-advanced-" UUID "\n");
	found("/boot/vmlinuz-6.12.95+deb13-arm64", "/boot/initrd.img-6.12.95+deb13-arm64",
	      "BOOT_IMAGE=/vmlinuz-6.12.95+deb13-arm64 " DEBIAN_ARGS);
}

TOOL_TEST_WITH("without a saved entry GRUB takes the first", debian13)
{
	fake_put("/boot/grub/grubenv", ENV_HEAD);
	found("/boot/vmlinuz-6.12.117+deb13-arm64", "/boot/initrd.img-6.12.117+deb13-arm64",
	      "BOOT_IMAGE=/vmlinuz-6.12.117+deb13-arm64 " DEBIAN_ARGS);
}

static void ubuntu(void)
{
	one_disk();
	put_menu("/boot/grub/grub.cfg", "ubuntu-grub.cfg");
	fake_put("/boot/grub/grubenv", ENV_HEAD);
	put_kernel("/boot/vmlinuz-6.8.0-60-generic", "/boot/initrd.img-6.8.0-60-generic",
		   "6.8.0-60-generic");
	running("6.8.0-60-generic\n", "BOOT_IMAGE=/boot/vmlinuz-6.8.0-60-generic root=UUID=" UUID
		" ro quiet splash vt.handoff=7\n");
}

TOOL_TEST_WITH("Ubuntu: words that depend on the graphics mode are found", ubuntu)
{
	found("/boot/vmlinuz-6.8.0-60-generic", "/boot/initrd.img-6.8.0-60-generic",
	      "BOOT_IMAGE=/boot/vmlinuz-6.8.0-60-generic root=UUID=" UUID
	      " ro quiet splash vt.handoff=7");
}

static void fedora(void)
{
	fake_put("/proc/self/mountinfo", ROOT_MOUNT BOOT_MOUNT);
	fake_put_link("/dev/disk/by-uuid/" BOOT, "../../vda1");
	put_menu("/boot/grub2/grub.cfg", "fedora-grub.cfg");
	put_menu("/boot/loader/entries/0123-6.11.4-301.fc41.aarch64.conf", "fedora-new.conf");
	put_menu("/boot/loader/entries/0123-6.10.9-200.fc41.aarch64.conf", "fedora-old.conf");
	put_kernel("/boot/vmlinuz-6.11.4-301.fc41.aarch64",
		   "/boot/initramfs-6.11.4-301.fc41.aarch64.img", "6.11.4-301.fc41.aarch64");
	put_kernel("/boot/vmlinuz-6.10.9-200.fc41.aarch64",
		   "/boot/initramfs-6.10.9-200.fc41.aarch64.img", "6.10.9-200.fc41.aarch64");
	running("6.10.9-200.fc41.aarch64\n",
		"BOOT_IMAGE=(hd0,gpt2)/vmlinuz-6.10.9-200.fc41.aarch64 root=UUID=" UUID
		" ro rootflags=subvol=root\n");
}

TOOL_TEST_WITH("Fedora: the saved entry is one of /boot/loader/entries", fedora)
{
	fake_put("/boot/grub2/grubenv", ENV_HEAD
		 "saved_entry=0123-6.11.4-301.fc41.aarch64\nboot_success=1\n");
	found("/boot/vmlinuz-6.11.4-301.fc41.aarch64",
	      "/boot/initramfs-6.11.4-301.fc41.aarch64.img",
	      "BOOT_IMAGE=/vmlinuz-6.11.4-301.fc41.aarch64 root=UUID=" UUID
	      " ro rootflags=subvol=root ");
}

TOOL_TEST_WITH("Fedora: boots that are counted down end at the entry before", fedora)
{
	fake_put("/boot/grub2/grubenv", ENV_HEAD
		 "saved_entry=0123-6.11.4-301.fc41.aarch64\nboot_success=0\nboot_counter=0\n");
	assert_int_equal(find_by(NULL), 0);
	assert_string_equal(next.kernel, "/boot/vmlinuz-6.10.9-200.fc41.aarch64");
}

static void opensuse(void)
{
	fake_put("/proc/self/mountinfo",
		 "22 1 0:30 /@/.snapshots/1/snapshot / rw - btrfs /dev/vda2 rw\n");
	fake_put_link("/dev/disk/by-uuid/" UUID, "../../vda2");
	put_menu("/boot/grub2/grub.cfg", "opensuse-grub.cfg");
	fake_put("/boot/grub2/grubenv", ENV_HEAD "saved_entry=openSUSE Leap 15.6\n");
	put_kernel("/boot/Image-6.4.0-150600.23.47-default", "/boot/initrd-6.4.0-150600.23.47-default",
		   "6.4.0-150600.23.47-default");
	running("6.4.0-150600.23.47-default\n",
		"BOOT_IMAGE=/boot/Image-6.4.0-150600.23.47-default root=UUID=" UUID
		" splash=silent mitigations=auto quiet\n");
}

TOOL_TEST_WITH("openSUSE: the saved title, in a snapshot of btrfs", opensuse)
{
	fake_put("/.snapshots/grub-snapshot.cfg", "submenu 'Snapshots' {\n true\n}\n");
	found("/boot/Image-6.4.0-150600.23.47-default", "/boot/initrd-6.4.0-150600.23.47-default",
	      "BOOT_IMAGE=/boot/Image-6.4.0-150600.23.47-default root=UUID=" UUID
	      " splash=silent mitigations=auto quiet");
}

#define SUSE_FILE	"saved_entry=openSUSE Leap 15.6\nenv_block=512+1\n"

/* As grub2-editenv does: what the file says, and then what the block says. */
static void put_block(const char *block)
{
	char script[1024];

	fake_put("/.snapshots/grub-snapshot.cfg", "submenu 'Snapshots' {\n true\n}\n");
	fake_put("/boot/grub2/grubenv", ENV_HEAD SUSE_FILE);
	snprintf(script, sizeof(script),
		 "#!/bin/sh\n[ \"${1##*/} $2\" = 'grubenv list' ] || exit 1\ncat <<'END'\n"
		 SUSE_FILE "%sEND\n", block);
	fake_put_program("/usr/bin/grub2-editenv", script);
}

TOOL_TEST_WITH("openSUSE: a block outside of all files names the entry", opensuse)
{
	put_block("");
	found("/boot/Image-6.4.0-150600.23.47-default", "/boot/initrd-6.4.0-150600.23.47-default",
	      "BOOT_IMAGE=/boot/Image-6.4.0-150600.23.47-default root=UUID=" UUID
	      " splash=silent mitigations=auto quiet");
	put_block("saved_entry=something else\n");
	not_found("something else");
	put_block("next_entry=only once\n");
	not_found("only once");
}

TOOL_TEST_WITH("openSUSE: a block that cannot be read may name another entry", opensuse)
{
	put_block("");
	fake_put_program("/usr/bin/grub2-editenv", "#!/bin/sh\nexit 1\n");
	not_found("environment");
	/* One that knows nothing of blocks. */
	fake_put_program("/usr/bin/grub2-editenv", "#!/bin/sh\necho saved_entry=0\n");
	not_found("environment");
}

TOOL_TEST_WITH("GRUB: other blocks of a device are not known", opensuse)
{
	put_block("");
	fake_put("/boot/grub2/grub.cfg", "load_env\nload_env -f (hd0)513+1\n");
	not_found("environment");
	fake_put("/boot/grub2/grub.cfg", "load_env\nload_env -f (hd0)512+1 saved_entry\n");
	not_found("environment");
}

TOOL_TEST_WITH("GRUB: what it reads from SMBIOS is not known here", debian12)
{
	fake_put("/boot/grub/grub.cfg",
		 "smbios --type 1 --get-string 5 --set product\n"
		 "if [ \"$product\" = Board ]; then\n set default=1\nfi\n"
		 "menuentry 'Debian' {\n linux " DEBIAN_OLD " " DEBIAN_ARGS "\n"
		 " initrd /boot/initrd.img-6.1.0-50-arm64\n}\n"
		 "menuentry 'Other' {\n linux " DEBIAN_NEW " " DEBIAN_ARGS "\n"
		 " initrd /boot/initrd.img-6.12.95+deb12-arm64\n}\n");
	not_found("what only the boot loader sees");
}

static void u_boot(void)
{
	one_disk();
	put_menu("/boot/extlinux/extlinux.conf", "u-boot-menu.conf");
	put_kernel(DEBIAN_NEW, "/boot/initrd.img-6.12.95+deb12-arm64", "6.12.95+deb12-arm64");
	put_kernel(DEBIAN_OLD, "/boot/initrd.img-6.1.0-50-arm64", "6.1.0-50-arm64");
	running("6.1.0-50-arm64\n", "root=UUID=" UUID "  ro quiet\n");
}

TOOL_TEST_WITH("u-boot-menu: the default label is next", u_boot)
{
	found(DEBIAN_NEW, "/boot/initrd.img-6.12.95+deb12-arm64", "root=UUID=" UUID " ro quiet");
	assert_string_equal(next.title, "Debian GNU/Linux 12 6.12.95+deb12-arm64");
}

TOOL_TEST_WITH("two boot loaders that may have run prove nothing", u_boot)
{
	fake_put("/boot/firmware/extlinux/extlinux.conf", "label x\n");
	not_found("no boot loader");
}

TOOL_TEST("extlinux.conf by hand, with a kernel whose name tells no release")
{
	one_disk();
	fake_put("/proc/self/mountinfo", ROOT_MOUNT BOOT_MOUNT);
	put_menu("/boot/extlinux/extlinux.conf", "arch-extlinux.conf");
	fake_put("/boot/Image", "no kernel");
	fake_put("/boot/initramfs-linux.img", "initrd");
	running("6.2.10-1-aarch64-ARCH\n", "root=PARTUUID=aabb rw rootwait console=ttyAMA0\n");
	fake_listen();
	not_found("/boot/Image does not tell its release");
}

#define EFIVARS	"/sys/firmware/efi/efivars/"
#define LOADER	"-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"

/* A text as EFI keeps it, behind its attributes. */
static void put_efi_text(const char *name, const char *text)
{
	char path[512], full[1024], *at = full;
	FILE *file;

	snprintf(path, sizeof(path), EFIVARS "%s" LOADER, name);
	fake_put(path, "");
	memcpy(at, "\6\0\0\0", 4);
	for (at += 4; *text; text++) {
		*at++ = *text;
		*at++ = 0;
	}
	file = fopen(root_path(path, sizeof(path), EFIVARS "%s" LOADER, name), "w");
	assert_non_null(file);
	fwrite(full, 1, at - full, file);
	fclose(file);
}

#define MACHINE	"0123456789abcdef0123456789abcdef"
#define SD_PLACE	"/" MACHINE "/6.12.117+deb13-arm64"
#define SD_ARGS	"root=UUID=" UUID " ro quiet systemd.machine_id=" MACHINE

static void systemd_boot(void)
{
	fake_put("/proc/self/mountinfo", ROOT_MOUNT
		 "31 22 254:3 / /efi rw,relatime - vfat /dev/vda3 rw\n");
	put_efi_text("LoaderInfo", "systemd-boot 257.13-1~deb13u1");
	put_menu("/efi/loader/entries/" MACHINE "-6.12.117+deb13-arm64.conf",
		 "systemd-boot-debian.conf");
	put_kernel("/efi" SD_PLACE "/linux", "/efi" SD_PLACE "/initrd.img-6.12.117+deb13-arm64",
		   "6.12.117+deb13-arm64");
	running("6.12.117+deb13-arm64\n", "initrd=\\x\\y " SD_ARGS "\n");
}

static void systemd_boot_is_next(void)
{
	found("/efi" SD_PLACE "/linux", "/efi" SD_PLACE "/initrd.img-6.12.117+deb13-arm64",
	      SD_ARGS);
}

TOOL_TEST_WITH("systemd-boot: the newest entry is next", systemd_boot)
{
	systemd_boot_is_next();
}

TOOL_TEST_WITH("systemd-boot: a default that is chosen is obeyed", systemd_boot)
{
	fake_put("/efi/loader/loader.conf", "#timeout 3\ndefault arch*\n");
	not_found("its default is none of its entries");
	put_menu("/efi/loader/entries/arch.conf", "systemd-boot-arch.conf");
	fake_put("/efi/vmlinuz-linux", "x");
	not_found("/initramfs-linux.img of the boot loader's menu is not found");
	fake_put("/efi/loader/loader.conf", "default " MACHINE "*\n");
	systemd_boot_is_next();
	put_efi_text("LoaderEntryDefault", "arch.conf");
	not_found("/initramfs-linux.img of the boot loader's menu is not found");
}

TOOL_TEST_WITH("systemd-boot: beside unified images the first entry is not known", systemd_boot)
{
	fake_put("/efi/EFI/Linux/x.efi", "MZ");
	not_found("unified kernel images");
	put_efi_text("LoaderEntryDefault", MACHINE "-6.12.117+deb13-arm64.conf");
	systemd_boot_is_next();
}

TOOL_TEST_WITH("systemd-boot: an entry whose boots are counted is its own", systemd_boot)
{
	char from[512], to[512];

	root_path(from, sizeof(from), "/efi/loader/entries/" MACHINE "-6.12.117+deb13-arm64.conf");
	root_path(to, sizeof(to), "/efi/loader/entries/" MACHINE "-6.12.117+deb13-arm64+2-1.conf");
	assert_int_equal(rename(from, to), 0);
	assert_int_equal(find_by(NULL), -1);
}

TOOL_TEST("the policy running takes the same kernel with the same words")
{
	one_disk();
	put_kernel(DEBIAN_OLD, "/boot/initrd.img-6.1.0-50-arm64", "6.1.0-50-arm64");
	fake_put("/etc/default/fastkexec", "# POLICY=x\nPOLICY=\"running\"\n");
	running("6.1.0-50-arm64\n", "BOOT_IMAGE=/x ro a  b\n");
	found(DEBIAN_OLD, "/boot/initrd.img-6.1.0-50-arm64", "BOOT_IMAGE=/x ro a  b");
	running("6.1.0-51-arm64\n", "ro\n");
	not_found("no kernel and initrd of 6.1.0-51-arm64");
}

TOOL_TEST("the policy symlink follows Debian's links")
{
	one_disk();
	put_kernel(DEBIAN_OLD, "/boot/initrd.img-6.1.0-50-arm64", "6.1.0-50-arm64");
	fake_put_link("/vmlinuz", "boot/vmlinuz-6.1.0-50-arm64");
	fake_put_link("/initrd.img", "boot/initrd.img-6.1.0-50-arm64");
	fake_put("/etc/default/fastkexec", "POLICY=symlink\n");
	running("6.1.0-49-arm64\n", "ro\n");
	found(DEBIAN_OLD, "/boot/initrd.img-6.1.0-50-arm64", "ro");
}

static void put_command(const char *text)
{
	char script[1024];

	snprintf(script, sizeof(script), "#!/bin/sh\ncat <<'END'\n%s\nEND\n", text);
	fake_put_program("/usr/sbin/which-kernel", script);
}

static void by_command(void)
{
	one_disk();
	put_kernel("/slot-b/Image-6.1.0", "/slot-b/initrd", "6.1.0");
	fake_put("/etc/default/fastkexec", "POLICY=command\nCOMMAND=/usr/sbin/which-kernel\n");
}

TOOL_TEST_WITH("the policy command takes what a program prints", by_command)
{
	put_command("{\"kernel\": \"/slot-b/Image-6.1.0\",\n\"initrd\": \"/slot-b/initrd\",\n"
		    "\"command_line\": \"root=/dev/sda3 \\\"a b\\\"\"}");
	found("/slot-b/Image-6.1.0", "/slot-b/initrd", "root=/dev/sda3 \"a b\"");
}

TOOL_TEST_WITH("what a program prints is not believed blindly", by_command)
{
	static const struct {
		const char *text;
		const char *why;
	} rows[] = {
		{ "", "is not JSON" },
		{ "{\"kernel\": \"/slot-b/Image-6.1.0\",", "is not JSON" },
		{ "[1]", "no JSON object" },
		{ "{\"kernel\": \"/slot-b/Image-6.1.0\"}", "has no command_line" },
		{ "{\"kernel\": 7, \"command_line\": \"\"}", "kernel is no text" },
		{ "{\"kernel\": \"/slot-b/Image-6.1.0\", \"command_line\": \"\", \"x\": \"\"}",
		  "a key that is not known" },
		{ "{\"kernel\": \"/slot-c/Image-6.1.0\", \"command_line\": \"\"}", "is not there" },
	};
	size_t i;

	not_found("failed, or took too long");
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		put_command(rows[i].text);
		not_found(rows[i].why);
	}
}

TOOL_TEST_WITH("a command is named by its whole path", by_command)
{
	put_command("{\"kernel\": \"/slot-b/Image-6.1.0\", \"command_line\": \"\"}");
	fake_put("/etc/default/fastkexec", "POLICY=command\nCOMMAND=which-kernel\n");
	not_found("COMMAND in /etc/default/fastkexec must begin with a slash: \"which-kernel\"");
}

TOOL_TEST("a policy that is not known is said to be so")
{
	one_disk();
	fake_put("/etc/default/fastkexec", "POLICY=newest\n");
	not_found("/etc/default/fastkexec has the unknown POLICY 'newest'");
}

TOOL_TEST_WITH("'fastkexec next' tells which kernel, and why", debian12)
{
	assert_int_equal(fake_run("next", NULL), 0);
	assert_has(fake_heard()->out, "Next is " DEBIAN_NEW ": it is the default entry of GRUB");
	assert_int_equal(fake_run("next", "--json", NULL), 0);
	assert_has(fake_heard()->out, "\"proved\": true");
	assert_has(fake_heard()->out, "\"kernel\": \"" DEBIAN_NEW "\"");
	fake_put("/run/fastkexec/cold", "");
	assert_int_equal(fake_run("next", NULL), 0);
	assert_has(fake_heard()->out, "A reboot now goes through the firmware: /run/fastkexec/cold");
	running("6.1.0-50-arm64\n", "x\n");
	assert_int_equal(fake_run("next", NULL), 1);
	assert_has(fake_heard()->out, "It cannot be proved which kernel is next: no boot loader");
}
