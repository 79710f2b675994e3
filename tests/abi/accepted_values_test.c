// SPDX-License-Identifier: GPL-2.0
/*
 * What is right, at its limits; and what the machine says of itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "calls.h"
#include "check.h"
#include "klog.h"
#include "proc_iomem.h"
#include "right_values.h"
#include "test.h"

#define MISC_MAJOR	10

TEST("info", "fields check efi")
{
	struct fastkexec_info info = { .size = sizeof(info) };
	struct stat stat;
	int fd = call_open();
	char byte;

	check(!fstat(fd, &stat) && S_ISCHR(stat.st_mode) && (stat.st_mode & 07777) == 0600 &&
	      major(stat.st_rdev) == MISC_MAJOR && !stat.st_uid,
	      "the device node has mode 0%o and number %u", stat.st_mode, major(stat.st_rdev));
	check(read(fd, &byte, 1) < 0 && errno == EINVAL, "the device can be read");
	check(write(fd, "x", 1) < 0 && errno == EINVAL, "the device can be written");
	check(lseek(fd, 0, SEEK_SET) < 0 && errno == ESPIPE, "the device has a position");
	check(mmap(NULL, world.page, PROT_READ, MAP_SHARED, fd, 0) == MAP_FAILED &&
	      errno == ENXIO, "the device can be mapped without a claim");

	/* What goes out is not believed on its way in. */
	memset(&info, 0xff, sizeof(info));
	info.size = sizeof(info);
	accepted(fd, "right", FASTKEXEC_INFO, &info);
	check(info.size == sizeof(info), "INFO: size %u", info.size);
	check(!info.blockers, "INFO: blockers 0x%" PRIx64, (uint64_t)info.blockers);
	check(info.level >= FASTKEXEC_LEVEL_EL1 && info.level <= FASTKEXEC_LEVEL_EL2_VHE,
	      "INFO: level %u", info.level);
	check(info.page_size == world.page, "INFO: page size %u", info.page_size);
	check(info.granules && info.granules < 8 &&
	      info.granules & (world.page == 4096 ? FASTKEXEC_GRANULE_4K :
			       world.page == 16384 ? FASTKEXEC_GRANULE_16K :
						     FASTKEXEC_GRANULE_64K),
	      "INFO: granules 0x%x", info.granules);
	check(info.big_endian <= 1, "INFO: big endian %u", info.big_endian);
	check(info.va_bits >= 36 && info.va_bits <= 52, "INFO: %u bits virtual", info.va_bits);
	check(info.pa_bits >= 32 && info.pa_bits <= 52 &&
	      world.ram[world.nr_ram - 1].end <= 1ULL << info.pa_bits,
	      "INFO: %u bits physical", info.pa_bits);
	check(info.cpus == sysconf(_SC_NPROCESSORS_ONLN), "INFO: %u CPUs", info.cpus);
	check(info.psci_smc <= 1, "INFO: PSCI conduit %u", info.psci_smc);
	check(info.contig == 1, "INFO: this kernel can claim memory, and contig is %u",
	      info.contig);
	close(fd);
}

