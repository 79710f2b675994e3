// SPDX-License-Identifier: GPL-2.0
/*
 * What this machine is. Contracts in machine.h.
 *
 * The translation regime is read from the registers that are in force, never
 * from the configuration: a kernel built for 52 bits runs with 48 on most CPUs.
 */
#include <linux/acpi.h>
#include <linux/bitfield.h>
#include <linux/build_bug.h>
#include <linux/fastkexec_blockers.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/of.h>
#include <linux/security.h>

#include <asm/cpufeature.h>
#include <asm/cputype.h>
#include <asm/sysreg.h>

#include "compat.h"
#include "cpus.h"
#include "el2.h"
#include "entry.h"
#include "gic.h"
#include "hypervisor.h"
#include "machine.h"
#include "sdei.h"

/* Not known by name to every supported kernel. */
#define FK_SYS_ID_AA64MMFR3	sys_reg(3, 0, 0, 7, 3)
#define FK_SYS_TCR2_EL1		sys_reg(3, 0, 2, 0, 3)
#define FK_SYS_PIR_EL1		sys_reg(3, 0, 10, 2, 3)

/* Fields (Arm ARM D19.2): TCR_EL1, TCR2_EL1, ID_AA64MMFR0_EL1, _MMFR3, _PFR0, CTR_EL0. */
#define TCR_FIELD_T1SZ		GENMASK_ULL(21, 16)
#define TCR_FIELD_TG1		GENMASK_ULL(31, 30)
#define TCR_FIELD_IPS		GENMASK_ULL(34, 32)
#define TCR_FIELD_DS		BIT_ULL(59)
#define TCR2_FIELD_PIE		BIT_ULL(1)
#define TCR2_FIELD_E0POE	BIT_ULL(2)
#define TCR2_FIELD_HAFT		BIT_ULL(11)
#define MMFR0_FIELD_BIGEND	GENMASK_ULL(11, 8)
#define MMFR0_FIELD_TGRAN16	GENMASK_ULL(23, 20)
#define MMFR0_FIELD_TGRAN64	GENMASK_ULL(27, 24)
#define MMFR0_FIELD_TGRAN4	GENMASK_ULL(31, 28)
#define MMFR1_FIELD_HCX		GENMASK_ULL(43, 40)
#define MMFR2_FIELD_VARANGE	GENMASK_ULL(19, 16)
#define MMFR3_FIELD_TCRX	GENMASK_ULL(3, 0)
#define PFR0_FIELD_EL2		GENMASK_ULL(11, 8)
#define PFR1_FIELD_GCS		GENMASK_ULL(47, 44)
#define CTR_FIELD_DMINLINE	GENMASK_ULL(19, 16)

#define TGRAN_ABSENT		0xf	/* of TGran4 and TGran64; TGran16 says 0 */
#define MAIR_NORMAL_WRITE_BACK	0xff

/* In the order in which they are told. */
#define REASON(id, name, error, reason, advice) { FASTKEXEC_BLOCK_##id, -(error), reason },
static const struct {
	u64 blocker;
	int err;
	const char *text;
} reasons[] = { FASTKEXEC_BLOCKERS(REASON) };

