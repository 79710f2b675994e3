# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# A kernel that was started with fk.nonce=WORD describes itself in one line on
# the report port:
#
#   kernel nonce=WORD release=R el=EL1|EL2 mode=M cpus=ONLINE page=BYTES
#          kvm=works|broken|no cmdline=ok|bad initrd=ok|bad taint=N warnings=N
#          memory=KIB
#
# el is the level that the CPUs started at, mode the one that the kernel runs at
# and KVM with it: el1, vhe, nvhe or hvhe.
#
# The last word of the command line, fk.sum=N, is the MD5 sum of the words before it;
# QEMU's EFI loader adds one more word. /t/stamp, the initrd's last file, lists the
# checksums of all other files.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

line=$(cat /proc/cmdline)
nonce=${line##*fk.nonce=}
nonce=${nonce%% *}

level=$(dmesg | sed -n 's/.*CPU.* started at \(EL[12]\).*/\1/p' | tail -n 1)

if [ "$level" = EL1 ]; then
	mode=el1
elif dmesg | grep -q 'VHE for hypervisor only\|Hyp hVHE mode'; then
	mode=hvhe
elif dmesg | grep -q 'detected: Virtualization Host Extensions'; then
	mode=vhe
else
	mode=nvhe
fi

page=$(sed -n 's/^KernelPageSize: *\([0-9]*\) kB/\1/p' /proc/self/smaps | head -n 1)

kvm=no
if [ -e /dev/kvm ]; then
	kvm=broken
	if /t/kvm; then kvm=works; fi
fi

cmdline=bad
sum=$(printf %s "${line% fk.sum=*}" | md5sum)
case ${line##* fk.sum=} in
"${sum%% *}" | "${sum%% *} initrd=initrd") cmdline=ok ;;
esac

initrd=bad
if [ -f /t/stamp ] && sha256sum -c -s /t/stamp; then initrd=ok; fi

alarms='WARNING: |BUG: |Internal error|Unable to handle|memory probably corrupted'
warnings=$(dmesg | grep -cE "$alarms")

report "kernel nonce=$nonce release=$(uname -r) el=$level mode=$mode cpus=$(nproc)" \
	"page=$((page * 1024)) kvm=$kvm cmdline=$cmdline initrd=$initrd" \
	"taint=$(cat /proc/sys/kernel/tainted) warnings=$warnings" \
	"memory=$(sed -n 's/MemTotal: *\([0-9]*\).*/\1/p' /proc/meminfo)"
