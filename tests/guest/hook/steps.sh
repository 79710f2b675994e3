# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2153,SC2154 # the variables of driver.sh
#
# The steps: what is done, and before it what is to come of it. Where a step left
# something behind, after_STEP takes it away in the boot that follows.

# late_service PROGRAM WORDS...: a service that runs it on the way down, when the hook is done.
late_service()
{
	cat >/run/systemd/system/fk-late.service <<-END
		[Unit]
		Before=fastkexec-reboot.service
		[Service]
		Type=oneshot
		RemainAfterExit=yes
		ExecStop=$*
	END
	systemctl daemon-reload
	systemctl start fk-late.service
}

# load_by_hand [WORDS]: what an administrator would load.
load_by_hand()
{
	fastkexec load -q "/boot/vmlinuz-$NEW" --initrd "/boot/initrd.img-$NEW" \
		--command-line "BOOT_IMAGE=/boot/vmlinuz-$NEW $hand $*" ||
		report "FAIL $step cannot load by hand"
}

step_reboot()
{
	want fast "$NEW" "This reboot starts /boot/vmlinuz-$NEW without the firmware"
	systemctl reboot
}

step_again()
{
	want fast "$NEW" "This reboot starts /boot/vmlinuz-$NEW without the firmware"
	systemctl reboot
}

after_again()
{
	keep_report
}

# reboot_with SETTINGS...: a fast reboot, for which the hook has these.
reboot_with()
{
	printf '%s\n' "$@" >>/etc/default/fastkexec
	want fast "$NEW" "This reboot starts"
	systemctl reboot
}

# without_settings: take those of reboot_with() away.
without_settings()
{
	sed -i '/^BOOT_\|^PROFILE=/d' /etc/default/fastkexec
}

# The next boot has the words of a profile, and the default is proved all the same.
step_profile()
{
	reboot_with PROFILE=fast
}

after_profile()
{
	without_settings
	[ "$(cat /sys/module/cryptomgr/parameters/notests)" = Y ] ||
		report "FAIL $step has not left the tests of cryptography out"
	fastkexec next >/run/fk-next 2>&1 ||
		report "FAIL $step cannot prove the default: $(tr -s ' \n' ' ' </run/fk-next)"
}

# Each of these alone, and the rest is never added: for a look at what each of them spares.
step_few_cpus()
{
	reboot_with BOOT_CPUS=1
}

after_few_cpus()
{
	without_settings
	[ "$(nproc)" = 1 ] || report "FAIL $step: $(nproc) CPUs"
}

step_some_memory()
{
	reboot_with BOOT_MEMORY=1G
}

after_some_memory()
{
	without_settings
	[ "$(awk '/MemTotal/ { print $2 }' /proc/meminfo)" -lt 1048576 ] ||
		report "FAIL $step: $(grep MemTotal /proc/meminfo)"
}

step_all_levers()
{
	reboot_with PROFILE=fast BOOT_CPUS=1 BOOT_MEMORY=1G
}

after_all_levers()
{
	without_settings
	[ "$(nproc)" = 1 ] || report "FAIL $step: $(nproc) CPUs"
}

# The next boot starts with one CPU and a part of memory, and is given the rest.
step_boot_parts()
{
	systemctl -q enable fastkexec-cpus.service fastkexec-memory.service
	grep MemTotal /proc/meminfo >parts
	reboot_with BOOT_CPUS=1 BOOT_MEMORY=512M
}

after_boot_parts()
{
	local unit first last

	without_settings
	for unit in cpus memory; do
		systemctl show -P ExecMainStatus "fastkexec-$unit" | grep -qx 0 ||
			report "FAIL $step: $(journalctl -b -o cat -u "fastkexec-$unit" |
				tr '\n' ' ')"
	done
	journalctl -b -o cat -u fastkexec-cpus -u fastkexec-memory |
		grep -cE '^1 CPU has come|of memory have been added' | grep -qx 2 ||
		report "FAIL $step: the CPU or the memory was not added later"
	first=$(awk '{ print $2 }' parts) last=$(awk '/MemTotal/ { print $2 }' /proc/meminfo)
	[ "$(nproc)" = 2 ] || report "FAIL $step: $(nproc) CPUs"
	[ $((first - last)) -lt 16384 ] || report "FAIL $step: $last KB of $first KB"
	fastkexec next >/dev/null || report "FAIL $step cannot prove the default"
	systemctl -q disable fastkexec-cpus.service fastkexec-memory.service
}

