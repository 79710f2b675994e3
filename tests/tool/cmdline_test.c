// SPDX-License-Identifier: GPL-2.0
/*
 * How the next kernel's command line is put together.
 */
#include "fake_device.h"

#include <stdlib.h>
#include <string.h>

#include "bootconfig.h"
#include "cmdline.h"

TOOL_TEST("parameters are taken out")
{
	static const struct {
		const char *line;
		const char *name;
		const char *left;
	} cases[] = {
		{ "", "a", "" },
		{ "a", "a", "" },
		{ "a=1", "a", "" },
		{ "ab=1", "a", "ab=1" },
		{ "xa=1", "a", "xa=1" },
		{ "a=1 b", "a", "b" },
		{ "b a=1", "a", "b " },
		{ "b a=1 c", "a", "b c" },
		{ "a=1 a=2 b a", "a", "b " },
		{ "  a=1   b", "a", "  b" },
		{ "b\ta=1\tc", "a", "b\tc" },
		{ "a=\"x y\" b", "a", "b" },
		{ "\"a=x y\" b", "a", "b" },
		{ "b=\"x a=1 y\" c", "a", "b=\"x a=1 y\" c" },
		{ "a=\"never closed b", "a", "" },
		{ "b a=\"", "a", "b " },
		{ "b -- a=1", "a", "b -- " },
	};
	char line[64];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		strcpy(line, cases[i].line);
		cmdline_without(line, cases[i].name);
		assert_string_equal(line, cases[i].left);
	}
}

TOOL_TEST("what the boot configuration has put there goes")
{
	static const struct {
		const char *config;
		const char *line;
		const char *left;
	} cases[] = {
		{ "", "a=1 b", "a=1 b" },
		{ "kernel.a = \"1\"\n", "a=\"1\" b", "b" },
		{ "kernel.a = \"1\"\n", "a=1 b", "b" },
		{ "kernel.a = \"1\"\n", "a=2 b", "a=2 b" },
		{ "kernel.a.b = \"1\", \"2 3\"\n", "a.b=1 a.b=\"2 3\" b", "b" },
		{ "kernel.a = \"\"\nkernel.c = \"\"\n", "a c b", "b" },
		{ "kernel.a = \"\"\n", "a=1 b", "a=1 b" },
		{ "kernel.a = 'x\"y', \"2\"\nkernel.b = \"3\"\n", "a=2 b=3 c", "c" },
		{ "init.a = \"1\"\n", "b -- a=\"1\" c", "b -- c" },
		{ "ftrace.a = \"1\"\nkernel.b = \"2\"\n", "a=1 b=2", "a=1 " },
		{ "# Parameters from bootloader:\n# kernel.a = \"1\"\n", "a=1", "a=1" },
		{ "kernel.a = \"1", "a=1", "a=1" },
		{ "kernel.a", "a", "a" },
		{ "kernel.a\n = \"\"", "a", "a" },
		{ "kernel. = \"\"", "a", "a" },
		{ " = ", "a", "a" },
	};
	char line[64];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		strcpy(line, cases[i].line);
		bootconfig_forget(line, cases[i].config);
		assert_string_equal(line, cases[i].left);
	}
}

/* Else it would grow by them at each jump. */
TOOL_TEST("with --reuse-cmdline the boot configuration's words are not doubled")
{
	static const struct option_texts none;
	char *line;

	fake.cmdline = fake_file("cmdline", "a=\"1\" ro b\n", 10);
	fake_put("/proc/bootconfig", "kernel.a = \"1\"\n");
	assert_int_equal(cmdline_make(true, NULL, &none, &line), 0);
	assert_string_equal(line, "ro b");
	free(line);
}

TOOL_TEST("words are removed by name, or as they stand")
{
	static const struct {
		const char *line;
		const char *word;
		const char *left;
	} cases[] = {
		{ "ro quiet", "quiet", "ro " },
		{ "console=ttyS0 console=tty0 ro", "console", "ro" },
		{ "console=ttyS0 console=tty0 ro", "console=tty0", "console=ttyS0 ro" },
		{ "console=tty0", "console=tty", "console=tty0" },
		{ "a=\"x y\" b", "a=\"x y\"", "b" },
		{ "a= b", "a=", "b" },
		{ "ro", "", "ro" },
	};
	char line[64];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		strcpy(line, cases[i].line);
		cmdline_remove(line, cases[i].word);
		assert_string_equal(line, cases[i].left);
	}
}

TOOL_TEST("what is removed can be given anew")
{
	const struct option_texts remove = { 2, { "root", "quiet" } };
	static const char running[] = "root=/dev/vda1 ro quiet\n";
	char *line;

	fake.cmdline = fake_file("cmdline", running, strlen(running));
	assert_int_equal(cmdline_make(true, "root=/dev/vdb", &remove, &line), 0);
	assert_string_equal(line, "ro root=/dev/vdb");
	free(line);
}

