// SPDX-License-Identifier: GPL-2.0
/*
 * Every field of every call wrong, the rest right.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "calls.h"
#include "check.h"
#include "klog.h"
#include "proc_iomem.h"
#include "rejected_values.h"
#include "right_values.h"
#include "test.h"

/* A call with an argument that is right. */
struct subject {
	unsigned long cmd;
	const void *arg;
	size_t size;
	bool answers;		/* it writes to its argument */
};

/* Brings back what a subject that succeeded may have taken away. */
static void load_again(int fd)
{
	struct image image;

	image_prepare(&image, FASTKEXEC_PLACE_COPY);
	errno = call(fd, FASTKEXEC_LOAD, &image.load);
	if (errno)
		fatal("the right image is refused");
}

/* A copy of the argument with another size, in memory of at least @room bytes. */
static void *resized(const struct subject *subject, uint32_t size, size_t room)
{
	char *copy = calloc(1, room);

	if (!copy)
		fatal("calloc");
	memcpy(copy, subject->arg, subject->size);
	memcpy(copy, &size, sizeof(size));
	return copy;
}

static void refuse_size(int fd, const struct subject *subject, uint32_t size, int error,
			const char *word)
{
	const size_t room = 4 * world.page;
	void *arg = resized(subject, size, room);
	char what[64];

	snprintf(what, sizeof(what), "size %u", size);
	refused(fd, what, subject->cmd, arg, error, word);
	free(arg);
}

static void accept_size(int fd, const struct subject *subject, uint32_t size)
{
	const size_t room = 4 * world.page;
	char *arg = resized(subject, size, room);
	char what[64];
	size_t i;

	snprintf(what, sizeof(what), "size %u, zeroes behind", size);
	accepted(fd, what, subject->cmd, arg);
	for (i = subject->size; i < room && !arg[i]; i++)
		;
	check(i == room, "size %u: byte %zu is written", size, i);
	free(arg);
	if (subject->cmd == FASTKEXEC_LOAD || subject->cmd == FASTKEXEC_UNLOAD)
		load_again(fd);
}

static void refuse_tail(int fd, const struct subject *subject, uint32_t more, uint32_t at)
{
	char *arg = resized(subject, subject->size + more, world.page + subject->size);
	char what[64];

	arg[subject->size + at] = 1;
	snprintf(what, sizeof(what), "byte %u of %u behind is not zero", at, more);
	refused(fd, what, subject->cmd, arg, E2BIG, "does not know");
	free(arg);
}

static void wrong_sizes(int fd, const struct subject *subject)
{
	refuse_size(fd, subject, 0, EINVAL, "size 0");
	refuse_size(fd, subject, 4, EINVAL, "size 4");
	refuse_size(fd, subject, subject->size - 1, EINVAL, "size");
	refuse_size(fd, subject, subject->size - 4, EINVAL, "size");
	refuse_size(fd, subject, world.page + 1, E2BIG, "absurd");
	refuse_size(fd, subject, 1U << 31, E2BIG, "absurd");
	refuse_size(fd, subject, ~0U, E2BIG, "absurd");
	accept_size(fd, subject, subject->size + 1);
	accept_size(fd, subject, subject->size + 8);
	accept_size(fd, subject, world.page);
	refuse_tail(fd, subject, 1, 0);
	refuse_tail(fd, subject, 8, 0);
	refuse_tail(fd, subject, 8, 7);
	refuse_tail(fd, subject, world.page - subject->size, world.page - subject->size - 1);
}

