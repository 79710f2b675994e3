// SPDX-License-Identifier: GPL-2.0
#include "options.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "out.h"

/* What getopt_long() returns for a row without a letter, beyond all letters. */
#define FIRST		256

static const struct option_row help_row = { "help", 'h', .help = "this text" };

int options_misused(char **argv, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	out_complain(argv[0], format, args);
	va_end(args);
	return -1;
}

/**
 * struct syntax - a table as getopt_long() wants it
 * @longs: the long forms; all-zero behind the last one
 * @letters: the short ones
 */
struct syntax {
	struct option longs[OPTIONS_MAX + 2];
	char letters[OPTIONS_MAX + 2];
};

static int code_of(const struct option_row rows[], unsigned int i)
{
	return rows[i].letter ? rows[i].letter : FIRST + (int)i;
}

static void make_syntax(struct syntax *syntax, const struct option_row rows[])
{
	struct option *row = syntax->longs;
	char *letter = syntax->letters;
	unsigned int i;

	*syntax = (struct syntax){ 0 };
	for (i = 0; rows[i].name && i < OPTIONS_MAX; i++) {
		*row++ = (struct option){
			.name = rows[i].name,
			.has_arg = rows[i].argument ? required_argument : no_argument,
			.val = code_of(rows, i),
		};
		if (rows[i].letter)
			*letter++ = rows[i].letter;
	}
	*row = (struct option){ .name = help_row.name, .val = help_row.letter };
	*letter = help_row.letter;
}

/* "auto, in-place or copy" */
static void print_choices(FILE *file, const struct option_choice *choice)
{
	for (; choice->name; choice++) {
		fputs(choice->name, file);
		if (choice[1].name)
			fputs(choice[2].name ? ", " : " or ", file);
	}
}

static int set_choice(unsigned int *field, const struct option_row *row, char **argv)
{
	const struct option_choice *choice;

	for (choice = row->choices; choice->name; choice++) {
		if (!strcmp(optarg, choice->name)) {
			*field = choice->value;
			return 0;
		}
	}
	fprintf(stderr, "%s: --%s is ", argv[0], row->name);
	print_choices(stderr, row->choices);
	fprintf(stderr, ", and not '%s'\n", optarg);
	return -1;
}

static int set_text(const char **field, const struct option_row *row, char **argv)
{
	if (*field)
		return options_misused(argv, "--%s is given twice", row->name);
	*field = optarg;
	return 0;
}

static int set(const struct option_row *row, void *values, char **argv)
{
	void *field = (uint8_t *)values + row->field;

	if (row->choices)
		return set_choice(field, row, argv);
	if (row->argument)
		return set_text(field, row, argv);
	*(bool *)field = true;
	return 0;
}

int options_parse(const struct option_row rows[], void *values, int argc, char **argv)
{
	struct syntax syntax;
	unsigned int i;
	int code;

	make_syntax(&syntax, rows);
	while ((code = getopt_long(argc, argv, syntax.letters, syntax.longs, NULL)) != -1) {
		if (code == help_row.letter)
			return OPTIONS_HELP;
		for (i = 0; rows[i].name && code_of(rows, i) != code; i++)
			;
		if (!rows[i].name || set(&rows[i], values, argv))
			return -1;
	}
	return optind;
}

/* Print words up to column @indent, and the text that explains them from there on. */
static void print_explained(const char *words, const char *text, size_t indent)
{
	printf("%-*s", (int)indent, words);
	out_wrap(stdout, text, indent, indent);
}

static void print_choice_help(const struct option_choice choices[], size_t indent)
{
	const struct option_choice *choice;
	char words[80];
	size_t widest = 0;

	for (choice = choices; choice->name; choice++)
		if (strlen(choice->name) > widest)
			widest = strlen(choice->name);
	for (choice = choices; choice->name; choice++) {
		snprintf(words, sizeof(words), "%*s%s", (int)indent + 2, "", choice->name);
		print_explained(words, choice->help, indent + 2 + widest + 2);
	}
}

static size_t width(const struct option_row *row)
{
	return strlen(row->name) + (row->argument ? 1 + strlen(row->argument) : 0);
}

static void print_row(const struct option_row *row, size_t indent)
{
	char words[80];

	snprintf(words, sizeof(words), "  %c%c%c --%s%s%s", row->letter ? '-' : ' ',
		 row->letter ? row->letter : ' ', row->letter ? ',' : ' ', row->name,
		 row->argument ? " " : "", row->argument ? row->argument : "");
	print_explained(words, row->help, indent);
	if (row->choices)
		print_choice_help(row->choices, indent);
}

void options_help(const struct option_row rows[])
{
	size_t widest = width(&help_row);
	const struct option_row *row;

	for (row = rows; row->name; row++)
		if (width(row) > widest)
			widest = width(row);
	for (row = rows; row->name; row++)
		print_row(row, 8 + widest + 2);
	print_row(&help_row, 8 + widest + 2);
}
