# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=dash
#
# The next kernel of bench.sh: starts a service, and marks its first answer. Reports what
# the jump has written down, if it was ours.

# shellcheck source=tests/guest/scripts/guest_lib.sh
. /t/guest_lib.sh

must ifconfig lo 127.0.0.1
must httpd -p 127.0.0.1:80 -h /t
must wget -q -O /dev/null http://127.0.0.1/guest_lib.sh
/t/measure --answers

[ ! -e /sys/firmware/devicetree/base/chosen/fastkexec,record ] ||
	report "record $(fastkexec report --json | tr -d '\n')"
