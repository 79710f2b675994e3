# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Says on the console what Xen's first guest is, which has no report port that works.

cmdline=bad initrd=bad
line=$(cat /proc/cmdline)
sum=$(printf %s "${line% fk.sum=*}" | md5sum)
[ "${line##* fk.sum=}" != "${sum%% *}" ] || cmdline=ok
if sha256sum -c -s /t/stamp; then initrd=ok; fi
echo "guest of $(cat /sys/hypervisor/type): $(uname -r), command line $cmdline, initrd $initrd"
