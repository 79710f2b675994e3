// SPDX-License-Identifier: GPL-2.0
#include "names.h"

#include <stddef.h>

#include "array.h"
#include "load_options_list.h"

struct entry {
	uint32_t value;
	const char *name;
};

#define ENTRY(entry_name, entry_value, help)	{ entry_value, entry_name },

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

static const char *find(const struct entry entries[], size_t nr, uint32_t value)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (entries[i].value == value)
			return entries[i].name;
	return "unknown";
}

const char *names_placement(uint32_t placement)
{
	static const struct entry entries[] = { LOAD_PLACEMENTS(ENTRY) };

	return find(entries, ARRAY_SIZE(entries), placement);
}

const char *names_design(uint32_t design)
{
	static const struct entry entries[] = { LOAD_DESIGNS(ENTRY) };

	return find(entries, ARRAY_SIZE(entries), design);
}

const char *names_verify(uint32_t verify)
{
	static const struct entry entries[] = { LOAD_VERIFIES(ENTRY) };

	return find(entries, ARRAY_SIZE(entries), verify);
}

const char *names_keep_reason(uint32_t reason)
{
	return reason == FASTKEXEC_KEEP_LPI ? "lpi" : "unknown";
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
