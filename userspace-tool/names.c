// SPDX-License-Identifier: GPL-2.0
#include "names.h"

#include "load_options_list.h"

#define CASE(name, value, help) \
	case value: \
		return name;

const char *names_role(uint32_t role)
{
	switch (role) {
	case FASTKEXEC_ROLE_KERNEL:
		return "kernel";
	case FASTKEXEC_ROLE_INITRD:
		return "initrd";
	case FASTKEXEC_ROLE_DTB:
		return "dtb";
	default:
		return "other";
	}
}

const char *names_placement(uint32_t placement)
{
	switch (placement) {
	LOAD_PLACEMENTS(CASE)
	default:
		return "unknown";
	}
}

const char *names_design(uint32_t design)
{
	switch (design) {
	LOAD_DESIGNS(CASE)
	default:
		return "unknown";
	}
}

struct names_level names_level(uint32_t level)
{
	switch (level) {
	case FASTKEXEC_LEVEL_EL1:
		return (struct names_level){ "el1", "EL1" };
	case FASTKEXEC_LEVEL_EL2_STUB:
		return (struct names_level){ "el2-stub", "EL1, with the kernel's stub at EL2" };
	case FASTKEXEC_LEVEL_EL2_KVM:
		return (struct names_level){ "el2-kvm", "EL1, with KVM at EL2" };
	case FASTKEXEC_LEVEL_EL2_VHE:
		return (struct names_level){ "el2-vhe", "EL2 (VHE)" };
	default:
		return (struct names_level){ "unknown", "a level this tool does not know" };
	}
}
