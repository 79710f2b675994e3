# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Adds memory with virtio-mem and checks that nothing may be put there. Wants the
# modules of add_memory (guest_lib.sh).

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

dmesg -n 5
add_memory online
must insmod /t/fastkexec.ko
abi hot-added || fail "abi -> $?"