/* Loads, and compares what STATUS says with what was asked for. */
static void load_and_compare(int fd, const char *what, struct image *image)
{
	uint64_t bytes = 0, copied = 0;
	struct loaded loaded;
	unsigned int i, j;

	image->load.segments = (uintptr_t)image->segment;
	/* The old image is held until the new one is there: both cannot lie in one place. */
	if (image->load.placement == FASTKEXEC_PLACE_IN_PLACE)
		call_unload(fd);
	if (!accepted(fd, what, FASTKEXEC_LOAD, &image->load))
		return;
	call_status(&loaded);
	check(loaded.status.loaded == 1 && loaded.status.nr_segments == image->load.nr_segments &&
	      loaded.status.entry == image->load.entry && loaded.status.dtb == image->load.dtb,
	      "%s: STATUS tells of another image", what);
	for (i = 0; i < image->load.nr_segments; i++) {
		const struct fastkexec_segment *asked = &image->segment[i];
		const struct fastkexec_segment *got = NULL;

		for (j = 0; j < loaded.status.nr_segments; j++)
			if (loaded.segment[j].dest == asked->dest)
				got = &loaded.segment[j];
		bytes += asked->memsz;
		if (!check(got, "%s: segment %u is gone", what, i))
			continue;
		check(got->memsz == asked->memsz && got->bufsz == asked->bufsz &&
		      got->align == asked->align && got->role == asked->role && !got->buf &&
		      !got->flags && !got->reserved[0] && !got->reserved[1],
		      "%s: segment %u is another one", what, i);
		if (got->placement == FASTKEXEC_PLACE_COPY)
			copied += (got->memsz + world.page - 1) & ~(world.page - 1);
		check(got->placement == (image->load.placement ?: got->placement) &&
		      got->placement != FASTKEXEC_PLACE_AUTO,
		      "%s: segment %u has placement %u", what, i, got->placement);
		check(got->chunks == 1 || got->bufsz == 0 ||
		      (got->placement == FASTKEXEC_PLACE_COPY && got->chunks),
		      "%s: segment %u has %u chunks", what, i, got->chunks);
	}
	check(loaded.status.bytes == bytes, "%s: %" PRIu64 " bytes, not %" PRIu64, what,
	      (uint64_t)loaded.status.bytes, bytes);
	check(loaded.status.copy_bytes == copied && !loaded.status.copy_entries == !copied,
	      "%s: %" PRIu64 " bytes to copy in %" PRIu64 " entries, not %" PRIu64, what,
	      (uint64_t)loaded.status.copy_bytes, (uint64_t)loaded.status.copy_entries, copied);
	/* A copy of the linear map is as large as the kernel's own. */
	check(loaded.status.table_pages >= 2 &&
	      (loaded.status.table_pages < 64 || image->load.design == FASTKEXEC_DESIGN_LINEAR),
	      "%s: %u table pages", what, loaded.status.table_pages);
	check(loaded.status.design == (image->load.design ?: loaded.status.design) &&
	      loaded.status.design != FASTKEXEC_DESIGN_DEFAULT, "%s: design %u", what,
	      loaded.status.design);
	check(loaded.status.verify == image->load.verify, "%s: verify %u", what,
	      loaded.status.verify);
	check(!loaded.status.rehearsed == !(image->load.flags & FASTKEXEC_LOAD_REHEARSE),
	      "%s: rehearsed 0x%x", what, loaded.status.rehearsed);
	if (image->load.placement == FASTKEXEC_PLACE_IN_PLACE)
		check(loaded.status.table_pages <= 8, "%s: %u table pages in place", what,
		      loaded.status.table_pages);
	check(loaded.status.pages_held >= loaded.status.table_pages + 2, "%s: %" PRIu64 " pages",
	      what, (uint64_t)loaded.status.pages_held);
}

/* Segments that touch each other, which cannot be claimed one by one. */
static void touching_segments(int fd, uint32_t placement)
{
	struct image image;

	image_prepare(&image, placement);
	image.segment[IMAGE_SPARE].dest = image.segment[IMAGE_DTB].dest + world.page;
	load_and_compare(fd, "segments that touch, above", &image);
	image.segment[IMAGE_SPARE].dest = image.segment[IMAGE_DTB].dest - 2 * world.page;
	load_and_compare(fd, "segments that touch, below and above", &image);
}

static void right_images(int fd, uint32_t placement)
{
	struct image image, right;

	image_prepare(&right, placement);
	image_spread(&right);
	load_and_compare(fd, "right", &right);

	image = right;
	image.segment[IMAGE_KERNEL].align = 2 * world.page;
	image.segment[IMAGE_DTB].align = 0;
	image.segment[IMAGE_SPARE].align = 1;
	load_and_compare(fd, "all kinds of alignment", &image);

	image = right;
	image.segment[IMAGE_SPARE].bufsz = 0;
	image.segment[IMAGE_SPARE].buf = world_bad(BAD_KERNEL);
	load_and_compare(fd, "zeroes only", &image);
	image = right;
	image.segment[IMAGE_SPARE].memsz = 1;
	image.segment[IMAGE_SPARE].bufsz = 1;
	load_and_compare(fd, "one byte", &image);
	image = right;
	image.segment[IMAGE_SPARE].buf = (uintptr_t)world_edge(10);
	load_and_compare(fd, "contents up to the last byte there is", &image);

	image = right;
	image.load.entry = image.segment[IMAGE_KERNEL].dest + world.page + IMAGE_KERNEL_MORE - 4;
	load_and_compare(fd, "entry at the last instruction", &image);
	image.load.entry = image.segment[IMAGE_KERNEL].dest;
	load_and_compare(fd, "entry at the first byte", &image);
	image.load.dtb = image.segment[IMAGE_DTB].dest + 64 - 40;
	load_and_compare(fd, "device tree at the end of the contents", &image);
	image.load.dtb = image.segment[IMAGE_KERNEL].dest + 128;
	load_and_compare(fd, "entry and device tree in one segment", &image);
	image.load.nr_segments = 1;
	load_and_compare(fd, "one segment", &image);
}

