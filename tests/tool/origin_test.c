// SPDX-License-Identifier: GPL-2.0
/*
 * Where the loaded kernel came from: what the load writes down, and what status says.
 */
#include "fake_device.h"

#include <errno.h>
#include <fcntl.h>
#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "initrd.h"
#include "kernel.h"
#include "kernel_file.h"
#include "origin.h"
#include "root.h"

#define RELEASE		"6.1.0-50-arm64"
#define KERNEL_SIZE	20000

static const char *kernel_file;

static void good_files(void)
{
	static uint8_t tree[4096], kernel[KERNEL_SIZE];

	memset(kernel, 0, sizeof(kernel));
	put_header(kernel, 0, 3 << 20, 0xa);
	/* The first one is a format string. */
	strcpy((char *)kernel + 1000, "Linux version %s (%s)");
	strcpy((char *)kernel + 2000, "Linux version " RELEASE " (someone@somewhere)");
	kernel_file = fake_file("Image", kernel, sizeof(kernel));
	fdt_create_empty_tree(tree, sizeof(tree));
	fake.dtb = fake_file("fdt", tree, sizeof(tree));
}

static void good_machine(void)
{
	good_files();
	fake_put("/run/x", "");
}

#define ORIGIN_TEST(words)	TOOL_TEST_WITH(words, good_machine)

static void load(void)
{
	assert_int_equal(fake_run("load", kernel_file, "--append=root=/dev/vda1 ro", NULL), 0);
}

static const char *status(void)
{
	assert_int_equal(fake_run("status", NULL), 0);
	return fake_heard()->out;
}

static void says(const char *what)
{
	assert_has(status(), what);
}

static void says_not(const char *what)
{
	assert_null(strstr(status(), what));
}

ORIGIN_TEST("status tells file, release, time and command line")
{
	load();
	says("It is Linux " RELEASE ", loaded ");
	says("\nKernel: /");
	says("/Image.\nInitrd: none.\n");
	says("Command line: root=/dev/vda1 ro\n");
	says_not("out of date");
	assert_int_equal(fake_run("status", "--json", NULL), 0);
	assert_has(fake_heard()->out, "\"release\": \"" RELEASE "\"");
	assert_has(fake_heard()->out, "\"initrd\": null");
	assert_has(fake_heard()->out, "\"command_line\": \"root=/dev/vda1 ro\"");
	assert_has(fake_heard()->out, "\"stale\": []");

	assert_int_equal(fake_run("load", kernel_file, "--no-initrd", NULL), 0);
	says("\nCommand line: (empty)\n");
}

ORIGIN_TEST("a file that has changed or is gone is told")
{
	struct timespec later[2] = { { 1000, 0 }, { 1000, 0 } };

	load();
	assert_int_equal(utimensat(AT_FDCWD, kernel_file, later, 0), 0);
	says("It is out of date: ");
	says("/Image has changed; load it again.\n");
	load();
	says_not("out of date");
	assert_int_equal(truncate(kernel_file, KERNEL_SIZE - 1), 0);
	says("/Image has changed");
	unlink(kernel_file);
	says("/Image is gone");
	assert_int_equal(fake_run("status", "--json", NULL), 0);
	assert_has(fake_heard()->out, "/Image is gone\"\n");
}

ORIGIN_TEST("each file that the image was made from is watched")
{
	struct timespec later[2] = { { 1000, 0 }, { 1000, 0 } };
	const char *first, *second;
	struct blob archive;

	assert_int_equal(initrd_make_empty(&archive), 0);
	first = fake_file("first", archive.data, archive.size);
	second = fake_file("second", archive.data, archive.size);
	blob_free(&archive);
	assert_int_equal(fake_run("load", kernel_file, "--initrd", first, "--initrd", second,
				  "--append=ro", NULL), 0);
	says("/first.\nInitrd: /");
	says("/second.\nCommand line: ro\n");
	says_not("out of date");
	assert_int_equal(utimensat(AT_FDCWD, second, later, 0), 0);
	says("It is out of date: ");
	says("/second has changed; load it again.\n");
	assert_int_equal(fake_run("status", "--json", NULL), 0);
	assert_has(fake_heard()->out, "/first\",\n      \"initrds\": [");
	assert_has(fake_heard()->out, "/second has changed\"");
}

ORIGIN_TEST("modules that were there and are gone are told")
{
	char path[256];

	load();
	says_not("out of date");
	fake_put("/lib/modules/" RELEASE "/x", "");
	load();
	says_not("out of date");
	unlink(root_path(path, sizeof(path), "/lib/modules/" RELEASE "/x"));
	assert_int_equal(rmdir(root_path(path, sizeof(path), "/lib/modules/" RELEASE)), 0);
	says("/lib/modules/" RELEASE " is gone");
}

