/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * Why a machine cannot be left: the one list of words for FASTKEXEC_BLOCK_*. The
 * module's sentences, the tool's, the manual's and the tests' come from it or are
 * checked against it. In this order they are told; the first one gives the errno.
 */
#ifndef _UAPI_LINUX_FASTKEXEC_BLOCKERS_H
#define _UAPI_LINUX_FASTKEXEC_BLOCKERS_H

#include <linux/fastkexec.h>

/*
 * FASTKEXEC_BLOCKERS(X) - X(ID, name, error, reason, advice) for each of them
 *
 * FASTKEXEC_BLOCK_ID is the bit, name what programs read (status --json), error what
 * FASTKEXEC_LOAD fails with, reason a clause that completes "this machine cannot be
 * left: ", advice what to do about it, an imperative, or "" if nothing helps.
 */
#define FASTKEXEC_BLOCKERS(X) \
	X(LOCKDOWN, "lockdown", EPERM, \
	  "the kernel is locked down (Secure Boot, usually)", \
	  "reboot through the firmware") \
	X(NO_PSCI, "no-psci", EOPNOTSUPP, \
	  "there is no PSCI 0.2 or later to turn CPUs off with", \
	  "use firmware that has it") \
	X(SPIN_TABLE, "spin-table", EOPNOTSUPP, \
	  "a CPU is started by spin-table and cannot be turned off", \
	  "use firmware that has PSCI") \
	X(TRUSTED_OS, "trusted-os", EOPNOTSUPP, \
	  "a trusted OS resides on a CPU that must be turned off", \
	  "use a trusted OS that runs on every CPU") \
	X(STUCK_CPU, "stuck-cpu", EOPNOTSUPP, \
	  "a CPU is not online and not off either: it still runs this kernel's code", \
	  "reboot through the firmware") \
	X(PKVM, "pkvm", EOPNOTSUPP, \
	  "protected KVM owns EL2 and does not give it back", \
	  "boot with kvm-arm.mode=nvhe") \
	X(HYPERVISOR, "hypervisor", EOPNOTSUPP, \
	  "something that is not Linux runs at EL2", \
	  "reboot through the firmware") \
	X(LPI, "lpi", EOPNOTSUPP, \
	  "GICv3 LPIs are enabled and nothing protects their tables", \
	  "boot through EFI, or without the ITS") \
	X(PAGING, "paging", EOPNOTSUPP, \
	  "this kernel's translation regime is not understood", \
	  "report it, with the output of 'fastkexec status --json'")

#endif /* _UAPI_LINUX_FASTKEXEC_BLOCKERS_H */