/* Every design, rehearsed and not. */
static void right_designs(int fd, uint32_t placement)
{
	struct image image;
	uint32_t design;

	for (design = 0; design <= FASTKEXEC_DESIGN_LINEAR; design++) {
		image_prepare(&image, placement);
		image_spread(&image);
		image.load.design = design;
		load_and_compare(fd, "a design", &image);
		image.load.flags = FASTKEXEC_LOAD_REHEARSE;
		image.load.verify = design % 3;
		load_and_compare(fd, "a design, rehearsed", &image);
	}
}

/* As many segments as there may be, in any order, where PLACE says. */
static void many_segments(int fd, uint32_t placement)
{
	struct image image;
	struct query query;
	unsigned int i;

	call_unload(fd);
	query_prepare(&query, placement);
	query.place.nr_pieces = FASTKEXEC_MAX_SEGMENTS;
	for (i = 0; i < FASTKEXEC_MAX_SEGMENTS; i++)
		query.piece[i].memsz = 2 * world.page;
	if (!accepted(fd, "16 pieces", FASTKEXEC_PLACE, &query.place))
		return;

	image_prepare(&image, placement);
	image.load.nr_segments = FASTKEXEC_MAX_SEGMENTS;
	for (i = 0; i < FASTKEXEC_MAX_SEGMENTS; i++) {
		image.segment[i].dest = query.piece[i * 7 % FASTKEXEC_MAX_SEGMENTS].addr;
		image.segment[i].bufsz = 64 + i;
		image.segment[i].memsz = 2 * world.page;
	}
	image.load.entry = image.segment[FASTKEXEC_MAX_SEGMENTS - 1].dest;
	image.load.dtb = image.segment[0].dest;
	load_and_compare(fd, "16 segments", &image);
}

/* Which of a program's pages lies in memory that may be given away; @pages if none. */
static unsigned int owned_page(const char *memory, unsigned int pages, uint64_t *dest)
{
	int map = open("/proc/self/pagemap", O_RDONLY);
	unsigned int i;

	for (i = 0; i < pages; i++) {
		off_t at = ((uintptr_t)memory / world.page + i) * sizeof(*dest);

		if (map < 0 || pread(map, dest, sizeof(*dest), at) != sizeof(*dest))
			fatal("/proc/self/pagemap");
		*dest = (*dest & ((1ULL << 55) - 1)) * world.page;
		if (world_owns(*dest, world.page))
			break;
	}
	close(map);
	return i;
}

/*
 * Where a page of a program lies, and even the contents themselves: it is moved or
 * left alone, and the program keeps what it had.
 */
