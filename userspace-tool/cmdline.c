// SPDX-License-Identifier: GPL-2.0
#include "cmdline.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "out.h"

/* End of the word at @word: an unquoted white space, or the end of the line. */
static char *word_end(char *word)
{
	bool quoted = false;

	while (*word && (quoted || !isspace((unsigned char)*word))) {
		if (*word == '"')
			quoted = !quoted;
		word++;
	}
	return word;
}

static char *skip_space(char *s)
{
	while (isspace((unsigned char)*s))
		s++;
	return s;
}

static bool is_parameter(const char *word, const char *end, const char *name)
{
	size_t length = strlen(name);

	/* The kernel takes "name=a b" in quotes for the same as name="a b". */
	if (*word == '"')
		word++;
	if ((size_t)(end - word) < length || memcmp(word, name, length))
		return false;
	return word + length == end || word[length] == '=';
}

void cmdline_without(char *line, const char *name)
{
	char *word = skip_space(line);

	while (*word) {
		char *end = word_end(word);
		char *next = skip_space(end);

		if (is_parameter(word, end, name))
			memmove(word, next, strlen(next) + 1);
		else
			word = next;
	}
}

static void trim(char *line)
{
	char *begin = skip_space(line);
	size_t length = strlen(begin);

	while (length && isspace((unsigned char)begin[length - 1]))
		length--;
	memmove(line, begin, length);
	line[length] = '\0';
}

int cmdline_build(const char *running, const char *text, char **line)
{
	char *old, *new;
	int length;

	*line = NULL;
	if (!running && !text)
		return 0;

	old = strdup(running ? running : "");
	if (!old)
		return out_fail("out of memory");
	cmdline_without(old, "BOOT_IMAGE");
	trim(old);
	length = asprintf(&new, "%s%s%s", old, *old && text && *text ? " " : "",
			  text ? text : "");
	free(old);
	if (length < 0)
		return out_fail("out of memory");

	if (length >= CMDLINE_MAX) {
		free(new);
		return out_fail("the command line has %d characters, and an arm64 kernel takes %d at most",
				length, CMDLINE_MAX - 1);
	}
	*line = new;
	return 0;
}
