// SPDX-License-Identifier: GPL-2.0
/*
 * Why a call failed. Contract in report.h.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cred.h>
#include <linux/kernel.h>
#include <linux/printk.h>

#include "report.h"

struct fk_report *fk_report_about(struct fk_report *report, u32 subject, u32 index)
{
	report->subject = subject;
	report->index = index;
	return report;
}

/* "segment 2: ", or nothing. */
static void name_subject(const struct fk_report *report, char *name, size_t size)
{
	static const char *const names[] = {
		[FASTKEXEC_SUBJECT_PIECE] = "piece",
		[FASTKEXEC_SUBJECT_SEGMENT] = "segment",
	};

	name[0] = '\0';
	if (report->subject != FASTKEXEC_SUBJECT_NONE)
		snprintf(name, size, "%s %u: ", names[report->subject], report->index);
}

int fk_report_fail(struct fk_report *report, int err, const char *fmt, ...)
{
	char subject[24];
	va_list args;

	va_start(args, fmt);
	vsnprintf(report->line, sizeof(report->line), fmt, args);
	va_end(args);
	name_subject(report, subject, sizeof(subject));
	/* A program that was handed an open file must not be able to flood the log. */
	if (uid_eq(current_euid(), GLOBAL_ROOT_UID))
		pr_notice("%s%s (error %d)\n", subject, report->line, err);
	else
		pr_notice_ratelimited("%s%s (error %d)\n", subject, report->line, err);
	return err;
}
