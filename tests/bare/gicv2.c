// SPDX-License-Identifier: GPL-2.0
#include "cpu.h"
#include "gicv2.h"

#define GICD(offset)		(*(volatile u32 *)(0x08000000UL + (offset)))
#define GICC(offset)		(*(volatile u32 *)(0x08010000UL + (offset)))

#define GICD_CTLR		0x000
#define GICD_IGROUPR0		0x080
#define GICD_ISENABLER0		0x100
#define GICD_IPRIORITYR		0x400
#define GICD_SGIR		0xf00
#define GICD_CPENDSGIR0		0xf10
#define GICC_CTLR		0x000
#define GICC_PMR		0x004

#define CTLR_GROUPS		3		/* EnableGrp0, EnableGrp1 */
#define GICC_CTLR_FIQEN		(1U << 3)	/* Group 0 is signalled as FIQ */
#define SGIR_SELF		(2U << 24)
#define SGIR_GROUP1		(1U << 15)

#define WATCH			29		/* PPI of the secure physical timer */
#define PROVOKE			1		/* an SGI, of lower priority than the watch */
#define PROVOKE_PRIORITY	0x40

#define TIMER_ENABLE		1

static bool watch_by_irq;

void gic_init(void)
{
	GICD(GICD_CTLR) = CTLR_GROUPS;
	GICD(GICD_IPRIORITYR) = PROVOKE_PRIORITY << 8 * PROVOKE;
	GICD(GICD_ISENABLER0) = 1U << WATCH | 1U << PROVOKE;
	GICC(GICC_PMR) = 0xff;
	GICC(GICC_CTLR) = CTLR_GROUPS | GICC_CTLR_FIQEN;
	gic_watch_by_irq(false);
}

void gic_watch_by_irq(bool irq)
{
	watch_by_irq = irq;
	GICD(GICD_IGROUPR0) = 1U << (irq ? WATCH : PROVOKE);
}

void gic_watch_start(u64 microseconds)
{
	write_sysreg(microseconds * (read_sysreg(cntfrq_el0) / 1000) / 1000 + 1, cntps_tval_el1);
	write_sysreg(TIMER_ENABLE, cntps_ctl_el1);
	isb();
}

void gic_watch_stop(void)
{
	write_sysreg(0, cntps_ctl_el1);
	isb();
}

void gic_provoke(bool pending)
{
	if (pending)
		GICD(GICD_SGIR) = SGIR_SELF | PROVOKE | (watch_by_irq ? 0 : SGIR_GROUP1);
	else
		GICD(GICD_CPENDSGIR0) = 0xffU << 8 * PROVOKE;
}
