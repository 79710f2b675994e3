# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Loads /t/next/Image and replaces the running kernel by it, with marks around each step
# (tests/bench).
# Settings (--set): WHO      in-place, copy (ours), stock, stock-i or stock-s (the kernel's
#                            own kexec: with digest, without, by kexec_file_load)
#                   VERIFY   ours: full, fast or none; default full
#                   OPTIONS  more options of 'fastkexec load', words
#                   SPOIL    yes: change a byte of the image when it is loaded
#                   TRACED   yes: report what the translation tables cost

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

# load COMMAND...: between marks; report the most memory that it had.
load()
{
	answer=$(/t/measure "$@" 2>/tmp/error) || fail "$1: $(cat /tmp/error)"
	report "load $(echo "$answer" | grep '^peak')"
}

# load_it: by WHO.
load_it()
{
	set -- /t/next/Image --initrd=/t/next/initrd --command-line="$line"
	case $WHO in
	stock) load kexec.stock -c -l "$@" ;;
	stock-i) load kexec.stock -c -l "$@" -i ;;
	stock-s) load kexec.stock -s -l "$@" ;;
	*)
		# shellcheck disable=SC2086 # words
		load fastkexec load "$@" --placement "$WHO" --verify "${VERIFY:-full}" -q $OPTIONS
		;;
	esac
}

tracing=/sys/kernel/debug/tracing

# trace TRACER FUNCTION: begin with an empty trace.
trace()
{
	must sh -c "echo nop >$tracing/current_tracer"
	must sh -c "echo $2 >$tracing/set_ftrace_filter"
	must sh -c "echo $1 >$tracing/current_tracer"
}

# duration FUNCTION: of its call, in nanoseconds, which are instructions under -icount.
# The tracer writes microseconds, with fewer digits of a fraction the longer the call is.
duration()
{
	awk -v name="$1" '
		index($0, name) && match($0, /[0-9]+(\.[0-9]+)? us/) {
			split(substr($0, RSTART, RLENGTH - 3), part, ".")
			nanoseconds = part[1] substr(part[2] "000", 1, 3)
		}
		END { printf "%.0f\n", nanoseconds }' $tracing/trace
}

# load_traced: load_it, and report the pages of tables and the instructions to build them.
load_traced()
{
	must sh -c "echo 1 >$tracing/options/funcgraph-tail"
	must sh -c "echo 16384 >$tracing/buffer_size_kb"
	case $WHO in
	stock*)
		trace function kexec_page_alloc
		load_it
		pages=$(grep -c 'kexec_page_alloc <-' $tracing/trace)
		must kexec.stock -u
		builds=trans_pgd_create_copy
		;;
	*) builds=fk_tables_build ;;
	esac
	trace function_graph $builds
	load_it
	case $WHO in
	stock*) ;;
	*) pages=$(fastkexec status --json | sed -n 's/.*"table_pages": *\([0-9]*\).*/\1/p') ;;
	esac
	report "cost pages=$pages build=$(duration $builds)"
	must sh -c "echo nop >$tracing/current_tracer"
}

# spoil: change a byte in each page that begins like the last whole one of the initrd.
spoil()
{
	offset=$(($(wc -c </t/next/initrd) / 4096 * 4096 - 4096))
	like=$(dd if=/t/next/initrd bs=16 count=1 skip=$((offset / 16)) 2>/dev/null |
		od -An -v -tx1 | tr -d ' \n')
	must insmod /t/spoil.ko like="$like"
	report "spoiled $(dmesg | sed -n 's/.*spoil: //p')"
}

line=$(cat /t/next/cmdline)
report "bytes $(wc -c </t/next/Image) $(wc -c </t/next/initrd)"
# Random numbers take their time once.
head -c 1 /dev/random >/dev/null
case $WHO in
stock*) must insmod /t/mark.ko ;;
*) must insmod /t/fastkexec.ko ;;
esac
if [ "$TRACED" = yes ]; then
	load_traced
else
	load_it
fi
case $WHO in
stock*) ;;
*) report "status $(fastkexec status --json | tr -d '\n')" ;;
esac
[ "$SPOIL" != yes ] || spoil
sync
report "jump from=$(uname -r)"
case $WHO in
stock*) /t/measure --down kexec.stock -c -e ;;
*) /t/measure --down fastkexec exec ;;
esac
fail "the jump came back with $?"
