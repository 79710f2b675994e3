# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# in module/: no function takes more than six parameters

# run_parameters FILE...: prototypes and definitions that do.
run_parameters()
{
	awk '
		function count(text,  depth, commas, i, c) {
			for (i = index(text, "("); i <= length(text); i++) {
				c = substr(text, i, 1)
				depth += c == "("
				depth -= c == ")"
				commas += c == "," && depth == 1
				if (!depth)
					break
			}
			return commas + 1
		}
		FNR == 1 { text = ""; line = comment = 0 }
		/^[ \t]*\/\*/ { comment = 1 }
		comment { if (/\*\//) comment = 0; next }
		{ sub(/^__printf\([0-9, ]*\) /, "") }
		text == "" && /^[a-z_][a-z_0-9 *]*\(/ { line = FNR }
		text != "" || line == FNR { text = text $0 }
		text ~ /[;{]$|\)$/ && text ~ /\)[^)]*$/ {
			if (count(text) > 6) {
				sub(/\(.*/, "", text)
				print FILENAME ":" line ": more than six parameters: " text
				status = 1
			}
			text = ""
		}
		END { exit status }' "$@"
}

check()
{
	local -a files

	finds $'parameters: int many$\nparameters: int declared$' \
		run_parameters "$PLANTED/parameters.c"
	mapfile -t files < <(files_like '^module/.*\.[ch]$')
	run_parameters "${files[@]}"
}
