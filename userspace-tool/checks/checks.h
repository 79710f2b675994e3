/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What around this machine keeps a fast reboot from going as the user expects. The
 * module knows what the kernel and the firmware do; here is what programs, files and
 * settings of user space say.
 */
#ifndef FASTKEXEC_CHECKS_H
#define FASTKEXEC_CHECKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * enum grade - how bad a finding is
 * @GRADE_OK: as it should be
 * @GRADE_WARNING: the user should know; nothing is refused
 * @GRADE_REFUSAL: nothing may be loaded
 */
enum grade {
	GRADE_OK,
	GRADE_WARNING,
	GRADE_REFUSAL,
};

#define FINDING_MAX	240

/**
 * struct finding - one answer of a check
 * @check: name of the check, for programs
 * @grade: how bad it is
 * @text: a sentence without its full stop
 * @advice: what to do about it, an imperative; "" if there is nothing to do
 */
struct finding {
	const char *check;
	enum grade grade;
	char text[FINDING_MAX];
	const char *advice;
};

/**
 * typedef check_tell - takes a finding
 * @ctx: from the caller of check_all()
 * @finding: valid until it returns
 */
typedef void check_tell(void *ctx, const struct finding *finding);

/**
 * struct check_run - one run of all checks
 * @check: the one that is running
 * @tell: takes what it finds
 * @ctx: for @tell
 * @findings: how many it has found
 * @worst: the worst grade so far
 */
struct check_run {
	const struct check *check;
	check_tell *tell;
	void *ctx;
	unsigned int findings;
	enum grade worst;
};

/**
 * struct check - one thing to look at
 * @name: for programs and in lists
 * @fine: the sentence if it finds nothing
 * @look: looks, and calls check_find() for each thing found
 */
struct check {
	const char *name;
	const char *fine;
	void (*look)(struct check_run *run);
};

extern const struct check check_disk_key;
extern const struct check check_display;
extern const struct check check_not_added;
extern const struct check check_policy;
extern const struct check check_resctrl;
extern const struct check check_soft_reboot;
extern const struct check check_stock_kexec;
extern const struct check check_watchdog;

/**
 * check_all() - run every check
 * @tell: takes each finding; of a check without one, its @fine as GRADE_OK
 * @ctx: for @tell
 *
 * Return: the worst grade
 */
enum grade check_all(check_tell *tell, void *ctx);

/**
 * check_find() - called by a check: tell of something
 * @run: this run
 * @grade: how bad it is
 * @advice: as in &struct finding; a literal
 * @format: of the sentence, as of printf(3)
 */
void check_find(struct check_run *run, enum grade grade, const char *advice,
		const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif /* FASTKEXEC_CHECKS_H */
