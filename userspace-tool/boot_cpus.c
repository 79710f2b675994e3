// SPDX-License-Identifier: GPL-2.0
#include "boot_cpus.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "cmdline.h"
#include "cpu_list.h"
#include "out.h"
#include "root.h"

#define MOST	4096

/* It asks systemd to start what brings the CPUs. */
#define WANTED	"/etc/systemd/system/multi-user.target.wants/fastkexec-cpus.service"

int boot_cpus_parse(const char *text, unsigned int *nr)
{
	unsigned long value;
	char *end;

	if (!strcmp(text, "auto")) {
		*nr = BOOT_CPUS_AUTO;
		return 0;
	}
	errno = 0;
	value = strtoul(text, &end, 10);
	if (errno || *end || !isdigit((unsigned char)text[0]) || value < 1 || value > MOST)
		return -1;
	*nr = value;
	return 0;
}

/* A word of @line that says how many CPUs start, or NULL. */
static const char *own_limit(const char *line)
{
	static const char *const names[] = { "maxcpus", "nr_cpus", "nosmp" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (cmdline_has(line, names[i]))
			return names[i];
	return NULL;
}

int boot_cpus_limit(char **line, unsigned int nr)
{
	char words[64];

	if (cpu_list_count(CPU_LIST_PRESENT) <= nr)
		return 0;
	if (!*line)
		return out_fail("--boot-cpus adds to a command line; give one by --command-line, --append or --reuse-cmdline");
	if (own_limit(*line)) {
		out_note("the command line says %s, and --boot-cpus adds nothing to that",
			 own_limit(*line));
		return 0;
	}
	snprintf(words, sizeof(words), "maxcpus=%u " BOOT_CPUS_LATER, nr);
	if (cmdline_add(line, words))
		return -1;
	if (!root_has(WANTED))
		out_note("the next kernel starts with %u CPUs; 'fastkexec cpus' brings the others online, and fastkexec-cpus.service does so once the system is up: 'systemctl enable fastkexec-cpus'",
			 nr);
	return 0;
}

void boot_cpus_forget(char *line)
{
	size_t length = strlen(line);

	cmdline_drop(line, BOOT_CPUS_LATER);
	if (strlen(line) != length)
		cmdline_without(line, "maxcpus");
}
