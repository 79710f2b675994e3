// SPDX-License-Identifier: GPL-2.0
/*
 * Stopping CPUs. Contracts in stop.h.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/bottom_half.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/irqflags.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/timex.h>

#include <asm/barrier.h>
#include <asm/sysreg.h>

#include "core/reloc.h"
#include "inject.h"
#include "ipi.h"
#include "machine/sdei.h"
#include "mpam.h"
#include "stop.h"
#include "trace.h"

/**
 * enum state - of a CPU that is to be turned off
 * @ONLINE: it has not been reached yet
 * @LEAVING: it is about to call the firmware
 * @REFUSED: the firmware has refused
 * @OFF: the firmware says that it is off
 */
enum state {
	ONLINE,
	LEAVING,
	REFUSED,
	OFF,
};

/**
 * struct stop - one CPU on its way off
 * @csd: how it is told
 * @psci: what it calls
 * @mpidr: its affinity, written by itself: a CPU that came online after the image was
 *	loaded is known too
 * @answer: of the firmware that has refused
 * @state: written last, by that CPU, or by the one that stays (OFF)
 */
struct stop {
	call_single_data_t csd;
	const struct fk_psci *psci;
	u64 mpidr;
	long answer;
	enum state state;
};

static struct stop *stops;

int fk_stop_init(void)
{
	stops = FK_MAY_FAIL(kvcalloc(nr_cpu_ids, sizeof(*stops), GFP_KERNEL), NULL);
	return stops ? 0 : -ENOMEM;
}

void fk_stop_exit(void)
{
	kvfree(stops);
}

/*
 * Disable this CPU's timers: one that stays enabled fires when the next kernel brings
 * the CPU up, and that kernel may use a different timer. With VHE these names reach
 * EL2's timers. Where PSCI is called by HVC, there is a hypervisor, which may trap the
 * physical timer.
 */
static void stop_timers(const struct fk_psci *psci)
{
	write_sysreg(0, cntv_ctl_el0);
	if (psci->conduit == FK_CONDUIT_SMC)
		write_sysreg(0, cntp_ctl_el0);
	isb();
}

static void stop_this_cpu(void *arg)
{
	struct stop *stop = arg;

	asm volatile("msr daifset, #0xf" : : : "memory");
	fk_sdei_mask(stop->psci);
	fk_trace_stop();
	fk_mpam_reset();
	stop_timers(stop->psci);
	fk_ipi_end();
	stop->mpidr = fk_cpus_mpidr();
	smp_store_release(&stop->state, LEAVING);	/* @mpidr comes before */
	stop->answer = fk_psci_cpu_off(stop->psci);
	smp_store_release(&stop->state, REFUSED);	/* @answer comes before */
	for (;;)
		wfe();
}

/*
 * No call waits for an earlier one that a CPU has never answered: each has a structure of
 * its own.
 */
static void tell_others(const struct fk_psci *psci)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		struct stop *stop = &stops[cpu];

		stop->psci = psci;
		stop->csd.func = stop_this_cpu;
		stop->csd.info = stop;
		if (cpu != smp_processor_id())
			smp_call_function_single_async(cpu, &stop->csd);
	}
}

/* Pairs with what the CPU writes on its way off. */
static enum state state_of(const struct stop *stop)
{
	return smp_load_acquire(&stop->state);	/* before the rest of @stop */
}

static bool goes_off(struct stop *stop, const struct fk_psci *psci)
{
	if (state_of(stop) != LEAVING || !fk_psci_cpu_is_off(psci, stop->mpidr))
		return false;
	stop->state = OFF;
	return true;
}

/**
 * struct tally - how far it has come
 * @on: CPUs that are not off
 * @last: one of them
 * @refused: one that the firmware refuses to turn off
 * @went_off: CPUs that have gone off since it was counted last
 */
struct tally {
	unsigned int on;
	unsigned int last;
	const struct stop *refused;
	unsigned int went_off;
};

static struct tally count(const struct fk_psci *psci)
{
	struct tally tally = {};
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		if (cpu == smp_processor_id() || stops[cpu].state == OFF)
			continue;
		if (goes_off(&stops[cpu], psci)) {
			tally.went_off++;
			continue;
		}
		tally.on++;
		tally.last = cpu;
		if (state_of(&stops[cpu]) == REFUSED)
			tally.refused = &stops[cpu];
	}
	return tally;
}

/* Ticks of get_cycles(). */
static u64 one_second(void)
{
	return (u64)loops_per_jiffy * HZ;
}

static int wait_for_others(const struct fk_psci *psci)
{
	u64 since = get_cycles();
	struct tally tally;

	for (;;) {
		tally = count(psci);
		if (!tally.on)
			return 0;
		if (tally.refused) {
			pr_emerg("the firmware refuses to turn CPU %u off (%ld)\n",
				 (unsigned int)(tally.refused - stops), tally.refused->answer);
			return -EPERM;
		}
		if (tally.went_off)
			since = get_cycles();
		if (get_cycles() - since > one_second()) {
			pr_emerg("CPU %u does not turn off\n", tally.last);
			return -ETIMEDOUT;
		}
		udelay(1);
	}
}

int fk_stop_others(const struct fk_psci *psci, const struct fk_cpus *cpus)
{
	u64 mpidr;
	int err;

	/*
	 * A stopped CPU may hold a lock. Anything but this code could wait for it for ever,
	 * so softirqs and interrupts stay off from here on, also if we fail:
	 * machine_restart() expects that.
	 */
	local_bh_disable();
	if (psci->resident != FK_PSCI_NO_CPU && psci->resident != fk_cpus_mpidr()) {
		local_irq_disable();
		pr_emerg("a trusted OS resides on another CPU than number %u\n",
			 smp_processor_id());
		return -EPERM;
	}
	tell_others(psci);
	local_irq_disable();
	err = wait_for_others(psci);
	if (err || !fk_cpus_find_on(cpus, psci, &mpidr))
		return err;
	pr_emerg("the CPU with affinity 0x%llx is not online and yet on\n", mpidr);
	return -EBUSY;
}
