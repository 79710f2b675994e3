// SPDX-License-Identifier: GPL-2.0
/*
 * FASTKEXEC_PLACE: where can these live?
 */
#include <linux/build_bug.h>

#include "call.h"
#include "core/place.h"
#include "poison.h"
#include "survey.h"

static_assert((int)FK_PLACE_AUTO == (int)FASTKEXEC_PLACE_AUTO);
static_assert((int)FK_PLACE_IN_PLACE == (int)FASTKEXEC_PLACE_IN_PLACE);
static_assert((int)FK_PLACE_COPY == (int)FASTKEXEC_PLACE_COPY);

static int check_place(const struct fastkexec_place *place, struct fk_report *report)
{
	int err = fk_call_check_placement(place->placement, report);

	if (!err)
		err = fk_call_check_count(place->nr_pieces, "pieces", report);
	if (err)
		return err;
	if (place->flags || place->reserved)
		return fk_report_fail(report, -EINVAL, "flags or reserved is not zero");
	return 0;
}

/* What the search does not look at. */
static int check_piece(const struct fastkexec_piece *piece, unsigned int i,
		       struct fk_report *report)
{
	if (piece->flags & ~FASTKEXEC_PIECE_MAP)
		return fk_report_fail(fk_report_piece(report, i), -EINVAL,
				      "flags 0x%x are not defined", piece->flags);
	if (piece->reserved)
		return fk_report_fail(fk_report_piece(report, i), -EINVAL,
				      "reserved is not zero");
	if (piece->role > FASTKEXEC_ROLE_DTB)
		return fk_report_fail(fk_report_piece(report, i), -EINVAL,
				      "role %u is not defined", piece->role);
	return 0;
}

static int read_pieces(const struct fk_call_array *array, struct fastkexec_piece *piece,
		       struct fk_place_piece *wanted, struct fk_report *report)
{
	int err = fk_call_copy_array_in(piece, array, report);
	unsigned int i;

	for (i = 0; i < array->nr && !err; i++) {
		err = check_piece(&piece[i], i, report);
		wanted[i].memsz = piece[i].memsz;
		wanted[i].align = piece[i].align;
		wanted[i].offset = piece[i].offset;
	}
	return err;
}

static int write_pieces(const struct fk_call_array *array, struct fastkexec_piece *piece,
			const struct fk_place_piece *found, struct fk_call *call)
{
	unsigned int i;

	for (i = 0; i < array->nr; i++) {
		piece[i].addr = found[i].start;
		piece[i].placement = found[i].claimed ? FASTKEXEC_PLACE_IN_PLACE :
							FASTKEXEC_PLACE_COPY;
		piece[i].map = fk_map_offset(&call->session->map, found[i].start);
	}
	return fk_call_copy_array_out(array, piece, &call->report);
}

static int claim_for_session(void *ctx, const struct fk_ranges *usable,
			     const struct fk_place *place, u64 *start)
{
	struct fk_session *session = ctx;
	struct fk_claim *claim = &session->claim[session->nr_claims];
	int err = fk_claim_find(claim, usable, place, session->patience);

	if (err)
		return err;
	session->nr_claims++;
	*start = claim->start;
	return 0;
}

/* The last claim goes first. */
static void release_for_session(void *ctx, u64 start, u64 size)
{
	struct fk_session *session = ctx;

	fk_claim_free(&session->claim[--session->nr_claims]);
}

static bool find_flaw(void *ctx, u64 start, u64 end, struct fk_range *flaw)
{
	return fk_poison_find(start, end, flaw);
}

static const struct fk_place_ops session_ops = {
	.claim = claim_for_session,
	.release = release_for_session,
	.find_flaw = find_flaw,
};

static int refuse(struct fk_report *report, int err, const struct fk_place_error *error)
{
	if (error->index >= 0)
		fk_report_piece(report, error->index);
	return fk_report_fail(report, err, "%s", error->what);
}

