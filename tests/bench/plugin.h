/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the plugins of the benchmark share: the declarations of QEMU's plugin interface that
 * they need, because Debian ships no header for it (version 1, QEMU 5.0 to 8.2), and the
 * instructions that are events.
 */
#ifndef TESTS_BENCH_PLUGIN_H
#define TESTS_BENCH_PLUGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "marks.h"

#define EXPORT __attribute__((visibility("default")))

struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct qemu_plugin_hwaddr;
typedef uint64_t qemu_plugin_id_t;
typedef uint32_t qemu_plugin_meminfo_t;

enum { QEMU_PLUGIN_CB_NO_REGS };
enum { QEMU_PLUGIN_INLINE_ADD_U64 };
enum { QEMU_PLUGIN_MEM_R = 1, QEMU_PLUGIN_MEM_W, QEMU_PLUGIN_MEM_RW };

typedef void translated_fn(qemu_plugin_id_t id, struct qemu_plugin_tb *tb);
typedef void executed_fn(unsigned int cpu, void *data);
typedef void accessed_fn(unsigned int cpu, qemu_plugin_meminfo_t info, uint64_t vaddr, void *data);

extern void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id, translated_fn *cb);
extern void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn,
						   executed_fn *cb, int flags, void *data);
extern void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *insn, int op,
						       void *counter, uint64_t amount);
extern void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *tb, executed_fn *cb,
						 int flags, void *data);
extern void qemu_plugin_register_vcpu_tb_exec_inline(struct qemu_plugin_tb *tb, int op,
						     void *counter, uint64_t amount);
extern void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *insn, accessed_fn *cb,
					     int flags, int rw, void *data);
extern unsigned int qemu_plugin_mem_size_shift(qemu_plugin_meminfo_t info);
extern bool qemu_plugin_mem_is_store(qemu_plugin_meminfo_t info);
extern struct qemu_plugin_hwaddr *qemu_plugin_get_hwaddr(qemu_plugin_meminfo_t info,
							 uint64_t vaddr);
extern bool qemu_plugin_hwaddr_is_io(const struct qemu_plugin_hwaddr *hwaddr);
extern uint64_t qemu_plugin_hwaddr_phys_addr(const struct qemu_plugin_hwaddr *hwaddr);
extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
extern uint64_t qemu_plugin_tb_vaddr(const struct qemu_plugin_tb *tb);
extern struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb,
							size_t index);
extern const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
extern size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *insn);
extern uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);

EXPORT int qemu_plugin_version = 1;
EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const void *info, int argc, char **argv);

/* MOVZ XZR, #imm16 (Arm ARM C6.2): imm16 in bits 20:5, of which N is the lowest four. */
#define MARK_MASK	0xfffffe1fU
#define MARK_OPCODE	(0xd280001fU | FK_MARK << 5)

/* "MZ" and what completes it to an instruction: until 5.16, and from 5.17 on. */
#define ENTRY_OLD	0x91005a4dU
#define ENTRY_NEW	0xfa405a4dU

static const char *const names[] = {
	"mark0", "mark1", "mark2", "mark3", "mark4", "mark5", "mark6", "mark7",
	"mark8", "mark9", "mark10", "mark11", "mark12", "mark13", "mark14", "mark15",
};

static const char entry[] = "entry";

/**
 * event_name() - the event that an instruction is
 * @insn: the instruction
 *
 * Return: its name, one of @names or @entry, or NULL
 */
static const char *event_name(const struct qemu_plugin_insn *insn)
{
	uint32_t opcode;

	if (qemu_plugin_insn_size(insn) != sizeof(opcode))
		return NULL;
	memcpy(&opcode, qemu_plugin_insn_data(insn), sizeof(opcode));
	if ((opcode & MARK_MASK) == (MARK_OPCODE & MARK_MASK))
		return names[(opcode >> 5) & 0xf];
	if ((opcode == ENTRY_OLD || opcode == ENTRY_NEW) &&
	    !(qemu_plugin_insn_vaddr(insn) & 0xfff))
		return entry;
	return NULL;
}

#endif /* TESTS_BENCH_PLUGIN_H */
