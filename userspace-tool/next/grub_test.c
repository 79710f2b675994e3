// SPDX-License-Identifier: GPL-2.0
#include "next/grub_test.h"

#include <stdlib.h>
#include <string.h>

#include "array.h"

/**
 * struct test - a test that is being read
 * @word: the next word
 * @stop: behind the last one
 * @world: answers for files
 * @device: the file system of a path without one
 * @depth: brackets that are open
 */
struct test {
	const struct grub_word *word;
	const struct grub_word *stop;
	const struct grub_world *world;
	const char *device;
	unsigned int depth;
};

#define DEPTH_MAX	8

static enum truth any_of(struct test *test);

static bool next_is(const struct test *test, const char *text)
{
	return test->word < test->stop && !test->word->unknown && !strcmp(test->word->text, text);
}

static enum truth truth_of(bool so)
{
	return so ? TRUTH_YES : TRUTH_NO;
}

static enum truth negate(enum truth truth)
{
	return truth == TRUTH_UNKNOWN ? truth : truth_of(truth == TRUTH_NO);
}

/* What "A @name B" says, or unknown. */
static enum truth compare(const char *name, const char *a, const char *b)
{
	const long long left = strtoll(a, NULL, 0), right = strtoll(b, NULL, 0);
	const struct {
		const char *name;
		bool so;
	} rows[] = {
		{ "=", !strcmp(a, b) },
		{ "==", !strcmp(a, b) },
		{ "!=", strcmp(a, b) != 0 },
		{ "-eq", left == right },
		{ "-ne", left != right },
		{ "-lt", left < right },
		{ "-gt", left > right },
		{ "-le", left <= right },
		{ "-ge", left >= right },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (!strcmp(name, rows[i].name))
			return truth_of(rows[i].so);
	return TRUTH_UNKNOWN;
}

static bool is_comparison(const struct grub_word *word)
{
	return !word->unknown && compare(word->text, "", "") != TRUTH_UNKNOWN;
}

static enum truth ask(struct test *test)
{
	const struct grub_word *option = test->word, *word = test->word + 1;

	test->word += 2;
	if (word->unknown)
		return TRUTH_UNKNOWN;
	switch (option->text[1]) {
	case 'n':
		return truth_of(word->text[0]);
	case 'z':
		return truth_of(!word->text[0]);
	default:
		return test->world->has(test->world->ctx, test->device, word->text);
	}
}

static bool is_option(const struct grub_word *word)
{
	return !word->unknown && word->text[0] == '-' && word->text[1] &&
	       strchr("nzsfed", word->text[1]) && !word->text[2];
}

static enum truth one_of(struct test *test)
{
	const size_t left = test->stop - test->word;
	const struct grub_word *word = test->word;
	enum truth truth;

	if (!left)
		return TRUTH_NO;
	if (left >= 3 && is_comparison(&word[1])) {
		test->word += 3;
		if (word[0].unknown || word[2].unknown)
			return TRUTH_UNKNOWN;
		return compare(word[1].text, word[0].text, word[2].text);
	}
	if (left >= 2 && next_is(test, "!")) {
		test->word++;
		return negate(one_of(test));
	}
	if (next_is(test, "(") && test->depth < DEPTH_MAX) {
		test->depth++;
		test->word++;
		truth = any_of(test);
		test->word += next_is(test, ")");
		return truth;
	}
	if (left >= 2 && is_option(word))
		return ask(test);
	test->word++;
	return word->unknown ? TRUTH_UNKNOWN : truth_of(word->text[0]);
}

static enum truth all_of(struct test *test)
{
	enum truth all = one_of(test), other;

	while (next_is(test, "-a")) {
		test->word++;
		other = one_of(test);
		if (all == TRUTH_NO || other == TRUTH_NO)
			all = TRUTH_NO;
		else if (other == TRUTH_UNKNOWN)
			all = other;
	}
	return all;
}

static enum truth any_of(struct test *test)
{
	enum truth any = all_of(test), other;

	while (next_is(test, "-o")) {
		test->word++;
		other = all_of(test);
		if (any == TRUTH_YES || other == TRUTH_YES)
			any = TRUTH_YES;
		else if (other == TRUTH_UNKNOWN)
			any = other;
	}
	return any;
}

enum truth grub_test(const struct grub_word words[], unsigned int nr,
		     const struct grub_world *world, const char *device)
{
	struct test test = {
		.word = words,
		.stop = words + nr,
		.world = world,
		.device = device,
	};
	enum truth truth = any_of(&test);

	return test.word == test.stop ? truth : TRUTH_UNKNOWN;
}
