# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Replaces the running kernel with Xen (/t/xen), whose first guest is /t/next/Image with its
# initrd and its command line. What Xen keeps for itself, the guest does not touch.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

line="$(sed 's/ earlycon=[^ ]*//; s/ fk.sum=.*//' /t/next/cmdline) console=hvc0"
sum=$(printf %s "$line" | md5sum)
must insmod /t/fastkexec.ko
must fastkexec load /t/xen --command-line "dom0_mem=1024M console=dtuart bootscrub=0" \
	--module "/t/next/Image $line fk.sum=${sum%% *}" --initrd /t/next/initrd
report "jump from=$(uname -r)"
fastkexec exec
fail "fastkexec exec came back with $?"
