// SPDX-License-Identifier: GPL-2.0
/*
 * Surveys. Contracts in survey.h.
 */
#include <linux/minmax.h>

#include "core/pgtable.h"
#include "slot.h"
#include "survey.h"

static int read_memory(struct fk_survey *survey, struct fk_report *report)
{
	int err;

	survey->stamp = fk_slot_memory_stamp();
	err = fk_ram_read(&survey->ram, &survey->keeps);
	if (err == -ENOMEM)
		return fk_report_fail(report, err,
				      "the memory map has more ranges than can be taken note of");
	if (err)
		return fk_report_fail(report, err, "the memory map cannot be read");
	return 0;
}

int fk_survey_take(struct fk_survey *survey, struct fk_report *report)
{
	int err;

	err = fk_machine_read(&survey->machine, report);
	if (!err)
		err = fk_machine_check(&survey->machine, report);
	if (err)
		return err;
	err = fk_keeps_read(&survey->keeps, report);
	if (err)
		return err;
	err = read_memory(survey, report);
	if (err)
		fk_keeps_free(&survey->keeps);
	return err;
}

u64 fk_survey_highest_pa(const struct fk_survey *survey)
{
	u64 last = survey->ram.end - 1;

	if (fk_pgtable_identity_va_bits(&survey->machine.geometry, last))
		return last;
	return min(last, (1ULL << 48) - 1);
}

void fk_survey_free(struct fk_survey *survey)
{
	fk_ram_free(&survey->ram);
	fk_keeps_free(&survey->keeps);
}
