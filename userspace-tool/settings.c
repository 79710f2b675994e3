// SPDX-License-Identifier: GPL-2.0
#include "settings.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "root.h"

/* NAME=VALUE, as a shell would read a plain value or one in quotes. */
static void take_line(struct settings *settings, char *line)
{
	char *name = line + strspn(line, " \t"), *value = strchr(name, '='), *end;

	if (*name == '#' || !value)
		return;
	*value++ = '\0';
	for (end = value + strlen(value); end > value && isspace((unsigned char)end[-1]); end--)
		end[-1] = '\0';
	if ((*value == '"' || *value == '\'') && end - value >= 2 && end[-1] == *value) {
		end[-1] = '\0';
		value++;
	}
	if (!strcmp(name, "POLICY"))
		snprintf(settings->policy, sizeof(settings->policy), "%s", value);
	else if (!strcmp(name, "COMMAND"))
		snprintf(settings->command, sizeof(settings->command), "%s", value);
	else if (!strcmp(name, "PROFILE"))
		snprintf(settings->profile, sizeof(settings->profile), "%s", value);
	else if (!strcmp(name, "BOOT_CPUS"))
		snprintf(settings->boot_cpus, sizeof(settings->boot_cpus), "%s", value);
	else if (!strcmp(name, "BOOT_MEMORY"))
		snprintf(settings->boot_memory, sizeof(settings->boot_memory), "%s", value);
	else if (!strcmp(name, "MEASURED"))
		settings->measured = !strcmp(value, "yes");
}

void settings_read(struct settings *settings)
{
	char path[PATH_MAX], line[PATH_MAX + 64];
	FILE *file;
	int fd;

	*settings = (struct settings){ .policy = "default" };
	/* O_NONBLOCK: a FIFO is not waited for. */
	fd = open(root_path(path, sizeof(path), SETTINGS_FILE), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return;
	file = fdopen(fd, "r");
	if (!file) {
		close(fd);
		return;
	}
	while (fgets(line, sizeof(line), file))
		take_line(settings, line);
	fclose(file);
}
