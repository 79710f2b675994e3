// SPDX-License-Identifier: GPL-2.0
#include "cmdline.h"

#include <ctype.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "blob.h"
#include "boot_cpus.h"
#include "bootconfig.h"
#include "out.h"
#include "root.h"
#include "start_profile.h"

#define RUNNING_CMDLINE		"/proc/cmdline"
#define RUNNING_BOOTCONFIG	"/proc/bootconfig"

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

/* Take the words out of @line for which @is_one says so. */
static void drop_words(char *line, bool (*is_one)(const char *word, const char *end,
						  const char *text), const char *text)
{
	char *word = skip_space(line);

	while (*word) {
		char *end = word_end(word);
		char *next = skip_space(end);

		if (is_one(word, end, text))
			memmove(word, next, strlen(next) + 1);
		else
			word = next;
	}
}

bool cmdline_has(const char *line, const char *name)
{
	char *word = skip_space((char *)line);

	while (*word && !is_parameter(word, word_end(word), name))
		word = skip_space(word_end(word));
	return *word;
}

void cmdline_without(char *line, const char *name)
{
	drop_words(line, is_parameter, name);
}

/* Whether the word is one of @text's, too. */
static bool is_among(const char *word, const char *end, const char *text)
{
	char *other = skip_space((char *)text);

	while (*other) {
		char *other_end = word_end(other);

		if (other_end - other == end - word && !memcmp(other, word, end - word))
			return true;
		other = skip_space(other_end);
	}
	return false;
}

/* Whether the word is @text. */
static bool is_same(const char *word, const char *end, const char *text)
{
	return strlen(text) == (size_t)(end - word) && !memcmp(word, text, end - word);
}

void cmdline_drop(char *line, const char *word)
{
	drop_words(line, is_same, word);
}

void cmdline_remove(char *line, const char *word)
{
	if (strchr(word, '='))
		cmdline_drop(line, word);
	else
		cmdline_without(line, word);
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

/**
 * struct parts - a command line in two
 * @kernel: up to the first "--", without it
 * @init: what follows it: arguments for init
 */
struct parts {
	char *kernel;
	char *init;
};

/* Cut @line in two, in its own memory. */
static struct parts split(char *line)
{
	struct parts parts = { .kernel = line };
	char *word = skip_space(line);
	char *end = word_end(word);

	while (*word && (end - word != 2 || memcmp(word, "--", 2))) {
		word = skip_space(end);
		end = word_end(word);
	}
	*word = '\0';
	parts.init = end;
	trim(parts.kernel);
	trim(parts.init);
	return parts;
}

/* Put both parts of @more behind those of @line. Length of the result, or -1. */
static int join(struct parts line, struct parts more, char **result)
{
	const char *const words[] = {
		line.kernel, more.kernel, *line.init || *more.init ? "--" : "",
		line.init, more.init,
	};
	char *text = NULL;
	size_t i, length;
	FILE *file = open_memstream(&text, &length);

	if (!file)
		return -1;
	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (*words[i])
			fprintf(file, "%s%s", ftell(file) ? " " : "", words[i]);
	if (fclose(file)) {
		free(text);
		return -1;
	}
	*result = text;
	return length;
}

/* Drop the parameters in which a boot loader named the files of the running kernel. */
static void forget_files(char *line)
{
	cmdline_without(line, "BOOT_IMAGE");
	cmdline_without(line, "initrd");
	cmdline_without(line, "initrdmem");
}

/* Arguments for init have an order and no names: the same ones once more are left out. */
static bool ends_with(const char *line, const char *words)
{
	size_t length = strlen(line), last = strlen(words);

	return length >= last && !strcmp(line + length - last, words) &&
	       (length == last || isspace((unsigned char)line[length - last - 1]));
}

/*
 * The same words appended at every jump stand there once. Of equal words the last one
 * stays: where their order matters, the kernel goes by that one.
 */
static void drop_repeated(struct parts *line, struct parts *more)
{
	drop_words(line->kernel, is_among, more->kernel);
	trim(line->kernel);
	if (ends_with(line->init, more->init))
		more->init += strlen(more->init);
}

/* Length of the result, or -1. */
static int extend(const char *line, const char *text, bool with_files, char **result)
{
	char *old = strdup(line);
	char *more = strdup(text ? text : "");
	struct parts parts, new_parts;
	int length = -1;

	if (old && more) {
		if (!with_files)
			forget_files(old);
		parts = split(old);
		new_parts = split(more);
		drop_repeated(&parts, &new_parts);
		length = join(parts, new_parts, result);
	}
	free(old);
	free(more);
	return length;
}

/* Frees @line if it is too long, as extend() has made it. */
static int check_length(int length, char *line)
{
	if (length < 0)
		return out_fail("out of memory");
	if (length < CMDLINE_MAX)
		return 0;
	free(line);
	return out_fail("the command line has %d characters, and an arm64 kernel takes %d at most",
			length, CMDLINE_MAX - 1);
}

int cmdline_build(const char *running, const char *text, char **line)
{
	char *new = NULL;
	int length;

	*line = NULL;
	if (!running && !text)
		return 0;
	length = running ? extend(running, text, false, &new) : asprintf(&new, "%s", text);
	if (check_length(length, new))
		return -1;
	*line = new;
	return 0;
}

int cmdline_add(char **line, const char *words)
{
	char *new = NULL;
	int length = extend(*line, words, true, &new);

	if (check_length(length, new))
		return -1;
	free(*line);
	*line = new;
	return 0;
}

/* The running kernel's command line, as a string to be freed. */
static char *read_running(void)
{
	struct blob running = { 0 };
	char *text;

	if (blob_read_file(&running, RUNNING_CMDLINE, 65536))
		return NULL;
	/* A blob does not end with a zero. */
	text = strndup((char *)running.data, running.size);
	blob_free(&running);
	if (!text)
		out_fail("out of memory");
	return text;
}

/* It has one line for each value that the kernel has been told, and most have none. */
static void forget_bootconfig(char *running)
{
	char path[PATH_MAX], *config = NULL;
	size_t size = 0;
	FILE *file = fopen(root_path(path, sizeof(path), RUNNING_BOOTCONFIG), "re");

	if (!file)
		return;
	if (getdelim(&config, &size, '\0', file) > 0)
		bootconfig_forget(running, config);
	free(config);
	fclose(file);
}

void cmdline_forget_added(char *line)
{
	boot_cpus_forget(line);
	start_profile_forget(line);
	trim(line);
}

int cmdline_make(bool reuse, const char *text, const struct option_texts *remove, char **line)
{
	char *running = NULL;
	unsigned int i;
	int ret;

	if (reuse) {
		running = read_running();
		if (!running)
			return -1;
		forget_bootconfig(running);
		cmdline_forget_added(running);
		for (i = 0; i < remove->nr; i++)
			cmdline_remove(running, remove->text[i]);
	}
	ret = cmdline_build(running, text, line);
	free(running);
	return ret;
}
