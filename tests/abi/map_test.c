// SPDX-License-Identifier: GPL-2.0
/*
 * Claims and backings that are mapped: what a program can do with them, and until when.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls.h"
#include "check.h"
#include "klog.h"
#include "proc_iomem.h"
#include "rights.h"
#include "right_values.h"
#include "test.h"

/* Large enough to be seen in the machine's free memory; no multiple of any block. */
#define CLAIM		(48ULL << 20)
#define SMALL		(3 * world.page)

/* Threads that write while a load runs, and loads that they try to spoil. */
#define WRITERS		3
#define LOADS		40

/* What the pieces of a test are: claimed, or kept elsewhere. */
static uint32_t placement;

static __thread sigjmp_buf lost;
static __thread volatile int lost_by;

static void on_loss(int signal)
{
	lost_by = signal;
	siglongjmp(lost, 1);
}

static void catch_losses(void)
{
	struct sigaction action = { .sa_handler = on_loss, .sa_flags = SA_NODEFER };

	if (sigaction(SIGBUS, &action, NULL) || sigaction(SIGSEGV, &action, NULL))
		fatal("sigaction");
}

/* The signal that storing a byte ends in, 0 if it is stored. */
static int store(volatile uint8_t *at, uint8_t value)
{
	lost_by = 0;
	if (!sigsetjmp(lost, 0))
		*at = value;
	return lost_by;
}

/* The signal that reading a byte ends in, 0 if it is read. */
static int fetch(const volatile uint8_t *at, uint8_t *value)
{
	lost_by = 0;
	if (!sigsetjmp(lost, 0))
		*value = *at;
	return lost_by;
}

static void check_gone(const char *when, uint8_t *at)
{
	uint8_t value = 0;
	int write = store(at, 1);
	int read = fetch(at, &value);

	check(write == SIGBUS && read == SIGBUS, "%s: writing ends in signal %d, reading in %d",
	      when, write, read);
}

static struct fastkexec_piece claim(int fd, uint64_t size)
{
	struct query query;

	query_prepare(&query, placement);
	query.place.nr_pieces = 1;
	query.piece[0].flags = FASTKEXEC_PIECE_MAP;
	query.piece[0].memsz = size;
	query.piece[0].align = 2ULL << 20;
	query.piece[0].offset = 0;
	accepted(fd, "a piece to be mapped", FASTKEXEC_PLACE, &query.place);
	check(query.piece[0].placement == placement && query.piece[0].map != FASTKEXEC_NO_MAP,
	      "a piece cannot be mapped, or has placement %u", query.piece[0].placement);
	return query.piece[0];
}

static uint8_t *map(int fd, const struct fastkexec_piece *piece, uint64_t size)
{
	uint8_t *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, piece->map);

	if (!check(at != MAP_FAILED, "a claim is not mapped: %s", strerror(errno)))
		fatal("mmap");
	return at;
}

/* A right image whose spare segment is in the claim @piece, all but its last bytes. */
static void prepare(struct image *image, const struct fastkexec_piece *piece, uint64_t size)
{
	struct fastkexec_segment *spare = &image->segment[IMAGE_SPARE];

	image_prepare(image, FASTKEXEC_PLACE_COPY);
	spare->buf = 0;
	spare->bufsz = size - 100;
	spare->memsz = size;
	spare->dest = piece->addr;
	spare->flags = FASTKEXEC_SEGMENT_MAPPED;
}

static void load(int fd, const char *what, const struct fastkexec_piece *piece, uint64_t size)
{
	struct image image;
	int got;

	prepare(&image, piece, size);
	got = call(fd, FASTKEXEC_LOAD, &image.load);
	check(!got, "%s: loading fails: %s", what, strerror(got));
}

static void unload(int fd)
{
	check(!call_unload(fd), "the image cannot be unloaded");
}

/* How many stretches of memory hold the spare segment, 0 if it is not as large as @size. */
static unsigned int chunks_of_spare(int fd, uint64_t size)
{
	struct fastkexec_segment segment[IMAGE_SEGMENTS] = { 0 };
	struct fastkexec_status status = {
		.size = sizeof(status),
		.segments = (uintptr_t)segment,
		.nr_segments = IMAGE_SEGMENTS,
		.segment_size = sizeof(*segment),
	};
	unsigned int i;

	accepted(fd, "an image is loaded", FASTKEXEC_STATUS, &status);
	for (i = 0; i < IMAGE_SEGMENTS; i++)
		if (segment[i].memsz == size && segment[i].placement == placement)
			return segment[i].chunks;
	return 0;
}

