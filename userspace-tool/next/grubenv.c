// SPDX-License-Identifier: GPL-2.0
#include "next/grubenv.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "next/text_file.h"

static const char head[] = "# GRUB Environment Block\n";

/* A backslash makes the byte behind it a plain one, a new line too. */
static const char *take_line(const char *at, const char *stop, char *line, size_t room)
{
	size_t length = 0;

	for (; at < stop && *at != '\n'; at++) {
		if (*at == '\\' && at + 1 < stop)
			at++;
		if (length < room - 1)
			line[length++] = *at;
	}
	line[length] = '\0';
	return at < stop ? at + 1 : at;
}

int grubenv_parse(struct vars *vars, const char *text, size_t size)
{
	const char *at = text, *stop = text + size;
	char line[1024], *sign;

	if (size < sizeof(head) - 1 || memcmp(text, head, sizeof(head) - 1))
		return -1;
	while (at < stop) {
		at = take_line(at, stop, line, sizeof(line));
		sign = strchr(line, '=');
		if (line[0] == '#' || !sign)
			continue;
		*sign = '\0';
		vars_set(vars, line, sign + 1);
	}
	return 0;
}

void grubenv_read(struct vars *vars, const char *folder)
{
	char path[PATH_MAX];
	const char *text;
	size_t size;

	snprintf(path, sizeof(path), "%s/grubenv", folder);
	text = text_file_read(vars->pool, path, &size);
	if (text)
		grubenv_parse(vars, text, size);
}

bool grubenv_has(const char *folder, const char *name)
{
	struct pool pool = { 0 };
	struct vars vars = { .pool = &pool };
	bool has;

	grubenv_read(&vars, folder);
	has = vars_value(&vars, name)[0];
	pool_free(&pool);
	return has;
}
