/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sizes that the arm64 boot protocol fixes (Documentation/arch/arm64/booting.rst in
 * the kernel), all in bytes.
 */
#ifndef FASTKEXEC_BOOT_PROTOCOL_H
#define FASTKEXEC_BOOT_PROTOCOL_H

/* A kernel begins at its text offset from a multiple of this. */
#define BOOT_KERNEL_ALIGN	(2ULL << 20)

/* Kernel and initrd lie inside this much, beginning at a multiple of 1 GiB. */
#define BOOT_WINDOW		(32ULL << 30)

/* A device tree is no larger, and the next kernel maps it by blocks of this size. */
#define BOOT_DTB_MAX		(2ULL << 20)

/* The largest page of an arm64 kernel. The next kernel's may be of any size up to it. */
#define BOOT_LARGEST_PAGE	65536ULL

#endif /* FASTKEXEC_BOOT_PROTOCOL_H */
