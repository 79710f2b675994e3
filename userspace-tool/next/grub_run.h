/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A GRUB script that is running: what its flow and its commands share.
 */
#ifndef FASTKEXEC_GRUB_RUN_H
#define FASTKEXEC_GRUB_RUN_H

#include "next/grub_lexer.h"
#include "next/grub_script.h"

/**
 * struct grub_body - lines of the script between two braces
 * @at: the first byte
 * @stop: behind the last one
 */
struct grub_body {
	const char *at;
	const char *stop;
};

/**
 * struct grub_function - a function that the script has defined
 * @next: another one
 * @name: what it is called
 * @body: what it does
 */
struct grub_function {
	struct grub_function *next;
	const char *name;
	struct grub_body body;
};

/**
 * struct grub_run - one run
 * @lexer: where it is; its problem ends the run
 * @vars: all variables
 * @menu: takes the entries
 * @bodies: what each entry of @menu does, by its index
 * @functions: those that are defined so far
 * @world: what may be asked for
 * @parent: the submenu that is being made, or MENU_TOP
 * @entry: index of the entry whose body runs, or MENU_TOP
 * @result: what the last command said
 * @skip: read only, do nothing
 * @maybe: whether this is done depends on what only GRUB sees
 * @depth: how many blocks, functions and files this is inside of
 * @steps: commands that were read so far
 */
struct grub_run {
	struct grub_lexer lexer;
	struct vars vars;
	struct menu *menu;
	struct grub_body bodies[MENU_MAX];
	struct grub_function *functions;
	const struct grub_world *world;
	size_t parent;
	size_t entry;
	enum truth result;
	bool skip;
	bool maybe;
	unsigned int depth;
	unsigned int steps;
};

/**
 * grub_run_command() - do what a simple command says
 * @run: this run
 * @command: the command, at least one word
 */
void grub_run_command(struct grub_run *run, const struct grub_command *command);

/**
 * grub_run_text() - run more of a script
 * @run: this run
 * @body: which lines
 * @args: what $1, $2 ... are; NULL: there are none
 * @nr_args: how many
 */
void grub_run_text(struct grub_run *run, struct grub_body body, const struct grub_word *args,
		   unsigned int nr_args);

/**
 * grub_run_set() - set a variable, or make it unknown
 * @run: this run; what only may be done makes the variable unknown
 * @name: which one
 * @value: what it is to hold
 * @unknown: whether that cannot be told
 */
void grub_run_set(struct grub_run *run, const char *name, const char *value, bool unknown);

/**
 * grub_run_fail() - the script is not understood
 * @run: ends
 * @problem: a clause; the first one stays
 */
void grub_run_fail(struct grub_run *run, const char *problem);

#endif /* FASTKEXEC_GRUB_RUN_H */
