/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A trial: reboots by different ways in turn, and what each one took. It is kept in a
 * file from boot to boot.
 */
#ifndef FASTKEXEC_BENCH_TRIAL_H
#define FASTKEXEC_BENCH_TRIAL_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

/* Folder of all that a trial writes. */
#define TRIAL_FOLDER		"/var/lib/fastkexec/bench"

#define TRIAL_MAX_ROUNDS	100

/**
 * enum trial_way - how the next kernel is started
 * @TRIAL_STOCK: by the kernel's own kexec
 * @TRIAL_FASTKEXEC: by our jump
 * @TRIAL_FIRMWARE: through the firmware
 * @TRIAL_WAYS: how many there are
 */
enum trial_way {
	TRIAL_STOCK,
	TRIAL_FASTKEXEC,
	TRIAL_FIRMWARE,
	TRIAL_WAYS,
};

/**
 * struct trial_sample - one reboot
 * @way: how
 * @down_ns: from the request to the beginning of the next kernel's clock
 * @up_ns: from the request to the end of the start of services
 */
struct trial_sample {
	enum trial_way way;
	uint64_t down_ns;
	uint64_t up_ns;
};

/**
 * struct trial - all of it
 * @rounds: how often each way is gone
 * @firmware: whether @TRIAL_FIRMWARE is among them
 * @digest: whether stock kexec is to take and compare its digest
 * @pause_s: seconds to wait before each reboot
 * @kernel: file of the kernel that is started each time
 * @initrd: file of its initrd
 * @boot: the boot in which a reboot was asked for last
 * @counter: the counter then
 * @frequency: its ticks a second
 * @real_ns: the clock of the wall then
 * @nr: samples
 * @sample: them, in order
 */
struct trial {
	unsigned int rounds;
	bool firmware;
	bool digest;
	unsigned int pause_s;
	char kernel[PATH_MAX];
	char initrd[PATH_MAX];
	char boot[40];
	uint64_t counter;
	uint64_t frequency;
	uint64_t real_ns;
	unsigned int nr;
	struct trial_sample sample[TRIAL_MAX_ROUNDS * TRIAL_WAYS];
};

/**
 * trial_way_name() - what a way is called
 * @way: which
 *
 * Return: a word
 */
const char *trial_way_name(enum trial_way way);

/**
 * trial_next() - which way is to be gone now?
 * @trial: a trial
 * @way: takes it
 *
 * Return: whether there is one more
 */
bool trial_next(const struct trial *trial, enum trial_way *way);

/**
 * trial_read() - read the file
 * @trial: takes it
 *
 * Return: whether a trial is under way
 */
bool trial_read(struct trial *trial);

/**
 * trial_write() - write the file, so that it outlives this boot
 * @trial: what it says from now on
 *
 * Return: 0, or -1 after having said what was wrong
 */
int trial_write(const struct trial *trial);

/**
 * trial_end() - write down what was found, and remove the file
 * @trial: the samples
 *
 * What was found is in the file "result" then, for people and for whom they send it to.
 */
void trial_end(const struct trial *trial);

/**
 * trial_result() - read what was found last
 * @trial: takes it
 *
 * Return: whether there is such a file
 */
bool trial_result(struct trial *trial);

#endif /* FASTKEXEC_BENCH_TRIAL_H */
