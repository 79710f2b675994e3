// SPDX-License-Identifier: GPL-2.0
#include "list.h"
#include "memory.h"
#include "random.h"
#include "console.h"

#define ENTRIES_MAX	400
#define LINKS_MAX	12
#define UNIT		64	/* bytes; what a copy list may be broken into */
#define FILLER		0xff	/* in fields that the kind does not use */

/* Offset in the upper range, clear of all that the old kernel had there. */
#define UPPER_WINDOW	(16ULL << 30)
#define UPPER_HOLE	(1ULL << 30)
#define BLOCK		(2ULL << 20)

/* An entry, and the memory that its addresses are mapped to. */
struct entry {
	struct fk_copy copy;
	u64 dst_pa;
	u64 src_pa;
};

static struct list {
	struct crossing *crossing;
	bool is_upper;			/* data and list are mapped in the upper range */
	u64 upper_next;
	unsigned int nr;
	struct entry entry[ENTRIES_MAX];
} list;

static void make_tables(void)
{
	const struct fk_reloc *reloc = &list.crossing->reloc;
	struct fk_tables *tables = &list.crossing->tables;
	const struct fk_pt_ops *ops = &list.crossing->ops;
	u8 upper_va_bits = list.crossing->world.upper.geo.va_bits;
	struct fk_pt_geometry geo;

	geometry_make(&geo, crossing_va_bits(), false);
	if (fk_pgtable_init(&tables->lower, &geo, ops, NULL) ||
	    fk_pgtable_init(&tables->empty, &geo, ops, NULL))
		fail("no lower range");
	world_map_self(&tables->lower, reloc->page_pa, reloc->page_size, FK_PT_RX);
	world_map_self(&tables->lower, reloc->desc_pa, reloc->page_size, FK_PT_RO);

	list.is_upper = random_one_in(2);
	if (!list.is_upper)
		return;
	geometry_make(&geo, upper_va_bits, true);
	if (fk_pgtable_init(&tables->upper, &geo, ops, NULL))
		fail("no upper range");
	list.upper_next = -(1ULL << upper_va_bits) + UPPER_WINDOW;
	if (random_one_in(2))
		list.upper_next |= 1ULL << (upper_va_bits - 1);
}

/* Map memory where the list will name it: to itself, or somewhere in the upper range. */
static u64 map_data(u64 pa, u64 size, enum fk_pt_prot prot)
{
	struct fk_tables *tables = &list.crossing->tables;
	struct fk_pgtable *pt = list.is_upper ? &tables->upper : &tables->lower;
	u64 va = pa;
	int err;

	if (list.is_upper) {
		va = list.upper_next + random_below(4) * geometry_page_size();
		/* As far into a block as the memory is, so that blocks can be used. */
		if (random_one_in(4))
			va = (va | (BLOCK - 1)) + 1 + (pa & (BLOCK - 1));
		list.upper_next = va + size;
	}
	err = fk_pgtable_map(pt, va, pa, size, prot);
	if (err)
		fail("mapping %lx to %lx: error %lu", va, pa, (u64)-err);
	return va;
}

static void add_entry(const struct piece *piece, u64 at, u64 dst, u64 src, u64 len, u64 kind)
{
	struct entry *entry = &list.entry[list.nr++];

	entry->copy.dst = dst + at;
	entry->copy.src = src + at;
	entry->copy.len = len;
	entry->copy.kind = kind;
	entry->dst_pa = piece->dst + at;
	entry->src_pa = piece->src + at;
}

/* Break a piece into entries; one that is not wholly needed gets gaps and zeroes. */
static void split_piece(const struct piece *piece, u64 dst, u64 src)
{
	u64 kind = piece->src == FK_MOVE_ZERO ? FK_COPY_KIND_ZERO : FK_COPY_KIND_MOVE;
	u64 units = piece->size / UNIT;
	u64 at, len;

	for (at = 0; at < piece->size; at += len) {
		len = (1 + random_below(random_one_in(2) ? units : 8)) * UNIT;
		if (len > piece->size - at || list.nr > ENTRIES_MAX - 2 * PIECES_MAX)
			len = piece->size - at;
		if (piece->whole || random_one_in(2))
			add_entry(piece, at, dst, src, len, kind);
		else if (random_one_in(2))
			add_entry(piece, at, dst, src, len, FK_COPY_KIND_ZERO);
	}
}

static void add_pieces(const struct image *image)
{
	unsigned int i;

	for (i = 0; i < image->nr; i++) {
		const struct piece *piece = &image->piece[i];
		u64 dst, src = 0;

		if (piece->src == piece->dst)
			continue;
		dst = map_data(piece->dst, piece->size, FK_PT_RW);
		if (piece->src != FK_MOVE_ZERO)
			src = map_data(piece->src, piece->size, FK_PT_RO);
		split_piece(piece, dst, src);
	}
}

static void shuffle(void)
{
	unsigned int i, j;

	for (i = list.nr; i > 1; i--) {
		struct entry entry = list.entry[i - 1];

		j = random_below(i);
		list.entry[i - 1] = list.entry[j];
		list.entry[j] = entry;
	}
}

