// SPDX-License-Identifier: GPL-2.0
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "array.h"
#include "cmd.h"
#include "calls.h"
#include "json.h"
#include "out.h"
#include "rehearsal.h"
#include "segment.h"

/**
 * struct state - all that is shown
 * @info: the machine
 * @status: the image
 * @segments: its segments
 */
struct state {
	struct fastkexec_info info;
	struct fastkexec_status status;
	struct fastkexec_segment segments[FASTKEXEC_MAX_SEGMENTS];
};

static int ask(struct state *state)
{
	int fd = device_open();
	int ret;

	if (fd < 0)
		return -1;
	ret = device_info(fd, &state->info);
	if (!ret)
		ret = device_status(fd, &state->status, state->segments);
	close(fd);
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
	json_string(json, "level", device_level(info->level).name);
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

static void json_blockers(struct json *json, uint64_t bits)
{
	const struct device_blocker *blocker;

	json_open(json, "blockers", '[');
	for (blocker = device_blockers(); bits; blocker++) {
		if (blocker->bit && !(bits & blocker->bit))
			continue;
		json_open(json, NULL, '{');
		json_string(json, "name", blocker->bit ? blocker->name : "unknown");
		json_string(json, "reason", blocker->bit ? blocker->reason :
			    "the module has a reason that this tool does not know");
		json_close(json, '}');
		if (!blocker->bit)
			break;
		bits &= ~blocker->bit;
	}
	json_close(json, ']');
}

static void json_segment(struct json *json, const struct fastkexec_status *status,
			 const struct fastkexec_segment *segment)
{
	json_open(json, NULL, '{');
	json_string(json, "name", segment_name(status, segment));
	json_number(json, "address", segment->dest);
	json_number(json, "bytes", segment->memsz);
	json_string(json, "placement", segment_is_in_place(segment) ? "in-place" : "copy");
	json_number(json, "chunks", segment->chunks);
	json_close(json, '}');
}

static void json_image(struct json *json, const struct state *state)
{
	const struct fastkexec_status *status = &state->status;
	unsigned int i;

	if (!status->loaded) {
		json_null(json, "image");
		return;
	}
	json_open(json, "image", '{');
	json_number(json, "entry", status->entry);
	json_number(json, "dtb", status->dtb);
	json_number(json, "bytes", status->bytes);
	json_number(json, "copy_bytes", status->copy_bytes);
	json_number(json, "copy_entries", status->copy_entries);
	json_number(json, "table_pages", status->table_pages);
	json_string(json, "design", device_design(status->design));
	rehearsal_json(json, status->rehearsed);
	json_number(json, "pages_held", status->pages_held);
	json_open(json, "segments", '[');
	for (i = 0; i < status->nr_segments; i++)
		json_segment(json, status, &state->segments[i]);
	json_close(json, ']');
	json_close(json, '}');
}

static void show_json(const struct state *state)
{
	struct json json = { .file = stdout };

	json_open(&json, NULL, '{');
	json_string(&json, "version", FASTKEXEC_VERSION);
	json_bool(&json, "loaded", state->status.loaded);
	json_image(&json, state);
	json_bool(&json, "possible", !state->info.blockers);
	json_blockers(&json, state->info.blockers);
	json_machine(&json, &state->info);
	json_close(&json, '}');
}

static void show_machine(const struct fastkexec_info *info)
{
	const char *comma = "";
	size_t i;

	printf("Machine: %s; %u CPU%s online; PSCI by %s.\n", device_level(info->level).text,
	       info->cpus, info->cpus == 1 ? "" : "s", info->psci_smc ? "SMC" : "HVC");
	printf("Memory: %uK pages, %u bits virtual, %u bits physical. The CPU has ",
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

static void show_image(const struct state *state)
{
	const struct fastkexec_status *status = &state->status;
	unsigned int i;

	if (!status->loaded) {
		printf("Nothing is loaded.\n");
		return;
	}
	printf("A kernel is loaded. Entry %#" PRIx64 ", device tree %#" PRIx64 ".\n",
	       (uint64_t)status->entry, (uint64_t)status->dtb);
	for (i = 0; i < status->nr_segments; i++)
		segment_say(status, &state->segments[i]);
	segment_say_cost(status);
	printf("Translation tables: %u page%s, design %s. Memory held: %s.\n", status->table_pages,
	       status->table_pages == 1 ? "" : "s", device_design(status->design),
	       out_size(status->pages_held * state->info.page_size).s);
	if (status->rehearsed)
		rehearsal_say(status->rehearsed);
}

static void show_blockers(uint64_t bits)
{
	const struct device_blocker *blocker;

	for (blocker = device_blockers(); blocker->bit; blocker++) {
		if (bits & blocker->bit)
			printf("Cannot load here: %s.\n", blocker->reason);
		bits &= ~blocker->bit;
	}
	if (bits)
		printf("Cannot load here: the module has a reason (%#" PRIx64
		       ") that this tool does not know.\n", bits);
}

static int status(int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct state state;
	bool json = false;
	int option;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		switch (option) {
		case 'j':
			json = true;
			break;
		case 'h':
			return cmd_help(&cmd_status);
		default:
			return cmd_misused(&cmd_status);
		}
	}
	if (optind < argc) {
		fprintf(stderr, "%s: takes no argument, and was given '%s'\n", argv[0],
			argv[optind]);
		return cmd_misused(&cmd_status);
	}

	if (ask(&state))
		return EXIT_FAILED;
	if (json) {
		show_json(&state);
	} else {
		show_image(&state);
		show_blockers(state.info.blockers);
		show_machine(&state.info);
	}
	return out_finish();
}

const struct command cmd_status = {
	.name		= "status",
	.usage		= "[--json]",
	.summary	= "Tell what is loaded, where and how, and what this machine can do",
	.help		=
		"      --json  for programs; the keys are described in fastkexec(8)\n"
		"  -h, --help  this text\n",
	.run		= status,
};
