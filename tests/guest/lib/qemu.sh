# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154 # the variables of options.sh
#
# Sourced by tests/guest/run: the command line of QEMU, in the array `qemu`.

# qemu_program: begin the array `qemu` with what runs QEMU.
qemu_program()
{
	local root=$FK_CACHE/qemu-new libraries

	qemu=(qemu-system-aarch64)
	[ -n "$qemu_new" ] || return 0
	"$FK_ENV/fetch" qemu-new
	libraries=$(echo "$root"/usr/lib/*-linux-gnu)
	qemu=("$(echo "$libraries"/ld-linux-*.so.*)" --library-path "$libraries"
		"$root/usr/bin/qemu-system-aarch64" -L "$root/usr/share/qemu")
}

# qemu_virt EL2: the virt machine of the boot, in `board`.
qemu_virt()
{
	board=virt
	if [ -z "$plain_machine" ]; then
		board+=",gic-version=$gic"
		[ "$boot$gic" != dt3 ] || board+=,its=off
	fi
	board+="${1:+,virtualization=on}${tfa:+,secure=on}"
	case $boot in
	dt) board+=${tfa:+,acpi=off} ;;
	efi-dt) board+=,acpi=off ;;
	efi-acpi) ;;
	*) die "unknown boot $boot" ;;
	esac
}

# qemu_bios: what the boot has as firmware.
qemu_bios()
{
	[ -z "$tfa" ] || "$FK_ENV/build-firmware" "$tfa"
	if [ -n "$tfa" ]; then
		qemu+=(-bios "$FK_CACHE/firmware/$tfa")
	elif [ "$boot" != dt ]; then
		qemu+=(-bios /usr/share/qemu-efi-aarch64/QEMU_EFI.fd)
	fi
	[ -n "$sbsa" ] || return 0
	# The ROM of the machine's own display, which no firmware here runs, is in no package
	# that is needed otherwise.
	qemu+=(-global "$([ -n "$qemu_new" ] && echo bochs-display || echo VGA).romfile="
		-device "loader,file=$FK_CACHE/firmware/sbsa.u-boot,addr=0x10000000,force-raw=on")
}

# qemu_machine: the machine of the level and the boot. Adds to `append`, and sets what
# a kernel will say of itself: `el` where its CPUs start, `mode` and `next_mode` how
# the first and the next ones run, `kvm` whether KVM can work.
# shellcheck disable=SC2034 # el and kvm are judge.sh's
qemu_machine()
{
	local el2='' board=sbsa-ref own=cortex-a57

	el=EL2 kvm=works mode='' next_mode=''
	case $level in
	el1) el=EL1 kvm=no mode=el1 ;;
	nvhe) el2=yes mode=nvhe ;;
	vhe) el2=yes own=neoverse-n1 mode=vhe ;;
	nvhe-on-vhe)
		[ "$kernel" != 5.10 ] || die "5.10 has no kvm-arm.mode=nvhe"
		el2=yes own=neoverse-n1 mode=nvhe next_mode=vhe append+=" kvm-arm.mode=nvhe"
		;;
	hvhe)
		case $kernel in 5.10 | 6.1) die "$kernel has no hVHE" ;; esac
		el2=yes own=neoverse-n1 mode=hvhe next_mode=vhe append+=" arm64_sw.hvhe=1"
		;;
	*) die "unknown level $level" ;;
	esac
	[ -z "$hypervisor$xen" ] || el=EL1 kvm=no mode=el1
	: "${next_mode:=$mode}"
	if [ "$page" = 16384 ] && [ "$own" = cortex-a57 ]; then
		[ "$level" = el1 ] || die "no CPU of QEMU has 16K pages, EL2 and no VHE"
		own=neoverse-n1
	fi
	# A neoverse-n1 of QEMU 7.2 lacks registers that TF-A reads.
	[ -z "$tfa" ] || [ "$own" != neoverse-n1 ] || own=max
	: "${cpu:=$own}"
	[ "$cpu" != max ] || cpu=max,pauth-impdef=on
	[ -n "$sbsa" ] || qemu_virt "$el2"
	# QEMU forgets all that it has translated when that exceeds the size. Until then
	# each store to a page of which it once translated code is slow: a second kernel, which
	# lies where the first one's code was, needs up to three times as long.
	[ ${#nexts[@]} -eq 0 ] || qemu+=(-accel "tcg,tb-size=64")
	qemu+=(-M "$board${machine:+,$machine}" -cpu "$cpu" -smp "$cpus" -m "$mem")
	qemu_bios
	[ -z "$icount" ] || qemu+=(-icount "shift=0,sleep=off")
}

# qemu_xen IMAGE: Xen, with a first guest.
# shellcheck disable=SC2054 # QEMU's own commas
qemu_xen()
{
	local line

	"$FK_ENV/fetch" xen
	line="$(first_line) console=hvc0"
	qemu+=(-kernel "$FK_CACHE/xen" -append "dom0_mem=1024M console=dtuart bootscrub=0"
		-device "guest-loader,addr=0x60000000,kernel=$1,bootargs=${line//,/,,}"
		-device "guest-loader,addr=0x70000000,initrd=$work/initrd")
}

# boot_disk FILE DIRECTORY: a disk with one partition, which is bootable and holds the
# directory's files.
boot_disk()
{
	local sectors=$((($(du -sm "$2" | cut -f 1) + 16) * 2048))

	mke2fs -q -t ext2 -E offset=1048576 -d "$2" "$1" $((sectors / 2))
	perl -e 'print pack("x446 C8 V2 x48 v", 0x80, 0, 0, 0, 0x83, 0, 0, 0, 2048, $ARGV[0],
		0xaa55)' "$sectors" | dd of="$1" conv=notrunc status=none
}

# qemu_tfa IMAGE: the kernel and its initrd, for TF-A's U-Boot, which runs the script of
# the disk that it finds: its EFI reads both from that disk, and without EFI QEMU hands
# them over, with the command line.
# shellcheck disable=SC2054 # QEMU's own commas
qemu_tfa()
{
	local from=$work/u-boot medium=virtio disk=virtio-blk-device load=0x40400000 tree=0x40000000

	[ -z "$sbsa" ] || medium=scsi disk=ide-hd,bus=ide.0 load=0x10000400000 tree=
	mkdir "$from"
	if [ "$boot" != dt ]; then
		cp "$1" "$from/Image"
		cp "$work/initrd" "$from/initrd"
		cat >"$from/boot.cmd" <<-END
			load $medium 0:1 $load Image
			setenv bootargs '$(first_line) initrd=initrd'
			bootefi $load $tree
		END
	else
		qemu+=(-kernel "$1" -initrd "$work/initrd" -append "$(first_line)")
		cat >"$from/boot.cmd" <<-END
			qfw load $load 0x48000000
			booti $load 0x48000000:\${filesize} $tree
		END
	fi
	mkimage -A arm64 -T script -d "$from/boot.cmd" "$from/boot.scr" >/dev/null
	boot_disk "$out/u-boot.disk" "$from"
	rm -rf "$from"
	qemu+=(-drive "if=none,id=u-boot,format=raw,file=$out/u-boot.disk"
		-device "$disk,drive=u-boot")
}

# qemu_guest: the first kernel with its initrd, after qemu_machine.
qemu_guest()
{
	local image

	image=$(kernel_dir "$kernel")/Image
	if [ -n "$raw" ]; then
		raw_arguments "$work" "$image" "$work/initrd" "$(first_line)" "$mem" "$ram_at" \
			"$hypervisor" "$firmware" "${trees[@]}"
	elif [ -n "$xen" ]; then
		qemu_xen "$image"
	elif [ -n "$tfa" ] && [ "$tfa" != tfa-edk2 ]; then
		qemu_tfa "$image"
	else
		qemu+=(-kernel "$image" -initrd "$work/initrd" -append "$(first_line)")
	fi
}

# qemu_net: a network card whose wire is UDP on the loopback: one datagram, one Ethernet
# frame. $out/net holds "IN OUT": frames to the guest go to port IN, and those of the
# guest come to port OUT. Both ports are free when they are chosen.
qemu_net()
{
	local in out_port

	# shellcheck disable=SC2016 # perl's own variables
	perl -MIO::Socket::INET -e '
		my @both = map { IO::Socket::INET->new(Proto => "udp", LocalAddr => "127.0.0.1") }
			1, 2;
		print join(" ", map { $_->sockport } @both), "\n"' >"$out/net"
	read -r in out_port <"$out/net"
	qemu+=(-netdev "socket,id=net,localaddr=127.0.0.1:$in,udp=127.0.0.1:$out_port"
		-device "$net,netdev=net")
}

# qemu_ports: console and report port, and what the host looks at or takes part in.
# shellcheck disable=SC2054 # QEMU's own commas
qemu_ports()
{
	local plugin trace

	for plugin in "${plugins[@]}"; do
		qemu+=(-plugin "$plugin")
	done
	[ -n "$reboots" ] || qemu+=(-no-reboot)
	qemu+=(-nodefaults -display none
		-chardev "file,id=console,path=$out/console.log" -serial chardev:console
		-chardev "file,id=report,path=$out/report.log" -device pci-serial,chardev=report)
	[ -z "$monitor" ] || qemu+=(-qmp "unix:$out/monitor,server=on,wait=off")
	[ -z "$debugger" ] || qemu+=(-gdb "unix:$out/debugger,server=on,wait=off")
	[ -z "$net" ] || qemu_net
	for trace in "${traces[@]}"; do
		qemu+=(-trace "$trace")
	done
	[ ${#traces[@]} -eq 0 ] || qemu+=(-D "$out/trace.log")
	qemu+=("${qemu_args[@]}")
}
