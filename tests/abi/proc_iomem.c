// SPDX-License-Identifier: GPL-2.0
/*
 * What the machine tells of itself. Contracts in proc_iomem.h.
 */
#include "proc_iomem.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "check.h"

struct world world;

static uint64_t round_down(uint64_t value)
{
	return value & ~(world.page - 1);
}

static uint64_t round_up(uint64_t value)
{
	return round_down(value + world.page - 1);
}

#define STACK_DEPOT		"/sys/kernel/debug/stackdepot/stats"
#define STACK_DEPOT_POOL	4	/* pages */

/* Sum of the numbers that follow @word in the lines of @path which begin with it. */
static int64_t sum(const char *path, const char *word)
{
	FILE *file = fopen(path, "r");
	int64_t value, total = 0;
	char line[256];

	if (!file)
		fatal("%s", path);
	while (fgets(line, sizeof(line), file)) {
		const char *at = line + strspn(line, " ");

		if (!strncmp(at, word, strlen(word)) &&
		    sscanf(at + strlen(word), "%" SCNd64, &value) == 1)
			total += value;
	}
	fclose(file);
	return total;
}

/* A number of /chosen, in one cell or two; 0 if it is not there. */
static uint64_t read_chosen(const char *name)
{
	uint8_t byte[8];
	char path[128];
	uint64_t value = 0;
	ssize_t n, i;
	int fd;

	snprintf(path, sizeof(path), "/proc/device-tree/chosen/%s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	n = read(fd, byte, sizeof(byte));
	close(fd);
	for (i = 0; i < n; i++)
		value = value << 8 | byte[i];
	return value;
}

/* The first byte of a child that the old initrd did not hold: that memory is free again. */
static uint64_t after_initrd(uint64_t start)
{
	uint64_t end = round_down(read_chosen("linux,initrd-end"));

	return start < round_up(read_chosen("linux,initrd-start")) || start >= end ? start : end;
}

static void add_child(const struct range *range, const char *name)
{
	struct child *child = &world.child[world.nr_children];

	if (world.nr_children == WORLD_MAX)
		fatal("too many children of System RAM");
	child->range.start = after_initrd(range->start);
	child->range.end = range->end;
	if (child->range.start >= range->end)
		return;
	snprintf(child->name, sizeof(child->name), "%s", name);
	child->free = !strcmp(name, "Kernel code") || !strcmp(name, "Kernel data");
	if (!strcmp(name, "Kernel code"))
		world.kernel_code = *range;
	world.nr_children++;
}

/* Two spaces of indentation a level. */
static void take_line(char *line, bool *in_ram)
{
	unsigned int depth = strspn(line, " ") / 2;
	struct range range;
	char *name;

	line[strcspn(line, "\n")] = '\0';
	name = strstr(line, " : ");
	if (!name || sscanf(line, "%" SCNx64 "-%" SCNx64, &range.start, &range.end) != 2)
		fatal("/proc/iomem says \"%s\"", line);
	name += 3;
	range.end++;
	if (!strcmp(name, "System RAM (virtio_mem)")) {
		if (!world.added.end)
			world.added.start = range.start;
		world.added.end = range.end;
	}

	if (depth == 0) {
		*in_ram = !strcmp(name, "System RAM");
		if (*in_ram && world.nr_ram < WORLD_MAX)
			world.ram[world.nr_ram++] = range;
		else if (!*in_ram && !world.device && !strstr(name, "reserved"))
			world.device = round_down(range.start);
	} else if (depth == 1 && *in_ram) {
		add_child(&range, name);
	}
}

static void read_iomem(void)
{
	FILE *file = fopen("/proc/iomem", "r");
	bool in_ram = false;
	char line[256];

	if (!file)
		fatal("/proc/iomem");
	while (fgets(line, sizeof(line), file))
		take_line(line, &in_ram);
	fclose(file);
	if (!world.nr_ram || !world.ram[0].end || !world.kernel_code.end || !world.device)
		fatal("/proc/iomem does not tell enough");
}

static void consider_free(uint64_t start, uint64_t end)
{
	start = round_up(start);
	end = round_down(end);
	if (end > start && end - start > world.free.end - world.free.start) {
		world.free.start = start;
		world.free.end = end;
	}
}

static void find_free(void)
{
	unsigned int i, c;

	for (i = 0; i < world.nr_ram; i++) {
		uint64_t at = world.ram[i].start;

		for (c = 0; c < world.nr_children; c++) {
			const struct child *child = &world.child[c];

			if (child->free || child->range.start < at ||
			    child->range.start >= world.ram[i].end)
				continue;
			consider_free(at, child->range.start);
			at = child->range.end;
		}
		consider_free(at, world.ram[i].end);
	}
}

/* A pageblock; before 5.19 the largest stretch that the page allocator knows. */
static uint64_t block_size(void)
{
	const uint64_t largest = 1024 * world.page;
	uint64_t pageblock = sum("/proc/pagetypeinfo", "Pages per block:") * world.page;

	return pageblock > largest ? pageblock : largest;
}

void world_read(unsigned int pa_bits)
{
	memset(&world, 0, sizeof(world));
	world.page = sysconf(_SC_PAGESIZE);
	world.block = block_size();
	world.pa_end = 1ULL << pa_bits;
	world.efi = !access("/sys/firmware/efi", F_OK);
	read_iomem();
	find_free();
}

bool world_owns(uint64_t start, uint64_t size)
{
	uint64_t end = start + size;
	bool in_ram = false;
	unsigned int i;

	for (i = 0; i < world.nr_ram; i++)
		if (world.ram[i].start <= start && end <= world.ram[i].end)
			in_ram = true;
	for (i = 0; i < world.nr_children; i++)
		if (!world.child[i].free && start < world.child[i].range.end &&
		    world.child[i].range.start < end)
			return false;
	return in_ram;
}

uint64_t world_spot(enum spot spot)
{
	const uint64_t ram_end = world.ram[world.nr_ram - 1].end;

	switch (spot) {
	case SPOT_DEVICE:
		return world.device;
	case SPOT_HOLE:
		return round_down(ram_end + (world.pa_end - ram_end) / 2);
	case SPOT_RAM_LAST:
		return round_down(ram_end) - world.page;
	case SPOT_PA_LAST:
		return world.pa_end - world.page;
	case SPOT_PA_END:
		return world.pa_end;
	case SPOT_LAST:
		return round_down(~0ULL);
	}
	fatal("no spot %d", spot);
}

static char *map(uint64_t size)
{
	char *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED)
		fatal("mmap");
	return at;
}

