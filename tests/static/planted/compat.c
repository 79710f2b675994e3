// SPDX-License-Identifier: GPL-2.0
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 12, 0)
#define VA_BITS_HERE	CONFIG_ARM64_VA_BITS
#endif

void *found(void)
{
	return kallsyms_lookup_name("found");
}