step_shutdown_r()
{
	want fast "$NEW" "This reboot starts"
	shutdown -r now
}

step_signal()
{
	want fast "$NEW" "This reboot starts"
	kill -s RTMIN+5 1
}

step_ctrl_alt_del()
{
	want fast "$NEW" "This reboot starts"
	kill -s INT 1
}

step_argument()
{
	want firmware "$FIRMWARE" "the reboot has the argument 'tryboot'"
	systemctl reboot --reboot-argument=tryboot
}

step_firmware_menu()
{
	want firmware "$FIRMWARE" "menu of the firmware"
	touch /run/systemd/reboot-to-firmware-setup
	systemctl reboot
}

step_grub_reboot()
{
	want firmware "$FIRMWARE" "GRUB is to start another entry once"
	grub-reboot 0
	systemctl reboot
}

after_grub_reboot()
{
	grub-editenv /boot/grub/grubenv unset next_entry
}

step_grub_default()
{
	want fast "$OLD" "This reboot starts /boot/vmlinuz-$OLD without the firmware"
	sed -i "s/set default=\"0\"/set default=\"1>2\"/" /boot/grub/grub.cfg
	systemctl reboot
}

after_grub_default()
{
	sed -i "s/set default=\"1>2\"/set default=\"0\"/" /boot/grub/grub.cfg
}

step_cold()
{
	want firmware "$FIRMWARE" "/run/fastkexec/cold is there"
	mkdir -p /run/fastkexec
	touch /run/fastkexec/cold
	systemctl reboot
}

after_cold()
{
	keep_report
}

step_ostree()
{
	want firmware "$FIRMWARE" \
		"an update of the system (ostree) is finished only on the way down"
	mkdir -p /run/ostree
	touch /run/ostree/staged-deployment
	systemctl reboot
}

step_tpm()
{
	want firmware "$FIRMWARE" "/etc/crypttab takes a key from the TPM"
	echo "data /dev/vdb none tpm2-device=auto,noauto" >/etc/crypttab
	systemctl reboot
}

after_tpm()
{
	rm /etc/crypttab
}

# No driver here has such settings: the hook alone sees this folder.
step_bios_settings()
{
	local folder=/run/systemd/system/fastkexec-reboot.service.d

	want firmware "$FIRMWARE" "settings of the firmware wait for a reboot"
	mkdir -p $folder /fk/firmware/vendor/attributes
	echo 1 >/fk/firmware/vendor/attributes/pending_reboot
	printf '[Service]\nTemporaryFileSystem=%s\nBindReadOnlyPaths=%s\n' /sys/class \
		/fk/firmware:/sys/class/firmware-attributes >$folder/firmware.conf
	systemctl daemon-reload
	systemctl reboot
}

step_running()
{
	want fast "$OLD" "it is the kernel that is running"
	sed -i 's/^POLICY=.*/POLICY=running/' /etc/default/fastkexec
	systemctl reboot
}

after_running()
{
	sed -i 's/^POLICY=.*/POLICY=default/' /etc/default/fastkexec
}

# As apt-daily-upgrade.service does it: systemd ends the shell and leaves dpkg at work. Any
# other dpkg may be ended before the hook looks.
step_packages()
{
	want firmware "$FIRMWARE" "packages are being installed"
	systemd-run -q -p KillMode=process -p StandardOutput=file:/fk/dpkg.log \
		sh -c "dpkg -i /fk/slow.deb; exit"
	for _ in $(seq 60); do
		[ ! -e /fk/slow-runs ] || break
		sleep 1
	done
	[ -e /fk/slow-runs ] || report "FAIL $step: $(tail -n 1 /fk/dpkg.log)"
	systemctl reboot
}

after_packages()
{
	dpkg --force-all --remove slow
	rm -f /fk/slow-runs
}

# Upgrades begin when logind says that the machine goes down, and hold it up for half a
# minute. What is not done by then is cut off when services stop: the hook sees it at work.
step_install_on_shutdown()
{
	want firmware "$FIRMWARE" "packages are being installed"
	dpkg -i /fk/old.deb >/fk/dpkg.log 2>&1 || report "FAIL $step: dpkg"
	cat >/etc/apt/apt.conf.d/99tests <<-END
		APT::Sandbox::User "root";
		Unattended-Upgrade::InstallOnShutdown "true";
		Unattended-Upgrade::Origins-Pattern { "origin=tests"; };
	END
	echo "deb [trusted=yes] file:/fk/repository ./" >/etc/apt/sources.list.d/tests.list
	apt-get update >/fk/apt.log 2>&1 || report "FAIL $step: $(tail -n 1 /fk/apt.log)"
	systemctl start unattended-upgrades.service
	for _ in $(seq 60); do
		! systemd-inhibit --list --no-pager | grep -q Unattended || break
		sleep 1
	done
	systemctl reboot
}