static void wrong_addresses(int fd, const struct subject *subject)
{
	struct fastkexec_info larger;
	enum bad_pointer bad;
	char what[64];
	void *arg;

	for (bad = 0; bad < BAD_POINTERS; bad++) {
		snprintf(what, sizeof(what), "argument: %s", world_bad_name(bad));
		refused(fd, what, subject->cmd, (void *)(uintptr_t)world_bad(bad), EFAULT,
			"cannot be read");
	}
	arg = world_edge(subject->size - 1);
	memcpy(arg, subject->arg, subject->size - 1);
	refused(fd, "argument cut by one byte", subject->cmd, arg, EFAULT, "cannot be read");
	arg = world_edge(2);
	refused(fd, "argument cut within its size", subject->cmd, arg, EFAULT, "cannot be read");
	if (subject->answers)
		refused(fd, "argument read-only", subject->cmd,
			world_read_only(subject->arg, subject->size), EFAULT, "cannot be written");

	/* What is said to lie behind is not there. */
	arg = world_edge(subject->size);
	memcpy(arg, subject->arg, subject->size);
	*(uint32_t *)arg += sizeof(larger);
	refused(fd, "argument ends before its size", subject->cmd, arg, EFAULT, "cannot be read");
}

static void wrong_argument(int fd, unsigned long cmd, const void *arg, size_t size, bool answers)
{
	const struct subject subject = { cmd, arg, size, answers };

	wrong_sizes(fd, &subject);
	wrong_addresses(fd, &subject);
}

static void test_place_fields(int fd)
{
	static const uint32_t placements[] = {
		FASTKEXEC_PLACE_AUTO, FASTKEXEC_PLACE_IN_PLACE, FASTKEXEC_PLACE_COPY,
	};
	struct query query, right;
	unsigned int i, p;

	query_prepare(&query, FASTKEXEC_PLACE_COPY);
	wrong_argument(fd, FASTKEXEC_PLACE, &query.place, sizeof(query.place), false);
	for (p = 0; p < 3; p++) {
		query_prepare(&right, placements[p]);
		query = right;
		accepted(fd, "right", FASTKEXEC_PLACE, &query.place);
		for (i = 0; i < query_rejections_nr; i++) {
			query_prepare(&query, placements[p]);
			rejection_apply(&query_rejections[i], &query);
			refused(fd, query_rejections[i].what, FASTKEXEC_PLACE, &query.place,
				query_rejections[i].error, query_rejections[i].word);
		}
		query_prepare(&query, placements[p]);
		query.place.pieces = (uintptr_t)world_read_only(query.piece, sizeof(query.piece));
		refused(fd, "pieces read-only", FASTKEXEC_PLACE, &query.place, EFAULT,
			"pieces cannot be written");
		query_prepare(&query, placements[p]);
		query.place.pieces = (uintptr_t)world_edge(sizeof(query.piece[0]) + 1);
		memcpy(world_edge(sizeof(query.piece[0]) + 1), query.piece,
		       sizeof(query.piece[0]) + 1);
		refused(fd, "pieces cut", FASTKEXEC_PLACE, &query.place, EFAULT,
			"pieces cannot be read");
	}
}

static void test_load_fields(int fd, uint32_t placement)
{
	struct image image;
	unsigned int i;

	image_prepare(&image, placement);
	image_spread(&image);
	wrong_argument(fd, FASTKEXEC_LOAD, &image.load, sizeof(image.load), false);
	for (i = 0; i < image_rejections_nr; i++) {
		image_prepare(&image, placement);
		/* What is found only after the segments before it have their place. */
		if (image_rejections[i].error == EFAULT ||
		    image_rejections[i].error == EADDRNOTAVAIL)
			image_spread(&image);
		rejection_apply(&image_rejections[i], &image);
		refused(fd, image_rejections[i].what, FASTKEXEC_LOAD, &image.load,
			image_rejections[i].error, image_rejections[i].word);
	}
	image_prepare(&image, placement);
	image.load.segments = (uintptr_t)world_edge(2 * sizeof(image.segment[0]) + 8);
	memcpy(world_edge(2 * sizeof(image.segment[0]) + 8), image.segment,
	       2 * sizeof(image.segment[0]) + 8);
	refused(fd, "segments cut", FASTKEXEC_LOAD, &image.load, EFAULT,
		"segments cannot be read");
}

/* Bytes that an element of an array may have beyond what is known here. */
static const size_t more_bytes[] = { 1, 8, 24, 0 };

/*
 * An array as a newer caller has it: @nr elements of @size bytes, with @more bytes
 * behind each, and room behind the last that nobody may touch. Freed by the next call.
 */
