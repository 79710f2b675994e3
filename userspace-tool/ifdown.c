// SPDX-License-Identifier: GPL-2.0
#include "ifdown.h"

#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bounded.h"
#include "out.h"

/* 0 if interface @name is down now, or never was up. */
static int take_down(int fd, const char *name)
{
	struct ifreq request = { 0 };

	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
	if (ioctl(fd, SIOCGIFFLAGS, &request))
		return -1;
	if ((request.ifr_flags & IFF_LOOPBACK) || !(request.ifr_flags & IFF_UP))
		return 0;
	request.ifr_flags &= ~IFF_UP;
	return ioctl(fd, SIOCSIFFLAGS, &request);
}

/* The last ones first: bonds and bridges have higher numbers than their members. */
static unsigned int take_all_down(void)
{
	struct if_nameindex *list = if_nameindex();
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	unsigned int failed = 0;
	size_t nr = 0;

	if (fd >= 0 && list) {
		while (list[nr].if_index)
			nr++;
		while (nr--)
			failed += take_down(fd, list[nr].if_name) != 0;
	}
	if (fd >= 0)
		close(fd);
	if (list)
		if_freenameindex(list);
	return failed;
}

bool ifdown_all(int patience_ms)
{
	static struct bounded taking_down;
	bool done;

	if (bounded_begin(&taking_down, take_all_down)) {
		out_note("no process can be had to take network interfaces down: they stay up");
		return false;
	}
	done = bounded_wait(&taking_down, patience_ms);
	bounded_end(&taking_down);
	if (!done)
		out_note("a network interface does not go down: going on without waiting for it");
	else if (taking_down.result)
		out_note("%u network interface%s did not go down", taking_down.result,
			 taking_down.result == 1 ? "" : "s");
	return done && !taking_down.result;
}
