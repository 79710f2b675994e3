// SPDX-License-Identifier: GPL-2.0
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "hook/hook.h"

#define STEP_MS		20

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * UINT64_C(1000) + now.tv_nsec / 1000000;
}

/* Whether the child @pid ends in time. On a busy machine a step takes longer than it should. */
static bool ends(pid_t pid, unsigned int patience_ms)
{
	const struct timespec step = { .tv_nsec = STEP_MS * 1000000 };
	const uint64_t end_ms = now_ms() + patience_ms;

	while (now_ms() < end_ms) {
		if (waitpid(pid, NULL, WNOHANG))
			return true;
		nanosleep(&step, NULL);
	}
	return false;
}

void hook_bounded(void (*work)(void), unsigned int patience_ms)
{
	pid_t pid = fork();

	if (pid < 0) {
		hook_say("There is no memory to see whether a reboot can be fast");
		return;
	}
	if (!pid) {
		setpgid(0, 0);
		work();
		_exit(0);
	}
	if (ends(pid, patience_ms))
		return;
	kill(-pid, SIGKILL);
	hook_say("Looking for the next kernel took more than %u s and was given up%s",
		 patience_ms / 1000,
		 hook_loaded() == 1 ? ", and a kernel is loaded: a reboot starts it" : "");
}
