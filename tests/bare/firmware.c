// SPDX-License-Identifier: GPL-2.0
/*
 * Register layouts: Arm ARM D19.2; what a kernel may ask for: the boot protocol,
 * Documentation/arch/arm64/booting.rst.
 */
#include "firmware.h"
#include "random.h"
#include "console.h"

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

/* Not known by name to every assembler. At EL3 each name is that register itself. */
#define ID_AA64MMFR3		s3_0_c0_c7_3
#define HCRX_EL2		s3_4_c1_c2_2
#define TCR2_EL1		s3_0_c2_c0_3
#define TCR2_EL2		s3_4_c2_c0_3
#define GCSCR_EL1		s3_0_c2_c5_0
#define GCSCRE0_EL1		s3_0_c2_c5_2
#define GCSCR_EL2		s3_4_c2_c5_0

/* A macro, so that the names above are replaced first. */
#define read_named(name)	read_sysreg(name)
#define write_named(value, name) write_sysreg(value, name)

#define HCRX_TCR2EN		(1ULL << 14)
#define HCRX_GCSEN		(1ULL << 22)
/* What changes nothing here: bit 59 of our descriptors is clear; nothing runs at EL0. */
#define TCR2_AIE		(1ULL << 4)
#define TCR2_E0POE		(1ULL << 2)
#define GCSCR_STREN		(1ULL << 9)

static u64 field(u64 reg, unsigned int low)
{
	return reg >> low & 0xf;
}

static bool cpu_has_vhe(void)
{
	return field(read_sysreg(id_aa64mmfr1_el1), 8);
}

u64 firmware_leave(void)
{
	u64 leave = 0;

	if (field(read_named(ID_AA64MMFR3), 0))
		leave |= FK_LEAVE_TCR2;
	if (field(read_sysreg(id_aa64pfr1_el1), 44))
		leave |= FK_LEAVE_GCS;
	if (field(read_sysreg(id_aa64mmfr1_el1), 40))
		leave |= FK_LEAVE_HCX;
	return leave;
}

/* One that the CPU has but in which no bit stays set would prove nothing. */
static void disturb_extensions(void)
{
	u64 leave = firmware_leave();

	if (leave & FK_LEAVE_HCX) {
		write_named(HCRX_TCR2EN | HCRX_GCSEN | random_u64() % 2, HCRX_EL2);
		if ((leave & (FK_LEAVE_TCR2 | FK_LEAVE_GCS)) && !read_named(HCRX_EL2))
			fail("HCRX_EL2 stays clear");
	}
	if (leave & FK_LEAVE_TCR2) {
		write_named(TCR2_AIE | TCR2_E0POE, TCR2_EL1);
		write_named(TCR2_AIE | TCR2_E0POE, TCR2_EL2);
		if (!read_named(TCR2_EL1) || !read_named(TCR2_EL2))
			fail("TCR2 stays clear");
	}
	if (leave & FK_LEAVE_GCS) {
		write_named(GCSCR_STREN, GCSCR_EL1);
		write_named(GCSCR_STREN, GCSCRE0_EL1);
		write_named(GCSCR_STREN, GCSCR_EL2);
		if (!read_named(GCSCR_EL1) || !read_named(GCSCRE0_EL1) || !read_named(GCSCR_EL2))
			fail("GCSCR stays clear");
	}
}

void firmware_disturb(const struct world *world)
{
	bool vhe = world->level == LEVEL_VHE;

	disturb_extensions();
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
	if (firmware_leave() & FK_LEAVE_HCX)
		regs[n++] = read_named(HCRX_EL2);
	if (firmware_leave() & FK_LEAVE_TCR2) {
		regs[n++] = read_named(TCR2_EL1);
		regs[n++] = read_named(TCR2_EL2);
	}
	if (firmware_leave() & FK_LEAVE_GCS) {
		regs[n++] = read_named(GCSCR_EL1);
		regs[n++] = read_named(GCSCRE0_EL1);
		regs[n++] = read_named(GCSCR_EL2);
	}
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

/* Those of EL1's regime, wherever the next kernel starts. */
static const char *wrong_at_el1(void)
{
	u64 leave = firmware_leave();

	if (read_sysreg(cntv_ctl_el0) & 1)
		return "CNTV_CTL_EL0";
	if ((leave & FK_LEAVE_TCR2) && read_named(TCR2_EL1))
		return "TCR2_EL1";
	if ((leave & FK_LEAVE_GCS) && (read_named(GCSCR_EL1) || read_named(GCSCRE0_EL1)))
		return "GCSCR_EL1 or GCSCRE0_EL1";
	return NULL;
}

/* Those that do not change with HCR_EL2.E2H, and EL1's own. */
static const char *wrong_in_any_layout(const struct crossing *crossing)
{
	u64 leave = firmware_leave();

	if (read_sysreg(cntvoff_el2))
		return "CNTVOFF_EL2";
	if (read_sysreg(mdcr_el2) != expected_mdcr())
		return "MDCR_EL2";
	if (read_sysreg(hstr_el2))
		return "HSTR_EL2";
	if ((leave & FK_LEAVE_HCX) && read_named(HCRX_EL2))
		return "HCRX_EL2";
	if ((leave & FK_LEAVE_TCR2) && read_named(TCR2_EL2))
		return "TCR2_EL2";
	if ((leave & FK_LEAVE_GCS) && read_named(GCSCR_EL2))
		return "GCSCR_EL2";
	if (read_sysreg(cnthp_ctl_el2) & 1)
		return "CNTHP_CTL_EL2";
	if (cpu_has_vhe() && (read_sysreg(s3_4_c14_c3_1) & 1))
		return "CNTHV_CTL_EL2";
	if (read_sysreg(cntp_ctl_el0) & 1)
		return "CNTP_CTL_EL0";
	if (read_sysreg(sctlr_el1) != crossing->reloc.desc->sctlr_off)
		return "SCTLR_EL1";
	return NULL;
}

static const char *wrong_without_e2h(void)
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
	return NULL;
}

const char *firmware_wrong(const struct crossing *crossing)
{
	const char *wrong = wrong_at_el1();

	if (wrong || crossing->world.level == LEVEL_EL1)
		return wrong;
	wrong = wrong_in_any_layout(crossing);
	if (wrong)
		return wrong;
	/* Such a CPU's EL2 keeps its layout, and what the kernel set in it. */
	if (crossing->only_vhe)
		return read_sysreg(hcr_el2) == (expected_hcr() | HCR_E2H) ? NULL : "HCR_EL2";
	return wrong_without_e2h();
}
