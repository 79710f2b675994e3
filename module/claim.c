// SPDX-License-Identifier: GPL-2.0
/*
 * Claiming memory in place. Contracts in claim.h.
 */
#include <linux/jiffies.h>
#include <linux/memory_hotplug.h>
#include <linux/mm.h>
#include <linux/pfn.h>
#include <linux/sched/signal.h>
#include <linux/sizes.h>

#include "claim.h"
#include "compat.h"
#include "inject.h"
#include "ram.h"

#define NOT_FOUND	(~0UL)

/* Of a search; of a query with several pieces, all searches together. */
#define PATIENCE	(10 * HZ)

/* Pages looked at before others may run. */
#define LOOK_STEP	SZ_64K

/*
 * Bytes that the next try lies lower after a claim has failed where no obstacle was
 * seen. In CMA areas pages look free, and each claim fails at once.
 */
#define BLIND_STEP	max_t(u64, SZ_2M, pageblock_nr_pages * PAGE_SIZE)

/*
 * Can this page be moved away? @pages: how many from this one on are like it. A hint
 * only: nothing is locked, and the claim itself decides.
 */
static bool page_may_move(struct page *page, unsigned long *pages)
{
	unsigned long order;

	*pages = 1;
	/* A pool of huge pages was set aside on purpose: do not break it up. */
	if (PageReserved(page) || PageHuge(page) || PageHWPoison(page))
		return false;
	if (PageBuddy(page)) {
		order = READ_ONCE(page->private);
		if (order <= MAX_PAGE_ORDER)
			*pages = 1UL << order;
		return true;
	}
	if (!page_count(page))
		return true;		/* on its way to or from the free lists */
	return (PageLRU(page) || page_has_movable_ops(page)) && !fk_page_pinned(page);
}

/*
 * The lowest page in [@start, @end) that keeps the range from being claimed. A page of
 * another zone does: a claim lies in one zone.
 */
static unsigned long first_obstacle(unsigned long start, unsigned long end, struct zone *zone)
{
	unsigned long pfn, pages, looked = 0;

	for (pfn = start; pfn < end; pfn += pages) {
		struct page *page = pfn_to_online_page(pfn);

		if (++looked % LOOK_STEP == 0)
			cond_resched();
		if (!page || page_zone(page) != zone || !page_may_move(page, &pages))
			return pfn;
	}
	return NOT_FOUND;
}

static unsigned long obstacle_to(u64 start, u64 size)
{
	unsigned long pfn = round_down(PHYS_PFN(start), FK_ISOLATE_PAGES);
	unsigned long end = round_up(PHYS_PFN(start + size), FK_ISOLATE_PAGES);
	struct page *page = pfn_to_online_page(PHYS_PFN(start));

	if (!page)
		return PHYS_PFN(start);
	return first_obstacle(pfn, end, page_zone(page));
}

/* -ENOMEM means that no page was free to migrate to: for the caller, it cannot move. */
static int claim_pages(u64 start, u64 size)
{
	int err = FK_MAY_FAIL(fk_alloc_contig_range(PHYS_PFN(start), PHYS_PFN(start + size)),
			      -ENOMEM);

	return err == -ENOMEM ? -EBUSY : err;
}

int fk_claim_at(struct fk_claim *claim, u64 start, u64 size)
{
	int err;

	if (!FK_HAVE_CONTIG)
		return -EOPNOTSUPP;
	if (!fk_ram_spares(PHYS_PFN(size + FK_NEEDED_BY_JUMP)))
		return -ENOMEM;
	if (obstacle_to(start, size) != NOT_FOUND)
		return -EBUSY;
	err = claim_pages(start, size);
	if (err)
		return err;
	claim->start = start;
	claim->size = size;
	return 0;
}

unsigned long fk_claim_patience(void)
{
	return jiffies + PATIENCE;
}

/* The next try must not hold the page @obstacle or share an isolated block with it. */
static void pass_by(unsigned long obstacle, const struct fk_place *place, u64 start,
		    struct fk_range *left)
{
	if (place->lowest)
		left->start = max_t(u64, PFN_PHYS(round_up(obstacle + 1, FK_ISOLATE_PAGES)),
				    start + PAGE_SIZE);
	else
		left->end = min_t(u64, PFN_PHYS(round_down(obstacle, FK_ISOLATE_PAGES)),
				  start + place->size - PAGE_SIZE);
}

/* What is in the way at @start is not known. */
static void step_on(const struct fk_place *place, u64 start, struct fk_range *left)
{
	if (place->lowest)
		left->start = start + BLIND_STEP;
	else
		left->end = max_t(u64, start + place->size, BLIND_STEP) - BLIND_STEP;
}

/* The first try is made however late it is: it may be the one that went well before. */
static int claim_in_range(struct fk_claim *claim, const struct fk_range *range,
			  const struct fk_place *place, unsigned long patience)
{
	struct fk_range left = {
		.start = max(range->start, place->low),
		.end = min(range->end, place->high),
	};
	u64 start;

	while (fk_place_fit(place, left.start, left.end, &start)) {
		unsigned long obstacle = obstacle_to(start, place->size);
		int err = -EBUSY;

		if (fatal_signal_pending(current))
			return -EINTR;
		cond_resched();
		if (obstacle == NOT_FOUND)
			err = claim_pages(start, place->size);
		if (!err) {
			claim->start = start;
			claim->size = place->size;
			return 0;
		}
		if (err != -EBUSY || time_after(jiffies, patience))
			return err;
		if (obstacle != NOT_FOUND)
			pass_by(obstacle, place, start, &left);
		else
			step_on(place, start, &left);
	}
	return -EBUSY;
}

int fk_claim_find(struct fk_claim *claim, const struct fk_ranges *usable,
		  const struct fk_place *place, unsigned long patience)
{
	unsigned int i;
	int err = -EBUSY;

	if (!FK_HAVE_CONTIG)
		return -EOPNOTSUPP;
	if (!fk_ram_spares(PHYS_PFN(place->size + FK_NEEDED_BY_JUMP)))
		return -ENOMEM;
	for (i = 0; i < usable->nr && err == -EBUSY; i++) {
		unsigned int at = place->lowest ? i : usable->nr - 1 - i;

		err = claim_in_range(claim, &usable->range[at], place, patience);
	}
	return err;
}

struct fk_claim *fk_claim_lookup(struct fk_claim *claims, unsigned int nr, u64 start, u64 size)
{
	unsigned int i;

	for (i = 0; i < nr; i++)
		if (claims[i].start == start && claims[i].size == size)
			return &claims[i];
	return NULL;
}

void fk_claim_free(struct fk_claim *claim)
{
	if (claim->size)
		fk_free_contig_range(PHYS_PFN(claim->start), PHYS_PFN(claim->size));
	claim->size = 0;
}
