// SPDX-License-Identifier: GPL-2.0
/*
 * A package manager at work: the kernel may be half installed, and another one may come
 * on the way down.
 */
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "wishes/wishes.h"

#include "array.h"
#include "root.h"

/* Whether another process holds the lock of the whole file @path. */
static bool is_locked(const char *path)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	char full[PATH_MAX];
	bool locked;
	int fd;

	fd = open(root_path(full, sizeof(full), "%s", path), O_RDWR | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return false;
	locked = !fcntl(fd, F_GETLK, &lock) && lock.l_type != F_UNLCK;
	close(fd);
	return locked;
}

static bool look(const struct settings *settings, char *text)
{
	static const char *const locks[] = {
		"/var/lib/dpkg/lock-frontend", "/var/lib/dpkg/lock", "/var/lib/rpm/.rpm.lock",
		"/usr/lib/sysimage/rpm/.rpm.lock",
		/* It may install some on the way down, and has dpkg's lock only now and then. */
		"/run/unattended-upgrades.lock",
	};
	size_t i;

	(void)settings;
	for (i = 0; i < ARRAY_SIZE(locks); i++)
		if (is_locked(locks[i]))
			return wish_say(text, "packages are being installed (%s is locked)",
					locks[i]);
	if (root_has("/var/lib/pacman/db.lck"))
		return wish_say(text, "packages are being installed (pacman)");
	return false;
}

const struct wish wish_packages = {
	.name = "packages",
	.kind = WISH_WAIT,
	.look = look,
};
