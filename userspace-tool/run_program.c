// SPDX-License-Identifier: GPL-2.0
#include "run_program.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "root.h"

static void run(int out, const char *const argv[])
{
	char path[PATH_MAX];
	int null = open("/dev/null", O_RDWR);

	setpgid(0, 0);
	dup2(null, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	execve(root_path(path, sizeof(path), "%s", argv[0]), (char **)argv, environ);
	_exit(127);
}

static int left_ms(const struct timespec *end)
{
	struct timespec now;
	long long ms;

	clock_gettime(CLOCK_MONOTONIC, &now);
	ms = (end->tv_sec - now.tv_sec) * 1000LL + (end->tv_nsec - now.tv_nsec) / 1000000;
	return ms > 0 ? ms : 0;
}

/* Read to the end. False: it takes too long, or does not fit. */
static bool read_all(int fd, char *output, size_t size, const struct timespec *end)
{
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	size_t length = 0;
	ssize_t n;

	while (length < size - 1 && poll(&wait, 1, left_ms(end)) > 0) {
		n = read(fd, output + length, size - 1 - length);
		if (n < 0)
			return false;
		length += n;
		output[length] = '\0';
		if (!n)
			return true;
	}
	return false;
}

int program_read(char *output, size_t size, int patience_ms, const char *const argv[])
{
	struct timespec end;
	int fd[2], status;
	bool done;
	pid_t pid;

	output[0] = '\0';
	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_sec += patience_ms / 1000;
	end.tv_nsec += patience_ms % 1000 * 1000000;
	if (pipe2(fd, O_CLOEXEC))
		return -1;
	pid = fork();
	if (!pid)
		run(fd[1], argv);
	close(fd[1]);
	done = pid > 0 && read_all(fd[0], output, size, &end);
	close(fd[0]);
	if (pid < 0)
		return -1;
	if (!done)
		kill(-pid, SIGKILL);
	if (waitpid(pid, &status, 0) != pid)
		return -1;
	return done && WIFEXITED(status) && !WEXITSTATUS(status) ? 0 : -1;
}
