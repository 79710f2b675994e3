/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Hypervisors that must be told when a kernel goes.
 */
#ifndef FK_HYPERVISOR_H
#define FK_HYPERVISOR_H

#include <linux/types.h>

/**
 * fk_hypervisor_judge() - does something below keep what this kernel has given it?
 *
 * - Xen keeps the shared page, the vcpu_info of each CPU, event channels and grants; a
 *   kernel that registers them a second time dies.
 * - Hyper-V keeps the VMBus channels, whose pages it goes on writing to. It is told by the
 *   FADT's hypervisor identity (ACPI 6.5, table 5.9).
 * - A Realm's shared pages and its RIPAS state (Arm DEN 0137) are not understood.
 *
 * Return: FASTKEXEC_BLOCK_*.
 */
u64 fk_hypervisor_judge(void);

#endif /* FK_HYPERVISOR_H */
