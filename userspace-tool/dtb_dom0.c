// SPDX-License-Identifier: GPL-2.0
#include "dtb_dom0.h"

#include <libfdt.h>

#include "out.h"

/* Two strings, one behind the other. */
static const char is_kernel[] = "multiboot,kernel\0multiboot,module";
static const char is_ramdisk[] = "multiboot,ramdisk\0multiboot,module";

/*
 * The sizes of addresses in children of /chosen. Xen goes by the parent's where there are
 * none, and libfdt does not.
 */
static int settle_cells(void *tree, int chosen)
{
	int ret = 0;

	if (!fdt_getprop(tree, chosen, "#address-cells", NULL))
		ret = fdt_setprop_u32(tree, chosen, "#address-cells", 2);
	if (!ret && !fdt_getprop(tree, chosen, "#size-cells", NULL))
		ret = fdt_setprop_u32(tree, chosen, "#size-cells", 2);
	return ret;
}

/* A node of that name is what a tree from a file says of another start. */
static int add_node(void *tree, int chosen, const char *name)
{
	int node = fdt_subnode_offset(tree, chosen, name);
	int ret = node < 0 ? 0 : fdt_del_node(tree, node);

	return ret ? ret : fdt_add_subnode(tree, chosen, name);
}

static int add_module(void *tree, int chosen, const char *name, const char *compatible, int size)
{
	int node = add_node(tree, chosen, name);
	int ret;

	if (node < 0)
		return node;
	ret = fdt_setprop(tree, node, "compatible", compatible, size);
	return ret ? ret : fdt_appendprop_addrrange(tree, chosen, node, "reg", 0, 0);
}

static int add_kernel(void *tree, int chosen, const char *cmdline)
{
	int ret = add_module(tree, chosen, DTB_DOM0_KERNEL, is_kernel, sizeof(is_kernel));

	if (ret)
		return ret;
	return fdt_setprop_string(tree, fdt_subnode_offset(tree, chosen, DTB_DOM0_KERNEL),
				  "bootargs", cmdline);
}

int dtb_dom0_make(void *tree, int chosen, const char *cmdline, bool ramdisk)
{
	int ret = settle_cells(tree, chosen);

	if (!ret)
		ret = add_kernel(tree, chosen, cmdline);
	if (!ret && ramdisk)
		ret = add_module(tree, chosen, DTB_DOM0_RAMDISK, is_ramdisk, sizeof(is_ramdisk));
	return ret;
}

int dtb_dom0_place(struct blob *tree, const char *name, uint64_t start, uint64_t size)
{
	int chosen = fdt_path_offset(tree->data, "/chosen");
	int node = fdt_subnode_offset(tree->data, chosen, name);
	int ret = fdt_delprop(tree->data, node, "reg");

	if (!ret)
		ret = fdt_appendprop_addrrange(tree->data, chosen, node, "reg", start, size);
	if (!ret)
		return 0;
	return out_fail("the device tree cannot say where Xen's %s lies: %s", name,
			fdt_strerror(ret));
}
