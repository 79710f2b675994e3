// SPDX-License-Identifier: GPL-2.0
#include "report/history.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "out.h"
#include "report/clocks.h"
#include "root.h"

#define FOLDER		"/var/lib/fastkexec"
#define FILE_NAME	FOLDER "/history"
#define REQUEST		FOLDER "/requested"
/* The one that led to this boot, when there is a new one. */
#define EARLIER		FOLDER "/requested.earlier"
#define BOOT_ID		"/proc/sys/kernel/random/boot_id"

/* Fields of a line, with a tab between each two. */
#define FIELDS		7

void history_boot(char boot[40])
{
	root_read(boot, 40, BOOT_ID);
}

/* A field may be empty, which strtok() does not know. */
static bool split(char *line, char *field[FIELDS])
{
	unsigned int i;

	line[strcspn(line, "\n")] = '\0';
	for (i = 0; i < FIELDS && line; i++)
		field[i] = strsep(&line, "\t");
	return i == FIELDS && !line;
}

static bool take_line(struct entry *entry, char *line)
{
	char *field[FIELDS];

	if (!split(line, field))
		return false;
	*entry = (struct entry){
		.up_at = strtoull(field[1], NULL, 10),
		.fast = !strcmp(field[2], "fast"),
		.ns = strtoull(field[3], NULL, 10),
	};
	snprintf(entry->boot, sizeof(entry->boot), "%s", field[0]);
	snprintf(entry->from, sizeof(entry->from), "%s", field[4]);
	snprintf(entry->to, sizeof(entry->to), "%s", field[5]);
	snprintf(entry->reason, sizeof(entry->reason), "%s", field[6]);
	return true;
}

static void append(struct history *history, const struct entry *entry)
{
	if (history->nr == HISTORY_MAX)
		memmove(&history->entry[0], &history->entry[1],
			--history->nr * sizeof(history->entry[0]));
	history->entry[history->nr++] = *entry;
}

void history_read(struct history *history)
{
	char path[PATH_MAX], line[1024];
	struct entry entry;
	FILE *file = fopen(root_path(path, sizeof(path), FILE_NAME), "re");

	history->nr = 0;
	if (!file)
		return;
	while (fgets(line, sizeof(line), file))
		if (take_line(&entry, line))
			append(history, &entry);
	fclose(file);
}

static void write_entry(FILE *file, const struct entry *entry)
{
	fprintf(file, "%s\t%" PRIu64 "\t%s\t%" PRIu64 "\t%s\t%s\t%s\n", entry->boot, entry->up_at,
		entry->fast ? "fast" : "firmware", entry->ns, entry->from, entry->to,
		entry->reason);
}

static void make_folder(void)
{
	char path[PATH_MAX];

	mkdir(root_path(path, sizeof(path), FOLDER), 0755);
}

/* A reader finds the old file or the new one, whole. */
static int write_all(const struct history *history)
{
	char path[PATH_MAX], new_path[PATH_MAX];
	unsigned int i;
	FILE *file;

	make_folder();
	root_path(path, sizeof(path), FILE_NAME);
	file = fopen(root_path(new_path, sizeof(new_path), FILE_NAME ".new"), "we");
	if (!file)
		return -1;
	for (i = 0; i < history->nr; i++)
		write_entry(file, &history->entry[i]);
	if (!fclose(file) && !rename(new_path, path))
		return 0;
	unlink(new_path);
	return -1;
}

/* A request that was made in this boot leads to the next one: it does not count. */
static uint64_t read_request(const char *file)
{
	char line[128], boot[40], *end;
	uint64_t ns;

	if (!root_read(line, sizeof(line), "%s", file))
		return 0;
	ns = strtoull(line, &end, 10);
	history_boot(boot);
	return *end == ' ' && strcmp(end + 1, boot) ? ns : 0;
}

static void forget_request(void)
{
	char path[PATH_MAX];

	unlink(root_path(path, sizeof(path), EARLIER));
	if (read_request(REQUEST))
		unlink(root_path(path, sizeof(path), REQUEST));
}

/* Until it is saved what came of the request that led to this boot. */
static void keep_request(void)
{
	char path[PATH_MAX], earlier[PATH_MAX];

	if (read_request(REQUEST))
		rename(root_path(path, sizeof(path), REQUEST),
		       root_path(earlier, sizeof(earlier), EARLIER));
}

int history_save(const struct entry *entry)
{
	static struct history history;
	unsigned int i;

	history_read(&history);
	for (i = 0; i < history.nr && strcmp(history.entry[i].boot, entry->boot); i++)
		;
	if (i < history.nr)
		history.entry[i] = *entry;
	else
		append(&history, entry);
	if (write_all(&history))
		return out_fail("cannot write " FILE_NAME ": %s", strerror(errno));
	forget_request();
	return 0;
}

const struct entry *history_firmware(const struct history *history, const char *boot)
{
	unsigned int i;

	for (i = history->nr; i-- > 0;) {
		const struct entry *entry = &history->entry[i];

		if (!entry->fast && entry->ns && strcmp(entry->boot, boot))
			return entry;
	}
	return NULL;
}

void history_request(void)
{
	const struct clocks now = clocks_now();
	char path[PATH_MAX], boot[40];
	FILE *file;

	make_folder();
	keep_request();
	file = fopen(root_path(path, sizeof(path), REQUEST), "we");
	if (!file)
		return;
	history_boot(boot);
	fprintf(file, "%" PRIu64 " %s\n", now.real_ns, boot);
	fclose(file);
}

uint64_t history_requested(void)
{
	const uint64_t ns = read_request(REQUEST);

	return ns ? ns : read_request(EARLIER);
}
