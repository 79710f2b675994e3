// SPDX-License-Identifier: GPL-2.0
/*
 * The tables of a jump, in three designs that differ in one thing: at which address
 * the copy finds a source and its destination. Contracts in tables.h.
 */
#include "tables.h"

/*
 * A run of FK_DESIGN_RANGE begins at a multiple of this plus the destination's offset in
 * it. So the destination and both virtual addresses agree in all bits that decide
 * whether a block can map them.
 */
#define RUN_ALIGN	(1ULL << 30)

/*
 * What is being built. The copy list goes on from page to page: the last entry of a
 * page is kept free for the link or the end.
 */
struct builder {
	struct fk_tables *tables;
	const struct fk_tables_request *request;
	struct fk_copy *next;
	struct fk_copy *last;
	u64 src_va;		/* FK_DESIGN_RANGE: where the next run may begin */
	u64 dst_va;
};

/* A stretch of the copy at the addresses that the tables give it. */
struct stretch {
	u64 dst_va;
	u64 src_va;
	u64 size;
	bool zero;
};

static bool is_zero(const struct fk_move *move)
{
	return move->src_pa == FK_MOVE_ZERO;
}

static bool same_run(const struct fk_move *move, const struct fk_move *next)
{
	return move->dst_pa + move->size == next->dst_pa && is_zero(move) == is_zero(next);
}

static bool same_stretch(const struct fk_move *move, const struct fk_move *next)
{
	return same_run(move, next) &&
	       (is_zero(move) || move->src_pa + move->size == next->src_pa);
}

/* ---- the copy list ---- */

static void start_list(struct builder *builder)
{
	const struct fk_reloc *reloc = builder->request->reloc;
	char *page = (char *)reloc->desc;

	builder->next = (struct fk_copy *)(page + FK_LIST_OFFSET);
	builder->last = (struct fk_copy *)(page + reloc->page_size) - 1;
}

static int map_self(struct builder *builder, u64 pa, u64 size, enum fk_pt_prot prot)
{
	return fk_pgtable_map(&builder->tables->lower, pa, pa, size, prot);
}

static int next_list_page(struct builder *builder)
{
	const struct fk_tables_request *request = builder->request;
	u64 page_size = request->reloc->page_size;
	struct fk_copy *page;
	u64 pa;
	int err;

	page = request->ops->alloc(request->ctx, &pa);
	if (!page)
		return -ENOMEM;
	builder->tables->list_pages++;
	err = map_self(builder, pa, page_size, FK_PT_RO);
	if (err)
		return err;

	builder->next->src = pa;
	builder->next->kind = FK_COPY_KIND_LINK;
	builder->next = page;
	builder->last = (struct fk_copy *)((char *)page + page_size) - 1;
	return 0;
}

static int add_entry(struct builder *builder, const struct stretch *stretch)
{
	struct fk_copy *entry;
	int err;

	if (builder->next == builder->last) {
		err = next_list_page(builder);
		if (err)
			return err;
	}
	entry = builder->next++;
	entry->dst = stretch->dst_va;
	entry->src = stretch->src_va;
	entry->len = stretch->size;
	entry->kind = stretch->zero ? FK_COPY_KIND_ZERO : FK_COPY_KIND_MOVE;
	builder->tables->entries++;
	builder->tables->move_bytes += stretch->size;
	return 0;
}

/* ---- the designs: each takes moves off the front, maps them and adds entries ---- */

static int map_both(struct fk_pgtable *pt, const struct stretch *stretch,
		    const struct fk_move *move)
{
	int err;

	err = fk_pgtable_map(pt, stretch->dst_va, move->dst_pa, move->size, FK_PT_RW);
	if (!err && !stretch->zero)
		err = fk_pgtable_map(pt, stretch->src_va, move->src_pa, move->size, FK_PT_RO);
	return err;
}

/* The first move, and those that continue it. @offset: virtual minus physical address. */
static struct stretch join(const struct fk_move *move, u64 nr, u64 offset, u64 *used)
{
	struct stretch stretch = {
		.dst_va = move->dst_pa + offset,
		.src_va = is_zero(move) ? 0 : move->src_pa + offset,
		.size = move->size,
		.zero = is_zero(move),
	};

	for (*used = 1; *used < nr && same_stretch(&move[*used - 1], &move[*used]); (*used)++)
		stretch.size += move[*used].size;
	return stretch;
}

