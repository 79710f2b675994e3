// SPDX-License-Identifier: GPL-2.0
#include "kexec_options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "kexec_options_list.h"
#include "out.h"
#include "version.h"

/* The release whose command line this is. */
#define STOCK_VERSION	"2.0.32"

/* What getopt_long() returns for a row without a letter, beyond all letters. */
#define FIRST		256

/**
 * struct kexec_row - an option of kexec(8)
 * @name: its long form
 * @letter: its short form, 0 if it has none
 * @argument: what the help calls its argument; NULL if it has none
 * @action: notes what it asks for; @name is the option, @text its argument
 * @help: what it does
 */
struct kexec_row {
	const char *name;
	int letter;
	const char *argument;
	void (*action)(struct kexec_request *request, const char *name, const char *text);
	const char *help;
};

/* Of several actions the last one counts, as with kexec-tools. */
#define MAY_BE_UNUSED	__attribute__((__unused__))
#define ACTION(action)							\
	static void kexec_do_##action(struct kexec_request *request MAY_BE_UNUSED,	\
				      const char *name MAY_BE_UNUSED,		\
				      const char *text MAY_BE_UNUSED)

ACTION(load)
{
	request->load = true;
	request->next = true;
	request->exec = false;
	request->shutdown = false;
}

ACTION(exec)
{
	request->load = false;
	request->shutdown = false;
	request->exec = true;
}

ACTION(force)
{
	request->load = true;
	request->shutdown = false;
	request->exec = true;
}

ACTION(unload)
{
	request->load = false;
	request->shutdown = false;
	request->unload = true;
}

ACTION(panic)
{
	request->load = true;
	request->exec = false;
	request->shutdown = false;
	request->crash = true;
}

ACTION(status)
{
	request->status = true;
}

ACTION(initrd)
{
	request->options.initrd = (struct option_texts){ 1, { text } };
}

ACTION(append)
{
	request->options.cmdline = text;
}

ACTION(reuse)
{
	request->options.reuse_cmdline = true;
}

ACTION(dtb)
{
	request->options.dtb = text;
}

ACTION(type)
{
	request->type = text;
}

ACTION(no_checks)
{
	request->options.verify = FASTKEXEC_VERIFY_NONE;
}

ACTION(no_ifdown)
{
	request->leave.no_ifdown = true;
}

ACTION(no_sync)
{
	request->leave.no_sync = true;
}

ACTION(by_file)
{
	request->is_signed = true;
}

ACTION(not_by_file)
{
	request->is_signed = false;
}

ACTION(nothing)
{
}

ACTION(debug)
{
	out_verbose(true);
}

ACTION(stock)
{
	request->stock = name;
}

static unsigned long long number(struct kexec_request *request, const char *name, const char *text)
{
	unsigned long long value;
	char *end;

	value = strtoull(text, &end, 0);
	if (*end) {
		fprintf(stderr, "Bad option value in --%s=%s\n", name, text);
		request->wrong = true;
	}
	return value;
}

ACTION(stock_number)
{
	number(request, name, text);
	request->stock_load = name;
}

ACTION(entry)
{
	if (number(request, name, text))
		request->stock_load = name;
}

ACTION(version)
{
	request->version = true;
}

ACTION(help)
{
	request->help = true;
}

#define ROW(row_name, row_letter, row_argument, row_action, row_help) { \
	.name = row_name, \
	.letter = row_letter, \
	.argument = row_argument, \
	.action = kexec_do_##row_action, \
	.help = row_help, \
},

static const struct kexec_row rows[] = {
	KEXEC_OPTIONS(ROW)
};

/**
 * struct syntax - the table as getopt_long() wants it
 * @longs: the long forms; all-zero behind the last one
 * @letters: the short ones
 */
struct syntax {
	struct option longs[ARRAY_SIZE(rows) + 1];
	char letters[2 * ARRAY_SIZE(rows) + 1];
};

static void make_syntax(struct syntax *syntax)
{
	size_t i;

	*syntax = (struct syntax){ 0 };
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		char letter[3] = { rows[i].letter, rows[i].argument ? ':' : 0 };

		syntax->longs[i] = (struct option){
			.name = rows[i].name,
			.has_arg = rows[i].argument ? required_argument : no_argument,
			.val = FIRST + (int)i,
		};
		strcat(syntax->letters, letter);
	}
}

/* NULL: getopt_long() has said what is wrong, or the option is "-?". */
static const struct kexec_row *find_row(int code)
{
	size_t i;

	if (code >= FIRST)
		return &rows[code - FIRST];
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].letter == code)
			return &rows[i];
	return NULL;
}

void kexec_options_parse(struct kexec_request *request, int argc, char **argv)
{
	struct syntax syntax;
	int code;

	*request = (struct kexec_request){ .load = true, .shutdown = true };
	make_syntax(&syntax);
	while (!request->wrong && !request->help && !request->version &&
	       (code = getopt_long(argc, argv, syntax.letters, syntax.longs, NULL)) != -1) {
		const struct kexec_row *row = find_row(code);

		if (row)
			row->action(request, row->name, optarg);
		else
			request->wrong = true;
	}
	request->kernel = optind < argc ? argv[optind] : NULL;
}

static void print_row(const struct kexec_row *row)
{
	const size_t indent = 31;
	char words[64];

	snprintf(words, sizeof(words), " %c%c%c --%s%s%s", row->letter ? '-' : ' ',
		 row->letter ? row->letter : ' ', row->letter ? ',' : ' ', row->name,
		 row->argument ? "=" : "", row->argument ? row->argument : "");
	printf("%-*s", (int)indent, words);
	out_wrap(stdout, row->help, indent, indent);
}

void kexec_options_version(void)
{
	printf("kexec-tools " STOCK_VERSION " (fastkexec " FASTKEXEC_VERSION ")\n");
}

void kexec_options_help(void)
{
	size_t i;

	kexec_options_version();
	printf("Usage: kexec [OPTION]... [KERNEL]\n"
	       "Replace the running kernel by KERNEL, through the module fastkexec.\n"
	       "Without -l, -e, -f, -u, -p and -S, KERNEL is loaded, and 'shutdown -r now' is\n"
	       "called.\n"
	       "\n");
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		print_row(&rows[i]);
}
