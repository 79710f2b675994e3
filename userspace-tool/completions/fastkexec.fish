# SPDX-License-Identifier: GPL-2.0
#
# Completion for fish. The words come from the tool itself: fastkexec help --list.

function __fastkexec_command
	set -l words (commandline -opc)
	test (count $words) -gt 1; and echo $words[2]
end

# What the last word, an option, takes: its words, or FILE.
function __fastkexec_takes
	set -l words (commandline -opc)
	fastkexec help --list (__fastkexec_command) 2>/dev/null | \
		awk -F'\t' -v option=$words[-1] '$1 == option { print $3 ? $3 : $2 }'
end

function __fastkexec_options
	fastkexec help --list (__fastkexec_command) 2>/dev/null | \
		awk -F'\t' '{ print $1 "\t" $4 }'
end

# One of: option (or a kernel), word, file.
function __fastkexec_wants
	set -l takes (__fastkexec_takes)
	set -l wants option
	test -n "$takes"; and set wants word
	test "$takes" = FILE; and set wants file
	__fastkexec_command >/dev/null; and test $wants = $argv[1]
end

# Is this the command?
function __fastkexec_is
	set -l command (__fastkexec_command)
	test "$command" = $argv[1]
end

function __fastkexec_wants_kernel
	__fastkexec_is load; or __fastkexec_is info; and __fastkexec_wants option
end

complete -c fastkexec -f
complete -c fastkexec -n 'not __fastkexec_command >/dev/null' -a '(fastkexec help --list 2>/dev/null)'
complete -c fastkexec -n '__fastkexec_is help' -a '(fastkexec help --list 2>/dev/null)'
complete -c fastkexec -n '__fastkexec_wants option' -a '(__fastkexec_options)'
complete -c fastkexec -n '__fastkexec_wants word' -a '(string split " " (__fastkexec_takes))'
complete -c fastkexec -n '__fastkexec_wants file' -F
complete -c fastkexec -n '__fastkexec_wants_kernel' -F
