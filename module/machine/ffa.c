// SPDX-License-Identifier: GPL-2.0
/*
 * FF-A. Contracts in ffa.h.
 *
 * Function identifiers and arguments: Arm DEN 0077A, under the name of each. FF-A needs
 * SMCCC 1.1 or later, whose conduit is exported. It returns its results in x0 to x7, and
 * from FF-A 1.2 on in x0 to x17: more than an inline call of SMCCC 1.1 expects. So the
 * calls go out of line, where the compiler keeps nothing in those.
 */
#include <linux/arm-smccc.h>

#include "ffa.h"

#define FFA_SUCCESS			0x84000061
#define FFA_RXTX_UNMAP			0x84000067
#define FFA_ID_GET			0x84000069
#define FFA_NOTIFICATION_BITMAP_DESTROY	0x8400007e

static bool call(u32 function, u64 arg, struct arm_smccc_res *res)
{
	switch (arm_smccc_1_1_get_conduit()) {
	case SMCCC_CONDUIT_SMC:
		arm_smccc_smc(function, arg, 0, 0, 0, 0, 0, 0, res);
		break;
	case SMCCC_CONDUIT_HVC:
		arm_smccc_hvc(function, arg, 0, 0, 0, 0, 0, 0, res);
		break;
	default:
		return false;
	}
	return res->a0 == FFA_SUCCESS;
}

/*
 * Firmware that has nothing to destroy or unmap answers with an error, and no harm is
 * done. The bitmaps are named by the caller's ID; for the buffers it must be zero.
 */
void fk_ffa_leave(void)
{
	struct arm_smccc_res res;

	if (!call(FFA_ID_GET, 0, &res))
		return;
	call(FFA_NOTIFICATION_BITMAP_DESTROY, res.a2 & 0xffff, &res);
	call(FFA_RXTX_UNMAP, 0, &res);
}
