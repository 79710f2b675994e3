/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the kernel before this one has written down.
 */
#ifndef FASTKEXEC_REPORT_LAST_RECORD_H
#define FASTKEXEC_REPORT_LAST_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include <linux/fastkexec.h>

/**
 * struct record - struct fastkexec_record in this machine's numbers
 * @frequency: of the counter, in Hz; not zero
 * @loaded: the counter when the image was loaded
 * @stamp: the counter at each enum fastkexec_moment; 0: not seen
 * @verify: enum fastkexec_verify
 * @bytes: of the image
 * @copy_bytes: of them, copied by the jump
 * @cpus: CPUs of the kernel that was left
 * @release: of that kernel
 */
struct record {
	uint64_t frequency;
	uint64_t loaded;
	uint64_t stamp[FASTKEXEC_MOMENTS];
	uint64_t verify;
	uint64_t bytes;
	uint64_t copy_bytes;
	uint64_t cpus;
	char release[sizeof(((struct fastkexec_record *)0)->release)];
};

/**
 * record_read() - read it out of this kernel's device tree
 * @record: takes it
 *
 * Return: whether there is one, of a jump that was made
 */
bool record_read(struct record *record);

#endif /* FASTKEXEC_REPORT_LAST_RECORD_H */