static void protect(void *at, uint64_t size, int rights)
{
	if (mprotect(at, size, rights))
		fatal("mprotect");
}

/* Memory with a page behind it that nobody may touch. */
static char *fenced(uint64_t size)
{
	char *at = map(size + world.page);

	protect(at + size, world.page, PROT_NONE);
	return at;
}

uint64_t world_bad(enum bad_pointer bad)
{
	static char *none;

	switch (bad) {
	case BAD_NULL:
		return 0;
	case BAD_KERNEL:
		return 0xffff800008000000;
	case BAD_GAP:
		return 0x0010000000000000;
	case BAD_NONE:
		if (!none)
			none = fenced(world.page) + world.page;
		return (uintptr_t)none;
	case BAD_TOP:
		return ~0ULL - 7;
	default:
		fatal("no pointer %d", bad);
	}
}

const char *world_bad_name(enum bad_pointer bad)
{
	static const char *const name[] = {
		[BAD_NULL] = "NULL", [BAD_KERNEL] = "kernel", [BAD_GAP] = "non-canonical",
		[BAD_NONE] = "PROT_NONE", [BAD_TOP] = "top",
	};

	return name[bad];
}

void *world_edge(uint64_t room)
{
	static char *memory;
	const uint64_t size = 2 * world.page;

	if (!memory)
		memory = fenced(size);
	if (room > size)
		fatal("no edge with %" PRIu64 " bytes before it", room);
	return memory + size - room;
}

void *world_read_only(const void *data, uint64_t size)
{
	static char *memory;

	if (!memory)
		memory = map(world.page);
	protect(memory, world.page, PROT_READ | PROT_WRITE);
	memcpy(memory, data, size);
	protect(memory, world.page, PROT_READ);
	return memory;
}

static void put(const char *path, const char *word)
{
	int fd = open(path, O_WRONLY);

	if (fd < 0 || write(fd, word, strlen(word)) < 0)
		fatal("%s", path);
	close(fd);
}

static int64_t kib_to_pages(int64_t kib)
{
	return kib / (int64_t)(world.page / 1024);
}

/* On a kernel with KASAN; the module does not stay (tests/guest/modules/settle.c). */
static void give_back_shadow(void)
{
	int module = open("/t/settle.ko", O_RDONLY | O_CLOEXEC);

	if (module < 0)
		return;
	if (!syscall(SYS_finit_module, module, "", 0) || errno != EAGAIN)
		fatal("insmod settle.ko");
	close(module);
}

void world_settle(void)
{
	glob_t found;
	size_t i;

	if (glob("/sys/kernel/slab/*/shrink", 0, NULL, &found))
		fatal("/sys/kernel/slab");
	for (i = 0; i < found.gl_pathc; i++)
		put(found.gl_pathv[i], "1");
	globfree(&found);
}

/*
 * What a kernel that looks for faults keeps of call stacks, for its reports: it grows with
 * each stack that was not seen before, to a limit, and never shrinks.
 */
static int64_t pages_of_stacks(void)
{
	return access(STACK_DEPOT, R_OK) ? 0 : sum(STACK_DEPOT, "pools: ") * STACK_DEPOT_POOL;
}

/*
 * What a CPU holds back for itself is counted with what is free. stat_refresh
 * folds the counters that CPUs keep for themselves into the ones that are read.
 */
void world_account(struct account *account)
{
	unsigned int i;

	give_back_shadow();
	sync();
	for (i = 0; i < 3; i++)
		put("/proc/sys/vm/drop_caches", "3");
	put("/proc/sys/vm/stat_refresh", "1");
	account->free = sum("/proc/zoneinfo", "pages free ") + sum("/proc/zoneinfo", "count:");
	account->slab = kib_to_pages(sum("/proc/meminfo", "Slab:"));
	account->other = kib_to_pages(sum("/proc/meminfo", "PageTables:") +
				      sum("/proc/meminfo", "KernelStack:") +
				      sum("/proc/meminfo", "AnonPages:")) +
			 pages_of_stacks();
}

int64_t world_missing(const struct account *before, const struct account *after)
{
	return (before->free + before->slab + before->other) -
	       (after->free + after->slab + after->other);
}

uint64_t world_available(void)
{
	FILE *file = fopen("/proc/meminfo", "r");
	unsigned long long kib = 0;
	char line[128];

	if (!file)
		fatal("/proc/meminfo");
	while (fgets(line, sizeof(line), file))
		sscanf(line, "MemAvailable: %llu", &kib);
	fclose(file);
	return kib << 10;
}
