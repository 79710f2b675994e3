# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Adds memory with virtio-mem and checks that nothing may be put there. What the
# kernel has as modules of virtio_pci_modern_dev, virtio_pci_legacy_dev, virtio_pci
# and virtio_mem lies in /t.

# shellcheck source=tests/guest/scripts/lib.sh
. /t/lib.sh

dmesg -n 1
must sh -c 'echo online >/sys/devices/system/memory/auto_online_blocks'
for module in virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_mem; do
	[ ! -f /t/$module.ko ] || must insmod /t/$module.ko
done
tries=0
while ! grep -q 'System RAM (virtio_mem)' /proc/iomem; do
	tries=$((tries + 1))
	[ $tries -lt 20 ] || fail "no memory was added"
	sleep 1
done
sleep 2
must insmod /t/fastkexec.ko
abi hot-added || fail "abi -> $?"
