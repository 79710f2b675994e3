// SPDX-License-Identifier: GPL-2.0
/*
 * What a program of the administrator's prints, as JSON: for A/B systems, and for what
 * stands in U-Boot's environment.
 */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "next/next.h"
#include "run_program.h"

/* The most that the program may print, in bytes, and the time that it has. */
#define OUTPUT_MAX	16384
#define PATIENCE_MS	5000

/* The keys that an answer may have. */
static const struct {
	const char *key;
	bool needed;
} keys[] = {
	{ "kernel", true },
	{ "initrd", false },
	{ "command_line", true },
	{ "release", false },
};

/* The text of a key, or "" if the answer has no such key. */
static const char *text_of(const struct json_object *answer, const char *key)
{
	struct json_object *value = NULL;

	json_object_object_get_ex(answer, key, &value);
	return value ? json_object_get_string(value) : "";
}

/* A key that is misspelt is not to be passed over. */
static int check_keys(struct next *next, const struct json_object *answer)
{
	struct json_object *value;
	int nr = 0;
	size_t i;

	if (!json_object_is_type(answer, json_type_object))
		return next_fail(next, "what COMMAND prints is no JSON object");
	for (i = 0; i < ARRAY_SIZE(keys); i++) {
		if (!json_object_object_get_ex(answer, keys[i].key, &value)) {
			if (keys[i].needed)
				return next_fail(next, "the answer of COMMAND has no %s",
						 keys[i].key);
			continue;
		}
		if (!json_object_is_type(value, json_type_string))
			return next_fail(next, "in the answer of COMMAND, %s is no text",
					 keys[i].key);
		nr++;
	}
	if (json_object_object_length(answer) != nr)
		return next_fail(next, "the answer of COMMAND has a key that is not known");
	return 0;
}

static int take(struct next *next, const struct json_object *answer)
{
	const char *initrd, *cmdline;

	if (check_keys(next, answer))
		return -1;
	initrd = text_of(answer, "initrd");
	cmdline = text_of(answer, "command_line");
	if (next_take_file(next, next->kernel, text_of(answer, "kernel")) ||
	    (initrd[0] && next_take_file(next, next->initrds[0], initrd)))
		return -1;
	next->nr_initrds = initrd[0] ? 1 : 0;
	snprintf(next->release, sizeof(next->release), "%.64s", text_of(answer, "release"));
	if (strlen(cmdline) >= sizeof(next->cmdline))
		return next_fail(next, "the command line that COMMAND prints is too long");
	strcpy(next->cmdline, cmdline);
	next_fail(next, "COMMAND says so");
	return 0;
}

/* One JSON value, and nothing behind it; NULL if it is none. */
static struct json_object *parse(const char *text)
{
	struct json_tokener *tokener = json_tokener_new();
	struct json_object *answer = NULL;

	if (!tokener)
		return NULL;
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
	answer = json_tokener_parse_ex(tokener, text, strlen(text) + 1);
	json_tokener_free(tokener);
	return answer;
}

static int find(struct next *next, const struct settings *settings,
		const struct running *running)
{
	struct json_object *answer;
	char output[OUTPUT_MAX];
	int ret;

	(void)running;
	if (!settings->command[0])
		return next_fail(next, "%s has no COMMAND", SETTINGS_FILE);
	if (settings->command[0] != '/')
		return next_fail(next, "COMMAND in %s must begin with a slash: \"%.200s\"",
				 SETTINGS_FILE, settings->command);
	if (program_read(output, sizeof(output), PATIENCE_MS,
			 (const char *[]){ settings->command, NULL }))
		return next_fail(next, "%.300s failed, or took too long", settings->command);
	answer = parse(output);
	if (!answer)
		return next_fail(next, "what COMMAND prints is not JSON");
	ret = take(next, answer);
	json_object_put(answer);
	return ret;
}

const struct policy policy_command = {
	.name = "command",
	.find = find,
};
