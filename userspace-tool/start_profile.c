// SPDX-License-Identifier: GPL-2.0
#include "start_profile.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "array.h"
#include "cmdline.h"
#include "out.h"

/* A kernel passes over it: it looks like the parameter of a module. */
#define MARK	"fastkexec.added="

static const char *const names[] = {
	[START_NONE] = "none",
	[START_SAFE] = "safe",
	[START_FAST] = "fast",
};

/**
 * struct saving - a word that shortens a start
 * @word: the word
 * @from: the first profile that has it
 * @unless: parameters with which it is not for us to say, up to NULL
 */
struct saving {
	const char *word;
	enum start_profile from;
	const char *unless[4];
};

/* docs/costs.md has what each one saves, and what was tried beside them. */
static const struct saving savings[] = {
	{ "quiet", START_SAFE, { "debug", "ignore_loglevel", "loglevel" } },
	{ "cryptomgr.notests", START_FAST, { NULL } },
};

int start_profile_parse(const char *text, enum start_profile *profile)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		if (!strcmp(text, names[i])) {
			*profile = i;
			return 0;
		}
	}
	return -1;
}

static bool is_settled(const char *line, const struct saving *saving)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(saving->unless) && saving->unless[i]; i++)
		if (cmdline_has(line, saving->unless[i]))
			return true;
	return cmdline_has(line, saving->word);
}

static int add(char **line, const char *word)
{
	char words[64];

	snprintf(words, sizeof(words), "%s " MARK "%s", word, word);
	return cmdline_add(line, words);
}

int start_profile_add(char **line, enum start_profile profile)
{
	size_t i;

	if (profile == START_NONE)
		return 0;
	if (!*line)
		return out_fail("--profile adds to a command line; give one by --command-line, --append or --reuse-cmdline");
	for (i = 0; i < ARRAY_SIZE(savings); i++) {
		if (savings[i].from > profile || is_settled(*line, &savings[i]))
			continue;
		if (add(line, savings[i].word))
			return -1;
	}
	return 0;
}

void start_profile_forget(char *line)
{
	char mark[64];
	size_t i, length;

	for (i = 0; i < ARRAY_SIZE(savings); i++) {
		snprintf(mark, sizeof(mark), MARK "%s", savings[i].word);
		length = strlen(line);
		cmdline_drop(line, mark);
		if (strlen(line) != length)
			cmdline_drop(line, savings[i].word);
	}
}