static int add_identity(struct builder *builder, const struct fk_move *move, u64 nr, u64 *used)
{
	struct stretch stretch = join(move, nr, 0, used);
	struct fk_move all = *move;
	int err;

	all.size = stretch.size;
	err = map_both(&builder->tables->lower, &stretch, &all);
	return err ? err : add_entry(builder, &stretch);
}

static int add_linear(struct builder *builder, const struct fk_move *move, u64 nr, u64 *used)
{
	struct stretch stretch = join(move, nr, builder->request->linear->offset, used);

	return add_entry(builder, &stretch);
}

static u64 run_start(u64 free_va, u64 dst_pa)
{
	return ((free_va + RUN_ALIGN - 1) & ~(RUN_ALIGN - 1)) + (dst_pa & (RUN_ALIGN - 1));
}

static int add_run(struct builder *builder, const struct fk_move *move, u64 nr, u64 *used)
{
	struct stretch run = {
		.dst_va = run_start(builder->dst_va, move->dst_pa),
		.src_va = run_start(builder->src_va, move->dst_pa),
		.zero = is_zero(move),
	};
	struct stretch at = run;
	u64 i = 0;
	int err;

	do {
		err = map_both(&builder->tables->upper, &at, &move[i]);
		if (err)
			return err;
		at.dst_va += move[i].size;
		at.src_va += move[i].size;
		i++;
	} while (i < nr && same_run(&move[i - 1], &move[i]));

	run.size = at.dst_va - run.dst_va;
	builder->dst_va = at.dst_va;
	builder->src_va = at.src_va;
	*used = i;
	return add_entry(builder, &run);
}

static int add_moves(struct builder *builder)
{
	const struct fk_tables_request *request = builder->request;
	u64 i, used;
	int err;

	for (i = 0; i < request->nr_moves; i += used) {
		const struct fk_move *move = &request->move[i];
		u64 left = request->nr_moves - i;

		switch (request->design) {
		case FK_DESIGN_RANGE:
			err = add_run(builder, move, left, &used);
			break;
		case FK_DESIGN_LINEAR:
			err = add_linear(builder, move, left, &used);
			break;
		default:
			err = add_identity(builder, move, left, &used);
			break;
		}
		if (err)
			return err;
	}
	builder->next->kind = FK_COPY_KIND_END;
	return 0;
}

/* ---- the tables ---- */

static int copy_linear_map(struct builder *builder)
{
	const struct fk_linear *linear = builder->request->linear;
	unsigned int i;
	int err;

	for (i = 0; i < linear->ram->nr; i++) {
		const struct fk_range *range = &linear->ram->range[i];

		err = fk_pgtable_copy(&builder->tables->upper, &linear->live,
				      range->start + linear->offset, range->end - range->start,
				      FK_PT_COPY_WRITABLE | FK_PT_COPY_MAKE_VALID);
		if (err)
			return err;
	}
	return 0;
}

static int start_upper(struct builder *builder)
{
	const struct fk_tables_request *request = builder->request;
	struct fk_pgtable *upper = &builder->tables->upper;
	u64 start;
	int err;

	if (request->design == FK_DESIGN_IDENTITY || !request->nr_moves)
		return 0;
	err = fk_pgtable_init(upper, request->geo, request->ops, request->ctx);
	if (err)
		return err;
	if (request->design == FK_DESIGN_LINEAR)
		return copy_linear_map(builder);

	/* Sources in the lower half of the upper range, destinations in the upper half. */
	start = ~0ULL << request->geo->va_bits;
	builder->src_va = start;
	builder->dst_va = start + (1ULL << (request->geo->va_bits - 1));
	return 0;
}

static int build(struct builder *builder)
{
	const struct fk_reloc *reloc = builder->request->reloc;
	int err;

	start_list(builder);
	err = map_self(builder, reloc->page_pa, reloc->page_size, FK_PT_RX);
	if (!err)
		err = map_self(builder, reloc->desc_pa, reloc->page_size, FK_PT_RO);
	if (!err)
		err = start_upper(builder);
	if (!err)
		err = add_moves(builder);
	return err;
}