/* As many reasons as bits, from the lowest to the highest: each is listed, and once. */
#define LISTED(id, name, error, reason, advice) \
	[const_ilog2(FASTKEXEC_BLOCK_##id)] = true,
static const bool listed[] __maybe_unused = { FASTKEXEC_BLOCKERS(LISTED) };
static_assert(ARRAY_SIZE(listed) == ARRAY_SIZE(reasons));

static bool any_spin_table(void)
{
	struct device_node *node;
	bool found = false;

	if (!acpi_disabled)
		return false;
	for_each_of_cpu_node(node) {
		const char *method;

		if (!of_property_read_string(node, "enable-method", &method) &&
		    !strcmp(method, "spin-table"))
			found = true;
	}
	return found;
}

static u8 granule_shift(u64 tcr)
{
	switch (FIELD_GET(TCR_FIELD_TG1, tcr)) {
	case 1:
		return 14;
	case 2:
		return 12;
	case 3:
		return 16;
	default:
		return 0;
	}
}

static u8 output_bits(u64 tcr)
{
	static const u8 bits[] = { 32, 36, 40, 42, 44, 48, 52, 48 };

	return bits[FIELD_GET(TCR_FIELD_IPS, tcr)];
}

static bool find_normal_memory(u8 *attr)
{
	u64 mair = read_sysreg(mair_el1);

	for (*attr = 0; *attr < 8; (*attr)++, mair >>= 8)
		if ((mair & 0xff) == MAIR_NORMAL_WRITE_BACK)
			return true;
	return false;
}

/*
 * Bits of TCR2_EL1 that leave the format of tables, as it is read here, as it was: the
 * rights by PIR_EL1; overlays at EL0, where nothing of the jump runs; an access flag in
 * table descriptors, which our own tables have room for. Another format (D128) or other
 * rights are not understood.
 */
static void read_indirection(struct fk_machine *machine)
{
	struct fk_pt_geometry *geo = &machine->geometry;
	u64 tcr2;

	if (!(machine->regs.leave & FK_LEAVE_TCR2))
		return;
	tcr2 = read_sysreg_s(FK_SYS_TCR2_EL1);
	if (tcr2 & ~(TCR2_FIELD_PIE | TCR2_FIELD_E0POE | TCR2_FIELD_HAFT))
		machine->blockers |= FASTKEXEC_BLOCK_PAGING;
	if (!(tcr2 & TCR2_FIELD_PIE))
		return;
	geo->pie = true;
	geo->pir = read_sysreg_s(FK_SYS_PIR_EL1);
}

static void read_geometry(struct fk_machine *machine)
{
	struct fk_pt_geometry *geo = &machine->geometry;
	u64 tcr = read_sysreg(tcr_el1);

	geo->granule_shift = granule_shift(tcr);
	geo->va_bits = 64 - FIELD_GET(TCR_FIELD_T1SZ, tcr);
	geo->lpa2 = geo->granule_shift != 16 && (tcr & TCR_FIELD_DS);
	geo->pa_bits = output_bits(tcr);
	if (geo->pa_bits > 48 && !geo->lpa2 && geo->granule_shift != 16)
		geo->pa_bits = 48;
	geo->top_range = true;
	geo->lva = FIELD_GET(MMFR2_FIELD_VARANGE, read_sysreg(id_aa64mmfr2_el1));
	read_indirection(machine);
	machine->regs.tcr = tcr;

	if (!find_normal_memory(&geo->attr_normal) || fk_pgtable_check_geometry(geo) ||
	    1UL << geo->granule_shift != PAGE_SIZE)
		machine->blockers |= FASTKEXEC_BLOCK_PAGING;
}

/*
 * Registers that this kernel may have set, to be reset on the way out. One that it
 * does not know, or does not use (arm64.nogcs), is as firmware left it, and firmware may
 * trap it at EL3. TCR2 and HCRX are set early by each CPU that has them, whatever others
 * have or the command line says.
 */
static void read_extensions(struct fk_machine *machine)
{
	if (FK_KNOWS_TCR2 && FIELD_GET(MMFR3_FIELD_TCRX, read_sysreg_s(FK_SYS_ID_AA64MMFR3)))
		machine->regs.leave |= FK_LEAVE_TCR2;
	if (FK_KNOWS_GCS &&
	    FIELD_GET(PFR1_FIELD_GCS, read_sanitised_ftr_reg(SYS_ID_AA64PFR1_EL1)))
		machine->regs.leave |= FK_LEAVE_GCS;
	if (FK_KNOWS_HCX && FIELD_GET(MMFR1_FIELD_HCX, read_sysreg(id_aa64mmfr1_el1)))
		machine->regs.leave |= FK_LEAVE_HCX;
}

static void read_features(struct fk_machine *machine)
{
	u64 mmfr0 = read_sanitised_ftr_reg(SYS_ID_AA64MMFR0_EL1);
	u64 ctr = read_sanitised_ftr_reg(SYS_CTR_EL0);

	if (FIELD_GET(MMFR0_FIELD_TGRAN4, mmfr0) < TGRAN_ABSENT)
		machine->granules |= FASTKEXEC_GRANULE_4K;
	if (FIELD_GET(MMFR0_FIELD_TGRAN16, mmfr0))
		machine->granules |= FASTKEXEC_GRANULE_16K;
	if (FIELD_GET(MMFR0_FIELD_TGRAN64, mmfr0) < TGRAN_ABSENT)
		machine->granules |= FASTKEXEC_GRANULE_64K;
	machine->big_endian = FIELD_GET(MMFR0_FIELD_BIGEND, mmfr0);
	machine->regs.dcache_line = 4ULL << FIELD_GET(CTR_FIELD_DMINLINE, ctr);
	machine->regs.sctlr = read_sysreg(sctlr_el1);
}

/* Who is at EL2, which this kernel was entered at and left for EL1. */
static void ask_el2(struct fk_machine *machine)
{
	machine->regs.leave |= FK_LEAVE_HVC;
	switch (fk_el2_owner()) {
	case FK_EL2_STUB:
		machine->level = FASTKEXEC_LEVEL_EL2_STUB;
		break;
	case FK_EL2_KVM:
		machine->level = FASTKEXEC_LEVEL_EL2_KVM;
		break;
	case FK_EL2_PROTECTED:
		machine->blockers |= FASTKEXEC_BLOCK_PKVM;
		break;
	case FK_EL2_FOREIGN:
		machine->blockers |= FASTKEXEC_BLOCK_HYPERVISOR;
		break;
	}
}

/*
 * Is there an EL2 at all that may have been this kernel's? Where PSCI is called by HVC, its
 * server is at EL2 and has entered this kernel at EL1; it need not hide EL2 from the ID
 * register (KVM does not).
 */
static bool has_own_el2(const struct fk_machine *machine)
{
	return FIELD_GET(PFR0_FIELD_EL2, read_sysreg(id_aa64pfr0_el1)) &&
	       machine->psci.present && machine->psci.conduit == FK_CONDUIT_SMC;
}

/*
 * A kernel that was entered at EL1 may have anything below it, or nothing: an HVC is
 * UNDEFINED where firmware keeps SCR_EL3.HCE clear. The next kernel is entered in the same
 * way, without one. So an HVC is made only where it is certain that EL2 was this kernel's.
 */
static void read_level(struct fk_machine *machine, enum fk_entry entry)
{
	machine->level = FASTKEXEC_LEVEL_EL1;
	if (read_sysreg(CurrentEL) == CurrentEL_EL2)
		machine->level = FASTKEXEC_LEVEL_EL2_VHE;
	else if (!has_own_el2(machine))
		return;
	else if (entry == FK_ENTRY_EL2)
		ask_el2(machine);
	else if (entry == FK_ENTRY_UNKNOWN)
		machine->blockers |= FASTKEXEC_BLOCK_HYPERVISOR;
}

/* One CPU's registers; and KVM, which comes and goes by IPI, stays as it is. */
static void read_registers(struct fk_machine *machine)
{
	enum fk_entry entry = fk_entry_find();
	unsigned long flags;

	local_irq_save(flags);
	read_level(machine, entry);
	read_extensions(machine);
	read_geometry(machine);
	read_features(machine);
	local_irq_restore(flags);
}

static int judge_gic(u64 *blockers)
{
	struct fk_gic gic;
	int err;

	if (fk_gic_is_v5()) {
		*blockers |= FASTKEXEC_BLOCK_GICV5;
		return 0;
	}
	err = fk_gic_open(&gic);
	if (err && err != -ENOMEM)
		*blockers |= FASTKEXEC_BLOCK_LPI;
	fk_gic_close(&gic);
	return err == -ENOMEM ? err : 0;
}

int fk_machine_read(struct fk_machine *machine, struct fk_report *report)
{
	int err;

	memset(machine, 0, sizeof(*machine));
	fk_psci_find(&machine->psci);
	fk_sdei_find(&machine->psci);
	machine->blockers = fk_hypervisor_judge();
	if (!machine->psci.present)
		machine->blockers |= FASTKEXEC_BLOCK_NO_PSCI;
	if (any_spin_table())
		machine->blockers |= FASTKEXEC_BLOCK_SPIN_TABLE;
	err = fk_cpus_judge(&machine->psci, &machine->blockers);
	read_registers(machine);
	if (!err)
		err = judge_gic(&machine->blockers);
	if (err)
		return fk_report_fail(report, err, "not enough memory to look at the machine");
	if (security_locked_down(LOCKDOWN_KEXEC))
		machine->blockers |= FASTKEXEC_BLOCK_LOCKDOWN;
	return 0;
}

int fk_machine_check(const struct fk_machine *machine, struct fk_report *report)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(reasons); i++)
		if (machine->blockers & reasons[i].blocker)
			return fk_report_fail(report, reasons[i].err,
					      "this machine cannot be left: %s", reasons[i].text);
	if (machine->blockers)
		return fk_report_fail(report, -EOPNOTSUPP,
				      "this machine cannot be left: blockers 0x%llx",
				      machine->blockers);
	return 0;
}
