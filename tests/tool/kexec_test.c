// SPDX-License-Identifier: GPL-2.0
/*
 * The tool under the name of kexec: every option of kexec(8), and what widely used scripts
 * say, word for word.
 */
#include "fake_device.h"

#include <errno.h>
#include <libfdt.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "kernel_file.h"
#include "kexec_options_list.h"
#include "root.h"
#include "version.h"

#define LINE	"root=/dev/vda1 ro"

static const char *kernel, *initrd, *tree;

/* Empty of files, but with an end: what cpio writes for none. */
#define ZERO	"00000000"
static const char archive[] = "070701" ZERO ZERO ZERO ZERO "00000001" ZERO ZERO ZERO ZERO ZERO ZERO
	"0000000B" ZERO "TRAILER!!!\0\0\0";

static const char *make_tree(const char *name, const char *bootargs)
{
	const fdt64_t reg[] = { cpu_to_fdt64(0x40000000), cpu_to_fdt64(0x40000000) };
	static uint8_t data[4096];
	int node;

	fdt_create_empty_tree(data, sizeof(data));
	fdt_setprop_u32(data, 0, "#address-cells", 2);
	fdt_setprop_u32(data, 0, "#size-cells", 2);
	node = fdt_add_subnode(data, 0, "chosen");
	fdt_setprop_string(data, node, "bootargs", bootargs);
	node = fdt_add_subnode(data, 0, "memory@40000000");
	fdt_setprop_string(data, node, "device_type", "memory");
	fdt_setprop(data, node, "reg", reg, sizeof(reg));
	return fake_file(name, data, sizeof(data));
}

static void good_files(void)
{
	static uint8_t image[4096];

	put_header(image, 0, 1 << 20, 0xa);
	kernel = fake_file("Image", image, sizeof(image));
	initrd = fake_file("initrd", archive, sizeof(archive));
	tree = make_tree("tree", "of the file");
	fake.dtb = make_tree("fdt", "running");
	fake.cmdline = fake_file("cmdline", "BOOT_IMAGE=/vmlinuz running\n", 28);
	fake.interfaces[0] = (struct fake_interface){ "eth0", IFF_UP, 0 };
	fake.reboot_error = EPERM;
}

#define KEXEC_TEST(words)	TOOL_TEST_WITH(words, good_files)

static void put_stock(void)
{
	char path[256];

	fake_put("/usr/sbin/kexec", "#!/bin/sh\n");
	assert_int_equal(chmod(root_path(path, sizeof(path), "/usr/sbin/kexec"), 0755), 0);
}

/* A letter for what the test has: a kernel, an initrd, a tree, a command line. */
static const char *meaning(char letter)
{
	return letter == 'K' ? kernel : letter == 'I' ? initrd : letter == 'D' ? tree :
	       letter == 'S' ? LINE : NULL;
}

/* "--initrd=I" names the initrd, "I" does, and every other word is itself. */
static const char *expand(const char *word)
{
	static char words[32][128];
	static unsigned int used;
	const size_t length = strlen(word);
	const char *text = length ? meaning(word[length - 1]) : NULL;
	char *result = words[used++ % 32];

	if (!text || (length > 1 && word[length - 2] != '='))
		return word;
	snprintf(result, sizeof(words[0]), "%.*s%s", (int)length - 1, word, text);
	return result;
}

static int run(const char *line)
{
	const char *argv[24] = { "/usr/lib/fastkexec/kexec" };
	static char words[256];
	char *word, *rest = words;
	int nr = 1;

	snprintf(words, sizeof(words), "%s", line);
	while ((word = strsep(&rest, " ")))
		if (*word)
			argv[nr++] = expand(word);
	return fake_run_as(argv);
}

static const char *told(const char *name)
{
	const void *data = fake_memory(fake.load.dtb, 64);

	return fdt_getprop(data, fdt_path_offset(data, "/chosen"), name, NULL);
}

