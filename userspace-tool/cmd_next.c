// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <stdlib.h>

#include "cmd.h"
#include "json.h"
#include "next/next.h"
#include "out.h"
#include "wishes/wishes.h"

/**
 * struct answer - what is told
 * @found: whether @next is proved
 * @next: the next kernel
 * @wish: what keeps a reboot from being fast, or NULL
 * @text: a clause about @wish
 */
struct answer {
	bool found;
	struct next next;
	const struct wish *wish;
	char text[WISH_TEXT];
};

static void show_words(const struct answer *answer)
{
	const struct next *next = &answer->next;
	unsigned int i;

	if (answer->found) {
		out_line("", "Next is %s: %s.", next->kernel, next->why);
		if (next->title[0])
			out_line("Entry: ", "%s", next->title);
		for (i = 0; i < next->nr_initrds; i++)
			out_line("Initrd: ", "%s", next->initrds[i]);
		out_line("Command line: ", "%s", next->cmdline);
	} else {
		out_line("", "It cannot be proved which kernel is next: %s.", next->why);
	}
	if (answer->wish)
		out_line("", "A reboot now goes through the firmware: %s.", answer->text);
}

static void show_kernel(struct json *json, const struct next *next)
{
	unsigned int i;

	json_string(json, "title", next->title);
	json_string(json, "kernel", next->kernel);
	json_open(json, "initrds", '[');
	for (i = 0; i < next->nr_initrds; i++)
		json_string(json, NULL, next->initrds[i]);
	json_close(json, ']');
	json_string(json, "command_line", next->cmdline);
	json_string(json, "release", next->release);
}

static int show_json(const struct answer *answer)
{
	struct json json;

	cmd_json_open(&json, &cmd_next);
	json_bool(&json, "proved", answer->found);
	json_string(&json, "policy", answer->next.policy);
	json_string(&json, "loader", answer->next.loader);
	json_string(&json, "why", answer->next.why);
	if (answer->found)
		show_kernel(&json, &answer->next);
	if (answer->wish) {
		json_open(&json, "wish", '{');
		json_string(&json, "name", answer->wish->name);
		json_string(&json, "text", answer->text);
		json_close(&json, '}');
	} else {
		json_null(&json, "wish");
	}
	return cmd_json_close(&json, answer->found ? EXIT_DONE : EXIT_FAILED);
}

static int tell(const struct answer *answer)
{
	int status;

	if (out_is_json())
		return show_json(answer);
	show_words(answer);
	status = out_finish();
	return answer->found ? status : EXIT_FAILED;
}

static int next_kernel(int argc, char **argv)
{
	struct settings settings;
	struct answer *answer;
	int status;

	if (!cmd_parse(&cmd_next, NULL, argc, argv, &status))
		return status;
	answer = calloc(1, sizeof(*answer));
	if (!answer) {
		out_fail("out of memory");
		return EXIT_FAILED;
	}
	settings_read(&settings);
	answer->found = !next_find(&answer->next, &settings);
	answer->wish = wishes_first(&settings, WISH_EARLY, answer->text);
	status = tell(answer);
	free(answer);
	return status;
}

const struct command cmd_next = {
	.name		= "next",
	.usage		= "[OPTIONS]",
	.summary	= "Tell which kernel a reboot would start, and why",
	.help		=
		"The kernel is told if it can be proved: the same reading of the boot loader's\n"
		"menu must explain how the running kernel was started. If it cannot, the exit\n"
		"status is 1, and the reboot hook leaves the reboot to the firmware.\n",
	.options	= cmd_no_options,
	.run		= next_kernel,
};
