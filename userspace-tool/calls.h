/* SPDX-License-Identifier: GPL-2.0 */
/*
 * /dev/fastkexec, with every failure turned into a sentence that says what was
 * wrong and what to do about it.
 */
#ifndef FASTKEXEC_CALLS_H
#define FASTKEXEC_CALLS_H

#include <stdbool.h>
#include <stdint.h>

#include <linux/fastkexec.h>

#include "efi_map.h"

#define CALLS_DEVICE	"/dev/fastkexec"

/**
 * calls_has_module() - is the module there?
 *
 * Return: whether there is a /dev/fastkexec, also one that this user may not open
 */
bool calls_has_module(void);

/**
 * calls_is_denied() - may this user not open the device?
 *
 * Return: whether it is there, and for others
 */
bool calls_is_denied(void);

/**
 * calls_open() - open /dev/fastkexec
 *
 * Return: a descriptor, to be closed by the caller, or -1 after having said what
 * was wrong
 */
int calls_open(void);

/**
 * calls_info() - what this machine is and can do
 * @fd: from calls_open()
 * @info: takes the answer
 *
 * Return: 0, or -1 after having said what was wrong
 */
int calls_info(int fd, struct fastkexec_info *info);

/**
 * calls_place() - where can these live?
 * @fd: from calls_open()
 * @placement: enum fastkexec_placement
 * @pieces: sizes, alignments and roles; takes the addresses
 * @nr: how many pieces, at most FASTKEXEC_MAX_SEGMENTS
 * @window: bytes that all of them lie in
 *
 * Return: 0, or -1 after having said what was wrong
 */
int calls_place(int fd, unsigned int placement, struct fastkexec_piece pieces[],
		unsigned int nr, uint64_t window);

/**
 * calls_load() - take this image
 * @fd: from calls_open()
 * @load: all but what says where @segments are and how large a structure is, which is
 *	set here
 * @segments: as many as @load says, at most FASTKEXEC_MAX_SEGMENTS
 *
 * Return: 0, or -1 after having said what was wrong
 */
int calls_load(int fd, struct fastkexec_load *load, const struct fastkexec_segment segments[]);

/**
 * calls_unload() - free the image
 * @fd: from calls_open()
 *
 * Return: 0, or -1 after having said what was wrong
 */
int calls_unload(int fd);

/**
 * calls_rehearse() - try the jump
 * @fd: from calls_open()
 * @flags: FASTKEXEC_REHEARSE_*
 * @done: takes FASTKEXEC_REHEARSED_*
 *
 * Return: 0, or -1 after having said what was wrong
 */
int calls_rehearse(int fd, uint32_t flags, uint32_t *done);

/**
 * struct calls_keeps - what the next kernel must not touch; all zero is nothing
 * @nr: how many ranges
 * @keep: the ranges
 */
struct calls_keeps {
	unsigned int nr;
	struct fastkexec_keep *keep;
};

/**
 * calls_keeps() - what must the next kernel not touch?
 * @fd: from calls_open()
 * @keeps: takes the answer; needs calls_keeps_free() after success
 *
 * Return: 0, or -1 after having said what was wrong
 */
int calls_keeps(int fd, struct calls_keeps *keeps);

/**
 * calls_keeps_free() - give the memory back
 * @keeps: as answered, or all zero; holds nothing afterwards
 */
void calls_keeps_free(struct calls_keeps *keeps);

/**
 * calls_status() - what is loaded
 * @fd: from calls_open()
 * @status: filled whole
 * @segments: room for FASTKEXEC_MAX_SEGMENTS; @status->nr_segments are filled
 *
 * Return: 0, or -1 after having said what was wrong
 */
int calls_status(int fd, struct fastkexec_status *status,
		 struct fastkexec_segment segments[]);

/**
 * calls_digest() - what does a segment hold?
 * @fd: from calls_open()
 * @dest: of the segment
 * @digest: takes the answer
 *
 * Return: 0, or -1 after having said what was wrong
 */
int calls_digest(int fd, uint64_t dest, struct fastkexec_digest *digest);

/**
 * calls_memory() - add the next piece of memory that this kernel was started without
 * @fd: from calls_open()
 * @from: look at or above this address
 * @memory: takes the answer; @end is 0 if there is no such piece
 *
 * Return: 0, or -1 after having said what was wrong
 */
int calls_memory(int fd, uint64_t from, struct fastkexec_memory *memory);

/**
 * calls_efi_map() - EFI's memory map, as the running kernel was given it
 * @fd: from calls_open()
 * @map: takes it; needs efi_map_free() after success
 *
 * Return: 0, or -1 after having said what was wrong
 */
int calls_efi_map(int fd, struct efi_map *map);

/**
 * calls_stamp() - this moment is now
 * @moment: FASTKEXEC_MOMENT_REQUESTED or _SHUTDOWN
 *
 * Opens the device itself, and says nothing.
 *
 * Return: 0, or -1 if no module has taken the stamp
 */
int calls_stamp(enum fastkexec_moment moment);

#endif /* FASTKEXEC_CALLS_H */
