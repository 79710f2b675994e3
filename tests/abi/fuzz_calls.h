/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Calls to fuzz: arguments that are right or nearly so, and what must be true of every
 * answer. A new call of the ABI is a row of fuzz_calls[].
 */
#ifndef ABI_FUZZ_CALLS_H
#define ABI_FUZZ_CALLS_H

#include <stddef.h>
#include <stdint.h>

#include "calls.h"
#include "draw.h"
#include "right_values.h"

/* Rows of fuzz_calls[], at most. */
#define FUZZ_CALLS_MAX	16

/* Bytes that an answer of FASTKEXEC_EXPLAIN may need, and more. */
#define FUZZ_LINE	256

/* Ranges that an answer of FASTKEXEC_KEEPS may have room for. */
#define FUZZ_KEEPS	8

/* Bytes that an answer of FASTKEXEC_EFI_MAP may have room for: more than a map has. */
#define FUZZ_MAP	16384

/**
 * union fuzz_argument - the argument of any call, with the arrays that it names
 * @size: what each begins with
 * @info: of FASTKEXEC_INFO
 * @unload: of FASTKEXEC_UNLOAD
 * @stamp: of FASTKEXEC_STAMP
 * @rehearse: of FASTKEXEC_REHEARSE
 * @query: of FASTKEXEC_PLACE
 * @image: of FASTKEXEC_LOAD
 * @status: of FASTKEXEC_STATUS
 * @explain: of FASTKEXEC_EXPLAIN
 * @keeps: of FASTKEXEC_KEEPS
 * @digest: of FASTKEXEC_DIGEST
 * @memory: of FASTKEXEC_MEMORY
 * @efi_map: of FASTKEXEC_EFI_MAP
 */
union fuzz_argument {
	uint32_t size;
	struct fastkexec_info info;
	struct fastkexec_unload unload;
	struct fastkexec_stamp stamp;
	struct fastkexec_rehearse rehearse;
	struct query query;
	struct image image;
	struct {
		struct fastkexec_status head;
		struct fastkexec_segment segment[FASTKEXEC_MAX_SEGMENTS];
	} status;
	struct {
		struct fastkexec_explain head;
		char line[FUZZ_LINE];
	} explain;
	struct {
		struct fastkexec_keeps head;
		struct fastkexec_keep keep[FUZZ_KEEPS];
	} keeps;
	struct fastkexec_digest digest;
	struct fastkexec_memory memory;
	struct {
		struct fastkexec_efi_map head;
		uint8_t bytes[FUZZ_MAP];
	} efi_map;
};

/**
 * struct fuzz_call - one call
 * @name: in words
 * @cmd: FASTKEXEC_*
 * @weight: how often it is drawn, among the weights of all
 * @deep: of a thousand of them, so many are right but for one field at most
 * @changes: whether it needs CAP_SYS_BOOT
 * @head: bytes of its argument; arrays come after it
 * @prepare: fill an argument that is right
 * @judge: look at the answer of a call that has succeeded; NULL if there is none
 */
struct fuzz_call {
	const char *name;
	unsigned long cmd;
	unsigned int weight;
	unsigned int deep;
	bool changes;
	size_t head;
	void (*prepare)(union fuzz_argument *argument, struct draw *draw);
	void (*judge)(const union fuzz_argument *argument);
};

extern const struct fuzz_call fuzz_calls[];
extern const unsigned int fuzz_calls_nr;

/**
 * fuzz_call_can_succeed() - does this machine have an answer to it?
 * @call: of fuzz_calls[]
 *
 * Return: whether one that is right is not refused.
 */
bool fuzz_call_can_succeed(const struct fuzz_call *call);

/**
 * struct fuzz_shot - one call, ready to be made
 * @call: which
 * @cmd: its number; of a row that is no call, any
 * @argument: where its argument is; may be an address that is none
 * @patched: fields that were changed
 */
struct fuzz_shot {
	const struct fuzz_call *call;
	unsigned long cmd;
	union fuzz_argument *argument;
	unsigned int patched;
};

/**
 * fuzz_get_ready() - learn where segments can lie
 *
 * Once, with the device to itself.
 */
void fuzz_get_ready(void);

/**
 * fuzz_draw() - the call of one step
 * @draw: decides
 *
 * Return: a call; its argument is overwritten by the next.
 */
struct fuzz_shot fuzz_draw(struct draw *draw);

/**
 * fuzz_draw_map() - an offset in the file, for mmap()
 * @draw: decides
 *
 * Return: nearly always that of a piece that was placed last.
 */
uint64_t fuzz_draw_map(struct draw *draw);

/**
 * fuzz_judge() - check what a call has come to
 * @shot: the call
 * @error: 0, or a positive errno
 * @privileged: whether the caller has CAP_SYS_BOOT
 */
void fuzz_judge(const struct fuzz_shot *shot, int error, bool privileged);

#endif /* ABI_FUZZ_CALLS_H */