/* What was done, in words: see the rows. */
static const char *done(void)
{
	static char text[512];
	FILE *file = fmemopen(text, sizeof(text), "w");

	if (fake.loaded)
		fprintf(file, "load(%s%s)%s ", told("bootargs"),
			told("linux,initrd-start") ? ",initrd" : "",
			fake.load.verify == FASTKEXEC_VERIFY_NONE ? "unchecked" : "");
	fputs(fake.before_reboot, file);
	if (fake.reboots)
		fputs("reboot ", file);
	fputs(strncmp(fake.executed, fake_directory(), strlen(fake_directory())) ? fake.executed :
	      strchr(fake.executed + strlen(fake_directory()) + 1, '/'), file);
	fputc('\0', file);
	fclose(file);
	return text;
}

#define SHUTDOWN	"/sbin/shutdown -r now\n/etc/shutdown -r now\n/bin/shutdown -r now\n"

/*
 * A line, its status, and what it does: load(COMMAND LINE,initrd) with what is not
 * checked, "s" for a sync(), interfaces that are taken down, "reboot", programs. No
 * reboot() and no program works here: then the status is 255.
 */
static const struct row {
	const char *line;
	int status;
	const char *does;
} alone[] = {
	/* every option of kexec(8) */
	{ "-l K", 0, "load(running) " },
	{ "--load K", 0, "load(running) " },
	{ "K", 255, "load(running) " SHUTDOWN },
	{ "-f K", 255, "load(running) seth0reboot " },
	{ "--force -x K", 255, "load(running) sreboot " },
	{ "-f -y K", 255, "load(running) eth0reboot " },
	{ "-f --no-ifdown --no-sync K", 255, "load(running) reboot " },
	{ "-e", 1, "" },
	{ "--exec", 1, "" },
	{ "-u", 0, "" },
	{ "--unload", 0, "" },
	{ "-S -l", 0, "" },
	{ "--status --load", 0, "" },
	{ "-S", 255, "" },
	{ "-l K --initrd=I", 0, "load(running,initrd) " },
	{ "-l K --initrd I", 0, "load(running,initrd) " },
	{ "-l K --ramdisk=I", 0, "load(running,initrd) " },
	{ "-l K --append=S", 0, "load(" LINE ") " },
	{ "-l K --command-line S", 0, "load(" LINE ") " },
	{ "-l K --append=a --command-line=b", 0, "load(b) " },
	{ "-l K --command-line=b --append=a", 0, "load(a) " },
	{ "-l K --reuse-cmdline", 0, "load(running) " },
	{ "-l K --reuse-cmdline --append=S", 0, "load(running " LINE ") " },
	{ "-l K --append=", 0, "load() " },
	{ "-l K --dtb=D", 0, "load(of the file) " },
	{ "-l K --dtb D --append S", 0, "load(" LINE ") " },
	{ "-l K -t Image", 0, "load(running) " },
	{ "-l K --type=zImage", 0, "load(running) " },
	{ "-l K --type=vmlinux", 255, "" },
	{ "-l K -t uImage", 255, "" },
	{ "-l K -t vmlinuz", 255, "" },
	{ "-l K -t uki", 255, "" },
	{ "-l K -t bzImage", 255, "" },
	{ "-l K -i", 0, "load(running)unchecked " },
	{ "-l K --no-checks", 0, "load(running)unchecked " },
	{ "-l K -c", 0, "load(running) " },
	{ "-l K --kexec-syscall", 0, "load(running) " },
	{ "-l K -a", 0, "load(running) " },
	{ "-l K --kexec-syscall-auto", 0, "load(running) " },
	{ "-l K -d", 0, "load(running) " },
	{ "-l K --debug", 0, "load(running) " },
	{ "-l K --serial=ttyAMA0", 0, "load(running) " },
	{ "-l K --entry=0", 0, "load(running) " },
	{ "-l K --entry=0x1000", 1, "" },
	{ "-l K --entry=x", 1, "" },
	{ "-l K --mem-min=0x1000", 1, "" },
	{ "-l K --mem-max=0x1000", 1, "" },
	{ "-l K --mem-max=x", 1, "" },
	{ "-l K --reuseinitrd", 1, "" },
	{ "--load-preserve-context K", 1, "" },
	{ "--load-jump-back-helper", 1, "" },
	{ "--load-live-update K", 1, "" },
	{ "--exec-live-update", 1, "" },
	{ "-l K --hotplug", 1, "" },
	{ "-l K --no-cma", 1, "" },
	{ "--print-ckr-size", 1, "" },
	{ "-p K", 1, "" },
	{ "--load-panic K", 1, "" },
	{ "-s -l K", 253, "" },
	{ "-l --kexec-file-syscall K", 253, "" },
	{ "-s -a -l K", 0, "load(running) " },
	{ "-a -s -l K", 253, "" },
	{ "-v", 0, "" },
	{ "--version", 0, "" },
	{ "-h", 0, "" },
	{ "--help", 0, "" },
	{ "-?", 1, "" },
	{ "--nonsense", 1, "" },
	{ "-l", 255, "" },
	{ "-l /nowhere", 1, "" },
	{ "-l D", 255, "" },

	/* the way of writing them */
	{ "-lK", 1, "" },
	{ "-la K", 0, "load(running) " },
	{ "-fxy K", 255, "load(running) reboot " },
	{ "K --load", 0, "load(running) " },
	{ "--load --init=I -- K", 0, "load(running,initrd) " },
	{ "--lo K", 1, "" },
	{ "--com=S --load K", 0, "load(" LINE ") " },
	{ "--re --load K", 1, "" },
	{ "--reuse-c --load K", 0, "load(running) " },
	{ "-e -l K", 0, "load(running) " },
	{ "-l -e K", 1, "" },
	{ "-l K -S", 0, "" },

	/* SONiC: fast-reboot, warm-reboot */
	{ "-l K --initrd=I --append=S -a", 0, "load(" LINE ",initrd) " },
	{ "-u -a", 0, "" },
	/* nixos-anywhere and its kexec-installer, NixOS's netboot */
	{ "--load K --kexec-syscall-auto --initrd=I --no-checks --command-line S", 0,
		"load(" LINE ",initrd)unchecked " },
	{ "--load --initrd=I --command-line=S -- K", 0, "load(" LINE ",initrd) " },
	/* systemctl kexec */
	{ "--load K --append S --initrd I", 0, "load(" LINE ",initrd) " },
	/* the kernel's selftests */
	{ "--load --kexec-file-syscall K", 253, "" },
	{ "-l -s --reuse-cmdline K --initrd=I", 253, "" },
	/* LTP */
	{ "-s -l K --append=S", 253, "" },
	{ "-s -l K --reuse-cmdline", 253, "" },
	/* kexec-tools' own scripts of Debian */
	{ "-l K --initrd=I --append=S", 0, "load(" LINE ",initrd) " },
	{ "-p --command-line=S --initrd=I K", 1, "" },
	/* several initrds are no thing of kexec-tools: the last one counts */
	{ "-l K --initrd=x --initrd=I", 0, "load(running,initrd) " },
};

