// SPDX-License-Identifier: GPL-2.0
/*
 * The command line of the tool itself: what it understands, and exit status 2
 * for what it does not.
 */
#include "fake_device.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cmd_table.h"
#include "load_options.h"
#include "out.h"
#include "version.h"

/* No file and no device is touched when the arguments are wrong. */
TOOL_TEST("wrong usage is status 2")
{
	static const struct {
		const char *argv[8];
		const char *why;
	} cases[] = {
		{ { NULL }, "Usage: fastkexec COMMAND" },
		{ { "lod" }, "there is no command 'lod'" },
		{ { "" }, "there is no command ''" },
		{ { "-l" }, "there is no command '-l'" },
		{ { "load" }, "which kernel?" },
		{ { "load", "a", "b" }, "one kernel at a time: 'b' is too many" },
		{ { "load", "--nonsense", "a" }, "unrecognized option '--nonsense'" },
		{ { "load", "-x", "a" }, "invalid option -- 'x'" },
		{ { "load", "a", "--initrd" }, "requires an argument" },
		{ { "load", "a", "--append" }, "requires an argument" },
		{ { "load", "a", "--reuse-cmdline=x" }, "doesn't allow an argument" },
		{ { "load", "a", "--placement", "here" }, "and not 'here'" },
		{ { "load", "a", "--placement=" }, "and not ''" },
		{ { "load", "a", "--design", "square" }, "and not 'square'" },
		{ { "load", "a", "--verify", "some" }, "and not 'some'" },
		{ { "load", "a", "--rehearse=x" }, "doesn't allow an argument" },
		{ { "rehearse", "now" }, "takes no argument, and was given 'now'" },
		{ { "load", "a", "--dtb", "b", "--dtb", "c" }, "--dtb is given twice" },
		{ { "load", "a", "--append", "b", "--append=c" }, "--append is given twice" },
		{ { "load", "a", "--append", "b", "--command-line=c" }, "exclude each other" },
		{ { "load", "a", "--reuse-cmdline", "--command-line=c" },
			"use --reuse-cmdline with --append" },
		{ { "load", "a", "--append=b", "--remove=c" }, "give --reuse-cmdline, too" },
		{ { "load", "a", "--initrd=b", "--no-initrd" }, "exclude each other" },
		{ { "load", "a", "--dtb-as-is" }, "is about the tree of --dtb" },
		{ { "exec", "now" }, "takes no argument, and was given 'now'" },
		{ { "exec", "--force" }, "unrecognized option '--force'" },
		{ { "unload", "all" }, "takes no argument, and was given 'all'" },
		{ { "status", "all" }, "takes no argument, and was given 'all'" },
		{ { "status", "--xml" }, "unrecognized option '--xml'" },
		{ { "status", "--json=x" }, "doesn't allow an argument" },
		{ { "help", "lod" }, "there is no command 'lod'" },
		{ { "help", "load", "exec" }, "one command at a time: 'exec' is too many" },
		{ { "help", "--all" }, "unrecognized option '--all'" },
	};
	size_t i;

	fake.open_error = 1;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *const *a = cases[i].argv;

		assert_int_equal(fake_run(a[0], a[1], a[2], a[3], a[4], a[5], NULL), 2);
		assert_has(fake_heard()->err, cases[i].why);
		assert_string_equal(fake_heard()->out, "");
		if (a[0])
			assert_has(fake_heard()->err, "--help");
	}
}

static void fits(const char *text)
{
	const char *end;

	for (; (end = strchr(text, '\n')); text = end + 1)
		assert_true(end - text <= 80);
}

TOOL_TEST("every help fits into 80 columns")
{
	size_t i;

	assert_int_equal(fake_run("--help", NULL), 0);
	fits(fake_heard()->out);
	for (i = 0; cmd_table[i]; i++) {
		assert_int_equal(fake_run(cmd_table[i]->name, "--help", NULL), 0);
		fits(fake_heard()->out);
	}
}

/* What is said to people is on stderr, and stdout has one object. */
static void answers(const char *command, int status)
{
	char member[64];

	assert_int_equal(fake_run(command, "--json", NULL), status);
	assert_int_equal(fake_heard()->out[0], '{');
	snprintf(member, sizeof(member), "\n  \"command\": \"%s\",\n", command);
	assert_has(fake_heard()->out, member);
	snprintf(member, sizeof(member), "\n  \"status\": %d\n}\n", status);
	assert_has(fake_heard()->out, member);
}

