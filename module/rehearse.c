// SPDX-License-Identifier: GPL-2.0
/*
 * The rehearsal. Contract in rehearse.h.
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/stop_machine.h>
#include <linux/string.h>

#include <asm/sysreg.h>

#include "inject.h"
#include "kernel_tables.h"
#include "leave/trace.h"
#include "machine/el2.h"
#include "machine/sdei.h"
#include "rehearse.h"
#include "reloc_mem.h"
#include "roll_call.h"
#include "slot.h"

/* Scratch memory of one copy, and of one stretch of zeroes, in pages. */
#define SCRATCH_ORDER	4
#define SCRATCH_SIZE	(PAGE_SIZE << SCRATCH_ORDER)

static bool provoke;
module_param(provoke, bool, 0600);
MODULE_PARM_DESC(provoke, "for tests: every rehearsal runs into a fault");

#define PAR_FAULT	BIT_ULL(0)

/**
 * struct rehearsal - what one rehearsal needs
 * @image: under test
 * @survey: of the machine and its memory
 * @chunks: scratch memory and tables
 * @no_plan: @chunks has no destination to avoid
 * @reloc: pages of its own, with the shipped relocation page
 * @tables: map the scratch memory
 * @request: what @tables are built from
 * @move: source to destination, and zeroes
 * @linear: for FK_DESIGN_LINEAR
 * @regs: the machine's, with another way to leave
 * @result: set with every other CPU held: 0, -EBUSY, -EAGAIN or -EIO
 * @provoked: the copy runs into an address that is not mapped
 * @at_failed: AT found something else than the walk in software
 * @at_va: where
 * @syndrome: what fk_reloc_enter() returned
 */
struct rehearsal {
	const struct fk_image *image;
	const struct fk_survey *survey;
	struct fk_chunks chunks;
	struct fk_plan no_plan;
	struct fk_reloc reloc;
	struct fk_tables tables;
	struct fk_tables_request request;
	struct fk_move move[2];
	struct fk_linear linear;
	struct fk_reloc_regs regs;
	int result;
	bool provoked;
	bool at_failed;
	u64 at_va;
	u64 syndrome;
};

/* ---- the CPU's own walker ---- */

static void flush_tlb(void)
{
	asm volatile("tlbi vmalle1\n\tdsb nsh\n\tisb" : : : "memory");
}

/* Through the empty table, as T0SZ may change too. */
static void switch_lower(u64 empty, u64 tcr, u64 ttbr)
{
	write_sysreg(empty, ttbr0_el1);
	isb();
	flush_tlb();
	write_sysreg(tcr, tcr_el1);
	isb();
	write_sysreg(ttbr, ttbr0_el1);
	isb();
}

static bool at_finds(u64 va, u64 pa, bool write)
{
	u64 par;

	if (write)
		asm volatile("at s1e1w, %0\n\tisb" : : "r" (va) : "memory");
	else
		asm volatile("at s1e1r, %0\n\tisb" : : "r" (va) : "memory");
	par = read_sysreg_par();
	/* PA[51:48] are zero where the CPU has no more than 48 bits. */
	return !(par & PAR_FAULT) && (par & GENMASK_ULL(51, 12)) == (pa & GENMASK_ULL(51, 12));
}

/*
 * Every leaf of [@va, @va + @size), in the lower range: tables of the upper one
 * translate the same there, with the bits above the range's size cleared.
 */
static bool at_finds_range(struct rehearsal *rehearsal, const struct fk_pgtable *data, u64 va,
			   u64 size, bool write)
{
	u64 mask = GENMASK_ULL(data->geo.va_bits - 1, 0);
	struct fk_pt_walk walk;
	u64 end = va + size;

	for (; va < end; va = (va | (walk.size - 1)) + 1) {
		rehearsal->at_va = va;
		if (fk_pgtable_walk(data, va, &walk) || !at_finds(va & mask, walk.pa, write))
			return false;
	}
	return true;
}

