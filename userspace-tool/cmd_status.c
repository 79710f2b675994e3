// SPDX-License-Identifier: GPL-2.0
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "array.h"
#include "blockers.h"
#include "calls.h"
#include "cmd.h"
#include "cmd_status.h"
#include "json.h"
#include "loaded.h"
#include "names.h"
#include "origin.h"
#include "out.h"
#include "rehearsal.h"
#include "segment.h"

/**
 * struct status_options - the arguments
 * @sha256: show the digest of each segment
 */
struct status_options {
	bool sha256;
};

/* A digest as sha256sum(1) shows it. */
struct hex {
	char s[2 * sizeof(((struct fastkexec_digest *)0)->sha256) + 1];
};

/**
 * struct state - all that is shown
 * @shut: the device is shut to this user: only @status.loaded and @origin are known
 * @info: the machine
 * @keeps: what the next kernel must not touch
 * @status: the image
 * @segments: its segments
 * @digested: whether @digest holds an answer for each of them
 * @digest: what they hold
 * @origin_known: whether @origin holds an answer
 * @origin: where the image came from
 */
struct state {
	bool shut;
	struct fastkexec_info info;
	struct calls_keeps keeps;
	struct fastkexec_status status;
	struct fastkexec_segment segments[FASTKEXEC_MAX_SEGMENTS];
	bool digested;
	struct fastkexec_digest digest[FASTKEXEC_MAX_SEGMENTS];
	bool origin_known;
	struct origin origin;
};

/* Where it cannot be told, the machine cannot be left, and that is told. */
static int ask_keeps(int fd, struct state *state)
{
	if (state->info.blockers & FASTKEXEC_BLOCK_LPI)
		return 0;
	return calls_keeps(fd, &state->keeps);
}

/* What everybody may know. */
static int ask_public(struct state *state)
{
	uint64_t load;

	state->shut = true;
	if (!loaded_ask(&load))
		return calls_open();
	state->status.loaded = load != 0;
	return 0;
}

static int ask_digests(int fd, struct state *state)
{
	unsigned int i;
	int ret = 0;

	for (i = 0; i < state->status.nr_segments && !ret; i++) {
		out_step("taking the SHA-256 of the %s", names_role(state->segments[i].role));
		ret = calls_digest(fd, state->segments[i].dest, &state->digest[i]);
	}
	state->digested = !ret;
	return ret;
}

static int ask_module(struct state *state, const struct status_options *options)
{
	int fd = calls_open();
	int ret;

	if (fd < 0)
		return -1;
	ret = calls_info(fd, &state->info);
	if (!ret)
		ret = ask_keeps(fd, state);
	if (!ret)
		ret = calls_status(fd, &state->status, state->segments);
	if (!ret && options->sha256)
		ret = ask_digests(fd, state);
	close(fd);
	return ret;
}

static int ask(struct state *state, const struct status_options *options)
{
	int ret = calls_is_denied() ? ask_public(state) : ask_module(state, options);

	if (!ret)
		state->origin_known = state->status.loaded && origin_read(&state->origin);
	return ret;
}

static const struct {
	uint32_t bit;
	unsigned int bytes;
} granules[] = {
	{ FASTKEXEC_GRANULE_4K, 4096 },
	{ FASTKEXEC_GRANULE_16K, 16384 },
	{ FASTKEXEC_GRANULE_64K, 65536 },
};

static void json_machine(struct json *json, const struct fastkexec_info *info)
{
	size_t i;

	json_open(json, "machine", '{');
	json_string(json, "level", names_level(info->level).name);
	json_number(json, "cpus", info->cpus);
	json_number(json, "page_size", info->page_size);
	json_open(json, "granules", '[');
	for (i = 0; i < ARRAY_SIZE(granules); i++)
		if (info->granules & granules[i].bit)
			json_number(json, NULL, granules[i].bytes);
	json_close(json, ']');
	json_bool(json, "big_endian", info->big_endian);
	json_number(json, "va_bits", info->va_bits);
	json_number(json, "pa_bits", info->pa_bits);
	json_string(json, "psci", info->psci_smc ? "smc" : "hvc");
	json_bool(json, "in_place", info->contig);
	json_close(json, '}');
}

static void json_blocker(const struct blocker *blocker, void *json)
{
	json_open(json, NULL, '{');
	json_string(json, "name", blocker->name);
	json_string(json, "reason", blocker->reason);
	json_string(json, "advice", blocker->advice);
	json_close(json, '}');
}

static void json_keeps(struct json *json, const struct calls_keeps *keeps)
{
	unsigned int i;

	json_open(json, "keeps", '[');
	for (i = 0; i < keeps->nr; i++) {
		json_open(json, NULL, '{');
		json_number(json, "address", keeps->keep[i].start);
		json_number(json, "bytes", keeps->keep[i].end - keeps->keep[i].start);
		json_string(json, "reason", names_keep_reason(keeps->keep[i].why));
		json_close(json, '}');
	}
	json_close(json, ']');
}

