# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154 # the variables of options.sh
#
# Sourced by tests/guest/run: whether a run went as expected. Each judge says what is
# wrong and fails.

# self_report POSITION NAME MODE: what NAME at POSITION reports if all is well.
self_report()
{
	local release works=$kvm

	[ "$2" != 6.1-realtime ] || works=no	# it is built without KVM
	release=$(sed 's/[.+]/\\&/g' "$(kernel_dir "$2")/release")
	echo "^kernel nonce=$(nonce "$1") release=$release el=$el mode=$3 cpus=$cpus" \
		"page=$(kernel_field "$2" page) kvm=$works cmdline=ok initrd=ok" \
		"taint=[0-9]* warnings=0 "
}

# expected_lines: the array `lines`: what is expected, with each next kernel for @NEXTS@.
expected_lines()
{
	local regex i

	lines=()
	for regex in "${expects[@]}"; do
		[ "$regex" = @NEXTS@ ] || { lines+=("$regex"); continue; }
		for ((i = 1; i <= ${#nexts[@]}; i++)); do
			lines+=("$(self_report "$i" "${nexts[i - 1]}" "$next_mode")")
		done
	done
}

# judge_expected: whether the report holds what was expected, in order.
judge_expected()
{
	local from=1 regex hit status=0 lines

	expected_lines
	for regex in "${lines[@]}"; do
		case $regex in
		*@BOOT@*) regex=${regex//@BOOT@/$(self_report 0 "$kernel" "$mode")} ;;
		*@NEXT@*) regex=${regex//@NEXT@/$(self_report 1 "${nexts[0]}" "$next_mode")} ;;
		*@NEXT2@*) regex=${regex//@NEXT2@/$(self_report 2 "${nexts[1]}" "$next_mode")} ;;
		esac
		# In a pipe, tail would fail when grep has found what it looks for.
		hit=$(grep -nE -m 1 -- "$regex" < <(tail -n "+$from" "$out/report.log")) || {
			echo "missing: $regex"
			status=1
			continue
		}
		from=$((from + ${hit%%:*}))
	done
	return "$status"
}

# judge_report: failures, forbidden lines and expected ones.
judge_report()
{
	local regex status=0

	if grep -q '^FAIL' "$out/report.log"; then
		status=1
	fi
	for regex in "${forbids[@]}"; do
		regex=${regex//@NONCE@/$(nonce 1)}
		if grep -E -- "$regex" "$out/report.log"; then
			echo "forbidden: $regex"
			status=1
		fi
	done
	judge_expected || status=1
	return "$status"
}

judge_console()
{
	local regex status=0

	for regex in "${consoles[@]}"; do
		grep -qaE -- "$regex" "$out/console.log" || {
			echo "missing on the console: $regex"
			status=1
		}
	done
	for regex in "${console_forbids[@]}"; do
		if grep -aE -- "$regex" "$out/console.log"; then
			echo "forbidden on the console: $regex"
			status=1
		fi
	done
	return "$status"
}

# trace_line REGEX: number of the first line of the trace that matches.
trace_line()
{
	local hit

	hit=$(grep -naE -m 1 -- "$1" "$out/trace.log") || {
		echo "missing in the trace: $1" >&2
		return 1
	}
	echo "${hit%%:*}"
}

# judge_trace: the order of QEMU's trace events.
judge_trace()
{
	local order first second late status=0

	for order in "${trace_orders[@]}"; do
		first=$(trace_line "${order%% before *}") || status=1
		second=$(trace_line "${order##* before }") || status=1
		if [ -n "$first" ] && [ -n "$second" ] && [ "$first" -ge "$second" ]; then
			echo "in the trace, line $first is not before line $second: $order"
			status=1
		fi
	done
	for order in "${trace_silences[@]}"; do
		second=$(trace_line "${order##* after }") || { status=1; continue; }
		if late=$(grep -aE -m 5 -- "${order%% after *}" \
			< <(tail -n "+$((second + 1))" "$out/trace.log")); then
			printf '%s\n' "$late"
			echo "in the trace, after line $second: $order"
			status=1
		fi
	done
	return "$status"
}

judge()
{
	local status=0

	judge_report || status=1
	judge_console || status=1
	judge_trace || status=1
	return "$status"
}
