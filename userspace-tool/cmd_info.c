// SPDX-License-Identifier: GPL-2.0
#include <inttypes.h>
#include <libfdt.h>
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "formats/codec.h"
#include "formats/cpio.h"
#include "formats/format.h"
#include "formats/uimage.h"
#include "initrd.h"
#include "initrd_check.h"
#include "out.h"
#include "room.h"

/* Text goes from here on. */
#define INDENT	"  "

/**
 * struct beginning - the first bytes of something, unpacked
 * @data: they
 * @size: how many there are
 */
struct beginning {
	uint8_t data[512];
	size_t size;
};

static uint8_t *room(void *ctx, size_t *size)
{
	struct beginning *beginning = ctx;

	*size = sizeof(beginning->data);
	return beginning->data;
}

static bool take(void *ctx, size_t size)
{
	struct beginning *beginning = ctx;

	beginning->size = size;
	return false;
}

/* Kernels and initrds are packed alike: what comes out first tells which it is. */
static bool is_initrd(const struct blob *file)
{
	const struct codec *codec = codec_find(file->data, file->size);
	struct beginning beginning = { .size = 0 };
	const struct codec_sink sink = { .room = room, .take = take, .ctx = &beginning };
	size_t used;

	if (uimage_starts(file->data, file->size))
		return uimage_type(file->data, file->size) == UIMAGE_RAMDISK;
	if (!codec)
		return cpio_starts(file->data, file->size);
	codec->unpack(file->data, file->size, &used, &sink);
	return cpio_starts(beginning.data, beginning.size);
}

/* A device tree, and no FIT image, which is one with something in it. */
static const char *tree_model(const struct blob *file)
{
	const char *compatible;

	if (fdt_check_full(file->data, file->size) ||
	    fdt_path_offset(file->data, "/images") >= 0)
		return NULL;
	compatible = fdt_getprop(file->data, 0, "compatible", NULL);
	return compatible ? compatible : "an unnamed machine";
}

/* One line of what is said about a file. */
static void say(const char *what, const char *text)
{
	char words[32];

	snprintf(words, sizeof(words), INDENT "%-14s ", what);
	out_line(words, "%s", text);
}

static void say_address(const char *what, uint64_t address)
{
	char text[32];

	snprintf(text, sizeof(text), "%#" PRIx64, address);
	say(what, text);
}

static void say_kernel(const struct kernel *kernel, const char *release)
{
	const struct kernel_extras *extras = &kernel->extras;
	char text[128];

	kernel_describe(kernel, text, sizeof(text));
	out_line("", "%s: kernel (%s)", kernel->path, text);
	if (release[0])
		say("release", release);
	say("memory", out_size(kernel->memsz).s);
	if (kernel->fixed) {
		say_address("address", kernel->load_pa);
		say_address("entry", kernel->entry_pa);
	}
	if (extras->cmdline)
		say("command line", extras->cmdline);
	if (extras->initrd.size)
		say("initrd", out_size(extras->initrd.size).s);
	if (extras->trees) {
		snprintf(text, sizeof(text), "%u%s", extras->trees,
			 extras->dtb.data ? "" : ", none of them for this machine");
		say("device trees", text);
	}
}

static void answer_kernel(struct json *json, const struct kernel *kernel, const char *release)
{
	const struct kernel_extras *extras = &kernel->extras;
	unsigned int i;

	json_string(json, "kind", "kernel");
	json_open(json, "formats", '[');
	for (i = 0; i < kernel->depth; i++)
		json_string(json, NULL, kernel->format[i]->name);
	json_close(json, ']');
	json_string(json, "release", release);
	json_bool(json, "signed", extras->is_signed);
	json_number(json, "page_size", kernel->granule);
	json_bool(json, "big_endian", kernel->big_endian);
	json_number(json, "memory", kernel->memsz);
	if (kernel->fixed) {
		json_number(json, "address", kernel->load_pa);
		json_number(json, "entry", kernel->entry_pa);
	}
	if (extras->cmdline)
		json_string(json, "command_line", extras->cmdline);
	json_number(json, "initrd_bytes", extras->initrd.size);
	json_number(json, "device_trees", extras->trees);
}

