# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Sourced by the guest's scripts (busybox sh). Descriptor 3 is the report port;
# /t/config holds what the host set for this run (NAME='value' lines).

if [ -f /t/config ]; then
	# shellcheck source=/dev/null
	. /t/config
fi

report()
{
	echo "$*" >&3
}

# fail WHAT: reports a failure, with the kernel's last words on the console.
fail()
{
	report "FAIL $*"
	dmesg | tail -n 40
	exit 1
}

# must COMMAND...: fail unless it succeeds.
must()
{
	"$@" || fail "$* -> $?"
}

# insert NAME...: modules of the kernel's own, in this order (run --kernel-module). One
# that does not lie in /t is built in.
insert()
{
	for name; do
		[ ! -f "/t/$name.ko" ] || must insmod "/t/$name.ko"
	done
}

# add_memory POLICY: have virtio-mem add memory, which goes online by POLICY.
add_memory()
{
	must sh -c "echo $1 >/sys/devices/system/memory/auto_online_blocks"
	insert virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_mem
	tries=0
	while ! grep -q 'System RAM (virtio_mem)' /proc/iomem; do
		tries=$((tries + 1))
		[ $tries -lt 20 ] || fail "no memory was added"
		sleep 1
	done
	sleep 2
	# A driver that is built in added it before there was a policy.
	for block in /sys/devices/system/memory/memory[0-9]*; do
		[ "$(cat "$block/state")" = online ] || must sh -c "echo $1 >$block/state"
	done
}

# lpis: how many this kernel has taken.
lpis()
{
	awk '/ITS-(PCI-)?MSI/ { for (i = 2; $i ~ /^[0-9]+$/; i++) sum += $i }
		END { print sum + 0 }' /proc/interrupts
}

# hear_disk: read from a virtio disk, if there is one, and set `messages`: whether LPIs have
# answered; none: there is no disk. What Debian has as modules comes from --kernel-module.
hear_disk()
{
	insert virtio virtio_ring virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci \
		virtio_blk
	messages=none
	[ -b /dev/vda ] || return 0
	before=$(lpis)
	must dd if=/dev/vda of=/dev/null bs=4k count=100 iflag=direct
	messages=no
	# With pages of 16 KB busybox reads through the page cache all the same, in 7 requests.
	# shellcheck disable=SC2034 # for whoever asked
	[ $(($(lpis) - before)) -lt 4 ] || messages=yes
}
