// SPDX-License-Identifier: GPL-2.0
#include "next/grub_lexer.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"

/**
 * struct builder - a word that is being read
 * @text: it so far
 * @length: bytes of it
 * @begun: there is a word, though it may be empty
 * @unknown: as in &struct grub_word
 * @plain: as in &struct grub_word
 */
struct builder {
	char text[GRUB_WORD_MAX];
	size_t length;
	bool begun;
	bool unknown;
	bool plain;
};

static bool fail(struct grub_lexer *lexer, const char *problem)
{
	if (!lexer->problem)
		lexer->problem = problem;
	return false;
}

static int peek(const struct grub_lexer *lexer)
{
	return lexer->at < lexer->stop ? (unsigned char)*lexer->at : -1;
}

static void begin(struct builder *word)
{
	word->length = 0;
	word->begun = false;
	word->unknown = false;
	word->plain = true;
}

static bool put(struct grub_lexer *lexer, struct builder *word, char c)
{
	if (!c || word->length == sizeof(word->text) - 1)
		return fail(lexer, "a word in it is too long, or holds a zero");
	word->text[word->length++] = c;
	word->begun = true;
	return true;
}

static bool finish(struct grub_lexer *lexer, struct builder *word, struct grub_command *command)
{
	if (!word->begun)
		return true;
	if (command->nr == GRUB_WORDS)
		return fail(lexer, "a command in it has too many words");
	command->words[command->nr++] = (struct grub_word){
		.text = pool_text(lexer->vars->pool, word->text, word->length),
		.unknown = word->unknown,
		.plain = word->plain,
	};
	begin(word);
	return !lexer->vars->pool->failed || fail(lexer, "it is too large");
}

/* What a variable holds; a word of the argument list for a number. */
static const char *value_of(struct grub_lexer *lexer, const char *name, bool *unknown)
{
	const struct var *var;
	unsigned long nr;

	if (isdigit((unsigned char)name[0])) {
		nr = strtoul(name, NULL, 10);
		if (!nr || nr > lexer->nr_args)
			return "";
		*unknown = lexer->args[nr - 1].unknown;
		return lexer->args[nr - 1].text;
	}
	if (ispunct((unsigned char)name[0]) && name[0] != '_') {
		/* $? and the like: nothing of them is kept. */
		*unknown = true;
		return "";
	}
	var = vars_find(lexer->vars, name);
	*unknown = var && var->unknown;
	return var && !var->unknown ? var->value : "";
}

static bool is_name(int c)
{
	return c >= 0 && (isalnum(c) || c == '_');
}

/* The name behind a $: NAME, {NAME}, or one of the marks. */
static bool take_name(struct grub_lexer *lexer, char *name, size_t size)
{
	bool braces = peek(lexer) == '{';
	size_t length = 0;
	int c;

	lexer->at += braces;
	c = peek(lexer);
	if (c > 0 && strchr("?*@#", c)) {
		name[length++] = c;
		lexer->at++;
	} else {
		while (is_name(peek(lexer)) && length < size - 1)
			name[length++] = *lexer->at++;
	}
	name[length] = '\0';
	if (braces && peek(lexer) != '}')
		return fail(lexer, "a variable's name in it is not understood");
	lexer->at += braces;
	return true;
}

/* A $ and what follows. White space of a value parts words, unless it is in quotes. */
static bool take_variable(struct grub_lexer *lexer, struct builder *word,
			  struct grub_command *command, bool quoted)
{
	bool unknown = false;
	const char *value;
	char name[128];

	lexer->at++;
	if (!take_name(lexer, name, sizeof(name)))
		return false;
	if (!name[0])
		return put(lexer, word, '$');
	value = value_of(lexer, name, &unknown);
	word->plain = false;
	if (unknown) {
		word->unknown = true;
		word->begun = true;
	}
	for (; *value; value++) {
		if (!quoted && isspace((unsigned char)*value)) {
			if (!finish(lexer, word, command))
				return false;
		} else if (!put(lexer, word, *value)) {
			return false;
		}
		word->plain = false;
	}
	return true;
}

