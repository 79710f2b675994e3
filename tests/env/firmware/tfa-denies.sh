# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# With a hook that denies CPU_OFF on CPU 1.

prepare()
{
	local hooks=$1/tf-a/plat/qemu/common/qemu_pm.c

	add_lines "$hooks" 'static const plat_psci_ops_t plat_qemu_psci_pm_ops' \
'static int deny_off(const psci_power_state_t *state)
{
	return plat_my_core_pos() == 1U ? PSCI_E_DENIED : PSCI_E_SUCCESS;
}
'
	add_lines "$hooks" '	.cpu_standby = qemu_cpu_standby' \
		'	.pwr_domain_off_early = deny_off,'
}
