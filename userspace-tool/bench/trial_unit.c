// SPDX-License-Identifier: GPL-2.0
#include "bench/trial_unit.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench/trial.h"
#include "out.h"
#include "root.h"

#define FOLDER	"/etc/systemd/system"
#define NAME	"fastkexec-bench.service"
#define WANTS	FOLDER "/multi-user.target.wants"

/* It waits between reboots, for as long as the trial says. */
static const char unit[] =
	"# Put here by 'fastkexec bench', which removes it; 'fastkexec bench --stop' does, too.\n"
	"[Unit]\n"
	"Description=Go on with the reboots of 'fastkexec bench'\n"
	"ConditionPathExists=" TRIAL_FOLDER "/state\n"
	"ConditionKernelCommandLine=!fastkexec=off\n"
	"After=multi-user.target\n"
	"[Service]\n"
	"Type=oneshot\n"
	"ExecStart=%s bench --resume\n"
	"TimeoutStartSec=infinity\n"
	"[Install]\n"
	"WantedBy=multi-user.target\n";

static int write_unit(const char *program)
{
	char path[PATH_MAX];
	FILE *file = fopen(root_path(path, sizeof(path), FOLDER "/" NAME), "we");

	if (!file)
		return -1;
	fprintf(file, unit, program);
	return fclose(file) ? -1 : 0;
}

static int enable_unit(void)
{
	char path[PATH_MAX];

	mkdir(root_path(path, sizeof(path), WANTS), 0755);
	root_path(path, sizeof(path), WANTS "/" NAME);
	return symlink("../" NAME, path) && errno != EEXIST ? -1 : 0;
}

int trial_unit_put(void)
{
	char program[PATH_MAX];
	const ssize_t n = readlink("/proc/self/exe", program, sizeof(program) - 1);

	if (n > 0) {
		program[n] = '\0';
		if (!write_unit(program) && !enable_unit())
			return 0;
	}
	out_fail("cannot put " NAME " into " FOLDER ": %s", strerror(errno));
	trial_unit_remove();
	return -1;
}

void trial_unit_remove(void)
{
	char path[PATH_MAX];

	unlink(root_path(path, sizeof(path), WANTS "/" NAME));
	unlink(root_path(path, sizeof(path), FOLDER "/" NAME));
}
