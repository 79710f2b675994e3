# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# comments are well-formed, and what a header declares has one
#
# The interface of the module, its parts and the tool is described in full; what
# the tests describe is well-formed.

# run_kernel_doc FILE...: what kernel-doc says, but for "contents before sections",
# its word for the description of a function without arguments, and for what it
# says of a variable, which this release cannot describe.
run_kernel_doc()
{
	local kernel

	kernel=$(tests/static/fetch-scripts) || return
	perl "$kernel/kernel-doc" -none "$@" 2>&1 | awk '
		/: contents before sections$/ { next }
		/function prototype: .[^(]*; .$/ { next }
		/: (warning|error): / { print; status = 1 }
		END { exit status }'
}

# run_undocumented FILE...: prototypes and types without kernel-doc.
run_undocumented()
{
	awk '
		FNR == 1 { documented = comment = 0 }
		/^\/\*\*/ { documented = 1 }
		/^\/\*/ { comment = 1 }
		/\*\/$/ { comment = 0; next }
		comment { next }
		/^$/ { documented = 0 }
		/^static/ || documented { next }
		/^[a-z].*[^)]\(|^(struct|union|enum) [a-z_0-9]+ \{/ {
			print FILENAME ":" FNR ": warning: no kernel-doc: " $0
			status = 1
		}
		END { exit status }' "$@"
}

check()
{
	local -a public headers tests
	local status=0

	finds 'not described' run_kernel_doc -v "$PLANTED/kernel_doc.h"
	finds 'no kernel-doc' run_undocumented "$PLANTED/kernel_doc.h"
	mapfile -t public < <(files_like '^(module|uapi|userspace-tool)/.*\.[ch]$')
	mapfile -t headers < <(printf '%s\n' "${public[@]}" | grep '\.h$')
	mapfile -t tests < <(files_like '^tests/.*\.[ch]$')
	run_kernel_doc -v "${public[@]}" || status=1
	run_undocumented "${headers[@]}" || status=1
	run_kernel_doc "${tests[@]}" || status=1
	return "$status"
}
