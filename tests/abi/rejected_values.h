/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Changes that make one field of a right argument wrong, and what must come of it.
 */
#ifndef ABI_REJECTED_VALUES_H
#define ABI_REJECTED_VALUES_H

#include <stddef.h>
#include <stdint.h>

/* What a patch does to a field. */
enum patch_how {
	PATCH_NONE,		/* nothing: the end of a list */
	PATCH_SET,		/* the value */
	PATCH_ADD,		/* the old value and the value */
	PATCH_PAGES,		/* the old value and so many pages */
	PATCH_SET_PAGES,	/* so many pages */
	PATCH_BAD,		/* an enum bad_pointer */
	PATCH_SPOT,		/* an enum spot */
};

/**
 * struct patch - one change
 * @at: offset in the argument
 * @width: 4 or 8 bytes there
 * @how: what to do
 * @value: with what
 */
struct patch {
	size_t at;
	unsigned int width;
	enum patch_how how;
	uint64_t value;
};

/**
 * struct rejection - one thing wrong, the rest right
 * @what: in words
 * @patch: makes it wrong
 * @error: what the call must fail with
 * @word: part of the reason, as refused() wants it
 */
struct rejection {
	const char *what;
	struct patch patch[3];
	int error;
	const char *word;
};

extern const struct rejection image_rejections[];
extern const unsigned int image_rejections_nr;
extern const struct rejection query_rejections[];
extern const unsigned int query_rejections_nr;

/**
 * rejection_apply() - make an argument wrong
 * @rejection: how
 * @argument: a struct image or a struct query
 */
void rejection_apply(const struct rejection *rejection, void *argument);

#endif /* ABI_REJECTED_VALUES_H */