static struct hex hex_of(const struct fastkexec_digest *digest)
{
	struct hex hex;
	size_t i;

	for (i = 0; i < sizeof(digest->sha256); i++)
		snprintf(hex.s + 2 * i, 3, "%02x", digest->sha256[i]);
	return hex;
}

static void json_segment(struct json *json, const struct state *state, unsigned int i)
{
	const struct fastkexec_segment *segment = &state->segments[i];

	json_open(json, NULL, '{');
	json_string(json, "name", names_role(segment->role));
	json_number(json, "address", segment->dest);
	json_number(json, "bytes", segment->memsz);
	json_string(json, "placement", names_placement(segment->placement));
	json_number(json, "chunks", segment->chunks);
	if (state->digested)
		json_string(json, "sha256", hex_of(&state->digest[i]).s);
	json_close(json, '}');
}

static void json_reason(void *json, const char *reason)
{
	json_string(json, NULL, reason);
}

static void json_file(struct json *json, const char *key, const struct origin_file *file)
{
	if (file)
		json_string(json, key, file->path);
	else
		json_null(json, key);
}

static void json_initrds(struct json *json, const struct origin *origin)
{
	const struct origin_file *file = NULL;

	json_file(json, "initrd", origin_find(origin, ORIGIN_INITRD, NULL));
	json_open(json, "initrds", '[');
	while ((file = origin_find(origin, ORIGIN_INITRD, file)))
		json_string(json, NULL, file->path);
	json_close(json, ']');
}

static void json_source(struct json *json, const struct state *state)
{
	const struct origin *origin = &state->origin;

	if (!state->origin_known) {
		json_null(json, "source");
		return;
	}
	json_open(json, "source", '{');
	json_file(json, "kernel", origin_find(origin, ORIGIN_KERNEL, NULL));
	json_string(json, "release", origin->release);
	json_initrds(json, origin);
	json_string(json, "command_line", origin->cmdline);
	json_number(json, "loaded_at", origin->loaded_at);
	json_open(json, "stale", '[');
	origin_stale(origin, json_reason, json);
	json_close(json, ']');
	json_close(json, '}');
}

static void json_details(struct json *json, const struct state *state)
{
	const struct fastkexec_status *status = &state->status;
	unsigned int i;

	json_number(json, "entry", status->entry);
	json_number(json, "dtb", status->dtb);
	json_number(json, "bytes", status->bytes);
	json_number(json, "copy_bytes", status->copy_bytes);
	json_number(json, "copy_entries", status->copy_entries);
	json_number(json, "table_pages", status->table_pages);
	json_string(json, "design", names_design(status->design));
	json_string(json, "verify", names_verify(status->verify));
	rehearsal_json(json, status->rehearsed);
	json_number(json, "pages_held", status->pages_held);
	json_open(json, "segments", '[');
	for (i = 0; i < status->nr_segments; i++)
		json_segment(json, state, i);
	json_close(json, ']');
}

static void json_image(struct json *json, const struct state *state)
{
	if (!state->status.loaded) {
		json_null(json, "image");
		return;
	}
	json_open(json, "image", '{');
	if (!state->shut)
		json_details(json, state);
	json_source(json, state);
	json_close(json, '}');
}

static void json_rest(struct json *json, const struct state *state)
{
	json_bool(json, "possible", !state->info.blockers);
	json_open(json, "blockers", '[');
	blockers_each(state->info.blockers, json_blocker, json);
	json_close(json, ']');
	json_keeps(json, &state->keeps);
	json_machine(json, &state->info);
}

static int answer(const struct command *command, const struct state *state)
{
	struct json json;

	cmd_json_open(&json, command);
	json_bool(&json, "loaded", state->status.loaded);
	json_image(&json, state);
	if (!state->shut)
		json_rest(&json, state);
	return cmd_json_close(&json, EXIT_DONE);
}

static void show_machine(const struct fastkexec_info *info)
{
	const char *comma = "";
	size_t i;

	printf("Machine: %s; %u CPU%s online; PSCI by %s.\n", names_level(info->level).text,
	       info->cpus, info->cpus == 1 ? "" : "s", info->psci_smc ? "SMC" : "HVC");
	printf("Memory: %uK pages, %u bits virtual, %u bits physical.\nThe CPU has ",
	       info->page_size / 1024, info->va_bits, info->pa_bits);
	for (i = 0; i < ARRAY_SIZE(granules); i++) {
		if (!(info->granules & granules[i].bit))
			continue;
		printf("%s%uK", comma, granules[i].bytes / 1024);
		comma = ", ";
	}
	printf(" pages%s.\n", info->big_endian ? ", and can run big-endian" : "");
	if (!info->contig)
		printf("This kernel cannot claim memory in place: what is loaded is copied.\n");
}

static void show_reason(void *ctx, const char *reason)
{
	(void)ctx;
	out_line("It is out of date: ", "%s; load it again.", reason);
}

