// SPDX-License-Identifier: GPL-2.0
/*
 * FIT images: a device tree whose nodes hold kernels, initrds and device trees, and
 * configurations that name which of them belong together
 * (https://fitspec.osfw.foundation/).
 */
#include <libfdt.h>
#include <string.h>

#include "formats/digest.h"
#include "formats/format.h"
#include "formats/payload.h"
#include "formats/unpack.h"
#include "out.h"

/**
 * struct fit - a FIT image
 * @path: its name
 * @tree: its contents, of which the device tree is the beginning
 * @size: bytes of them
 * @images: node of what it holds
 * @config: node of the configuration that counts
 */
struct fit {
	const char *path;
	const uint8_t *tree;
	uint64_t size;
	int images;
	int config;
};

/**
 * struct image - one of the things that it holds
 * @name: its name
 * @node: its node
 * @data: its contents
 * @size: bytes of them, at least 1
 */
struct image {
	const char *name;
	int node;
	const uint8_t *data;
	uint64_t size;
};

static bool fit_probe(const uint8_t *data, size_t size)
{
	return size >= 4 && !memcmp(data, "\xd0\x0d\xfe\xed", 4);
}

/* A property that is a string; NULL if there is none. */
static const char *text(const struct fit *fit, int node, const char *name)
{
	int length;
	const char *value = fdt_getprop(fit->tree, node, name, &length);

	return value && length > 0 && !value[length - 1] ? value : NULL;
}

static bool cell(const struct fit *fit, int node, const char *name, uint64_t *value)
{
	int length;
	const fdt32_t *property = fdt_getprop(fit->tree, node, name, &length);

	if (!property || length != sizeof(*property))
		return false;
	*value = fdt32_ld(property);
	return true;
}

static int find_config(struct fit *fit, const char *wanted)
{
	int configs = fdt_path_offset(fit->tree, "/configurations");
	const char *name = wanted;

	if (configs >= 0 && !name)
		name = text(fit, configs, "default");
	if (configs < 0)
		fit->config = configs;
	else if (name)
		fit->config = fdt_subnode_offset(fit->tree, configs, name);
	else
		fit->config = fdt_first_subnode(fit->tree, configs);
	if (fit->config >= 0)
		return 0;
	return out_fail("%s (FIT) has no configuration%s%s", fit->path, name ? " " : "",
			name ? name : "");
}

static int read_tree(struct fit *fit)
{
	int ret = fdt_check_full(fit->tree, fit->size);

	if (ret == -FDT_ERR_TRUNCATED)
		return out_fail("%s (FIT image or device tree) is cut short", fit->path);
	if (ret)
		return out_fail("%s (FIT image or device tree) is damaged: %s", fit->path,
				fdt_strerror(ret));
	fit->images = fdt_path_offset(fit->tree, "/images");
	if (fit->images < 0)
		return out_fail("%s is a device tree, and no kernel", fit->path);
	return 0;
}

/* Contents may lie behind the tree: at an offset in the file, or from its end on. */
static bool find_outside(const struct fit *fit, struct image *image)
{
	uint64_t offset;

	if (cell(fit, image->node, "data-offset", &offset))
		offset += (fdt_totalsize(fit->tree) + 3) & ~3ULL;
	else if (!cell(fit, image->node, "data-position", &offset))
		return false;
	if (!cell(fit, image->node, "data-size", &image->size))
		return false;
	if (offset > fit->size || fit->size - offset < image->size)
		return false;
	image->data = fit->tree + offset;
	return true;
}

static int find_data(const struct fit *fit, struct image *image)
{
	int length;

	image->data = fdt_getprop(fit->tree, image->node, "data", &length);
	if (image->data)
		image->size = length;
	else if (!find_outside(fit, image))
		return out_fail("%s (FIT) is cut short or damaged: the contents of %s lie outside",
				fit->path, image->name);
	if (!image->size)
		return out_fail("%s (FIT): %s is empty", fit->path, image->name);
	return 0;
}

static int check_digest(const struct fit *fit, const struct image *image, int node)
{
	const char *algo = text(fit, node, "algo");
	uint8_t value[DIGEST_MAX];
	const void *wanted;
	size_t size;
	int length;

	wanted = fdt_getprop(fit->tree, node, "value", &length);
	if (!algo || !wanted)
		return out_fail("%s (FIT) is damaged: %s has a digest without a value", fit->path,
				image->name);
	size = digest_make(algo, value, image->data, image->size);
	if (!size)
		return out_fail("%s (FIT): the digest of %s, %s, is none that can be checked here",
				fit->path, image->name, algo);
	if ((size_t)length != size || memcmp(value, wanted, size))
		return out_fail("%s (FIT) is damaged: %s does not have its digest (%s)", fit->path,
				image->name, algo);
	return 0;
}

static bool begins(const struct fit *fit, int node, const char *prefix)
{
	const char *name = fdt_get_name(fit->tree, node, NULL);

	return name && !strncmp(name, prefix, strlen(prefix));
}

static int check_digests(const struct fit *fit, const struct image *image)
{
	int node;

	fdt_for_each_subnode(node, fit->tree, image->node)
		if (begins(fit, node, "hash") && check_digest(fit, image, node))
			return -1;
	return 0;
}