/*
 * Nothing of the image has changed since its checksums were taken. Threads that write may
 * keep a CPU of a slow kernel from the task that holds it during a rehearsal.
 */
static void check_unchanged(int fd, const char *what)
{
	struct fastkexec_rehearse rehearse = { .size = sizeof(rehearse) };
	unsigned int turns = 5;
	int error;

	do
		error = call(fd, FASTKEXEC_REHEARSE, &rehearse);
	while (error == EBUSY && --turns);
	check(!error, "%s: a rehearsal ends with %s", what, strerror(error));
	check(rehearse.done & FASTKEXEC_REHEARSED_VERIFY, "%s: nothing is compared", what);
}

static bool is_zero(const uint8_t *at, uint64_t size)
{
	uint64_t i;

	for (i = 0; i < size; i++)
		if (at[i])
			return false;
	return true;
}

/* Written, unmapped and mapped again: what was written stays, the rest is zero. */
static void test_contents(void)
{
	int fd = call_open();
	struct fastkexec_piece piece = claim(fd, CLAIM);
	uint8_t *at = map(fd, &piece, CLAIM), *other;

	check(is_zero(at, CLAIM), "a claim is not zero at first");
	memset(at, 0x5a, CLAIM);
	munmap(at, CLAIM);
	other = map(fd, &piece, CLAIM);
	check(other[0] == 0x5a && !memcmp(other, other + 1, CLAIM - 1),
	      "what was written does not stay");
	piece = claim(fd, CLAIM);
	check_gone("claimed anew", other);
	munmap(other, CLAIM);
	other = map(fd, &piece, CLAIM);
	/* From the end on: each block is cleared before it is shown. */
	check(is_zero(other + CLAIM / 2, CLAIM / 2) && is_zero(other, CLAIM / 2),
	      "a claim shows what was written to an earlier one");
	munmap(other, CLAIM);
	close(fd);
}

/* A read() that goes into a mapping which is gone. */
static void check_kernel_writes(const char *when, uint8_t *at)
{
	int zero = open("/dev/zero", O_RDONLY);

	check(read(zero, at, world.page) == -1 && errno == EFAULT, "%s: read() writes there", when);
	close(zero);
}

static void test_taken_by_load(void)
{
	int fd = call_open(), twin = dup(fd);
	struct fastkexec_piece piece = claim(fd, SMALL);
	uint8_t *one = map(fd, &piece, SMALL), *two = map(twin, &piece, SMALL);
	uint8_t *late;

	one[0] = 1;
	one[SMALL - 1] = 2;
	check(two[0] == 1 && two[SMALL - 1] == 2, "two mappings differ");
	munmap(two, world.page);
	load(fd, "written by a mapping", &piece, SMALL);
	check_gone("loaded", one);
	check_gone("loaded, the other mapping", two + world.page);
	check_kernel_writes("loaded", one);
	late = mmap(NULL, SMALL, PROT_READ, MAP_SHARED, fd, piece.map);
	check(late == MAP_FAILED && errno == ENXIO, "what is loaded can be mapped");
	check(chunks_of_spare(fd, SMALL), "what was written is not what is loaded");
	check_unchanged(fd, "after writes that were refused");
	check(!mprotect(one, SMALL, PROT_READ) && !mprotect(one, SMALL, PROT_READ | PROT_WRITE),
	      "rights of an empty mapping cannot be changed");
	check_gone("loaded, after mprotect()", one);
	munmap(one, SMALL);
	munmap(two + world.page, SMALL - world.page);
	unload(fd);
	close(twin);
	close(fd);
}

/* It need not be mapped, nor written to, nor still be mapped. */
static void test_never_mapped(void)
{
	int fd = call_open();
	struct fastkexec_piece piece = claim(fd, CLAIM);
	uint8_t *at;

	load(fd, "never mapped", &piece, CLAIM);
	check_unchanged(fd, "never mapped");
	piece = claim(fd, CLAIM);
	at = map(fd, &piece, CLAIM);
	at[CLAIM / 2] = 1;
	munmap(at, CLAIM);
	load(fd, "unmapped before the load", &piece, CLAIM);
	check_unchanged(fd, "unmapped before the load");
	unload(fd);
	close(fd);
}

