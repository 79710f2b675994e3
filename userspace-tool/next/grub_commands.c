// SPDX-License-Identifier: GPL-2.0
/*
 * The commands of GRUB's scripts, one row each. A command that is not here makes the
 * whole menu, or the entry that has it, one that is not understood.
 */
#include <stdio.h>
#include <string.h>

#include "array.h"
#include "next/grub_run.h"
#include "next/grub_test.h"

/* The entry whose body runs, or NULL. */
static struct menu_entry *current(struct grub_run *run)
{
	return run->entry == MENU_TOP ? NULL : &run->menu->entries[run->entry];
}

static void unfit(struct grub_run *run, const char *why)
{
	struct menu_entry *entry = current(run);

	if (!entry)
		grub_run_fail(run, why);
	else if (!entry->unfit)
		entry->unfit = why;
}

static bool any_unknown(const struct grub_command *command)
{
	unsigned int i;

	for (i = 0; i < command->nr; i++)
		if (command->words[i].unknown)
			return true;
	return false;
}

static void nothing(struct grub_run *run, const struct grub_command *command)
{
	(void)command;
	run->result = TRUTH_UNKNOWN;
}

static void say_yes(struct grub_run *run, const struct grub_command *command)
{
	(void)command;
	run->result = TRUTH_YES;
}

static void say_no(struct grub_run *run, const struct grub_command *command)
{
	(void)command;
	run->result = TRUTH_NO;
}

static void test(struct grub_run *run, const struct grub_command *command)
{
	const struct grub_word *last = &command->words[command->nr - 1];
	unsigned int nr = command->nr - 1;

	if (!strcmp(command->words[0].text, "[") && nr && !strcmp(last->text, "]"))
		nr--;
	run->result = grub_test(&command->words[1], nr, run->world,
				vars_value(&run->vars, "root"));
}

/* "NAME=VALUE"; white space of the value has not parted it if it was in quotes. */
static bool assign(struct grub_run *run, const struct grub_word *word)
{
	const char *sign = strchr(word->text, '=');
	const char *name;

	if (!sign || sign == word->text)
		return false;
	name = pool_text(run->vars.pool, word->text, sign - word->text);
	grub_run_set(run, name, sign + 1, word->unknown);
	run->result = TRUTH_YES;
	return true;
}

static void set(struct grub_run *run, const struct grub_command *command)
{
	if (command->nr > 1 && !assign(run, &command->words[1]))
		grub_run_fail(run, "it sets what is no variable");
}

static void unset(struct grub_run *run, const struct grub_command *command)
{
	unsigned int i;

	for (i = 1; i < command->nr; i++)
		grub_run_set(run, command->words[i].text, "", false);
}

static void export(struct grub_run *run, const struct grub_command *command)
{
	unsigned int i;
	struct var *var;

	for (i = 1; i < command->nr; i++) {
		const char *text = command->words[i].text;
		const char *name = pool_text(run->vars.pool, text, strcspn(text, "="));

		assign(run, &command->words[i]);
		var = vars_find(&run->vars, name);
		if (!var)
			var = vars_set(&run->vars, name, "");
		if (var)
			var->exported = true;
	}
}

static void spoil(struct grub_run *run, const struct grub_command *command)
{
	if (command->nr > 1)
		grub_run_set(run, command->words[1].text, "", true);
}

/*
 * The file that load_env reads; NULL: the one beside the script. Names of variables may
 * follow, and then it reads only those.
 */
static const struct grub_word *env_file(const struct grub_command *command)
{
	static const struct grub_word not_all = { .text = "" };
	const struct grub_word *file = NULL;
	unsigned int i;

	for (i = 1; i < command->nr; i++) {
		const char *text = command->words[i].text;

		if (strcmp(text, "-f") && strcmp(text, "--file") && strcmp(text, "-s") &&
		    strcmp(text, "--skip-sig"))
			file = file ? &not_all : &command->words[i];
	}
	return file;
}

static bool is_own_file(const struct grub_word *file)
{
	const char *text = file->text;

	if (!strncmp(text, "--file=", 7))
		text += 7;
	return !file->unknown && !strcmp(text, GRUB_HERE "/grubenv");
}

/*
 * "(hd0,gpt2)512+1": blocks of a device. It is GRUB's root, which the script cannot know
 * before it has searched.
 */
