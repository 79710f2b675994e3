// SPDX-License-Identifier: GPL-2.0
#include "segment.h"

#include <inttypes.h>

#include "names.h"
#include "out.h"

bool segment_is_in_place(const struct fastkexec_segment *segment)
{
	return segment->placement == FASTKEXEC_PLACE_IN_PLACE;
}

void segment_say(const struct fastkexec_segment *segment)
{
	out_say("  %-7s %#014" PRIx64 "  %9s  ", names_role(segment->role),
		(uint64_t)segment->dest, out_size(segment->memsz).s);
	if (segment_is_in_place(segment))
		out_say("in place\n");
	else
		out_say("by copy, from %u chunk%s\n", segment->chunks,
			segment->chunks == 1 ? "" : "s");
}

void segment_say_cost(const struct fastkexec_status *status)
{
	if (status->copy_bytes)
		out_say("The jump copies %s in %" PRIu64 " %s.\n",
			out_size(status->copy_bytes).s, (uint64_t)status->copy_entries,
			status->copy_entries == 1 ? "copy" : "copies");
	else
		out_say("The jump copies nothing.\n");
}
