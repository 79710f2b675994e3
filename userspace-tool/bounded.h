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
 * @done_fd: of the thread; it is closed when the work is done
 * @wait_fd: sees that; -1 if the work never began
 */
struct bounded {
	void (*work)(void);
	int done_fd;
	int wait_fd;
};

/**
 * bounded_begin() - start the work
 * @bounded: filled in; must stay valid for as long as the work may go on
 * @work: what to do
 *
 * Where no thread can be had, the work is not done.
 */
void bounded_begin(struct bounded *bounded, void (*work)(void));

/**
 * bounded_wait() - wait until the work is done
 * @bounded: begun
 * @patience_ms: milliseconds to wait at most
 *
 * What is not done goes on beside the caller.
 *
 * Return: whether it is done
 */
bool bounded_wait(const struct bounded *bounded, int patience_ms);

/**
 * bounded_end() - forget the work, done or not
 * @bounded: begun
 */
void bounded_end(struct bounded *bounded);

#endif /* FASTKEXEC_BOUNDED_H */
