/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a rehearsal went through, in words and for programs.
 */
#ifndef FASTKEXEC_REHEARSAL_H
#define FASTKEXEC_REHEARSAL_H

#include <stdint.h>

#include "json.h"

/**
 * rehearsal_say() - tell what was tried, and what was not
 * @done: FASTKEXEC_REHEARSED_*
 */
void rehearsal_say(uint32_t done);

/**
 * rehearsal_json() - add "rehearsed", an array of names
 * @json: an open object
 * @done: FASTKEXEC_REHEARSED_*; 0 gives an empty array
 */
void rehearsal_json(struct json *json, uint32_t done);

#endif /* FASTKEXEC_REHEARSAL_H */
