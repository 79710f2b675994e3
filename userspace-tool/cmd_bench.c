// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/trial.h"
#include "bench/trial_table.h"
#include "bench/trial_unit.h"
#include "bench/trial_way.h"
#include "cmd.h"
#include "next/next.h"
#include "out.h"
#include "report/clocks.h"
#include "report/history.h"
#include "root.h"

#define HOOK_NAME	"fastkexec-reboot"
#define HOOK		"/etc/systemd/system/multi-user.target.wants/" HOOK_NAME ".service"

/* Longer than any reboot: what is more is no time, but a clock that was set. */
#define DOWN_MAX_NS	(3600 * CLOCKS_SECOND)

/**
 * struct bench_options - the arguments
 * @rounds: how often each way is gone; NULL: tell what was found
 * @pause: seconds before each reboot
 * @kernel: file to start each time
 * @initrd: its initrd, or NULL
 * @firmware: reboot through the firmware, too
 * @digest: have stock kexec take its digest
 * @resume: a reboot of the trial has come up
 * @stop: end the trial
 */
struct bench_options {
	const char *rounds;
	const char *pause;
	const char *kernel;
	const char *initrd;
	bool firmware;
	bool digest;
	bool resume;
	bool stop;
};

static const struct option_row rows[] = {
	{
		.name = "rounds",
		.argument = "N",
		.field = offsetof(struct bench_options, rounds),
		.help = "begin: reboot now, and N times (1 to 100) by each way",
	},
	{
		.name = "firmware",
		.field = offsetof(struct bench_options, firmware),
		.help = "go through the firmware, too",
	},
	{
		.name = "digest",
		.field = offsetof(struct bench_options, digest),
		.help = "have stock kexec compare its digest, which may take minutes",
	},
	{
		.name = "kernel",
		.argument = "FILE",
		.field = offsetof(struct bench_options, kernel),
		.help = "start this kernel each time, not the one that runs and its initrd",
	},
	{
		.name = "initrd",
		.argument = "FILE",
		.field = offsetof(struct bench_options, initrd),
		.help = "with --kernel: its initrd",
	},
	{
		.name = "pause",
		.argument = "SECONDS",
		.field = offsetof(struct bench_options, pause),
		.help = "wait before each reboot (default 10; up to 3600)",
	},
	{
		.name = "stop",
		.field = offsetof(struct bench_options, stop),
		.help = "end it: no further reboot is made",
	},
	{
		.name = "resume",
		.field = offsetof(struct bench_options, resume),
		.help = "go on after a reboot; for the unit",
	},
	{ 0 }
};

/* A number from @least to @most; -1 after having said what is wrong. */
static long take_number(char **argv, const char *name, const char *text, long least, long most)
{
	char *end;
	long value = strtol(text, &end, 10);

	if (!isdigit((unsigned char)text[0]) || *end || value < least || value > most)
		return options_misused(argv, "--%s takes a number from %ld to %ld, not '%s'",
				       name, least, most, text);
	return value;
}

/* The trial is over, however it ended. */
static void finish(const struct trial *trial)
{
	trial_unit_remove();
	trial_end(trial);
	trial_table(trial);
	out_line("", "The figures are in " TRIAL_FOLDER
		 "/result, which tells neither who you are nor where.");
}

/* What is written down before the reboot is what the next boot believes. */
static int leave(struct trial *trial, enum trial_way way)
{
	struct clocks now;

	out_say("Reboot %u: by %s.\n", trial->nr + 1, trial_way_name(way));
	if (trial_way_prepare(trial, way))
		return -1;
	sleep(trial->pause_s);
	now = clocks_now();
	history_boot(trial->boot);
	trial->counter = now.counter;
	trial->frequency = now.frequency;
	trial->real_ns = now.real_ns;
	return trial_write(trial) || trial_way_reboot(way) ? -1 : 0;
}

static int go_on(struct trial *trial)
{
	enum trial_way way;

	if (!trial_next(trial, &way)) {
		finish(trial);
		return EXIT_DONE;
	}
	if (!leave(trial, way))
		return EXIT_DONE;
	finish(trial);
	return EXIT_FAILED;
}

/* Those that run now, where a distribution keeps them. */
static int find_files(struct trial *trial)
{
	static struct running running;
	static struct next next;

	memset(&next, 0, sizeof(next));
	running_look(&running);
	if (policy_running.find(&next, NULL, &running))
		return out_fail("%s; give --kernel FILE", next.why);
	snprintf(trial->kernel, sizeof(trial->kernel), "%s", next.kernel);
	snprintf(trial->initrd, sizeof(trial->initrd), "%s", next.initrds[0]);
	return 0;
}

static int take_file(char *path, size_t size, const char *given)
{
	if (given && given[0] != '/')
		return out_fail("%s: give the whole path, as it is needed after a reboot", given);
	snprintf(path, size, "%s", given ? given : "");
	return 0;
}

static int take_files(struct trial *trial, const struct bench_options *options)
{
	if (!options->kernel)
		return find_files(trial);
	if (take_file(trial->kernel, sizeof(trial->kernel), options->kernel))
		return -1;
	return take_file(trial->initrd, sizeof(trial->initrd), options->initrd);
}

/* The numbers among the arguments; -1 after having said what is wrong. */
static int take_numbers(struct trial *trial, const struct bench_options *options, char **argv)
{
	const long rounds = take_number(argv, "rounds", options->rounds, 1, TRIAL_MAX_ROUNDS);
	const long pause = take_number(argv, "pause", options->pause ? options->pause : "10", 0,
				       3600);

	trial->rounds = rounds;
	trial->pause_s = pause;
	return rounds < 0 || pause < 0 ? -1 : 0;
}

