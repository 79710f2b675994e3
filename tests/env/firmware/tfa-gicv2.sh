# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# For a GICv2.

prepare()
{
	arguments+=(QEMU_USE_GIC_DRIVER=QEMU_GICV2)
}