after_install_on_shutdown()
{
	local logs=/var/log/unattended-upgrades

	grep -q 'Packages that will be upgraded: fk-kernel' $logs/unattended-upgrades.log ||
		report "FAIL install_on_shutdown: $(tail -n 1 $logs/*n.log)"
	dpkg --force-all --purge fk-kernel
}

# A kernel's package is installed when the hook is done.
step_late_kernel()
{
	want firmware "$FIRMWARE" "This reboot starts /boot/vmlinuz-$NEW"
	touch /fk/quick
	late_service /usr/bin/dpkg -i /fk/repository/new.deb
	systemctl reboot
}

after_late_kernel()
{
	rm /fk/quick
	grep -q 'packages were installed on the way down' /run/fk-before ||
		report "FAIL late_kernel: nothing was unloaded"
}

step_corrupt()
{
	want firmware "$FIRMWARE" "/boot/vmlinuz-$NEW could not be loaded"
	mv "/boot/vmlinuz-$NEW" /fk/kept
	head -c 1000000 /dev/urandom >"/boot/vmlinuz-$NEW"
	systemctl reboot
}

after_corrupt()
{
	mv /fk/kept "/boot/vmlinuz-$NEW"
}

step_no_initrd()
{
	want firmware "$FIRMWARE" "/boot/initrd.img-$NEW of the boot loader's menu is not found"
	mv "/boot/initrd.img-$NEW" /fk/kept
	systemctl reboot
}

after_no_initrd()
{
	mv /fk/kept "/boot/initrd.img-$NEW"
}

step_no_module()
{
	want firmware "$FIRMWARE" "the module fastkexec is not loaded"
	rmmod fastkexec
	systemctl reboot
}

# Whoever opens a FIFO to write waits for a reader.
step_hang()
{
	want firmware "$FIRMWARE" "took more than 8 s and was given up"
	rm -f /var/lib/fastkexec/unproven
	mkdir -p /var/lib/fastkexec
	mkfifo /var/lib/fastkexec/unproven
	systemctl reboot
}

step_automount()
{
	want firmware "$FIRMWARE" "/boot is an automount"
	printf '[Automount]\nWhere=/boot\n' >/run/systemd/system/boot.automount
	printf '[Mount]\nWhat=tmpfs\nWhere=/boot\nType=tmpfs\n' >/run/systemd/system/boot.mount
	systemctl daemon-reload
	systemctl start boot.automount
	systemctl reboot
}

# Whoever touches it makes systemd mount it, or waits for that.
after_automount()
{
	! grep -q 'automount request for /boot' /run/fk-before ||
		report "FAIL automount: /boot was touched"
}

step_by_hand()
{
	want fast "$NEW" "A kernel was loaded by hand, and this reboot starts it"
	load_by_hand fk.hand
	systemctl reboot
}

step_off()
{
	# The kernel loaded by hand before has other words than the menu.
	want firmware "$FIRMWARE" "does not explain how the running kernel was started"
	systemctl reboot
}

step_word()
{
	want fast "$NEW" "A kernel was loaded by hand, and this reboot starts it"
	load_by_hand fastkexec=off
	systemctl reboot
}

# The hook's unit does not start, so there is none that could be first.
step_word_off()
{
	rough
	want firmware "$FIRMWARE"
	! systemctl -q is-active fastkexec-reboot.service || report "FAIL $step: the hook is there"
	systemctl reboot
}

step_late_wish()
{
	want firmware "$FIRMWARE" "A kernel was loaded by hand"
	load_by_hand
	late_service /usr/bin/touch /run/systemd/reboot-to-firmware-setup
	systemctl reboot
}

step_force()
{
	rough
	want firmware "$FIRMWARE"
	sync
	systemctl reboot -f
}

step_force_by_hand()
{
	rough
	want fast "$NEW"
	load_by_hand
	sync
	systemctl reboot -f
}

step_force_force()
{
	rough
	want firmware "$FIRMWARE"
	systemctl reboot -ff
}

# The client itself calls reboot(2): there is no hook, and what was loaded starts.
step_reboot_f()
{
	rough
	want fast "$NEW"
	load_by_hand
	sync
	reboot -f
}