TOOL_TEST("lines add up")
{
	static const struct {
		const char *running;
		const char *text;
		const char *line;
	} cases[] = {
		{ NULL, NULL, NULL },
		{ NULL, "", "" },
		{ NULL, "root=/dev/vda1 ro", "root=/dev/vda1 ro" },
		{ NULL, "BOOT_IMAGE=x a", "BOOT_IMAGE=x a" },
		{ "", NULL, "" },
		{ "\n", "a", "a" },
		{ "ro quiet\n", NULL, "ro quiet" },
		{ "BOOT_IMAGE=/vmlinuz ro quiet\n", NULL, "ro quiet" },
		{ "BOOT_IMAGE=/vmlinuz\n", "a", "a" },
		{ "ro BOOT_IMAGE=/vmlinuz\n", "a b", "ro a b" },
		{ "ro quiet\n", "", "ro quiet" },
		{ "ro quiet\n", "nokaslr", "ro quiet nokaslr" },
		/* what says where an initrd is, in memory or for EFI, is another's */
		{ "initrd=0x48000000,0x1000 ro\n", NULL, "ro" },
		{ "ro initrdmem=0x48000000,8M quiet\n", "a", "ro quiet a" },
		{ "initrd=\\initrd.img ro noinitrd\n", NULL, "ro noinitrd" },
		{ "ro\n", "initrd=0x48000000,0x1000", "ro initrd=0x48000000,0x1000" },
		/* what follows "--" is for init */
		{ "ro -- single\n", "quiet", "ro quiet -- single" },
		{ "ro --  single  x\n", "quiet\n", "ro quiet -- single  x" },
		{ "ro -- single\n", NULL, "ro -- single" },
		{ "ro -- single\n", "", "ro -- single" },
		{ "-- single\n", "quiet", "quiet -- single" },
		{ "ro --\n", "quiet", "ro quiet" },
		{ "ro\n", "quiet -- single", "ro quiet -- single" },
		{ "ro -- a -- b\n", "quiet -- c", "ro quiet -- a -- b c" },
		{ "ro -- a\n", "-- b", "ro -- a b" },
		{ "ro \"x -- y\" --z -- a\n", "b=\" -- \"", "ro \"x -- y\" --z b=\" -- \" -- a" },
		{ NULL, "ro  -- single", "ro  -- single" },
		/* of equal words the last one stays */
		{ "ro a=1 quiet\n", "a=1", "ro quiet a=1" },
		{ "ro a=1 quiet a=1\n", "a=1 b", "ro quiet a=1 b" },
		{ "ro a=1\n", "a=2", "ro a=1 a=2" },
		{ "ro a=1\n", "a", "ro a=1 a" },
		{ "ro aa a=11\n", "a a=1", "ro aa a=11 a a=1" },
		{ "ro b=\"x y\" c\n", "b=\"x y\"", "ro c b=\"x y\"" },
		{ "x y ro\n", "b=\"x y\"", "x y ro b=\"x y\"" },
		{ "a a\n", "b b", "a a b b" },
		{ "a\n", "a", "a" },
		{ "a -- a\n", "a", "a -- a" },
		{ "a\n", "b -- a", "a b -- a" },
		/* arguments for init */
		{ "ro -- x y\n", "-- x y", "ro -- x y" },
		{ "ro -- x y\n", "-- y", "ro -- x y" },
		{ "ro -- x y\n", "-- x", "ro -- x y x" },
		{ "ro -- xy\n", "-- y", "ro -- xy y" },
	};
	char *line;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_int_equal(cmdline_build(cases[i].running, cases[i].text, &line), 0);
		if (!cases[i].line)
			assert_null(line);
		else
			assert_string_equal(line, cases[i].line);
		free(line);
	}
}

/* An automatic job that appends at every jump must not fail one day. */
TOOL_TEST("a chain of jumps that append the same does not grow")
{
	static const char *const texts[] = {
		"a=1 b=2", "a=1 a=1", "a=1 -- single", "-- x", "b=\"x y\" ro -- a b", "quiet\t quiet",
	};
	const char *const running = "root=/dev/vda1 ro quiet -- a\n";
	char *first, *line, *next;
	size_t i, jumps;

	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		assert_int_equal(cmdline_build(running, texts[i], &first), 0);
		line = strdup(first);
		for (jumps = 0; jumps < 3; jumps++) {
			assert_int_equal(cmdline_build(line, texts[i], &next), 0);
			assert_string_equal(next, first);
			free(line);
			line = next;
		}
		free(line);
		free(first);
	}
}

TOOL_TEST("what the kernel would cut off is refused")
{
	char text[CMDLINE_MAX + 1];
	char *line;

	memset(text, 'x', sizeof(text));
	text[CMDLINE_MAX - 1] = '\0';
	assert_int_equal(cmdline_build(NULL, text, &line), 0);
	assert_int_equal(strlen(line), CMDLINE_MAX - 1);
	free(line);

	text[CMDLINE_MAX - 1] = 'x';
	text[CMDLINE_MAX] = '\0';
	fake_listen();
	assert_int_equal(cmdline_build(NULL, text, &line), -1);
	assert_null(line);
	assert_sentence("the command line has 2048 characters, and an arm64 kernel takes 2047 at");

	text[CMDLINE_MAX - 2] = '\0';
	fake_listen();
	assert_int_equal(cmdline_build("a\n", text, &line), -1);
	assert_sentence("the command line has 2048 characters");
}
