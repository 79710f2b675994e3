// SPDX-License-Identifier: GPL-2.0
/*
 * EFI's memory map, beside what the kernel was told of it and has made of it.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libfdt.h>

#include "calls.h"
#include "check.h"
#include "proc_iomem.h"
#include "test.h"

/* The tree that the kernel was started with. Whoever has ACPI has no other one. */
#define TREE		"/sys/firmware/fdt"

/* UEFI 2.10, 7.2: pages, types and attributes. */
#define EFI_PAGE	4096
#define EFI_TYPES	16
#define EFI_OWN_TYPES	0x70000000U
#define EFI_CACHEABLE	0xeU	/* WC, WT, WB: what Linux takes for memory */

/**
 * struct descriptor - EFI_MEMORY_DESCRIPTOR of UEFI 2.10, 7.2.3
 * @type: EFI_MEMORY_TYPE
 * @start: first byte
 * @virtual: of runtime services
 * @pages: of EFI_PAGE bytes
 * @attributes: EFI_MEMORY_*
 */
struct descriptor {
	uint32_t type;
	uint64_t start;
	uint64_t virtual;
	uint64_t pages;
	uint64_t attributes;
};

/**
 * struct map - a whole map
 * @bytes: of it
 * @size: how many
 * @step: from one descriptor to the next
 * @version: of the descriptors
 */
struct map {
	uint8_t *bytes;
	uint32_t size;
	uint32_t step;
	uint32_t version;
};

static struct fastkexec_efi_map ask(int fd, const char *what, void *to, uint32_t room)
{
	struct fastkexec_efi_map query = {
		.size = sizeof(query),
		.len = room,
		.map = (uintptr_t)to,
		.desc_size = ~0U,
		.desc_version = ~0U,
	};

	accepted(fd, what, FASTKEXEC_EFI_MAP, &query);
	check(query.size == sizeof(query) && query.map == (uintptr_t)to,
	      "EFI_MAP, %s: it changes what it was asked", what);
	return query;
}

static struct map read_map(int fd)
{
	const struct fastkexec_efi_map query = ask(fd, "size", NULL, 0);
	struct map map = {
		.bytes = malloc(query.len + 1),
		.size = query.len,
		.step = query.desc_size,
		.version = query.desc_version,
	};

	if (!map.bytes)
		fatal("malloc");
	ask(fd, "all of it", map.bytes, map.size);
	return map;
}

static unsigned int nr_descriptors(const struct map *map)
{
	return map->size / map->step;
}

static struct descriptor descriptor_at(const struct map *map, unsigned int i)
{
	struct descriptor descriptor;

	memcpy(&descriptor, map->bytes + (size_t)i * map->step, sizeof(descriptor));
	return descriptor;
}

static uint64_t end_of(const struct descriptor *descriptor)
{
	return descriptor->start + descriptor->pages * EFI_PAGE;
}

/* ---- what the kernel was told ---- */

static void *read_tree(void)
{
	int fd = open(TREE, O_RDONLY | O_CLOEXEC);
	struct stat stat;
	ssize_t at, got;
	char *tree;

	if (fd < 0 || fstat(fd, &stat))
		fatal(TREE);
	tree = malloc(stat.st_size);
	if (!tree)
		fatal("malloc");
	for (at = 0; at < stat.st_size; at += got) {
		got = read(fd, tree + at, stat.st_size - at);
		if (got <= 0)
			fatal(TREE);
	}
	close(fd);
	return tree;
}

static uint32_t told(const void *tree, const char *name)
{
	const int chosen = fdt_path_offset(tree, "/chosen");
	const fdt32_t *value;
	int length;

	value = fdt_getprop(tree, chosen, name, &length);
	errno = ENODATA;
	if (!value || length != sizeof(*value))
		fatal("/chosen/%s", name);
	return fdt32_to_cpu(*value);
}

static void compare_with_tree(const struct map *map)
{
	void *tree = read_tree();

	check(map->step == told(tree, "linux,uefi-mmap-desc-size") &&
	      map->size == told(tree, "linux,uefi-mmap-size") / map->step * map->step &&
	      map->version == told(tree, "linux,uefi-mmap-desc-ver"),
	      "EFI_MAP: %u bytes, %u a descriptor, version %u: the kernel was told otherwise",
	      map->size, map->step, map->version);
	free(tree);
}

/* ---- where it goes ---- */

static void compare_rooms(int fd, const struct map *map)
{
	const uint32_t rooms[] = {
		0, 1, map->step - 1, map->step, map->step + 1, map->size - 1, map->size,
		map->size + 1, 2 * map->size,
	};
	uint8_t *expected = malloc(2 * map->size), *got = malloc(2 * map->size);
	struct fastkexec_efi_map query;
	char what[64];
	size_t i;

	if (!expected || !got)
		fatal("malloc");
	for (i = 0; i < sizeof(rooms) / sizeof(rooms[0]); i++) {
		memset(got, 0xee, 2 * map->size);
		memset(expected, 0xee, 2 * map->size);
		memcpy(expected, map->bytes, rooms[i] < map->size ? rooms[i] : map->size);
		snprintf(what, sizeof(what), "room for %u of %u bytes", rooms[i], map->size);
		query = ask(fd, what, got, rooms[i]);
		check(query.len == map->size && query.desc_size == map->step &&
		      query.desc_version == map->version, "EFI_MAP, %s: %u bytes, %u, version %u",
		      what, query.len, query.desc_size, query.desc_version);
		check(!memcmp(got, expected, 2 * map->size), "EFI_MAP, %s: other bytes", what);
	}
	free(expected);
	free(got);
}