static bool is_signed(const struct fit *fit, int parent)
{
	int node;

	fdt_for_each_subnode(node, fit->tree, parent)
		if (begins(fit, node, "signature"))
			return true;
	return false;
}

static int check_arch(const struct fit *fit, const struct image *image)
{
	const char *arch = text(fit, image->node, "arch");

	if (arch && strcmp(arch, "arm64"))
		return out_fail("%s (FIT): %s is for another machine than arm64 (%s)", fit->path,
				image->name, arch);
	return 0;
}

/*
 * The image of that number of those that the configuration calls @role; @image->node is
 * negative if it has no such.
 */
static int find_image(const struct fit *fit, const char *role, int number, struct image *image)
{
	*image = (struct image){
		.name = fdt_stringlist_get(fit->tree, fit->config, role, number, NULL),
		.node = -1,
	};
	if (!image->name)
		return 0;
	image->node = fdt_subnode_offset(fit->tree, fit->images, image->name);
	if (image->node < 0)
		return out_fail("%s (FIT) is damaged: it does not hold %s", fit->path, image->name);
	if (find_data(fit, image) || check_digests(fit, image))
		return -1;
	return check_arch(fit, image);
}

static int take_initrd(const struct fit *fit, struct kernel *kernel)
{
	struct image image;

	if (find_image(fit, "ramdisk", 0, &image))
		return -1;
	if (image.node < 0)
		return 0;
	return payload_copy(&kernel->extras.initrd, image.data, image.size, fit->path);
}

static int unpack_tree(const struct fit *fit, const struct image *image, uint64_t memory,
		       struct blob *tree)
{
	const struct unpack_request request = {
		.codec = codec_find(image->data, image->size),
		.data = image->data,
		.size = image->size,
		.path = fit->path,
		.memory = memory,
	};

	if (request.codec)
		return unpack_whole(tree, &request);
	return payload_copy(tree, image->data, image->size, fit->path);
}

static int apply(struct blob *tree, const char *path, struct blob *overlay)
{
	const size_t room = fdt_totalsize(tree->data) + 4 * overlay->size;
	int ret = fdt_check_full(overlay->data, overlay->size);

	if (ret)
		return ret;
	if (room > tree->size && blob_resize(tree, room, path))
		return -FDT_ERR_NOSPACE;
	ret = fdt_open_into(tree->data, tree->data, tree->size);
	if (!ret)
		ret = fdt_overlay_apply(tree->data, overlay->data);
	return ret ? ret : fdt_pack(tree->data);
}

static int apply_overlay(const struct fit *fit, const struct image *image, uint64_t memory,
			 struct blob *tree)
{
	struct blob overlay = { 0 };
	int ret;

	if (unpack_tree(fit, image, memory, &overlay))
		return -1;
	ret = apply(tree, fit->path, &overlay);
	blob_free(&overlay);
	if (!ret)
		return 0;
	return out_fail("%s (FIT): the overlay %s does not fit the device tree: %s", fit->path,
			image->name, fdt_strerror(ret));
}

/* What stands behind the device tree's name in its list are overlays. */
static int apply_overlays(const struct fit *fit, struct kernel *kernel)
{
	struct image image;
	int number = 1, ret;

	do {
		ret = find_image(fit, "fdt", number++, &image);
		if (!ret && image.node >= 0)
			ret = apply_overlay(fit, &image, kernel->memory, &kernel->extras.dtb);
	} while (!ret && image.node >= 0);
	return ret;
}

static int take_tree(const struct fit *fit, struct kernel *kernel)
{
	struct blob tree = { 0 };
	struct image image;

	if (find_image(fit, "fdt", 0, &image))
		return -1;
	if (image.node < 0)
		return 0;
	if (unpack_tree(fit, &image, kernel->memory, &tree))
		return -1;
	blob_free(&kernel->extras.dtb);
	kernel->extras.dtb = tree;
	kernel->extras.trees = 1;
	if (fdt_check_full(tree.data, tree.size))
		return out_fail("%s (FIT): the device tree %s is damaged", fit->path, image.name);
	return apply_overlays(fit, kernel);
}

static int take_kernel(const struct fit *fit, struct kernel *kernel)
{
	struct image image;

	if (find_image(fit, "kernel", 0, &image))
		return -1;
	if (image.node < 0)
		return out_fail("%s (FIT): its configuration %s names no kernel", fit->path,
				fdt_get_name(fit->tree, fit->config, NULL));
	kernel->extras.is_signed |= is_signed(fit, image.node);
	return payload_keep(kernel, image.data - fit->tree, image.size);
}

static int fit_open(struct kernel *kernel)
{
	struct fit fit = {
		.path = kernel->path,
		.tree = kernel->contents.data,
		.size = kernel->contents.size,
	};

	if (read_tree(&fit) ||
	    find_config(&fit, kernel->request ? kernel->request->config : NULL))
		return -1;
	kernel->extras.is_signed |= is_signed(&fit, fit.config);
	if (take_initrd(&fit, kernel) || take_tree(&fit, kernel))
		return -1;
	return take_kernel(&fit, kernel);
}

const struct format format_fit = {
	.name	= "FIT",
	.wraps	= true,
	.probe	= fit_probe,
	.open	= fit_open,
};
