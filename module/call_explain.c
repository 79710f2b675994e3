// SPDX-License-Identifier: GPL-2.0
/*
 * FASTKEXEC_EXPLAIN: why did the last call fail?
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "call.h"

int fk_call_explain(struct fk_call *call)
{
	struct fastkexec_explain *explain = &call->arg.explain;
	struct fk_session *session = call->session;
	struct fk_report last;

	spin_lock(&session->lock);
	last = session->report;
	spin_unlock(&session->lock);

	explain->subject = last.subject;
	explain->index = last.index;
	explain->len = last.line[0] ? min_t(u32, explain->len, strlen(last.line) + 1) : 0;
	if (!explain->len)
		return 0;
	last.line[explain->len - 1] = '\0';
	if (copy_to_user(u64_to_user_ptr(explain->buf), last.line, explain->len))
		return fk_report_fail(&call->report, -EFAULT, "the sentence cannot be written");
	return 0;
}
