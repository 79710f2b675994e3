/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Options of a command. One table says what they are called, what they set and what
 * they do; parser, --help and manual come from it.
 */
#ifndef FASTKEXEC_OPTIONS_H
#define FASTKEXEC_OPTIONS_H

#include <stddef.h>

/**
 * struct option_choice - a word that an option's argument may be
 * @name: the word; NULL ends a table
 * @value: what it stands for
 * @help: what it means
 */
struct option_choice {
	const char *name;
	unsigned int value;
	const char *help;
};

/* How often an option may be given that takes options_repeated. */
#define OPTION_TEXTS_MAX	16

/**
 * struct option_texts - the arguments of an option that may be given several times
 * @nr: how often it was given
 * @text: the arguments, in order; they belong to argv
 */
struct option_texts {
	unsigned int nr;
	const char *text[OPTION_TEXTS_MAX];
};

/*
 * In the place of choices: any text, as often as the user likes. The field is a struct
 * option_texts.
 */
extern const struct option_choice options_repeated[];

/**
 * struct option_row - one option
 * @name: its long form, without "--"; NULL ends a table
 * @letter: its short form, 0 if it has none
 * @argument: what the help calls its argument; NULL if it has none
 * @choices: the words that its argument may be; NULL if it may be any text, once;
 *	options_repeated if it may be any text, several times
 * @field: offset of what it sets: without an argument a bool, with choices an
 *	unsigned int (the last one given counts), else a const char pointer, which
 *	belongs to argv
 * @help: what it does: a clause, or several sentences without the last full stop
 *
 * No table has a row for what every command knows (common_options_list.h). What those
 * say is kept by out.h.
 */
struct option_row {
	const char *name;
	int letter;
	const char *argument;
	const struct option_choice *choices;
	size_t field;
	const char *help;
};

/* The most rows of a table, without its end. */
#define OPTIONS_MAX	40

/* What options_parse() returns where the user asked for help. */
#define OPTIONS_HELP	0

/**
 * options_parse() - understand the options among the arguments
 * @rows: the options that there are
 * @values: the structure in which each row's @field lies; keeps what is not set
 * @argc: number of @argv
 * @argv: arguments; [0] is the name for messages; the order may change
 *
 * Return: index in @argv of the first argument that is no option, @argc if there is
 * none; OPTIONS_HELP if the user asked for help; -1 after having said what was wrong
 */
int options_parse(const struct option_row rows[], void *values, int argc, char **argv);

/**
 * options_misused() - say that the arguments are wrong
 * @argv: arguments; [0] is the name for messages
 * @format: as of printf(3)
 *
 * Return: -1, so that a function can end with it
 */
int options_misused(char **argv, const char *format, ...) __attribute__((format(printf, 2, 3)));

/**
 * options_help() - print what the options do, and those that every command knows
 * @rows: the options that there are
 */
void options_help(const struct option_row rows[]);

/**
 * options_list() - print the options for a program, which completes words
 * @rows: the options that there are
 *
 * A line for each, with those that every command knows: the option, its argument, the
 * words that it may be, and the help, with a tab between each two.
 */
void options_list(const struct option_row rows[]);

#endif /* FASTKEXEC_OPTIONS_H */