static char *stretched(const void *elements, unsigned int nr, size_t size, size_t more)
{
	static char *array;
	unsigned int i;

	free(array);
	array = calloc(nr + 1, size + more);
	if (!array)
		fatal("calloc");
	for (i = 0; i < nr; i++)
		memcpy(array + i * (size + more), (const char *)elements + i * size, size);
	return array;
}

/* Bytes of @array, made by stretched(), that are not @fill outside its elements. */
static unsigned int touched(const char *array, unsigned int nr, size_t size, size_t more,
			    char fill)
{
	unsigned int count = 0;
	size_t at;

	for (at = 0; at < (nr + 1) * (size + more); at++)
		if ((at / (size + more) == nr || at % (size + more) >= size) && array[at] != fill)
			count++;
	return count;
}

/* Pieces that are larger than this module knows them. */
static void test_large_pieces(int fd, size_t more)
{
	const size_t size = sizeof(struct fastkexec_piece);
	struct fastkexec_piece piece;
	struct query query;
	unsigned int i;
	char *array;

	query_prepare(&query, FASTKEXEC_PLACE_IN_PLACE);
	array = stretched(query.piece, query.place.nr_pieces, size, more);
	query.place.pieces = (uintptr_t)array;
	query.place.piece_size = size + more;
	accepted(fd, "larger pieces", FASTKEXEC_PLACE, &query.place);
	for (i = 0; i < query.place.nr_pieces; i++) {
		memcpy(&piece, array + i * (size + more), size);
		check(piece.placement == FASTKEXEC_PLACE_IN_PLACE &&
		      world_owns(piece.addr, piece.memsz) &&
		      piece.addr % piece.align == piece.offset &&
		      piece.memsz == query.piece[i].memsz && piece.role == query.piece[i].role,
		      "PLACE: piece %u, %zu bytes larger, is at 0x%llx", i, more,
		      (unsigned long long)piece.addr);
	}
	check(!touched(array, query.place.nr_pieces, size, more, 0),
	      "PLACE writes behind pieces that are %zu bytes larger", more);

	array[2 * (size + more) - 1] = 1;
	refused(fd, "larger pieces, the last byte not zero", FASTKEXEC_PLACE, &query.place,
		E2BIG, "pieces ask for something");
}

/* Segments that are larger than this module knows them. */
static void test_large_segments(int fd, size_t more)
{
	const size_t size = sizeof(struct fastkexec_segment);
	struct loaded before, after;
	struct image image;
	char *array;

	image_prepare(&image, FASTKEXEC_PLACE_COPY);
	accepted(fd, "right", FASTKEXEC_LOAD, &image.load);
	call_status(&before);
	array = stretched(image.segment, IMAGE_SEGMENTS, size, more);
	image.load.segments = (uintptr_t)array;
	image.load.segment_size = size + more;
	accepted(fd, "larger segments", FASTKEXEC_LOAD, &image.load);
	call_status(&after);
	check(!memcmp(before.segment, after.segment, sizeof(before.segment)) &&
	      after.status.entry == image.load.entry && after.status.dtb == image.load.dtb,
	      "segments %zu bytes larger make another image", more);

	array[IMAGE_SEGMENTS * (size + more) - 1] = 1;
	refused(fd, "larger segments, the last byte not zero", FASTKEXEC_LOAD, &image.load,
		E2BIG, "segments ask for something");
}

