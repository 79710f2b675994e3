// SPDX-License-Identifier: GPL-2.0
#include "report/last_record.h"

#include <libfdt.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "blob.h"
#include "boot_protocol.h"
#include "dtb.h"
#include "dtb_record.h"
#include "root.h"

#define CHOSEN		"/sys/firmware/devicetree/base/chosen/"

/* Everybody may read the property. */
static bool read_property(struct fastkexec_record *record)
{
	uint8_t value[4 * sizeof(*record)];
	char path[PATH_MAX];
	size_t length;
	FILE *file;

	file = fopen(root_path(path, sizeof(path), CHOSEN DTB_RECORD_PROPERTY), "re");
	if (!file)
		return false;
	length = fread(value, 1, sizeof(value), file);
	fclose(file);
	return dtb_record_find(value, length, record);
}

static bool find_in_tree(const struct blob *tree, struct fastkexec_record *record)
{
	const void *value;
	int chosen, length;

	if (fdt_check_full(tree->data, tree->size))
		return false;
	chosen = fdt_path_offset(tree->data, "/chosen");
	value = fdt_getprop(tree->data, chosen, DTB_RECORD_PROPERTY, &length);
	return value && dtb_record_find(value, length, record);
}

/* A kernel that was booted with ACPI keeps the tree, and shows no nodes of it. */
static bool read_tree(struct fastkexec_record *record)
{
	struct blob tree = { 0 };
	char path[PATH_MAX];
	bool found;

	if (!root_has(DTB_RUNNING))
		return false;
	root_path(path, sizeof(path), DTB_RUNNING);
	if (blob_read_file(&tree, path, BOOT_DTB_MAX))
		return false;
	found = find_in_tree(&tree, record);
	blob_free(&tree);
	return found;
}

static void take(struct record *to, const struct fastkexec_record *from)
{
	unsigned int i;

	*to = (struct record){
		.frequency = dtb_record_number(from->frequency),
		.loaded = dtb_record_number(from->loaded),
		.verify = dtb_record_number(from->verify),
		.bytes = dtb_record_number(from->bytes),
		.copy_bytes = dtb_record_number(from->copy_bytes),
		.cpus = dtb_record_number(from->cpus),
	};
	for (i = 0; i < FASTKEXEC_MOMENTS; i++)
		to->stamp[i] = dtb_record_number(from->stamp[i]);
	memcpy(to->release, from->release, sizeof(to->release) - 1);
}

bool record_read(struct record *record)
{
	struct fastkexec_record found;

	if (!read_property(&found) && !read_tree(&found))
		return false;
	take(record, &found);
	return record->frequency && record->stamp[FASTKEXEC_MOMENT_LEFT];
}
