// SPDX-License-Identifier: GPL-2.0
/*
 * The identity design: whatever the jump touches is mapped to itself in the
 * lower range, and the list names physical addresses. Contracts in tables.h.
 */
#include "tables.h"

/*
 * The copy list grows from page to page: one entry is always kept free for the
 * link, or the end.
 */
struct list_writer {
	struct fk_tables *tables;
	u64 page_size;
	struct fk_copy *next;
	struct fk_copy *last;
};

static int map_self(struct fk_tables *tables, u64 pa, u64 size, enum fk_pt_prot prot)
{
	return fk_pgtable_map(&tables->lower, pa, pa, size, prot);
}

static int next_page(struct list_writer *writer)
{
	struct fk_tables *tables = writer->tables;
	struct fk_pgtable *lower = &tables->lower;
	struct fk_copy *page;
	u64 pa;
	int err;

	page = lower->ops->alloc(lower->ctx, &pa);
	if (!page)
		return -ENOMEM;
	tables->list_pages++;

	err = map_self(tables, pa, writer->page_size, FK_PT_RO);
	if (err)
		return err;

	writer->next->src = pa;
	writer->next->kind = FK_COPY_KIND_LINK;
	writer->next = page;
	writer->last = page + writer->page_size / sizeof(*page) - 1;
	return 0;
}

static int add_entry(struct list_writer *writer, const struct fk_move *move)
{
	struct fk_copy *entry;
	int err;

	if (writer->next == writer->last) {
		err = next_page(writer);
		if (err)
			return err;
	}
	entry = writer->next++;
	entry->dst = move->dst_pa;
	entry->src = move->src_pa == FK_MOVE_ZERO ? 0 : move->src_pa;
	entry->len = move->size;
	entry->kind = move->src_pa == FK_MOVE_ZERO ? FK_COPY_KIND_ZERO : FK_COPY_KIND_MOVE;
	writer->tables->entries++;
	writer->tables->move_bytes += move->size;
	return 0;
}

static bool continues(const struct fk_move *move, const struct fk_move *next)
{
	if (move->dst_pa + move->size != next->dst_pa)
		return false;
	if (move->src_pa == FK_MOVE_ZERO || next->src_pa == FK_MOVE_ZERO)
		return move->src_pa == next->src_pa;
	return move->src_pa + move->size == next->src_pa;
}

static int add_moves(struct list_writer *writer, const struct fk_move *move, u64 nr)
{
	u64 i = 0;
	int err;

	while (i < nr) {
		struct fk_move run = move[i++];

		while (i < nr && continues(&run, &move[i]))
			run.size += move[i++].size;

		err = map_self(writer->tables, run.dst_pa, run.size, FK_PT_RW);
		if (!err && run.src_pa != FK_MOVE_ZERO)
			err = map_self(writer->tables, run.src_pa, run.size, FK_PT_RO);
		if (!err)
			err = add_entry(writer, &run);
		if (err)
			return err;
	}
	writer->next->kind = FK_COPY_KIND_END;
	return 0;
}

static int fill(struct fk_tables *tables, const struct fk_control *control,
		const struct fk_move *move, u64 nr_moves)
{
	struct list_writer writer = {
		.tables = tables,
		.page_size = control->page_size,
	};
	char *desc_page = (char *)control->desc;
	int err;

	writer.next = (struct fk_copy *)(desc_page + FK_LIST_OFFSET);
	writer.last = writer.next + (control->page_size - FK_LIST_OFFSET) / FK_COPY_SIZE - 1;

	err = map_self(tables, control->page_pa, control->page_size, FK_PT_RX);
	if (!err)
		err = map_self(tables, control->desc_pa, control->page_size, FK_PT_RO);
	if (!err)
		err = add_moves(&writer, move, nr_moves);
	return err;
}

int fk_tables_build(struct fk_tables *tables, const struct fk_pt_geometry *geo,
		    const struct fk_pt_ops *ops, void *ctx, const struct fk_control *control,
		    const struct fk_move *move, u64 nr_moves)
{
	static const struct fk_tables none;
	struct fk_pt_geometry lower = *geo;
	int err;

	*tables = none;
	lower.top_range = false;
	lower.va_bits = fk_pgtable_identity_va_bits(geo, control->highest_pa);
	if (!lower.va_bits)
		return -ERANGE;

	err = fk_pgtable_init(&tables->lower, &lower, ops, ctx);
	if (!err)
		err = fk_pgtable_init(&tables->empty, &lower, ops, ctx);
	if (!err)
		err = fill(tables, control, move, nr_moves);
	if (err)
		fk_tables_destroy(tables);
	return err;
}

void fk_tables_destroy(struct fk_tables *tables)
{
	static const struct fk_tables none;

	fk_pgtable_destroy(&tables->lower);
	fk_pgtable_destroy(&tables->empty);
	*tables = none;
}