static void check_row(const struct row *row)
{
	const int status = run(row->line);

	if (status != row->status || strcmp(done(), row->does))
		fail_msg("kexec %s: status %d, not %d; does '%s', not '%s'; says: %s", row->line,
			 status, row->status, done(), row->does, fake_heard()->err);
	if (row->status && !fake_heard()->err[0] && !strstr(row->line, "-S"))
		fail_msg("kexec %s says nothing", row->line);
}

KEXEC_TEST("every option does what kexec(8) says")
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(alone); i++) {
		fake_reset();
		good_files();
		check_row(&alone[i]);
	}
}

static bool is_in_a_row(const char *name)
{
	char option[64], valued[64];
	size_t i;

	snprintf(option, sizeof(option), "--%s ", name);
	snprintf(valued, sizeof(valued), "--%s=", name);
	for (i = 0; i < ARRAY_SIZE(alone); i++) {
		char line[128];

		snprintf(line, sizeof(line), "%s ", alone[i].line);
		if (strstr(line, option) || strstr(line, valued))
			return true;
	}
	return false;
}

TOOL_TEST("every option of the table is in a row")
{
#define NAME(name, letter, argument, action, help)	name,
	static const char *const names[] = { KEXEC_OPTIONS(NAME) };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (!is_in_a_row(names[i]))
			fail_msg("no row has --%s", names[i]);
}

