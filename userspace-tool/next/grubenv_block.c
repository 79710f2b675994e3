// SPDX-License-Identifier: GPL-2.0
#include "next/grubenv_block.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "next/grubenv.h"
#include "root.h"
#include "run_program.h"

#define PATIENCE_MS	2000

/* What the file says of the block. */
#define NAME		"env_block"

/* openSUSE and Fedora call it grub2-editenv. */
static const char *program(void)
{
	return root_has("/usr/bin/grub2-editenv") ? "/usr/bin/grub2-editenv" :
						    "/usr/bin/grub-editenv";
}

bool grubenv_block_is(const char *folder, const char *blocks)
{
	struct pool pool = { 0 };
	struct vars vars = { .pool = &pool };
	const char *value;
	bool is;

	grubenv_read(&vars, folder);
	value = vars_value(&vars, NAME);
	is = value[0] && (!blocks || !strcmp(value, blocks));
	pool_free(&pool);
	return is;
}

/* Whether the list is of a program that knows of such blocks. */
static bool take_lines(struct vars *vars, char *list)
{
	bool knows = false;
	char *line, *sign;

	while ((line = strsep(&list, "\n"))) {
		sign = strchr(line, '=');
		if (!sign)
			continue;
		*sign = '\0';
		knows |= !strcmp(line, NAME);
		vars_set(vars, line, sign + 1);
	}
	return knows;
}

/* The file comes first in the list, so what the block says stands last, and holds. */
int grubenv_block_read(struct vars *vars, const char *folder)
{
	char path[PATH_MAX], list[8192];

	root_path(path, sizeof(path), "%s/grubenv", folder);
	if (program_read(list, sizeof(list), PATIENCE_MS,
			 (const char *[]){ program(), path, "list", NULL }))
		return -1;
	return take_lines(vars, list) ? 0 : -1;
}

bool grubenv_block_has(const char *folder, const char *name)
{
	struct pool pool = { 0 };
	struct vars vars = { .pool = &pool };
	bool has;

	has = grubenv_block_is(folder, NULL) && !grubenv_block_read(&vars, folder) &&
	      vars_value(&vars, name)[0];
	pool_free(&pool);
	return has;
}
