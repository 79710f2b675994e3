# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced by tests/guest/run: its options. Each one is a variable of its name, with _
# for -; the repeatable ones are arrays.

# shellcheck disable=SC2034 # used by run and by the other files of this directory
options_defaults()
{
	kernel='' level=el1 cpu='' cpus=1 mem=1536 boot=dt gic=3 machine='' plain_machine=''
	qemu_new='' icount='' timeout=240 raw='' ram_at='' hypervisor=''
	firmware='' tfa='' sbsa='' xen='' net='' monitor='' reboots=''
	plugins=() qemu_args=() trees=() traces=()
	script=plain.sh append='' pad=0 module='' inject='' tool='' stock=''
	settings=() files=() kernel_modules=() test_modules=()
	nexts=() next_script='' next_append='' next_pad=0 next_below='' next_image='' next_format=''
	host='' debugger='' id='' keep='' hang=''
	expects=() forbids=() consoles=() console_forbids=() trace_orders=() trace_silences=()
	alarms=()
}

# What a kernel that looks for faults says of one that it has found.
ALARM='BUG: |WARNING: |INFO: |UBSAN: |ODEBUG: |suspicious RCU usage|DMA-API: .*device driver'
ALARM+='|Internal error|Unable to handle'

# options_looks_for_faults NAME: whether this kernel is built to do so.
options_looks_for_faults()
{
	[[ $1 == *-debug || $1 == *-rt ]]
}

# options_faults: what such a kernel finds fails the run, unless --alarm asks for it. All
# of it goes to the console, and takes its time. It unmaps the pages that are free, unless
# --append says otherwise.
options_faults()
{
	local line="rcupdate.rcu_cpu_stall_timeout=120" next

	[[ "$append" == *debug_pagealloc=* ]] || line="debug_pagealloc=on $line"

	options_looks_for_faults "$kernel" && append+=" $line"
	for next in "${nexts[@]}"; do
		options_looks_for_faults "$next" || continue
		next_append+=" $line"
		break
	done
	[[ "$append$next_append" == *"$line"* ]] || return 0
	timeout=$((timeout * 6))
	if [ ${#alarms[@]} -gt 0 ]; then
		consoles+=("${alarms[@]}")
	else
		console_forbids+=("$ALARM")
	fi
}

# options_blocker NAME: the settings BLOCKER and REASON for a name of the uapi's list.
options_blocker()
{
	local list=$FK_TOP/uapi/linux/fastkexec_blockers.h reason

	reason=$(awk -v name="\"$1\"," '
		$1 ~ /^X\(/ { found = $2 == name }
		found && /^\t *"/ { split($0, part, "\""); print part[2]; exit }' "$list")
	[ -n "$reason" ] || die "$list has no reason for the blocker $1"
	settings+=("BLOCKER=$1" "REASON=$reason")
}

# options_parse OPTION...: what run's head describes.
options_parse()
{
	local name words

	while [ $# -gt 0 ]; do
		case $1 in
		--module | --inject | --tool | --stock | --keep | --hang | --icount | \
			--plain-machine | --qemu-new | --raw | --xen | --monitor | \
			--debugger | --reboots)
			name=${1#--}
			declare -g "${name//-/_}=yes"
			shift
			continue
			;;
		esac
		[ $# -ge 2 ] || die "$1 wants a value"
		case $1 in
		--kernel | --level | --cpu | --cpus | --mem | --boot | --gic | --machine | \
			--timeout | --script | --append | --pad | --id | --next-script | \
			--next-append | --next-pad | --next-below | --next-image | \
			--next-format | --ram-at | --hypervisor | --firmware | --net | --host)
			name=${1#--}
			declare -g "${name//-/_}=$2"
			;;
		--plugin) plugins+=("$2") ;;
		--qemu-arg) qemu_args+=("$2") ;;
		--qemu)
			read -ra words <<<"$2"
			qemu_args+=("${words[@]}")
			;;
		--tree) trees+=("$2") ;;
		--trace) traces+=("$2") ;;
		--set) settings+=("$2") ;;
		--blocker) options_blocker "$2" ;;
		--drivers)
			read -ra words <<<"$2"
			kernel_modules+=("${words[@]}")
			settings+=("DRIVERS=$2")
			;;
		--file) files+=("$2") ;;
		--test-module) test_modules+=("$2") ;;
		--kernel-module) kernel_modules+=("$2") ;;
		--next) nexts+=("$2") ;;
		--expect) expects+=("$2") ;;
		--forbid) forbids+=("$2") ;;
		--console) consoles+=("$2") ;;
		--console-forbid) console_forbids+=("$2") ;;
		--trace-order) trace_orders+=("$2") ;;
		--trace-silence) trace_silences+=("$2") ;;
		--alarm) alarms+=("$2") ;;
		*) die "unknown option $1" ;;
		esac
		shift 2
	done
}

# options_firmware: real firmware, or the stub's.
# shellcheck disable=SC2034
options_firmware()
{
	case $firmware in
	'') ;;
	tfa | tfa-*)
		tfa=$firmware
		case $tfa-$boot in
		tfa-edk2-dt) die "--firmware $tfa wants --boot efi-dt or efi-acpi" ;;
		tfa-edk2-*) ;;
		*-efi-acpi) die "--firmware $tfa has no ACPI" ;;
		esac
		;;
	sbsa)
		[ "$level" != el1 ] || die "sbsa-ref has EL2; --level el1 has not"
		tfa=sbsa sbsa=yes boot=efi-acpi
		;;
	*)
		hypervisor=answers
		trees+=("s /psci method hvc")
		;;
	esac
}

# options_complete: what one option implies of others, and what does not go together.
# shellcheck disable=SC2034
options_complete()
{
	[ -n "$kernel" ] || die "which --kernel? ($(kernel_names))"
	page=$(kernel_field "$kernel" page)
	if [ ${#nexts[@]} -gt 0 ] && [ -z "$stock" ]; then
		module=yes tool=yes
	fi
	options_firmware
	options_faults
	[ -z "$ram_at$hypervisor${trees[*]}" ] || raw=yes
	[ -z "$hypervisor" ] || [ "$level" = nvhe ] || die "--hypervisor wants --level nvhe"
	[ -z "$xen" ] || [ "$level" = nvhe ] || die "--xen wants --level nvhe"
	[ -z "$raw" ] || [ "$boot" = dt ] || die "--raw is a device-tree boot"
	[ -z "$tfa" ] || [ -z "$raw$xen" ] || die "--firmware $tfa starts QEMU's own tree"
	[ ${#traces[@]} -gt 0 ] || [ ${#trace_orders[@]}${#trace_silences[@]} = 00 ] ||
		die "--trace-order and --trace-silence want --trace"
	if [ ${#expects[@]} -eq 0 ] && [ -z "$xen" ]; then
		expects=(@BOOT@ @NEXT@ @NEXT2@)
		expects=("${expects[@]:0:${#nexts[@]} + 1}" "^off")
	fi
}
