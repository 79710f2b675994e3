// SPDX-License-Identifier: GPL-2.0
/*
 * Why a call failed. Contract in report.h.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kernel.h>
#include <linux/printk.h>

#include "report.h"

int fk_report_fail(struct fk_report *report, int err, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(report->line, sizeof(report->line), fmt, args);
	va_end(args);
	pr_notice("%s (error %d)\n", report->line, err);
	return err;
}
