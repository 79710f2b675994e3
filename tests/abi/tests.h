/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The tests. Each leaves nothing loaded and nothing claimed.
 */
#ifndef ABI_TESTS_H
#define ABI_TESTS_H

/* What the machine says of itself, and the device node. */
void test_info(void);

/* Every field of every call wrong, the rest right. */
void test_fields(void);

/* Destinations that are not the old kernel's to give. */
void test_destinations(void);

/* What is right, at its limits. */
void test_limits(void);

/* Claims, loads and open files: who owns what, and until when. */
void test_life(void);

/* Without CAP_SYS_BOOT. */
void test_rights(void);

/* The calling process loses CAP_SYS_BOOT, and what it executes. */
void rights_drop_sys_boot(void);

/* A load that takes its time, and others meanwhile. */
void test_busy(void);

/* An image that memory cannot hold twice. */
void test_shortage(void);

/* Everything at once, from many threads. */
void test_stress(void);

/* Rehearsals, one after the other, some of them into a fault. */
void test_rehearsals(void);

/* Nothing is lost in failures, loads and unloads. */
void test_leaks(void);

/* Nor with the module; no file of the device may be open. */
void test_module(void);

/* The kernel is locked down, for ever. */
void test_lockdown(void);

/**
 * test_blocked() - a machine that cannot be left
 * @blockers: FASTKEXEC_BLOCK_* that it has
 */
void test_blocked(unsigned long long blockers);

/* Memory that virtio-mem has added, which the next kernel will not know. */
void test_hot_added(void);

/* A reboot has begun; an image that a kernel is in must be loaded before. */
void test_reboot(void);

#endif /* ABI_TESTS_H */