/* Room for segments that are larger than this module knows them. */
static void test_large_room(int fd, size_t more)
{
	const size_t size = sizeof(struct fastkexec_segment);
	struct fastkexec_status status = {
		.size = sizeof(status),
		.nr_segments = FASTKEXEC_MAX_SEGMENTS,
		.segment_size = size + more,
	};
	struct loaded loaded;
	unsigned int i;
	char *array;

	call_status(&loaded);
	array = stretched(loaded.segment, FASTKEXEC_MAX_SEGMENTS, size, more);
	memset(array, 0xee, (FASTKEXEC_MAX_SEGMENTS + 1) * (size + more));
	status.segments = (uintptr_t)array;
	accepted(fd, "larger segments", FASTKEXEC_STATUS, &status);
	check(status.segment_size == size + more && status.segments == (uintptr_t)array,
	      "STATUS changes where its segments go");
	for (i = 0; i < IMAGE_SEGMENTS; i++)
		check(!memcmp(array + i * (size + more), &loaded.segment[i], size),
		      "STATUS: segment %u, %zu bytes larger, is another one", i, more);
	memset(array + IMAGE_SEGMENTS * (size + more), 0xee, size);
	check(!touched(array, FASTKEXEC_MAX_SEGMENTS, size, more, 0xee),
	      "STATUS writes behind segments that are %zu bytes larger", more);
}

/* What newer callers say of elements of arrays, and older ones cannot. */
static void test_elements(int fd)
{
	size_t i;

	for (i = 0; i < sizeof(more_bytes) / sizeof(more_bytes[0]); i++) {
		test_large_pieces(fd, more_bytes[i] ?: world.page - sizeof(struct fastkexec_piece));
		test_large_segments(fd, more_bytes[i] ?:
				    world.page - sizeof(struct fastkexec_segment));
		test_large_room(fd, more_bytes[i] ?: world.page - sizeof(struct fastkexec_segment));
	}
}

static void test_unload_fields(int fd)
{
	struct fastkexec_unload unload = { .size = sizeof(unload) };

	wrong_argument(fd, FASTKEXEC_UNLOAD, &unload, sizeof(unload), false);
	unload.flags = 1;
	refused(fd, "flag 0", FASTKEXEC_UNLOAD, &unload, EINVAL, "flags");
	unload.flags = 1U << 31;
	refused(fd, "flag 31", FASTKEXEC_UNLOAD, &unload, EINVAL, "flags");
}

static void test_digest_fields(int fd)
{
	struct fastkexec_digest digest = { .size = sizeof(digest) };
	struct loaded loaded;

	call_status(&loaded);
	digest.dest = loaded.segment[0].dest;
	wrong_argument(fd, FASTKEXEC_DIGEST, &digest, sizeof(digest), true);
}

/* On a machine that was started with all of its memory. */
static void test_memory_fields(int fd)
{
	static const uint64_t from[] = { 0, 1, 1ULL << 52, ~0ULL - 1, ~0ULL };
	struct fastkexec_memory memory = { .size = sizeof(memory) };
	size_t i;

	wrong_argument(fd, FASTKEXEC_MEMORY, &memory, sizeof(memory), true);
	for (i = 0; i < sizeof(from) / sizeof(from[0]); i++) {
		memset(&memory, 0xff, sizeof(memory));
		memory.size = sizeof(memory);
		memory.flags = 0;
		memory.from = from[i];
		accepted(fd, "no later memory", FASTKEXEC_MEMORY, &memory);
		check(memory.from == from[i] && !memory.start && !memory.end && !memory.node &&
		      !memory.added, "MEMORY: 0x%llx to 0x%llx, node %u, added %u",
		      (unsigned long long)memory.start, (unsigned long long)memory.end,
		      memory.node, memory.added);
	}
	memory.flags = 1;
	refused(fd, "flag 0", FASTKEXEC_MEMORY, &memory, EINVAL, "flags");
	memory.flags = 1U << 31;
	refused(fd, "flag 31", FASTKEXEC_MEMORY, &memory, EINVAL, "flags");
}

/* What the map has is looked at in memory_map_test.c. */
static void test_efi_map_fields(int fd)
{
	struct fastkexec_efi_map query = {
		.size = sizeof(query),
		.len = 1,
		.map = world_bad(BAD_KERNEL),
		.desc_size = ~0U,
	};

	if (world.efi) {
		query.map = 0;
		wrong_argument(fd, FASTKEXEC_EFI_MAP, &query, sizeof(query), true);
		return;
	}
	refused(fd, "no EFI", FASTKEXEC_EFI_MAP, &query, EOPNOTSUPP, "was not started by EFI");
	check(query.len == 1 && query.desc_size == ~0U, "EFI_MAP: it fails, and answers");
	query.size = 0;
	refused(fd, "no EFI, size 0", FASTKEXEC_EFI_MAP, &query, EINVAL, "size 0");
	refused(fd, "no EFI, argument NULL", FASTKEXEC_EFI_MAP, NULL, EFAULT, "cannot be read");
}

