// SPDX-License-Identifier: GPL-2.0
#include "initrd_check.h"

#include <stdbool.h>
#include <string.h>

#include "array.h"
#include "formats/bytes.h"
#include "formats/codec.h"
#include "formats/cpio.h"
#include "formats/unpack.h"
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
 * @facts: what it is, as far as the walk has come
 * @cpio: the archive that is being read
 * @keep: where what comes out is kept; NULL: it is thrown away
 * @most: bytes that are kept; if more come, all are thrown away
 * @here: where the last bytes came out
 * @failed: whether it was said why there is no more room
 */
struct walk {
	const char *path;
	const uint8_t *data;
	size_t size;
	size_t at;
	uint64_t memory;
	struct initrd_facts facts;
	struct cpio cpio;
	struct unpacked *keep;
	uint64_t most;
	uint8_t *here;
	bool failed;
};

/* What people give by mistake, and what a kernel takes that is no archive. */
static const struct {
	const char *magic;
	size_t size;
	size_t offset;
	const char *what;
} strangers[] = {
	{ "\x27\x05\x19\x56", 4, 0,
	  "begins with U-Boot's header, which --strip-uimage takes off" },
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

static bool is_file_system(struct walk *walk)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(file_systems); i++) {
		if (!is_there(walk, file_systems[i].magic, file_systems[i].size,
			      file_systems[i].offset))
			continue;
		walk->facts.file_system = file_systems[i].what;
		walk->facts.unpacked = walk->size;
		return true;
	}
	return false;
}

size_t initrd_bootconfig(const struct blob *initrd)
{
	const uint8_t *data = initrd->data;
	size_t end = initrd->size, text;

	/* A boot loader may have padded it to a multiple of four bytes. */
	while (end && initrd->size - end < 3 && !data[end - 1])
		end--;
	if (end < BOOTCONFIG_SIZE + 8 ||
	    memcmp(data + end - BOOTCONFIG_SIZE, BOOTCONFIG, BOOTCONFIG_SIZE))
		return 0;
	end -= BOOTCONFIG_SIZE + 8;
	text = le32(data + end);
	return text <= end ? initrd->size - (end - text) : 0;
}

/* The sink of a codec: what it unpacks has to be whole archives. */
static uint8_t *room(void *ctx, size_t *size)
{
	static uint8_t piece[256 << 10];
	struct walk *walk = ctx;

	walk->here = piece;
	*size = sizeof(piece);
	if (walk->keep)
		walk->here = unpacked_room(walk->keep, size);
	walk->failed = !walk->here;
	return walk->here;
}

static void keep_no_more(struct walk *walk)
{
	if (!walk->keep || walk->keep->filled <= walk->most)
		return;
	blob_free(&walk->keep->blob);
	walk->keep->filled = 0;
	walk->keep = NULL;
}

static bool take(void *ctx, size_t size)
{
	struct walk *walk = ctx;
	size_t done = 0;

	walk->facts.unpacked += size;
	if (walk->keep)
		walk->keep->filled += size;
	while (done < size && walk->cpio.state != CPIO_BROKEN)
		done += cpio_feed(&walk->cpio, walk->here + done, size - done);
	keep_no_more(walk);
	return walk->cpio.state != CPIO_BROKEN && walk->facts.unpacked <= walk->memory;
}

/* An archive begins at a multiple of four bytes. */
static int pad(struct walk *walk)
{
	uint8_t *to;
	size_t size;

	while (walk->keep && walk->keep->filled & 3) {
		to = unpacked_room(walk->keep, &size);
		if (!to)
			return -1;
		*to = 0;
		walk->keep->filled++;
	}
	return 0;
}

/* A plain archive is kept, too. */
static int keep(struct walk *walk, const uint8_t *data, size_t size)
{
	uint8_t *to;
	size_t n;

	while (walk->keep && size) {
		to = unpacked_room(walk->keep, &n);
		if (!to)
			return -1;
		n = n < size ? n : size;
		memcpy(to, data, n);
		walk->keep->filled += n;
		data += n;
		size -= n;
		keep_no_more(walk);
	}
	return 0;
}

static int stopped(const struct walk *walk, const struct codec *codec)
{
	if (walk->failed)
		return -1;
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
	walk->facts.packing = codec->name;
	return 0;
}

static int walk_plain(struct walk *walk)
{
	unsigned int archives = walk->cpio.archives;
	size_t done = cpio_feed(&walk->cpio, walk->data + walk->at, walk->size - walk->at);

	if (keep(walk, walk->data + walk->at, done))
		return -1;
	walk->at += done;
	walk->facts.unpacked += done;
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

	if (pad(walk))
		return -1;
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

static int walk_all(struct walk *walk)
{
	int ret = 0;

	while (!ret) {
		while (walk->at < walk->size && !walk->data[walk->at])
			walk->at++;
		if (walk->at == walk->size)
			break;
		ret = walk_archive(walk);
		out_progress(walk->path, walk->at, walk->size);
	}
	out_progress(walk->path, 1, 1);
	if (!ret && !walk->cpio.archives)
		return out_fail("%s holds nothing but zeroes, and no initrd", walk->path);
	return ret;
}

static int look(struct walk *walk, const struct blob *initrd, struct initrd_facts *facts)
{
	const char *what;
	int ret = 0;

	walk->data = initrd->data;
	walk->size = initrd->size;
	what = stranger(walk);
	if (what)
		return out_fail("%s %s, and not an initrd", walk->path, what);
	if (!is_file_system(walk)) {
		walk->facts.bootconfig = initrd_bootconfig(initrd);
		walk->size -= walk->facts.bootconfig;
		ret = walk_all(walk);
	}
	walk->facts.archives = walk->cpio.archives;
	if (facts)
		*facts = walk->facts;
	return ret;
}

int initrd_check(const struct blob *initrd, const char *path, uint64_t memory,
		 struct initrd_facts *facts)
{
	struct walk walk = { .path = path, .memory = memory };

	return look(&walk, initrd, facts);
}

int initrd_unpack(struct blob *initrd, const char *path, uint64_t memory, uint64_t most,
		  struct initrd_facts *facts)
{
	struct unpacked unpacked = { .path = path, .memory = memory };
	struct walk walk = {
		.path = path,
		.memory = memory,
		.keep = &unpacked,
		.most = most,
	};
	int ret = look(&walk, initrd, facts);

	if (!ret && unpacked.filled)
		ret = unpacked_end(&unpacked);
	if (ret) {
		blob_free(&unpacked.blob);
		return ret;
	}
	if (unpacked.filled) {
		blob_free(initrd);
		*initrd = unpacked.blob;
	}
	return 0;
}