/* @file is taken. */
static int tell_kernel(struct json *json, const char *path, struct blob *file)
{
	const struct kernel_request request = { .path = path, .memory = room_machine() };
	struct kernel kernel;
	char release[65];

	if (kernel_read(&kernel, &request, file))
		return -1;
	kernel_release(&kernel, release, sizeof(release));
	if (json)
		answer_kernel(json, &kernel, release);
	else
		say_kernel(&kernel, release);
	kernel_close(&kernel);
	return 0;
}

static void say_initrd(const char *path, const struct initrd_facts *facts, bool uimage)
{
	out_line("", "%s: initrd%s", path, uimage ? " (uImage; --strip-uimage)" : "");
	if (facts->file_system)
		say("file system", facts->file_system);
	else if (facts->packing)
		say("packed with", facts->packing);
	say("unpacked", out_size(facts->unpacked).s);
	if (facts->bootconfig)
		say("boot config", "yes");
}

static void answer_initrd(struct json *json, const struct initrd_facts *facts, bool uimage)
{
	json_string(json, "kind", "initrd");
	json_bool(json, "uimage", uimage);
	json_number(json, "archives", facts->archives);
	json_string(json, "packing", facts->packing ? facts->packing : "");
	json_string(json, "file_system", facts->file_system ? facts->file_system : "");
	json_number(json, "unpacked", facts->unpacked);
	json_bool(json, "bootconfig", facts->bootconfig);
}

static int tell_initrd(struct json *json, const char *path, struct blob *file)
{
	const bool uimage = uimage_starts(file->data, file->size);
	struct initrd_facts facts;

	if (initrd_strip_uimage(file, path) ||
	    initrd_check(file, path, room_machine(), &facts))
		return -1;
	if (json)
		answer_initrd(json, &facts, uimage);
	else
		say_initrd(path, &facts, uimage);
	return 0;
}

static int tell_tree(struct json *json, const char *path, const char *model)
{
	if (!json) {
		out_line("", "%s: device tree", path);
		say("machine", model);
		return 0;
	}
	json_string(json, "kind", "device-tree");
	json_string(json, "machine", model);
	return 0;
}

static int tell_file(struct json *json, const char *path, struct blob *file)
{
	const char *model = tree_model(file);

	if (model)
		return tell_tree(json, path, model);
	if (is_initrd(file))
		return tell_initrd(json, path, file);
	return tell_kernel(json, path, file);
}

static int tell(struct json *json, const char *path)
{
	struct blob file = { 0 };
	int ret;

	if (json) {
		json_open(json, NULL, '{');
		json_string(json, "file", path);
	}
	ret = blob_load_file(&file, path, room_machine());
	if (!ret)
		ret = tell_file(json, path, &file);
	blob_free(&file);
	if (json && ret)
		json_string(json, "kind", "unknown");
	if (json)
		json_close(json, '}');
	return ret;
}

static int tell_all(struct json *json, char **paths)
{
	int status = EXIT_DONE;

	for (; *paths; paths++)
		if (tell(json, *paths))
			status = EXIT_FAILED;
	return status;
}

static int answer(char **paths)
{
	struct json json;
	int status;

	cmd_json_open(&json, &cmd_info);
	json_open(&json, "files", '[');
	status = tell_all(&json, paths);
	json_close(&json, ']');
	return cmd_json_close(&json, status);
}

static int info(int argc, char **argv)
{
	int operand = options_parse(cmd_no_options, NULL, argc, argv);
	int status;

	if (operand == OPTIONS_HELP)
		return cmd_help(&cmd_info);
	if (operand == argc)
		operand = options_misused(argv, "which files?");
	if (operand < 0)
		return cmd_misused(&cmd_info);
	if (out_is_json())
		return answer(argv + operand);
	status = tell_all(NULL, argv + operand);
	return out_finish() == EXIT_DONE ? status : EXIT_FAILED;
}

const struct command cmd_info = {
	.name		= "info",
	.usage		= "[OPTIONS] FILE...",
	.summary	= "Tell what kernels, initrds and device trees are, without loading them",
	.help		=
		"Each file is read and unpacked as 'fastkexec load' does it. The exit status is 1\n"
		"if one of them is damaged, or something else.\n",
	.options	= cmd_no_options,
	.run		= info,
};
