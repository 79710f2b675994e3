/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A loaded segment in words.
 */
#ifndef FASTKEXEC_SEGMENT_H
#define FASTKEXEC_SEGMENT_H

#include <stdbool.h>

#include <linux/fastkexec.h>

/**
 * segment_is_in_place() - whether the jump leaves it where it is
 * @segment: of a loaded image
 *
 * Return: true if so
 */
bool segment_is_in_place(const struct fastkexec_segment *segment);

/**
 * segment_say() - one line: what, where, how large, how placed
 * @segment: of a loaded image
 */
void segment_say(const struct fastkexec_segment *segment);

/**
 * segment_say_cost() - one line: what the jump will copy
 * @status: of the image
 */
void segment_say_cost(const struct fastkexec_status *status);

#endif /* FASTKEXEC_SEGMENT_H */
