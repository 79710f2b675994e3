/* SPDX-License-Identifier: GPL-2.0 */
/*
 * /dev/fastkexec, with every failure turned into a sentence that says what was
 * wrong and what to do about it.
 */
#ifndef FASTKEXEC_CALLS_H
#define FASTKEXEC_CALLS_H

#include <stdint.h>

#include <linux/fastkexec.h>

#define DEVICE_PATH	"/dev/fastkexec"

/**
 * device_open() - open /dev/fastkexec
 *
 * Return: a descriptor, to be closed by the caller, or -1 after having said what
 * was wrong
 */
int device_open(void);

/**
 * device_info() - what this machine is and can do
 * @fd: from device_open()
 * @info: takes the answer
 *
 * Return: 0, or -1 after having said what was wrong
 */
int device_info(int fd, struct fastkexec_info *info);

/**
 * device_place() - where can these live?
 * @fd: from device_open()
 * @placement: enum fastkexec_placement
 * @pieces: sizes and alignments; takes the addresses
 * @names: what they are, for messages
 * @nr: how many pieces
 * @window: bytes that all of them lie in
 *
 * Return: 0, or -1 after having said what was wrong
 */
int device_place(int fd, unsigned int placement, struct fastkexec_piece pieces[],
		 const char *const names[], unsigned int nr, uint64_t window);

/**
 * device_load() - take this image
 * @fd: from device_open()
 * @load: all but @size, which is set here
 * @names: what its segments are, for messages
 *
 * Return: 0, or -1 after having said what was wrong
 */
int device_load(int fd, struct fastkexec_load *load, const char *const names[]);

/**
 * device_unload() - free the image
 * @fd: from device_open()
 *
 * Return: 0, or -1 after having said what was wrong
 */
int device_unload(int fd);

/**
 * device_rehearse() - try the jump
 * @fd: from device_open()
 * @done: takes FASTKEXEC_REHEARSED_*
 *
 * Return: 0, or -1 after having said what was wrong
 */
int device_rehearse(int fd, uint32_t *done);

/**
 * device_status() - what is loaded
 * @fd: from device_open()
 * @status: filled whole
 * @segments: room for FASTKEXEC_MAX_SEGMENTS; @status->nr_segments are filled
 *
 * Return: 0, or -1 after having said what was wrong
 */
int device_status(int fd, struct fastkexec_status *status,
		  struct fastkexec_segment segments[]);

/**
 * struct device_blocker - a reason why a machine cannot be left
 * @bit: in &struct fastkexec_info.blockers
 * @name: for programs; never changes
 * @reason: for people
 */
struct device_blocker {
	uint64_t bit;
	const char *name;
	const char *reason;
};

/**
 * device_blockers() - the reasons that this tool knows
 *
 * Return: an array, whose last element has @bit 0
 */
const struct device_blocker *device_blockers(void);

/**
 * device_refuses() - say why this machine cannot be left
 * @bits: blockers of &struct fastkexec_info
 *
 * Return: 0 if there is no reason, or -1 after having said each
 */
int device_refuses(uint64_t bits);

/**
 * device_design() - name an enum fastkexec_design
 * @design: of &struct fastkexec_status
 *
 * Return: its name; "unknown" for what this tool does not know
 */
const char *device_design(uint32_t design);

/**
 * struct device_level - names of an enum fastkexec_level
 * @name: for programs; never changes
 * @text: for people
 */
struct device_level {
	const char *name;
	const char *text;
};

/**
 * device_level() - name a level
 * @level: of &struct fastkexec_info
 *
 * Return: its names; "unknown" for what this tool does not know
 */
struct device_level device_level(uint32_t level);

#endif /* FASTKEXEC_CALLS_H */
