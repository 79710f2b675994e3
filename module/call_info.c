// SPDX-License-Identifier: GPL-2.0
/*
 * FASTKEXEC_INFO: what this machine is and can do.
 */
#include <linux/cpumask.h>

#include "call.h"
#include "compat.h"
#include "machine/machine.h"

int fk_call_info(struct fk_call *call)
{
	struct fastkexec_info *info = &call->arg.info;
	struct fk_machine machine;
	int err;

	err = fk_machine_read(&machine, &call->report);
	if (err)
		return err;
	info->level = machine.level;
	info->blockers = machine.blockers;
	info->page_size = PAGE_SIZE;
	info->granules = machine.granules;
	info->big_endian = machine.big_endian;
	info->va_bits = machine.geometry.va_bits;
	info->pa_bits = machine.geometry.pa_bits;
	info->cpus = num_online_cpus();
	info->psci_smc = machine.psci.conduit == FK_CONDUIT_SMC;
	info->contig = FK_HAVE_CONTIG;
	return 0;
}
