# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2153,SC2154 # the variables of driver.sh
#
# The steps of a system that EDK2 and GRUB start.

stub_variable=/sys/firmware/efi/efivars/
stub_variable+=StubPcrKernelImage-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f

# Without the hook. What is counted after it is the reboot alone.
step_grub_off()
{
	rough
	want firmware "$NEW"
	systemctl disable --now fastkexec-reboot.service
	systemctl reboot
}

after_grub_off()
{
	systemctl enable --now fastkexec-reboot.service
}

step_grub_cold()
{
	want firmware "$NEW" "/run/fastkexec/cold is there"
	mkdir -p /run/fastkexec
	touch /run/fastkexec/cold
	systemctl reboot
}

after_grub_cold()
{
	keep_report
}

step_grub_fast()
{
	want fast "$NEW" "This reboot starts /boot/vmlinuz-$NEW without the firmware"
	systemctl reboot
}

# What the firmware's reboot took stands beside it.
after_grub_fast()
{
	keep_report
	grep -q '^The last reboot through the firmware took' /fk/reports/grub_fast ||
		report "FAIL grub_fast: the reboot through the firmware is not told"
}

step_grub_next()
{
	want firmware "$OLD" "GRUB is to start another entry once"
	grub-reboot "1>2"
	systemctl reboot
}

# GRUB itself has crossed the one boot out.
step_grub_after_next()
{
	want fast "$NEW" "This reboot starts /boot/vmlinuz-$NEW without the firmware"
	systemctl reboot
}

# The firmware's menu waits for a key: the runner resets the machine there.
step_grub_firmware_menu()
{
	want firmware "$NEW" "the firmware is asked for its menu or an update (OsIndications 0x1)"
	systemctl reboot --firmware-setup --no-block
	report menu
}

# efibootmgr -n
step_grub_boot_next()
{
	local vars=/sys/firmware/efi/efivars global=8be4df61-93ca-11d2-aa0d-00e098032b8c

	want firmware "$NEW" "the firmware is to start something else once (BootNext)"
	{
		printf '\007\000\000\000'
		# shellcheck disable=SC2002 # tail would seek, which this file cannot
		cat "$vars/BootCurrent-$global" | tail -c +5
	} >/fk/boot-next
	cat /fk/boot-next >"$vars/BootNext-$global" || report "FAIL grub_boot_next: cannot write"
	systemctl reboot
}

# As systemd-stub sets it. It is no variable of the firmware alone, so it would stay.
step_grub_measured()
{
	want firmware "$NEW" "this system was started by a measured kernel image"
	printf '\007\000\000\0001\0001\000\000\000' >/fk/stub
	cat /fk/stub >"$stub_variable" || report "FAIL grub_measured: cannot write"
	systemctl reboot
}

after_grub_measured()
{
	chattr -i "$stub_variable"
	rm "$stub_variable"
}

step_grub_saved()
{
	want fast "$OLD" "This reboot starts /boot/vmlinuz-$OLD without the firmware"
	echo GRUB_DEFAULT=saved >>/etc/default/grub
	make_menu
	grub-set-default "1>2"
	systemctl reboot
}

step_grub_saved_back()
{
	want fast "$NEW" "This reboot starts /boot/vmlinuz-$NEW without the firmware"
	grub-set-default 0
	systemctl reboot
}