static void over_a_program(int fd, uint32_t placement)
{
	const unsigned int pages = 64;
	char *memory = mmap(NULL, pages * world.page, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct image image;
	unsigned int which;
	uint64_t i, dest;

	if (memory == MAP_FAILED)
		fatal("mmap");
	for (i = 0; i < pages; i++)
		memset(memory + i * world.page, 'a' + i % 26, world.page);
	which = owned_page(memory, pages, &dest);

	image_prepare(&image, placement);
	image_spread(&image);
	image.segment[IMAGE_SPARE].dest = dest;
	image.segment[IMAGE_SPARE].memsz = world.page;
	image.segment[IMAGE_SPARE].buf = (uintptr_t)memory + which * world.page;
	image.segment[IMAGE_SPARE].bufsz = world.page;
	if (check(which < pages, "all of a program lies in reserved memory"))
		load_and_compare(fd, "over a program's page", &image);
	for (i = 0; i < pages * world.page; i++)
		if (memory[i] != (char)('a' + i / world.page % 26))
			break;
	check(i == pages * world.page, "a program's page has changed");
	munmap(memory, pages * world.page);
}

/* A copy has as many chunks as memory offers; it is told and adds up. */
static void large_image(int fd, uint32_t placement)
{
	const uint64_t size = 48ULL << 20;
	void *buf = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct image image;

	if (buf == MAP_FAILED)
		fatal("mmap");
	call_unload(fd);
	image_prepare(&image, placement);
	image_spread_large(&image, size);
	image.segment[IMAGE_SPARE].buf = (uintptr_t)buf;
	image.segment[IMAGE_SPARE].bufsz = size - 5;
	image.segment[IMAGE_SPARE].memsz = size;
	load_and_compare(fd, "48 MiB", &image);
	munmap(buf, size);
}

static void right_queries(int fd)
{
	struct query query;
	unsigned int i, j;

	query_prepare(&query, FASTKEXEC_PLACE_AUTO);
	query.place.nr_pieces = FASTKEXEC_MAX_SEGMENTS;
	for (i = 0; i < FASTKEXEC_MAX_SEGMENTS; i++) {
		query.piece[i].align = world.page;
		query.piece[i].offset = 0;
		/* What goes out is not believed on its way in. */
		query.piece[i].addr = ~0ULL;
		query.piece[i].placement = ~0U;
	}
	if (!accepted(fd, "16 pieces", FASTKEXEC_PLACE, &query.place))
		return;
	for (i = 0; i < FASTKEXEC_MAX_SEGMENTS; i++)
		for (j = 0; j < i; j++)
			check(query.piece[i].addr >= query.piece[j].addr + query.piece[j].memsz ||
			      query.piece[j].addr >= query.piece[i].addr + query.piece[i].memsz,
			      "PLACE: pieces %u and %u overlap", j, i);
	check(query.piece[FASTKEXEC_MAX_SEGMENTS].addr == 0,
	      "PLACE writes behind the pieces that it was given");
}

/* All pieces lie in one window that begins at a multiple of 1 GiB, or none does. */
static void try_window(int fd, uint32_t placement, uint64_t window, const uint64_t size[3],
		       uint64_t align, uint64_t offset)
{
	uint64_t low = ~0ULL, high = 0;
	struct query query;
	unsigned int i;
	int error;

	query_prepare(&query, placement);
	query.place.window = window;
	query.place.nr_pieces = 3;
	for (i = 0; i < 3; i++) {
		query.piece[i].memsz = size[i];
		query.piece[i].align = 2ULL << 20;
		query.piece[i].offset = 0;
	}
	query.piece[0].align = align;
	query.piece[0].offset = offset;
	error = call(fd, FASTKEXEC_PLACE, &query.place);
	if (error) {
		check(error == ENOSPC || error == EFBIG, "PLACE with a window: %s",
		      strerror(error));
		return;
	}
	for (i = 0; i < 3; i++) {
		if (query.piece[i].addr < low)
			low = query.piece[i].addr;
		if (query.piece[i].addr + query.piece[i].memsz > high)
			high = query.piece[i].addr + query.piece[i].memsz;
	}
	check(high <= (low & ~((1ULL << 30) - 1)) + window,
	      "PLACE %u puts 0x%" PRIx64 "-0x%" PRIx64 " into a window of %" PRIu64 " MiB",
	      placement, low, high, window >> 20);
}

static void test_window(int fd)
{
	const uint64_t mib = 1ULL << 20;
	const struct {
		uint64_t size[3], align, offset;
	} cases[] = {
		{ { 4 * mib, 4 * mib, 4 * mib }, 2 * mib, 0 },
		{ { 300 * mib, 300 * mib, 4 * mib }, 2 * mib, 0 },
		{ { 4 * mib, 300 * mib, 300 * mib }, 2 * mib, 0 },
		{ { 600 * mib, 4 * mib, 4 * mib }, 2 * mib, 0 },
		/* The first one lies across a multiple of 1 GiB. */
		{ { 400 * mib, 4 * mib, 4 * mib }, 1024 * mib, 768 * mib },
		/* More than the smallest window holds. */
		{ { (world.free.end - world.free.start) * 4 / 5, 4 * mib, 4 * mib }, 2 * mib, 0 },
	};
	const uint64_t windows[] = { 1024 * mib, 2048 * mib, 32768 * mib, 1ULL << 63 };
	uint32_t placement;
	unsigned int i, w;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (w = 0; w < sizeof(windows) / sizeof(windows[0]); w++)
			for (placement = 0; placement < 3; placement++)
				try_window(fd, placement, windows[w], cases[i].size,
					   cases[i].align, cases[i].offset);
}

/* A room of any size takes what fits and is told how many there are. */
static void test_room(int fd)
{
	struct fastkexec_segment segment[FASTKEXEC_MAX_SEGMENTS];
	struct loaded loaded;
	uint32_t room;

	call_status(&loaded);
	for (room = 0; room <= IMAGE_SEGMENTS; room++) {
		struct fastkexec_status status = {
			.size = sizeof(status),
			.segments = (uintptr_t)segment,
			.nr_segments = room,
			.segment_size = sizeof(segment[0]),
		};

		memset(segment, 0xee, sizeof(segment));
		accepted(fd, "little room", FASTKEXEC_STATUS, &status);
		check(status.nr_segments == IMAGE_SEGMENTS &&
		      !memcmp(segment, loaded.segment, room * sizeof(segment[0])) &&
		      ((unsigned char *)segment)[room * sizeof(segment[0])] == 0xee,
		      "STATUS with room for %u tells of %u segments", room, status.nr_segments);
	}
	{
		struct fastkexec_status status = { .size = sizeof(status), .nr_segments = ~0U };

		accepted(fd, "no room", FASTKEXEC_STATUS, &status);
		check(status.nr_segments == IMAGE_SEGMENTS && status.loaded == 1 &&
		      !status.segments, "STATUS without room tells of %u segments",
		      status.nr_segments);
		status.segments = (uintptr_t)world_edge(IMAGE_SEGMENTS * sizeof(segment[0]));
		status.nr_segments = ~0U;
		status.segment_size = sizeof(segment[0]);
		accepted(fd, "room that ends behind the last segment", FASTKEXEC_STATUS, &status);
	}
}

/* Cut to any length, it ends in a zero. */
static void test_cut(int fd)
{
	struct fastkexec_explain explain = { .size = sizeof(explain) };
	char whole[300], line[300];
	int fresh = call_open();
	uint32_t len, length;

	explain.len = sizeof(line);
	explain.buf = world_bad(BAD_KERNEL);
	accepted(fresh, "no call has failed", FASTKEXEC_EXPLAIN, &explain);
	check(explain.len == 0, "EXPLAIN on a fresh file: %u bytes", explain.len);
	close(fresh);

	call(fd, FASTKEXEC_INFO, NULL);
	call_explain(fd, whole, sizeof(whole));
	length = strlen(whole) + 1;
	check(length > 10, "EXPLAIN: \"%s\"", whole);
	for (len = 0; len <= length + 1; len++) {
		memset(line, 0xee, sizeof(line));
		explain.len = len;
		explain.buf = (uintptr_t)line;
		accepted(fd, "cut", FASTKEXEC_EXPLAIN, &explain);
		check(explain.len == (len < length ? len : length) &&
		      (unsigned char)line[explain.len] == 0xee &&
		      (!len || (strlen(line) == explain.len - 1 &&
				!strncmp(line, whole, explain.len - 1))),
		      "EXPLAIN cut to %u of %u: %u", len, length, explain.len);
	}
	explain.len = ~0U;
	accepted(fd, "a length of 2^32-1", FASTKEXEC_EXPLAIN, &explain);
	check(explain.len == length && !strcmp(line, whole), "EXPLAIN: %u bytes", explain.len);

	/* What succeeds does not take the reason away. */
	accepted(fd, "right", FASTKEXEC_INFO,
		 &(struct fastkexec_info){ .size = sizeof(struct fastkexec_info) });
	call_explain(fd, line, sizeof(line));
	check(!strcmp(line, whole), "a call that succeeds takes the reason away");
}

TEST("limits", "fields check efi")
{
	static const struct loaded nothing = {
		.status = {
			.size = sizeof(struct fastkexec_status),
			.segment_size = sizeof(struct fastkexec_segment),
		},
	};
	struct loaded loaded;
	uint32_t placement;
	int fd = call_open();

	call_status(&loaded);
	check(call_same(&loaded, &nothing), "STATUS with nothing loaded tells of something");
	for (placement = 0; placement < 3; placement++) {
		right_images(fd, placement);
		right_designs(fd, placement);
		large_image(fd, placement);
		many_segments(fd, placement);
	}
	touching_segments(fd, FASTKEXEC_PLACE_COPY);
	touching_segments(fd, FASTKEXEC_PLACE_AUTO);
	over_a_program(fd, FASTKEXEC_PLACE_COPY);
	over_a_program(fd, FASTKEXEC_PLACE_AUTO);
	right_queries(fd);
	{
		struct image image;

		image_prepare(&image, FASTKEXEC_PLACE_COPY);
		accepted(fd, "right", FASTKEXEC_LOAD, &image.load);
	}
	test_room(fd);
	test_cut(fd);
	check(!call_unload(fd), "the image cannot be unloaded");
	call_status(&loaded);
	check(call_same(&loaded, &nothing), "STATUS after UNLOAD tells of something");
	close(fd);
}

/* Gigabytes of claims. A kernel that looks at each page takes half an hour. */
TEST("window", "window")
{
	int fd = call_open();

	test_window(fd);
	close(fd);
}
