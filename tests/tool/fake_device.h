/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kernel's side for the tool's tests: /dev/fastkexec, the few files and
 * calls that the tool asks about the machine, and what the tool writes.
 *
 * The test programs are linked so that the tool's calls of the functions in
 * wrapped_calls.h end here.
 */
#ifndef FASTKEXEC_FAKE_DEVICE_H
#define FASTKEXEC_FAKE_DEVICE_H

#include <stdbool.h>

#include <linux/fastkexec.h>

#include "../core/unit.h"
#include "report/clocks.h"

#define FAKE_CALLS	12
#define FAKE_KEEPS	4
#define FAKE_PIECES	4
#define FAKE_INTERFACES	4

/**
 * struct fake_interface - a network interface
 * @name: its name; "" ends the list
 * @flags: IFF_*
 * @error: errno of changing them
 */
struct fake_interface {
	char name[16];
	short flags;
	int error;
};

/**
 * struct fake - the state of the machine; fake_reset() makes it a good one
 * @open_error: errno of opening /dev/fastkexec
 * @rehearsed: what STATUS says of a rehearsal
 * @call_error: errno of each call, by its number
 * @explanation: the line that FASTKEXEC_EXPLAIN answers, or NULL; a call that fails of
 *	itself sets it
 * @subject: what that line is about
 * @subject_index: which one
 * @info: what FASTKEXEC_INFO answers
 * @nr_keeps: how many ranges FASTKEXEC_KEEPS lists
 * @nr_keeps_later: ranges that it lists from the second call on; 0: the same
 * @keeps: the ranges
 * @later: where the pieces of FASTKEXEC_MEMORY begin, in ascending order; 0: there is none
 * @added: which of them are there
 * @efi_map: what FASTKEXEC_EFI_MAP answers; NULL: EFI did not start this kernel
 * @efi_map_size: how many bytes
 * @efi_map_step: from one descriptor to the next
 * @ram: what FASTKEXEC_PLACE hands out, from the top
 * @in_place: whether it says that memory is claimed
 * @no_map: whether nothing can be mapped, although it is claimed
 * @memory: what sysinfo() answers
 * @dtb: file that /sys/firmware/fdt is
 * @efi: whether there is /sys/firmware/efi
 * @cmdline: file that /proc/cmdline is
 * @meminfo: file that /proc/meminfo is, or NULL: memory has no limit
 * @broken: name of a file that cannot be opened or read
 * @broken_open: errno of opening it, 0: it can be opened
 * @broken_read: errno of reading it, 0: it ends
 * @broken_after: bytes of it that can be read, three at a time
 * @watched: name of a file, or NULL
 * @watched_bytes: bytes of it that were read
 * @full_disk: whether stdout cannot be written to
 * @reader_gone: whether stdout is a pipe that nobody reads
 * @terminal: whether stdout and stderr are a terminal
 * @clock_ms: what the clock shows
 * @clock_runs: it shows this host's time
 * @clocks: what all the clocks show together
 * @random_error: errno of getrandom()
 * @random: the next random byte
 * @reboot_error: errno of reboot()
 * @unload_error: errno of kexec_load(2), which is called to unload alone
 * @loaded: whether an image is loaded
 * @load: it
 * @place: the last FASTKEXEC_PLACE
 * @pieces: its pieces, as asked
 * @segments: segments of @load, without @buf
 * @contents: copies of what was at @buf, or in the mapping
 * @mapped: segments whose contents were in the mapping
 * @stamps: calls of FASTKEXEC_STAMP for each moment
 * @interfaces: network interfaces, up to one without a name
 * @sync_hangs: whether sync() does not end before fake_end_sync()
 * @syncs: calls of sync()
 * @no_threads: whether pthread_create() fails
 * @no_children: whether fork() fails
 * @on_wait: called when somebody waits, by poll(); or NULL
 * @reboots: calls of reboot()
 * @executed: each program that was to be run: its path, its arguments from the second on,
 *	with blanks between them, and a newline; none of them is run
 * @native_unloads: calls of kexec_load(2)
 * @native_flags: their flags
 * @before_reboot: what came before the first reboot(), in order: "s" for a sync(), and
 *	the name of each interface that was taken down
 */
struct fake {
	int open_error;
	uint32_t rehearsed;
	int call_error[FAKE_CALLS];
	const char *explanation;
	enum fastkexec_subject subject;
	uint32_t subject_index;
	struct fastkexec_info info;
	unsigned int nr_keeps;
	unsigned int nr_keeps_later;
	struct fastkexec_keep keeps[FAKE_KEEPS];
	uint64_t later[FAKE_PIECES];
	bool added[FAKE_PIECES];
	const void *efi_map;
	uint32_t efi_map_size;
	uint32_t efi_map_step;
	struct { uint64_t start, end; } ram;
	bool in_place;
	bool no_map;
	uint64_t memory;
	const char *dtb;
	bool efi;
	const char *cmdline;
	const char *meminfo;
	const char *broken;
	int broken_open;
	int broken_read;
	size_t broken_after;
	const char *watched;
	size_t watched_bytes;
	bool full_disk;
	bool reader_gone;
	bool terminal;
	uint64_t clock_ms;
	bool clock_runs;
	struct clocks clocks;
	int random_error;
	uint8_t random;
	int reboot_error;
	int unload_error;