step_reboot_ff()
{
	rough
	want fast "$NEW"
	load_by_hand
	sync
	reboot -f -f
}

# What is loaded is for a reboot alone.
step_poweroff()
{
	want firmware "$FIRMWARE" "No reboot is under way"
	load_by_hand
	turned_off
	systemctl poweroff
}

step_halt()
{
	want firmware "$FIRMWARE" "No reboot is under way"
	load_by_hand
	turned_off
	systemctl halt
}

# So little is left that the kernel does not fit.
step_full_memory()
{
	local free

	want firmware "$FIRMWARE" "/boot/vmlinuz-$NEW could not be loaded"
	mount -o remount,size=100% /dev/shm
	free=$(awk '/^MemAvailable/ { print $2 }' /proc/meminfo)
	head -c "$((free / 1024 - 56))M" /dev/zero >/dev/shm/fill
	report "memory: $(grep MemAvailable /proc/meminfo)"
	systemctl reboot
}

# More than seven times in two seconds, also on a busy host; signals that come at once count
# once.
step_ctrl_alt_del_seven()
{
	rough
	want firmware "$FIRMWARE"
	sync
	for _ in $(seq 100); do
		kill -s INT 1
		read -r -t 0.02 <>/fk/fifo || true
	done
}

step_native_kexec()
{
	local way=firmware release=$FIRMWARE

	if [ "$RELEASE" != bookworm ]; then
		way=native
		release=$NEW
	fi
	want "$way" "$release"
	kexec -c -l "/boot/vmlinuz-$NEW" --initrd="/boot/initrd.img-$NEW" \
		--command-line="$hand fk.native" || report "FAIL $step cannot load natively"
	systemctl reboot
}

# What kexec(8) has started has other words than the menu.
step_from_native()
{
	if [ "$RELEASE" != bookworm ]; then
		want firmware "$FIRMWARE" "no boot loader is found that is understood"
	else
		want fast "$NEW"
	fi
	systemctl reboot
}

step_unproven_1()
{
	want fast "$NEW" "This reboot starts"
	ln -sf /dev/null /etc/systemd/system/fastkexec-good.service
	systemctl daemon-reload
	systemctl reboot
}

step_unproven_2()
{
	want fast "$NEW" "This reboot starts"
	systemctl reboot
}

step_unproven_3()
{
	want firmware "$FIRMWARE" "the last 2 fast reboots have not come up"
	rm /etc/systemd/system/fastkexec-good.service
	systemctl daemon-reload
	systemctl reboot
}

step_proven_again()
{
	want fast "$NEW" "This reboot starts"
	systemctl reboot
}

# nowayout: its driver, which udev has loaded, cannot stop it when the machine reboots.
step_watchdog()
{
	want fast "$NEW" "systemd leaves the watchdog off for this reboot"
	modprobe -r i6300esb
	modprobe i6300esb nowayout=1
	systemctl reboot
}

step_systemctl_kexec()
{
	want native "$NEW" "No reboot is under way"
	kexec -c -l "/boot/vmlinuz-$NEW" --initrd="/boot/initrd.img-$NEW" \
		--command-line="$hand fk.native" || report "FAIL $step cannot load natively"
	systemctl kexec
}

step_after_kexec()
{
	want firmware "$FIRMWARE" "no boot loader is found that is understood"
	systemctl reboot
}

# The kernel stays, and so does the boot that the journal knows.
step_soft_reboot()
{
	if [ "$RELEASE" = bookworm ]; then
		skip "its systemd has no soft reboot"
		return
	fi
	rough
	want "$(way)" "$(uname -r)"
	systemctl soft-reboot
}

# It reboots by stock kexec, by the jump and through the firmware, twice each. The driver
# waits until it is done.
step_bench()
{
	rough
	want firmware "$OLD"
	systemctl disable --now fastkexec-reboot.service
	fastkexec bench --rounds 2 --firmware --pause 1 || report "FAIL $step cannot begin"
}

after_bench()
{
	local table way file

	systemctl enable --now fastkexec-reboot.service
	table=$(fastkexec bench) || report "FAIL bench has no result"
	for way in stock fastkexec firmware; do
		[ "$(grep -cE "^  $way +2 +[0-9]" <<<"$table")" = 2 ] ||
			report "FAIL bench has not two times of $way"
	done
	report "bench: $(tr -s ' \n' ' ' <<<"$table")"
	for file in /var/lib/fastkexec/bench/state /etc/systemd/system/fastkexec-bench.service; do
		[ ! -e "$file" ] || report "FAIL bench has left $file behind"
	done
}
