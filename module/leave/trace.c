// SPDX-License-Identifier: GPL-2.0
/*
 * Stopping SPE and TRBE. Contract in trace.h.
 */
#include <linux/bitfield.h>
#include <linux/bits.h>

#include <asm/barrier.h>
#include <asm/sysreg.h>

#include "trace.h"

/* Not known by name to every supported kernel. */
#define FK_SYS_PMSCR_EL1	sys_reg(3, 0, 9, 9, 0)
#define FK_SYS_PMBLIMITR_EL1	sys_reg(3, 0, 9, 10, 0)
#define FK_SYS_PMBIDR_EL1	sys_reg(3, 0, 9, 10, 7)
#define FK_SYS_TRFCR_EL1	sys_reg(3, 0, 1, 2, 1)
#define FK_SYS_TRBLIMITR_EL1	sys_reg(3, 0, 9, 11, 0)
#define FK_SYS_TRBIDR_EL1	sys_reg(3, 0, 9, 11, 7)

#define DFR0_FIELD_PMSVER	GENMASK_ULL(35, 32)
#define DFR0_FIELD_TRACEBUFFER	GENMASK_ULL(47, 44)

/* PMBIDR_EL1.P and TRBIDR_EL1.P: the buffer belongs to a higher level. */
#define OWNED_BY_HIGHER_EL	BIT_ULL(4)

/* PMBLIMITR_EL1.E and TRBLIMITR_EL1.E. */
#define ENABLED			BIT_ULL(0)

/* PSB CSYNC */
static void drain_spe(void)
{
	asm volatile("hint #17" : : : "memory");
}

/* TSB CSYNC */
static void drain_trbe(void)
{
	asm volatile("hint #18" : : : "memory");
}

static void stop_spe(void)
{
	write_sysreg_s(0, FK_SYS_PMSCR_EL1);
	isb();
	drain_spe();
	dsb(nsh);
	write_sysreg_s(0, FK_SYS_PMBLIMITR_EL1);
	isb();
}

/* TSB CSYNC twice: Cortex-A710 erratum 2054223, Neoverse-N2 erratum 2067961. */
static void stop_trbe(void)
{
	write_sysreg_s(0, FK_SYS_TRFCR_EL1);
	isb();
	drain_trbe();
	drain_trbe();
	dsb(nsh);
	write_sysreg_s(0, FK_SYS_TRBLIMITR_EL1);
	isb();
}

static bool have_spe(void)
{
	return FIELD_GET(DFR0_FIELD_PMSVER, read_sysreg(id_aa64dfr0_el1)) &&
	       !(read_sysreg_s(FK_SYS_PMBIDR_EL1) & OWNED_BY_HIGHER_EL);
}

static bool have_trbe(void)
{
	return FIELD_GET(DFR0_FIELD_TRACEBUFFER, read_sysreg(id_aa64dfr0_el1)) &&
	       !(read_sysreg_s(FK_SYS_TRBIDR_EL1) & OWNED_BY_HIGHER_EL);
}

void fk_trace_stop(void)
{
	if (have_spe())
		stop_spe();
	if (have_trbe())
		stop_trbe();
}

bool fk_trace_armed(void)
{
	return (have_spe() && (read_sysreg_s(FK_SYS_PMBLIMITR_EL1) & ENABLED)) ||
	       (have_trbe() && (read_sysreg_s(FK_SYS_TRBLIMITR_EL1) & ENABLED));
}
