#!/bin/busybox sh
# SPDX-License-Identifier: GPL-2.0
#
# The init of the guest's initrd: insert the modules, mount the disk as the command line
# says, and go on there.
# shellcheck shell=sh

/bin/busybox --install -s /bin
mount -t proc none /proc
mount -t sysfs none /sys
mount -t devtmpfs none /dev
while read -r name; do
	insmod "/modules/$name"
done </modules/order
while [ ! -b /dev/vda ]; do
	usleep 10000
done
# The disk has an EFI partition before the root's, or is the root's.
mount -o ro -t ext4 /dev/vda2 /root 2>/dev/null || mount -o ro -t ext4 /dev/vda /root ||
	poweroff -f
mount --move /dev /root/dev
mount --move /sys /root/sys
mount --move /proc /root/proc
exec switch_root /root /sbin/init
