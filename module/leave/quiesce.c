// SPDX-License-Identifier: GPL-2.0
/*
 * Taking the machine down. Contracts in quiesce.h.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/bottom_half.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/irqflags.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include <asm/barrier.h>
#include <asm/sysreg.h>

#include "machine/cpus.h"
#include "quiesce.h"
#include "core/reloc.h"
#include "trace.h"

#define NOT_STOPPED	(~0ULL)

/*
 * How often the firmware is asked whether the other CPUs are off. With a microsecond
 * and the firmware's own time for each answer, that is about a second.
 */
#define PATIENCE	500000

/*
 * Affinity of each CPU, written by that CPU on its way off. A CPU may have come online
 * after the image was loaded.
 */
static u64 *stopped_mpidr;

int fk_quiesce_init(void)
{
	stopped_mpidr = kcalloc(nr_cpu_ids, sizeof(*stopped_mpidr), GFP_KERNEL);
	return stopped_mpidr ? 0 : -ENOMEM;
}

void fk_quiesce_exit(void)
{
	kfree(stopped_mpidr);
}

/*
 * Has the host bridge's own driver shut it down? Some put the controller into
 * reset, where nothing behind it can write, or be asked.
 */
static bool behind_dead_bridge(const struct pci_dev *dev)
{
	const struct pci_bus *bus = dev->bus;
	const struct device *host;

	while (bus->parent)
		bus = bus->parent;
	host = bus->bridge ? bus->bridge->parent : NULL;
	return host && host->bus == &platform_bus_type && host->driver &&
	       to_platform_driver(host->driver)->shutdown;
}

/*
 * The PCI core leaves bus mastering on when it does not know of a kexec, and a
 * device that still writes would write into the next kernel: also one that no
 * driver here knows, as firmware left it. In D3cold there is no function to talk
 * to.
 */
static void stop_pci(void)
{
	struct pci_dev *dev = NULL;

	for_each_pci_dev(dev) {
		if (dev->current_state != PCI_D3cold && !behind_dead_bridge(dev))
			pci_clear_master(dev);
	}
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

static void stop_this_cpu(void *psci)
{
	asm volatile("msr daifset, #0xf" : : : "memory");
	fk_trace_stop();
	stop_timers(psci);
	WRITE_ONCE(stopped_mpidr[smp_processor_id()], fk_cpus_mpidr());
	fk_psci_cpu_off(psci);
	for (;;)
		wfe();
}

static bool is_off(unsigned int cpu, const struct fk_psci *psci)
{
	u64 mpidr = READ_ONCE(stopped_mpidr[cpu]);

	return mpidr != NOT_STOPPED && fk_psci_cpu_is_off(psci, mpidr);
}

/*
 * A stopped CPU may hold a lock. Anything but this code could wait for it for ever, so
 * softirqs and interrupts stay off from here on, also if we fail: machine_restart()
 * expects that.
 */
static int stop_other_cpus(const struct fk_psci *psci)
{
	unsigned int patience = PATIENCE;
	unsigned int cpu;

	for_each_online_cpu(cpu)
		stopped_mpidr[cpu] = NOT_STOPPED;
	local_bh_disable();
	smp_call_function(stop_this_cpu, (void *)psci, 0);
	local_irq_disable();

	for_each_online_cpu(cpu) {
		if (cpu == smp_processor_id())
			continue;
		while (!is_off(cpu, psci)) {
			if (!patience--) {
				pr_emerg("CPU %u does not turn off\n", cpu);
				return -ETIMEDOUT;
			}
			udelay(1);
		}
	}
	return 0;
}

int fk_quiesce(const struct fk_psci *psci)
{
	stop_pci();
	return stop_other_cpus(psci);
}