/* A load that fails has taken the mapping all the same, and the old image stays. */
static void test_failed_load(void)
{
	int fd = call_open();
	struct fastkexec_piece piece = claim(fd, SMALL);
	uint8_t *at = map(fd, &piece, SMALL);
	struct image image;

	load(fd, "an image to keep", &piece, SMALL);
	munmap(at, SMALL);
	piece = claim(fd, SMALL);
	at = map(fd, &piece, SMALL);
	prepare(&image, &piece, SMALL);
	image.segment[IMAGE_DTB].buf = world_bad(BAD_NONE);
	refused(fd, "a mapped segment, and one without contents", FASTKEXEC_LOAD, &image.load,
		EFAULT, "segment 1: its contents");
	check_gone("a load that failed", at);
	munmap(at, SMALL);
	unload(fd);
	close(fd);
}

static void test_wrong_loads(void)
{
	int fd = call_open();
	struct fastkexec_piece piece = claim(fd, SMALL);
	uint8_t *at = map(fd, &piece, SMALL);
	struct image image;

	prepare(&image, &piece, SMALL);
	image.segment[IMAGE_SPARE].buf = (uintptr_t)at;
	refused(fd, "mapped, and with a buffer", FASTKEXEC_LOAD, &image.load, EINVAL,
		"segment 2: buf");
	prepare(&image, &piece, SMALL);
	image.segment[IMAGE_SPARE].memsz += world.page;
	refused(fd, "larger than the claim", FASTKEXEC_LOAD, &image.load, EINVAL,
		"segment 2: nothing of this address and size");
	prepare(&image, &piece, SMALL);
	image.segment[IMAGE_SPARE].dest += world.page;
	refused(fd, "beside the claim", FASTKEXEC_LOAD, &image.load, EINVAL,
		"segment 2: nothing of this address and size");
	prepare(&image, &piece, SMALL);
	image.segment[IMAGE_SPARE].bufsz = SMALL + 1;
	refused(fd, "contents larger than the claim", FASTKEXEC_LOAD, &image.load, EINVAL,
		"segment 2: contents");
	check(!store(at, 1), "a refused load has taken the mapping");
	/* What the buffer holds goes away with the mapping that it is in. */
	prepare(&image, &piece, SMALL);
	image.segment[IMAGE_SPARE].flags = 0;
	image.segment[IMAGE_SPARE].buf = (uintptr_t)at;
	refused(fd, "a buffer in the mapping", FASTKEXEC_LOAD, &image.load, EFAULT,
		"segment 2: its contents");
	munmap(at, SMALL);
	close(fd);
}

static void check_no_map(const char *what, int fd, uint64_t size, int rights, int flags,
			 uint64_t offset, int error)
{
	void *at = mmap(NULL, size, rights, flags, fd, offset);

	check(at == MAP_FAILED && errno == error, "%s can be mapped, or: %s", what,
	      strerror(errno));
	if (at != MAP_FAILED)
		munmap(at, size);
}

static void test_rights(int fd, uint64_t offset)
{
	int status;
	pid_t child = fork();

	if (child < 0)
		fatal("fork");
	if (child == 0) {
		rights_drop_sys_boot();
		check_no_map("without CAP_SYS_BOOT a claim", fd, SMALL, PROT_READ, MAP_SHARED,
			     offset, EPERM);
		_exit(0);
	}
	waitpid(child, &status, 0);
	check(!status, "the child without rights: status %d", status);
}

