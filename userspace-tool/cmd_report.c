// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

#include "cmd.h"
#include "names.h"
#include "out.h"
#include "report/chart.h"
#include "report/history.h"
#include "report/reasons.h"
#include "report/savings.h"
#include "report/timeline.h"

/* Of what pstore has kept, what is older than this belongs to an earlier reboot. */
#define REASON_MAX_NS	(3600 * CLOCKS_SECOND)

/**
 * struct report_options - the arguments
 * @history: tell of earlier reboots
 * @save: remember this one
 * @svg: file that takes a picture
 */
struct report_options {
	bool history;
	bool save;
	const char *svg;
};

static const struct option_row rows[] = {
	{
		.name = "history",
		.field = offsetof(struct report_options, history),
		.help = "tell of the reboots that were saved, the last one last",
	},
	{
		.name = "save",
		.field = offsetof(struct report_options, save),
		.help = "remember this reboot in /var/lib/fastkexec/history, too",
	},
	{
		.name = "svg",
		.argument = "FILE",
		.field = offsetof(struct report_options, svg),
		.help = "draw a picture of the stages, for a browser",
	},
	{ 0 }
};

/**
 * struct report - what is told
 * @fast: whether this kernel was started by a jump
 * @record: of that jump
 * @to: release of this kernel
 * @startup: how it came up
 * @timeline: the reboot
 * @saving: what would make the next one shorter
 * @reasons: why it was not fast
 * @known: whether it is known how long the machine was down
 * @ns: that time
 * @boot: this boot's id
 * @up_at: when this kernel's clock began, in seconds since 1970
 * @history: earlier reboots
 */
struct report {
	bool fast;
	struct record record;
	char to[65];
	struct startup startup;
	struct timeline timeline;
	struct saving saving;
	struct reasons reasons;
	bool known;
	uint64_t ns;
	char boot[40];
	uint64_t up_at;
	struct history history;
};

static void read_release(struct report *report)
{
	struct utsname names;

	if (!uname(&names))
		snprintf(report->to, sizeof(report->to), "%s", names.release);
}

/* What was saved of this boot, when the request was still known. */
static void ask_history(struct report *report)
{
	unsigned int i;

	for (i = 0; i < report->history.nr; i++) {
		const struct entry *entry = &report->history.entry[i];

		if (entry->ns && !strcmp(entry->boot, report->boot)) {
			report->known = true;
			report->ns = entry->ns;
		}
	}
}

static void gather(struct report *report)
{
	const struct clocks now = clocks_now();
	const uint64_t start_ns = now.real_ns - now.up_ns;

	read_release(report);
	history_boot(report->boot);
	history_read(&report->history);
	report->up_at = start_ns / CLOCKS_SECOND;
	startup_read(&report->startup);
	report->fast = record_read(&report->record) && timeline_fits(&report->record, &now);
	if (report->fast) {
		timeline_of_jump(&report->timeline, &report->record, &report->startup, &now);
	} else {
		timeline_of_boot(&report->timeline, history_requested(), &report->startup, &now);
		reasons_read(&report->reasons, start_ns - REASON_MAX_NS);
	}
	report->known = report->timeline.first < POINT_KERNEL;
	report->ns = report->timeline.ns;
	if (!report->known)
		ask_history(report);
	savings_find(&report->saving, &report->timeline,
		     report->fast ? &report->record : NULL, &report->startup);
}

/* One line, with the downtime if it is known. */
static void write_title(const struct report *report, char *title, size_t size)
{
	const char *way = report->fast ? "without the firmware" : "through the firmware";

	if (report->known)
		snprintf(title, size, "Down for %s, %s, from %s to %s", chart_time(report->ns).s,
			 way,
			 report->timeline.first < POINT_KERNEL ?
			 timeline_begin(&report->timeline) : "the request",
			 timeline_end(&report->timeline));
	else
		snprintf(title, size,
			 "The firmware started this kernel, and it is not known how long the machine was down");
}