/* With the kexec of kexec-tools. */
static const struct row with_stock[] = {
	{ "-p K --append=S", 1, "/usr/sbin/kexec -p K --append=S\n" },
	{ "-p -u", 0, "/usr/sbin/kexec -p -u\n" },
	{ "K -s --load", 253, "/usr/sbin/kexec K -s --load\n" },
	{ "-l -s --reuse-cmdline K --initrd=I", 253,
		"/usr/sbin/kexec -l -s --reuse-cmdline K --initrd=I\n" },
	{ "-l K --mem-min=0x1000", 1, "/usr/sbin/kexec -l K --mem-min=0x1000\n" },
	{ "-l K --entry=0x1000", 1, "/usr/sbin/kexec -l K --entry=0x1000\n" },
	{ "--print-ckr-size", 1, "/usr/sbin/kexec --print-ckr-size\n" },
	{ "-l K", 0, "load(running) " },
	{ "-l K -a", 0, "load(running) " },
	{ "-u -s", 0, "" },
	{ "-S", 255, "" },
	{ "-e", 1, "" },
};

/* What the stock kexec was given is what we were given, in its order. */
static void shorten(char *line)
{
	const char *const paths[] = { kernel, initrd, tree, LINE };
	static const char letters[] = "KIDS";
	size_t i;
	char *at;

	for (i = 0; i < ARRAY_SIZE(paths); i++) {
		while ((at = strstr(line, paths[i]))) {
			*at = letters[i];
			memmove(at + 1, at + strlen(paths[i]), strlen(at + strlen(paths[i])) + 1);
		}
	}
}

KEXEC_TEST("what only the stock kexec can do it is given")
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(with_stock); i++) {
		fake_reset();
		good_files();
		put_stock();
		assert_int_equal(run(with_stock[i].line), with_stock[i].status);
		shorten(fake.executed);
		if (!strncmp(with_stock[i].does, "/usr", 4))
			assert_non_null(strstr(fake.executed, with_stock[i].does));
		else
			assert_string_equal(done(), with_stock[i].does);
	}
}

KEXEC_TEST("this program is not the stock kexec, by whatever name")
{
	fake_put_link("/usr/sbin/kexec", "/proc/self/exe");
	fake_put_link("/sbin/kexec", "../usr/sbin/kexec");
	assert_int_equal(run("-s -l K"), 253);
	assert_string_equal(fake.executed, "");
	assert_has(fake_heard()->err, "\nsyscall kexec_file_load not available.\n");

	/* A script there that calls us is not called once more. */
	fake_reset();
	good_files();
	put_stock();
	setenv("FASTKEXEC_CALLED_STOCK_KEXEC", "1", 1);
	assert_int_equal(run("-s -l K"), 253);
	unsetenv("FASTKEXEC_CALLED_STOCK_KEXEC");
	assert_string_equal(fake.executed, "");
}

KEXEC_TEST("a diverted kexec is found first")
{
	char path[256];

	put_stock();
	fake_put("/usr/sbin/kexec.distrib", "#!/bin/sh\n");
	run("-p K");
	assert_null(strstr(fake.executed, "distrib"));
	fake.executed[0] = '\0';
	assert_int_equal(chmod(root_path(path, sizeof(path), "/usr/sbin/kexec.distrib"), 0755), 0);
	run("-p K");
	assert_non_null(strstr(fake.executed, "/usr/sbin/kexec.distrib -p "));
}

KEXEC_TEST("without the module the stock kexec loads")
{
	put_stock();
	fake.open_error = ENOENT;
	assert_int_equal(run("-l K"), 255);
	assert_non_null(strstr(fake.executed, "/usr/sbin/kexec -l "));
	assert_has(fake_heard()->err, "the fastkexec module is not loaded");
	assert_has(fake_heard()->err, "\nCannot load ");

	fake.open_error = EACCES;
	fake.executed[0] = '\0';
	assert_int_equal(run("-l K"), 255);
	assert_string_equal(fake.executed, "");
}

KEXEC_TEST("-e starts ours, else the kernel's own kexec is for the stock one")
{
	assert_int_equal(run("-l K --append=S"), 0);
	assert_string_equal(fake_heard()->out, "");
	assert_string_equal(fake_heard()->err, "");
	assert_int_equal(run("-e"), 255);
	assert_string_equal(done(), "load(" LINE ") seth0reboot ");
	assert_has(fake_heard()->err, "cannot reboot: Operation not permitted");

	fake_reset();
	good_files();
	fake_put("/sys/kernel/kexec_loaded", "1\n");
	assert_int_equal(run("-e"), 255);
	assert_string_equal(done(), "");
	assert_sentence("there is no kexec of kexec-tools to start it");
	put_stock();
	run("-e -x");
	assert_non_null(strstr(fake.executed, "/usr/sbin/kexec -e -x\n"));
	assert_int_equal(fake.reboots, 0);

	/* The new name counts more than the old one. */
	fake_put("/sys/kernel/kexec/loaded", "0\n");
	assert_int_equal(run("-e"), 1);
	assert_string_equal(fake_heard()->err, "Nothing has been loaded!\n");
}