static int begin(const struct bench_options *options, char **argv)
{
	static struct trial trial, other;

	memset(&trial, 0, sizeof(trial));
	if (take_numbers(&trial, options, argv))
		return cmd_misused(&cmd_bench);
	if (trial_read(&other)) {
		out_fail("a trial is under way; 'fastkexec bench --stop' ends it");
		return EXIT_FAILED;
	}
	if (!clocks_now().frequency) {
		out_fail("there is no counter that goes on through a reboot");
		return EXIT_FAILED;
	}
	if (root_has(HOOK)) {
		out_fail("the reboot hook is on; 'systemctl disable --now %s' turns it off",
			 HOOK_NAME);
		return EXIT_FAILED;
	}
	trial.firmware = options->firmware;
	trial.digest = options->digest;
	if (take_files(&trial, options) || trial_unit_put())
		return EXIT_FAILED;
	return go_on(&trial);
}

/* What has the counter does not need the clock of the wall, which may be set meanwhile. */
static bool measure(struct trial *trial, enum trial_way way)
{
	const struct clocks now = clocks_now();
	struct trial_sample *sample = &trial->sample[trial->nr];

	sample->way = way;
	if (way == TRIAL_FIRMWARE) {
		sample->up_ns = now.real_ns - trial->real_ns;
		sample->down_ns = sample->up_ns - now.up_ns;
	} else {
		sample->up_ns = clocks_ns(now.counter - trial->counter, now.frequency);
		sample->down_ns = clocks_ns(clocks_start(&now) - trial->counter, now.frequency);
	}
	if (sample->up_ns > DOWN_MAX_NS || sample->down_ns > sample->up_ns)
		return false;
	trial->nr++;
	return true;
}

/* One reboot gives one sample, or is the last one. */
static int resume(void)
{
	static struct trial trial;
	char boot[40];
	enum trial_way way;

	if (!trial_read(&trial)) {
		trial_unit_remove();
		out_fail("no trial is under way");
		return EXIT_FAILED;
	}
	history_boot(boot);
	if (!strcmp(boot, trial.boot))
		return EXIT_DONE;
	if (trial_next(&trial, &way) && trial_way_came(way) && measure(&trial, way))
		return go_on(&trial);
	out_fail("reboot %u was to go by %s and did not: no further one is made", trial.nr + 1,
		 trial_way_name(way));
	finish(&trial);
	return EXIT_FAILED;
}

static int stop(void)
{
	static struct trial trial;

	if (!trial_read(&trial)) {
		trial_unit_remove();
		out_say("No trial is under way.\n");
		return EXIT_DONE;
	}
	finish(&trial);
	return EXIT_DONE;
}

static void answer_spread(struct json *json, const char *key, const struct trial_spread *spread)
{
	json_open(json, key, '{');
	json_number(json, "median_ns", spread->median);
	json_number(json, "least_ns", spread->least);
	json_number(json, "most_ns", spread->most);
	json_close(json, '}');
}

static void answer_way(struct json *json, const struct trial *trial, enum trial_way way)
{
	const struct trial_spread down = trial_spread(trial, way, false);
	const struct trial_spread up = trial_spread(trial, way, true);

	json_open(json, trial_way_name(way), '{');
	json_number(json, "times", down.nr);
	answer_spread(json, "down", &down);
	answer_spread(json, "up", &up);
	json_close(json, '}');
}

static int answer(const struct trial *trial, bool under_way)
{
	struct json json;
	unsigned int way;

	cmd_json_open(&json, &cmd_bench);
	json_bool(&json, "under_way", under_way);
	json_number(&json, "rounds", trial->rounds);
	json_open(&json, "ways", '{');
	for (way = 0; way < TRIAL_WAYS; way++)
		answer_way(&json, trial, way);
	json_close(&json, '}');
	return cmd_json_close(&json, EXIT_DONE);
}

static int tell(void)
{
	static struct trial trial;
	const bool under_way = trial_read(&trial);

	if (!under_way && !trial_result(&trial)) {
		out_fail("nothing was measured yet; 'fastkexec bench --rounds N' does that");
		return EXIT_FAILED;
	}
	if (out_is_json())
		return answer(&trial, under_way);
	if (under_way)
		out_line("", "A trial is under way; so far:");
	trial_table(&trial);
	return out_finish();
}

static int bench(int argc, char **argv)
{
	struct bench_options options = { 0 };
	int status;

	if (!cmd_parse(&cmd_bench, &options, argc, argv, &status))
		return status;
	if (options.initrd && !options.kernel) {
		options_misused(argv, "--initrd goes with --kernel; give that, too");
		return cmd_misused(&cmd_bench);
	}
	if (!!options.rounds + options.resume + options.stop > 1) {
		options_misused(argv, "takes only one of --rounds, --stop and --resume");
		return cmd_misused(&cmd_bench);
	}
	if (options.rounds)
		return begin(&options, argv);
	if (options.resume)
		return resume();
	return options.stop ? stop() : tell();
}

const struct command cmd_bench = {
	.name		= "bench",
	.usage		= "[OPTIONS]",
	.summary	= "Reboot by stock kexec and by fastkexec in turn, and tell the times",
	.help		=
		"THE MACHINE REBOOTS, several times. It starts the kernel that runs, again\n"
		"and again, through systemd. A unit goes on after each reboot, and is removed\n"
		"at the end. The first reboot that does not go as planned is the last one.\n"
		"Without an option: tell what was found.\n",
	.options	= rows,
	.run		= bench,
};
