// SPDX-License-Identifier: GPL-2.0
#include "next/grub_script.h"

#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "next/grub_run.h"

#define DEPTH_MAX	24
#define STEPS_MAX	200000

/**
 * enum stop - what ended a list of commands
 * @STOP_END: the end of the script
 * @STOP_CLOSE: a closing brace
 * @STOP_THEN: then
 * @STOP_ELIF: elif
 * @STOP_ELSE: else
 * @STOP_FI: fi
 */
enum stop {
	STOP_END,
	STOP_CLOSE,
	STOP_THEN,
	STOP_ELIF,
	STOP_ELSE,
	STOP_FI,
};

static enum stop run_list(struct grub_run *run);

void grub_run_fail(struct grub_run *run, const char *problem)
{
	if (!run->lexer.problem)
		run->lexer.problem = problem;
}

void grub_run_set(struct grub_run *run, const char *name, const char *value, bool unknown)
{
	struct var *var = vars_set(&run->vars, name, value);

	if (var)
		var->unknown = unknown || run->maybe;
}

static bool go_on(struct grub_run *run)
{
	if (++run->steps > STEPS_MAX || run->depth > DEPTH_MAX)
		grub_run_fail(run, "it takes too long");
	if (run->menu->problem)
		grub_run_fail(run, run->menu->problem);
	if (run->vars.pool->failed)
		grub_run_fail(run, "it is too large");
	return !run->lexer.problem;
}

static bool is_word(const struct grub_command *command, const char *word)
{
	return command->nr && command->words[0].plain && !strcmp(command->words[0].text, word);
}

static void expect(struct grub_run *run, enum stop stop, enum stop wanted)
{
	if (stop != wanted)
		grub_run_fail(run, "its blocks do not close");
}

/* A list of commands that is done, may be done, or is only read. */
static enum stop run_branch(struct grub_run *run, enum truth wanted)
{
	const bool skip = run->skip, maybe = run->maybe;
	enum stop stop;

	run->skip |= wanted == TRUTH_NO;
	run->maybe |= wanted == TRUTH_UNKNOWN;
	stop = run_list(run);
	run->skip = skip;
	run->maybe = maybe;
	return stop;
}

/* Behind "if", up to its "fi". */
static void run_if(struct grub_run *run)
{
	/* Whether the branch that follows is done: if no one before it was. */
	enum truth open = TRUTH_YES, taken;
	enum stop stop;

	do {
		run->result = TRUTH_YES;
		expect(run, run_branch(run, open), STOP_THEN);
		taken = open == TRUTH_NO || run->result == TRUTH_NO ? TRUTH_NO :
			open == TRUTH_YES ? run->result : TRUTH_UNKNOWN;
		stop = run_branch(run, taken);
		if (taken == TRUTH_YES)
			open = TRUTH_NO;
		else if (taken == TRUTH_UNKNOWN)
			open = TRUTH_UNKNOWN;
	} while (stop == STOP_ELIF && go_on(run));
	if (stop == STOP_ELSE)
		stop = run_branch(run, open);
	expect(run, stop, STOP_FI);
	run->result = TRUTH_UNKNOWN;
}

/* Behind an opening brace: the lines up to the closing one, which are only read. */
static struct grub_body read_body(struct grub_run *run)
{
	struct grub_body body = { .at = run->lexer.at };

	expect(run, run_branch(run, TRUTH_NO), STOP_CLOSE);
	/* The brace itself is no part of it. */
	body.stop = run->lexer.at > body.at ? run->lexer.at - 1 : body.at;
	return body;
}

static void define_function(struct grub_run *run, const struct grub_command *command)
{
	struct grub_function *function;
	struct grub_body body;

	if (command->nr != 2 || command->end != GRUB_END_OPEN) {
		grub_run_fail(run, "a function in it is not understood");
		return;
	}
	body = read_body(run);
	if (run->skip || run->lexer.problem)
		return;
	if (run->maybe)
		grub_run_fail(run, "only the boot loader knows which functions it has");
	function = pool_alloc(run->vars.pool, sizeof(*function));
	if (!function)
		return;
	function->name = command->words[1].text;
	function->body = body;
	function->next = run->functions;
	run->functions = function;
}