TOOL_TEST("every command answers programs")
{
	static const char *const commands[] = { "exec", "unload", "rehearse", "status", "check" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		fake_reset();
		fake.open_error = 13;
		answers(commands[i], 1);
		assert_has(fake_heard()->out, "  \"errors\": [\n    \"no permission to open");
		assert_sentence("no permission to open");
		fake_reset();
		fake.loaded = true;
		if (strcmp(commands[i], "exec")) {
			answers(commands[i], 0);
			assert_has(fake_heard()->out, "  \"notes\": [],\n  \"errors\": [],\n");
		}
	}
	fake_reset();
	answers("unload", 1);
	assert_has(fake_heard()->out, "cannot unload: nothing is loaded");
}

TOOL_TEST("status in silence says by its exit status whether a kernel is loaded")
{
	assert_int_equal(fake_run("status", "-q", NULL), 1);
	assert_string_equal(fake_heard()->out, "");
	fake.loaded = true;
	assert_int_equal(fake_run("status", "--quiet", NULL), 0);
	assert_string_equal(fake_heard()->out, "");
	assert_string_equal(fake_heard()->err, "");
}

TOOL_TEST("help is a command, too")
{
	char usage[64];
	size_t i;

	assert_int_equal(fake_run("help", NULL), 0);
	for (i = 0; cmd_table[i]; i++)
		assert_has(fake_heard()->out, cmd_table[i]->summary);
	for (i = 0; cmd_table[i]; i++) {
		assert_int_equal(fake_run("help", cmd_table[i]->name, NULL), 0);
		snprintf(usage, sizeof(usage), "Usage: fastkexec %s", cmd_table[i]->name);
		assert_has(fake_heard()->out, usage);
	}
}

TOOL_TEST("lists for programs have every command and every option")
{
	const struct option_row *row;
	char begin[64];
	size_t i;

	assert_int_equal(fake_run("help", "--list", NULL), 0);
	for (i = 0; cmd_table[i]; i++) {
		snprintf(begin, sizeof(begin), "%s\t%s\n", cmd_table[i]->name,
			 cmd_table[i]->summary);
		assert_has(fake_heard()->out, begin);
	}
	for (i = 0; cmd_table[i]; i++) {
		assert_int_equal(fake_run("help", "--list", cmd_table[i]->name, NULL), 0);
		assert_has(fake_heard()->out, "-h\t\t\tthis text\n--help\t\t\tthis text\n");
		for (row = cmd_table[i]->options; row->name; row++) {
			snprintf(begin, sizeof(begin), "--%s\t%s\t", row->name,
				 row->argument ? row->argument : "");
			assert_has(fake_heard()->out, begin);
		}
	}
	assert_int_equal(fake_run("help", "--list", "load", NULL), 0);
	assert_has(fake_heard()->out, "--placement\tHOW\tauto in-place copy\thow each");
}

TOOL_TEST("help is status 0")
{
	static const struct {
		const char *command;
		const char *text;
	} cases[] = {
		{ "load", "--reuse-cmdline" },
		{ "exec", "systemctl reboot" },
		{ "unload", "free its memory" },
		{ "rehearse", "A hang cannot be" },
		{ "status", "--json" },
	};
	char usage[64] = "Usage: fastkexec ";
	size_t i;

	assert_int_equal(fake_run("--help", NULL), 0);
	assert_has(fake_heard()->out, "Exit status: 0 done, 1 failed, 2 wrong usage.");
	assert_int_equal(fake_run("-h", NULL), 0);
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		assert_has(fake_heard()->out, cases[i].command);
	assert_int_equal(fake_run("--version", NULL), 0);
	assert_string_equal(fake_heard()->out, "fastkexec " FASTKEXEC_VERSION "\n");
	assert_int_equal(fake_run("-V", NULL), 0);
	assert_string_equal(fake_heard()->out, "fastkexec " FASTKEXEC_VERSION "\n");

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		strcpy(usage + 17, cases[i].command);
		assert_int_equal(fake_run(cases[i].command, "--help", NULL), 0);
		assert_has(fake_heard()->out, cases[i].text);
		assert_int_equal(strncmp(fake_heard()->out, usage, strlen(usage)), 0);
		assert_string_equal(fake_heard()->err, "");
		assert_int_equal(fake_run(cases[i].command, "-h", NULL), 0);
		assert_has(fake_heard()->out, usage);
	}
}

