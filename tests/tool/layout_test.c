// SPDX-License-Identifier: GPL-2.0
/*
 * What the pieces demand of their places.
 */
#include "fake_device.h"

#include <stdint.h>

#include "layout.h"

#define KIB	(1ULL << 10)
#define MIB	(1ULL << 20)

static void kernel_lies_at_its_text_offset(void **state)
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
	struct boot_image image = { .memsz = 36 * MIB };
	struct fastkexec_info info = { 0 };
	struct layout layout;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		info.page_size = cases[i].page;
		image.text_offset = cases[i].text_offset;
		assert_int_equal(layout_plan(&layout, &image, 0, 4096, &info), 0);
		assert_int_equal(layout.piece[0].align, 2 * MIB);
		assert_int_equal(layout.piece[0].offset, cases[i].want_offset);
		assert_int_equal(layout.lead, cases[i].want_lead);
		assert_true(layout.piece[0].memsz >= layout.lead + image.memsz);

		layout.piece[0].addr = 0x40000000 + cases[i].want_offset;
		assert_int_equal((layout_entry(&layout) - image.text_offset) % (2 * MIB), 0);
	}
}

static void pieces_share_no_page_of_any_size(void **state)
{
	static const uint64_t sizes[] = { 1, 4095, 4096, 65535, 65536, 65537, 512 * MIB + 1 };
	struct boot_image image = { 0 };
	struct fastkexec_info info = { .page_size = 4096 };
	struct layout layout;
	unsigned int i, j;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		image.memsz = sizes[i];
		assert_int_equal(layout_plan(&layout, &image, sizes[i], sizes[i], &info), 0);
		assert_int_equal(layout.nr, 3);
		for (j = 0; j < layout.nr; j++) {
			assert_true(layout.piece[j].memsz >= sizes[i]);
			assert_true(layout.piece[j].memsz < sizes[i] + 64 * KIB);
			assert_int_equal(layout.piece[j].memsz % (64 * KIB), 0);
			assert_int_equal(layout.piece[j].align % (64 * KIB), 0);
			assert_true(layout.piece[j].offset < layout.piece[j].align);
			assert_int_equal(layout.piece[j].addr, 0);
			assert_int_equal(layout.piece[j].placement, 0);
			assert_int_equal(layout.piece[j].reserved, 0);
		}
	}
}

static void largest_demand_is_asked_for_first(void **state)
{
	struct boot_image image = { .memsz = 36 * MIB };
	struct fastkexec_info info = { .page_size = 4096 };
	struct layout layout;

	(void)state;
	assert_int_equal(layout_plan(&layout, &image, 30 * MIB, 20 * KIB, &info), 0);
	assert_int_equal(layout.nr, 3);
	assert_int_equal(layout.piece[0].memsz, 36 * MIB);
	assert_int_equal(layout.piece[1].memsz, 30 * MIB);
	assert_int_equal(layout.piece[1].align, 64 * KIB);
	assert_int_equal(layout.piece[2].memsz, 64 * KIB);
	layout.piece[1].addr = 0x50000000;
	layout.piece[2].addr = 0x60000000;
	assert_int_equal(layout_initrd(&layout), 0x50000000);
	assert_int_equal(layout_dtb(&layout), 0x60000000);

	assert_int_equal(layout_plan(&layout, &image, 0, 20 * KIB, &info), 0);
	assert_int_equal(layout.nr, 2);
	layout.piece[1].addr = 0x60000000;
	assert_int_equal(layout_initrd(&layout), 0);
	assert_int_equal(layout_dtb(&layout), 0x60000000);
}

/* A tree of at most 2 MiB that begins at a multiple of that crosses none. */
static void device_tree_never_crosses_2_mib(void **state)
{
	struct boot_image image = { .memsz = MIB };
	struct fastkexec_info info = { .page_size = 65536 };
	struct layout layout;

	(void)state;
	assert_int_equal(layout_plan(&layout, &image, 0, LAYOUT_DTB_MAX, &info), 0);
	assert_int_equal(layout.piece[1].align, 2 * MIB);
	assert_int_equal(layout.piece[1].offset, 0);
	assert_int_equal(layout.piece[1].memsz, 2 * MIB);
}

static void nonsense_page_size_is_refused(void **state)
{
	static const uint32_t pages[] = { 0, 1, 2048, 4095, 5000, 12288, 131072, 1U << 31 };
	struct boot_image image = { .memsz = MIB };
	struct fastkexec_info info = { 0 };
	struct layout layout;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(pages); i++) {
		info.page_size = pages[i];
		fake_listen();
		assert_int_equal(layout_plan(&layout, &image, 0, 4096, &info), -1);
		assert_sentence("which no arm64 kernel has");
	}
}

static void kernel_ends_below_48_bits(void **state)
{
	struct boot_image image = { .memsz = 36 * MIB };
	struct layout layout = { .nr = 2 };

	(void)state;
	layout.piece[0].addr = (1ULL << 48) - 36 * MIB;
	assert_int_equal(layout_check(&layout, &image), 0);
	layout.lead = 4096;
	fake_listen();
	assert_int_equal(layout_check(&layout, &image), -1);
	assert_sentence("a kernel cannot start above 2^48");
	layout.lead = 0;
	layout.piece[0].addr = 1ULL << 51;
	fake_listen();
	assert_int_equal(layout_check(&layout, &image), -1);
	assert_sentence("a kernel cannot start above 2^48");
}

static void segments_follow_the_pieces(void **state)
{
	uint8_t bytes[3];
	struct blob contents[3] = {
		{ &bytes[0], 100 }, { &bytes[1], 200 }, { &bytes[2], 300 },
	};
	struct layout layout = {
		.nr = 3,
		.piece = {
			{ .memsz = 64 * KIB, .align = 2 * MIB, .offset = 0x80000,
				.addr = 0x40080000 },
			{ .memsz = 128 * KIB, .align = 64 * KIB, .addr = 0x50000000 },
			{ .memsz = 192 * KIB, .align = 2 * MIB, .addr = 0x60000000 },
		},
	};
	struct fastkexec_segment segments[3];
	unsigned int i;

	(void)state;
	layout_segments(&layout, contents, segments);
	for (i = 0; i < 3; i++) {
		assert_int_equal(segments[i].buf, (uintptr_t)&bytes[i]);
		assert_int_equal(segments[i].bufsz, contents[i].size);
		assert_int_equal(segments[i].dest, layout.piece[i].addr);
		assert_int_equal(segments[i].memsz, layout.piece[i].memsz);
		assert_int_equal(segments[i].placement, 0);
		assert_int_equal(segments[i].chunks, 0);
		if (segments[i].align)
			assert_int_equal(segments[i].dest % segments[i].align, 0);
	}
	assert_int_equal(segments[1].align, 64 * KIB);
	assert_int_equal(segments[2].align, 2 * MIB);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fake_test(kernel_lies_at_its_text_offset),
		fake_test(pieces_share_no_page_of_any_size),
		fake_test(largest_demand_is_asked_for_first),
		fake_test(device_tree_never_crosses_2_mib),
		fake_test(nonsense_page_size_is_refused),
		fake_test(kernel_ends_below_48_bits),
		fake_test(segments_follow_the_pieces),
	};

	return cmocka_run_group_tests_name("tool_layout", tests, NULL, NULL);
}