static bool take_single(struct grub_lexer *lexer, struct builder *word)
{
	for (lexer->at++; peek(lexer) >= 0; lexer->at++) {
		if (*lexer->at == '\'') {
			lexer->at++;
			return true;
		}
		if (!put(lexer, word, *lexer->at))
			return false;
	}
	return fail(lexer, "a quotation mark in it has no partner");
}

static bool take_double(struct grub_lexer *lexer, struct builder *word,
			struct grub_command *command)
{
	bool fine = true;

	lexer->at++;
	while (fine && peek(lexer) >= 0) {
		if (*lexer->at == '"') {
			lexer->at++;
			return true;
		}
		if (*lexer->at == '$') {
			fine = take_variable(lexer, word, command, true);
			continue;
		}
		if (*lexer->at == '\\' && lexer->at + 1 < lexer->stop &&
		    strchr("$\"\\", lexer->at[1]))
			lexer->at++;
		fine = put(lexer, word, *lexer->at++);
	}
	return fine && fail(lexer, "a quotation mark in it has no partner");
}

/* A backslash: the next byte stands for itself, and a new line for nothing. */
static bool take_escaped(struct grub_lexer *lexer, struct builder *word)
{
	lexer->at++;
	if (peek(lexer) < 0)
		return true;
	if (*lexer->at == '\n') {
		lexer->at++;
		return true;
	}
	word->plain = false;
	return put(lexer, word, *lexer->at++);
}

static bool take_part(struct grub_lexer *lexer, struct builder *word,
		      struct grub_command *command)
{
	switch (*lexer->at) {
	case '\'':
	case '"':
		word->begun = true;
		word->plain = false;
		return *lexer->at == '"' ? take_double(lexer, word, command) :
					   take_single(lexer, word);
	case '$':
		return take_variable(lexer, word, command, false);
	case '\\':
		return take_escaped(lexer, word);
	case '|':
	case '&':
	case '<':
	case '>':
		return fail(lexer, "it has a mark that GRUB's scripts do not have");
	default:
		return put(lexer, word, *lexer->at++);
	}
}

/* Words that stand alone, whatever follows. */
static bool is_alone(const struct grub_command *command)
{
	static const char *const words[] = { "if", "then", "else", "elif", "fi" };
	size_t i;

	if (command->nr != 1 || !command->words[0].plain)
		return false;
	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (!strcmp(command->words[0].text, words[i]))
			return true;
	return false;
}

static void skip_comment(struct grub_lexer *lexer)
{
	while (peek(lexer) >= 0 && *lexer->at != '\n')
		lexer->at++;
}

/* Whether the command ends here; then the mark that ends it is taken. */
static bool at_end(struct grub_lexer *lexer, struct grub_command *command)
{
	switch (peek(lexer)) {
	case -1:
		command->end = GRUB_END_FILE;
		return true;
	case '\n':
	case ';':
		command->end = GRUB_END_LINE;
		break;
	case '{':
		command->end = GRUB_END_OPEN;
		break;
	case '}':
		/* It ends the command before it; the next call finds it alone. */
		if (command->nr) {
			command->end = GRUB_END_LINE;
			return true;
		}
		command->end = GRUB_END_CLOSE;
		break;
	default:
		return false;
	}
	lexer->at++;
	return true;
}

static bool is_space(int c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* A mark between words; within a word a brace is none. */
static bool is_mark(int c, bool in_word)
{
	return c < 0 || c == '\n' || c == ';' || (!in_word && (c == '{' || c == '}'));
}

bool grub_lexer_command(struct grub_lexer *lexer, struct grub_command *command)
{
	struct builder word;

	begin(&word);
	command->nr = 0;
	command->end = GRUB_END_LINE;
	for (;;) {
		if (is_space(peek(lexer)) || (!word.begun && peek(lexer) == '#')) {
			if (peek(lexer) == '#')
				skip_comment(lexer);
			else
				lexer->at++;
			if (!finish(lexer, &word, command))
				return false;
			if (is_alone(command))
				return true;
		} else if (is_mark(peek(lexer), word.begun)) {
			if (!finish(lexer, &word, command))
				return false;
			/* The mark stays for the next command. */
			if (is_alone(command))
				return true;
			if (at_end(lexer, command))
				return true;
		} else if (!take_part(lexer, &word, command)) {
			return false;
		}
	}
}
