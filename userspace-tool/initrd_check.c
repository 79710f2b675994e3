// SPDX-License-Identifier: GPL-2.0
#include "initrd_check.h"

#include <stdbool.h>
#include <string.h>

#include "array.h"
#include "formats/bytes.h"
#include "formats/codec.h"
#include "formats/cpio.h"
#include "out.h"

/* Boot configuration at the end: its text, its size, a sum, and this. */
#define BOOTCONFIG	"#BOOTCONFIG\n"
#define BOOTCONFIG_SIZE	(sizeof(BOOTCONFIG) - 1)

/**
 * struct walk - a walk through an initrd
 * @path: its name
 * @data: its contents
 * @size: bytes of them, boot configuration left out
 * @at: where the walk is
 * @memory: bytes that it may unpack to
 * @unpacked: bytes that it has unpacked to
 * @cpio: the archive that is being read
 */
struct walk {
	const char *path;
	const uint8_t *data;
	size_t size;
	size_t at;
	uint64_t memory;
	uint64_t unpacked;
	struct cpio cpio;
};

/* What people give by mistake, and what a kernel takes that is no archive. */
static const struct {
	const char *magic;
	size_t size;
	size_t offset;
	const char *what;
} strangers[] = {
	{ "\x27\x05\x19\x56", 4, 0,
	  "begins with U-Boot's header: take its first 64 bytes off (tail -c +65)" },
	{ "ARM\x64", 4, 56, "is a kernel" },
	{ "MZ", 2, 0, "is an EFI program" },
	{ "\x7f" "ELF", 4, 0, "is an ELF file" },
	{ "\xd0\x0d\xfe\xed", 4, 0, "is a device tree, or an image made of one" },
	{ "PK\x03\x04", 4, 0, "is a zip archive" },
	{ "ustar", 5, 257, "is a tar archive" },
	{ "!<arch>\n", 8, 0, "is a package or a library" },
}, file_systems[] = {
	{ "hsqs", 4, 0, "squashfs" },
	{ "\x53\xef", 2, 1080, "ext" },
	{ "\x45\x3d\xcd\x28", 4, 0, "cramfs" },
	{ "-rom1fs-", 8, 0, "romfs" },
};

static bool is_there(const struct walk *walk, const char *magic, size_t size, size_t offset)
{
	return walk->size >= offset + size && !memcmp(walk->data + offset, magic, size);
}

static const char *stranger(const struct walk *walk)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(strangers); i++)
		if (is_there(walk, strangers[i].magic, strangers[i].size, strangers[i].offset))
			return strangers[i].what;
	return NULL;
}

static bool is_file_system(const struct walk *walk)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(file_systems); i++) {
		if (!is_there(walk, file_systems[i].magic, file_systems[i].size,
			      file_systems[i].offset))
			continue;
		out_note("%s is an image of a file system (%s): the next kernel has to know it",
			 walk->path, file_systems[i].what);
		return true;
	}
	return false;
}

static void leave_out_bootconfig(struct walk *walk)
{
	size_t end = walk->size, text;

	/* A boot loader may have padded it to a multiple of four bytes. */
	while (end && walk->size - end < 3 && !walk->data[end - 1])
		end--;
	if (end < BOOTCONFIG_SIZE + 8 ||
	    memcmp(walk->data + end - BOOTCONFIG_SIZE, BOOTCONFIG, BOOTCONFIG_SIZE))
		return;
	end -= BOOTCONFIG_SIZE + 8;
	text = le32(walk->data + end);
	if (text <= end)
		walk->size = end - text;
}

/* The sink of a codec: what it unpacks has to be whole archives. */
static uint8_t piece[256 << 10];

static uint8_t *room(void *ctx, size_t *size)
{
	(void)ctx;
	*size = sizeof(piece);
	return piece;
}

static bool take(void *ctx, size_t size)
{
	struct walk *walk = ctx;
	size_t done = 0;

	walk->unpacked += size;
	while (done < size && walk->cpio.state != CPIO_BROKEN)
		done += cpio_feed(&walk->cpio, piece + done, size - done);
	return walk->cpio.state != CPIO_BROKEN && walk->unpacked <= walk->memory;
}

static int stopped(const struct walk *walk, const struct codec *codec)
{
	if (walk->cpio.state == CPIO_BROKEN)
		return out_fail("%s: what is packed with %s at byte %zu is not a cpio archive",
				walk->path, codec->name, walk->at);
	return out_fail("%s unpacks to more than this machine's memory (%s)", walk->path,
			out_size(walk->memory).s);
}

static int walk_packed(struct walk *walk, const struct codec *codec)
{
	struct codec_sink sink = { .room = room, .take = take, .ctx = walk };
	unsigned int archives = walk->cpio.archives;
	enum codec_result result;
	size_t used;

	result = codec->unpack(walk->data + walk->at, walk->size - walk->at, &used, &sink);
	if (result == CODEC_STOPPED)
		return stopped(walk, codec);
	if (result != CODEC_DONE)
		return out_fail("%s (%s) %s", walk->path, codec->name, codec_result_text(result));
	if (walk->cpio.state != CPIO_BETWEEN || walk->cpio.archives == archives)
		return out_fail("%s: the archive that is packed with %s ends too early",
				walk->path, codec->name);
	walk->at += used;
	return 0;
}

static int walk_plain(struct walk *walk)
{
	unsigned int archives = walk->cpio.archives;
	size_t done = cpio_feed(&walk->cpio, walk->data + walk->at, walk->size - walk->at);

	walk->at += done;
	walk->unpacked += done;
	if (walk->cpio.archives > archives)
		return 0;
	if (walk->cpio.state == CPIO_BROKEN)
		return out_fail("%s (cpio) is damaged near byte %zu", walk->path, walk->at);
	return out_fail("%s (cpio) is cut short", walk->path);
}

/* One archive, plain or packed. */
static int walk_archive(struct walk *walk)
{
	const uint8_t *here = walk->data + walk->at;
	size_t left = walk->size - walk->at;
	const struct codec *codec = codec_find(here, left);

	if (!(walk->at & 3) && cpio_starts(here, left))
		return walk_plain(walk);
	if (codec && !codec->for_initrds)
		return out_fail("%s is packed with %s, which kernels do not unpack: lz4 -l makes what they do",
				walk->path, codec->name);
	if (codec)
		return walk_packed(walk, codec);
	if (!walk->cpio.archives)
		return out_fail("%s is not an initrd: it is neither a cpio archive nor packed in a way that kernels know",
				walk->path);
	return out_fail("%s has something behind its archives, from byte %zu on, that is none",
			walk->path, walk->at);
}

int initrd_check(const struct blob *initrd, const char *path, uint64_t memory)
{
	struct walk walk = {
		.path = path,
		.data = initrd->data,
		.size = initrd->size,
		.memory = memory,
	};
	const char *what = stranger(&walk);
	int ret = 0;

	if (what)
		return out_fail("%s %s, and not an initrd", path, what);
	if (is_file_system(&walk))
		return 0;
	leave_out_bootconfig(&walk);
	while (!ret) {
		while (walk.at < walk.size && !walk.data[walk.at])
			walk.at++;
		if (walk.at == walk.size)
			break;
		ret = walk_archive(&walk);
		out_progress(path, walk.at, walk.size);
	}
	out_progress(path, 1, 1);
	if (!ret && !walk.cpio.archives)
		return out_fail("%s holds nothing but zeroes, and no initrd", path);
	return ret;
}
