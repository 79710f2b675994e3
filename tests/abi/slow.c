// SPDX-License-Identifier: GPL-2.0
/*
 * Slow memory, by userfaultfd(2). Contracts in slow.h.
 */
#include "slow.h"

#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/userfaultfd.h>

#include "check.h"
#include "proc_iomem.h"

void slow_make(struct slow *slow)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register area = { .mode = UFFDIO_REGISTER_MODE_MISSING };

	slow->page = mmap(NULL, world.page, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	slow->fd = syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
	area.range.start = (uintptr_t)slow->page;
	area.range.len = world.page;
	if (slow->page == MAP_FAILED || slow->fd < 0 || ioctl(slow->fd, UFFDIO_API, &api) ||
	    ioctl(slow->fd, UFFDIO_REGISTER, &area))
		fatal("userfaultfd");
}

bool slow_wait(const struct slow *slow, int seconds)
{
	struct pollfd wait = { .fd = slow->fd, .events = POLLIN };
	struct uffd_msg message;

	return poll(&wait, 1, seconds * 1000) == 1 &&
	       read(slow->fd, &message, sizeof(message)) == sizeof(message) &&
	       message.event == UFFD_EVENT_PAGEFAULT;
}

void slow_go(const struct slow *slow)
{
	struct uffdio_zeropage zero = {
		.range = { .start = (uintptr_t)slow->page, .len = world.page },
	};

	if (ioctl(slow->fd, UFFDIO_ZEROPAGE, &zero))
		fatal("UFFDIO_ZEROPAGE");
}

void slow_free(struct slow *slow)
{
	close(slow->fd);
	munmap(slow->page, world.page);
}
