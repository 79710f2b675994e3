/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Work that may never end, and must not be waited for without end.
 */
#ifndef FASTKEXEC_BOUNDED_H
#define FASTKEXEC_BOUNDED_H

#include <stdbool.h>

/**
 * struct bounded - one piece of work, in a thread of its own
 * @work: does it
 * @result: what it returned, when it is done
 * @done_fd: of the thread; @result is written to it
 * @wait_fd: reads that; -1 if the work never began
 */
struct bounded {
	unsigned int (*work)(void);
	unsigned int result;
	int done_fd;
	int wait_fd;
};

/**
 * bounded_begin() - start the work
 * @bounded: filled in; must stay valid for as long as the work may go on
 * @work: what to do
 *
 * Where no thread can be had, a child process does it, which can change nothing of the
 * caller's memory.
 *
 * Return: 0, or -1 if neither can be had: nothing is done then
 */
int bounded_begin(struct bounded *bounded, unsigned int (*work)(void));

/**
 * bounded_wait() - wait until the work is done
 * @bounded: begun; takes the result
 * @patience_ms: milliseconds to wait at most
 *
 * What is not done goes on beside the caller.
 *
 * Return: whether it is done
 */
bool bounded_wait(struct bounded *bounded, int patience_ms);

/**
 * bounded_end() - forget the work, done or not
 * @bounded: begun
 */
void bounded_end(struct bounded *bounded);

#endif /* FASTKEXEC_BOUNDED_H */
