# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2153,SC2154 # the variables of driver.sh
#
# The steps of a system that EDK2 and systemd-boot start.

folder=/efi/$(cat /etc/machine-id)

step_boot_fast()
{
	want fast "$NEW" "This reboot starts $folder/$NEW/linux without the firmware"
	systemctl reboot
}

step_boot_entry()
{
	want firmware "$OLD" "the boot loader is to start another entry once"
	systemctl reboot --boot-loader-entry=old.conf
}

step_boot_after_entry()
{
	want fast "$NEW" "This reboot starts $folder/$NEW/linux without the firmware"
	systemctl reboot
}

step_boot_oneshot()
{
	want firmware "$OLD" "the boot loader is to start another entry once"
	bootctl set-oneshot old.conf
	systemctl reboot
}

step_boot_menu()
{
	want firmware "$NEW" "the boot loader is to show its menu"
	systemctl reboot --boot-loader-menu=1
}

step_boot_default()
{
	want fast "$OLD" "This reboot starts $folder/$OLD/linux without the firmware"
	bootctl set-default old.conf
	systemctl reboot
}

step_boot_default_back()
{
	want fast "$NEW" "This reboot starts $folder/$NEW/linux without the firmware"
	bootctl set-default ''
	systemctl reboot
}

# An entry goes on probation. This boot was not counted, and its entry has another name now.
step_boot_counting()
{
	want firmware "$NEW" "does not explain how the running kernel was started"
	mv /efi/loader/entries/new.conf /efi/loader/entries/new+3.conf
	systemctl reboot
}

# systemd-bless-boot has taken the count from the name.
step_boot_counted()
{
	want firmware "$NEW" "the boot loader counts the boots of this entry"
	systemctl reboot
}
