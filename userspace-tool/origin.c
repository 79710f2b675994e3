// SPDX-License-Identifier: GPL-2.0
#include "origin.h"

#include <ctype.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "array.h"
#include "calls.h"
#include "loaded.h"
#include "root.h"

#define FOLDER	"/run/fastkexec"
#define FILE_NAME	FOLDER "/loaded"
#define FOR_REBOOT	"for_reboot=1"

/*
 * The numbers and texts of the file: a line "NAME=VALUE" for each. Another one for each
 * file that was loaded: "file=ROLE SIZE MTIME PATH".
 */
static const struct {
	const char *name;
	size_t offset;
} numbers[] = {
	{ "load", offsetof(struct origin, load) },
	{ "loaded_at", offsetof(struct origin, loaded_at) },
};

static const struct {
	const char *name;
	size_t offset;
	size_t size;
} texts[] = {
	{ "release", offsetof(struct origin, release), ORIGIN_RELEASE },
	{ "cmdline", offsetof(struct origin, cmdline), CMDLINE_MAX },
};

static uint64_t mtime_of(const struct stat *st)
{
	return (uint64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
}

static bool look(struct origin_file *file, const char *path)
{
	struct stat st;

	if (stat(path, &st) || !realpath(path, file->path))
		return false;
	file->size = st.st_size;
	file->mtime_ns = mtime_of(&st);
	return true;
}

void origin_look(struct origin *origin, enum origin_role role, const char *path)
{
	struct origin_file *file = &origin->file[origin->nr_files];

	if (!path || origin->nr_files == ORIGIN_FILES || !look(file, path))
		return;
	file->role = role;
	origin->nr_files++;
}

const struct origin_file *origin_find(const struct origin *origin, enum origin_role role,
				      const struct origin_file *file)
{
	const struct origin_file *end = origin->file + origin->nr_files;

	for (file = file ? file + 1 : origin->file; file < end; file++)
		if (file->role == role)
			return file;
	return NULL;
}

static bool has_modules(const char *release)
{
	return release[0] && root_has("/lib/modules/%s", release);
}

/* A line of the file ends where a text has a newline. */
static void write_text(FILE *file, const char *text)
{
	for (; *text; text++)
		fputc(iscntrl((unsigned char)*text) ? ' ' : *text, file);
	fputc('\n', file);
}

static void write_lines(FILE *file, const struct origin *origin)
{
	const char *base = (const char *)origin;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		fprintf(file, "%s=%" PRIu64 "\n", numbers[i].name,
			*(const uint64_t *)(base + numbers[i].offset));
	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		fprintf(file, "%s=", texts[i].name);
		write_text(file, base + texts[i].offset);
	}
	for (i = 0; i < origin->nr_files; i++) {
		const struct origin_file *of = &origin->file[i];

		fprintf(file, "file=%" PRIu64 " %" PRIu64 " %" PRIu64 " ", of->role, of->size,
			of->mtime_ns);
		write_text(file, of->path);
	}
	fprintf(file, "modules=%d\n", origin->modules);
}

void origin_write(struct origin *origin)
{
	char path[PATH_MAX], new_path[PATH_MAX];
	FILE *file;

	origin->modules = has_modules(origin->release);
	loaded_ask(&origin->load);
	mkdir(root_path(path, sizeof(path), FOLDER), 0755);
	root_path(path, sizeof(path), FILE_NAME);
	file = fopen(root_path(new_path, sizeof(new_path), FILE_NAME ".new"), "we");
	if (!file)
		return;
	write_lines(file, origin);
	/* It holds no address, and everybody may read it. */
	fchmod(fileno(file), 0644);
	/* A reader finds the old file or the new one, whole. */
	if (fclose(file) || rename(new_path, path))
		unlink(new_path);
}

void origin_note_reboot(void)
{
	char path[PATH_MAX];
	FILE *file = fopen(root_path(path, sizeof(path), FILE_NAME), "ae");

	if (!file)
		return;
	fputs(FOR_REBOOT "\n", file);
	fclose(file);
}

static void read_file(struct origin *origin, const char *value)
{
	struct origin_file *file = &origin->file[origin->nr_files];
	int at = 0;

	if (origin->nr_files == ORIGIN_FILES ||
	    sscanf(value, "%" SCNu64 " %" SCNu64 " %" SCNu64 " %n", &file->role, &file->size,
		   &file->mtime_ns, &at) != 3 || !at)
		return;
	snprintf(file->path, sizeof(file->path), "%s", value + at);
	origin->nr_files++;
}

static void read_line(struct origin *origin, const char *line)
{
	const char *value = strchr(line, '=');
	char *base = (char *)origin;
	size_t length, i;

	if (!value)
		return;
	length = value++ - line;
	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		if (length == strlen(numbers[i].name) && !memcmp(line, numbers[i].name, length))
			*(uint64_t *)(base + numbers[i].offset) = strtoull(value, NULL, 10);
	for (i = 0; i < ARRAY_SIZE(texts); i++)
		if (length == strlen(texts[i].name) && !memcmp(line, texts[i].name, length))
			snprintf(base + texts[i].offset, texts[i].size, "%s", value);
	if (!strcmp(line, "modules=1"))
		origin->modules = true;
	if (!strcmp(line, FOR_REBOOT))
		origin->for_reboot = true;
	if (length == strlen("file") && !memcmp(line, "file", length))
		read_file(origin, value);
}

static bool read_lines(struct origin *origin)
{
	char path[PATH_MAX], line[PATH_MAX + 128];
	FILE *file = fopen(root_path(path, sizeof(path), FILE_NAME), "re");

	*origin = (struct origin){ 0 };
	if (!file)
		return false;
	while (fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\n")] = '\0';
		read_line(origin, line);
	}
	fclose(file);
	return true;
}

bool origin_read(struct origin *origin)
{
	uint64_t load;

	return read_lines(origin) && loaded_ask(&load) && load && origin->load == load;
}

void origin_forget(void)
{
	char path[PATH_MAX];

	unlink(root_path(path, sizeof(path), FILE_NAME));
}

int origin_unload(int fd)
{
	const int ret = calls_unload(fd);

	if (!ret)
		origin_forget();
	return ret;
}

static void look_again(const struct origin_file *file,
		       void (*tell)(void *ctx, const char *reason), void *ctx)
{
	char reason[PATH_MAX + 64];
	struct origin_file now;

	if (!look(&now, file->path))
		snprintf(reason, sizeof(reason), "%s is gone", file->path);
	else if (now.size != file->size || now.mtime_ns != file->mtime_ns)
		snprintf(reason, sizeof(reason), "%s has changed", file->path);
	else
		return;
	tell(ctx, reason);
}

void origin_stale(const struct origin *origin, void (*tell)(void *ctx, const char *reason),
		  void *ctx)
{
	char reason[ORIGIN_RELEASE + 64];
	unsigned int i;

	for (i = 0; i < origin->nr_files; i++)
		look_again(&origin->file[i], tell, ctx);
	if (!origin->modules || has_modules(origin->release))
		return;
	snprintf(reason, sizeof(reason), "/lib/modules/%s is gone", origin->release);
	tell(ctx, reason);
}