/* Options of menuentry that have an argument. */
static bool has_argument(const char *option)
{
	static const char *const options[] = { "--class", "--users", "--hotkey", "--source" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(options); i++)
		if (!strcmp(option, options[i]))
			return true;
	return false;
}

static void name_entry(struct menu_entry *entry, const struct grub_command *command)
{
	unsigned int i;

	for (i = 1; i < command->nr; i++) {
		const struct grub_word *word = &command->words[i];

		entry->uncertain |= word->unknown;
		if (!strncmp(word->text, "--id=", 5))
			entry->id = word->text + 5;
		else if (!strcmp(word->text, "--id") && i + 1 < command->nr)
			entry->id = command->words[++i].text;
		else if (has_argument(word->text))
			i++;
		else if (word->text[0] != '-' && !entry->title[0])
			entry->title = word->text;
	}
}

static void add_entry(struct grub_run *run, const struct grub_command *command, bool submenu)
{
	struct menu_entry *entry;
	struct grub_body body;

	if (command->end != GRUB_END_OPEN) {
		grub_run_fail(run, "an entry in it is not understood");
		return;
	}
	body = read_body(run);
	if (run->skip || run->lexer.problem)
		return;
	if (run->entry != MENU_TOP) {
		grub_run_fail(run, "an entry in it makes entries");
		return;
	}
	entry = menu_add(run->menu, run->parent);
	if (!entry)
		return;
	entry->submenu = submenu;
	entry->uncertain = run->maybe;
	name_entry(entry, command);
	run->bodies[entry - run->menu->entries] = body;
}

/* What begins with a word of the language. False: it is a simple command. */
static bool run_block(struct grub_run *run, const struct grub_command *command)
{
	static const char *const loops[] = { "for", "while", "until" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(loops); i++)
		if (is_word(command, loops[i]))
			grub_run_fail(run, "it has a loop");
	if (is_word(command, "if"))
		run_if(run);
	else if (is_word(command, "function"))
		define_function(run, command);
	else if (is_word(command, "menuentry") || is_word(command, "submenu"))
		add_entry(run, command, is_word(command, "submenu"));
	else if (command->end == GRUB_END_OPEN)
		grub_run_fail(run, "a brace in it is not understood");
	else
		return false;
	return true;
}

/* Whether the list ends with this command. */
static bool ends_list(const struct grub_command *command, enum stop *stop)
{
	static const struct {
		const char *word;
		enum stop stop;
	} words[] = {
		{ "then", STOP_THEN },
		{ "elif", STOP_ELIF },
		{ "else", STOP_ELSE },
		{ "fi", STOP_FI },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		if (is_word(command, words[i].word)) {
			*stop = words[i].stop;
			return true;
		}
	}
	*stop = command->end == GRUB_END_CLOSE ? STOP_CLOSE : STOP_END;
	return !command->nr && command->end != GRUB_END_LINE && command->end != GRUB_END_OPEN;
}

static void run_one(struct grub_run *run, struct grub_command *command)
{
	unsigned int i;

	if (run_block(run, command) || run->skip)
		return;
	if (!is_word(command, "!") || command->nr < 2) {
		grub_run_command(run, command);
		return;
	}
	for (i = 1; i < command->nr; i++)
		command->words[i - 1] = command->words[i];
	command->nr--;
	grub_run_command(run, command);
	if (run->result != TRUTH_UNKNOWN)
		run->result = run->result == TRUTH_NO ? TRUTH_YES : TRUTH_NO;
}

static enum stop run_list(struct grub_run *run)
{
	struct grub_command *command = malloc(sizeof(*command));
	enum stop stop = STOP_END;

