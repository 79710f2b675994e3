/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One loaded image: owns every page of it.
 */
#ifndef FK_IMAGE_H
#define FK_IMAGE_H

#include <linux/fastkexec.h>

#include "backing.h"
#include "chunk.h"
#include "claim.h"
#include "keep.h"
#include "map.h"
#include "machine/cpus.h"
#include "core/plan.h"
#include "core/tables.h"
#include "moves.h"
#include "record.h"
#include "report.h"
#include "survey.h"
#include "verify.h"

/**
 * struct fk_image - an image, ready to be jumped to
 * @plan: its segments
 * @claim: of segment i of @plan if it lies in place; empty if it is copied
 * @chunks_of: how many stretches of memory hold segment i
 * @chunks: the memory of copied segments, tables, list and reloc pages
 * @design: how the tables map copied segments
 * @moves: stretches that the jump has to write, in the order of @plan
 * @reloc: relocation page and descriptor
 * @tables: of the jump
 * @psci: how the other CPUs are turned off
 * @cpus: all of them, as firmware names them
 * @verify: what all of it held when it was loaded
 * @keeps: what the next kernel was told not to touch
 * @keeps_watch: tells whether that has grown
 * @record: where the next kernel looks when this one was left
 * @rehearsed: FASTKEXEC_REHEARSED_*
 * @next: links images that wait to be freed
 */
struct fk_image {
	struct fk_plan plan;
	struct fk_claim claim[FK_PLAN_MAX];
	u32 chunks_of[FK_PLAN_MAX];
	struct fk_chunks chunks;
	enum fk_design design;
	struct fk_moves moves;
	struct fk_reloc reloc;
	struct fk_tables tables;
	struct fk_psci psci;
	struct fk_cpus cpus;
	struct fk_verify verify;
	struct fk_keeps keeps;
	struct fk_keeps_watch keeps_watch;
	struct fk_record record;
	u32 rehearsed;
	struct fk_image *next;
};

/**
 * struct fk_image_request - what to make an image of
 * @plan: built
 * @buf: contents of the segments in the caller's memory, in the caller's order
 * @mapped: whether they are in the segment's claim or backing already, and @buf is not
 *	looked at; in the caller's order
 * @placement: enum fastkexec_placement, for what @claims does not hold
 * @design: enum fastkexec_design
 * @verify: enum fastkexec_verify
 * @claims: claimed before; those that hold a segment move to the image, also if
 *	the image then fails (they are freed)
 * @nr_claims: how many
 * @backings: made before; the image takes the chunks of those that hold a segment which
 *	is @mapped
 * @nr_backings: how many
 * @map: showed @claims and @backings, and hides them
 * @survey: taken
 */
struct fk_image_request {
	const struct fk_plan *plan;
	const void __user *buf[FK_PLAN_MAX];
	bool mapped[FK_PLAN_MAX];
	u32 placement;
	u32 design;
	u32 verify;
	struct fk_claim *claims;
	unsigned int nr_claims;
	struct fk_backing *backings;
	unsigned int nr_backings;
	struct fk_map *map;
	const struct fk_survey *survey;
};

/**
 * fk_image_create() - make an image that only needs to be jumped to
 * @out: the image, owned by the caller
 * @request: what to make it of
 * @report: takes the reason of a failure
 *
 * Return: 0, or a negative errno of the ABI's table; nothing is left then.
 */
int fk_image_create(struct fk_image **out, const struct fk_image_request *request,
		    struct fk_report *report);

/**
 * fk_image_check() - walk the image's tables in software
 * @image: the image
 * @survey: taken
 * @report: takes the reason of a failure
 *
 * Return: 0 or -EIO.
 */
int fk_image_check(const struct fk_image *image, const struct fk_survey *survey,
		   struct fk_report *report);

/**
 * fk_image_poisoned() - has memory that the image needs become poisoned?
 * @image: complete
 * @bad: set to the first such page
 *
 * Looks at the destinations, at what is copied to them, and at tables and relocation
 * page. Does not sleep; takes about a millisecond a gigabyte.
 *
 * Return: true if so.
 */
bool fk_image_poisoned(const struct fk_image *image, struct fk_range *bad);

/**
 * fk_image_free() - give back every page
 * @image: may be NULL
 */
void fk_image_free(struct fk_image *image);

/**
 * fk_image_in_place() - does a segment lie where it will run?
 * @image: the image
 * @i: index in its plan
 *
 * Return: true if it does.
 */
bool fk_image_in_place(const struct fk_image *image, unsigned int i);

/**
 * fk_image_pages() - pages held, in place and elsewhere
 * @image: the image
 *
 * Return: pages of the running kernel.
 */
u64 fk_image_pages(const struct fk_image *image);

#endif /* FK_IMAGE_H */
