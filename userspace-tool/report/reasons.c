// SPDX-License-Identifier: GPL-2.0
#include "report/reasons.h"

#include <ctype.h>
#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "array.h"
#include "report/clocks.h"
#include "root.h"

#define SPEAKER		"] fastkexec: "

/* systemd-pstore makes folders, and folders in them. */
#define DEPTH		3

static const char *const folders[] = { "/sys/fs/pstore", "/var/lib/systemd/pstore" };

/* Of a log without levels, as a console keeps it: the sentences that end a fast reboot. */
static const char *const endings[] = {
	"restarting through the firmware",
	"will not be started",
	"the image is damaged",
	"does not turn off",
	"refuses to turn CPU",
};

struct search {
	struct reasons *reasons;
	uint64_t since_ns;
	unsigned int depth;
	const char *folder;
};

/* The module says at the highest level what ends a fast reboot, and nothing else. */
static bool is_reason(const char *line, const char *text)
{
	size_t i;

	if (line[0] == '<')
		return !strncmp(line, "<0>", 3);
	for (i = 0; i < ARRAY_SIZE(endings); i++)
		if (strstr(text, endings[i]))
			return true;
	return false;
}

static void add(struct reasons *reasons, const char *text)
{
	char *copy;
	unsigned int i;

	for (i = 0; i < reasons->nr; i++)
		if (!strcmp(reasons->text[i], text))
			return;
	if (reasons->nr == REASONS_MAX)
		return;
	copy = reasons->text[reasons->nr++];
	snprintf(copy, sizeof(reasons->text[0]), "%s", text);
	for (; *copy; copy++)
		if (iscntrl((unsigned char)*copy))
			*copy = ' ';
}

static void look_at_line(struct reasons *reasons, char *line)
{
	const char *text = strstr(line, SPEAKER);

	line[strcspn(line, "\r\n")] = '\0';
	if (!text)
		return;
	text += strlen(SPEAKER);
	if (is_reason(line, text))
		add(reasons, text);
}

static void look_at_file(const struct search *search, const char *path)
{
	char line[1024];
	FILE *file = fopen(path, "re");

	if (!file)
		return;
	while (fgets(line, sizeof(line), file))
		look_at_line(search->reasons, line);
	fclose(file);
}

static void look_into(const struct search *search);

static void look_at(void *ctx, const char *name)
{
	struct search search = *(const struct search *)ctx;
	char path[PATH_MAX], inner[PATH_MAX];
	struct stat st;

	snprintf(inner, sizeof(inner), "%s/%s", search.folder, name);
	root_path(path, sizeof(path), "%s", inner);
	if (lstat(path, &st))
		return;
	if (S_ISDIR(st.st_mode)) {
		search.folder = inner;
		search.depth++;
		look_into(&search);
	} else if (S_ISREG(st.st_mode) &&
		   (uint64_t)st.st_mtim.tv_sec * CLOCKS_SECOND >= search.since_ns) {
		look_at_file(&search, path);
	}
}

static void look_into(const struct search *search)
{
	if (search->depth < DEPTH)
		root_each(search->folder, look_at, (void *)search);
}

void reasons_read(struct reasons *reasons, uint64_t since_ns)
{
	size_t i;

	*reasons = (struct reasons){ 0 };
	for (i = 0; i < ARRAY_SIZE(folders); i++) {
		const struct search search = {
			.reasons = reasons,
			.since_ns = since_ns,
			.folder = folders[i],
		};

		look_into(&search);
	}
}
