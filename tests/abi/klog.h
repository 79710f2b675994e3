/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kernel's log, as far as it was written since it was last looked at.
 */
#ifndef ABI_KLOG_H
#define ABI_KLOG_H

/* What every line of the module begins with. */
#define KLOG_PREFIX	"fastkexec: "

/**
 * struct klog - what was found
 * @lines: lines of the module
 * @last: the last one of them, without KLOG_PREFIX
 */
struct klog {
	unsigned int lines;
	char last[512];
};

/**
 * klog_open() - begin at the end of the log
 */
void klog_open(void);

/**
 * klog_read() - what has come since the last call
 * @log: filled in
 *
 * Warnings, oopses and complaints of lock and memory debugging are failed checks
 * whoever caused them.
 */
void klog_read(struct klog *log);

#endif /* ABI_KLOG_H */
