/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One line that says why a call failed: logged, and kept for FASTKEXEC_EXPLAIN.
 */
#ifndef FK_REPORT_H
#define FK_REPORT_H

#include <linux/compiler.h>
#include <linux/fastkexec.h>

/**
 * struct fk_report - why a call failed; all zero at its beginning
 * @line: the sentence, without a newline; empty if nothing failed
 * @subject: enum fastkexec_subject that the sentence is about; it does not name it
 * @index: which one, as the caller numbered them
 */
struct fk_report {
	char line[FASTKEXEC_EXPLAIN_MAX];
	u32 subject;
	u32 index;
};

/**
 * fk_report_about() - name what the next sentence is about
 * @report: where to keep it
 * @subject: enum fastkexec_subject
 * @index: which one, as the caller numbered them
 *
 * Return: @report, for fk_report_fail().
 */
struct fk_report *fk_report_about(struct fk_report *report, u32 subject, u32 index);

/**
 * fk_report_piece() - the next sentence is about a piece
 * @report: where to keep it
 * @i: which one
 *
 * Return: @report, for fk_report_fail().
 */
static inline struct fk_report *fk_report_piece(struct fk_report *report, u32 i)
{
	return fk_report_about(report, FASTKEXEC_SUBJECT_PIECE, i);
}

/**
 * fk_report_segment() - the next sentence is about a segment
 * @report: where to keep it
 * @i: which one
 *
 * Return: @report, for fk_report_fail().
 */
static inline struct fk_report *fk_report_segment(struct fk_report *report, u32 i)
{
	return fk_report_about(report, FASTKEXEC_SUBJECT_SEGMENT, i);
}

/**
 * fk_report_fail() - log a sentence, keep it, return the error
 * @report: where to keep it
 * @err: negative errno
 * @fmt: printf() format, without a newline; must not name the subject of @report
 *
 * The log line names the subject in front.
 *
 * Return: @err.
 */
__printf(3, 4) int fk_report_fail(struct fk_report *report, int err, const char *fmt, ...);

#endif /* FK_REPORT_H */