static bool at_finds_list(struct rehearsal *rehearsal, const struct fk_tables *tables,
			  const struct fk_descriptor *desc)
{
	const struct fk_pgtable *data = tables->upper.pages ? &tables->upper : &tables->lower;
	const struct fk_copy *entry = (const void *)desc + FK_LIST_OFFSET;

	while (entry->kind != FK_COPY_KIND_END) {
		if (entry->kind == FK_COPY_KIND_LINK) {
			entry = phys_to_virt(entry->src);
			continue;
		}
		if (!at_finds_range(rehearsal, data, entry->dst, entry->len, true))
			return false;
		if (entry->kind == FK_COPY_KIND_MOVE &&
		    !at_finds_range(rehearsal, data, entry->src, entry->len, false))
			return false;
		entry++;
	}
	return true;
}

/* The pages of the list: it is mapped to itself in the lower range, whatever the design. */
static bool at_finds_links(struct rehearsal *rehearsal, const struct fk_descriptor *desc)
{
	const struct fk_copy *entry = (const void *)desc + FK_LIST_OFFSET;

	while (entry->kind != FK_COPY_KIND_END) {
		if (entry->kind != FK_COPY_KIND_LINK) {
			entry++;
			continue;
		}
		rehearsal->at_va = entry->src;
		if (!at_finds(entry->src, entry->src, false))
			return false;
		entry = phys_to_virt(entry->src);
	}
	return true;
}

static u64 tcr_for(const struct fk_descriptor *desc, const struct fk_pgtable *pt)
{
	return (desc->tcr_enter & ~GENMASK_ULL(5, 0)) | (64 - pt->geo.va_bits);
}

/* All that a jump with @desc and @tables touches. Whether code runs, AT does not tell. */
static bool at_finds_all(struct rehearsal *rehearsal, const struct fk_tables *tables,
			 const struct fk_descriptor *desc)
{
	u64 ttbr0 = read_sysreg(ttbr0_el1);
	u64 tcr = read_sysreg(tcr_el1);
	bool ok;

	switch_lower(desc->ttbr_empty, desc->tcr_enter, desc->ttbr0);
	rehearsal->at_va = desc->page;
	ok = at_finds(desc->page, desc->page, false) && at_finds(desc->self, desc->self, false);
	ok = ok && at_finds_links(rehearsal, desc);
	if (ok && tables->upper.pages)
		switch_lower(desc->ttbr_empty, tcr_for(desc, &tables->upper),
			     fk_pgtable_ttbr(&tables->upper));
	ok = ok && at_finds_list(rehearsal, tables, desc);
	switch_lower(desc->ttbr_empty, tcr, ttbr0);
	return ok;
}

/* ---- the relocation page ---- */

/*
 * The stub's vectors are not exported: they are read at EL2 itself. KVM, which may
 * have come to this CPU just now, would be lost: then EL2 is left alone.
 */
static bool take_el2(struct rehearsal *rehearsal)
{
	struct fk_descriptor *desc = rehearsal->reloc.desc;

	if (!(desc->leave & FK_LEAVE_HVC))
		return true;
	if (fk_el2_owner() != FK_EL2_STUB) {
		desc->leave &= ~FK_LEAVE_HVC;
		return true;
	}
	desc->vbar_el2 = fk_el2_read_vbar(desc->page + (fk_reloc_read_vbar - fk_reloc_start));
	return fk_el2_take(desc->page + FK_RELOC_VECTORS);
}

static int go_through(struct rehearsal *rehearsal)
{
	if (fk_trace_armed())
		return -EBUSY;
	if (fk_slot_memory_stamp() != rehearsal->survey->stamp)
		return -EAGAIN;
	rehearsal->at_failed =
		!at_finds_all(rehearsal, &rehearsal->image->tables,
			      rehearsal->image->reloc.desc) ||
		(!rehearsal->provoked && !at_finds_all(rehearsal, &rehearsal->tables,
						       rehearsal->reloc.desc));
	if (rehearsal->at_failed)
		return -EIO;
	if (!take_el2(rehearsal))
		return -EIO;
	rehearsal->syndrome = fk_reloc_enter(rehearsal->reloc.desc);
	return rehearsal->syndrome ? -EIO : 0;
}

