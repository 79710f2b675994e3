// SPDX-License-Identifier: GPL-2.0
/*
 * Rights of the calling process. Contracts in rights.h.
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

void rights_become(unsigned int user)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];

	if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) || setresgid(user, user, user) ||
	    setresuid(user, user, user))
		fatal("setresuid");
	if (syscall(SYS_capget, &header, data))
		fatal("capget");
	data[0].permitted &= 1U << CAP_SYS_BOOT;
	data[0].effective = data[0].permitted;
	data[1].permitted = 0;
	data[1].effective = 0;
	if (syscall(SYS_capset, &header, data))
		fatal("capset");
}