int fk_tables_build(struct fk_tables *tables, const struct fk_tables_request *request)
{
	static const struct fk_tables none;
	struct builder builder = { .tables = tables, .request = request };
	struct fk_pt_geometry lower = *request->geo;
	int err;

	*tables = none;
	lower.top_range = false;
	lower.va_bits = fk_pgtable_identity_va_bits(request->geo, request->reloc->highest_pa);
	if (!lower.va_bits)
		return -ERANGE;

	err = fk_pgtable_init(&tables->lower, &lower, request->ops, request->ctx);
	if (!err)
		err = fk_pgtable_init(&tables->empty, &lower, request->ops, request->ctx);
	if (!err)
		err = build(&builder);
	if (err)
		fk_tables_destroy(tables);
	return err;
}

u64 fk_tables_pages(const struct fk_tables *tables)
{
	return tables->lower.pages + tables->upper.pages + tables->empty.pages;
}

void fk_tables_destroy(struct fk_tables *tables)
{
	static const struct fk_tables none;

	fk_pgtable_destroy(&tables->lower);
	fk_pgtable_destroy(&tables->upper);
	fk_pgtable_destroy(&tables->empty);
	*tables = none;
}

/* ---- the check ---- */

/* Does all of [@va, @va + @size) translate to @pa on, with the rights of @prot? */
static bool translates(const struct fk_pgtable *pt, u64 va, u64 pa, u64 size,
		       enum fk_pt_prot prot)
{
	struct fk_pt_walk walk;
	u64 at;

	for (at = 0; at < size; at += walk.size - ((va + at) & (walk.size - 1))) {
		if (fk_pgtable_walk(pt, va + at, &walk) || !walk.valid || walk.pa != pa + at)
			return false;
		if ((prot == FK_PT_RW && !walk.writable) || (prot == FK_PT_RX && !walk.executable))
			return false;
	}
	return true;
}

/*
 * Reads the list as the relocation page will, and compares it with the moves: the
 * entries must write what was asked for, from where it was asked for, in order.
 */
struct reader {
	const struct fk_pgtable *data;	/* tables that map sources and destinations */
	const struct fk_copy *entry;
	u64 done;			/* bytes of @entry that are checked */
};

static bool next_entry(struct reader *reader, const struct fk_tables *tables, u64 page_size)
{
	const struct fk_pgtable *lower = &tables->lower;

	reader->entry++;
	reader->done = 0;
	if (reader->entry->kind != FK_COPY_KIND_LINK)
		return true;
	if (!translates(lower, reader->entry->src, reader->entry->src, page_size, FK_PT_RO))
		return false;
	reader->entry = lower->ops->va(lower->ctx, reader->entry->src);
	return reader->entry;
}

static bool check_move(struct reader *reader, const struct fk_move *move,
		       const struct fk_tables *tables, u64 page_size)
{
	u64 kind = is_zero(move) ? FK_COPY_KIND_ZERO : FK_COPY_KIND_MOVE;

	if (reader->done == reader->entry->len && !next_entry(reader, tables, page_size))
		return false;
	if (reader->entry->kind != kind || move->size > reader->entry->len - reader->done)
		return false;
	if (!translates(reader->data, reader->entry->dst + reader->done, move->dst_pa, move->size,
			FK_PT_RW))
		return false;
	if (!is_zero(move) && !translates(reader->data, reader->entry->src + reader->done,
					  move->src_pa, move->size, FK_PT_RO))
		return false;
	reader->done += move->size;
	return true;
}

int fk_tables_check(const struct fk_tables *tables, const struct fk_tables_request *request)
{
	const struct fk_reloc *reloc = request->reloc;
	u64 page_size = reloc->page_size;
	struct reader reader = {
		.data = tables->upper.pages ? &tables->upper : &tables->lower,
	};
	u64 i;

	if (!translates(&tables->lower, reloc->page_pa, reloc->page_pa, page_size, FK_PT_RX) ||
	    !translates(&tables->lower, reloc->desc_pa, reloc->desc_pa, page_size, FK_PT_RO))
		return -EIO;

	reader.entry = (const struct fk_copy *)((const char *)reloc->desc + FK_LIST_OFFSET);
	for (i = 0; i < request->nr_moves; i++)
		if (!check_move(&reader, &request->move[i], tables, page_size))
			return -EIO;
	if (request->nr_moves &&
	    (reader.done != reader.entry->len || !next_entry(&reader, tables, page_size)))
		return -EIO;
	return reader.entry->kind == FK_COPY_KIND_END ? 0 : -EIO;
}