/* An address that nothing maps; if it is physical, nothing else will be there. */
static u64 hole(void)
{
	u64 offset = random_below(geometry_page_size() / UNIT) * UNIT;

	if (list.is_upper)
		return list.upper_next + UPPER_HOLE + offset;
	return memory_take(geometry_page_size()) + offset;
}

/* Put an entry that cannot be carried out somewhere among the others. */
static unsigned int add_mishap(struct list_result *result)
{
	const struct fk_reloc *reloc = &list.crossing->reloc;
	struct fk_copy bad = {
		.dst = list.entry[0].copy.dst,
		.src = reloc->desc_pa,
		.len = UNIT,
		.kind = FK_COPY_KIND_MOVE,
	};
	unsigned int at = random_below(list.nr + 1);
	unsigned int i;

	switch (result->mishap) {
	case MISHAP_WRITE_HOLE:
		bad.dst = hole();
		bad.kind = random_one_in(2) ? FK_COPY_KIND_ZERO : FK_COPY_KIND_MOVE;
		result->address = bad.dst;
		break;
	case MISHAP_WRITE_READONLY:
		bad.dst = random_one_in(2) ? reloc->page_pa : reloc->desc_pa;
		bad.kind = random_one_in(2) ? FK_COPY_KIND_ZERO : FK_COPY_KIND_MOVE;
		result->address = bad.dst;
		break;
	case MISHAP_READ_HOLE:
		bad.src = hole();
		result->address = bad.src;
		break;
	case MISHAP_READ_OLD_KERNEL:
		bad.src = image_address(image_start) + list.crossing->world.offset;
		result->address = bad.src;
		break;
	default:
		bad.src = hole();
		bad.kind = FK_COPY_KIND_LINK;
		result->address = bad.src;
		break;
	}

	for (i = list.nr++; i > at; i--)
		list.entry[i] = list.entry[i - 1];
	list.entry[at].copy = bad;
	return at;
}

/* Room for entries: from any eighth byte of a new page to its end. */
static struct fk_copy *new_page(u64 *va, struct fk_copy **end)
{
	u64 page_size = geometry_page_size();
	u64 pa = memory_take(page_size);
	u64 offset = random_below((page_size - 4 * FK_COPY_SIZE) / 8) * 8;

	*va = map_data(pa, page_size, FK_PT_RO) + offset;
	*end = (struct fk_copy *)(pa + page_size);
	return (struct fk_copy *)(pa + offset);
}

/* Write the entries down; returns where the first one is mapped. */
static u64 write_entries(void)
{
	struct fk_copy *next, *link, *end;
	unsigned int links = 0;
	u64 first_va, va;
	unsigned int i;

	next = new_page(&first_va, &end);
	for (i = 0; i < list.nr; i++) {
		bool full = (u64)end - (u64)next < 2 * FK_COPY_SIZE;

		if (full || (links < LINKS_MAX && random_one_in(8))) {
			link = next;
			next = new_page(&va, &end);
			memset(link, FILLER, sizeof(*link));
			link->src = va;
			link->kind = FK_COPY_KIND_LINK;
			links++;
		}
		*next++ = list.entry[i].copy;
	}
	memset(next, FILLER, sizeof(*next));
	next->kind = FK_COPY_KIND_END;
	return first_va;
}

static void fill_descriptor(u64 list_va)
{
	struct crossing *crossing = list.crossing;
	struct fk_reloc *reloc = &crossing->reloc;
	struct fk_descriptor *desc;
	u64 at;

	at = random_below((reloc->page_size - FK_DESC_SIZE) / 8) * 8;
	desc = (struct fk_descriptor *)(reloc->desc_pa + at);
	reloc->desc = desc;

	fk_reloc_fill(reloc, &crossing->tables, &crossing->regs, crossing->conduit,
		      crossing->entry, crossing->tree);
	desc->self = (u64)desc;
	desc->list = list_va;
}

/* What the first @nr entries do, done to the shadow. */
static void expect_entries(unsigned int nr)
{
	unsigned int i;

	for (i = 0; i < nr; i++) {
		const struct entry *entry = &list.entry[i];

		if (entry->copy.kind == FK_COPY_KIND_ZERO)
			memset(memory_expect(entry->dst_pa), 0, entry->copy.len);
		else
			memcpy(memory_expect(entry->dst_pa), memory_expect(entry->src_pa),
			       entry->copy.len);
	}
}

struct list_result list_build(struct crossing *crossing, const struct image *image)
{
	struct list_result result = { .mishap = MISHAP_NONE };
	unsigned int effective;

	list.crossing = crossing;
	list.nr = 0;
	make_tables();
	add_pieces(image);
	shuffle();
	result.entries = list.nr;
	effective = list.nr;
	crossing->reloc.page_pa += random_below(geometry_page_size() / FK_RELOC_SIZE) *
				     FK_RELOC_SIZE;
	if (list.nr && random_one_in(2)) {
		result.mishap = 1 + random_below(MISHAPS - 1);
		effective = add_mishap(&result);
	}
	fill_descriptor(write_entries());

	memory_note();
	expect_entries(effective);
	return result;
}
