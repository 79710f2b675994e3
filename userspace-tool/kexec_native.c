// SPDX-License-Identifier: GPL-2.0
#include "kexec_native.h"

#include <linux/kexec.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "root.h"

/* Linux moves the files: the first name is the new one. */
static const char *const files[][2] = {
	[KEXEC_NATIVE_NEXT] = { "/sys/kernel/kexec/loaded", "/sys/kernel/kexec_loaded" },
	[KEXEC_NATIVE_CRASH] = { "/sys/kernel/kexec/crash_loaded",
		"/sys/kernel/kexec_crash_loaded" },
};

int kexec_native_loaded(enum kexec_native which)
{
	char line[16];

	if (!root_read(line, sizeof(line), "%s", files[which][0]) &&
	    !root_read(line, sizeof(line), "%s", files[which][1]))
		return -1;
	return atoi(line) != 0;
}

int kexec_native_unload(enum kexec_native which)
{
	const unsigned long flags = which == KEXEC_NATIVE_CRASH ? KEXEC_ON_CRASH : 0;

	/* No segments: the image that is there is forgotten. */
	return syscall(SYS_kexec_load, 0UL, 0UL, NULL, flags);
}
