// SPDX-License-Identifier: GPL-2.0
/*
 * A QEMU TCG plugin that counts what a jump from kernel to kernel costs.
 *
 *   -plugin build/bench/insncount.so,out=FILE[,from=ADDRESS][,count=no][,each=yes]
 *
 * Three kinds of instruction are events:
 *
 *   mark N   movz xzr, #(FK_MARK + N), N in 0..15, which does nothing anywhere
 *   from     the instruction at virtual ADDRESS
 *   entry    the first instruction of an arm64 EFI-stub Image, at a page boundary
 *
 * Each one appends a line to FILE: its name, the instructions that all CPUs have
 * executed before it, the host's monotonic clock in nanoseconds and the CPU.
 * QEMU's guest clock runs with the host's unless -icount is on. The count is
 * exact with one CPU; several CPUs count into the same variable without a lock. With
 * count=no nothing is counted, and the guest runs at full speed between the events. With
 * each=yes the line goes on with what each of the first eight CPUs has executed, counted
 * by translation block, which is as good as exact, also with several CPUs.
 *
 * The few declarations of QEMU's plugin interface that are needed stand here,
 * because Debian ships no header for it: version 1, QEMU 5.0 to 8.2.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "marks.h"

#define EXPORT __attribute__((visibility("default")))

struct qemu_plugin_tb;
struct qemu_plugin_insn;
typedef uint64_t qemu_plugin_id_t;

enum { QEMU_PLUGIN_CB_NO_REGS };
enum { QEMU_PLUGIN_INLINE_ADD_U64 };

typedef void translated_fn(qemu_plugin_id_t id, struct qemu_plugin_tb *tb);
typedef void block_fn(unsigned int cpu, void *instructions);
typedef void executed_fn(unsigned int cpu, void *data);

extern void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id, translated_fn *cb);
extern void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn,
						   executed_fn *cb, int flags, void *data);
extern void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *insn, int op,
						       void *counter, uint64_t amount);
extern void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *tb, block_fn *cb,
						 int flags, void *data);
extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
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

#define CPUS		8

static uint64_t executed;
static uint64_t executed_by[CPUS];
static uint64_t from;
static int counting = 1;
static int each;
static FILE *out;

static const char *const names[] = {
	"mark0", "mark1", "mark2", "mark3", "mark4", "mark5", "mark6", "mark7",
	"mark8", "mark9", "mark10", "mark11", "mark12", "mark13", "mark14", "mark15",
};

static void event(unsigned int cpu, void *name)
{
	struct timespec now;
	unsigned int i;

	clock_gettime(CLOCK_MONOTONIC, &now);
	fprintf(out, "%s insns=%llu ns=%llu cpu=%u", (const char *)name,
		(unsigned long long)executed,
		now.tv_sec * 1000000000ULL + now.tv_nsec, cpu);
	for (i = 0; each && i < CPUS; i++)
		fprintf(out, " %llu", (unsigned long long)executed_by[i]);
	fputc('\n', out);
	fflush(out);
}

static void block(unsigned int cpu, void *instructions)
{
	if (cpu < CPUS)
		executed_by[cpu] += (uintptr_t)instructions;
}

static const char *event_name(uint32_t opcode, uint64_t address)
{
	if ((opcode & MARK_MASK) == (MARK_OPCODE & MARK_MASK))
		return names[(opcode >> 5) & 0xf];
	if (from && address == from)
		return "from";
	if ((opcode == ENTRY_OLD || opcode == ENTRY_NEW) && !(address & 0xfff))
		return "entry";
	return NULL;
}

/* The callback comes before the counter: an event does not count itself. */
static void translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	size_t i, n = qemu_plugin_tb_n_insns(tb);

	(void)id;
	if (each)
		qemu_plugin_register_vcpu_tb_exec_cb(tb, block, QEMU_PLUGIN_CB_NO_REGS,
						     (void *)(uintptr_t)n);
	for (i = 0; i < n; i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		const char *name = NULL;
		uint32_t opcode;

		if (qemu_plugin_insn_size(insn) == sizeof(opcode)) {
			memcpy(&opcode, qemu_plugin_insn_data(insn), sizeof(opcode));
			name = event_name(opcode, qemu_plugin_insn_vaddr(insn));
		}
		if (name)
			qemu_plugin_register_vcpu_insn_exec_cb(insn, event,
							       QEMU_PLUGIN_CB_NO_REGS,
							       (void *)name);
		if (counting)
			qemu_plugin_register_vcpu_insn_exec_inline(insn,
								   QEMU_PLUGIN_INLINE_ADD_U64,
								   &executed, 1);
	}
}

int qemu_plugin_install(qemu_plugin_id_t id, const void *info, int argc, char **argv)
{
	int i;

	(void)info;
	for (i = 0; i < argc; i++) {
		if (!strncmp(argv[i], "out=", 4))
			out = fopen(argv[i] + 4, "w");
		else if (!strncmp(argv[i], "from=", 5))
			from = strtoull(argv[i] + 5, NULL, 0);
		else if (!strcmp(argv[i], "count=no"))
			counting = 0;
		else if (!strcmp(argv[i], "each=yes"))
			each = 1;
		else
			return -1;
	}
	if (!out)
		return -1;
	qemu_plugin_register_vcpu_tb_trans_cb(id, translate);
	return 0;
}
