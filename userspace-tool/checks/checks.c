// SPDX-License-Identifier: GPL-2.0
/*
 * Running the checks, and what they share. Contracts in checks.h.
 */
#include "checks/checks.h"

#include <stdarg.h>
#include <stdio.h>

#include "array.h"

static const struct check *const checks[] = {
	&check_policy,
	&check_stock_kexec,
	&check_soft_reboot,
	&check_watchdog,
	&check_resctrl,
	&check_disk_key,
	&check_display,
	&check_not_added,
};

static void tell(struct check_run *run, const struct finding *finding)
{
	if (finding->grade > run->worst)
		run->worst = finding->grade;
	run->tell(run->ctx, finding);
}

void check_find(struct check_run *run, enum grade grade, const char *advice,
		const char *format, ...)
{
	struct finding finding = {
		.check = run->check->name,
		.grade = grade,
		.advice = advice,
	};
	va_list args;

	va_start(args, format);
	vsnprintf(finding.text, sizeof(finding.text), format, args);
	va_end(args);
	run->findings++;
	tell(run, &finding);
}

enum grade check_all(check_tell *tell_finding, void *ctx)
{
	struct check_run run = { .tell = tell_finding, .ctx = ctx };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(checks); i++) {
		run.check = checks[i];
		run.findings = 0;
		checks[i]->look(&run);
		if (!run.findings)
			check_find(&run, GRADE_OK, "", "%s", checks[i]->fine);
	}
	return run.worst;
}
