// SPDX-License-Identifier: GPL-2.0
#include "report/timeline.h"

#include "array.h"

/* A request that is older than this was another one. */
#define REQUEST_MAX_NS	(3600 * CLOCKS_SECOND)

/* More between two kernels is not one jump. Terabytes of memory take less. */
#define JUMP_MAX_NS	(120 * CLOCKS_SECOND)

/* What is done until a point. */
static const struct {
	const char *key;
	const char *name;
	enum side side;
} untils[NR_POINTS] = {
	[POINT_REQUESTED]	= { "request", "the request", SIDE_OLD },
	[POINT_LOADED]		= { "load", "load of the kernel", SIDE_OLD },
	[POINT_SHUTDOWN]	= { "services-stop", "services stop", SIDE_OLD },
	[POINT_NOTIFIED]	= { "shutdown", "end of user space", SIDE_OLD },
	[POINT_DEVICES_DOWN]	= { "devices", "devices shut down", SIDE_OLD },
	[POINT_VERIFIED]	= { "verify", "image checked", SIDE_OLD },
	[POINT_CPUS_OFF]	= { "cpus", "CPUs turned off", SIDE_OLD },
	[POINT_LEFT]		= { "leave", "last steps", SIDE_OLD },
	[POINT_KERNEL]		= { "jump", "jump, early kernel", SIDE_BETWEEN },
	[POINT_INIT]		= { "kernel", "kernel", SIDE_NEW },
	[POINT_SYSTEM]		= { "initrd", "initrd", SIDE_NEW },
	[POINT_READY]		= { "services-start", "services start", SIDE_NEW },
};

/**
 * struct points - moments of one reboot
 * @known: whether each was seen
 * @ns: when, from any origin
 */
struct points {
	bool known[NR_POINTS];
	uint64_t ns[NR_POINTS];
};

static void put(struct points *points, enum point point, uint64_t ns)
{
	points->known[point] = true;
	points->ns[point] = ns;
}

/* A moment that comes before an earlier one, or after the end, was seen another time. */
static void drop_strays(struct points *points, enum point anchor)
{
	uint64_t latest = points->ns[anchor];
	int i;

	for (i = anchor - 1; i >= 0; i--) {
		if (!points->known[i])
			continue;
		if (points->ns[i] > latest || latest - points->ns[i] > REQUEST_MAX_NS)
			points->known[i] = false;
		else
			latest = points->ns[i];
	}
	for (i = anchor + 1; i < NR_POINTS; i++)
		if (points->known[i] && points->ns[i] < points->ns[anchor])
			points->known[i] = false;
}

static void add_stage(struct timeline *timeline, const struct points *points, enum point from,
		      enum point to)
{
	timeline->stage[timeline->nr++] = (struct stage){
		.name = untils[to].name,
		.key = untils[to].key,
		.end = to,
		.side = untils[to].side,
		.start_ns = points->ns[from] - points->ns[timeline->first],
		.ns = points->ns[to] - points->ns[from],
	};
}

static void make_stages(struct timeline *timeline, const struct points *points)
{
	enum point point, before = NR_POINTS;

	*timeline = (struct timeline){ 0 };
	for (point = 0; point < NR_POINTS; point++) {
		if (!points->known[point])
			continue;
		if (before == NR_POINTS)
			timeline->first = point;
		else if (points->ns[point] >= points->ns[before])
			add_stage(timeline, points, before, point);
		else
			continue;
		timeline->last = point;
		before = point;
	}
	timeline->ns = points->ns[timeline->last] - points->ns[timeline->first];
}

/* A stage that begins earlier than its own work is called after all of it. */
static void rename_stage(struct timeline *timeline, enum point end, enum point unless,
			 const char *key, const char *name)
{
	unsigned int i;

	for (i = 0; i < timeline->nr; i++)
		if (timeline->stage[i].end == unless)
			return;
	for (i = 0; i < timeline->nr; i++)
		if (timeline->stage[i].end == end) {
			timeline->stage[i].key = key;
			timeline->stage[i].name = name;
		}
}

