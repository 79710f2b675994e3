// SPDX-License-Identifier: GPL-2.0
/*
 * Taking the machine down. Contracts in quiesce.h.
 */
#include "machine/ffa.h"
#include "machine/sdei.h"
#include "masters.h"
#include "quiesce.h"
#include "stop.h"

int fk_quiesce_init(void)
{
	return fk_stop_init();
}

void fk_quiesce_exit(void)
{
	fk_stop_exit();
}

void fk_quiesce_masters(void)
{
	fk_masters_stop_rest();
	fk_ffa_leave();
}

int fk_quiesce_cpus(const struct fk_psci *psci, const struct fk_cpus *cpus)
{
	fk_sdei_mask(psci);
	return fk_stop_others(psci, cpus);
}