static const char *blocks_of(const struct grub_word *file)
{
	const char *end = file->text[0] == '(' ? strchr(file->text, ')') : NULL;

	return end ? end + 1 : "/";
}

static void load_env(struct grub_run *run, const struct grub_command *command)
{
	const struct grub_word *file = env_file(command);

	if (run->maybe)
		grub_run_fail(run, "only the boot loader knows whether it reads its environment block");
	else if (!file || is_own_file(file))
		run->world->load_env(run->world->ctx, &run->vars);
	else if (blocks_of(file)[0] == '/' ||
		 run->world->load_block(run->world->ctx, &run->vars, blocks_of(file)))
		grub_run_fail(run, "it reads an environment block that only the boot loader finds");
}

/* The variable that a search sets: --set=NAME, --set, or none. */
static const char *searched_variable(const struct grub_command *command)
{
	unsigned int i;

	for (i = 1; i < command->nr; i++)
		if (!strncmp(command->words[i].text, "--set=", 6))
			return command->words[i].text + 6;
	return "root";
}

/* A file system that is named by its UUID is known; any other way, GRUB alone finds it. */
static void search(struct grub_run *run, const struct grub_command *command)
{
	const struct grub_word *last = &command->words[command->nr - 1];
	bool by_uuid = false;
	unsigned int i;

	for (i = 1; i < command->nr; i++)
		by_uuid |= !strcmp(command->words[i].text, "--fs-uuid") ||
			   !strcmp(command->words[i].text, "-u");
	by_uuid &= last->text[0] && last->text[0] != '-' && !last->unknown;
	grub_run_set(run, searched_variable(command),
		     by_uuid ? pool_print(run->vars.pool, "uuid:%s", last->text) : "", !by_uuid);
	run->result = TRUTH_UNKNOWN;
}

/* What firmware says of the machine goes into a variable. */
static void smbios(struct grub_run *run, const struct grub_command *command)
{
	unsigned int i;

	for (i = 1; i < command->nr; i++) {
		const char *text = command->words[i].text;

		if (!strncmp(text, "--set=", 6))
			grub_run_set(run, text + 6, "", true);
		else if (!strcmp(text, "--set") && i + 1 < command->nr)
			grub_run_set(run, command->words[i + 1].text, "", true);
	}
	run->result = TRUTH_UNKNOWN;
}

/* Split "(DEVICE)/PATH"; without a device it is the variable root. */
static const char *split_path(struct grub_run *run, const char *path, const char **device)
{
	const char *end;

	*device = vars_value(&run->vars, "root");
	if (path[0] != '(')
		return path;
	end = strchr(path, ')');
	if (!end || !strncmp(path, GRUB_HERE, strlen(GRUB_HERE)))
		return path;
	*device = pool_text(run->vars.pool, path + 1, end - path - 1);
	return end + 1;
}

static void source(struct grub_run *run, const struct grub_command *command)
{
	const struct grub_word *word = &command->words[1];
	const char *device, *path;
	struct grub_body body;
	size_t size = 0;

	if (command->nr != 2 || word->unknown) {
		grub_run_fail(run, "it includes a file that only the boot loader knows");
		return;
	}
	path = split_path(run, word->text, &device);
	body.at = run->world->source(run->world->ctx, run->vars.pool, device, path, &size);
	if (!body.at) {
		grub_run_fail(run, "it includes a file that is not found");
		return;
	}
	body.stop = body.at + size;
	grub_run_text(run, body, NULL, 0);
	run->result = TRUTH_YES;
}

static void blscfg(struct grub_run *run, const struct grub_command *command)
{
	(void)command;
	if (run->maybe || run->entry != MENU_TOP || run->parent != MENU_TOP)
		grub_run_fail(run, "it adds the entries of /boot/loader in an unusual place");
	else if (run->world->blscfg(run->world->ctx, run->menu, &run->vars))
		grub_run_fail(run, "the entries of /boot/loader/entries cannot be read");
}

/* As GRUB hands it on: a word with white space in quotes, some marks escaped. */
static void add_argument(char *line, size_t size, const char *word)
{
	size_t length = strlen(line);
	bool quoted = strchr(word, ' ');

	if (length && length < size - 1)
		line[length++] = ' ';
	if (quoted && length < size - 1)
		line[length++] = '"';
	for (; *word && length < size - 2; word++) {
		if (strchr("\\'\"", *word))
			line[length++] = '\\';
		line[length++] = *word;
	}
	if (quoted && length < size - 1)
		line[length++] = '"';
	line[length] = '\0';
}