static void say_jump(const struct record *record)
{
	struct utsname names;
	char copied[64] = "nothing was copied";

	if (record->copy_bytes)
		snprintf(copied, sizeof(copied), "%s of it were copied",
			 out_size(record->copy_bytes).s);
	uname(&names);
	out_line("", "Linux %s was replaced by Linux %s: %s, %s, verify %s, %u CPUs.",
		 record->release, names.release, out_size(record->bytes).s, copied,
		 names_verify(record->verify), (unsigned int)record->cpus);
}

static void say_reasons(const struct reasons *reasons)
{
	unsigned int i;

	for (i = 0; i < reasons->nr; i++)
		out_line(i ? "  " : "It was to be fast, and was not:\n  ", "%s",
			 reasons->text[i]);
}

static void say_firmware(const struct report *report)
{
	const struct entry *entry = history_firmware(&report->history, report->boot);

	if (entry && report->fast)
		out_line("", "The last reboot through the firmware took %s.",
			 chart_time(entry->ns).s);
}

static void say(const struct report *report)
{
	char title[160];

	write_title(report, title, sizeof(title));
	out_line("", "%s.", title);
	if (report->fast)
		say_jump(&report->record);
	say_reasons(&report->reasons);
	if (report->timeline.nr)
		chart_text(stdout, &report->timeline);
	say_firmware(report);
	if (report->saving.stage)
		out_line("", "The longest: %s, %s. To look there: %s.", report->saving.stage->name,
			 chart_time(report->saving.stage->ns).s, report->saving.advice);
}