static void put_startup(struct points *points, const struct startup *startup)
{
	const uint64_t start = points->ns[POINT_KERNEL];

	if (startup->init_ns)
		put(points, POINT_INIT, start + startup->init_ns);
	if (startup->system_ns > startup->init_ns)
		put(points, POINT_SYSTEM, start + startup->system_ns);
	if (startup->ready_ns)
		put(points, POINT_READY, start + startup->ready_ns);
}

bool timeline_fits(const struct record *record, const struct clocks *now)
{
	const uint64_t start = clocks_start(now), left = record->stamp[FASTKEXEC_MOMENT_LEFT];

	return now->frequency == record->frequency && left <= start &&
	       clocks_ns(start - left, record->frequency) <= JUMP_MAX_NS;
}

void timeline_of_jump(struct timeline *timeline, const struct record *record,
		      const struct startup *startup, const struct clocks *now)
{
	static const enum point points_of[FASTKEXEC_MOMENTS] = {
		[FASTKEXEC_MOMENT_REQUESTED]	= POINT_REQUESTED,
		[FASTKEXEC_MOMENT_SHUTDOWN]	= POINT_SHUTDOWN,
		[FASTKEXEC_MOMENT_NOTIFIED]	= POINT_NOTIFIED,
		[FASTKEXEC_MOMENT_DEVICES_DOWN]	= POINT_DEVICES_DOWN,
		[FASTKEXEC_MOMENT_VERIFIED]	= POINT_VERIFIED,
		[FASTKEXEC_MOMENT_CPUS_OFF]	= POINT_CPUS_OFF,
		[FASTKEXEC_MOMENT_LEFT]		= POINT_LEFT,
	};
	struct points points = { 0 };
	unsigned int i;

	for (i = 0; i < FASTKEXEC_MOMENTS; i++)
		if (record->stamp[i])
			put(&points, points_of[i], clocks_ns(record->stamp[i], record->frequency));
	if (record->loaded > record->stamp[FASTKEXEC_MOMENT_REQUESTED] &&
	    record->stamp[FASTKEXEC_MOMENT_REQUESTED])
		put(&points, POINT_LOADED, clocks_ns(record->loaded, record->frequency));
	put(&points, POINT_KERNEL, clocks_ns(clocks_start(now), now->frequency));
	put_startup(&points, startup);
	drop_strays(&points, POINT_KERNEL);
	make_stages(timeline, &points);
	rename_stage(timeline, POINT_NOTIFIED, POINT_SHUTDOWN, "services-stop", "services stop");
	if (record->verify == FASTKEXEC_VERIFY_NONE)
		rename_stage(timeline, POINT_VERIFIED, NR_POINTS, "dma", "DMA stopped");
}

void timeline_of_boot(struct timeline *timeline, uint64_t requested_ns,
		      const struct startup *startup, const struct clocks *now)
{
	struct points points = { 0 };

	put(&points, POINT_KERNEL, now->real_ns - now->up_ns);
	if (requested_ns)
		put(&points, POINT_REQUESTED, requested_ns);
	put_startup(&points, startup);
	drop_strays(&points, POINT_KERNEL);
	make_stages(timeline, &points);
	rename_stage(timeline, POINT_KERNEL, NR_POINTS, "firmware", "shutdown, firmware");
}

const char *timeline_begin(const struct timeline *timeline)
{
	switch (timeline->first) {
	case POINT_REQUESTED:
		return "the request";
	case POINT_KERNEL:
		return "the kernel's start";
	default:
		return "reboot(2)";
	}
}

const char *timeline_end(const struct timeline *timeline)
{
	switch (timeline->last) {
	case POINT_READY:
		return "the last service";
	case POINT_INIT:
	case POINT_SYSTEM:
		return "the first program";
	default:
		return "the next kernel's start";
	}
}
