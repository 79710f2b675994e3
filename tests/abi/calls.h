/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Calls of /dev/fastkexec, and what must be true of those that fail.
 */
#ifndef ABI_CALLS_H
#define ABI_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/fastkexec.h>

#define DEVICE	"/dev/fastkexec"

/**
 * struct loaded - the whole answer of FASTKEXEC_STATUS
 * @status: with @status.segments zeroed
 * @segment: of the image
 */
struct loaded {
	struct fastkexec_status status;
	struct fastkexec_segment segment[FASTKEXEC_MAX_SEGMENTS];
};

/**
 * call_open() - a new open file of the device
 *
 * Return: a descriptor; gives up if there is none.
 */
int call_open(void);

/**
 * call() - ioctl()
 * @fd: open file
 * @cmd: FASTKEXEC_*
 * @arg: its argument, or an address that is none
 *
 * Return: 0, or a positive errno.
 */
int call(int fd, unsigned long cmd, const void *arg);

/**
 * call_status() - what is loaded
 * @loaded: filled in
 *
 * Uses an open file of its own, kept for that.
 */
void call_status(struct loaded *loaded);

/**
 * call_status_close() - close that file, until call_status() is called again
 */
void call_status_close(void);

/**
 * call_same() - has the image stayed as it was?
 * @a: one answer
 * @b: another
 *
 * Return: true if nothing differs.
 */
bool call_same(const struct loaded *a, const struct loaded *b);

/**
 * call_explain() - why did the last call on this file fail?
 * @fd: open file
 * @line: takes the line
 * @size: room there
 *
 * Return: as call().
 */
int call_explain(int fd, char *line, uint32_t size);

/**
 * call_unload() - FASTKEXEC_UNLOAD
 * @fd: open file
 *
 * Return: as call().
 */
int call_unload(int fd);

/**
 * call_provoke() - let every rehearsal run into a fault, or no longer
 * @provoke: which of the two
 */
void call_provoke(bool provoke);

/**
 * call_claimable() - memory that can be claimed in place
 * @start: filled in: where each piece begins; a multiple of @world.block
 * @size: bytes of each
 * @nr: pieces, at most FASTKEXEC_MAX_SEGMENTS
 *
 * It is claimed by FASTKEXEC_PLACE and given back at once, with more behind each
 * piece: no two lie in one block.
 */
void call_claimable(uint64_t start[], const uint64_t size[], unsigned int nr);

/**
 * refused() - check a call that must fail
 * @fd: open file
 * @what: what is wrong with it
 * @cmd: FASTKEXEC_*
 * @arg: its argument
 * @error: the errno that it must fail with
 * @word: must be part of the reason; begins with "segment N: " or "piece N: " if, and
 *	only if, the reason is about one
 *
 * One check: the errno is @error; the module has written one line to the kernel's log;
 * FASTKEXEC_EXPLAIN returns the same words, with the subject as numbers (of a
 * FASTKEXEC_EXPLAIN that fails: those of the call before); the image is as it was.
 *
 * Return: whether it holds.
 */
bool refused(int fd, const char *what, unsigned long cmd, const void *arg, int error,
	     const char *word);

/**
 * accepted() - check a call that must succeed, without a word in the log
 * @fd: open file
 * @what: what is special about it
 * @cmd: FASTKEXEC_*
 * @arg: its argument
 *
 * Return: whether it holds.
 */
bool accepted(int fd, const char *what, unsigned long cmd, const void *arg);

#endif /* ABI_CALLS_H */