	bool loaded;
	struct fastkexec_load load;
	struct fastkexec_place place;
	struct fastkexec_piece pieces[FASTKEXEC_MAX_SEGMENTS];
	struct fastkexec_segment segments[FASTKEXEC_MAX_SEGMENTS];
	uint8_t *contents[FASTKEXEC_MAX_SEGMENTS];
	unsigned int mapped;
	unsigned int stamps[FASTKEXEC_MOMENTS];
	struct fake_interface interfaces[FAKE_INTERFACES];
	bool sync_hangs;
	unsigned int syncs;
	bool no_threads;
	bool no_children;
	void (*on_wait)(void);
	unsigned int reboots;
	char executed[1024];
	unsigned int native_unloads;
	unsigned long native_flags;
	char before_reboot[64];
};

extern struct fake fake;

/** fake_reset() - a good machine with nothing loaded */
void fake_reset(void);

/**
 * struct fake_test - a test on a good machine
 * @setup: what it begins with, or NULL
 * @body: the test
 */
struct fake_test {
	void (*setup)(void);
	void (*body)(void);
};

/**
 * fake_run_test() - run a test on a good machine
 * @state: points to its struct fake_test
 */
void fake_run_test(void **state);

/**
 * fake_teardown() - clean up after a test, and let it say why it failed
 * @state: cmocka's
 *
 * Return: 0
 */
int fake_teardown(void **state);

/* TOOL_TEST("words that say the behaviour") { ... } is a whole test. */
#define TOOL_TEST(words)	TOOL_TEST_WITH(words, NULL)

/* The same with a function that is called before it. */
#define TOOL_TEST_WITH(words, set_up)					\
	static void UNIT_NAME(test)(void);				\
	__attribute__((__constructor__))				\
	static void UNIT_NAME(add)(void)				\
	{								\
		static struct fake_test test = { set_up, UNIT_NAME(test) };	\
									\
		unit_add(words, fake_run_test, fake_teardown, &test);	\
	}								\
	static void UNIT_NAME(test)(void)

/**
 * fake_alloc() - zeroed memory, or no test at all
 * @size: bytes
 *
 * Return: memory for free()
 */
void *fake_alloc(size_t size) __attribute__((returns_nonnull));

/**
 * fake_memory() - what the next kernel would find at an address
 * @address_pa: physical
 * @size: bytes
 *
 * Return: a copy; the test fails if it is not all in one segment
 */
const uint8_t *fake_memory(uint64_t address_pa, uint64_t size);

/**
 * fake_file() - make a file in fake_directory()
 * @name: of the file
 * @data: what it holds
 * @size: bytes of @data
 *
 * Return: its path, valid until the program ends
 */
const char *fake_file(const char *name, const void *data, size_t size);

/** fake_put_tree() - a device tree of the running kernel that says nothing */
void fake_put_tree(void);

/**
 * fake_put() - make a small file of this machine
 * @path: absolute, as root_path() takes it; every test begins with no such file
 * @text: what it holds
 */
void fake_put(const char *path, const char *text);

/**
 * fake_put_program() - make a program of this machine
 * @path: absolute, as root_path() takes it
 * @script: what it is
 */
void fake_put_program(const char *path, const char *script);

/**
 * fake_put_link() - make a symbolic link of this machine
 * @path: absolute, as root_path() takes it
 * @target: what it holds
 */
void fake_put_link(const char *path, const char *target);

/** fake_end_sync() - let every sync() that hangs end; then none hangs any more */
void fake_end_sync(void);

/**
 * fake_descriptors() - count file descriptors
 *
 * Return: how many are open
 */
unsigned int fake_descriptors(void);

/**
 * fake_wait_for_descriptors() - wait for work beside the tool, which closes one last
 * @nr: how many will be open then; the test fails if that takes a minute
 */
void fake_wait_for_descriptors(unsigned int nr);

/**
 * fake_directory() - a directory that is removed when the program ends
 *
 * Return: its path
 */
const char *fake_directory(void);

/**
 * struct fake_output - what the tool wrote
 * @out: on stdout
 * @err: on stderr
 */
struct fake_output {
	char *out;
	char *err;
};

/** fake_listen() - keep what is written from now on */
void fake_listen(void);

/**
 * fake_heard() - stop listening
 *
 * Return: what was written since fake_listen(); valid until the next one
 */
const struct fake_output *fake_heard(void);

/**
 * fake_run() - the tool's main(), with the output heard
 * @argument: the first of its arguments, which end with NULL
 *
 * Return: its exit status; the test fails if a descriptor stays open
 */
int fake_run(const char *argument, ...) __attribute__((sentinel));

/**
 * fake_run_as() - the tool's main() under any name, with the output heard
 * @argv: the name and the arguments; ends with NULL
 *
 * Return: as of fake_run()
 */
int fake_run_as(const char *const argv[]);

/**
 * assert_has() - a text holds another
 * @text: where to look
 * @part: what for
 */
void assert_has(const char *text, const char *part);

/**
 * assert_sentence() - the tool wrote one line on stderr
 * @part: of it
 */
void assert_sentence(const char *part);

#endif /* FASTKEXEC_FAKE_DEVICE_H */
