// SPDX-License-Identifier: GPL-2.0
/*
 * FASTKEXEC_PLACE.
 */
#include <linux/build_bug.h>
#include <linux/uaccess.h>

#include "call.h"
#include "core/place.h"
#include "machine/machine.h"
#include "ram.h"

static_assert((int)FK_PLACE_AUTO == (int)FASTKEXEC_PLACE_AUTO);
static_assert((int)FK_PLACE_IN_PLACE == (int)FASTKEXEC_PLACE_IN_PLACE);
static_assert((int)FK_PLACE_COPY == (int)FASTKEXEC_PLACE_COPY);

static int check_piece(const struct fastkexec_piece *piece, unsigned int i,
		       struct fk_report *report)
{
	if (piece->flags || piece->reserved)
		return fk_report_fail(report, -EINVAL, "piece %u: flags or reserved is not zero", i);
	if (piece->role > FASTKEXEC_ROLE_DTB)
		return fk_report_fail(report, -EINVAL, "piece %u: role %u is not defined", i,
				      piece->role);
	return 0;
}

static int claim_for_session(void *ctx, const struct fk_ranges *usable,
			     const struct fk_place *place, u64 *start)
{
	struct fk_session *session = ctx;
	struct fk_claim *claim = &session->claim[session->nr_claims];
	int err = fk_claim_find(claim, usable, place);

	if (err)
		return err;
	session->nr_claims++;
	*start = claim->start;
	return 0;
}

/* What was claimed last goes first. */
static void release_for_session(void *ctx, u64 start, u64 size)
{
	struct fk_session *session = ctx;

	fk_claim_free(&session->claim[--session->nr_claims]);
}

static const struct fk_place_ops place_ops = {
	.claim = claim_for_session,
	.release = release_for_session,
};

static int refuse_place(int err, const struct fk_place_error *error, struct fk_report *report)
{
	if (error->index < 0)
		return fk_report_fail(report, err, "%s", error->what);
	return fk_report_fail(report, err, "piece %d: %s", error->index, error->what);
}

int fk_call_place(struct fk_session *session, void __user *arg, struct fk_report *report)
{
	struct fastkexec_piece piece[FASTKEXEC_MAX_SEGMENTS];
	struct fk_machine machine;
	struct fastkexec_place place;
	struct fk_ram ram;
	struct fk_place_piece wanted[FASTKEXEC_MAX_SEGMENTS] = {};
	struct fk_place_request request = {
		.piece = wanted,
		.usable = &ram.usable,
		.ops = &place_ops,
		.ctx = session,
	};
	struct fk_place_error error;
	unsigned int i;
	int err;

	err = fk_call_copy_arg_in(&place, sizeof(place), FASTKEXEC_PLACE_SIZE_V0, arg, report);
	if (!err)
		err = fk_call_check_placement(place.placement, report);
	if (!err)
		err = fk_call_check_count(place.nr_pieces, "pieces", report);
	if (err)
		return err;
	if (place.flags || place.reserved)
		return fk_report_fail(report, -EINVAL, "flags or reserved is not zero");
	err = fk_call_copy_array_in(piece, sizeof(*piece), FASTKEXEC_PIECE_SIZE_V0, place.nr_pieces,
			 u64_to_user_ptr(place.pieces), place.piece_size, "pieces", report);
	if (err)
		return err;

	fk_machine_read(&machine);
	err = fk_machine_check(&machine, report);
	for (i = 0; i < place.nr_pieces && !err; i++)
		err = check_piece(&piece[i], i, report);
	if (err)
		return err;
	request.placement = place.placement;
	request.window = place.window;
	request.nr = place.nr_pieces;
	for (i = 0; i < place.nr_pieces; i++) {
		wanted[i].memsz = piece[i].memsz;
		wanted[i].align = piece[i].align;
		wanted[i].offset = piece[i].offset;
	}
	err = fk_place_check(&request, PAGE_SIZE, machine.geometry.pa_bits, &error);
	if (err)
		return refuse_place(err, &error, report);

	fk_call_free_claims(session);
	err = fk_ram_read(&ram);
	if (err)
		return fk_report_fail(report, err, "the memory map cannot be read");
	err = fk_place_all(&request, &error);
	fk_ram_free(&ram);
	if (err)
		return refuse_place(err, &error, report);
	for (i = 0; i < place.nr_pieces && !err; i++) {
		piece[i].addr = wanted[i].start;
		piece[i].placement = wanted[i].claimed ? FASTKEXEC_PLACE_IN_PLACE :
							 FASTKEXEC_PLACE_COPY;
		err = fk_call_copy_out(u64_to_user_ptr(place.pieces) + (size_t)i * place.piece_size,
			       &piece[i], min_t(size_t, sizeof(*piece), place.piece_size), report);
	}
	if (err)
		fk_call_free_claims(session);
	return err;
}
