// SPDX-License-Identifier: GPL-2.0
/*
 * A QEMU TCG plugin that counts what a jump from kernel to kernel costs.
 *
 *   -plugin build/bench/insncount.so,out=FILE[,each=yes][,memory=yes]
 *
 * Two kinds of instruction are events:
 *
 *   mark N   movz xzr, #(FK_MARK + N), N in 0..15, which does nothing anywhere
 *   entry    the first instruction of an arm64 EFI-stub Image, at a page boundary
 *
 * Each one appends a line to FILE: its name and words KEY=NUMBER:
 *
 *   insns    instructions that all CPUs have executed before it
 *   cpu      whose event it is
 *   cpuN     each=yes: what CPU N has executed, for those that have; counted by
 *            translation block, which is as good as exact
 *   loads stores loaded stored   memory=yes: accesses of all CPUs and their bytes,
 *            since the plugin watches: from mark SHUTDOWN to the next entry. A pair is
 *            two accesses. DC ZVA and what devices do is not seen
 *
 * With memory=yes an entry that ends a watch is followed by lines "stored ADDRESS BYTES":
 * what was stored to each page of 4 KB in RAM, by its physical address.
 *
 * The counts are exact with -icount, where one thread runs all CPUs.
 * tests/bench/known.S is a program whose counts are known.
 */
#include <stdio.h>
#include <stdlib.h>

#include "plugin.h"

#define CPUS		64

/* Pages of 4 KB below 1 TB; the table is sparse. */
#define PAGE_BITS	12
#define PAGES		(1UL << (40 - PAGE_BITS))

static uint64_t executed;
static uint64_t executed_by[CPUS];
static bool each;
static FILE *out;

static bool memory;
static bool watching;
static uint64_t accesses[2];
static uint64_t bytes[2];
static uint32_t *stored_to;
static uint64_t lowest_page = PAGES;
static uint64_t highest_page;

static void say_event(unsigned int cpu, const char *name)
{
	unsigned int i;

	fprintf(out, "%s insns=%llu cpu=%u", name, (unsigned long long)executed, cpu);
	for (i = 0; each && i < CPUS; i++) {
		if (executed_by[i])
			fprintf(out, " cpu%u=%llu", i, (unsigned long long)executed_by[i]);
	}
	if (memory)
		fprintf(out, " loads=%llu stores=%llu loaded=%llu stored=%llu",
			(unsigned long long)accesses[0], (unsigned long long)accesses[1],
			(unsigned long long)bytes[0], (unsigned long long)bytes[1]);
	fputc('\n', out);
}

static void say_stored(void)
{
	uint64_t page;

	for (page = lowest_page; page <= highest_page; page++) {
		if (!stored_to[page])
			continue;
		fprintf(out, "stored %#llx %u\n", (unsigned long long)page << PAGE_BITS,
			stored_to[page]);
		stored_to[page] = 0;
	}
}

static void event(unsigned int cpu, void *data)
{
	const char *name = data;

	say_event(cpu, name);
	if (name == names[FK_MARK_NR_SHUTDOWN]) {
		watching = memory;
	} else if (name == entry && watching) {
		watching = false;
		say_stored();
	}
	fflush(out);
}

static void block(unsigned int cpu, void *instructions)
{
	if (cpu < CPUS)
		executed_by[cpu] += (uintptr_t)instructions;
}

static void note_page(uint64_t page, unsigned int size)
{
	if (page >= PAGES)
		return;
	stored_to[page] += size;
	if (page < lowest_page)
		lowest_page = page;
	if (page > highest_page)
		highest_page = page;
}

static void access_memory(unsigned int cpu, qemu_plugin_meminfo_t info, uint64_t vaddr, void *data)
{
	const unsigned int size = 1U << qemu_plugin_mem_size_shift(info);
	const bool store = qemu_plugin_mem_is_store(info);
	const struct qemu_plugin_hwaddr *hwaddr;

	(void)cpu;
	(void)data;
	if (!watching)
		return;
	accesses[store]++;
	bytes[store] += size;
	if (!store)
		return;
	hwaddr = qemu_plugin_get_hwaddr(info, vaddr);
	if (hwaddr && !qemu_plugin_hwaddr_is_io(hwaddr))
		note_page(qemu_plugin_hwaddr_phys_addr(hwaddr) >> PAGE_BITS, size);
}

static void watch(struct qemu_plugin_insn *insn)
{
	const char *name = event_name(insn);

	/* The callback comes before the counter: an event does not count itself. */
	if (name)
		qemu_plugin_register_vcpu_insn_exec_cb(insn, event, QEMU_PLUGIN_CB_NO_REGS,
						       (void *)name);
	qemu_plugin_register_vcpu_insn_exec_inline(insn, QEMU_PLUGIN_INLINE_ADD_U64, &executed, 1);
	if (memory)
		qemu_plugin_register_vcpu_mem_cb(insn, access_memory, QEMU_PLUGIN_CB_NO_REGS,
						 QEMU_PLUGIN_MEM_RW, NULL);
}

static void translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	size_t i, n = qemu_plugin_tb_n_insns(tb);

	(void)id;
	if (each)
		qemu_plugin_register_vcpu_tb_exec_cb(tb, block, QEMU_PLUGIN_CB_NO_REGS,
						     (void *)(uintptr_t)n);
	for (i = 0; i < n; i++)
		watch(qemu_plugin_tb_get_insn(tb, i));
}

int qemu_plugin_install(qemu_plugin_id_t id, const void *info, int argc, char **argv)
{
	int i;

	(void)info;
	for (i = 0; i < argc; i++) {
		if (!strncmp(argv[i], "out=", 4))
			out = fopen(argv[i] + 4, "w");
		else if (!strcmp(argv[i], "memory=yes"))
			memory = true;
		else if (!strcmp(argv[i], "each=yes"))
			each = true;
		else
			return -1;
	}
	if (memory)
		stored_to = calloc(PAGES, sizeof(*stored_to));
	if (!out || (memory && !stored_to))
		return -1;
	qemu_plugin_register_vcpu_tb_trans_cb(id, translate);
	return 0;
}
