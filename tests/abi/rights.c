// SPDX-License-Identifier: GPL-2.0
/*
 * Rights of the calling process. Contract in rights.h.
 */
#include "rights.h"

#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/capability.h>

#include "check.h"

void rights_drop_sys_boot(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];

	if (syscall(SYS_capget, &header, data))
		fatal("capget");
	data[0].effective &= ~(1U << CAP_SYS_BOOT);
	data[0].permitted &= ~(1U << CAP_SYS_BOOT);
	/* The first keeps it from coming back with execve(). */
	if (prctl(PR_CAPBSET_DROP, CAP_SYS_BOOT, 0, 0, 0) || syscall(SYS_capset, &header, data))
		fatal("capset");
}