	if (!command)
		grub_run_fail(run, "there is no memory");
	run->depth++;
	while (go_on(run) && grub_lexer_command(&run->lexer, command)) {
		if (ends_list(command, &stop))
			break;
		if (command->nr || command->end == GRUB_END_OPEN)
			run_one(run, command);
	}
	run->depth--;
	free(command);
	return stop;
}

void grub_run_text(struct grub_run *run, struct grub_body body, const struct grub_word *args,
		   unsigned int nr_args)
{
	struct grub_lexer *lexer = &run->lexer;
	const struct grub_lexer before = *lexer;

	lexer->at = body.at;
	lexer->stop = body.stop;
	lexer->args = args;
	lexer->nr_args = nr_args;
	expect(run, run_list(run), STOP_END);
	lexer->at = before.at;
	lexer->stop = before.stop;
	lexer->args = before.args;
	lexer->nr_args = before.nr_args;
}

/*
 * Entries that were found make their submenus and their kernels with the variables that
 * the whole script has left. What a submenu holds is appended, and comes in turn.
 */
static void run_entries(struct grub_run *run, size_t from, size_t to)
{
	const struct vars vars = run->vars;
	size_t i;

	for (i = from; i < to && !run->lexer.problem; i++) {
		const bool submenu = run->menu->entries[i].submenu;
		const size_t parent = run->parent, first = run->menu->nr;

		run->vars = vars_copy(&vars, submenu);
		run->maybe = run->menu->entries[i].uncertain;
		run->parent = submenu ? i : parent;
		run->entry = submenu ? MENU_TOP : i;
		run->depth++;
		grub_run_text(run, run->bodies[i], NULL, 0);
		if (submenu)
			run_entries(run, first, run->menu->nr);
		run->depth--;
		run->parent = parent;
	}
	run->vars = vars;
	run->entry = MENU_TOP;
}

/* What GRUB itself has set before the script runs. */
static void set_builtins(struct grub_run *run)
{
	static const struct {
		const char *name;
		const char *value;
	} rows[] = {
		{ "config_directory", GRUB_HERE },
		{ "config_file", GRUB_HERE "/grub.cfg" },
		{ "prefix", GRUB_HERE },
		{ "root", "" },
		{ "grub_cpu", "arm64" },
		{ "grub_platform", "efi" },
		{ "feature_200_final", "y" },
		{ "feature_all_video_module", "y" },
		{ "feature_chainloader_bpb", "y" },
		{ "feature_default_font_path", "y" },
		{ "feature_menuentry_id", "y" },
		{ "feature_menuentry_options", "y" },
		{ "feature_nativedisk_cmd", "y" },
		{ "feature_ntldr", "y" },
		{ "feature_platform_search_hint", "y" },
		{ "feature_timeout_style", "y" },
	};
	struct var *var;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		var = vars_set(&run->vars, rows[i].name, rows[i].value);
		if (var)
			var->exported = true;
	}
}

static void take_wanted(struct grub_run *run)
{
	const struct var *var = vars_find(&run->vars, "default");

	if (var && var->unknown)
		run->menu->problem = "its default depends on what only the boot loader sees";
	else
		run->menu->wanted = var && var->value[0] ? var->value : "0";
}

void grub_script_run(struct menu *menu, const char *text, size_t size,
		     const struct grub_world *world)
{
	struct grub_run *run = calloc(1, sizeof(*run));

	if (!run) {
		menu->problem = "there is no memory";
		return;
	}
	run->menu = menu;
	run->world = world;
	run->parent = MENU_TOP;
	run->entry = MENU_TOP;
	run->vars.pool = &menu->pool;
	run->lexer.vars = &run->vars;
	set_builtins(run);
	grub_run_text(run, (struct grub_body){ text, text + size }, NULL, 0);
	take_wanted(run);
	run_entries(run, 0, menu->nr);
	if (run->lexer.problem)
		menu->problem = run->lexer.problem;
	free(run);
}
