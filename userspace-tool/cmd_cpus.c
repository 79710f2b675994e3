// SPDX-License-Identifier: GPL-2.0
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "cpu_list.h"
#include "out.h"
#include "root.h"

/**
 * struct outcome - what became of them
 * @brought: came online
 * @failed: did not
 */
struct outcome {
	unsigned int brought;
	unsigned int failed;
};

static int write_online(unsigned int cpu)
{
	char path[PATH_MAX];
	int fd, ret;

	fd = open(root_path(path, sizeof(path), "/sys/devices/system/cpu/cpu%u/online", cpu),
		  O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	ret = write(fd, "1", 1) == 1 ? 0 : -1;
	close(fd);
	return ret;
}

/* The kernel takes one at a time, whoever asks. */
static void bring(void *ctx, unsigned int cpu)
{
	struct outcome *outcome = ctx;

	if (!cpu_list_has(CPU_LIST_PRESENT, cpu))
		return;
	if (!write_online(cpu)) {
		outcome->brought++;
		return;
	}
	outcome->failed++;
	out_note("CPU %u does not come online: %m", cpu);
}

static void say(const struct outcome *outcome)
{
	if (outcome->brought)
		out_say("%u CPU%s come online.\n", outcome->brought,
			outcome->brought == 1 ? " has" : "s have");
	else if (!outcome->failed)
		out_say("All CPUs are online.\n");
}

static int cpus(int argc, char **argv)
{
	struct outcome outcome = { 0 };
	struct json json;
	int status;

	if (!cmd_parse(&cmd_cpus, NULL, argc, argv, &status))
		return status;
	cpu_list_each(CPU_LIST_OFFLINE, bring, &outcome);
	say(&outcome);
	status = outcome.failed ? EXIT_FAILED : EXIT_DONE;
	if (!out_is_json())
		return status;
	cmd_json_open(&json, &cmd_cpus);
	json_number(&json, "brought", outcome.brought);
	json_number(&json, "failed", outcome.failed);
	return cmd_json_close(&json, status);
}

const struct command cmd_cpus = {
	.name		= "cpus",
	.usage		= "",
	.summary	= "Bring the CPUs online that the start of this kernel left off",
	.help		=
		"After 'fastkexec load --boot-cpus'. The unit fastkexec-cpus.service does this\n"
		"once the system is up.\n",
	.options	= cmd_no_options,
	.run		= cpus,
};