static void test_refused_maps(void)
{
	const int both = PROT_READ | PROT_WRITE;
	int fd = call_open(), reader = open(DEVICE, O_RDONLY), other = call_open();
	struct fastkexec_piece piece, read_only;
	uint8_t *at;

	check_no_map("before PLACE anything", fd, SMALL, both, MAP_SHARED, 0, ENXIO);
	piece = claim(fd, SMALL);
	check_no_map("more than the claim", fd, SMALL + 1, both, MAP_SHARED, piece.map, ENXIO);
	check_no_map("what begins before the claim", fd, SMALL, both, MAP_SHARED,
		     piece.map - world.page, ENXIO);
	check_no_map("what ends behind the claim", fd, SMALL, both, MAP_SHARED,
		     piece.map + world.page, ENXIO);
	check_no_map("what lies behind the claim", fd, world.page, both, MAP_SHARED,
		     piece.map + SMALL, ENXIO);
	check_no_map("memory of no claim", fd, world.page, both, MAP_SHARED,
		     world.kernel_code.start & -world.page, ENXIO);
	check_no_map("another file's claim", other, SMALL, both, MAP_SHARED, piece.map, ENXIO);
	check_no_map("beyond all addresses", fd, world.page, both, MAP_SHARED, world.pa_end,
		     ENXIO);
	check_no_map("offset 2^63", fd, world.page, both, MAP_SHARED, 1ULL << 63, ENXIO);
	check_no_map("the last page of 2^64", fd, world.page, both, MAP_SHARED, -world.page,
		     EOVERFLOW);
	check_no_map("what wraps at 2^64", fd, 2 * world.page, both, MAP_SHARED, -world.page,
		     EOVERFLOW);
	check_no_map("a private claim", fd, SMALL, both, MAP_PRIVATE, piece.map, EINVAL);
	check_no_map("a private claim, to read", fd, SMALL, PROT_READ, MAP_PRIVATE, piece.map,
		     EINVAL);
	check_no_map("an executable claim", fd, SMALL, PROT_READ | PROT_EXEC, MAP_SHARED,
		     piece.map, EACCES);
	test_rights(fd, piece.map);

	read_only = claim(reader, SMALL);
	check_no_map("with a file to read, to write", reader, SMALL, both, MAP_SHARED,
		     read_only.map, EACCES);
	check_no_map("with a file to read, to read", reader, SMALL, PROT_READ, MAP_SHARED,
		     read_only.map, EACCES);
	check_no_map("with a file to read, private", reader, SMALL, both, MAP_PRIVATE,
		     read_only.map, EACCES);

	at = map(fd, &piece, SMALL);
	check(mprotect(at, SMALL, PROT_READ | PROT_EXEC) && errno == EACCES,
	      "a mapping can be made executable");
	munmap(at, SMALL);
	close(other);
	close(reader);
	close(fd);
}

/* What is copied has no memory of its own, unless that is asked for. */
static void test_not_asked(void)
{
	int fd = call_open();
	struct query query;

	query_prepare(&query, FASTKEXEC_PLACE_COPY);
	accepted(fd, "by copy", FASTKEXEC_PLACE, &query.place);
	check(query.piece[0].map == FASTKEXEC_NO_MAP, "what is copied can be mapped");
	check_no_map("what is copied", fd, world.page, PROT_READ, MAP_SHARED, query.piece[0].addr,
		     ENXIO);
	close(fd);
}

static int64_t free_pages(void)
{
	struct account account;

	world_account(&account);
	return account.free;
}

static void let_tell_pieces(bool on)
{
	const char *what = on ? "module fastkexec +p" : "module fastkexec -p";
	int fd = open("/proc/dynamic_debug/control", O_WRONLY);

	if (fd < 0 || write(fd, what, strlen(what)) < 0)
		fatal("/proc/dynamic_debug/control");
	close(fd);
}

/**
 * struct held - what the log tells of where the spare segment is held
 * @nr: stretches
 * @middle: where one of them begins
 * @hits: how many hold a byte of the page that was looked for
 */
struct held {
	unsigned int nr;
	uint64_t middle;
	unsigned int hits;
};

static void take_line(struct held *held, const char *line, uint64_t page)
{
	uint64_t offset, size, at;
	unsigned int segment;

	if (sscanf(line, "%*[^;];fastkexec: piece: contents of segment %u from %" SCNx64
		   ": %" SCNx64 " bytes at %" SCNx64, &segment, &offset, &size, &at) != 4 ||
	    segment != IMAGE_SPARE)
		return;
	held->nr++;
	if (offset <= CLAIM / 2)
		held->middle = at;
	held->hits += at < page + world.page && page < at + size;
}

/* Load an image whose device tree goes to the page at @page, 0: where it always goes. */
static struct held load_and_look(int fd, uint64_t page)
{
	int log = open("/dev/kmsg", O_RDONLY | O_NONBLOCK);
	struct fastkexec_piece piece = claim(fd, CLAIM);
	uint8_t *at = map(fd, &piece, CLAIM);
	struct held held = { 0 };
	struct image image;
	char line[8192];
	ssize_t got;

