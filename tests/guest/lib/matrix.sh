# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced by tests/guest/suite: the jumps of the group matrix, and their table.

# levels NAME: those that the kernel has on some CPU of QEMU.
levels()
{
	case $1 in
	5.10) echo el1 nvhe vhe ;;
	6.1) echo el1 nvhe vhe nvhe-on-vhe ;;
	*-16k) echo el1 vhe nvhe-on-vhe hvhe ;;
	*) echo el1 nvhe vhe nvhe-on-vhe hvhe ;;
	esac
}

# next_for LEVEL COUNTER: a kernel to go to; 16K pages need a CPU that has them.
# Each turn through the list begins one kernel later, so that no option of the matrix
# always meets the same kernel.
next_for()
{
	local names=(5.10 6.1 6.12 7.3)

	case $1 in
	el1 | nvhe) ;;
	*) names+=(6.12-16k) ;;
	esac
	echo "${names[($2 + $2 / ${#names[@]}) % ${#names[@]}]}"
}

# matrix_case KERNEL LEVEL BOOT CPUS PLACEMENT NEXT: a stanza.
matrix_case()
{
	cat <<-END
		[$1-$2-$3-$4cpu-$5-to-$6]
		groups = matrix
		kernel = $1
		level = $2
		boot = $3
		cpus = $4
		script = jump.sh
		set = PLACEMENT=$5
		next = $6
	END
}

# matrix_cases: every kernel at every level, from a device tree with 1 and 4 CPUs, from
# EFI with a device tree and one CPU and with ACPI and four, in place and by copy.
matrix_cases()
{
	local kernel level boot placement counter=0

	for kernel in $(kernel_names); do
		for level in $(levels "$kernel"); do
			for boot in dt:1 dt:4 efi-dt:1 efi-acpi:4; do
				for placement in in-place copy; do
					matrix_case "$kernel" "$level" "${boot%:*}" "${boot#*:}" \
						"$placement" "$(next_for "$level" "$counter")"
					counter=$((counter + 1))
				done
			done
		done
	done
}

# matrix_table RESULTS: what passed, by kernel and level.
matrix_table()
{
	local kernel level boot cell ok all file

	printf '\n%-10s %-12s %10s %10s %10s\n' kernel level dt efi-acpi efi-dt
	for kernel in $(kernel_names); do
		for level in $(levels "$kernel"); do
			printf '%-10s %-12s' "$kernel" "$level"
			for boot in dt efi-acpi efi-dt; do
				ok=0 all=0
				for file in "$1/$kernel-$level-$boot"-[0-9]*cpu-*; do
					[ -e "$file" ] || continue
					all=$((all + 1))
					[ "$(<"$file")" != ok ] || ok=$((ok + 1))
				done
				cell=$ok/$all
				[ "$all" -gt 0 ] || cell=-
				printf ' %10s' "$cell"
			done
			echo
		done
	done
}
