// SPDX-License-Identifier: GPL-2.0
/*
 * What the pieces demand of their places, and what follows from the places.
 */
#include "fake_device.h"

#include "boot_protocol.h"
#include "layout.h"

#define KIB	(1ULL << 10)
#define MIB	(1ULL << 20)

TOOL_TEST("kernel lies at its text offset")
{
	static const struct {
		uint32_t page;
		uint64_t text_offset;
		uint64_t want_offset, want_lead;
	} cases[] = {
		{ 4096, 0, 0, 0 },
		{ 4096, 0x80000, 0x80000, 0 },
		{ 4096, 0x81000, 0x81000, 0 },
		{ 4096, 0x1ff000, 0x1ff000, 0 },
		{ 16384, 0x80000, 0x80000, 0 },
		{ 16384, 0x81000, 0x80000, 0x1000 },
		{ 16384, 0x1ff000, 0x1fc000, 0x3000 },
		{ 65536, 0x80000, 0x80000, 0 },
		{ 65536, 0x81000, 0x80000, 0x1000 },
		{ 65536, 0x1ff000, 0x1f0000, 0xf000 },
	};
	struct boot boot = { .kernel = { .memsz = 36 * MIB }, .dtb = { .size = 4096 } };
	struct fastkexec_info info = { 0 };
	struct layout layout;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		info.page_size = cases[i].page;
		boot.kernel.text_offset = cases[i].text_offset;
		assert_int_equal(layout_plan(&layout, &boot, &info), 0);
		assert_int_equal(layout.piece[0].role, FASTKEXEC_ROLE_KERNEL);
		assert_int_equal(layout.piece[0].align, 2 * MIB);
		assert_int_equal(layout.piece[0].offset, cases[i].want_offset);
		assert_int_equal(layout.lead, cases[i].want_lead);
		assert_true(layout.piece[0].memsz >= layout.lead + boot.kernel.memsz);

		layout.piece[0].addr = 0x40000000 + cases[i].want_offset;
		assert_int_equal((layout_entry(&layout) - boot.kernel.text_offset) % (2 * MIB), 0);
	}
}

TOOL_TEST("pieces share no page of any size")
{
	static const uint64_t sizes[] = { 1, 4095, 4096, 65535, 65536, 65537, 512 * MIB + 1 };
	struct fastkexec_info info = { .page_size = 4096 };
	struct boot boot = { 0 };
	struct layout layout;
	unsigned int i, j;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		boot.kernel.memsz = sizes[i];
		boot.initrd.size = sizes[i];
		boot.dtb.size = sizes[i];
		assert_int_equal(layout_plan(&layout, &boot, &info), 0);
		assert_int_equal(layout.nr, 3);
		for (j = 0; j < layout.nr; j++) {
			assert_true(layout.piece[j].memsz >= sizes[i]);
			assert_true(layout.piece[j].memsz < sizes[i] + 64 * KIB);
			assert_int_equal(layout.piece[j].memsz % (64 * KIB), 0);
			assert_int_equal(layout.piece[j].align % (64 * KIB), 0);
			assert_true(layout.piece[j].offset < layout.piece[j].align);
			assert_int_equal(layout.piece[j].addr, 0);
			assert_int_equal(layout.piece[j].placement, 0);
			assert_int_equal(layout.piece[j].flags, 0);
			assert_int_equal(layout.piece[j].reserved, 0);
		}
	}
}

TOOL_TEST("largest demand is asked for first")
{
	struct boot boot = {
		.kernel = { .memsz = 36 * MIB },
		.initrd = { .size = 30 * MIB },
		.dtb = { .size = 20 * KIB },
	};
	struct fastkexec_info info = { .page_size = 4096 };
	struct layout layout;

	assert_int_equal(layout_plan(&layout, &boot, &info), 0);
	assert_int_equal(layout.nr, 3);
	assert_int_equal(layout.piece[0].memsz, 36 * MIB);
	assert_int_equal(layout.piece[1].memsz, 30 * MIB);
	assert_int_equal(layout.piece[1].align, 64 * KIB);
	assert_int_equal(layout.piece[2].memsz, 64 * KIB);
}

