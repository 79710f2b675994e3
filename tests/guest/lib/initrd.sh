# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154 # the variables of options.sh
#
# Sourced by tests/guest/run: the initrds of the chain's kernels and their command
# lines. Position 0 is the kernel that QEMU starts. The initrd at a position holds
# the kernel at the next one, with its initrd and its command line.

# shellcheck disable=SC2317 # reached through with_tree_lock
# build_programs: the guest's own programs, compiled once.
build_programs()
{
	local name order

	mkdir -p "$BIN"
	for name in init kvm restart big_endian; do
		[ ! "$BIN/$name" -nt "$GUEST/$name.c" ] || continue
		order=()
		[ "$name" != big_endian ] || order=(-mbig-endian -nostdlib -ffreestanding)
		"${FK_CROSS}gcc" -O1 -Wall -Wextra -Werror -static -s "${order[@]}" -I "$FK_TOP/module" \
			-o "$BIN/$name.new" "$GUEST/$name.c"
		mv "$BIN/$name.new" "$BIN/$name"
	done
}

# archive DIRECTORY: its files as a cpio archive on standard output.
archive()
{
	(cd "$1" && find . -mindepth 1 | LC_ALL=C sort |
		cpio --quiet -o -H newc -R 0:0)
}

# nonce POSITION: the word with which the kernel at POSITION proves itself.
nonce()
{
	echo "$id $1 $seed" | md5sum | cut -c 1-12
}

# command_line POSITION EXTRA SCRIPT: of the kernel at POSITION.
command_line()
{
	local line sum

	line="console=ttyAMA0 rdinit=/fkinit panic=-1 fk.nonce=$(nonce "$1")"
	line+="${3:+ fk.run=$3}${2:+ $2}"
	sum=$(printf %s "$line" | md5sum)
	echo "$line fk.sum=${sum%% *}"
}

# first_line: command line of the kernel that QEMU starts.
first_line()
{
	local run=$script

	[ "$run" != plain.sh ] || run=
	command_line 0 "${append# }" "$run"
}

# next_line POSITION: command line of the next kernel at POSITION, which @LINK@ stands for.
next_line()
{
	local run=$script uart=0x9000000

	[ "$1" -lt ${#nexts[@]} ] || run=$next_script
	[ -z "$sbsa" ] || uart=0x60000000
	command_line "$1" "earlycon=pl011,$uart${next_append:+ ${next_append//@LINK@/$1}}" "$run"
}

# add_stock TREE: Debian's kexec with its libraries, as /t/kexec.stock.
add_stock()
{
	local from=$FK_CACHE/kexec-tools

	"$FK_ENV/fetch" kexec-tools
	mkdir -p "$1/lib/aarch64-linux-gnu"
	cp "$from"/lib/* "$1/lib/aarch64-linux-gnu/"
	cp "$from/lib/ld-linux-aarch64.so.1" "$1/lib/"
	cp "$from/kexec" "$1/t/kexec.stock"
}

# add_settings TREE: /t/config, which the guest's scripts source.
add_settings()
{
	local setting value

	for setting in "${settings[@]}"; do
		value=${setting#*=}
		printf "%s='%s'\n" "${setting%%=*}" "${value//\'/\'\\\'\'}"
	done >"$1/t/config"
}

# add_kernel_modules TREE KERNEL: those that are asked for, in /t, except what KERNEL
# has built in. Of a name that ends with ?, KERNEL need not have one.
add_kernel_modules()
{
	local name from all

	all=$(kernel_dir "$2")/modules/
	for name in "${kernel_modules[@]}"; do
		from=$(find "$all" -name "${name%\?}.ko*" | head -n 1)
		case $from in
		*.xz) xz -dc "$from" >"$1/t/${name%\?}.ko" ;;
		*.ko) cp "$from" "$1/t/" ;;
		*) [[ $name == *\? ]] || grep -q "/$name.ko\$" "$all/modules.builtin" ||
			die "$2 has no module $name" ;;
		esac
	done
}

# fill TREE POSITION: everything of the initrd at POSITION except the next kernel.
fill()
{
	local tree=$1 name=$kernel file size=$pad

	[ "$2" -eq 0 ] || { name=${nexts[$2 - 1]} size=$next_pad; }
	mkdir -p "$tree/bin" "$tree/t"
	cp "$BIN/init" "$tree/fkinit"
	cp "$BIN/kvm" "$BIN/restart" "$BIN/big_endian" "$tree/t/"
	cp "$FK_CACHE/busybox" "$tree/bin/"
	cp "$GUEST"/scripts/*.sh "$tree/t/"
	if [ "$2" -lt ${#nexts[@]} ] || [ "$2" -eq 0 ] || [ -n "$next_script" ]; then
		[ -z "$module" ] ||
			cp "$("$FK_ENV/build-module" ${inject:+--inject} "$name")" "$tree/t/"
		[ -z "$tool" ] || cp "$("$FK_ENV/build-tool")" "$tree/t/"
		[ -z "$stock" ] || add_stock "$tree"
		add_settings "$tree"
		add_kernel_modules "$tree" "$name"
		for file in "${test_modules[@]}"; do
			cp "$("$FK_ENV/build-module" --tests "$name")/$file.ko" "$tree/t/"
		done
		for file in "${files[@]}"; do
			mkdir -p "$(dirname "$tree/${file#*:}")"
			cp "${file%%:*}" "$tree/${file#*:}"
		done
	fi
	[ "$size" -eq 0 ] || head -c "${size}M" /dev/urandom >"$tree/pad"
}

# change_format DIRECTORY: put the next kernel, or its initrd, into another format.
change_format()
{
	local made=$work/formats file=Image

	case $next_format in initrd.*) file=initrd ;; esac
	"$FK_TOP/tests/tool/make-formats" "$made" "$1/Image" "$1/initrd" "$1/cmdline" \
		"$next_format"
	mv "$made/$next_format" "$1/$file"
	rm -rf "$made"
}

# build_initrd POSITION FILE
build_initrd()
{
	local position=$1 out=$2 tree next

	tree=$work/tree$position
	mkdir "$tree"
	fill "$tree" "$position"
	if [ "$position" -lt ${#nexts[@]} ]; then
		next=${nexts[$position]}
		mkdir "$tree/t/next"
		"$FK_ENV/fetch" "$next"
		cp "${next_image:-$(kernel_dir "$next")/Image}" "$tree/t/next/Image"
		next_line $((position + 1)) >"$tree/t/next/cmdline"
		build_initrd $((position + 1)) "$tree/t/next/initrd"
		[ -z "$next_format" ] || change_format "$tree/t/next"
	fi
	# The stamp comes last: it proves that the initrd arrived to its end.
	mkdir -p "$work/stamp$position/t"
	(cd "$tree" && find . -type f ! -path './t/next/*' ! -path ./pad -print0 | sort -z |
		xargs -0 sha256sum | sed 's|  \./|  /|') >"$work/stamp$position/t/stamp"
	{
		# Archives follow each other at multiples of four bytes.
		if [ "$position" -gt 0 ] && [ -n "$next_below" ]; then
			cat "$next_below"
			head -c $((-$(stat -L -c %s "$next_below") & 3)) /dev/zero
		fi
		archive "$tree"
		archive "$work/stamp$position"
	} >"$out"
	rm -rf "$tree" "$work/stamp$position"
}