static void note_places(struct fk_plan *places, const struct fk_place_request *request)
{
	for (places->nr = 0; places->nr < request->nr; places->nr++) {
		places->segment[places->nr].dest = request->piece[places->nr].start;
		places->segment[places->nr].size = request->piece[places->nr].size;
	}
}

/* What is not claimed, and is to be mapped all the same. */
static int make_backings(const struct fk_place_request *request,
			 const struct fastkexec_piece *piece, u64 highest_pa,
			 struct fk_report *report)
{
	struct fk_session *session = request->ctx;
	unsigned int i;

	note_places(&session->places, request);
	for (i = 0; i < request->nr; i++) {
		if (request->piece[i].claimed || !(piece[i].flags & FASTKEXEC_PIECE_MAP))
			continue;
		if (fk_backing_make(&session->backing[session->nr_backings], &session->places, i,
				    highest_pa))
			return fk_report_fail(fk_report_piece(report, i), -ENOMEM,
					      "not enough memory to keep it until the jump copies it: if an image is loaded, unload it first");
		session->nr_backings++;
	}
	return 0;
}

static int show(struct fk_session *session, struct fk_report *report)
{
	const struct fk_map_memory memory = {
		.claims = session->claim,
		.nr_claims = session->nr_claims,
		.backings = session->backing,
		.nr_backings = session->nr_backings,
	};

	if (!fk_map_show(&session->map, &memory))
		return 0;
	return fk_report_fail(report, -ENOMEM, "not enough memory for bookkeeping");
}

/* The earlier claims of the file are given back first. */
static int find_places(struct fk_place_request *request, const struct fastkexec_piece *piece,
		       u64 highest_pa, struct fk_report *report)
{
	struct fk_session *session = request->ctx;
	struct fk_place_error error;
	int err;

	fk_call_free_claims(session);
	session->patience = fk_claim_patience();
	err = fk_place_all(request, &error);
	if (err)
		return refuse(report, err, &error);
	err = make_backings(request, piece, highest_pa, report);
	if (!err)
		err = show(session, report);
	if (err)
		fk_call_free_claims(session);
	return err;
}

static noinline_for_stack int place(struct fk_place_request *request,
				    const struct fastkexec_piece *piece,
				    struct fk_report *report)
{
	struct fk_place_error error;
	struct fk_survey survey;
	int err;

	err = fk_survey_take(&survey, report);
	if (err)
		return err;
	request->usable = &survey.ram.usable;
	err = fk_place_check(request, PAGE_SIZE, survey.machine.geometry.pa_bits, &error);
	if (err)
		refuse(report, err, &error);
	else
		err = find_places(request, piece, fk_survey_highest_pa(&survey), report);
	fk_survey_free(&survey);
	return err;
}

int fk_call_place(struct fk_call *call)
{
	const struct fastkexec_place *query = &call->arg.place;
	struct fastkexec_piece piece[FASTKEXEC_MAX_SEGMENTS];
	struct fk_place_piece wanted[FASTKEXEC_MAX_SEGMENTS] = {};
	struct fk_report *report = &call->report;
	const struct fk_call_array array = {
		.user = query->pieces,
		.user_size = query->piece_size,
		.nr = query->nr_pieces,
		.size = sizeof(*piece),
		.least = FASTKEXEC_PIECE_SIZE_V0,
		.what = "pieces",
	};
	struct fk_place_request request = {
		.nr = query->nr_pieces,
		.piece = wanted,
		.window = query->window,
		.ops = &session_ops,
		.ctx = call->session,
	};
	u32 placement = query->placement;
	int err;

	err = check_place(query, report);
	if (!err)
		err = read_pieces(&array, piece, wanted, report);
	if (!err)
		err = fk_call_choose_placement(&placement, report);
	request.placement = placement;
	if (!err)
		err = place(&request, piece, report);
	if (err)
		return err;
	err = write_pieces(&array, piece, wanted, call);
	if (err)
		fk_call_free_claims(call->session);
	return err;
}
