# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Reports what each checksum costs (tests/bench/sums).

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

insert sha256-arm64 sha2-ce
insmod /t/sums.ko
dmesg | grep 'sums:' >&3
report "sums end"
