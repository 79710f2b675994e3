/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The words of a GRUB script.
 */
#ifndef FASTKEXEC_GRUB_LEXER_H
#define FASTKEXEC_GRUB_LEXER_H

#include <stdbool.h>
#include <stddef.h>

#include "next/vars.h"

/* Words of one command. */
#define GRUB_WORDS	128

/* Bytes of one word, with its zero. */
#define GRUB_WORD_MAX	4096

/**
 * struct grub_word - one word of a command
 * @text: it, variables replaced
 * @unknown: it holds a variable that is unknown
 * @plain: it stands in the script as it is: no quotes, no variables
 */
struct grub_word {
	const char *text;
	bool unknown;
	bool plain;
};

/**
 * enum grub_end - what ends a command
 * @GRUB_END_LINE: a new line or a semicolon
 * @GRUB_END_OPEN: an opening brace
 * @GRUB_END_CLOSE: a closing brace
 * @GRUB_END_FILE: the end of the script
 */
enum grub_end {
	GRUB_END_LINE,
	GRUB_END_OPEN,
	GRUB_END_CLOSE,
	GRUB_END_FILE,
};

/**
 * struct grub_command - one command
 * @words: as many as @nr
 * @nr: how many; none: an empty line, or only what ended it
 * @end: what ended it
 */
struct grub_command {
	struct grub_word words[GRUB_WORDS];
	unsigned int nr;
	enum grub_end end;
};

/**
 * struct grub_lexer - where the reading is
 * @at: the next byte
 * @stop: behind the last one
 * @vars: variables to replace; its pool takes the words
 * @args: what $1, $2 ... are; NULL outside functions
 * @nr_args: how many of them
 * @problem: a clause that says why the script is not understood, or NULL
 */
struct grub_lexer {
	const char *at;
	const char *stop;
	struct vars *vars;
	const struct grub_word *args;
	unsigned int nr_args;
	const char *problem;
};

/**
 * grub_lexer_command() - read a command
 * @lexer: where; goes on behind the command
 * @command: takes it
 *
 * A word that may only stand first, as if or then, ends a command right behind itself
 * with GRUB_END_LINE.
 *
 * Return: whether that could be understood; if not, @lexer->problem says why
 */
bool grub_lexer_command(struct grub_lexer *lexer, struct grub_command *command);

#endif /* FASTKEXEC_GRUB_LEXER_H */