static void test_stamp_fields(int fd)
{
	struct fastkexec_stamp stamp = { .size = sizeof(stamp) };

	wrong_argument(fd, FASTKEXEC_STAMP, &stamp, sizeof(stamp), false);
	stamp.moment = FASTKEXEC_MOMENT_SHUTDOWN;
	accepted(fd, "right", FASTKEXEC_STAMP, &stamp);
	stamp.moment = FASTKEXEC_MOMENT_NOTIFIED;
	refused(fd, "the kernel's own moment", FASTKEXEC_STAMP, &stamp, EINVAL, "moment 2");
	stamp.moment = ~0U;
	refused(fd, "moment 2^32-1", FASTKEXEC_STAMP, &stamp, EINVAL, "moment 4294967295");
}

/* A record may lie anywhere in contents. It takes their place, and nothing else's. */
static void test_record(int fd, uint32_t placement)
{
	struct image image;

	image_prepare(&image, placement);
	image_spread(&image);
	image.load.record = image.segment[IMAGE_KERNEL].dest + world.page -
			    sizeof(struct fastkexec_record);
	accepted(fd, "a record at the end of a page", FASTKEXEC_LOAD, &image.load);
}

/* The size of one segment. */
static void test_status_sizes(int fd, uint64_t segments)
{
	static const struct {
		uint32_t size;
		int error;
		const char *word;
	} sizes[] = {
		{ 0, EINVAL, "one of the segments is less than" },
		{ FASTKEXEC_SEGMENT_SIZE_V0 - 1, EINVAL, "one of the segments is less than" },
		{ (64 << 10) + 1, E2BIG, "absurd" },
		{ 1U << 31, E2BIG, "absurd" },
		{ ~0U, E2BIG, "absurd" },
	};
	struct fastkexec_status status;
	char what[64];
	size_t i;

	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		status = (struct fastkexec_status){
			.size = sizeof(status),
			.segments = segments,
			.nr_segments = FASTKEXEC_MAX_SEGMENTS,
			.segment_size = sizes[i].size,
		};
		snprintf(what, sizeof(what), "segments of %u bytes", sizes[i].size);
		refused(fd, what, FASTKEXEC_STATUS, &status, sizes[i].error, sizes[i].word);
		status.segments = 0;
		accepted(fd, "no segments, whatever their size", FASTKEXEC_STATUS, &status);
	}
}

static void test_status_fields(int fd)
{
	struct fastkexec_segment segment[FASTKEXEC_MAX_SEGMENTS + 1];
	struct fastkexec_status status = { .size = sizeof(status) };
	enum bad_pointer bad;
	char what[64];

	wrong_argument(fd, FASTKEXEC_STATUS, &status, sizeof(status), true);
	for (bad = 0; bad < BAD_POINTERS; bad++) {
		if (bad == BAD_NULL)	/* asks for no segments */
			continue;
		status = (struct fastkexec_status){
			.size = sizeof(status),
			.segments = world_bad(bad),
			.nr_segments = FASTKEXEC_MAX_SEGMENTS,
			.segment_size = sizeof(segment[0]),
		};
		snprintf(what, sizeof(what), "segments: %s", world_bad_name(bad));
		refused(fd, what, FASTKEXEC_STATUS, &status, EFAULT, "cannot be written");
	}
	test_status_sizes(fd, (uintptr_t)segment);
	status.segments = (uintptr_t)world_read_only(segment, sizeof(segment));
	refused(fd, "segments read-only", FASTKEXEC_STATUS, &status, EFAULT, "cannot be written");
	status.segments = (uintptr_t)world_edge(IMAGE_SEGMENTS * sizeof(segment[0]) - 1);
	refused(fd, "segments cut", FASTKEXEC_STATUS, &status, EFAULT, "cannot be written");
}