/* With every other CPU held, its interrupts off. */
static int run(void *arg)
{
	struct rehearsal *rehearsal = arg;
	bool masked;
	u64 daif;

	asm volatile("mrs %0, daif\n\tmsr daifset, #0xf" : "=r" (daif) : : "memory");
	masked = fk_sdei_mask(&rehearsal->image->psci);
	rehearsal->result = go_through(rehearsal);
	if (masked)
		fk_sdei_unmask(&rehearsal->image->psci);
	asm volatile("msr daif, %0" : : "r" (daif) : "memory");
	return 0;
}

/* ---- before and after ---- */

static int make_scratch(struct rehearsal *rehearsal, struct fk_report *report)
{
	struct fk_chunk *from = fk_chunks_alloc(&rehearsal->chunks, SCRATCH_ORDER, false);
	struct fk_chunk *to = fk_chunks_alloc(&rehearsal->chunks, SCRATCH_ORDER + 1, false);
	u32 *word;
	u64 i;

	if (!from || !to)
		return fk_report_fail(report, -ENOMEM, "not enough memory to rehearse");
	word = page_address(from->page);
	for (i = 0; i < SCRATCH_SIZE / sizeof(*word); i++)
		word[i] = i * 0x9e3779b1;
	memset(page_address(to->page), 0xa5, 2 * SCRATCH_SIZE);

	rehearsal->move[0].src_pa = page_to_phys(from->page);
	rehearsal->move[0].dst_pa = page_to_phys(to->page);
	rehearsal->move[0].size = SCRATCH_SIZE;
	rehearsal->move[1].src_pa = FK_MOVE_ZERO;
	rehearsal->move[1].dst_pa = page_to_phys(to->page) + SCRATCH_SIZE;
	rehearsal->move[1].size = SCRATCH_SIZE;
	return 0;
}

static int make_tables(struct rehearsal *rehearsal, struct fk_report *report)
{
	const struct fk_machine *machine = &rehearsal->survey->machine;
	struct fk_tables_request *request = &rehearsal->request;
	int err;

	err = fk_reloc_make(&rehearsal->reloc, &rehearsal->chunks);
	if (err)
		return fk_report_fail(report, err, "not enough memory to rehearse");
	fk_kernel_linear(&rehearsal->linear, &machine->geometry, &rehearsal->survey->ram.system);
	request->design = rehearsal->image->design;
	request->geo = &machine->geometry;
	request->ops = &fk_kernel_table_ops;
	request->ctx = &rehearsal->chunks;
	request->reloc = &rehearsal->reloc;
	request->move = rehearsal->move;
	request->nr_moves = ARRAY_SIZE(rehearsal->move);
	request->linear = &rehearsal->linear;
	err = fk_tables_build(&rehearsal->tables, request);
	if (err == -ENOMEM)
		return fk_report_fail(report, err, "not enough memory to rehearse");
	if (err)
		return fk_report_fail(report, -EADDRNOTAVAIL,
				      "scratch memory cannot be mapped (%d)", err);
	if (fk_tables_check(&rehearsal->tables, request))
		return fk_report_fail(report, -EIO,
				      "the tables of the rehearsal do not map what they should");

	rehearsal->regs = machine->regs;
	rehearsal->regs.leave |= FK_LEAVE_RETURN;
	fk_reloc_fill(&rehearsal->reloc, &rehearsal->tables, &rehearsal->regs,
		      machine->psci.conduit, 0, 0);
	fk_reloc_sync(&rehearsal->reloc, &rehearsal->regs);
	return 0;
}

/* Send the first copy to read where the tables map nothing. */
static int provoke_fault(struct rehearsal *rehearsal, struct fk_report *report)
{
	const struct fk_tables *tables = &rehearsal->tables;
	const struct fk_pgtable *data = tables->upper.pages ? &tables->upper : &tables->lower;
	struct fk_copy *first = (void *)rehearsal->reloc.desc + FK_LIST_OFFSET;
	struct fk_pt_walk walk;
	unsigned int bit;

	for (bit = PAGE_SHIFT; bit < data->geo.va_bits; bit++) {
		u64 va = first->src ^ BIT_ULL(bit);

		if (fk_pgtable_walk(data, va, &walk) || walk.valid)
			continue;
		first->src = va;
		return 0;
	}
	return fk_report_fail(report, -EIO, "no unmapped address to provoke a fault at");
}

