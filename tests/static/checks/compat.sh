# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# kernel releases are known to module/compat.h alone, and geometry to no CONFIG

# run_compat FILE...: offences against that, and names that are not exported.
run_compat()
{
	awk '
		function offence(what) {
			print FILENAME ":" FNR ": " what ": " $0
			status = 1
		}
		function has(words) {
			return (" " $0 " ") ~ ("[^A-Za-z0-9_](" words ")[^A-Za-z0-9_]")
		}
		has("LINUX_VERSION_CODE|KERNEL_VERSION") { offence("a kernel version") }
		has("CONFIG_(ARM64|PGTABLE|PAGE)_[A-Z0-9_]+") { offence("geometry from CONFIG") }
		has("kallsyms_[a-z_]+|register_kprobe") { offence("a symbol that is not exported") }
		END { exit status }' "$@"
}

check()
{
	local -a files

	finds $'a kernel version\ngeometry from CONFIG\nnot exported' run_compat "$PLANTED/compat.c"
	mapfile -t files < <(files_like '^(module/.*\.[chS]|Kbuild)$' | grep -vx module/compat.h)
	run_compat "${files[@]}"
}
