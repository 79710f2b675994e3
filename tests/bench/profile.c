// SPDX-License-Identifier: GPL-2.0
/*
 * A QEMU TCG plugin that says where a kernel spends its start.
 *
 *   -plugin build/bench/profile.so,out=FILE
 *
 * From the first instruction of a kernel to mark INIT it counts each translation block.
 * FILE gets one line for each: ADDRESS INSTRUCTIONS, the virtual address of its first
 * instruction and what all of its runs have executed. A block never leaves its function but
 * by a jump, so that its address names the function.
 *
 * All is counted from the last kernel entry before the first INIT. Exact with -icount, but
 * for the block that holds an event.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "plugin.h"

struct block {
	struct block *next;
	uint64_t address;
	uint64_t executed;
};

static struct block *blocks;
static FILE *out;

static void forget_all(void)
{
	struct block *block;

	for (block = blocks; block; block = block->next)
		block->executed = 0;
}

static void say_all(void)
{
	const struct block *block;

	for (block = blocks; block; block = block->next) {
		if (block->executed)
			fprintf(out, "%#" PRIx64 " %" PRIu64 "\n", block->address,
				block->executed);
	}
	fclose(out);
	out = NULL;
}

static void event(unsigned int cpu, void *data)
{
	(void)cpu;
	if (!out)
		return;
	if (data == entry)
		forget_all();
	else if (data == names[FK_MARK_NR_INIT])
		say_all();
}

static void watch(struct qemu_plugin_insn *insn)
{
	const char *name = event_name(insn);

	if (name)
		qemu_plugin_register_vcpu_insn_exec_cb(insn, event, QEMU_PLUGIN_CB_NO_REGS,
						       (void *)name);
}

static void translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	struct block *block = calloc(1, sizeof(*block));
	size_t i, n = qemu_plugin_tb_n_insns(tb);

	(void)id;
	if (!block)
		abort();
	block->address = qemu_plugin_tb_vaddr(tb);
	block->next = blocks;
	blocks = block;
	qemu_plugin_register_vcpu_tb_exec_inline(tb, QEMU_PLUGIN_INLINE_ADD_U64, &block->executed,
						 n);
	for (i = 0; i < n; i++)
		watch(qemu_plugin_tb_get_insn(tb, i));
}

int qemu_plugin_install(qemu_plugin_id_t id, const void *info, int argc, char **argv)
{
	(void)info;
	if (argc == 1 && !strncmp(argv[0], "out=", 4))
		out = fopen(argv[0] + 4, "w");
	if (!out)
		return -1;
	qemu_plugin_register_vcpu_tb_trans_cb(id, translate);
	return 0;
}
