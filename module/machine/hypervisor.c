// SPDX-License-Identifier: GPL-2.0
/*
 * Hypervisors. Contract in hypervisor.h.
 */
#include <linux/acpi.h>
#include <linux/fastkexec.h>
#include <linux/string.h>

#include <xen/xen.h>

#include "compat.h"
#include "hypervisor.h"

#ifdef CONFIG_ACPI
static bool on_hyperv(void)
{
	return !acpi_disabled && !memcmp(&acpi_gbl_FADT.hypervisor_id, "MsHyperV", 8);
}
#else
static bool on_hyperv(void)
{
	return false;
}
#endif

u64 fk_hypervisor_judge(void)
{
	u64 blockers = 0;

	if (xen_domain())
		blockers |= FASTKEXEC_BLOCK_XEN;
	if (on_hyperv())
		blockers |= FASTKEXEC_BLOCK_HYPERV;
	if (fk_in_realm())
		blockers |= FASTKEXEC_BLOCK_REALM;
	return blockers;
}
