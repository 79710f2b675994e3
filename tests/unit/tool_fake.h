/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kernel's side for the tool's tests: /dev/fastkexec, the few files and
 * calls that the tool asks about the machine, and what the tool writes.
 *
 * The test programs are linked so that the tool's open(), read(), ioctl(),
 * reboot(), sync(), sysinfo() and getrandom() end here.
 */
#ifndef FASTKEXEC_TOOL_FAKE_H
#define FASTKEXEC_TOOL_FAKE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <linux/fastkexec.h>

#define FAKE_CALLS	6

/**
 * struct fake - the state of the machine; fake_reset() makes it a good one
 * @open_error: errno of opening /dev/fastkexec
 * @call_error: errno of each call, by its number
 * @explanation: what FASTKEXEC_EXPLAIN answers, or NULL
 * @info: what FASTKEXEC_INFO answers
 * @ram: what FASTKEXEC_PLACE hands out, from the top
 * @in_place: whether it says that memory is claimed
 * @memory: what sysinfo() answers
 * @dtb: file that /sys/firmware/fdt is
 * @cmdline: file that /proc/cmdline is
 * @broken: name of a file that cannot be opened or read
 * @broken_open: errno of opening it, 0: it can be opened
 * @broken_read: errno of reading it, 0: it ends at once
 * @full_disk: whether stdout cannot be written to
 * @random_error: errno of getrandom()
 * @random: the next random byte
 * @reboot_error: errno of reboot()
 * @loaded: whether an image is loaded
 * @load: it
 * @place: the last FASTKEXEC_PLACE
 * @pieces: its pieces, as asked
 * @segments: segments of @load, without @buf
 * @contents: copies of what was at @buf
 * @syncs: calls of sync()
 * @reboots: calls of reboot()
 * @synced_first: whether sync() came before the first reboot()
 */
struct fake {
	int open_error;
	int call_error[FAKE_CALLS];
	const char *explanation;
	struct fastkexec_info info;
	struct { uint64_t start, end; } ram;
	bool in_place;
	uint64_t memory;
	const char *dtb;
	const char *cmdline;
	const char *broken;
	int broken_open;
	int broken_read;
	bool full_disk;
	int random_error;
	uint8_t random;
	int reboot_error;

	bool loaded;
	struct fastkexec_load load;
	struct fastkexec_place place;
	struct fastkexec_piece pieces[FASTKEXEC_MAX_SEGMENTS];
	struct fastkexec_segment segments[FASTKEXEC_MAX_SEGMENTS];
	uint8_t *contents[FASTKEXEC_MAX_SEGMENTS];
	unsigned int syncs;
	unsigned int reboots;
	bool synced_first;
};

extern struct fake fake;

void fake_reset(void);

/* Setup and teardown of every test. */
int fake_setup(void **state);
int fake_teardown(void **state);

#define fake_test(function)	cmocka_unit_test_setup_teardown(function, fake_setup, fake_teardown)

/* What the next kernel would find at an address; fails the test if nothing. */
const uint8_t *fake_memory(uint64_t address_pa, uint64_t size);

/* File in a directory that is removed when the program ends; its name is kept. */
const char *fake_file(const char *name, const void *data, size_t size);
const char *fake_directory(void);

/* What the tool wrote between the two calls. */
struct fake_output {
	char *out;
	char *err;
};

void fake_listen(void);
const struct fake_output *fake_heard(void);

/*
 * The tool's main(), with the output heard; the list ends with NULL. Fails the
 * test if a descriptor stays open.
 */
int fake_run(const char *argument, ...) __attribute__((sentinel));

#define assert_has(text, part)							\
	do {									\
		if (!strstr((text), (part)))					\
			fail_msg("'%s' is not in: %s", (part), (text));		\
	} while (0)

/* One line on stderr, which holds this. */
void assert_sentence(const char *part);

#endif /* FASTKEXEC_TOOL_FAKE_H */
