// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <unistd.h>

#include "blockers.h"
#include "calls.h"
#include "checks/checks.h"
#include "cmd.h"
#include "json.h"
#include "out.h"

/**
 * struct report - what is being written
 * @json: takes it for programs; NULL: it is written for people
 * @worst: the worst grade so far
 */
struct report {
	struct json *json;
	enum grade worst;
};

static const char *const grades[] = {
	[GRADE_OK] = "ok",
	[GRADE_WARNING] = "warning",
	[GRADE_REFUSAL] = "refusal",
};

static const enum out_colour colours[] = {
	[GRADE_OK] = OUT_GREEN,
	[GRADE_WARNING] = OUT_YELLOW,
	[GRADE_REFUSAL] = OUT_RED,
};

static void write_words(const struct finding *finding)
{
	char words[64];

	if (out_is_quiet() && finding->grade == GRADE_OK)
		return;
	snprintf(words, sizeof(words), "%-8s %-12s ", grades[finding->grade], finding->check);
	out_graded(colours[finding->grade], words, "%s%s%s", finding->text,
		   finding->advice[0] ? "; " : "", finding->advice);
}

static void write_finding(void *ctx, const struct finding *finding)
{
	struct report *report = ctx;
	struct json *json = report->json;

	if (finding->grade > report->worst)
		report->worst = finding->grade;
	if (!json) {
		write_words(finding);
		return;
	}
	json_open(json, NULL, '{');
	json_string(json, "name", finding->check);
	json_string(json, "grade", grades[finding->grade]);
	json_string(json, "text", finding->text);
	json_string(json, "advice", finding->advice);
	json_close(json, '}');
}

static void write_blocker(const struct blocker *blocker, void *ctx)
{
	struct finding finding = {
		.check = blocker->name,
		.grade = GRADE_REFUSAL,
		.advice = blocker->advice,
	};

	snprintf(finding.text, sizeof(finding.text), "%s", blocker->reason);
	write_finding(ctx, &finding);
}

/* Each reason against, or one line if there is none. */
static void write_machine(struct report *report, uint64_t blockers)
{
	const struct finding fit = {
		.check = "machine",
		.grade = GRADE_OK,
		.text = "the module finds nothing that keeps this kernel from being left",
		.advice = "",
	};

	if (blockers)
		blockers_each(blockers, write_blocker, report);
	else
		write_finding(report, &fit);
}

static void write_all(struct report *report, uint64_t blockers)
{
	write_machine(report, blockers);
	check_all(write_finding, report);
}

static int exit_status(const struct report *report)
{
	return report->worst < GRADE_REFUSAL ? EXIT_DONE : EXIT_FAILED;
}

static int answer(struct report *report, uint64_t blockers)
{
	struct json json;

	report->json = &json;
	cmd_json_open(&json, &cmd_check);
	json_open(&json, "findings", '[');
	write_all(report, blockers);
	json_close(&json, ']');
	json_bool(&json, "fit", report->worst < GRADE_REFUSAL);
	return cmd_json_close(&json, exit_status(report));
}

static int ask(struct fastkexec_info *info)
{
	int fd = calls_open();
	int ret;

	if (fd < 0)
		return -1;
	ret = calls_info(fd, info);
	close(fd);
	return ret;
}

static int check(int argc, char **argv)
{
	struct report report = { 0 };
	struct fastkexec_info info;
	int status;

	if (!cmd_parse(&cmd_check, NULL, argc, argv, &status))
		return status;
	if (ask(&info))
		return EXIT_FAILED;
	if (out_is_json())
		return answer(&report, info.blockers);
	write_all(&report, info.blockers);
	status = out_finish();
	return status ? status : exit_status(&report);
}

const struct command cmd_check = {
	.name		= "check",
	.usage		= "[OPTIONS]",
	.summary	= "Tell what speaks against a fast reboot, in the machine and around it",
	.help		=
		"A line for each point: ok, warning or refusal, and what to do about it. The exit\n"
		"status is 1 if there is a refusal, and 0 if there are only warnings. With -q\n"
		"nothing is said of the points that are ok.\n",
	.options	= cmd_no_options,
	.run		= check,
};