	if (log < 0 || lseek(log, 0, SEEK_END) < 0)
		fatal("/dev/kmsg");
	memset(at, 0x5a, CLAIM);
	prepare(&image, &piece, CLAIM);
	if (page) {
		image.segment[IMAGE_DTB].dest = page;
		image.load.dtb = page + 8;
	}
	let_tell_pieces(true);
	check(!call(fd, FASTKEXEC_LOAD, &image.load), "a chunk in the way: loading fails");
	let_tell_pieces(false);
	while ((got = read(log, line, sizeof(line) - 1)) > 0 || (got < 0 && errno == EPIPE)) {
		line[got > 0 ? got : 0] = '\0';
		take_line(&held, line, page);
	}
	check_gone("loaded, perhaps with a chunk in the way", at + CLAIM / 2);
	munmap(at, CLAIM);
	close(log);
	return held;
}

/*
 * What holds a piece lies where another segment is to go, of which PLACE knows nothing. The
 * allocator gives out again what was given back last: so most of these chunks are the ones
 * of the load before.
 */
static void test_in_the_way(void)
{
	int fd = call_open();
	struct held held = load_and_look(fd, 0);
	unsigned int round;

	for (round = 0; round < 8; round++) {
		check(held.nr && held.middle, "the log does not tell where a piece is held");
		unload(fd);
		held = load_and_look(fd, held.middle & -world.page);
		check(!held.hits, "a chunk lies where the device tree goes");
		check(chunks_of_spare(fd, CLAIM), "the piece is not held any more");
		check_unchanged(fd, "with a chunk in the way");
	}
	unload(fd);
	close(fd);
}

/* Five eighths of what is free: no chunk lies where it will run, and the rest is less. */
static void test_too_large(void)
{
	int fd = call_open();
	struct query query;

	query_prepare(&query, FASTKEXEC_PLACE_COPY);
	query.place.nr_pieces = 1;
	query.piece[0].memsz = (uint64_t)free_pages() * world.page / 8 * 5;
	query.piece[0].align = world.page;
	query.piece[0].offset = 0;
	query.piece[0].flags = FASTKEXEC_PIECE_MAP;
	refused(fd, "more than can be kept elsewhere", FASTKEXEC_PLACE, &query.place, ENOMEM,
		"piece 0: not enough memory");
	close(fd);
}

/* A load that wants it in place does not take what waits to be copied. */
static void test_in_place_after_all(void)
{
	int fd = call_open();
	struct fastkexec_piece piece = claim(fd, SMALL);
	struct image image;

	prepare(&image, &piece, SMALL);
	image.load.placement = FASTKEXEC_PLACE_IN_PLACE;
	refused(fd, "by copy, and in place", FASTKEXEC_LOAD, &image.load, EINVAL,
		"segment 2: nothing of this address and size");
	load(fd, "by copy after all", &piece, SMALL);
	unload(fd);
	close(fd);
}

/* The claims go with a query that fails, and with those of another size. */
static void test_freed_claim(void)
{
	int fd = call_open();
	struct fastkexec_piece piece = claim(fd, SMALL);
	uint8_t *at = map(fd, &piece, SMALL);
	struct query query;

	at[0] = 0x5a;
	query_prepare(&query, FASTKEXEC_PLACE_IN_PLACE);
	query.place.reserved = 1;
	refused(fd, "reserved, with a mapping", FASTKEXEC_PLACE, &query.place, EINVAL, "reserved");
	check(!store(at, 0x5a), "a query with a wrong field has taken the mapping");
	query_prepare(&query, FASTKEXEC_PLACE_COPY);
	accepted(fd, "nothing in place", FASTKEXEC_PLACE, &query.place);
	check_gone("the claim given back", at);
	munmap(at, SMALL);
	close(fd);
}