/* Nothing is written where there is no room, however much of it the caller says there is. */
static void compare_edges(int fd, const struct map *map)
{
	char *edge = world_edge(map->size);

	ask(fd, "room for more than there is", edge, ~0U);
	check(!memcmp(edge, map->bytes, map->size), "EFI_MAP, up to the edge: other bytes");
	edge = world_edge(1);
	*edge = ~map->bytes[0];
	ask(fd, "room for one byte", edge, 1);
	check(*edge == (char)map->bytes[0], "EFI_MAP, one byte: another one");
	check(ask(fd, "no map asked for", NULL, ~0U).len == map->size,
	      "EFI_MAP does not count without room");
}

static void refuse_room(int fd, const char *what, uint64_t to, uint32_t room)
{
	struct fastkexec_efi_map query = {
		.size = sizeof(query),
		.len = room,
		.map = to,
		.desc_size = ~0U,
		.desc_version = ~0U,
	};

	refused(fd, what, FASTKEXEC_EFI_MAP, &query, EFAULT, "the map cannot be written");
	check(query.len == room && query.desc_size == ~0U && query.desc_version == ~0U,
	      "EFI_MAP, %s: it fails, and answers", what);
}

static void refuse_rooms(int fd, const struct map *map)
{
	enum bad_pointer bad;
	char what[64];

	for (bad = 0; bad < BAD_POINTERS; bad++) {
		if (bad == BAD_NULL)	/* asks for no map */
			continue;
		snprintf(what, sizeof(what), "map: %s", world_bad_name(bad));
		/* The top has room for 8 bytes below 2^64. */
		refuse_room(fd, what, world_bad(bad), 1);
		refuse_room(fd, what, world_bad(bad), map->size);
		refuse_room(fd, what, world_bad(bad), ~0U);
		ask(fd, what, (void *)(uintptr_t)world_bad(bad), 0);
	}
	refuse_room(fd, "map read-only", (uintptr_t)world_read_only("", 1), 1);
	refuse_room(fd, "map cut by one byte", (uintptr_t)world_edge(map->size - 1), map->size);
	refuse_room(fd, "map cut to one byte", (uintptr_t)world_edge(1), ~0U);
}

/* ---- what it says ---- */

static bool is_memory(const struct descriptor *descriptor)
{
	return descriptor->attributes & EFI_CACHEABLE;
}

static bool overlaps_another(const struct map *map, unsigned int at)
{
	const struct descriptor one = descriptor_at(map, at);
	struct descriptor other;
	unsigned int i;

	for (i = at + 1; i < nr_descriptors(map); i++) {
		other = descriptor_at(map, i);
		if (other.start < end_of(&one) && one.start < end_of(&other))
			return true;
	}
	return false;
}

static void check_descriptors(const struct map *map)
{
	struct descriptor descriptor;
	unsigned int i;

	for (i = 0; i < nr_descriptors(map); i++) {
		descriptor = descriptor_at(map, i);
		check((descriptor.type < EFI_TYPES || descriptor.type >= EFI_OWN_TYPES) &&
		      (descriptor.type & ~FASTKEXEC_EFI_LATER_NODE) != FASTKEXEC_EFI_LATER &&
		      descriptor.start % EFI_PAGE == 0 && descriptor.pages &&
		      descriptor.pages <= world.pa_end / EFI_PAGE &&
		      end_of(&descriptor) <= world.pa_end && !overlaps_another(map, i),
		      "descriptor %u: type 0x%x, 0x%" PRIx64 ", %" PRIu64 " pages", i,
		      descriptor.type, descriptor.start, descriptor.pages);
	}
}

/* How far it is memory from @at on, without a gap. */
static uint64_t memory_until(const struct map *map, uint64_t at)
{
	struct descriptor descriptor;
	unsigned int i = 0;

	while (i < nr_descriptors(map)) {
		descriptor = descriptor_at(map, i++);
		if (is_memory(&descriptor) && descriptor.start <= at && at < end_of(&descriptor)) {
			at = end_of(&descriptor);
			i = 0;
		}
	}
	return at;
}

/* The kernel has its memory from this map. */
static void check_ram(const struct map *map)
{
	uint64_t until;
	unsigned int i;

	for (i = 0; i < world.nr_ram; i++) {
		until = memory_until(map, world.ram[i].start);
		check(until >= world.ram[i].end, "0x%" PRIx64 "-0x%" PRIx64
		      " is System RAM, and EFI's map has memory there up to 0x%" PRIx64,
		      world.ram[i].start, world.ram[i].end, until);
	}
}

TEST("efi-map", "efi")
{
	struct map map;
	int fd = call_open();

	check(world.efi, "EFI has not started this kernel");
	map = read_map(fd);
	if (check(map.step >= sizeof(struct descriptor) && map.size >= 2 * map.step &&
		  map.size % map.step == 0,
		  "EFI_MAP: %u bytes, %u a descriptor", map.size, map.step)) {
		compare_with_tree(&map);
		check_descriptors(&map);
		check_ram(&map);
		compare_rooms(fd, &map);
		compare_edges(fd, &map);
		refuse_rooms(fd, &map);
		report("efi-map: %u descriptors", nr_descriptors(&map));
	}
	free(map.bytes);
	close(fd);
}
