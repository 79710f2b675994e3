// SPDX-License-Identifier: GPL-2.0
#include "boot_memory.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmdline.h"
#include "dtb.h"
#include "dtb_later.h"
#include "out.h"
#include "root.h"

#define LEAST	(512ULL << 20)
#define MOST	(1ULL << 50)

/* It asks systemd to start what adds the memory. */
#define WANTED	"/etc/systemd/system/multi-user.target.wants/fastkexec-memory.service"

/* How far a number is shifted by the unit behind it; -1: that is none. */
static int unit_shift(const char *unit)
{
	static const char units[] = "KMGT";
	const char *at;

	if (!unit[0] || unit[1])
		return -1;
	at = strchr(units, toupper((unsigned char)unit[0]));
	return at ? 10 * (at - units + 1) : -1;
}

int boot_memory_parse(const char *text, uint64_t *bytes)
{
	uint64_t number;
	char *end;
	int shift;

	if (!strcmp(text, "auto")) {
		*bytes = BOOT_MEMORY_AUTO;
		return 0;
	}
	errno = 0;
	number = strtoull(text, &end, 10);
	shift = unit_shift(end);
	if (errno || !isdigit((unsigned char)text[0]) || shift < 0 || number > MOST >> shift)
		return -1;
	*bytes = number << shift;
	return *bytes < LEAST ? -1 : 0;
}

int boot_memory_check(const struct blob *tree)
{
	if (dtb_is_efi(tree))
		return out_fail("--boot-memory is for machines that boot by device tree: on this one EFI's own map tells the next kernel of all memory");
	if (cmdline_has(dtb_bootargs(tree), "mem"))
		return out_fail("--boot-memory: the command line limits memory itself (mem=), so that nothing could be added later");
	return 0;
}

uint64_t boot_memory_unit(const char *release, unsigned int page_size)
{
	unsigned int major, minor;

	if (sscanf(release, "%u.%u", &major, &minor) != 2 || !page_size ||
	    major < 5 || (major == 5 && minor < 12))
		return 1ULL << 30;
	return page_size > 16384 ? 512ULL << 20 : 128ULL << 20;
}

int boot_memory_limit(struct blob *tree, const struct layout *layout, uint64_t bytes,
		      uint64_t unit)
{
	struct dtb_later later = { .unit = unit, .least = bytes };
	int ret;

	ret = dtb_later_cut(tree, layout->piece, layout->nr, &later);
	if (ret)
		return out_fail("cannot cut the memory in the device tree short: %s",
				fdt_strerror(ret));
	if (!later.later)
		out_note("the next kernel starts with all memory, %s: there is no whole block that it could do without",
			 out_size(later.first).s);
	else if (!root_has(WANTED))
		out_note("the next kernel starts with %s of memory; 'fastkexec memory' adds the other %s, and fastkexec-memory.service does so once the system is up: 'systemctl enable fastkexec-memory'",
			 out_size(later.first).s, out_size(later.later).s);
	return 0;
}
