// SPDX-License-Identifier: GPL-2.0
#include "rehearsal.h"

#include <stddef.h>

#include <linux/fastkexec.h>

#include "array.h"
#include "out.h"

static const struct {
	uint32_t bit;
	const char *name;
	const char *text;
} parts[] = {
	{ FASTKEXEC_REHEARSED_WALK, "walk", "every address, by a walk of the tables in software" },
	{ FASTKEXEC_REHEARSED_AT, "at", "every address, by the CPU's own table walker" },
	{ FASTKEXEC_REHEARSED_COPY, "copy",
		"a copy by the relocation page itself, MMU off and on again" },
	{ FASTKEXEC_REHEARSED_EL2, "el2", "the way through EL2" },
	{ FASTKEXEC_REHEARSED_CPUS, "cpus", "every CPU except the first, off and on again" },
	{ FASTKEXEC_REHEARSED_VERIFY, "verify", "the image, by its checksums" },
};

void rehearsal_say(uint32_t done)
{
	size_t i;

	out_say("Rehearsed, and all went well:\n");
	for (i = 0; i < ARRAY_SIZE(parts); i++)
		if (done & parts[i].bit)
			out_say("  %s\n", parts[i].text);
	if (!(done & FASTKEXEC_REHEARSED_EL2))
		out_say("  (not EL2: there is none, or KVM is at work there)\n");
}

void rehearsal_json(struct json *json, uint32_t done)
{
	size_t i;

	json_open(json, "rehearsed", '[');
	for (i = 0; i < ARRAY_SIZE(parts); i++)
		if (done & parts[i].bit)
			json_string(json, NULL, parts[i].name);
	json_close(json, ']');
}
