// SPDX-License-Identifier: GPL-2.0
/*
 * What the next kernel must not touch: LPI tables of a GICv3.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "calls.h"
#include "check.h"
#include "proc_iomem.h"
#include "right_values.h"
#include "test.h"

#define TABLE	0x10000ULL

/* A property table, and a pending table for each CPU, if no two of them touch. */
#define MOST_KEEPS	16

static uint32_t ask(int fd, struct fastkexec_keep keep[], uint32_t room)
{
	struct fastkexec_keeps keeps = {
		.size = sizeof(keeps),
		.nr_keeps = room,
		.keeps = (uintptr_t)keep,
		.keep_size = sizeof(keep[0]),
	};

	accepted(fd, "room", FASTKEXEC_KEEPS, &keeps);
	check(keeps.keeps == (uintptr_t)keep && keeps.keep_size == sizeof(keep[0]),
	      "KEEPS changes where its answer goes");
	return keeps.nr_keeps;
}

static void compare_rooms(int fd, const struct fastkexec_keep keep[], uint32_t nr)
{
	struct fastkexec_keep got[MOST_KEEPS];
	uint32_t room;

	for (room = 0; room <= nr; room++) {
		memset(got, 0xee, sizeof(got));
		check(ask(fd, got, room) == nr && !memcmp(got, keep, room * sizeof(got[0])) &&
		      ((unsigned char *)got)[room * sizeof(got[0])] == 0xee,
		      "KEEPS with room for %u of %u answers otherwise", room, nr);
	}
	check(ask(fd, NULL, ~0U) == nr, "KEEPS without room does not count");
}

/* Elements that are larger than this module knows them. */
static void compare_larger(int fd, const struct fastkexec_keep keep[], uint32_t nr)
{
	struct larger {
		struct fastkexec_keep keep;
		uint64_t more;
	} larger[MOST_KEEPS];
	struct fastkexec_keeps keeps = {
		.size = sizeof(keeps),
		.nr_keeps = MOST_KEEPS,
		.keeps = (uintptr_t)larger,
		.keep_size = sizeof(larger[0]),
	};
	uint32_t i;

	memset(larger, 0xee, sizeof(larger));
	accepted(fd, "larger keeps", FASTKEXEC_KEEPS, &keeps);
	for (i = 0; i < nr; i++)
		check(!memcmp(&larger[i].keep, &keep[i], sizeof(keep[0])) &&
		      larger[i].more == 0xeeeeeeeeeeeeeeeeULL, "larger keep %u is another one", i);
}

static void check_tables(const struct fastkexec_keep keep[], uint32_t nr, uint32_t cpus)
{
	uint64_t bytes = 0, before = 0;
	uint32_t i;

	for (i = 0; i < nr; i++) {
		check(keep[i].start >= before && keep[i].start < keep[i].end &&
		      keep[i].start % TABLE == 0 && keep[i].end % TABLE == 0 &&
		      keep[i].why == FASTKEXEC_KEEP_LPI && !keep[i].reserved,
		      "keep %u: 0x%" PRIx64 "-0x%" PRIx64 ", reason %u", i,
		      (uint64_t)keep[i].start, (uint64_t)keep[i].end, keep[i].why);
		before = keep[i].end;
		bytes += keep[i].end - keep[i].start;
	}
	check(bytes == (1 + cpus) * TABLE, "%" PRIu64 " bytes of tables for %u CPUs", bytes,
	      cpus);
}

/* No segment can lie there, however it would get there. */
static void refuse_destinations(int fd, const struct fastkexec_keep *keep)
{
	const uint64_t destinations[] = {
		keep->start, keep->end - world.page, keep->start - world.page,
	};
	struct image image;
	uint32_t placement;
	unsigned int i;

	for (placement = 0; placement < 3; placement++) {
		for (i = 0; i < sizeof(destinations) / sizeof(destinations[0]); i++) {
			image_prepare(&image, placement);
			image_spread(&image);
			image.load.flags = FASTKEXEC_LOAD_KEEPS;
			image.segment[IMAGE_SPARE].dest = destinations[i];
			refused(fd, "on a table", FASTKEXEC_LOAD, &image.load, EADDRNOTAVAIL,
				"segment 2: 0x");
		}
	}
}

/* The caller says that the tables are reserved, or does not. */
static void require_word(int fd)
{
	struct image image;
	uint32_t placement;

	for (placement = 0; placement < 3; placement++) {
		image_prepare(&image, placement);
		image_spread(&image);
		refused(fd, "tables not reserved", FASTKEXEC_LOAD, &image.load, EOPNOTSUPP,
			"GICv3 LPIs are enabled");
		image.load.flags = FASTKEXEC_LOAD_KEEPS;
		accepted(fd, "tables reserved", FASTKEXEC_LOAD, &image.load);
		check(!call_unload(fd), "the image cannot be unloaded");
	}
}

TEST("keeps", "keeps")
{
	struct fastkexec_info info = { .size = sizeof(info) };
	struct fastkexec_keep keep[MOST_KEEPS];
	int fd = call_open();
	uint32_t nr, i;

	accepted(fd, "LPIs", FASTKEXEC_INFO, &info);
	check(!info.blockers, "INFO: blockers 0x%" PRIx64, (uint64_t)info.blockers);
	nr = ask(fd, keep, MOST_KEEPS);
	if (check(nr && nr <= MOST_KEEPS, "%u keeps", nr)) {
		check_tables(keep, nr, info.cpus);
		compare_rooms(fd, keep, nr);
		compare_larger(fd, keep, nr);
		for (i = 0; i < nr; i++)
			refuse_destinations(fd, &keep[i]);
	}
	require_word(fd);
	close(fd);
}

/* Where the tables cannot be found, nothing is said of them. */
TEST("keeps-unknown", "blocked")
{
	struct fastkexec_keeps keeps = { .size = sizeof(keeps) };
	int fd = call_open();

	refused(fd, "tables unknown", FASTKEXEC_KEEPS, &keeps, EOPNOTSUPP,
		"where the LPI tables of the GICv3 lie");
	close(fd);
}
