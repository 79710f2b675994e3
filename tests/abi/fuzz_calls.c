// SPDX-License-Identifier: GPL-2.0
/*
 * Calls to fuzz. Contracts in fuzz_calls.h.
 */
#include "fuzz_calls.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>

#include "check.h"
#include "proc_iomem.h"

/*
 * Arguments lie here, with nothing of this program within reach of a pointer that has
 * been changed by a little: the module writes where it is told to.
 */
#define ARENA		0x100000000UL
#define ARENA_SIZE	0x100000UL

/* Bytes of zeroes that a segment may have for contents. */
#define ZEROES		(64UL << 20)

/* Bytes of the arrays behind an argument in which fields are changed. */
#define ARRAYS		256

static char *arena;
static uint64_t zeroes;

/* The last answer of FASTKEXEC_PLACE that has room for a right image. */
static uint64_t placed[IMAGE_SEGMENTS];

/* Where the pieces of the last answer are in the file. */
static uint64_t mapped[FASTKEXEC_MAX_SEGMENTS];
static unsigned int nr_mapped;

/* Where the segments of the last image were to go. */
static uint64_t asked[IMAGE_SEGMENTS];

/* ---- right arguments ---- */

static void prepare_info(union fuzz_argument *argument, struct draw *draw)
{
	(void)draw;
	argument->size = sizeof(argument->info);
}

/* What a right image needs, in this order; and then something of another size. */
static void prepare_place(union fuzz_argument *argument, struct draw *draw)
{
	struct query *query = &argument->query;
	static struct image image;
	unsigned int i;

	image_prepare(&image, FASTKEXEC_PLACE_AUTO);
	query_prepare(query, draw_below(draw, 3));
	query->place.nr_pieces = 1 + draw_below(draw, 5);
	query->place.window = draw_once_in(draw, 3) ? 1ULL << (24 + draw_below(draw, 16)) : 0;
	for (i = 0; i < IMAGE_SEGMENTS; i++) {
		query->piece[i].memsz = image.segment[i].memsz;
		query->piece[i].align = world.page << draw_below(draw, 3);
		query->piece[i].offset = 0;
	}
	for (i = 0; i <= IMAGE_SEGMENTS; i++)
		query->piece[i].flags = draw_once_in(draw, 2) ? FASTKEXEC_PIECE_MAP : 0;
	query->piece[IMAGE_SEGMENTS].memsz = world.page << draw_below(draw, 11);
}

static void judge_place(const union fuzz_argument *argument)
{
	const struct query *query = &argument->query;
	unsigned int i;

	nr_mapped = 0;
	for (i = 0; i < query->place.nr_pieces; i++) {
		const struct fastkexec_piece *piece = &query->piece[i];

		check((piece->addr - piece->offset) % piece->align == 0 &&
		      world_owns(piece->addr, piece->memsz),
		      "PLACE: 0x%llx bytes at 0x%llx", piece->memsz, piece->addr);
		if (piece->map != FASTKEXEC_NO_MAP)
			mapped[nr_mapped++] = piece->map;
		if (i < IMAGE_SEGMENTS)
			placed[i] = query->place.nr_pieces < IMAGE_SEGMENTS ? 0 : piece->addr;
	}
}

/*
 * Where they were placed, with contents that were perhaps written there, where they can
 * be claimed, or side by side.
 */
static void put_segments(struct image *image, struct draw *draw)
{
	const bool again = draw_once_in(draw, 2);
	const bool spread = draw_once_in(draw, 2);
	unsigned int i;

	if (!again || !placed[0]) {
		if (spread)
			image_spread_as_before(image);
		return;
	}
	for (i = 0; i < IMAGE_SEGMENTS; i++) {
		image->segment[i].dest = placed[i];
		if (spread) {
			image->segment[i].flags = FASTKEXEC_SEGMENT_MAPPED;
			image->segment[i].buf = 0;
		}
	}
	image->load.entry = placed[IMAGE_KERNEL] + 64;
	image->load.dtb = placed[IMAGE_DTB] + 8;
}

