# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# in module/: what is public begins with fk_ or FK_, addresses say which they are

# Physical addresses without _pa: the boot protocol's own names for two of them.
PHYSICAL="entry dtb"

# Names that are not ours: the kernel's, made for a release that lacks them, and C's.
FOREIGN="MAX_PAGE_ORDER page_has_movable_ops static_assert"

# run_public HEADER...: declarations, types and macros whose names could clash.
run_public()
{
	awk -v foreign=" $FOREIGN " '
		function public(name) {
			if (name ~ /^_*(fk|FK)_/ || index(foreign, " " name " "))
				return
			print FILENAME ":" FNR ": a public name without fk_: " name
			status = 1
		}
		FNR == 1 { comment = 0; types = FILENAME ~ /\/types\.h$/ }
		/^\/\*/ { comment = 1 }
		comment { if (/\*\//) comment = 0; next }
		/^#define[ \t]/ { name = $2; sub(/\(.*/, "", name); public(name) }
		/^(struct|union|enum) [a-z_0-9]+ \{/ { public($2) }
		/^typedef/ && !types {
			name = $0
			if (!sub(/.*\(\*/, "", name))
				sub(/.*[ *]/, "", name)
			sub(/[);].*/, "", name)
			public(name)
		}
		/^[a-z_][a-z_0-9 *]*[ *][a-z_0-9]+\(/ {
			name = $0
			sub(/^__printf\([0-9, ]*\) /, "", name)
			sub(/\(.*/, "", name)
			sub(/.*[ *]/, "", name)
			public(name)
		}
		END { exit status }' "$@"
}

# run_addresses FILE...: addresses that do not say whether they are physical. What
# kernel-doc calls a physical address ends in _pa; what is a number and called an
# address by its name alone says nothing.
run_addresses()
{
	awk -v known=" $PHYSICAL " '
		function offence(name) {
			print FILENAME ":" FNR ": an address without _pa or _va: " name
			status = 1
		}
		/^ \* @[a-z_0-9]+: (out: |in: )?(the |its )?physical address/ {
			name = $2
			gsub(/[@:]/, "", name)
			if (name !~ /(^|_)pa$/ && !index(known, " " name " "))
				offence(name)
		}
		match(" " $0 " ", "[^a-z_0-9](u64|phys_addr_t|unsigned long) " \
		      "([a-z_0-9]+_)?(addr|address|paddr|phys|virt)[^a-z_0-9]") {
			offence(substr($0, RSTART, RLENGTH - 2))
		}
		END { exit status }' "$@"
}

check()
{
	local -a headers files
	local status=0

	finds $'fk_: loose$\nfk_: LOOSE$\nfk_: bare$\nfk_: handler$' run_public "$PLANTED/names.h"
	finds $'_va: where$\n_va: u64 page_addr$' run_addresses "$PLANTED/names.h"
	mapfile -t headers < <(files_like '^module/.*\.h$')
	mapfile -t files < <(files_like '^module/.*\.[ch]$')
	run_public "${headers[@]}" || status=1
	run_addresses "${files[@]}" || status=1
	return "$status"
}