static void test_moves(void)
{
	int fd = call_open();
	struct fastkexec_piece piece = claim(fd, SMALL);
	uint8_t *at = map(fd, &piece, SMALL), *moved;

	at[world.page] = 0x5a;
	check(mremap(at, SMALL, SMALL + world.page, MREMAP_MAYMOVE) == MAP_FAILED,
	      "a mapping can grow");
	check(mremap(at, 0, SMALL, MREMAP_MAYMOVE) == MAP_FAILED, "a mapping can be doubled");
	moved = mmap(NULL, SMALL, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	moved = mremap(at, SMALL, SMALL, MREMAP_MAYMOVE | MREMAP_FIXED, moved);
	if (!check(moved != MAP_FAILED, "a mapping cannot be moved: %s", strerror(errno)))
		fatal("mremap");
	check(moved[world.page] == 0x5a, "a mapping that was moved shows something else");
	load(fd, "moved", &piece, SMALL);
	check_gone("moved and loaded", moved + world.page);
	munmap(moved, SMALL);
	unload(fd);
	close(fd);
}

static void in_child(int fd, const struct fastkexec_piece *piece, uint8_t *at)
{
	uint8_t value;

	check(fetch(at, &value) == SIGSEGV, "a child inherits the mapping");
	at = map(fd, piece, SMALL);
	at[world.page] = 0xc5;
	/* It goes with the mapping in place. */
	_exit(0);
}

static void test_child(void)
{
	int fd = call_open(), status;
	struct fastkexec_piece piece = claim(fd, SMALL);
	uint8_t *at = map(fd, &piece, SMALL);
	pid_t child;

	at[0] = 1;
	child = fork();
	if (child < 0)
		fatal("fork");
	if (child == 0)
		in_child(fd, &piece, at);
	waitpid(child, &status, 0);
	check(!status && at[world.page] == 0xc5 && at[0] == 1,
	      "the child: status %d, and it has written 0x%x", status, at[world.page]);
	load(fd, "a child has written", &piece, SMALL);
	check_gone("loaded after a child", at);
	munmap(at, SMALL);
	unload(fd);
	close(fd);
}

/* A child keeps the file and its mapping, and its parent loads. */
static void test_child_stays(void)
{
	int fd = call_open(), go[2], status;
	struct fastkexec_piece piece = claim(fd, SMALL);
	uint8_t *at;
	pid_t child;
	char byte;

	if (pipe(go))
		fatal("pipe");
	child = fork();
	if (child < 0)
		fatal("fork");
	if (child == 0) {
		close(go[1]);
		at = map(fd, &piece, SMALL);
		at[0] = 1;
		kill(getpid(), SIGSTOP);
		if (read(go[0], &byte, 1))
			_exit(1);
		check_gone("loaded by the parent, in a child", at);
		_exit(0);
	}
	close(go[0]);
	waitpid(child, &status, WUNTRACED);
	load(fd, "mapped by a child alone", &piece, SMALL);
	close(go[1]);
	kill(child, SIGCONT);
	waitpid(child, &status, 0);
	check(!status, "the child that stays: status %d", status);
	check_unchanged(fd, "with a child's mapping");
	unload(fd);
	close(fd);
}

/* A kernel may be built without process_vm_writev(2) and process_vm_readv(2). */
static bool does_not_reach(ssize_t done)
{
	return done == -1 && (errno == EFAULT || errno == ENOSYS);
}

/* Whatever would keep a reference to a page of the mapping. */
static void test_pins(void)
{
	int fd = call_open(), pipes[2], memory = open("/proc/self/mem", O_RDWR);
	struct fastkexec_piece piece = claim(fd, SMALL);
	uint8_t *at = map(fd, &piece, SMALL);
	uint8_t byte = 0x5a;
	struct iovec here = { &byte, 1 }, there = { at, 1 }, page = { at, world.page };

	if (pipe(pipes))
		fatal("pipe");
	at[0] = 1;
	check(does_not_reach(process_vm_writev(getpid(), &here, 1, &there, 1, 0)),
	      "process_vm_writev() reaches the mapping");
	check(does_not_reach(process_vm_readv(getpid(), &here, 1, &there, 1, 0)),
	      "process_vm_readv() reaches the mapping");
	check(vmsplice(pipes[1], &page, 1, 0) == -1 && errno == EFAULT,
	      "vmsplice() keeps a page of the mapping");
	check(pwrite(memory, &byte, 1, (uintptr_t)at) != 1, "/proc/self/mem reaches the mapping");
	check(at[0] == 1, "a write that failed has written");
	check(madvise(at, SMALL, MADV_DOFORK), "a mapping can be given to children");
	close(memory);
	close(pipes[0]);
	close(pipes[1]);
	munmap(at, SMALL);
	close(fd);
}

/* A disk is read without a copy: its driver would write to pinned pages. */
static void test_direct(void)
{
	int disk = open("/dev/ram0", O_RDONLY | O_DIRECT), fd = call_open();
	struct fastkexec_piece piece = claim(fd, SMALL);
	uint8_t *at = map(fd, &piece, SMALL);
	void *own = mmap(NULL, world.page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
			 0);

	at[0] = 1;
	check(read(disk, own, world.page) == (ssize_t)world.page,
	      "a disk cannot be read without a copy: %s", strerror(errno));
	check(read(disk, at, world.page) == -1 && errno == EFAULT,
	      "a disk can be read into a mapping without a copy");
	munmap(own, world.page);
	munmap(at, SMALL);
	close(disk);
	close(fd);
}

/* Who dies with a mapping leaves nothing. */
static void test_killed(void)
{
	const int64_t before = free_pages();
	int64_t missing;
	int status;
	pid_t child = fork();

	if (child < 0)
		fatal("fork");
	if (child == 0) {
		int fd = call_open();
		struct fastkexec_piece piece = claim(fd, CLAIM);

		memset(map(fd, &piece, CLAIM), 1, CLAIM);
		kill(getpid(), SIGKILL);
	}
	waitpid(child, &status, 0);
	missing = before - free_pages();
	check(WIFSIGNALED(status) && missing < (int64_t)(CLAIM / 6 / world.page),
	      "who died with a mapping has left %" PRId64 " pages", missing);
}

/**
 * struct writer - a thread that writes until it is stopped
 * @thread: it
 * @at: where
 * @by_kernel: whether read() does it
 * @stop: set when it is to end
 * @lost: how often it was refused
 */
struct writer {
	pthread_t thread;
	uint8_t *at;
	bool by_kernel;
	bool stop;
	unsigned int lost;
};

static void count(struct writer *writer, bool refused)
{
	if (refused)
		__atomic_add_fetch(&writer->lost, 1, __ATOMIC_RELAXED);
}

static void *write_on(void *arg)
{
	struct writer *writer = arg;
	int random = open("/dev/urandom", O_RDONLY);
	uint8_t value = 0;
	uint64_t at;

	while (!__atomic_load_n(&writer->stop, __ATOMIC_RELAXED)) {
		if (writer->by_kernel) {
			count(writer, read(random, writer->at, SMALL) != (ssize_t)SMALL);
			continue;
		}
		value++;
		for (at = 0; at < SMALL; at += 64)
			count(writer, store(writer->at + at, value));
	}
	close(random);
	return NULL;
}

static void start(struct writer *writer, uint8_t *at, bool by_kernel)
{
	*writer = (struct writer){ .at = at, .by_kernel = by_kernel };
	errno = pthread_create(&writer->thread, NULL, write_on, writer);
	if (errno)
		fatal("pthread_create");
}

/* Once it has tried to write to what is loaded. */
static void stop(struct writer *writer)
{
	unsigned int patience = 20000;

	while (patience-- && !__atomic_load_n(&writer->lost, __ATOMIC_RELAXED))
		usleep(1000);
	__atomic_store_n(&writer->stop, true, __ATOMIC_RELAXED);
	pthread_join(writer->thread, NULL);
	check(writer->lost, "a thread that writes was never refused");
}

/* However a load and writes meet, nothing changes once the checksums are taken. */
static void test_race(void)
{
	struct writer writer[WRITERS];
	unsigned int round, i;

	for (round = 0; round < LOADS; round++) {
		int fd = call_open();
		struct fastkexec_piece piece = claim(fd, SMALL);
		uint8_t *at = map(fd, &piece, SMALL);

		for (i = 0; i < WRITERS; i++)
			start(&writer[i], at, i == 1);
		usleep(round * 50);
		load(fd, "while threads write", &piece, SMALL);
		check_unchanged(fd, "while threads write");
		for (i = 0; i < WRITERS; i++)
			stop(&writer[i]);
		check_unchanged(fd, "threads have written");
		munmap(at, SMALL);
		unload(fd);
		close(fd);
	}
}

static void test_all(void)
{
	catch_losses();
	test_contents();
	test_taken_by_load();
	test_never_mapped();
	test_failed_load();
	test_wrong_loads();
	test_refused_maps();
	test_freed_claim();
	test_moves();
	test_child();
	test_child_stays();
	test_pins();
	test_killed();
	test_race();
}

TEST("map", "fields check map")
{
	placement = FASTKEXEC_PLACE_IN_PLACE;
	test_all();
}

TEST("map-by-copy", "fields check map")
{
	placement = FASTKEXEC_PLACE_COPY;
	test_all();
	test_not_asked();
	test_in_the_way();
	test_too_large();
	test_in_place_after_all();
}

TEST("map-direct", "direct")
{
	placement = FASTKEXEC_PLACE_IN_PLACE;
	test_direct();
	placement = FASTKEXEC_PLACE_COPY;
	test_direct();
}
