// SPDX-License-Identifier: GPL-2.0
/*
 * How the tool writes: sizes, JSON, notes and errors.
 */
#include "fake_device.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "json.h"
#include "out.h"

TOOL_TEST("sizes have a unit")
{
	static const struct {
		uint64_t bytes;
		const char *text;
	} cases[] = {
		{ 0, "0 bytes" },
		{ 1, "1 byte" },
		{ 1023, "1023 bytes" },
		{ 1024, "1.0 KiB" },
		{ 1536, "1.5 KiB" },
		{ 1048575, "1.0 MiB" },
		{ 36 << 20, "36.0 MiB" },
		{ 1ULL << 30, "1.0 GiB" },
		{ 1ULL << 40, "1.0 TiB" },
		{ 1ULL << 50, "1.0 PiB" },
		{ UINT64_MAX, "16.0 EiB" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		assert_string_equal(out_size(cases[i].bytes).s, cases[i].text);
}

TOOL_TEST("strings are escaped")
{
	static const struct {
		const char *text;
		const char *json;
	} cases[] = {
		{ "", "\"\"" },
		{ "plain", "\"plain\"" },
		{ "a\"b\\c/d", "\"a\\\"b\\\\c/d\"" },
		{ "a\nb\tc\rd", "\"a\\nb\\tc\\u000dd\"" },
		{ "\001\033\037\177", "\"\\u0001\\u001b\\u001f\\u007f\"" },
		{ "\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\xa7",
			"\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\xa7\"" },
		{ "\x80", "\"\\ufffd\"" },
		{ "a\xc3", "\"a\\ufffd\"" },
		{ "\303a", "\"\\ufffda\"" },
		{ "\xc0\x80", "\"\\ufffd\\ufffd\"" },
		{ "\xe0\x80\x80", "\"\\ufffd\\ufffd\\ufffd\"" },
		{ "\xed\xa0\x80", "\"\\ufffd\\ufffd\\ufffd\"" },
		{ "\xf4\x90\x80\x80", "\"\\ufffd\\ufffd\\ufffd\\ufffd\"" },
		{ "\xe2\x82", "\"\\ufffd\\ufffd\"" },
		{ "\xff", "\"\\ufffd\"" },
		/* the first and the last of each length, and what is next to them */
		{ "\xc2\x80\xdf\xbf", "\"\xc2\x80\xdf\xbf\"" },
		{ "\xc1\xbf", "\"\\ufffd\\ufffd\"" },
		{ "\xe0\xa0\x80\xef\xbf\xbf", "\"\xe0\xa0\x80\xef\xbf\xbf\"" },
		{ "\xed\x9f\xbf", "\"\xed\x9f\xbf\"" },
		{ "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf",
			"\"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\"" },
		{ "\xf0\x8f\xbf\xbf", "\"\\ufffd\\ufffd\\ufffd\\ufffd\"" },
		{ "\xf5\x80\x80\x80", "\"\\ufffd\\ufffd\\ufffd\\ufffd\"" },
	};
	char *text;
	size_t size, i;
	FILE *file;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		file = open_memstream(&text, &size);
		json_quote(file, cases[i].text);
		fclose(file);
		assert_string_equal(text, cases[i].json);
		free(text);
	}
}

TOOL_TEST("documents are nested")
{
	struct json json = { 0 };
	char *text;
	size_t size;

	json.file = open_memstream(&text, &size);
	json_open(&json, NULL, '{');
	json_string(&json, "s", "x");
	json_number(&json, "n", UINT64_MAX);
	json_open(&json, "empty", '[');
	json_close(&json, ']');
	json_open(&json, "list", '[');
	json_number(&json, NULL, 1);
	json_open(&json, NULL, '{');
	json_bool(&json, "b", true);
	json_close(&json, '}');
	json_close(&json, ']');
	json_null(&json, "z");
	json_close(&json, '}');
	fclose(json.file);
	assert_string_equal(text,
			    "{\n"
			    "  \"s\": \"x\",\n"
			    "  \"n\": 18446744073709551615,\n"
			    "  \"empty\": [],\n"
			    "  \"list\": [\n"
			    "    1,\n"
			    "    {\n"
			    "      \"b\": true\n"
			    "    }\n"
			    "  ],\n"
			    "  \"z\": null\n"
			    "}\n");
	free(text);
}

TOOL_TEST("words and complaints go apart")
{
	const struct fake_output *heard;

	fake_listen();
	out_say("a %d\n", 1);
	out_note("b %d", 2);
	assert_int_equal(out_fail("c %d", 3), -1);
	heard = fake_heard();
	assert_string_equal(heard->out, "a 1\n");
	assert_string_equal(heard->err, "fastkexec: note: b 2\nfastkexec: c 3\n");
}

TOOL_TEST("quiet keeps complaints")
{
	const struct fake_output *heard;

	fake_listen();
	out_quiet(true);
	out_say("a\n");
	out_note("b");
	out_fail("c");
	out_quiet(false);
	heard = fake_heard();
	assert_string_equal(heard->out, "");
	assert_string_equal(heard->err, "fastkexec: note: b\nfastkexec: c\n");
}

/* 100 columns: ten words of nine letters, with a blank behind each but the last. */
#define WORDS	"a23456789 b23456789 c23456789 d23456789 e23456789 "
#define LONG	WORDS "f23456789 g23456789 h23456789 i23456789 j23456789"

#define PATH	"/a/path/of/thirty-six/columns/and/no"

TOOL_TEST("a terminal shows long lines wrapped, and nothing else does")
{
	fake_listen();
	out_line("warning  ", LONG "%d", 1);
	out_note(LONG);
	assert_string_equal(fake_heard()->out, "warning  " LONG "1\n");
	assert_string_equal(fake_heard()->err, "fastkexec: note: " LONG "\n");

	fake.terminal = true;
	setenv("NO_COLOR", "1", 1);
	fake_listen();
	out_line("warning  ", LONG "%d", 1);
	out_note(LONG);
	assert_string_equal(fake_heard()->out, "warning  " WORDS "f23456789 g23456789\n"
			    "         h23456789 i23456789 j234567891\n");
	assert_string_equal(fake_heard()->err, "fastkexec: note: " WORDS "f23456789\n"
			    "    g23456789 h23456789 i23456789 j23456789\n");
}

TOOL_TEST("a wrapped line loses no word and no blank inside")
{
	fake.terminal = true;
	fake_listen();
	out_fail("cannot open " PATH PATH PATH " a  b");
	assert_has(fake_heard()->err, "fastkexec: cannot open\n    /a/path/of/");
	assert_has(fake_heard()->err, "/and/no\n    a  b\n");
}

TOOL_TEST("a line of 80 columns is not wrapped, one of 81 is")
{
	fake.terminal = true;
	fake_listen();
	out_fail(WORDS "f23456789 g23456789");
	out_fail(WORDS "f23456789 g2345678 x");
	assert_has(fake_heard()->err, " g23456789\n");
	assert_has(fake_heard()->err, " g2345678\n    x\n");
}

TOOL_TEST("colours are for terminals that have them")
{
	static const struct {
		const char *term;
		const char *no_color;
		bool terminal;
		bool colours;
	} cases[] = {
		{ "xterm", NULL, true, true },
		{ "xterm", "", true, true },
		{ "xterm", "1", true, false },
		{ "dumb", NULL, true, false },
		{ NULL, NULL, true, false },
		{ "xterm", NULL, false, false },
	};
	/* without colours, with them */
	static const char *const graded[] = {
		"warning  a text\n",
		"\033[33mwarning\033[0m  a text\n",
	};
	static const char *const note[] = {
		"fastkexec: note: b\n",
		"\033[33mfastkexec:\033[0m note: b\n",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		unsetenv("TERM");
		unsetenv("NO_COLOR");
		if (cases[i].term)
			setenv("TERM", cases[i].term, 1);
		if (cases[i].no_color)
			setenv("NO_COLOR", cases[i].no_color, 1);
		fake.terminal = cases[i].terminal;
		fake_listen();
		out_graded(OUT_YELLOW, "warning  a ", "text");
		out_note("b");
		assert_string_equal(fake_heard()->out, graded[cases[i].colours]);
		assert_string_equal(fake_heard()->err, note[cases[i].colours]);
	}
	setenv("NO_COLOR", "1", 1);
}

/* A packet is what one write() gave. */
TOOL_TEST("a message is written at once")
{
	char text[256] = "";
	FILE *old = stderr;
	int fds[2];

	assert_int_equal(pipe2(fds, O_DIRECT), 0);
	stderr = fdopen(fds[1], "w");
	setvbuf(stderr, NULL, _IONBF, 0);
	fake.terminal = true;
	out_fail(LONG "%d", 1);
	fclose(stderr);
	stderr = old;
	assert_true(read(fds[0], text, sizeof(text) - 1) > 0);
	close(fds[0]);
	assert_has(text, "fastkexec: " WORDS);
	assert_has(text, " j234567891\n");
}

TOOL_TEST("steps are for those who ask for them")
{
	fake_listen();
	out_step("reading %d", 1);
	out_verbose(true);
	out_step("reading %d", 2);
	out_verbose(false);
	assert_string_equal(fake_heard()->err, "fastkexec: reading 2\n");
}

TOOL_TEST("full disk is noticed")
{
	static const char text[8192] = { [0 ... 8190] = 'x' };
	FILE *out;

	fake_listen();
	out_say("all is well");
	assert_int_equal(out_finish(), EXIT_DONE);
	out = stdout;
	stdout = fopen("/dev/full", "w");
	/* More than a buffer: it fails on the way, and the end has nothing to write. */
	out_say("%s", text);
	fflush(stdout);
	assert_int_equal(out_finish(), EXIT_FAILED);
	fclose(stdout);
	stdout = out;
	assert_sentence("cannot write: No space left on device");
}

static const char *progress(uint64_t at_ms, uint64_t done)
{
	fake.clock_ms = at_ms;
	fake_listen();
	out_progress("initrd", done, 200);
	return fake_heard()->err;
}

TOOL_TEST("long work is shown")
{
	fake.terminal = true;
	assert_string_equal(progress(10000, 1), "");
	assert_string_equal(progress(10499, 10), "");
	assert_string_equal(progress(10500, 20), "\rinitrd: 10 %, 20 bytes of 200 bytes, 38 bytes/s, 5 s left\033[K");
	assert_string_equal(progress(10599, 40), "");
	assert_string_equal(progress(10600, 199), "\rinitrd: 99 %, 199 bytes of 200 bytes, 330 bytes/s, 1 s left\033[K");
	assert_string_equal(progress(10601, 200), "\r\033[K");
	/* The next work has a time of its own. */
	assert_string_equal(progress(10700, 1), "");
	assert_string_equal(progress(11199, 1), "");
	assert_string_equal(progress(11200, 1), "\rinitrd: 0 %, 1 byte of 200 bytes\033[K");
	assert_string_equal(progress(11300, 200), "\r\033[K");
	/* What was not shown is not wiped. */
	assert_string_equal(progress(12000, 1), "");
	assert_string_equal(progress(12001, 200), "");
}

TOOL_TEST("progress is for a terminal")
{
	assert_string_equal(progress(10000, 1), "");
	assert_string_equal(progress(20000, 2), "");
	assert_string_equal(progress(20001, 200), "");
	fake.terminal = true;
	out_quiet(true);
	assert_string_equal(progress(30000, 1), "");
	assert_string_equal(progress(40000, 2), "");
	out_quiet(false);
}
