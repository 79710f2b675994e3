// SPDX-License-Identifier: GPL-2.0
#include "options.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "common_options_list.h"
#include "out.h"

/* What getopt_long() returns for a row without a letter, beyond all letters. */
#define FIRST		256

const struct option_choice options_repeated[] = { { 0 } };

/**
 * struct common_options - what every command knows
 * @json: answer for programs
 * @quiet: say nothing but errors and notes
 * @verbose: say each step
 * @help: tell what the command does, and do nothing
 */
struct common_options {
	bool json;
	bool quiet;
	bool verbose;
	bool help;
};

#define ROW(row_name, row_letter, row_argument, row_choices, row_field, row_help) { \
	.name = row_name, \
	.letter = row_letter, \
	.argument = row_argument, \
	.choices = row_choices, \
	.field = offsetof(struct common_options, row_field), \
	.help = row_help, \
},

static const struct option_row common_rows[] = {
	COMMON_OPTIONS(ROW)
	{ 0 }
};

int options_misused(char **argv, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	out_complain(argv[0], format, args);
	va_end(args);
	return -1;
}

/**
 * struct syntax - tables as getopt_long() wants them
 * @longs: the long forms; all-zero behind the last one
 * @letters: the short ones
 * @rows: the row of each long form
 * @fields: what the offset in that row counts from
 * @nr: how many they are
 */
struct syntax {
	struct option longs[OPTIONS_MAX + 1];
	char letters[2 * OPTIONS_MAX + 1];
	const struct option_row *rows[OPTIONS_MAX];
	void *fields[OPTIONS_MAX];
	unsigned int nr;
};

static void add_row(struct syntax *syntax, const struct option_row *row, void *fields)
{
	const unsigned int nr = syntax->nr++;
	char letter[3] = { row->letter, row->argument ? ':' : 0 };

	syntax->longs[nr] = (struct option){
		.name = row->name,
		.has_arg = row->argument ? required_argument : no_argument,
		.val = FIRST + (int)nr,
	};
	syntax->rows[nr] = row;
	syntax->fields[nr] = fields;
	strcat(syntax->letters, letter);
}

static void add_rows(struct syntax *syntax, const struct option_row rows[], void *fields)
{
	for (; rows->name && syntax->nr < OPTIONS_MAX; rows++)
		add_row(syntax, rows, fields);
}

/* The number of the row that getopt_long() means by @code; syntax->nr: it knows none. */
static unsigned int find_row(const struct syntax *syntax, int code)
{
	unsigned int i;

	if (code >= FIRST)
		return code - FIRST;
	for (i = 0; i < syntax->nr && syntax->rows[i]->letter != code; i++)
		;
	return i;
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

static int misused_choice(const struct option_row *row, char **argv)
{
	char words[160] = "";
	FILE *file = fmemopen(words, sizeof(words), "w");

	if (file) {
		print_choices(file, row->choices);
		fclose(file);
	}
	return options_misused(argv, "--%s is %s, and not '%s'", row->name, words, optarg);
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
	return misused_choice(row, argv);
}

static int set_text(const char **field, const struct option_row *row, char **argv)
{
	if (*field)
		return options_misused(argv, "--%s is given twice", row->name);
	*field = optarg;
	return 0;
}

static int add_text(struct option_texts *texts, const struct option_row *row, char **argv)
{
	if (texts->nr == OPTION_TEXTS_MAX)
		return options_misused(argv, "--%s is given more than %u times", row->name,
				       OPTION_TEXTS_MAX);
	texts->text[texts->nr++] = optarg;
	return 0;
}

static int set(const struct option_row *row, void *fields, char **argv)
{
	void *field = (uint8_t *)fields + row->field;

	if (row->choices == options_repeated)
		return add_text(field, row, argv);
	if (row->choices)
		return set_choice(field, row, argv);
	if (row->argument)
		return set_text(field, row, argv);
	*(bool *)field = true;
	return 0;
}

/* Let out.h know. Where both are asked for, programs are answered. */
static void obey(const struct common_options *common)
{
	out_quiet(common->quiet);
	out_verbose(common->verbose && !common->quiet);
	out_json(common->json);
}

int options_parse(const struct option_row rows[], void *values, int argc, char **argv)
{
	struct common_options common = { 0 };
	struct syntax syntax = { 0 };
	unsigned int i;
	int code;

	add_rows(&syntax, rows, values);
	add_rows(&syntax, common_rows, &common);
	while ((code = getopt_long(argc, argv, syntax.letters, syntax.longs, NULL)) != -1) {
		i = find_row(&syntax, code);
		if (i == syntax.nr || set(syntax.rows[i], syntax.fields[i], argv))
			return -1;
		if (common.help)
			return OPTIONS_HELP;
	}
	obey(&common);
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

static size_t widest_of(const struct option_row *row, size_t widest)
{
	for (; row->name; row++)
		if (width(row) > widest)
			widest = width(row);
	return widest;
}

void options_help(const struct option_row rows[])
{
	const size_t widest = widest_of(common_rows, widest_of(rows, 0));
	const struct option_row *row;

	for (row = rows; row->name; row++)
		print_row(row, 8 + widest + 2);
	for (row = common_rows; row->name; row++)
		print_row(row, 8 + widest + 2);
}

static void list_row(const struct option_row *row)
{
	const struct option_choice *choice = row->choices;

	if (row->letter)
		printf("-%c\t\t\t%s\n", row->letter, row->help);
	printf("--%s\t%s\t", row->name, row->argument ? row->argument : "");
	for (; choice && choice->name; choice++)
		printf("%s%s", choice->name, choice[1].name ? " " : "");
	printf("\t%s\n", row->help);
}

void options_list(const struct option_row rows[])
{
	const struct option_row *row;

	for (row = rows; row->name; row++)
		list_row(row);
	for (row = common_rows; row->name; row++)
		list_row(row);
}
