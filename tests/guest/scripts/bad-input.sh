# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# The tool gets input that it cannot use. Each time it must end with the right status
# and say why in one sentence, and the kernel that was loaded before must stay. That
# kernel is started in the end.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

passed=0
failed=0
before=

# refused STATUS WORDS COMMAND...: it ends with STATUS, and its only sentence holds
# WORDS (a basic regular expression).
refused()
{
	status=$1
	words=$2
	shift 2
	"$@" >/tmp/out 2>/tmp/err </dev/null
	got=$?
	lines=$(wc -l </tmp/err)
	[ "$status" = 1 ] || lines=1
	after=$([ -z "$before" ] || fastkexec status --json)
	if [ $got -eq "$status" ] && [ "$lines" -eq 1 ] && grep -q "$words" /tmp/err &&
		[ "$after" = "$before" ]; then
		passed=$((passed + 1))
		return
	fi
	failed=$((failed + 1))
	report "FAIL $*: status $got, $lines lines, no '$words': $(tr '\n' ' ' </tmp/err)"
	[ "$after" = "$before" ] || report "FAIL $*: what is loaded has changed: $after"
}

# patched FILE OFFSET BYTES: /t/next/Image with BYTES (printf) at OFFSET.
patched()
{
	cp /t/next/Image "$1"
	# shellcheck disable=SC2059
	printf "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

# load ARGUMENT...: with a command line, without which the tool gives advice.
# shellcheck disable=SC2317 # called through refused
load()
{
	fastkexec load --command-line x "$@"
}

cd /tmp || fail "no /tmp"
memory=$(sed -n 's/MemTotal: *\([0-9]*\).*/\1/p' /proc/meminfo)
image=/t/next/Image
initrd=/t/next/initrd

for command in "load $image" exec unload status; do
	# shellcheck disable=SC2086 # words
	refused 1 "module is not loaded" fastkexec $command
done
must insmod /t/fastkexec.ko
refused 1 "nothing is loaded" fastkexec exec
refused 1 "nothing is loaded" fastkexec unload
refused 1 "nothing is loaded" fastkexec rehearse

must fastkexec load $image --initrd $initrd --command-line "$(cat /t/next/cmdline)"
before=$(fastkexec status --json)

# The kernel.
refused 1 "cannot open" load /none
refused 1 "is a directory" load /t
refused 1 "not a regular file" load /dev/zero
mkfifo fifo
refused 1 "not a regular file" load fifo
: >empty
refused 1 "is empty" load empty
head -c 63 $image >short
refused 1 "EFI program" load short
head -c 63 /dev/zero >short
refused 1 "less than the header" load short
head -c 1000000 $image >short
refused 1 "cut short" load short
refused 1 "an ELF program" load /bin/busybox
refused 1 "cpio archive" load $initrd
cat /sys/firmware/fdt >fdt
refused 1 "device tree" load fdt
head -c 5000 /dev/zero >zeroes
refused 1 "magic number" load zeroes
head -c 2000000 $image | gzip >whole.gz
head -c 500000 whole.gz >short.gz
refused 1 "short.gz" load short.gz
refused 1 "cut short" load whole.gz
gzip -c <$image >damaged.gz
printf 'damage' | dd of=damaged.gz bs=1 seek=3000000 conv=notrunc 2>/dev/null
refused 1 "damaged" load damaged.gz
rm -f ./*.gz
patched bad 16 '\000\000\000\000\000\001\000\000'
refused 1 "more than this machine's memory" load bad
patched bad 8 '\001'
refused 1 "text offset" load bad
patched bad 56 'XXXX'
refused 1 "no arm64 kernel\|magic number" load bad
if [ "$GRANULE" = 16K ]; then
	patched bad 24 '\014'
	refused 1 "16K pages, which this CPU does not have" load bad
fi
rm -f bad

# The initrd.
refused 1 "cannot open" load $image --initrd /none
refused 1 "is a directory" load $image --initrd /t
refused 1 "is empty" load $image --initrd empty
truncate -s 64G huge
refused 1 "larger than this machine's memory" load $image --initrd huge
truncate -s $((memory * 48 / 100))K huge
refused 1 "memory" load $image --initrd huge --no-check-initrd --placement copy
rm huge
refused 1 "is a kernel, and not an initrd" load $image --initrd $image
refused 1 "an ELF file" load $image --initrd /bin/busybox
{
	printf '\047\005\031\126'
	head -c 60 /dev/zero
	cat $initrd
} >header
refused 1 "U-Boot's header" load $image --initrd header
head -c 1000000 $initrd >short
refused 1 "cut short" load $image --initrd short
gzip -c short >short.gz
refused 1 "ends too early" load $image --initrd short.gz
rm header short.gz short

# The rest.
refused 1 "not a device tree" load $image --dtb /bin/busybox
refused 1 "is empty\|not a device tree" load $image --dtb empty
refused 1 "command line" fastkexec load $image \
	--command-line "$(head -c 4000 /dev/zero | tr '\0' x)"
refused 2 "placement" load $image --placement nowhere
refused 2 "design" load $image --design none
refused 2 "Try" load
refused 2 "Try" load $image $image
refused 2 "Try" load $image --none
refused 2 "Try" fastkexec exec now
refused 2 "no command" fastkexec none
mkdir -p /etc
echo "nobody:x:65534:65534::/:/bin/sh" >/etc/passwd
refused 1 "no permission" start-stop-daemon -S -c 65534:65534 -x /t/fastkexec -- unload
refused 1 "CAP_SYS_BOOT" abi --without-sys-boot fastkexec load --command-line x $image
refused 1 "CAP_SYS_BOOT" abi --without-sys-boot fastkexec unload

report "bad-input: $passed passed, $failed failed"
fastkexec exec
fail "fastkexec exec came back with $?"
