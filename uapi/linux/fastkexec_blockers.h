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
	X(XEN, "xen", EOPNOTSUPP, \
	  "this is a Xen guest, and Xen keeps what this kernel has shared with it", \
	  "reboot through the firmware") \
	X(HYPERV, "hyper-v", EOPNOTSUPP, \
	  "this is a Hyper-V guest, and the host keeps its channels to this kernel", \
	  "reboot through the firmware") \
	X(REALM, "realm", EOPNOTSUPP, \
	  "this is a Realm, and nobody has tried to replace a kernel in one", \
	  "reboot through the firmware") \
	X(NO_PSCI, "no-psci", EOPNOTSUPP, \
	  "there is no PSCI 0.2 or later to turn CPUs off, and to restart after a fault", \
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
	X(CPU_SILENT, "cpu-silent", EOPNOTSUPP, \
	  "a CPU does not answer interrupts", \
	  "reboot through the firmware") \
	X(CPU_STATE, "cpu-state", EOPNOTSUPP, \
	  "the firmware does not say of every CPU that is online that it is on", \
	  "use firmware whose AFFINITY_INFO works") \
	X(PKVM, "pkvm", EOPNOTSUPP, \
	  "protected KVM owns EL2 and does not give it back", \
	  "boot with kvm-arm.mode=nvhe") \
	X(HYPERVISOR, "hypervisor", EOPNOTSUPP, \
	  "it cannot be told what runs at EL2", \
	  "describe the virtual timer's interrupt in the device tree") \
	X(LPI, "lpi", EOPNOTSUPP, \
	  "it cannot be told where the LPI tables of the GICv3 lie, which it goes on using", \
	  "reboot through the firmware") \
	X(GICV5, "gicv5", EOPNOTSUPP, \
	  "a GICv5 goes on using tables in this kernel's memory", \
	  "reboot through the firmware") \
	X(PAGING, "paging", EOPNOTSUPP, \
	  "this kernel's translation regime is not understood", \
	  "report it, with the output of 'fastkexec status --json'")

#endif /* _UAPI_LINUX_FASTKEXEC_BLOCKERS_H */
