# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# With FF-A, whose partitions TF-A itself manages. One is the test secure payload.

# shellcheck source=tests/env/firmware/tsp.sh
. "$FK_ENV/firmware/tsp.sh"

# partition DIRECTORY: what FF-A is to know of the test secure payload,
# DIRECTORY/partition.dts. Its UUID is TF-A's.
partition()
{
	cat >"$1/partition.dts" <<-END
		/dts-v1/;
		/ {
			compatible = "arm,ffa-manifest-1.0";
			#address-cells = <2>;
			#size-cells = <1>;
			ffa-version = <0x00010001>;
			id = <0x8001>;
			uuid = <0x6b43b460 0x74a24b78 0xade24502 0x40682886>;
			messaging-method = <3>;
			exception-level = <2>;
			execution-state = <0>;
			execution-ctx-count = <32>;
			gp-register-num = <0>;
			power-management-messages = <7>;
		};
	END
}

prepare()
{
	tsp "$1/tf-a"
	partition "$1"
	arguments+=(SPD=spmd SPMD_SPM_AT_SEL2=0 SPMC_AT_EL3=1 NEED_BL32=yes LOG_LEVEL=40
		QEMU_TOS_FW_CONFIG_DTS="$1/partition.dts")
}
