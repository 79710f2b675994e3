// SPDX-License-Identifier: GPL-2.0
/*
 * PSCI. Contracts in psci.h.
 *
 * The kernel's own psci_ops is not exported, and the SMCCC conduit that is says
 * NONE on firmware older than SMCCC 1.1: the description in the device tree or
 * the FADT is what the kernel itself started from.
 */
#include <linux/acpi.h>
#include <linux/arm-smccc.h>
#include <linux/of.h>
#include <uapi/linux/psci.h>

#include <asm/cputype.h>

#include "psci.h"
#include "core/reloc.h"

static const struct of_device_id psci_match[] = {
	{ .compatible = "arm,psci-1.0" },
	{ .compatible = "arm,psci-0.2" },
	{}
};

u64 fk_psci_call(const struct fk_psci *psci, u32 function, u64 arg0, u64 arg1)
{
	struct arm_smccc_res res;

	if (psci->conduit == FK_CONDUIT_SMC)
		arm_smccc_smc(function, arg0, arg1, 0, 0, 0, 0, 0, &res);
	else
		arm_smccc_hvc(function, arg0, arg1, 0, 0, 0, 0, 0, &res);
	return res.a0;
}

static bool find_in_device_tree(struct fk_psci *psci)
{
	struct device_node *node = of_find_matching_node(NULL, psci_match);
	const char *method;
	bool found = false;

	if (!node)
		return false;
	if (of_device_is_available(node) && !of_property_read_string(node, "method", &method)) {
		psci->conduit = strcmp(method, "smc") ? FK_CONDUIT_HVC : FK_CONDUIT_SMC;
		found = !strcmp(method, "smc") || !strcmp(method, "hvc");
	}
	of_node_put(node);
	return found;
}

#ifdef CONFIG_ACPI
static bool find_in_fadt(struct fk_psci *psci)
{
	u16 flags = acpi_gbl_FADT.arm_boot_flags;

	psci->conduit = flags & ACPI_FADT_PSCI_USE_HVC ? FK_CONDUIT_HVC : FK_CONDUIT_SMC;
	return flags & ACPI_FADT_PSCI_COMPLIANT;
}
#else
static bool find_in_fadt(struct fk_psci *psci)
{
	return false;
}
#endif

/* TF-A's dispatchers answer with all of MPIDR_EL1: bit 31, which is one, and U and MT, too. */
#define MPIDR_NO_AFFINITY	(BIT_ULL(31) | BIT_ULL(30) | BIT_ULL(24))

static u64 resident_cpu(const struct fk_psci *psci)
{
	s32 type = fk_psci_call(psci, PSCI_0_2_FN_MIGRATE_INFO_TYPE, 0, 0);
	u64 mpidr;

	if (type != PSCI_0_2_TOS_UP_MIGRATE && type != PSCI_0_2_TOS_UP_NO_MIGRATE)
		return FK_PSCI_NO_CPU;
	mpidr = fk_psci_call(psci, PSCI_0_2_FN64_MIGRATE_INFO_UP_CPU, 0, 0) & ~MPIDR_NO_AFFINITY;
	return mpidr & ~MPIDR_HWID_BITMASK ? FK_PSCI_UNKNOWN_CPU : mpidr;
}

void fk_psci_find(struct fk_psci *psci)
{
	s32 version;

	psci->resident = FK_PSCI_NO_CPU;
	psci->present = acpi_disabled ? find_in_device_tree(psci) : find_in_fadt(psci);
	if (!psci->present)
		return;
	version = fk_psci_call(psci, PSCI_0_2_FN_PSCI_VERSION, 0, 0);
	psci->present = version > 0 &&
			(PSCI_VERSION_MAJOR(version) || PSCI_VERSION_MINOR(version) >= 2);
	if (psci->present)
		psci->resident = resident_cpu(psci);
}

long fk_psci_cpu_off(const struct fk_psci *psci)
{
	return (s32)fk_psci_call(psci, PSCI_0_2_FN_CPU_OFF, 0, 0);
}

bool fk_psci_cpu_is_off(const struct fk_psci *psci, u64 mpidr)
{
	return fk_psci_call(psci, PSCI_0_2_FN64_AFFINITY_INFO, mpidr, 0) ==
	       PSCI_0_2_AFFINITY_LEVEL_OFF;
}

bool fk_psci_cpu_is_on(const struct fk_psci *psci, u64 mpidr)
{
	long state = fk_psci_call(psci, PSCI_0_2_FN64_AFFINITY_INFO, mpidr, 0);

	return state == PSCI_0_2_AFFINITY_LEVEL_ON ||
	       state == PSCI_0_2_AFFINITY_LEVEL_ON_PENDING;
}