static void prepare_load(union fuzz_argument *argument, struct draw *draw)
{
	struct image *image = &argument->image;
	unsigned int i;

	image_prepare(image, draw_below(draw, 3));
	put_segments(image, draw);
	if (draw_once_in(draw, 4))
		image->load.design = draw_below(draw, 4);
	image->load.verify = draw_below(draw, 3);
	image->load.flags = FASTKEXEC_LOAD_KEEPS;
	if (draw_once_in(draw, 3))
		image->load.record = image->segment[IMAGE_KERNEL].dest;
	if (draw_once_in(draw, 16))
		image->load.flags |= FASTKEXEC_LOAD_REHEARSE;
	for (i = 0; i < IMAGE_SEGMENTS; i++)
		asked[i] = image->segment[i].dest;
	image->segment[IMAGE_SPARE].role = draw_below(draw, 4);
	if (draw_once_in(draw, 8)) {
		image->segment[IMAGE_SPARE].memsz = world.page << draw_below(draw, 12);
		image->segment[IMAGE_SPARE].buf = zeroes;
		image->segment[IMAGE_SPARE].bufsz =
			draw_below(draw, image->segment[IMAGE_SPARE].memsz);
	}
}

uint64_t fuzz_draw_map(struct draw *draw)
{
	if (!nr_mapped || draw_once_in(draw, 4))
		return draw_below(draw, 64) * world.page;
	return mapped[draw_below(draw, nr_mapped)] & ~(world.page - 1);
}

static void prepare_unload(union fuzz_argument *argument, struct draw *draw)
{
	(void)draw;
	argument->size = sizeof(argument->unload);
}

static void prepare_status(union fuzz_argument *argument, struct draw *draw)
{
	struct fastkexec_status *status = &argument->status.head;

	status->size = sizeof(*status);
	status->nr_segments = draw_below(draw, FASTKEXEC_MAX_SEGMENTS + 1);
	status->segment_size = sizeof(argument->status.segment[0]);
	if (!draw_once_in(draw, 3))
		status->segments = (uintptr_t)argument->status.segment;
}

static void judge_status(const union fuzz_argument *argument)
{
	const struct fastkexec_status *status = &argument->status.head;

	check(status->loaded <= 1 && !status->nr_segments == !status->loaded &&
	      status->nr_segments <= FASTKEXEC_MAX_SEGMENTS &&
	      !status->pages_held == !status->loaded,
	      "STATUS: loaded %u, %u segments, %llu pages", status->loaded, status->nr_segments,
	      status->pages_held);
}

static void prepare_explain(union fuzz_argument *argument, struct draw *draw)
{
	struct fastkexec_explain *explain = &argument->explain.head;

	explain->size = sizeof(*explain);
	explain->len = draw_below(draw, FUZZ_LINE + 1);
	explain->buf = (uintptr_t)argument->explain.line;
}

static void judge_explain(const union fuzz_argument *argument)
{
	const struct fastkexec_explain *explain = &argument->explain.head;
	const char *line = argument->explain.line;
	unsigned int i;

	if (!explain->len)
		return;
	check(explain->len <= FASTKEXEC_EXPLAIN_MAX && !line[explain->len - 1],
	      "EXPLAIN: %u bytes", explain->len);
	for (i = 0; i + 1 < explain->len; i++)
		if (!isprint((unsigned char)line[i])) {
			check(false, "EXPLAIN: byte %u is 0x%02x", i, (unsigned char)line[i]);
			return;
		}
}

static void prepare_stamp(union fuzz_argument *argument, struct draw *draw)
{
	argument->size = sizeof(argument->stamp);
	argument->stamp.moment = draw_below(draw, FASTKEXEC_MOMENT_SHUTDOWN + 1);
}

static void prepare_rehearse(union fuzz_argument *argument, struct draw *draw)
{
	argument->size = sizeof(argument->rehearse);
	if (draw_once_in(draw, 8))
		argument->rehearse.flags = FASTKEXEC_REHEARSE_CPUS;
}

static void judge_rehearse(const union fuzz_argument *argument)
{
	check(argument->rehearse.done & FASTKEXEC_REHEARSED_COPY, "REHEARSE: done 0x%x",
	      argument->rehearse.done);
}

static void prepare_keeps(union fuzz_argument *argument, struct draw *draw)
{
	struct fastkexec_keeps *keeps = &argument->keeps.head;

	keeps->size = sizeof(*keeps);
	keeps->nr_keeps = draw_below(draw, FUZZ_KEEPS + 1);
	keeps->keep_size = sizeof(argument->keeps.keep[0]);
	if (!draw_once_in(draw, 3))
		keeps->keeps = (uintptr_t)argument->keeps.keep;
}

static void prepare_digest(union fuzz_argument *argument, struct draw *draw)
{
	argument->size = sizeof(argument->digest);
	argument->digest.dest = asked[draw_below(draw, IMAGE_SEGMENTS)];
}

static void prepare_memory(union fuzz_argument *argument, struct draw *draw)
{
	argument->size = sizeof(argument->memory);
	argument->memory.from = draw_any(draw);
}

