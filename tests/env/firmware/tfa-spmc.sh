# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# With FF-A, whose partitions OP-TEE manages at S-EL1.

# spmc DIRECTORY: OP-TEE as the partition manager of FF-A at S-EL1, whose header and parts
# go to DIRECTORY/optee/core, and what TF-A is to know of it, DIRECTORY/spmc.dts. Debian builds it
# for SMCs of its own.
spmc()
{
	copy_source optee-os sid optee-os "$1"
	# Its scripts want the python of Debian, which has their modules.
	logged PATH="/usr/bin:$PATH" make -s -C "$1/optee-os" -j"$(nproc)" \
		CROSS_COMPILE64="$FK_CROSS" CC64="${FK_CROSS}gcc-12" O="$1/optee" \
		PLATFORM=vexpress-qemu_armv8a CFG_ARM64_core=y CFG_USER_TA_TARGETS=ta_arm64 \
		CFG_ARM_GICV3=y CFG_CORE_SEL1_SPMC=y CFG_TEE_CORE_LOG_LEVEL=1
	cat >"$1/spmc.dts" <<-END
		/dts-v1/;
		/ {
			compatible = "arm,ffa-core-manifest-1.0";
			#address-cells = <2>;
			#size-cells = <1>;

			attribute {
				spmc_id = <0x8000>;
				maj_ver = <1>;
				min_ver = <0>;
				exec_state = <0>;
				load_address = <0 0xe100000>;
				entrypoint = <0 0xe100000>;
				binary_size = <0x80000>;
			};
		};
	END
}

prepare()
{
	spmc "$1"
	arguments+=(SPD=spmd SPMD_SPM_AT_SEL2=0 SPMC_OPTEE=1 NEED_BL32=yes
		BL32="$1/optee/core/tee-header_v2.bin"
		BL32_EXTRA1="$1/optee/core/tee-pager_v2.bin"
		BL32_EXTRA2="$1/optee/core/tee-pageable_v2.bin"
		QEMU_TOS_FW_CONFIG_DTS="$1/spmc.dts")
}
