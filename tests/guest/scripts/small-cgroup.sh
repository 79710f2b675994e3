# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Loads an initrd of 200 MB in a control group of 100 MB: a sentence, and not the OOM
# killer. In a group of 600 MB it loads. It is all zeroes, and nobody looks at it.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

# load_in MB: in a group of that size; its words go to /tmp/said.
load_in()
{
	mkdir -p /cgroup/job
	must sh -c "echo $(($1 * 1048576)) >/cgroup/job/memory.max"
	sh -c 'echo $$ >/cgroup/job/cgroup.procs; exec fastkexec load /t/next/Image \
		--no-check-initrd --initrd /large \
		--command-line "$(cat /t/next/cmdline)"' >/tmp/said 2>&1
}

mkdir /cgroup
must mount -t cgroup2 none /cgroup
must sh -c 'echo +memory >/cgroup/cgroup.subtree_control'
must dd if=/dev/zero of=/large bs=1M count=200
must insmod /t/fastkexec.ko
load_in 100
status=$?
report "status $status: $(cat /tmp/said)"
[ $status = 1 ] || fail "a load in 100 MB gives $status"
must grep -q 'out of memory for .*/large: .* more are needed, and .* can be had' /tmp/said
load_in 600 || fail "a load in 600 MB: $(cat /tmp/said)"
report "a small group gets a sentence"
