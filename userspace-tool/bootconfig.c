// SPDX-License-Identifier: GPL-2.0
#include "bootconfig.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "cmdline.h"

/* A line of /proc/bootconfig: KEY = "VALUE", "VALUE"... */
#define SEPARATOR	" = "

/**
 * struct value - one value of a key
 * @key: without what it is for; not terminated
 * @key_length: its bytes
 * @text: the value; not terminated
 * @length: its bytes
 */
struct value {
	const char *key;
	int key_length;
	const char *text;
	int length;
};

/* The key that the command line has of @line; NULL if it has none of it. */
static const char *key_of(const char *line)
{
	static const char *const prefixes[] = { "kernel.", "init." };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(prefixes); i++)
		if (!strncmp(line, prefixes[i], strlen(prefixes[i])))
			return line + strlen(prefixes[i]);
	return NULL;
}

static void drop(char *line, const struct value *value)
{
	const char *const forms[] = { "%.*s=\"%.*s\"", "%.*s=%.*s" };
	char *word;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(forms); i++) {
		if (asprintf(&word, forms[i], value->key_length, value->key, value->length,
			     value->text) < 0)
			continue;
		cmdline_drop(line, word);
		free(word);
	}
	if (value->length || asprintf(&word, "%.*s", value->key_length, value->key) < 0)
		return;
	cmdline_drop(line, word);
	free(word);
}

/* What follows the values at @at. A value is in quotes that it does not have itself. */
static const char *drop_values(char *line, struct value *value, const char *at)
{
	while (*at == '"' || *at == '\'') {
		const char *end = strchr(at + 1, *at);

		if (!end)
			break;
		value->text = at + 1;
		value->length = end - value->text;
		if (value->key)
			drop(line, value);
		at = end + 1;
		at += strspn(at, ", ");
	}
	return at;
}

void bootconfig_forget(char *line, const char *config)
{
	const char *at = config, *equals;

	while (*at) {
		equals = strstr(at, SEPARATOR);
		if (*at != '#' && equals && !memchr(at, '\n', equals - at)) {
			struct value value = { .key = key_of(at) };

			value.key_length = value.key ? equals - value.key : 0;
			at = drop_values(line, &value, equals + strlen(SEPARATOR));
		}
		at += strcspn(at, "\n");
		at += *at == '\n';
	}
}
