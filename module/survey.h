/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a call knows of the machine and its memory.
 */
#ifndef FK_SURVEY_H
#define FK_SURVEY_H

#include "keep.h"
#include "machine/machine.h"
#include "ram.h"
#include "report.h"

/**
 * struct fk_survey - the machine and its memory, as they were at one moment
 * @machine: it can be left
 * @keeps: what the next kernel must not touch
 * @ram: the memory map, without @keeps
 * @stamp: from fk_slot_memory_stamp(), taken before @ram was read
 */
struct fk_survey {
	struct fk_machine machine;
	struct fk_keeps keeps;
	struct fk_ram ram;
	u64 stamp;
};

/**
 * fk_survey_take() - look at the machine, check that it can be left, read the memory map
 * @survey: filled in; free with fk_survey_free()
 * @report: takes the reason of a failure
 *
 * Sleeps. Takes no lock of ours.
 *
 * Return: 0, -EPERM or -EOPNOTSUPP (see fk_machine_check()), an error of fk_keeps_read()
 * or of fk_ram_read(); @survey holds nothing then.
 */
int fk_survey_take(struct fk_survey *survey, struct fk_report *report);

/**
 * fk_survey_highest_pa() - how high may lie what the jump reads?
 * @survey: taken
 *
 * Return: the last byte of RAM, or of 48 bits if the CPU cannot map an address there to
 * itself.
 */
u64 fk_survey_highest_pa(const struct fk_survey *survey);

/**
 * fk_survey_free() - forget a survey
 * @survey: taken
 */
void fk_survey_free(struct fk_survey *survey);

#endif /* FK_SURVEY_H */
