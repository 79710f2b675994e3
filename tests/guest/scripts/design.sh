# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Loads /t/next/Image, reports what its translation tables cost, and jumps. With
# -icount a nanosecond is an instruction, and function_graph counts those of one
# function; the timer's ticks are 16 of them.
# Settings (--set): WAY   in-place, identity, range, linear, or stock (run with
#                         --stock --module): the kernel's own kexec

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

tracing=/sys/kernel/debug/tracing
must sh -c "echo 1 >$tracing/options/funcgraph-tail"

# trace TRACER FUNCTION: begin with an empty trace.
trace()
{
	must sh -c "echo nop >$tracing/current_tracer"
	must sh -c "echo $2 >$tracing/set_ftrace_filter"
	must sh -c "echo $1 >$tracing/current_tracer"
}

# duration FUNCTION: of its call, in instructions. The tracer writes microseconds, with
# fewer digits of a fraction the longer the call is.
duration()
{
	awk -v name="$1" '
		index($0, name) && match($0, /[0-9]+(\.[0-9]+)? us/) {
			split(substr($0, RSTART, RLENGTH - 3), part, ".")
			nanoseconds = part[1] substr(part[2] "000", 1, 3)
		}
		END { printf "%.0f\n", nanoseconds }' $tracing/trace
}

load_ours()
{
	case $WAY in
	in-place) set -- --placement in-place ;;
	*) set -- --placement copy --design "$WAY" ;;
	esac
	trace function_graph fk_tables_build
	must fastkexec load /t/next/Image --initrd /t/next/initrd \
		--command-line "$(cat /t/next/cmdline)" --verify none "$@"
	pages=$(fastkexec status --json | sed -n 's/.*"table_pages": *\([0-9]*\).*/\1/p')
	build=$(duration fk_tables_build)
}

load_stock()
{
	must kexec.stock -c -l /t/next/Image --initrd=/t/next/initrd \
		--command-line="$(cat /t/next/cmdline)" -i
}

must sh -c "echo 16384 >$tracing/buffer_size_kb"
must insmod /t/fastkexec.ko
if [ "$WAY" = stock ]; then
	trace function kexec_page_alloc
	load_stock
	pages=$(grep -c 'kexec_page_alloc <-' $tracing/trace)
	must kexec.stock -u
	trace function_graph trans_pgd_create_copy
	load_stock
	build=$(duration trans_pgd_create_copy)
else
	load_ours
fi
report "cost pages=$pages build=$build"
must sh -c "echo nop >$tracing/current_tracer"
sync
if [ "$WAY" = stock ]; then
	kexec.stock -c -e
else
	fastkexec exec
fi
fail "the jump came back with $?"