/* This machine was started with all of its memory. */
static void judge_memory(const union fuzz_argument *argument)
{
	check(!argument->memory.end && !argument->memory.added, "MEMORY: up to 0x%llx",
	      argument->memory.end);
}

static void prepare_efi_map(union fuzz_argument *argument, struct draw *draw)
{
	struct fastkexec_efi_map *query = &argument->efi_map.head;

	query->size = sizeof(*query);
	query->len = draw_below(draw, FUZZ_MAP + 1);
	if (!draw_once_in(draw, 3))
		query->map = (uintptr_t)argument->efi_map.bytes;
}

/* A descriptor has 40 bytes in its first version. */
static void judge_efi_map(const union fuzz_argument *argument)
{
	const struct fastkexec_efi_map *query = &argument->efi_map.head;

	check(query->desc_size >= 40 && query->len && query->len % query->desc_size == 0,
	      "EFI_MAP: %u bytes, %u a descriptor", query->len, query->desc_size);
}

/* ---- the calls ---- */

/* The length of an argument without its arrays. */
#define HEAD(type)	sizeof(struct fastkexec_##type)

/* A right LOAD, PLACE or REHEARSE costs as much as a thousand calls that are refused. */
const struct fuzz_call fuzz_calls[] = {
	{ "INFO", FASTKEXEC_INFO, 100, 100, false, HEAD(info), prepare_info, NULL },
	{ "PLACE", FASTKEXEC_PLACE, 2000, 15, true, HEAD(place), prepare_place,
	  judge_place },
	{ "LOAD", FASTKEXEC_LOAD, 2500, 30, true, HEAD(load), prepare_load, NULL },
	{ "UNLOAD", FASTKEXEC_UNLOAD, 500, 100, true, HEAD(unload), prepare_unload, NULL },
	{ "STATUS", FASTKEXEC_STATUS, 2000, 700, false, HEAD(status), prepare_status,
	  judge_status },
	{ "EXPLAIN", FASTKEXEC_EXPLAIN, 1500, 700, false, HEAD(explain),
	  prepare_explain, judge_explain },
	{ "REHEARSE", FASTKEXEC_REHEARSE, 500, 30, true, HEAD(rehearse), prepare_rehearse,
	  judge_rehearse },
	{ "STAMP", FASTKEXEC_STAMP, 200, 300, true, HEAD(stamp), prepare_stamp, NULL },
	{ "KEEPS", FASTKEXEC_KEEPS, 150, 200, false, HEAD(keeps), prepare_keeps, NULL },
	{ "DIGEST", FASTKEXEC_DIGEST, 200, 400, true, HEAD(digest), prepare_digest, NULL },
	{ "MEMORY", FASTKEXEC_MEMORY, 100, 400, true, HEAD(memory), prepare_memory,
	  judge_memory },
	{ "EFI_MAP", FASTKEXEC_EFI_MAP, 150, 400, false, HEAD(efi_map), prepare_efi_map,
	  judge_efi_map },
	{ "(no call)", 0, 100, 0, false, 0, prepare_info, NULL },
};

const unsigned int fuzz_calls_nr = sizeof(fuzz_calls) / sizeof(fuzz_calls[0]);

bool fuzz_call_can_succeed(const struct fuzz_call *call)
{
	return call->head && (call->cmd != FASTKEXEC_EFI_MAP || world.efi);
}

static const struct fuzz_call *draw_call(struct draw *draw)
{
	uint64_t all = 0, at;
	unsigned int i;

	for (i = 0; i < fuzz_calls_nr; i++)
		all += fuzz_calls[i].weight;
	at = draw_below(draw, all);
	for (i = 0; at >= fuzz_calls[i].weight; i++)
		at -= fuzz_calls[i].weight;
	return &fuzz_calls[i];
}

/* ---- wrong arguments ---- */

static uint64_t odd_value(struct draw *draw, uint64_t old)
{
	switch (draw_below(draw, 16)) {
	case 0:
		return 0;
	case 1:
		return 1;
	case 2:
		return ~0ULL;
	case 3:
		return old + 1;
	case 4:
		return old - 1;
	case 5:
		return old + world.page;
	case 6:
		return old - world.page;
	case 7:
		return old ^ 1ULL << draw_below(draw, 64);
	case 8:
		return 1ULL << draw_below(draw, 64);
	case 9:
		return draw_any(draw);
	case 10:
		return draw_below(draw, 64);
	case 11:
		return draw_below(draw, 64) * world.page;
	case 12:
		return world_spot(draw_below(draw, SPOT_LAST + 1));
	case 13:
		return world_bad(draw_below(draw, BAD_POINTERS));
	case 14:
		return (uintptr_t)world_edge(draw_below(draw, 2 * world.page));
	default:
		return old * 2;
	}
}