static void answer_stages(struct json *json, const struct timeline *timeline)
{
	unsigned int i;

	json_open(json, "stages", '[');
	for (i = 0; i < timeline->nr; i++) {
		json_open(json, NULL, '{');
		json_string(json, "name", timeline->stage[i].key);
		json_number(json, "start_ns", timeline->stage[i].start_ns);
		json_number(json, "ns", timeline->stage[i].ns);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void answer_record(struct json *json, const struct record *record)
{
	static const char *const names[FASTKEXEC_MOMENTS] = {
		[FASTKEXEC_MOMENT_REQUESTED]	= "requested",
		[FASTKEXEC_MOMENT_SHUTDOWN]	= "shutdown",
		[FASTKEXEC_MOMENT_NOTIFIED]	= "notified",
		[FASTKEXEC_MOMENT_DEVICES_DOWN]	= "devices_down",
		[FASTKEXEC_MOMENT_VERIFIED]	= "verified",
		[FASTKEXEC_MOMENT_CPUS_OFF]	= "cpus_off",
		[FASTKEXEC_MOMENT_LEFT]		= "left",
	};
	unsigned int i;

	json_open(json, "record", '{');
	json_number(json, "frequency", record->frequency);
	json_number(json, "loaded", record->loaded);
	for (i = 0; i < FASTKEXEC_MOMENTS; i++)
		json_number(json, names[i], record->stamp[i]);
	json_string(json, "verify", names_verify(record->verify));
	json_number(json, "bytes", record->bytes);
	json_number(json, "copy_bytes", record->copy_bytes);
	json_number(json, "cpus", record->cpus);
	json_close(json, '}');
}

static void answer_reasons(struct json *json, const struct reasons *reasons)
{
	unsigned int i;

	json_open(json, "reasons", '[');
	for (i = 0; i < reasons->nr; i++)
		json_string(json, NULL, reasons->text[i]);
	json_close(json, ']');
}

static void answer_saving(struct json *json, const struct saving *saving)
{
	if (!saving->stage) {
		json_null(json, "saving");
		return;
	}
	json_open(json, "saving", '{');
	json_string(json, "stage", saving->stage->key);
	json_number(json, "ns", saving->stage->ns);
	json_string(json, "advice", saving->advice);
	json_close(json, '}');
}

static void answer_history(struct json *json, const struct history *history)
{
	unsigned int i;

	json_open(json, "history", '[');
	for (i = 0; i < history->nr; i++) {
		const struct entry *entry = &history->entry[i];

		json_open(json, NULL, '{');
		json_string(json, "boot", entry->boot);
		json_number(json, "up_at", entry->up_at);
		json_bool(json, "fast", entry->fast);
		json_number(json, "ns", entry->ns);
		json_string(json, "from", entry->from);
		json_string(json, "to", entry->to);
		json_string(json, "reason", entry->reason);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static int answer(const struct report *report, int status)
{
	struct json json;

	cmd_json_open(&json, &cmd_report);
	json_bool(&json, "fast", report->fast);
	if (report->known)
		json_number(&json, "down_ns", report->ns);
	else
		json_null(&json, "down_ns");
	json_string(&json, "from", report->fast ? report->record.release : "");
	json_string(&json, "to", report->to);
	if (report->fast)
		answer_record(&json, &report->record);
	else
		json_null(&json, "record");
	answer_stages(&json, &report->timeline);
	answer_saving(&json, &report->saving);
	answer_reasons(&json, &report->reasons);
	answer_history(&json, &report->history);
	return cmd_json_close(&json, status);
}

static void say_entry(const struct entry *entry)
{
	const time_t up_at = entry->up_at;
	char when[32] = "";
	struct tm tm;

	if (localtime_r(&up_at, &tm))
		strftime(when, sizeof(when), "%Y-%m-%d %H:%M", &tm);
	out_line("", "%s  %-8s %10s  Linux %s%s%s", when, entry->fast ? "fast" : "firmware",
		 entry->ns ? chart_time(entry->ns).s : "?", entry->to,
		 entry->reason[0] ? "; " : "", entry->reason);
}

static void say_history(const struct history *history)
{
	unsigned int i;

	for (i = 0; i < history->nr; i++)
		say_entry(&history->entry[i]);
	if (!history->nr)
		out_line("", "No reboot was saved yet; 'fastkexec report --save' does that.");
}

static int save(const struct report *report)
{
	struct entry entry = {
		.up_at = report->up_at,
		.fast = report->fast,
		.ns = report->known ? report->ns : 0,
	};

	snprintf(entry.boot, sizeof(entry.boot), "%s", report->boot);
	snprintf(entry.to, sizeof(entry.to), "%s", report->to);
	if (report->fast)
		snprintf(entry.from, sizeof(entry.from), "%s", report->record.release);
	if (report->reasons.nr)
		snprintf(entry.reason, sizeof(entry.reason), "%s", report->reasons.text[0]);
	return history_save(&entry);
}

static int draw(const struct report *report, const char *path)
{
	char title[160];
	FILE *file;
	int bad;

	if (!report->timeline.nr)
		return out_fail("no stage of this boot is known: a picture would be empty");
	file = fopen(path, "we");
	if (!file)
		return out_fail("cannot write %s: %s", path, strerror(errno));
	write_title(report, title, sizeof(title));
	chart_svg(file, &report->timeline, title);
	bad = ferror(file);
	if (fclose(file) || bad)
		return out_fail("cannot write %s: %s", path, strerror(errno));
	return 0;
}

static int report(int argc, char **argv)
{
	static struct report report;
	struct report_options options = { 0 };
	int status = EXIT_DONE;

	if (!cmd_parse(&cmd_report, &options, argc, argv, &status))
		return status;
	report = (struct report){ 0 };
	gather(&report);
	if (options.save && save(&report))
		status = EXIT_FAILED;
	if (options.svg && draw(&report, options.svg))
		status = EXIT_FAILED;
	if (out_is_json())
		return answer(&report, status);
	/* The file is what was wanted. */
	if (out_is_quiet() && (options.save || options.svg))
		return status;
	if (options.history)
		say_history(&report.history);
	else
		say(&report);
	return out_finish() == EXIT_DONE ? status : EXIT_FAILED;
}

const struct command cmd_report = {
	.name		= "report",
	.usage		= "[OPTIONS]",
	.summary	= "Tell how long the last reboot took, and where the time went",
	.help		=
		"Needs no module. After a reboot that was to be fast and was not, the reason is\n"
		"told, if pstore has kept it.\n",
	.options	= rows,
	.run		= report,
};