KEXEC_TEST("-u unloads both")
{
	assert_int_equal(run("-l K"), 0);
	fake_put("/sys/kernel/kexec_loaded", "1\n");
	assert_int_equal(run("-u -a"), 0);
	assert_false(fake.loaded);
	assert_int_equal(fake.native_unloads, 1);
	assert_int_equal(fake.native_flags, 0);

	fake.unload_error = EBUSY;
	assert_int_equal(run("-u"), 255);
	assert_string_equal(fake_heard()->err, "kexec unload failed: Device or resource busy\n");
	fake_put("/sys/kernel/kexec_loaded", "0\n");
	assert_int_equal(run("-u"), 0);
	assert_int_equal(fake.native_unloads, 2);

	fake.unload_error = 0;
	fake_put("/sys/kernel/kexec_crash_loaded", "1\n");
	assert_int_equal(run("-p -u"), 0);
	assert_int_equal(fake.native_flags, 1);
}

KEXEC_TEST("-u fails where it cannot be told what is loaded")
{
	assert_int_equal(run("-l K"), 0);
	fake.open_error = EACCES;
	assert_int_equal(run("-u"), 255);
	fake.open_error = 0;
	assert_true(fake.loaded);
}

KEXEC_TEST("-S tells what is loaded by its status")
{
	assert_int_equal(run("-S -l"), 0);
	fake_put("/sys/kernel/kexec/crash_loaded", "0\n");
	assert_int_equal(run("-S"), 0);
	assert_int_equal(run("-S -p"), 0);
	fake_put("/sys/kernel/kexec/crash_loaded", "1\n");
	assert_int_equal(run("-S"), 1);
	assert_int_equal(run("-p -S"), 1);
	assert_int_equal(run("-S -l"), 0);
	assert_int_equal(run("-l K"), 0);
	assert_int_equal(run("-S -l"), 1);
	/* Nobody needs rights for that. */
	fake.open_error = EACCES;
	assert_int_equal(run("-S -l"), 1);
	fake.open_error = 0;
	assert_int_equal(run("-u"), 0);
	assert_int_equal(run("-S -l"), 0);
	fake_put("/sys/kernel/kexec_loaded", "1\n");
	assert_int_equal(run("-S -l"), 1);
	assert_string_equal(fake_heard()->err, "");
}

KEXEC_TEST("a failed load says what kexec-tools says, too")
{
	assert_int_equal(run("-l"), 255);
	assert_string_equal(fake_heard()->err, "No kernel specified\n");
	assert_has(fake_heard()->out, "Usage: kexec [OPTION]... [KERNEL]\n");
	assert_int_equal(run("-l /nowhere"), 1);
	assert_string_equal(fake_heard()->err,
			    "Cannot open `/nowhere': No such file or directory\n");
	fake.call_error[_IOC_NR(FASTKEXEC_LOAD)] = ENOMEM;
	assert_int_equal(run("-l K"), 255);
	assert_has(fake_heard()->err, "fastkexec: cannot load the next kernel: ");
	assert_has(fake_heard()->err, "\nCannot load ");
}

/* LTP looks for an option in the help, and others for the version. */
KEXEC_TEST("help and version are told")
{
	const char *end, *line;

	assert_int_equal(run("-h"), 0);
	assert_has(fake_heard()->out, "--reuse-cmdline");
	for (line = fake_heard()->out; (end = strchr(line, '\n')); line = end + 1)
		assert_true(end - line <= 80);
	assert_int_equal(run("-v"), 0);
	assert_string_equal(fake_heard()->out,
			    "kexec-tools 2.0.32 (fastkexec " FASTKEXEC_VERSION ")\n");
	assert_int_equal(run("-e -v"), 0);
	assert_int_equal(fake.reboots, 0);
}