static bool copied_well(const struct rehearsal *rehearsal)
{
	const void *from = phys_to_virt(rehearsal->move[0].src_pa);
	const void *to = phys_to_virt(rehearsal->move[0].dst_pa);
	const void *zeroes = phys_to_virt(rehearsal->move[1].dst_pa);

	return !memcmp(from, to, SCRATCH_SIZE) && !memchr_inv(zeroes, 0, SCRATCH_SIZE);
}

static int judge(const struct rehearsal *rehearsal, struct fk_report *report)
{
	int err = rehearsal->result;

	if (err == -EBUSY)
		return fk_report_fail(report, err,
				      "a profiling or trace buffer is armed: stop perf, then rehearse");
	if (err == -EAGAIN)
		return fk_report_fail(report, -EBUSY, "memory went offline meanwhile: try again");
	if (rehearsal->at_failed)
		return fk_report_fail(report, err, "rehearsal: the CPU does not translate 0x%llx",
				      rehearsal->at_va);
	if (err && rehearsal->syndrome)
		return fk_report_fail(report, err,
				      "rehearsal: the relocation page met a fault, ESR 0x%llx",
				      rehearsal->syndrome & ~FK_RELOC_FAULT);
	if (err)
		return fk_report_fail(report, err, "rehearsal: EL2 does not let itself be taken");
	if (!copied_well(rehearsal))
		return fk_report_fail(report, -EIO, "rehearsal: the copy came out wrong");
	return 0;
}

static u32 what_was_done(const struct rehearsal *rehearsal)
{
	u32 done = FASTKEXEC_REHEARSED_WALK | FASTKEXEC_REHEARSED_AT | FASTKEXEC_REHEARSED_COPY;

	if ((rehearsal->reloc.desc->leave & FK_LEAVE_HVC) ||
	    rehearsal->survey->machine.level == FASTKEXEC_LEVEL_EL2_VHE)
		done |= FASTKEXEC_REHEARSED_EL2;
	if (rehearsal->image->verify.level != FASTKEXEC_VERIFY_NONE)
		done |= FASTKEXEC_REHEARSED_VERIFY;
	return done;
}

/* A CPU that runs no tasks cannot be held: stop_machine() would wait for it for ever. */
static int check_cpus(struct fk_report *report)
{
	unsigned int cpu;

	if (fk_roll_call(&cpu))
		return 0;
	return fk_report_fail(report, -EBUSY, "CPU %u runs no tasks: it cannot be held", cpu);
}

int fk_rehearse(struct fk_image *image, const struct fk_survey *survey, struct fk_report *report)
{
	struct rehearsal *rehearsal = FK_MAY_FAIL(kzalloc(sizeof(*rehearsal), GFP_KERNEL), NULL);
	int err;

	if (!rehearsal)
		return fk_report_fail(report, -ENOMEM, "not enough memory to rehearse");
	rehearsal->image = image;
	rehearsal->survey = survey;
	rehearsal->provoked = READ_ONCE(provoke);
	fk_chunks_init(&rehearsal->chunks, &rehearsal->no_plan, image->chunks.highest_pa);

	err = fk_verify_rehearse(image, report);
	if (!err)
		err = fk_image_check(image, survey, report);
	if (!err)
		err = make_scratch(rehearsal, report);
	if (!err)
		err = make_tables(rehearsal, report);
	if (!err && rehearsal->provoked)
		err = provoke_fault(rehearsal, report);
	if (!err)
		err = check_cpus(report);
	if (!err) {
		image->rehearsed = 0;
		stop_machine(run, rehearsal, NULL);
		err = judge(rehearsal, report);
	}
	if (!err)
		image->rehearsed = what_was_done(rehearsal);

	fk_chunks_free(&rehearsal->chunks);
	kfree(rehearsal);
	return err;
}
