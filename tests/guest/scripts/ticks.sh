# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# Counts the timer's interrupts and the calls between CPUs, and, if there is a next
# kernel, leaves for it as LEAVE says: by jump.sh or by stock.sh.
#
#   ticks at=start cpu=N timer=COUNT ipi=COUNT uptime=MS
#   ticks at=naps cpu=N timer=COUNT asked=COUNT uptime=MS     of so many naps, in so long
#   ticks at=calls cpu=N ipi=COUNT asked=COUNT    calls that came, of those asked for
#
# An idle CPU that loses a timer interrupt sleeps on, and its nap takes too long; one that
# loses a call never ends the test.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

CALLS=200
NAPS=40	# of 50 ms each

# uptime_cs: in hundredths of a second
uptime_cs()
{
	cut -d ' ' -f 1 /proc/uptime | tr -d .
}

# count CPU REGEX: of the lines of /proc/interrupts that match.
count()
{
	awk -v column=$(($1 + 2)) -v what="$2" '
		$0 ~ what { sum += $column } END { print sum + 0 }' /proc/interrupts
}

cpus=$(seq 0 $(($(nproc) - 1)))
for cpu in $cpus; do
	report "ticks at=start cpu=$cpu timer=$(count "$cpu" arch_timer)" \
		"ipi=$(count "$cpu" '^ *IPI')" "uptime=$(uptime_cs)0"
done

# Naps, not a busy CPU: with -icount QEMU runs busy CPUs in turns, and one that waits for
# its turn gets a single interrupt for several.
for cpu in $cpus; do
	from=$(uptime_cs) timer=$(count "$cpu" arch_timer)
	must taskset -c "$cpu" sh -c "for nap in \$(seq $NAPS); do sleep 0.05; done"
	timer=$(($(count "$cpu" arch_timer) - timer))
	report "ticks at=naps cpu=$cpu timer=$timer asked=$NAPS" \
		"uptime=$(($(uptime_cs) - from))0"
done

for cpu in $cpus; do
	ipi=$(count "$cpu" 'Function call interrupts')
	must taskset -c $(((cpu + 1) % $(nproc))) insmod /t/calls.ko cpu="$cpu" calls=$CALLS
	rmmod calls
	report "ticks at=calls cpu=$cpu" \
		"ipi=$(($(count "$cpu" 'Function call interrupts') - ipi)) asked=$CALLS"
done

[ -d /t/next ] || exit 0
# shellcheck source=/dev/null
. "/t/$LEAVE"