/* On a machine that has nothing to keep. */
static void test_keeps_fields(int fd)
{
	static const struct {
		uint32_t size;
		int error;
		const char *word;
	} sizes[] = {
		{ 0, EINVAL, "one of the keeps is less than" },
		{ FASTKEXEC_KEEP_SIZE_V0 - 1, EINVAL, "one of the keeps is less than" },
		{ (64 << 10) + 1, E2BIG, "absurd" },
		{ ~0U, E2BIG, "absurd" },
	};
	struct fastkexec_keeps keeps = { .size = sizeof(keeps) };
	char what[64];
	size_t i;

	wrong_argument(fd, FASTKEXEC_KEEPS, &keeps, sizeof(keeps), true);
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		keeps.keeps = world_bad(BAD_KERNEL);
		keeps.nr_keeps = 4;
		keeps.keep_size = sizes[i].size;
		snprintf(what, sizeof(what), "keeps of %u bytes", sizes[i].size);
		refused(fd, what, FASTKEXEC_KEEPS, &keeps, sizes[i].error, sizes[i].word);
		keeps.keeps = 0;
		accepted(fd, "no keeps, whatever their size", FASTKEXEC_KEEPS, &keeps);
		check(!keeps.nr_keeps, "%u keeps where there are no LPIs", keeps.nr_keeps);
	}
	keeps.reserved = 1;
	refused(fd, "reserved field", FASTKEXEC_KEEPS, &keeps, EINVAL, "reserved");
	keeps.reserved = 1U << 31;
	refused(fd, "reserved field, high bit", FASTKEXEC_KEEPS, &keeps, EINVAL, "reserved");
}

static void test_rehearse_fields(int fd)
{
	struct fastkexec_rehearse rehearse = { .size = sizeof(rehearse), .done = ~0U };
	struct loaded loaded;
	struct image image;

	/* From here on a rehearsal does not change what is known of the image. */
	accepted(fd, "right", FASTKEXEC_REHEARSE, &rehearse);
	call_status(&loaded);
	check(rehearse.done == loaded.status.rehearsed &&
	      (rehearse.done & ~FASTKEXEC_REHEARSED_EL2) ==
		      (FASTKEXEC_REHEARSED_WALK | FASTKEXEC_REHEARSED_AT |
		       FASTKEXEC_REHEARSED_COPY | FASTKEXEC_REHEARSED_VERIFY),
	      "REHEARSE has done 0x%x, and STATUS says 0x%x", rehearse.done,
	      loaded.status.rehearsed);
	wrong_argument(fd, FASTKEXEC_REHEARSE, &rehearse, sizeof(rehearse), true);
	accepted(fd, "right", FASTKEXEC_REHEARSE, &rehearse);

	rehearse.flags = 2;
	refused(fd, "flag 1", FASTKEXEC_REHEARSE, &rehearse, EINVAL, "flags");
	rehearse.flags = ~0U;
	refused(fd, "all flags", FASTKEXEC_REHEARSE, &rehearse, EINVAL, "flags");
	rehearse.flags = 0;
	rehearse.reserved = 1;
	refused(fd, "reserved field", FASTKEXEC_REHEARSE, &rehearse, EINVAL, "reserved");
	/* A rehearsal that failed is none: this image has had none before. */
	load_again(fd);
	rehearse.reserved = 0;
	call_provoke(true);
	refused(fd, "a fault provoked", FASTKEXEC_REHEARSE, &rehearse, EIO, "fault");
	image_prepare(&image, FASTKEXEC_PLACE_COPY);
	image.load.flags = FASTKEXEC_LOAD_REHEARSE;
	image.load.entry += 4;
	refused(fd, "a fault provoked", FASTKEXEC_LOAD, &image.load, EIO, "fault");
	call_provoke(false);
	accepted(fd, "right, after a fault", FASTKEXEC_REHEARSE, &rehearse);
}

