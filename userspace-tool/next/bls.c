// SPDX-License-Identifier: GPL-2.0
#include "next/bls.h"

#include <ctype.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "next/text_file.h"
#include "root.h"

/* Keys whose value is kept as it is. */
static const struct {
	const char *key;
	size_t offset;
} texts[] = {
	{ "title", offsetof(struct bls, title) },
	{ "version", offsetof(struct bls, version) },
	{ "machine-id", offsetof(struct bls, machine_id) },
	{ "sort-key", offsetof(struct bls, sort_key) },
	{ "linux", offsetof(struct bls, kernel) },
};

static void add_initrd(struct bls *bls, struct pool *pool, const char *value)
{
	size_t length;

	/* The files of one line are parted by white space. */
	while (*value) {
		length = strcspn(value, " \t");
		if (bls->nr_initrds == MENU_INITRDS) {
			bls->unfit = "it has too many initrds";
			return;
		}
		bls->initrds[bls->nr_initrds++] = pool_text(pool, value, length);
		value += length;
		value += strspn(value, " \t");
	}
}

static void take_pair(struct bls *bls, struct pool *pool, const char *key, const char *value)
{
	static const char *const foreign[] = { "efi", "uki", "uki-url" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(texts); i++)
		if (!strcmp(key, texts[i].key))
			*(const char **)((char *)bls + texts[i].offset) = value;
	for (i = 0; i < ARRAY_SIZE(foreign); i++)
		if (!strcmp(key, foreign[i]))
			bls->unfit = "it starts a program of the firmware";
	if (!strcmp(key, "options"))
		bls->options = bls->options[0] ?
			       pool_print(pool, "%s %s", bls->options, value) : value;
	else if (!strcmp(key, "initrd"))
		add_initrd(bls, pool, value);
}

/* "KEY VALUE" without what is around it. */
static void take_line(struct bls *bls, struct pool *pool, const char *line, size_t length)
{
	const char *key = pool_text(pool, line, length);
	char *at, *end, *value;

	if (pool->failed)
		return;
	at = (char *)key + strspn(key, " \t");
	for (end = at + strlen(at); end > at && isspace((unsigned char)end[-1]); end--)
		end[-1] = '\0';
	if (!*at || *at == '#')
		return;
	value = at + strcspn(at, " \t");
	if (*value)
		*value++ = '\0';
	take_pair(bls, pool, at, value + strspn(value, " \t"));
}

/* "NAME+LEFT-DONE.conf" counts its boots. */
static void take_name(struct bls *bls, struct pool *pool, const char *name)
{
	const char *mark = strrchr(name, '+'), *tail = strrchr(name, '.');

	bls->tries_left = -1;
	bls->id = pool_text(pool, name, strlen(name));
	if (!mark || !tail || tail < mark || !isdigit((unsigned char)mark[1]))
		return;
	bls->tries_left = atoi(mark + 1);
	bls->id = pool_print(pool, "%.*s%s", (int)(mark - name), name, tail);
}

void bls_parse(struct bls *bls, struct pool *pool, const char *name, const char *text,
	       size_t size)
{
	const char *stop = text + size, *end;

	*bls = (struct bls){
		.title = "", .version = "", .machine_id = "", .sort_key = "", .kernel = "",
		.options = "",
	};
	take_name(bls, pool, name);
	if (memchr(text, 0, size))
		bls->unfit = "its file holds a zero";
	while (text < stop && !pool->failed) {
		end = memchr(text, '\n', stop - text);
		end = end ? end : stop;
		take_line(bls, pool, text, end - text);
		text = end + 1;
	}
}

static int by_name(const void *one, const void *other)
{
	const struct bls *a = one, *b = other;

	return strverscmp(b->id, a->id);
}

static int by_key(const void *one, const void *other)
{
	const struct bls *a = one, *b = other;
	int order = !a->tries_left - !b->tries_left;

	if (!order)
		order = !a->sort_key[0] - !b->sort_key[0];
	if (!order && a->sort_key[0]) {
		order = strcmp(a->sort_key, b->sort_key);
		order = order ? order : strcmp(a->machine_id, b->machine_id);
		order = order ? order : strverscmp(b->version, a->version);
	}
	return order ? order : by_name(one, other);
}

void bls_sort(struct bls entries[], size_t nr, enum bls_order order)
{
	qsort(entries, nr, sizeof(entries[0]), order == BLS_ORDER_GRUB ? by_name : by_key);
}

/**
 * struct reading - a folder that is read
 * @entries: takes the entries
 * @room: how many fit
 * @nr: how many there are
 * @pool: holds their texts
 * @folder: which folder
 */
struct reading {
	struct bls *entries;
	size_t room;
	size_t nr;
	struct pool *pool;
	const char *folder;
};

static void visit(void *ctx, const char *name)
{
	struct reading *reading = ctx;
	size_t length = strlen(name), size;
	const char *text;
	char path[PATH_MAX];

	if (length < 6 || strcmp(name + length - 5, ".conf"))
		return;
	snprintf(path, sizeof(path), "%s/%s", reading->folder, name);
	text = text_file_read(reading->pool, path, &size);
	if (!text)
		return;
	if (reading->nr == reading->room) {
		reading->nr = reading->room + 1;
		return;
	}
	if (reading->nr < reading->room)
		bls_parse(&reading->entries[reading->nr++], reading->pool, name, text, size);
}

size_t bls_read(struct bls entries[], size_t room, struct pool *pool, const char *folder,
		enum bls_order order)
{
	struct reading reading = {
		.entries = entries,
		.room = room,
		.pool = pool,
		.folder = folder,
	};

	root_each(folder, visit, &reading);
	if (reading.nr <= room)
		bls_sort(entries, reading.nr, order);
	return reading.nr;
}
