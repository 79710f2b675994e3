// SPDX-License-Identifier: GPL-2.0
#include "bounded.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

/* Nobody may wait for it any more: this thread takes no SIGPIPE then. */
static void tell(int fd, unsigned int result)
{
	sigset_t pipe_signal;

	sigemptyset(&pipe_signal);
	sigaddset(&pipe_signal, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &pipe_signal, NULL);
	while (write(fd, &result, sizeof(result)) < 0 && errno == EINTR)
		;
	close(fd);
}

static void *run(void *argument)
{
	const struct bounded *bounded = argument;

	tell(bounded->done_fd, bounded->work());
	return NULL;
}

/* Threads and processes have limits of their own. */
static int run_in_thread(struct bounded *bounded)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, run, bounded))
		return -1;
	pthread_detach(thread);
	return 0;
}

static int run_in_child(struct bounded *bounded)
{
	const pid_t pid = fork();

	if (pid < 0)
		return -1;
	if (!pid) {
		run(bounded);
		_exit(0);
	}
	close(bounded->done_fd);
	return 0;
}

int bounded_begin(struct bounded *bounded, unsigned int (*work)(void))
{
	int fds[2];

	*bounded = (struct bounded){ .work = work, .wait_fd = -1 };
	/* A pipe, as there are kernels without sockets. */
	if (pipe2(fds, O_CLOEXEC))
		return -1;
	bounded->wait_fd = fds[0];
	bounded->done_fd = fds[1];
	if (!run_in_thread(bounded) || !run_in_child(bounded))
		return 0;
	close(fds[1]);
	bounded_end(bounded);
	return -1;
}

bool bounded_wait(struct bounded *bounded, int patience_ms)
{
	struct pollfd poll_fd = { .fd = bounded->wait_fd, .events = POLLIN };
	int ret;

	if (bounded->wait_fd < 0)
		return false;
	do {
		ret = poll(&poll_fd, 1, patience_ms);
	} while (ret < 0 && errno == EINTR);
	return ret > 0 && read(bounded->wait_fd, &bounded->result, sizeof(bounded->result)) ==
			  sizeof(bounded->result);
}

void bounded_end(struct bounded *bounded)
{
	if (bounded->wait_fd >= 0)
		close(bounded->wait_fd);
	bounded->wait_fd = -1;
}
