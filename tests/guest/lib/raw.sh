# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced by tests/guest/run: a guest that QEMU does not start as a kernel. With
# -kernel, QEMU writes its own /psci and /memory into any device tree that it is given.
# Here Image, initrd, tree and boot stub are laid into memory unchanged.
#
# The device tree names --mem MB of memory and no more. It lies at the address that is
# asked for, or just above the first 2 MB of QEMU's RAM. Those 2 MB hold the stub, and
# the tree that QEMU puts at the start of its RAM for any firmware.

RAW_RAM=$((0x40000000))
RAW_STUB=$((RAW_RAM + 0x180000))
RAW_LOW=$((RAW_RAM + 0x200000))

# From the start of the kernel's memory; the Image lies at 0.
RAW_DTB=$((128 << 20))
RAW_INITRD=$((130 << 20))

# raw_put TREE NODE PROPERTY NUMBER...: numbers of 64 bits.
raw_put()
{
	local tree=$1 node=$2 property=$3 number
	local -a cells=()

	shift 3
	for number in "$@"; do
		cells+=("$(printf %x $((number >> 32)))" "$(printf %x $((number & 0xffffffff)))")
	done
	fdtput -t x "$tree" "$node" "$property" "${cells[@]}"
}

# raw_tree FILE COMMAND_LINE INITRD_BYTES BASE BYTES EDIT...: the tree of the machine in
# the array `qemu`, edited.
raw_tree()
{
	local tree=$1 line=$2 initrd=$(($4 + RAW_INITRD)) end memory edit
	local -a words

	end=$((initrd + $3))
	memory=/memory@$(printf %x "$4")
	"${qemu[@]}" -display none -machine "dumpdtb=$tree" 2>&1
	fdtput -r "$tree" "/$(fdtget -l "$tree" / | grep '^memory@')"
	fdtput -c "$tree" "$memory"
	fdtput -t s "$tree" "$memory" device_type memory
	raw_put "$tree" "$memory" reg "$4" "$5"
	fdtput -t s "$tree" /chosen bootargs "$line"
	raw_put "$tree" /chosen linux,initrd-start "$initrd"
	raw_put "$tree" /chosen linux,initrd-end "$end"
	shift 5
	for edit in "$@"; do
		read -ra words <<<"$edit"
		fdtput -t "${words[0]}" "$tree" "${words[@]:1}"
	done
}

# raw_stub FILE BASE HYPERVISOR FAULT: the stub, for an Image at BASE; HYPERVISOR and
# FAULT as in run.
raw_stub()
{
	local fault=${4^^}
	local -a define=(-DENTRY="$2" -DDTB=$(($2 + RAW_DTB)))

	case $3 in
	'') ;;
	answers) define+=(-DHYPERVISOR=0x80000000) ;;	# RW
	deaf) define+=(-DHYPERVISOR=0xa0080000) ;;	# RW, HCD, TSC
	*) die "unknown hypervisor $3" ;;
	esac
	case ${4%=*} in
	'') ;;
	no-affinity | affinity | denies-off | no-return | slow-off | resident | traps | takes | ffa)
		define+=("-D${fault//-/_}")
		;;
	*) die "unknown firmware fault $4" ;;
	esac
	"${FK_CROSS}gcc" -nostdlib -static -Wl,--build-id=none,-Ttext="$(printf %x "$RAW_STUB")" \
		"${define[@]}" -o "$1.elf" "$GUEST/stub.S"
	"${FK_CROSS}objcopy" -O binary "$1.elf" "$1"
	rm "$1.elf"
}

# raw_arguments DIRECTORY IMAGE INITRD COMMAND_LINE MB ADDRESS HYPERVISOR FAULT EDIT...: add
# to the array `qemu` what starts the guest. The stub and the tree go to DIRECTORY;
# without ADDRESS the memory begins at RAW_LOW.
raw_arguments()
{
	local work=$1 image=$2 initrd=$3 line=$4 bytes=$(($5 << 20)) base=$(($6))
	local hypervisor=$7 fault=$8 load=loader,force-raw=on all

	shift 8
	if [ "$base" -eq 0 ]; then
		base=$RAW_LOW
		bytes=$((bytes - RAW_LOW + RAW_RAM))
	fi
	all=$(((base - RAW_RAM + bytes) >> 20))
	qemu+=(-object "memory-backend-ram,id=ram,size=${all}M,reserve=off"
		-machine memory-backend=ram -m "$all")
	raw_tree "$work/dtb" "$line" "$(stat -c %s "$initrd")" "$base" "$bytes" "$@" \
		>"$work/tree.log" || { cat "$work/tree.log"; die "no device tree"; }
	raw_stub "$work/stub" "$base" "$hypervisor" "$fault"
	qemu+=(-device "$load,file=$image,addr=$base"
		-device "$load,file=$work/dtb,addr=$((base + RAW_DTB))"
		-device "$load,file=$initrd,addr=$((base + RAW_INITRD))"
		-device "$load,file=$work/stub,addr=$RAW_STUB,cpu-num=0")
}
