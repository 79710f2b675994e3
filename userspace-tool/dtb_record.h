/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The record in a device tree: where the running kernel writes down for the next one when
 * it was left.
 */
#ifndef FASTKEXEC_DTB_RECORD_H
#define FASTKEXEC_DTB_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/fastkexec.h>

#include "blob.h"

/* Of /chosen. */
#define DTB_RECORD_PROPERTY	"fastkexec,record"

/* Bytes that dtb_record_make() may need. */
#define DTB_RECORD_ROOM		(2 * sizeof(struct fastkexec_record) + 64)

/**
 * dtb_record_make() - make room for a record; one of an earlier jump is dropped
 * @tree: as fdt_open_into() left it
 * @chosen: its node /chosen
 *
 * Return: 0, or a negative FDT_ERR_*
 */
int dtb_record_make(void *tree, int chosen);

/**
 * dtb_record_offset() - where the record goes
 * @tree: finished
 *
 * Return: offset from the beginning of @tree, a multiple of the record's size; 0 if the
 * tree has no room for one
 */
size_t dtb_record_offset(const struct blob *tree);

/**
 * dtb_record_find() - find a record among the bytes of the property
 * @value: the property
 * @length: its bytes
 * @record: takes it
 *
 * Return: whether there is one that is whole
 */
bool dtb_record_find(const void *value, size_t length, struct fastkexec_record *record);

/**
 * dtb_record_number() - a number of a record
 * @number: as the record has it, big-endian
 *
 * Return: the number
 */
uint64_t dtb_record_number(__be64 number);

#endif /* FASTKEXEC_DTB_RECORD_H */
