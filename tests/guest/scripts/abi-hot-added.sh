# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Adds memory with virtio-mem and checks that nothing may be put there. What the
# kernel has as modules of virtio_pci_modern_dev, virtio_pci_legacy_dev, virtio_pci
# and virtio_mem lies in /t.

# shellcheck source=tests/guest/scripts/lib.sh
. /t/lib.sh

dmesg -n 1
add_memory online
must insmod /t/fastkexec.ko
abi hot-added || fail "abi -> $?"
