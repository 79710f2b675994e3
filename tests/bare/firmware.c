// SPDX-License-Identifier: GPL-2.0
/*
 * Register layouts: Arm ARM D19.2; what a kernel may ask for: the boot protocol,
 * Documentation/arch/arm64/booting.rst.
 */
#include "firmware.h"
#include "random.h"

#define TIMER_ON_MASKED		3		/* ENABLE, IMASK */
#define CNTHCTL_EL1PC		3		/* EL1PCTEN, EL1PCEN; E2H clear */
#define CPTR_RES1		0x33ffULL
#define CPTR_TZ			(1ULL << 8)
#define CPTR_TSM		(1ULL << 12)
#define CPTR_VHE_OPEN		(3ULL << 20 | 3ULL << 16)	/* FPEN, ZEN */
#define HCR_API_APK		(3ULL << 40)
#define HCR_ATA			(1ULL << 56)
#define TCR_EL2_RES1		0x80800000ULL
#define MDCR_TPM		(1ULL << 6)
#define MDCR_HPMN		0x1fULL

static u64 field(u64 reg, unsigned int low)
{
	return reg >> low & 0xf;
}

static bool cpu_has_vhe(void)
{
	return field(read_sysreg(id_aa64mmfr1_el1), 8);
}

void firmware_disturb(const struct world *world)
{
	bool vhe = world->level == LEVEL_VHE;

	write_sysreg(TIMER_ON_MASKED, cntv_ctl_el0);
	write_sysreg(TIMER_ON_MASKED, cntp_ctl_el0);
	write_sysreg(TIMER_ON_MASKED, cnthp_ctl_el2);
	if (cpu_has_vhe())
		write_sysreg(TIMER_ON_MASKED, s3_4_c14_c3_1);	/* CNTHV_CTL_EL2 */
	write_sysreg(random_u64(), cntvoff_el2);
	write_sysreg(random_below(4) << (vhe ? 10 : 0), cnthctl_el2);
	write_sysreg(random_u64() & 0xffff, hstr_el2);
	write_sysreg(MDCR_TPM | (random_u64() & MDCR_HPMN), mdcr_el2);
	write_sysreg(vhe ? CPTR_VHE_OPEN : CPTR_RES1 | CPTR_TZ, cptr_el2);
	if (vhe)
		write_sysreg(random_u64() & 0xffff, sctlr_el1);
	isb();
}

void firmware_snapshot(u64 regs[FIRMWARE_REGS])
{
	unsigned int n = 0;

	regs[n++] = read_sysreg(hcr_el2);
	regs[n++] = read_sysreg(sctlr_el2);
	regs[n++] = read_sysreg(tcr_el2);
	regs[n++] = read_sysreg(cptr_el2);
	regs[n++] = read_sysreg(cnthctl_el2);
	regs[n++] = read_sysreg(cntvoff_el2);
	regs[n++] = read_sysreg(mdcr_el2);
	regs[n++] = read_sysreg(hstr_el2);
	regs[n++] = read_sysreg(sctlr_el1);
	regs[n++] = read_sysreg(cntv_ctl_el0);
	regs[n++] = read_sysreg(cntp_ctl_el0);
	regs[n++] = read_sysreg(cnthp_ctl_el2);
	regs[n++] = cpu_has_vhe() ? read_sysreg(s3_4_c14_c3_1) : 0;
	while (n < FIRMWARE_REGS)
		regs[n++] = 0;
}

static u64 expected_cptr(void)
{
	u64 cptr = CPTR_RES1;

	if (field(read_sysreg(id_aa64pfr0_el1), 32))
		cptr &= ~CPTR_TZ;
	if (field(read_sysreg(id_aa64pfr1_el1), 24))
		cptr &= ~CPTR_TSM;
	return cptr;
}

/* All event counters belong to EL1; 0xf says that the counters are no PMUv3. */
static u64 expected_mdcr(void)
{
	u64 version = field(read_sysreg(id_aa64dfr0_el1), 8);

	if (!version || version == 0xf)
		return 0;
	return read_sysreg(pmcr_el0) >> 11 & MDCR_HPMN;
}

/* Pointer authentication and tags, where the CPU has them, are not trapped. */
static u64 expected_hcr(void)
{
	u64 hcr = HCR_RW;

	if (read_sysreg(id_aa64isar1_el1) & 0xff000ff0)		/* APA, API, GPA, GPI */
		hcr |= HCR_API_APK;
	if (field(read_sysreg(id_aa64pfr1_el1), 8) >= 2)		/* MTE */
		hcr |= HCR_ATA;
	return hcr;
}

static const char *wrong_at_el2(const struct crossing *crossing)
{
	if (read_sysreg(hcr_el2) != expected_hcr())
		return "HCR_EL2";
	if (read_sysreg(sctlr_el2) != SCTLR_EL2_OFF)
		return "SCTLR_EL2";
	if (read_sysreg(tcr_el2) != TCR_EL2_RES1)
		return "TCR_EL2";
	if (read_sysreg(cptr_el2) != expected_cptr())
		return "CPTR_EL2";
	if (read_sysreg(cnthctl_el2) != CNTHCTL_EL1PC)
		return "CNTHCTL_EL2";
	if (read_sysreg(cntvoff_el2))
		return "CNTVOFF_EL2";
	if (read_sysreg(mdcr_el2) != expected_mdcr())
		return "MDCR_EL2";
	if (read_sysreg(hstr_el2))
		return "HSTR_EL2";
	if (read_sysreg(cnthp_ctl_el2) & 1)
		return "CNTHP_CTL_EL2";
	if (cpu_has_vhe() && (read_sysreg(s3_4_c14_c3_1) & 1))
		return "CNTHV_CTL_EL2";
	if (read_sysreg(cntp_ctl_el0) & 1)
		return "CNTP_CTL_EL0";
	if (read_sysreg(sctlr_el1) != crossing->control.desc->sctlr_off)
		return "SCTLR_EL1";
	return NULL;
}

const char *firmware_wrong(const struct crossing *crossing)
{
	if (read_sysreg(cntv_ctl_el0) & 1)
		return "CNTV_CTL_EL0";
	/* Such a CPU's EL2 keeps its layout, and what the kernel set in it. */
	if (crossing->only_vhe) {
		if (read_sysreg(cntp_ctl_el0) & 1)
			return "CNTP_CTL_EL0";
		return read_sysreg(hcr_el2) == (expected_hcr() | HCR_E2H) ? NULL : "HCR_EL2";
	}
	return crossing->world.level == LEVEL_EL1 ? NULL : wrong_at_el2(crossing);
}
