// SPDX-License-Identifier: GPL-2.0
/*
 * Registers SDEI's event 0, which software signals, and leaves it registered. A write to
 * the parameter "signal" signals it to each CPU, and fails unless every one's handler ran.
 * With a timer, each CPU has an event of its own as often as that says, interrupts off or
 * not: event 100 of tests/env/firmware/tfa-sdei.sh, the physical timer of EL1, which a
 * kernel at EL2 or without EL2 does not use. For tests. The kernel exports nothing of SDEI
 * to modules.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/arm-smccc.h>
#include <linux/arm_sdei.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/reboot.h>
#include <linux/smp.h>

#include <asm/cputype.h>
#include <asm/sysreg.h>
#include <asm/virt.h>

/* Arm DEN 0054, 5.1.16: SDEI_EVENT_SIGNAL. Older kernels do not name it. */
#define EVENT_SIGNAL	0xc400002f
#define EVENT		0
#define TIMER_EVENT	100
#define PATIENCE_MS	1000

typedef int register_fn(u32 event, sdei_event_callback *callback, void *arg);
typedef int event_fn(u32 event);

static unsigned int timer_us;
module_param(timer_us, uint, 0400);
MODULE_PARM_DESC(timer_us, "microseconds between a CPU's events; 0: none");

static bool ends_chain;
module_param(ends_chain, bool, 0400);
MODULE_PARM_DESC(ends_chain, "a reboot notifier keeps the kernel's own of SDEI from running");

static DEFINE_PER_CPU(unsigned int, heard);
static DEFINE_PER_CPU(unsigned int, ticks);

static int hear(u32 event, struct pt_regs *regs, void *unused)
{
	raw_cpu_inc(heard);
	return 0;
}

NOKPROBE_SYMBOL(hear);

static void set_timer(void *unused)
{
	u64 wait = read_sysreg(cntfrq_el0) / USEC_PER_SEC * timer_us;

	if (is_kernel_in_hyp_mode()) {
		write_sysreg_s(wait, SYS_CNTP_TVAL_EL02);
		write_sysreg_s(1, SYS_CNTP_CTL_EL02);
	} else {
		write_sysreg(wait, cntp_tval_el0);
		write_sysreg(1, cntp_ctl_el0);
	}
	isb();
}

static int tick(u32 event, struct pt_regs *regs, void *unused)
{
	raw_cpu_inc(ticks);
	set_timer(NULL);
	return 0;
}

NOKPROBE_SYMBOL(tick);

static int end_chain(struct notifier_block *block, unsigned long action, void *unused)
{
	return NOTIFY_STOP;
}

static struct notifier_block ender = { .notifier_call = end_chain, .priority = 1 };

static void *find(const char *name)
{
	struct kprobe probe = { .symbol_name = name };

	if (register_kprobe(&probe))
		return NULL;
	unregister_kprobe(&probe);
	return probe.addr;
}

static void read_name(void *name)
{
	*(u64 *)name = read_cpuid_mpidr() & MPIDR_HWID_BITMASK;
}

static bool tell(unsigned int cpu)
{
	unsigned int before = READ_ONCE(per_cpu(heard, cpu)), ms = 0;
	struct arm_smccc_res res;
	u64 name = 0;

	smp_call_function_single(cpu, read_name, &name, true);
	arm_smccc_smc(EVENT_SIGNAL, EVENT, name, 0, 0, 0, 0, 0, &res);
	while (READ_ONCE(per_cpu(heard, cpu)) == before && ms++ < PATIENCE_MS)
		usleep_range(1000, 2000);
	if (READ_ONCE(per_cpu(heard, cpu)) == before + 1)
		return true;
	pr_err("CPU %u, told with %ld, ran its handler %u times\n", cpu, (long)res.a0,
	       READ_ONCE(per_cpu(heard, cpu)) - before);
	return false;
}

static int signal_all(const char *value, const struct kernel_param *unused)
{
	unsigned int cpu, told = 0;

	for_each_online_cpu(cpu)
		told += tell(cpu);
	pr_info("event %u came to %u CPUs\n", EVENT, told);
	return told == num_online_cpus() ? 0 : -EIO;
}

static const struct kernel_param_ops signal_ops = { .set = signal_all };

module_param_cb(signal, &signal_ops, NULL, 0200);
MODULE_PARM_DESC(signal, "anything written to it signals the event");

static int hear_event(u32 event, sdei_event_callback *callback)
{
	register_fn *register_event = find("sdei_event_register");
	event_fn *enable_event = find("sdei_event_enable");
	int ret;

	if (!register_event || !enable_event)
		return -ENOENT;
	ret = register_event(event, callback, NULL);
	if (!ret)
		ret = enable_event(event);
	pr_info("event %u registered with %d\n", event, ret);
	return ret;
}

static int hear_timers(void)
{
	unsigned int cpu;
	int ret = hear_event(TIMER_EVENT, tick);

	if (ret)
		return ret;
	on_each_cpu(set_timer, NULL, true);
	msleep(PATIENCE_MS);
	for_each_online_cpu(cpu) {
		pr_info("CPU %u had %u events\n", cpu, READ_ONCE(per_cpu(ticks, cpu)));
		if (READ_ONCE(per_cpu(ticks, cpu)) < 10)
			return -EIO;
	}
	return 0;
}

static int __init sdei_test_init(void)
{
	int ret = hear_event(EVENT, hear);

	if (!ret && timer_us)
		ret = hear_timers();
	if (!ret && ends_chain)
		ret = register_reboot_notifier(&ender);
	return ret;
}

module_init(sdei_test_init);

MODULE_DESCRIPTION("Hear SDEI's event 0");
MODULE_AUTHOR("The fastkexec authors");
MODULE_LICENSE("GPL");
