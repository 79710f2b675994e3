// SPDX-License-Identifier: GPL-2.0
#include "next_image.h"
#include "memory.h"
#include "random.h"

#define USUAL_SIZE	(128ULL << 10)
#define LARGE_SIZE	(3ULL << 20)
#define EXTRA_MAX	5		/* pieces beyond the kernel and the tree */

static u64 random_size(u64 limit)
{
	return (1 + random_below(limit / geometry_page_size())) * geometry_page_size();
}

static struct piece *add_piece(struct image *image, u64 dst, u64 src, u64 size)
{
	struct piece *piece = &image->piece[image->nr++];

	piece->dst = dst;
	piece->src = src;
	piece->size = size;
	piece->whole = false;
	return piece;
}

static struct piece *add_zeroes(struct image *image, u64 size)
{
	return add_piece(image, memory_take(size), FK_MOVE_ZERO, size);
}

static struct piece *add_contents(struct image *image, u64 dst, u64 size)
{
	u64 src = memory_take(size);

	memory_scribble(src, size);
	return add_piece(image, dst, src, size);
}

/* Contents that lie in place always, or one time in four. */
static struct piece *add_usual(struct image *image, u64 size)
{
	u64 dst = memory_take(size);

	if (!image->in_place && !random_one_in(4))
		return add_contents(image, dst, size);
	memory_scribble(dst, size);
	return add_piece(image, dst, dst, size);
}

void image_begin(struct image *image)
{
	u64 size = random_size(LARGE_SIZE);

	image->nr = 0;
	image->in_place = random_one_in(4);
	if (image->in_place || !random_one_in(3))
		return;
	if (random_one_in(3))
		add_zeroes(image, size);
	else
		add_contents(image, memory_take(size), size);
}

static u64 add_kernel(struct image *image)
{
	struct piece *piece = add_usual(image, geometry_page_size() + random_size(USUAL_SIZE));
	u64 size = next_end - next_start;
	u64 offset = random_below((piece->size - size) / 4) * 4;

	memcpy((void *)(piece->src + offset), next_start, size);
	piece->whole = true;
	return piece->dst + offset;
}

static u64 add_tree(struct image *image)
{
	struct piece *piece = add_usual(image, geometry_page_size());
	u64 offset = random_below((piece->size - sizeof(struct tree)) / 8) * 8;
	struct tree *tree = (struct tree *)(piece->src + offset);
	unsigned int i;

	tree->magic = TREE_MAGIC_VALUE;
	tree->back = 0;
	tree->nr = image->nr;
	for (i = 0; i < image->nr; i++) {
		tree->range[i].start = image->piece[i].dst;
		tree->range[i].size = image->piece[i].size;
	}
	piece->whole = true;
	return piece->dst + offset;
}

void image_complete(struct image *image, struct crossing *crossing, const u64 *reuse,
		    unsigned int nr_reuse)
{
	u64 n;

	crossing->entry = add_kernel(image);
	for (n = random_below(EXTRA_MAX + 1); n; n--) {
		if (!image->in_place && random_one_in(4))
			add_zeroes(image, random_size(USUAL_SIZE));
		else
			add_usual(image, random_size(USUAL_SIZE));
	}
	while (!image->in_place && nr_reuse && image->nr < PIECES_MAX - 1 && random_one_in(2))
		add_contents(image, reuse[--nr_reuse], geometry_page_size());
	crossing->tree = add_tree(image);
}

/* Move all pieces in the shadow. */
static void expect_pieces(const struct image *image)
{
	unsigned int i;

	for (i = 0; i < image->nr; i++) {
		const struct piece *piece = &image->piece[i];

		if (piece->src == FK_MOVE_ZERO)
			memset(memory_expect(piece->dst), 0, piece->size);
		else if (piece->src != piece->dst)
			memcpy(memory_expect(piece->dst), memory_expect(piece->src),
			       piece->size);
	}
}

void image_use_module_list(const struct image *image, struct crossing *crossing)
{
	struct fk_move moves[PIECES_MAX];
	unsigned int i;
	u64 nr = 0;

	for (i = 0; i < image->nr; i++) {
		const struct piece *piece = &image->piece[i];

		if (piece->src == piece->dst)
			continue;
		moves[nr].dst_pa = piece->dst;
		moves[nr].src_pa = piece->src;
		moves[nr].size = piece->size;
		nr++;
	}
	crossing_build(crossing, crossing_random_design(crossing), moves, nr);
	memory_note();
	expect_pieces(image);
}

u64 image_sum(const struct image *image)
{
	unsigned int i;
	u64 sum = 0;

	for (i = 0; i < image->nr; i++) {
		const u64 *word = memory_expect(image->piece[i].dst);
		const u64 *end = word + image->piece[i].size / 8;

		while (word < end) {
			sum += *word++;
			sum = sum << 1 | sum >> 63;
		}
	}
	return sum;
}