static void show_files(const struct origin *origin, enum origin_role role, const char *label)
{
	const struct origin_file *file = NULL;

	while ((file = origin_find(origin, role, file)))
		out_line(label, "%s.", file->path);
}

static void show_source(const struct state *state)
{
	const struct origin *origin = &state->origin;
	const time_t loaded_at = origin->loaded_at;
	struct tm tm;
	char when[32] = "?";

	if (!state->origin_known) {
		printf("It is not known from which file it came.\n");
		return;
	}
	if (localtime_r(&loaded_at, &tm))
		strftime(when, sizeof(when), "%F %T %z", &tm);
	printf("It is Linux %s, loaded %s.\n", origin->release[0] ? origin->release : "?", when);
	show_files(origin, ORIGIN_KERNEL, "Kernel: ");
	show_files(origin, ORIGIN_INITRD, "Initrd: ");
	if (!origin_find(origin, ORIGIN_INITRD, NULL))
		printf("Initrd: none.\n");
	out_line("Command line: ", "%s", origin->cmdline[0] ? origin->cmdline : "(empty)");
	origin_stale(origin, show_reason, NULL);
}

static void show_segment(const struct state *state, unsigned int i)
{
	segment_say(&state->segments[i]);
	if (state->digested)
		printf("          SHA-256 %s\n", hex_of(&state->digest[i]).s);
}

static void show_image(const struct state *state)
{
	const struct fastkexec_status *status = &state->status;
	unsigned int i;

	if (!status->loaded) {
		printf("Nothing is loaded.\n");
		return;
	}
	printf("A kernel is loaded. Entry %#" PRIx64 ", dtb %#" PRIx64 ".\n",
	       (uint64_t)status->entry, (uint64_t)status->dtb);
	show_source(state);
	for (i = 0; i < status->nr_segments; i++)
		show_segment(state, i);
	segment_say_cost(status);
	printf("Translation tables: %u page%s, design %s. Memory held: %s.\n", status->table_pages,
	       status->table_pages == 1 ? "" : "s", names_design(status->design),
	       out_size(status->pages_held * state->info.page_size).s);
	printf("Checked for damage before the jump: %s.\n",
	       status->verify == FASTKEXEC_VERIFY_FULL ? "everything" :
	       status->verify == FASTKEXEC_VERIFY_FAST ? "all but the contents" : "nothing");
	if (status->rehearsed)
		rehearsal_say(status->rehearsed);
}

static void show_blocker(const struct blocker *blocker, void *context)
{
	(void)context;
	out_line("Cannot load here: ", "%s%s%s.", blocker->reason, blocker->advice[0] ? "; " : "",
		 blocker->advice);
}

static void show_public(const struct state *state)
{
	if (!state->status.loaded) {
		printf("Nothing is loaded.\n");
	} else {
		printf("A kernel is loaded.\n");
		show_source(state);
	}
	printf("Where it lies and what this machine can do is told to root.\n");
}

static void show_words(const struct state *state)
{
	if (state->shut) {
		show_public(state);
		return;
	}
	show_image(state);
	blockers_each(state->info.blockers, show_blocker, NULL);
	show_machine(&state->info);
}

static int show(const struct state *state)
{
	if (out_is_json())
		return answer(&cmd_status, state);
	if (out_is_quiet())
		return state->status.loaded ? EXIT_DONE : EXIT_FAILED;
	show_words(state);
	return out_finish();
}

int cmd_status_answer(const struct command *command)
{
	const struct status_options options = { 0 };
	struct state state = { 0 };
	int ret = ask(&state, &options) ? EXIT_FAILED : answer(command, &state);

	calls_keeps_free(&state.keeps);
	return ret;
}

static const struct option_row rows[] = {
	{
		.name = "sha256",
		.field = offsetof(struct status_options, sha256),
		.help = "show the SHA-256 of each segment, taken anew from memory",
	},
	{ 0 }
};

static int status(int argc, char **argv)
{
	struct status_options options = { 0 };
	struct state state = { 0 };
	int ret;

	if (!cmd_parse(&cmd_status, &options, argc, argv, &ret))
		return ret;
	ret = ask(&state, &options) ? EXIT_FAILED : show(&state);
	calls_keeps_free(&state.keeps);
	return ret;
}

const struct command cmd_status = {
	.name		= "status",
	.usage		= "[OPTIONS]",
	.summary	= "Tell what is loaded, from where and how, and what this machine can do",
	.help		=
		"With -q nothing is said: the exit status is 0 if a kernel is loaded, else 1.\n"
		"--sha256 hashes the contents as they are in memory now. An initrd that came\n"
		"from one file, and a kernel that is no packed one, have the SHA-256 of the file.\n"
		"The device tree is made by load.\n"
		"Who is not root is told what is loaded and from where, and no address.\n",
	.options	= rows,
	.run		= status,
};
