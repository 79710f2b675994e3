// SPDX-License-Identifier: GPL-2.0
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "calls.h"
#include "cmd.h"
#include "out.h"
#include "root.h"

#define BLOCKS	"/sys/devices/system/memory"

/**
 * struct outcome - what became of it
 * @block: bytes of a memory block
 * @added: bytes that were offline, or not there
 * @failed: bytes that do not come online
 */
struct outcome {
	uint64_t block;
	uint64_t added;
	uint64_t failed;
};

static int read_block_size(uint64_t *size)
{
	char line[32], *end;

	root_read(line, sizeof(line), BLOCKS "/block_size_bytes");
	*size = strtoull(line, &end, 16);
	if (!line[0] || *end || !*size || *size & (*size - 1))
		return out_fail("this kernel takes no memory later: " BLOCKS " does not say how large a block is");
	return 0;
}

/* Of the kernel's own zones, as if it had been there from the start. */
static int write_online(uint64_t nr)
{
	static const char word[] = "online_kernel";
	char path[PATH_MAX];
	int fd, ret;

	fd = open(root_path(path, sizeof(path), BLOCKS "/memory%" PRIu64 "/state", nr),
		  O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	ret = write(fd, word, strlen(word)) == (ssize_t)strlen(word) ? 0 : -1;
	close(fd);
	return ret;
}

static bool is_online(uint64_t nr)
{
	char state[16];

	root_read(state, sizeof(state), BLOCKS "/memory%" PRIu64 "/state", nr);
	return !strcmp(state, "online");
}

static void bring_block(struct outcome *outcome, uint64_t nr, bool added)
{
	if (is_online(nr)) {
		outcome->added += added ? outcome->block : 0;
		return;
	}
	if (!write_online(nr)) {
		outcome->added += outcome->block;
		return;
	}
	outcome->failed += outcome->block;
	out_note("the memory at %#" PRIx64 " does not come online: %m", nr * outcome->block);
}

static void bring(struct outcome *outcome, const struct fastkexec_memory *piece)
{
	uint64_t at;

	for (at = piece->start; at < piece->end; at += outcome->block)
		bring_block(outcome, at / outcome->block, piece->added);
}

/* Each piece is brought online before the next one needs memory to be described in. */
static int add_all(int fd, struct outcome *outcome)
{
	struct fastkexec_memory piece = { 0 };

	do {
		if (calls_memory(fd, piece.end, &piece))
			return -1;
		bring(outcome, &piece);
	} while (piece.end);
	return 0;
}

static void say(const struct outcome *outcome)
{
	if (outcome->added)
		out_say("%s of memory have been added.\n", out_size(outcome->added).s);
	else if (!outcome->failed)
		out_say("All memory is there.\n");
}

static int run(struct outcome *outcome)
{
	int fd, ret;

	if (read_block_size(&outcome->block))
		return EXIT_FAILED;
	fd = calls_open();
	if (fd < 0)
		return EXIT_FAILED;
	ret = add_all(fd, outcome);
	close(fd);
	if (!ret || outcome->added)
		say(outcome);
	return ret || outcome->failed ? EXIT_FAILED : EXIT_DONE;
}

static int memory(int argc, char **argv)
{
	struct outcome outcome = { 0 };
	struct json json;
	int status;

	if (!cmd_parse(&cmd_memory, NULL, argc, argv, &status))
		return status;
	status = run(&outcome);
	if (!out_is_json())
		return status;
	cmd_json_open(&json, &cmd_memory);
	json_number(&json, "added", outcome.added);
	json_number(&json, "failed", outcome.failed);
	return cmd_json_close(&json, status);
}

const struct command cmd_memory = {
	.name		= "memory",
	.usage		= "",
	.summary	= "Add the memory that this kernel was not started with",
	.help		=
		"After 'fastkexec load --boot-memory'. The unit fastkexec-memory.service does\n"
		"this once the system is up.\n",
	.options	= cmd_no_options,
	.run		= memory,
};
