/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory whose first reader waits until it is told to go on.
 */
#ifndef ABI_SLOW_H
#define ABI_SLOW_H

#include <stdbool.h>

/**
 * struct slow - a page of such memory
 * @page: its address
 * @fd: of userfaultfd(2)
 */
struct slow {
	void *page;
	int fd;
};

/**
 * slow_make() - make such a page
 * @slow: filled in
 */
void slow_make(struct slow *slow);

/**
 * slow_wait() - wait for somebody to read it
 * @slow: the page
 * @seconds: at most so long
 *
 * Return: whether somebody waits for its contents now.
 */
bool slow_wait(const struct slow *slow, int seconds);

/**
 * slow_go() - let the reader go on: it finds zeroes
 * @slow: the page
 */
void slow_go(const struct slow *slow);

/**
 * slow_free() - give it back
 * @slow: the page
 */
void slow_free(struct slow *slow);

#endif /* ABI_SLOW_H */