static void test_explain_fields(int fd)
{
	struct fastkexec_explain explain = { .size = sizeof(explain) };
	char line[300];
	enum bad_pointer bad;
	char what[64];

	explain.len = sizeof(line);
	explain.buf = (uintptr_t)line;
	wrong_argument(fd, FASTKEXEC_EXPLAIN, &explain, sizeof(explain), true);
	for (bad = 0; bad < BAD_POINTERS; bad++) {
		explain.len = sizeof(line);
		explain.buf = world_bad(bad);
		snprintf(what, sizeof(what), "buffer: %s", world_bad_name(bad));
		refused(fd, what, FASTKEXEC_EXPLAIN, &explain, EFAULT, "cannot be written");
	}
	explain.buf = (uintptr_t)world_read_only(line, sizeof(line));
	refused(fd, "buffer read-only", FASTKEXEC_EXPLAIN, &explain, EFAULT, "cannot be written");
	explain.buf = (uintptr_t)world_edge(3);
	refused(fd, "buffer cut", FASTKEXEC_EXPLAIN, &explain, EFAULT, "cannot be written");
}

/* A number that is no call is no call that failed: nothing is said, nothing changes. */
static void test_no_call(int fd)
{
	static const unsigned long numbers[] = {
		_IO(FASTKEXEC_IOC_TYPE, 100), _IO(FASTKEXEC_IOC_TYPE, 255),
		_IO(FASTKEXEC_IOC_TYPE - 1, 0), 0, ~0U,
		_IOR(FASTKEXEC_IOC_TYPE, 0, struct fastkexec_info),
		_IOWR(FASTKEXEC_IOC_TYPE, 2, struct fastkexec_load),
		0x5401,		/* TCGETS: isatty() */
	};
	struct fastkexec_info info = { .size = sizeof(info) };
	char earlier[300], words[300];
	struct loaded before, after;
	struct klog log;
	unsigned int i;

	call_status(&before);
	call_explain(fd, earlier, sizeof(earlier));
	klog_read(&log);
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		int got = call(fd, numbers[i], &info);

		call_explain(fd, words, sizeof(words));
		klog_read(&log);
		check(got == ENOTTY && !log.lines && !strcmp(words, earlier),
		      "ioctl 0x%lx: %s, %u log lines, \"%s\"", numbers[i], strerror(got),
		      log.lines, words);
	}
	call_status(&after);
	check(call_same(&before, &after), "a number that is no call changes the image");
}

TEST("fields", "fields check efi")
{
	struct fastkexec_info info = { .size = sizeof(info) };
	int fd = call_open();

	load_again(fd);
	wrong_argument(fd, FASTKEXEC_INFO, &info, sizeof(info), true);
	test_place_fields(fd);
	test_load_fields(fd, FASTKEXEC_PLACE_COPY);
	test_load_fields(fd, FASTKEXEC_PLACE_AUTO);
	test_load_fields(fd, FASTKEXEC_PLACE_IN_PLACE);
	test_elements(fd);
	test_unload_fields(fd);
	test_status_fields(fd);
	test_keeps_fields(fd);
	test_stamp_fields(fd);
	test_digest_fields(fd);
	test_memory_fields(fd);
	test_efi_map_fields(fd);
	test_record(fd, FASTKEXEC_PLACE_COPY);
	test_record(fd, FASTKEXEC_PLACE_IN_PLACE);
	test_rehearse_fields(fd);
	test_explain_fields(fd);
	test_no_call(fd);

	check(!call_unload(fd), "the image cannot be unloaded");
	refused(fd, "nothing is loaded", FASTKEXEC_UNLOAD,
		&(struct fastkexec_unload){ .size = sizeof(struct fastkexec_unload) }, ENODATA,
		"nothing is loaded");
	refused(fd, "nothing is loaded", FASTKEXEC_REHEARSE,
		&(struct fastkexec_rehearse){ .size = sizeof(struct fastkexec_rehearse) }, ENODATA,
		"nothing is loaded");
	close(fd);
}
