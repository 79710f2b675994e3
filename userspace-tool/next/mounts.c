// SPDX-License-Identifier: GPL-2.0
#include "next/mounts.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "root.h"

#define MOUNTS	"/proc/self/mountinfo"

/**
 * struct mount - one line of the file
 * @root: the folder of the file system that is mounted
 * @point: where
 * @type: of the file system
 * @source: the device
 */
struct mount {
	char root[PATH_MAX];
	char point[PATH_MAX];
	char type[64];
	char source[PATH_MAX];
};

/* "\040" and the like, in place. */
static void unescape(char *text)
{
	char *to = text;

	for (; *text; text++) {
		if (text[0] == '\\' && text[1] >= '0' && text[1] <= '3' && text[2] && text[3]) {
			*to++ = (text[1] - '0') << 6 | (text[2] - '0') << 3 | (text[3] - '0');
			text += 3;
		} else {
			*to++ = *text;
		}
	}
	*to = '\0';
}

static bool parse(char *line, struct mount *mount)
{
	const char *tail = strstr(line, " - ");

	if (!tail || sscanf(line, "%*s %*s %*s %4095s %4095s", mount->root, mount->point) != 2 ||
	    sscanf(tail, " - %63s %4095s", mount->type, mount->source) != 2)
		return false;
	unescape(mount->root);
	unescape(mount->point);
	unescape(mount->source);
	return true;
}

/* Whether @path is @folder or below it. */
static bool is_below(const char *path, const char *folder)
{
	size_t length = strlen(folder);

	if (length && folder[length - 1] == '/')
		length--;
	return !strncmp(path, folder, length) && (!path[length] || path[length] == '/');
}

/* Call @visit for every mount, in their order: a later one hides an earlier one. */
static bool each(void (*visit)(void *ctx, const struct mount *mount), void *ctx)
{
	char path[PATH_MAX], *line = NULL;
	FILE *file = fopen(root_path(path, sizeof(path), MOUNTS), "re");
	struct mount *mount = malloc(sizeof(*mount));
	size_t size = 0;
	bool done = file && mount;

	while (done && getline(&line, &size, file) > 0)
		if (parse(line, mount))
			visit(ctx, mount);
	free(line);
	free(mount);
	if (file)
		fclose(file);
	return done;
}

/**
 * struct top - the topmost mount over a path
 * @path: which one
 * @mount: the mount
 * @found: whether there is one
 */
struct top {
	const char *path;
	struct mount mount;
	bool found;
};

static void see_top(void *ctx, const struct mount *mount)
{
	struct top *top = ctx;

	if (!is_below(top->path, mount->point))
		return;
	/* Deeper, or at the same place and later. */
	if (top->found && strlen(mount->point) < strlen(top->mount.point))
		return;
	top->mount = *mount;
	top->found = true;
}

bool mounts_automount(const char *path)
{
	struct top top = { .path = path };

	return !each(see_top, &top) || (top.found && !strcmp(top.mount.type, "autofs"));
}

/* The name of a device without its folder, behind all links: "vda2", "dm-0". */
static void device_name(char *name, size_t size, const char *device)
{
	char path[PATH_MAX], target[PATH_MAX];
	ssize_t n = readlink(root_path(path, sizeof(path), "%s", device), target,
			     sizeof(target) - 1);
	const char *last;

	target[n > 0 ? n : 0] = '\0';
	last = strrchr(n > 0 ? target : device, '/');
	snprintf(name, size, "%.*s", (int)size - 1, last ? last + 1 : device);
}

/**
 * struct search - looking for a file of a file system
 * @device: name of the device; "" if any will do that @wanted says
 * @file: from the root of the file system
 * @found: where it is
 * @nr: how many such files there are
 * @point: mount point that is looked at alone; NULL: all
 */
struct search {
	char device[NAME_MAX + 1];
	const char *file;
	char found[PATH_MAX];
	unsigned int nr;
	const char *point;
};

/* Whether @path is in the file system at @point, and no other one hides it. */
static bool is_seen(const char *path, const char *point)
{
	struct top top = { .path = path };

	return each(see_top, &top) && top.found && !strcmp(top.mount.point, point) &&
	       strcmp(top.mount.type, "autofs");
}

/* Another name of the same file does not count. */
static void try(struct search *search, const char *point, const char *file)
{
	char path[PATH_MAX + PATH_MAX];

	snprintf(path, sizeof(path), "%s%s", strcmp(point, "/") ? point : "", file);
	if (strlen(path) >= PATH_MAX || !strcmp(path, search->found))
		return;
	if (!is_seen(path, point) || !root_has("%s", path))
		return;
	snprintf(search->found, sizeof(search->found), "%.*s", PATH_MAX - 1, path);
	search->nr++;
}

/* A folder of the file system may be all that is mounted: a subvolume. */
static void see_file(void *ctx, const struct mount *mount)
{
	struct search *search = ctx;
	char name[NAME_MAX + 1];

	device_name(name, sizeof(name), mount->source);
	if (search->point ? strcmp(mount->point, search->point) != 0 :
			    strcmp(name, search->device) != 0)
		return;
	if (!strcmp(mount->root, "/"))
		try(search, mount->point, search->file);
	else if (is_below(search->file, mount->root))
		try(search, mount->point, search->file + strlen(mount->root));
	else if (!strcmp(mount->point, "/"))
		try(search, mount->point, search->file);
}

static void search_device(struct search *search, const char *uuid)
{
	char link[PATH_MAX];

	snprintf(link, sizeof(link), "/dev/disk/by-uuid/%.200s", uuid);
	device_name(search->device, sizeof(search->device), link);
	each(see_file, search);
}

static void search_beside(struct search *search, const char *path)
{
	struct top top = { .path = path };

	if (!each(see_top, &top) || !top.found)
		return;
	search->point = top.mount.point;
	each(see_file, search);
	search->point = NULL;
}

bool mounts_locate(char *path, size_t size, const char *device, const char *file)
{
	struct search search = { .file = file };

	if (file[0] != '/' || strstr(file, "/../"))
		return false;
	if (!strncmp(device, "uuid:", 5)) {
		search_device(&search, device + 5);
	} else if (!strncmp(device, "at:", 3)) {
		search_beside(&search, device + 3);
	} else {
		try(&search, "/", file);
		try(&search, "/boot", file);
	}
	snprintf(path, size, "%s", search.found);
	return search.nr == 1;
}
