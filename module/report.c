// SPDX-License-Identifier: GPL-2.0
/*
 * Why a call failed. Contract in report.h.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cred.h>
#include <linux/kernel.h>
#include <linux/printk.h>

#include "report.h"

int fk_report_fail(struct fk_report *report, int err, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(report->line, sizeof(report->line), fmt, args);
	va_end(args);
	/* Whoever is handed an open file must not be able to flood the log. */
	if (uid_eq(current_euid(), GLOBAL_ROOT_UID))
		pr_notice("%s (error %d)\n", report->line, err);
	else
		pr_notice_ratelimited("%s (error %d)\n", report->line, err);
	return err;
}