static struct load_options o;

static void __attribute__((sentinel)) parse(const char *argument, ...)
{
	char *argv[16] = { (char *)"fastkexec load" };
	int argc = 1;
	va_list args;

	va_start(args, argument);
	for (; argument; argument = va_arg(args, const char *))
		argv[argc++] = (char *)argument;
	va_end(args);
	optind = 0;
	assert_int_equal(load_options_parse(&o, argc, argv), 0);
}

TOOL_TEST("options are understood")
{
	parse("Image", NULL);
	assert_string_equal(o.kernel, "Image");
	assert_int_equal(o.initrd.nr, 0);
	assert_null(o.dtb);
	assert_null(o.cmdline);
	assert_false(o.reuse_cmdline);
	assert_false(out_is_quiet());
	assert_false(o.help);
	assert_int_equal(o.placement, FASTKEXEC_PLACE_AUTO);

	parse("--initrd=i", "--dtb", "d", "Image", "--append", "a b", "--reuse-cmdline",
	      "--placement", "in-place", "-q", NULL);
	assert_string_equal(o.kernel, "Image");
	assert_int_equal(o.initrd.nr, 1);
	assert_string_equal(o.initrd.text[0], "i");
	assert_string_equal(o.dtb, "d");
	assert_string_equal(o.cmdline, "a b");
	assert_true(o.reuse_cmdline);
	assert_true(out_is_quiet());
	out_quiet(false);
	assert_int_equal(o.placement, FASTKEXEC_PLACE_IN_PLACE);

	parse("--command-line", "", "--placement=copy", "--", "-odd-name", NULL);
	assert_string_equal(o.kernel, "-odd-name");
	assert_string_equal(o.cmdline, "");
	assert_int_equal(o.placement, FASTKEXEC_PLACE_COPY);

	parse("Image", "--reuse-cmdline", "--remove", "a", "--remove=b=c", NULL);
	assert_int_equal(o.remove.nr, 2);
	assert_string_equal(o.remove.text[0], "a");
	assert_string_equal(o.remove.text[1], "b=c");

	parse("--placement=copy", "--placement=auto", "Image", NULL);
	assert_int_equal(o.placement, FASTKEXEC_PLACE_AUTO);
}

/* What --help says of an option begins behind its name. */
TOOL_TEST("help tells of every option and of every word that it takes")
{
	const struct option_row *row;
	const struct option_choice *choice;
	const char *line, *end;
	char name[64];

	assert_int_equal(fake_run("load", "--help", NULL), 0);
	for (row = load_options_rows; row->name; row++) {
		snprintf(name, sizeof(name), " --%s%s%s ", row->name, row->argument ? " " : "",
			 row->argument ? row->argument : "");
		assert_has(fake_heard()->out, name);
		for (choice = row->choices; choice && choice->name; choice++) {
			snprintf(name, sizeof(name), " %s ", choice->name);
			assert_has(fake_heard()->out, name);
		}
	}
	assert_has(fake_heard()->out, "  -q, --quiet  ");
	assert_has(fake_heard()->out, "  -h, --help  ");
	for (line = fake_heard()->out; *line; line = end + 1) {
		end = strchr(line, '\n');
		assert_non_null(end);
		assert_true(end - line <= 80);
	}
}

TOOL_TEST("every word of an option is understood")
{
	const struct option_row *row;
	const struct option_choice *choice;
	char argument[64];

	for (row = load_options_rows; row->name; row++) {
		for (choice = row->choices; choice && choice->name; choice++) {
			snprintf(argument, sizeof(argument), "--%s=%s", row->name, choice->name);
			parse("Image", argument, NULL);
			assert_int_equal(*(unsigned int *)((char *)&o + row->field),
					 choice->value);
		}
	}
}

TOOL_TEST("the version is a number")
{
	assert_in_range(FASTKEXEC_VERSION[0], '0', '9');
}