ORIGIN_TEST("what was noted of another load is not believed")
{
	load();
	says("\nKernel: ");
	fake_put("/sys/module/fastkexec/parameters/loaded", "7\n");
	says("It is not known from which file it came.\n");
	says_not("Command line");
	fake_put("/sys/module/fastkexec/parameters/loaded", "0\n");
	says("It is not known");
	assert_int_equal(fake_run("status", "--json", NULL), 0);
	assert_has(fake_heard()->out, "\"source\": null");
}

/* Lines fit, but for one that is a single word behind what it begins with. */
static void fits(const char *text)
{
	const char *end;

	for (; (end = strchr(text, '\n')); text = end + 1)
		if (end - text > 80)
			fail_msg("too wide: %.*s", (int)(end - text), text);
}

#define ROOT		"root=UUID=01234567-89ab-cdef-0123-456789abcdef"
#define CONSOLES	"console=tty0 console=ttyAMA0,115200"

ORIGIN_TEST("on a terminal every line of load and status fits")
{
	static const char line[] = "--append=" ROOT " ro quiet " CONSOLES
		" panic=10 systemd.show_status=1 mitigations=auto";
	static const char *const commands[] = { "status", "unload", "check" };
	size_t i;

	fake.terminal = true;
	setenv("NO_COLOR", "1", 1);
	assert_int_equal(fake_run("load", kernel_file, line, NULL), 0);
	fits(fake_heard()->out);
	fits(fake_heard()->err);
	unlink(kernel_file);
	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		fake_run(commands[i], NULL);
		fits(fake_heard()->out);
		fits(fake_heard()->err);
	}
}

ORIGIN_TEST("who is not root is told what is loaded, and no address")
{
	char path[256];
	struct stat st;

	fake_put("/sys/module/fastkexec/parameters/loaded", "0\n");
	fake.open_error = EACCES;
	says("Nothing is loaded.\nWhere it lies and what this machine can do is told to root.\n");
	assert_int_equal(fake_run("status", "-q", NULL), 1);
	fake.open_error = 0;
	load();
	assert_int_equal(stat(root_path(path, sizeof(path), "/run/fastkexec/loaded"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0644);

	fake.open_error = EACCES;
	says("A kernel is loaded.\nIt is Linux " RELEASE ", loaded ");
	says("\nCommand line: root=/dev/vda1 ro\n");
	says_not("0x");
	assert_int_equal(fake_run("status", "-q", NULL), 0);
	assert_int_equal(fake_run("status", "--json", NULL), 0);
	assert_has(fake_heard()->out, "  \"loaded\": true,\n  \"image\": {\n    \"source\": {\n");
	assert_null(strstr(fake_heard()->out, "address"));
	assert_null(strstr(fake_heard()->out, "entry"));
}

ORIGIN_TEST("unload forgets, and a load that failed does not")
{
	char path[256];

	load();
	fake.call_error[_IOC_NR(FASTKEXEC_LOAD)] = ENOMEM;
	assert_int_equal(fake_run("load", kernel_file, "--append=other", NULL), 1);
	says("Command line: root=/dev/vda1 ro\n");
	assert_int_equal(fake_run("unload", NULL), 0);
	assert_int_equal(access(root_path(path, sizeof(path), "/run/fastkexec/loaded"), F_OK), -1);
}

ORIGIN_TEST("unload --stale forgets what is out of date, and nothing else")
{
	assert_int_equal(fake_run("unload", "--stale", NULL), 0);
	load();
	assert_int_equal(fake_run("unload", "--stale", NULL), 0);
	assert_has(fake_heard()->out, "Nothing is loaded that is known to be out of date.\n");
	says_not("Nothing is loaded.");
	unlink(kernel_file);
	assert_int_equal(fake_run("unload", "--stale", NULL), 0);
	assert_has(fake_heard()->out, "/Image is gone.\nUnloaded.");
	assert_false(fake.loaded);
}

TOOL_TEST_WITH("without a folder to write to nothing is known", good_files)
{
	load();
	assert_string_equal(fake_heard()->err, "");
	says("It is not known from which file it came.\n");
}

ORIGIN_TEST("a damaged file does no harm")
{
	static const char *const damaged[] = {
		"", "=\n", "x\n", "entry\nentry=\n=entry\n", "kernel=\n", "entry=-1\nkernel=a\n",
	};
	size_t i;

	load();
	for (i = 0; i < ARRAY_SIZE(damaged); i++) {
		fake_put("/run/fastkexec/loaded", damaged[i]);
		says("It is not known");
	}
}

ORIGIN_TEST("what has no release has none")
{
	static const uint8_t end[] = "Linux version ";
	struct kernel kernel = { .contents = { (uint8_t *)end, sizeof(end) - 1 } };
	char release[ORIGIN_RELEASE];

	kernel_release(&kernel, release, sizeof(release));
	assert_string_equal(release, "");
	kernel.contents.data = (uint8_t *)"Linux version 6.1";
	kernel.contents.size = 17;
	kernel_release(&kernel, release, sizeof(release));
	assert_string_equal(release, "6.1");
	kernel_release(&kernel, release, 3);
	assert_string_equal(release, "6.");
}
