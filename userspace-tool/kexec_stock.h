/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kexec of kexec-tools, for what we leave to it.
 */
#ifndef FASTKEXEC_KEXEC_STOCK_H
#define FASTKEXEC_KEXEC_STOCK_H

#include <stddef.h>

/**
 * kexec_stock_find() - where is the stock kexec?
 * @path: takes its path, below root_set()'s
 * @size: bytes at @path
 *
 * Return: 0, or -1 if there is none that is not this program
 */
int kexec_stock_find(char *path, size_t size);

/**
 * kexec_stock_run() - become the stock kexec, if there is one that is not this program
 * @argv: its arguments; [0] is replaced
 *
 * Looks where distributions put it, and at the name that a diversion gives it. A script
 * there may call us again: who was called in this way does not look once more.
 *
 * Returns only if there is none, or it cannot be run.
 */
void kexec_stock_run(char **argv);

#endif /* FASTKEXEC_KEXEC_STOCK_H */
