# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Inserts OP-TEE's driver, and reports what it says of itself.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

insert tee optee
dmesg | sed -n 's/.*\(optee: initialized driver\)/\1/p' >&3