/* Change one field at @at, of 4 bytes or of 8. */
static void patch(char *at, bool wide, struct draw *draw)
{
	uint64_t value = 0;
	const size_t width = wide ? 8 : 4;

	memcpy(&value, at, width);
	value = odd_value(draw, value);
	memcpy(at, &value, width);
}

/* A field of the argument, or now and then of the array behind it. */
static void patch_any(union fuzz_argument *argument, const struct fuzz_call *call, bool in_head,
		      struct draw *draw)
{
	const bool wide = !draw_once_in(draw, 3);
	const size_t width = wide ? 8 : 4;
	size_t room = call->head;

	if (!in_head && draw_once_in(draw, 2))
		room += ARRAYS;
	patch((char *)argument + draw_below(draw, room / width) * width, wide, draw);
}

/* Where the argument lies: nearly always where it was made. */
static union fuzz_argument *put_argument(union fuzz_argument *argument,
					 const struct fuzz_call *call, struct draw *draw)
{
	void *edge;

	switch (draw_below(draw, 64)) {
	case 0:
		return (void *)(uintptr_t)world_bad(draw_below(draw, BAD_POINTERS));
	case 1:
		return world_read_only(argument, call->head);
	case 2:
		edge = world_edge(draw_below(draw, call->head + 1));
		return edge;
	case 3:
		edge = world_edge(call->head);
		return memcpy(edge, argument, call->head);
	default:
		return argument;
	}
}

static unsigned int draw_patches(const struct fuzz_call *call, struct draw *draw)
{
	if (draw_below(draw, 1000) < call->deep)
		return draw_below(draw, 2);
	return 2 + draw_below(draw, 3);
}

/* One that the device does not have. */
static unsigned long draw_cmd(struct draw *draw)
{
	if (draw_once_in(draw, 2))
		return draw_any(draw) & 0xffffffff;
	return _IO(FASTKEXEC_IOC_TYPE, 200 + draw_below(draw, 56));
}

struct fuzz_shot fuzz_draw(struct draw *draw)
{
	union fuzz_argument *argument = (void *)(arena + ARENA_SIZE / 2);
	struct fuzz_shot shot = { .call = draw_call(draw), .argument = argument };
	unsigned int i, patches;

	memset(argument, 0, sizeof(*argument));
	shot.call->prepare(argument, draw);
	shot.cmd = shot.call->cmd;
	if (!shot.call->head) {
		shot.cmd = draw_cmd(draw);
		return shot;
	}
	patches = draw_patches(shot.call, draw);
	for (i = 0; i < patches; i++)
		patch_any(argument, shot.call, patches > 1, draw);
	shot.patched = patches;
	if (patches)
		shot.argument = put_argument(argument, shot.call, draw);
	return shot;
}

void fuzz_get_ready(void)
{
	void *memory;

	image_spread(&(struct image){ 0 });
	memory = mmap(NULL, ZEROES, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	/* Else a large page of zeroes stays with the process. */
	if (memory == MAP_FAILED || madvise(memory, ZEROES, MADV_NOHUGEPAGE))
		fatal("mmap");
	zeroes = (uintptr_t)memory;
	arena = mmap((void *)ARENA, ARENA_SIZE, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	if (arena != (void *)ARENA)
		fatal("the address of the arguments");
	memset(arena, 0, ARENA_SIZE);
}

/* ---- answers ---- */

/* A process that has had so many answers that it should not have had says no more. */
#define MOST_UNEXPECTED	20

/* Those of the ABI's table that nothing in a healthy guest gives are left out. */
static bool is_in_table(int error)
{
	static const int table[] = {
		0, EPERM, EBUSY, EFAULT, EINVAL, E2BIG, EOVERFLOW, EEXIST, EADDRNOTAVAIL, EFBIG,
		ENOSPC, ENOMEM, EOPNOTSUPP, ENODATA, ENOTTY,
	};
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (table[i] == error)
			return true;
	return false;
}

void fuzz_judge(const struct fuzz_shot *shot, int error, bool privileged)
{
	const struct fuzz_call *call = shot->call;
	static unsigned int unexpected;
	bool good = is_in_table(error) && error != EPERM;

	if (call->changes && !privileged)
		good = error == EPERM;
	check(good, "%s with %u fields changed, %s CAP_SYS_BOOT: %s", call->name, shot->patched,
	      privileged ? "with" : "without", strerror(error));
	if (!good && ++unexpected == MOST_UNEXPECTED)
		fatal("that is enough");
	if (!error && !shot->patched && call->judge)
		call->judge(shot->argument);
}