/* Whether a path is in a file system that only GRUB finds. */
static bool root_is_unknown(struct grub_run *run, const char *path)
{
	const struct var *root = vars_find(&run->vars, "root");

	return path[0] != '(' && root && root->unknown;
}

static void linux_command(struct grub_run *run, const struct grub_command *command)
{
	struct menu_entry *entry = current(run);
	char line[GRUB_WORD_MAX] = "";
	unsigned int i;

	if (!entry || command->nr < 2) {
		grub_run_fail(run, "it starts a kernel outside an entry");
		return;
	}
	if (any_unknown(command) || run->maybe || root_is_unknown(run, command->words[1].text))
		unfit(run, "its kernel or command line depends on what only the boot loader sees");
	for (i = 2; i < command->nr; i++)
		add_argument(line, sizeof(line), command->words[i].text);
	if (strlen(line) >= sizeof(line) - 3)
		unfit(run, "its command line is too long");
	entry->args = pool_text(run->vars.pool, line, strlen(line));
	entry->kernel = split_path(run, command->words[1].text, &entry->device);
}

static void initrd_command(struct grub_run *run, const struct grub_command *command)
{
	struct menu_entry *entry = current(run);
	const char *device;
	unsigned int i;

	if (!entry) {
		grub_run_fail(run, "it loads an initrd outside an entry");
		return;
	}
	if (any_unknown(command) || run->maybe)
		unfit(run, "its initrd depends on what only the boot loader sees");
	entry->nr_initrds = 0;
	for (i = 1; i < command->nr; i++) {
		if (entry->nr_initrds == MENU_INITRDS) {
			unfit(run, "it has too many initrds");
			return;
		}
		entry->initrds[entry->nr_initrds++] =
			split_path(run, command->words[i].text, &device);
		if (strcmp(device, entry->device))
			unfit(run, "its kernel and its initrd are in different file systems");
	}
}

static const struct {
	const char *name;
	void (*run)(struct grub_run *run, const struct grub_command *command);
} commands[] = {
	{ ".", source },
	{ "[", test },
	{ "background_color", nothing },
	{ "background_image", nothing },
	{ "blscfg", blscfg },
	{ "clear", nothing },
	{ "decrement", spoil },
	{ "devicetree", nothing },
	{ "echo", nothing },
	{ "export", export },
	{ "false", say_no },
	{ "fwsetup", nothing },
	{ "increment", spoil },
	{ "initrd", initrd_command },
	{ "initrdefi", initrd_command },
	{ "insmod", nothing },
	{ "keymap", nothing },
	{ "linux", linux_command },
	{ "linuxefi", linux_command },
	{ "load_env", load_env },
	{ "loadfont", nothing },
	{ "play", nothing },
	{ "rmmod", nothing },
	{ "save_env", say_yes },
	{ "search", search },
	{ "serial", nothing },
	{ "set", set },
	{ "sleep", nothing },
	{ "smbios", smbios },
	{ "source", source },
	{ "terminal_input", nothing },
	{ "terminal_output", nothing },
	{ "test", test },
	{ "true", say_yes },
	{ "unset", unset },
};

static bool is_function(struct grub_run *run, const struct grub_command *command)
{
	const struct grub_function *function;

	for (function = run->functions; function; function = function->next) {
		if (strcmp(function->name, command->words[0].text))
			continue;
		grub_run_text(run, function->body, &command->words[1], command->nr - 1);
		return true;
	}
	return false;
}

void grub_run_command(struct grub_run *run, const struct grub_command *command)
{
	const struct grub_word *name = &command->words[0];
	size_t i;

	if (name->unknown) {
		unfit(run, "a command in it depends on what only the boot loader sees");
		return;
	}
	if (is_function(run, command) || (command->nr == 1 && assign(run, name)))
		return;
	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		if (!strcmp(name->text, commands[i].name)) {
			commands[i].run(run, command);
			return;
		}
	}
	run->result = TRUTH_UNKNOWN;
	unfit(run, pool_print(run->vars.pool, "it has the command %.40s, which is not understood",
			      name->text));
}
