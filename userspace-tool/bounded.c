// SPDX-License-Identifier: GPL-2.0
#include "bounded.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

static void *run(void *argument)
{
	struct bounded *bounded = argument;

	bounded->work();
	close(bounded->done_fd);
	return NULL;
}

void bounded_begin(struct bounded *bounded, void (*work)(void))
{
	pthread_t thread;
	int fds[2];

	*bounded = (struct bounded){ .work = work, .wait_fd = -1 };
	if (pipe2(fds, O_CLOEXEC))
		return;
	bounded->wait_fd = fds[0];
	bounded->done_fd = fds[1];
	if (!pthread_create(&thread, NULL, run, bounded)) {
		pthread_detach(thread);
		return;
	}
	close(fds[0]);
	close(fds[1]);
	bounded->wait_fd = -1;
}

bool bounded_wait(const struct bounded *bounded, int patience_ms)
{
	struct pollfd poll_fd = { .fd = bounded->wait_fd, .events = POLLIN };
	int ret;

	if (bounded->wait_fd < 0)
		return false;
	do {
		ret = poll(&poll_fd, 1, patience_ms);
	} while (ret < 0 && errno == EINTR);
	return ret > 0;
}

void bounded_end(struct bounded *bounded)
{
	if (bounded->wait_fd >= 0)
		close(bounded->wait_fd);
	bounded->wait_fd = -1;
}
