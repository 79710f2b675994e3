/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Checks: counted, and told on the report port only when they fail.
 */
#ifndef ABI_CHECK_H
#define ABI_CHECK_H

#include <stdbool.h>

/* The guest's report port, opened by init. */
#define REPORT_FD	3

/**
 * report() - a line on the report port
 * @format: printf() format, without a newline
 */
__attribute__((format(printf, 1, 2))) void report(const char *format, ...);

/**
 * check() - count one check
 * @good: whether it holds
 * @format: what was checked, and what was found; told only if @good is false
 *
 * Processes that were forked after the first check count with their parent.
 *
 * Return: @good.
 */
__attribute__((format(printf, 2, 3))) bool check(bool good, const char *format, ...);

/**
 * check_summary() - tell "abi: N passed, N failed"
 *
 * Return: the exit status, 0 if nothing failed.
 */
int check_summary(void);

/**
 * fatal() - give up: the test itself cannot go on
 * @format: why; the last errno is added
 */
__attribute__((format(printf, 1, 2), noreturn)) void fatal(const char *format, ...);

#endif /* ABI_CHECK_H */
