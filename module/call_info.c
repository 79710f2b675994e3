// SPDX-License-Identifier: GPL-2.0
/*
 * FASTKEXEC_INFO.
 */
#include <linux/cpumask.h>

#include "call.h"
#include "compat.h"
#include "machine/machine.h"

int fk_call_info(struct fk_session *session, void __user *arg, struct fk_report *report)
{
	struct fastkexec_info info;
	struct fk_machine machine;
	int err;

	err = fk_call_copy_arg_in(&info, sizeof(info), FASTKEXEC_INFO_SIZE_V0, arg, report);
	if (err)
		return err;
	fk_machine_read(&machine);
	info.level = machine.level;
	info.blockers = machine.blockers;
	info.page_size = PAGE_SIZE;
	info.granules = machine.granules;
	info.big_endian = machine.big_endian;
	info.va_bits = machine.geometry.va_bits;
	info.pa_bits = machine.geometry.pa_bits;
	info.cpus = num_online_cpus();
	info.psci_smc = machine.psci.conduit == FK_CONDUIT_SMC;
	info.contig = FK_HAVE_CONTIG;
	return fk_call_copy_arg_out(arg, &info, sizeof(info), report);
}
