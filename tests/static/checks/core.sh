# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# module/core is pure C: no kernel header, no printing, no assembly

# run_core FILE...: offences against that. types.h alone may include system headers.
run_core()
{
	awk '
		function offence(what) {
			print FILENAME ":" FNR ": " what ": " $0
			status = 1
		}
		function has(words) {
			return (" " $0 " ") ~ ("[^A-Za-z0-9_](" words ")[^A-Za-z0-9_]")
		}
		FNR == 1 { comment = 0 }
		/^[ \t]*\/\*/ { comment = 1 }
		comment { if (/\*\//) comment = 0; next }
		/^#[ \t]*include[ \t]*</ && FILENAME !~ /\/types\.h$/ { offence("a system header") }
		/^#[ \t]*include[ \t]*"[^"]*\// { offence("a header of another folder") }
		has("(printk|pr_[a-z]+|dev_[a-z]+|f?printf|puts) *[(].*.*") { offence("printing") }
		has("asm|__asm__|(read|write)_sysreg(_s)?") { offence("assembly") }
		has("(k[mz]?alloc|vmalloc|kfree|__va|__pa|phys_to_virt|virt_to_phys) *[(].*") {
			offence("a call of the kernel")
		}
		END { exit status }' "$@"
}

check()
{
	local -a files
	local patterns=$'a system header\nof another folder\nprinting\nassembly\nof the kernel'

	finds "$patterns" run_core "$PLANTED/core.c"
	mapfile -t files < <(files_like '^module/core/.*\.[ch]$')
	run_core "${files[@]}"
}