TOOL_TEST("pieces are found by their role")
{
	struct boot boot = {
		.kernel = { .memsz = 36 * MIB },
		.initrd = { .size = 30 * MIB },
		.dtb = { .size = 20 * KIB },
	};
	struct fastkexec_info info = { .page_size = 4096 };
	struct layout layout;

	assert_int_equal(layout_plan(&layout, &boot, &info), 0);
	layout.piece[0].addr = 0x40000000;
	layout.piece[1].addr = 0x50000000;
	layout.piece[2].addr = 0x60000000;
	assert_int_equal(layout_address(&layout, FASTKEXEC_ROLE_KERNEL), 0x40000000);
	assert_int_equal(layout_address(&layout, FASTKEXEC_ROLE_INITRD), 0x50000000);
	assert_int_equal(layout_address(&layout, FASTKEXEC_ROLE_DTB), 0x60000000);

	boot.initrd.size = 0;
	assert_int_equal(layout_plan(&layout, &boot, &info), 0);
	assert_int_equal(layout.nr, 2);
	layout.piece[1].addr = 0x60000000;
	assert_int_equal(layout_address(&layout, FASTKEXEC_ROLE_INITRD), 0);
	assert_int_equal(layout_address(&layout, FASTKEXEC_ROLE_DTB), 0x60000000);
}

/* A tree of at most 2 MiB that begins at a multiple of that crosses none. */
TOOL_TEST("device tree never crosses 2 MiB")
{
	struct boot boot = { .kernel = { .memsz = MIB }, .dtb = { .size = BOOT_DTB_MAX } };
	struct fastkexec_info info = { .page_size = 65536 };
	struct layout layout;

	assert_int_equal(layout_plan(&layout, &boot, &info), 0);
	assert_int_equal(layout.piece[1].align, 2 * MIB);
	assert_int_equal(layout.piece[1].offset, 0);
	assert_int_equal(layout.piece[1].memsz, 2 * MIB);
}

TOOL_TEST("nonsense page size is refused")
{
	static const uint32_t pages[] = { 0, 1, 2048, 4095, 5000, 12288, 131072, 1U << 31 };
	struct boot boot = { .kernel = { .memsz = MIB }, .dtb = { .size = 4096 } };
	struct fastkexec_info info = { 0 };
	struct layout layout;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(pages); i++) {
		info.page_size = pages[i];
		fake_listen();
		assert_int_equal(layout_plan(&layout, &boot, &info), -1);
		assert_sentence("which no arm64 kernel has");
	}
}

TOOL_TEST("kernel ends below 48 bits")
{
	struct boot boot = { .kernel = { .memsz = 36 * MIB } };
	struct layout layout = { .nr = 1, .piece = { { .role = FASTKEXEC_ROLE_KERNEL } } };

	layout.piece[0].addr = (1ULL << 48) - 36 * MIB;
	assert_int_equal(layout_check(&layout, &boot), 0);
	layout.lead = 4096;
	fake_listen();
	assert_int_equal(layout_check(&layout, &boot), -1);
	assert_sentence("a kernel cannot start above 2^48");
	layout.lead = 0;
	layout.piece[0].addr = 1ULL << 51;
	fake_listen();
	assert_int_equal(layout_check(&layout, &boot), -1);
	assert_sentence("a kernel cannot start above 2^48");
}

/* In an order that the tool does not use: the role decides, not the index. */
TOOL_TEST("segments follow the pieces")
{
	uint8_t bytes[3];
	const struct boot boot = {
		.kernel = { .contents = { &bytes[0], 100 } },
		.initrd = { &bytes[1], 200 },
		.dtb = { &bytes[2], 300 },
	};
	const struct blob *const contents[3] = {
		&boot.initrd, &boot.dtb, &boot.kernel.contents,
	};
	struct layout layout = {
		.nr = 3,
		.piece = {
			{ .memsz = 128 * KIB, .align = 64 * KIB, .addr = 0x50000000,
				.role = FASTKEXEC_ROLE_INITRD },
			{ .memsz = 192 * KIB, .align = 2 * MIB, .addr = 0x60000000,
				.role = FASTKEXEC_ROLE_DTB },
			{ .memsz = 64 * KIB, .align = 2 * MIB, .offset = 0x80000,
				.addr = 0x40080000, .role = FASTKEXEC_ROLE_KERNEL },
		},
	};
	struct fastkexec_segment segments[3];
	unsigned int i;

	layout_segments(&layout, &boot, segments);
	for (i = 0; i < 3; i++) {
		assert_int_equal(segments[i].buf, (uintptr_t)contents[i]->data);
		assert_int_equal(segments[i].bufsz, contents[i]->size);
		assert_int_equal(segments[i].dest, layout.piece[i].addr);
		assert_int_equal(segments[i].memsz, layout.piece[i].memsz);
		assert_int_equal(segments[i].role, layout.piece[i].role);
		assert_int_equal(segments[i].placement, 0);
		assert_int_equal(segments[i].chunks, 0);
		assert_int_equal(segments[i].flags, 0);
		if (segments[i].align)
			assert_int_equal(segments[i].dest % segments[i].align, 0);
	}
	assert_int_equal(segments[0].align, 64 * KIB);
	assert_int_equal(segments[1].align, 2 * MIB);
}
