// SPDX-License-Identifier: GPL-2.0
#include "fake_device.h"
#include "wrapped_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <libfdt.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "root.h"

#define RUNNING_DTB	"/sys/firmware/fdt"

struct fake fake;

static char directory[32] = "/tmp/fastkexec-tool-XXXXXX";
static int device_fd = -1;
static int broken_fd = -1;
static int watched_fd = -1;
static FILE *old_out, *old_err;
static struct fake_output heard;
static size_t heard_size[2];
static char root[64];

static pthread_mutex_t sync_mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t sync_ends = PTHREAD_COND_INITIALIZER;

void *fake_alloc(size_t size)
{
	void *memory = calloc(1, size);

	if (!memory)
		abort();
	return memory;
}

static void remove_directory(void)
{
	char command[sizeof(directory) + 16];

	snprintf(command, sizeof(command), "rm -rf %s", directory);
	if (system(command))
		fputs("cannot clean up\n", stderr);
}

const char *fake_directory(void)
{
	static bool made;

	if (!made) {
		assert_non_null(mkdtemp(directory));
		atexit(remove_directory);
		made = true;
	}
	return directory;
}

/* Names live until the program ends, as the tool keeps pointers to them. */
const char *fake_file(const char *name, const void *data, size_t size)
{
	static char names[64][64];
	static unsigned int used;
	char *path = names[used++ % 64];
	FILE *file;

	snprintf(path, 64, "%s/%s", fake_directory(), name);
	file = fopen(path, "w");
	assert_non_null(file);
	if (size)
		assert_int_equal(fwrite(data, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
	return path;
}

/* A root with nothing in it for every test. */
static void make_root(void)
{
	static unsigned int nr;

	snprintf(root, sizeof(root), "%s/root%u", fake_directory(), nr++);
	assert_int_equal(mkdir(root, 0700), 0);
	root_set(root);
}

/* Where @name is, in a folder that is there. */
static const char *make_place(const char *name)
{
	static char path[512];
	char *slash;

	root_path(path, sizeof(path), "%s", name);
	for (slash = strchr(path + strlen(root) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		assert_true(!mkdir(path, 0700) || errno == EEXIST);
		*slash = '/';
	}
	return path;
}

void fake_put_tree(void)
{
	static uint8_t tree[8192];

	fdt_create_empty_tree(tree, sizeof(tree));
	fdt_setprop_u32(tree, 0, "#address-cells", 2);
	fdt_setprop_u32(tree, 0, "#size-cells", 2);
	fdt_add_subnode(tree, 0, "chosen");
	fake.dtb = fake_file("fdt", tree, sizeof(tree));
}

void fake_put(const char *path, const char *text)
{
	FILE *file = fopen(make_place(path), "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

void fake_put_program(const char *path, const char *script)
{
	fake_put(path, script);
	assert_int_equal(chmod(make_place(path), 0755), 0);
}

void fake_put_link(const char *path, const char *target)
{
	assert_int_equal(symlink(target, make_place(path)), 0);
}

/* What everybody can read of the module. */
static void put_number(void)
{
	static unsigned int last = 1000;
	char text[16];

	snprintf(text, sizeof(text), "%u\n", fake.loaded ? ++last : 0);
	fake_put("/sys/module/fastkexec/parameters/loaded", text);
}

static void forget_image(void)
{
	unsigned int i;

	for (i = 0; i < FASTKEXEC_MAX_SEGMENTS; i++)
		free(fake.contents[i]);
	memset(fake.contents, 0, sizeof(fake.contents));
	fake.loaded = false;
}

void fake_reset(void)
{
	forget_image();
	fake = (struct fake){
		.info = {
			.level = FASTKEXEC_LEVEL_EL2_STUB,
			.page_size = 4096,
			.granules = FASTKEXEC_GRANULE_4K | FASTKEXEC_GRANULE_64K,
			.va_bits = 48,
			.pa_bits = 44,
			.cpus = 4,
			.psci_smc = 1,
			.contig = 1,
		},
		.ram = { 0x40000000, 0x80000000 },
		.in_place = true,
		.memory = 1ULL << 30,
	};
	device_fd = -1;
	broken_fd = -1;
	watched_fd = -1;
	make_root();
}

void fake_run_test(void **state)
{
	const struct fake_test *test = *state;

	fake_reset();
	if (test->setup)
		test->setup();
	test->body();
}

int fake_teardown(void **state)
{
	(void)state;
	fake_heard();
	fake_reset();
	return 0;
}

int __wrap_open(const char *path, int flags, ...)
{
	static const struct {
		const char *path;
		const char *const *fake;
	} files[] = {
		{ RUNNING_DTB, &fake.dtb },
		{ "/proc/cmdline", &fake.cmdline },
		{ "/proc/meminfo", &fake.meminfo },
	};
	size_t i;
	int fd;

	if (!strcmp(path, "/dev/fastkexec")) {
		if (fake.open_error) {
			errno = fake.open_error;
			return -1;
		}
		device_fd = memfd_create("fastkexec", MFD_CLOEXEC);
		return device_fd;
	}
	for (i = 0; i < ARRAY_SIZE(files); i++)
		if (!strcmp(path, files[i].path))
			break;
	if (i < ARRAY_SIZE(files)) {
		path = *files[i].fake;
		if (!path) {
			errno = ENOENT;
			return -1;
		}
	}
	if (fake.watched && !strcmp(path, fake.watched)) {
		watched_fd = __real_open(path, flags);
		return watched_fd;
	}
	if (fake.broken && !strcmp(path, fake.broken)) {
		if (fake.broken_open) {
			errno = fake.broken_open;
			return -1;
		}
		broken_fd = __real_open(path, flags);
		return broken_fd;
	}
	fd = __real_open(path, flags);
	/* The watched file was closed. */
	if (fd == watched_fd)
		watched_fd = -1;
	return fd;
}

int __wrap_access(const char *path, int mode)
{
	bool there;

	assert_int_equal(mode, F_OK);
	if (!strncmp(path, root, strlen(root)))
		return __real_access(path, mode);
	if (!strcmp(path, RUNNING_DTB)) {
		there = fake.dtb;
	} else {
		assert_string_equal(path, "/sys/firmware/efi");
		there = fake.efi;
	}
	if (there)
		return 0;
	errno = ENOENT;
	return -1;
}

ssize_t __wrap_read(int fd, void *buffer, size_t size)
{
	ssize_t n;

	if (fd != broken_fd || broken_fd < 0) {
		n = __real_read(fd, buffer, size);
		if (fd == watched_fd && n > 0)
			fake.watched_bytes += n;
		return n;
	}
	if (fake.broken_after) {
		if (size > fake.broken_after)
			size = fake.broken_after;
		if (size > 3)
			size = 3;
		fake.broken_after -= size;
		return __real_read(fd, buffer, size);
	}
	errno = fake.broken_read;
	return errno ? -1 : 0;
}

int __wrap_sysinfo(struct sysinfo *si)
{
	*si = (struct sysinfo){ .totalram = fake.memory / 4096, .mem_unit = 4096 };
	return 0;
}

int __wrap_isatty(int fd)
{
	assert_true(fd == STDOUT_FILENO || fd == STDERR_FILENO);
	return fake.terminal;
}

int __wrap_clock_gettime(clockid_t clock, struct timespec *now)
{
	assert_int_equal(clock, CLOCK_MONOTONIC);
	if (fake.clock_runs)
		return __real_clock_gettime(clock, now);
	now->tv_sec = fake.clock_ms / 1000;
	now->tv_nsec = fake.clock_ms % 1000 * 1000000;
	return 0;
}

struct clocks __wrap_clocks_now(void)
{
	return fake.clocks;
}

ssize_t __wrap_getrandom(void *buffer, size_t size, unsigned int flags)
{
	uint8_t *byte = buffer;
	size_t i;

	(void)flags;
	if (fake.random_error) {
		errno = fake.random_error;
		return -1;
	}
	for (i = 0; i < size; i++)
		byte[i] = ++fake.random;
	return size;
}

/* What the tool did before it left. */
static void note(const char *what)
{
	if (!fake.reboots)
		strncat(fake.before_reboot, what,
			sizeof(fake.before_reboot) - strlen(fake.before_reboot) - 1);
}

void __wrap_sync(void)
{
	fake.syncs++;
	note("s");
	pthread_mutex_lock(&sync_mutex);
	while (fake.sync_hangs)
		pthread_cond_wait(&sync_ends, &sync_mutex);
	pthread_mutex_unlock(&sync_mutex);
}

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *),
			  void *argument)
{
	return fake.no_threads ? EAGAIN : __real_pthread_create(thread, attr, start, argument);
}

pid_t __wrap_fork(void)
{
	if (!fake.no_children)
		return __real_fork();
	errno = EAGAIN;
	return -1;
}

/* A kernel may be built without sockets (CONFIG_NET, CONFIG_UNIX). */
int __wrap_socketpair(int domain, int type, int protocol, int fds[2])
{
	(void)domain;
	(void)type;
	(void)protocol;
	(void)fds;
	errno = EAFNOSUPPORT;
	return -1;
}

int __wrap_poll(struct pollfd *fds, nfds_t nr, int timeout_ms)
{
	if (fake.on_wait)
		fake.on_wait();
	return __real_poll(fds, nr, timeout_ms);
}

void fake_end_sync(void)
{
	pthread_mutex_lock(&sync_mutex);
	fake.sync_hangs = false;
	pthread_cond_broadcast(&sync_ends);
	pthread_mutex_unlock(&sync_mutex);
}

int __wrap_reboot(int how)
{
	assert_int_equal(how, 0x1234567);
	fake.reboots++;
	errno = fake.reboot_error;
	return -1;
}

int __wrap_execv(const char *path, char *const argv[])
{
	const size_t used = strlen(fake.executed);
	FILE *file = fmemopen(fake.executed + used, sizeof(fake.executed) - used, "w");

	assert_non_null(file);
	fputs(path, file);
	for (argv++; *argv; argv++)
		fprintf(file, " %s", *argv);
	fputc('\n', file);
	fclose(file);
	errno = ENOENT;
	return -1;
}

/* Of the tool's own; the sanitizers call the C library's. */
long __wrap_syscall(long number, ...)
{
	va_list args;

	assert_int_equal(number, SYS_kexec_load);
	va_start(args, number);
	assert_int_equal(va_arg(args, unsigned long), 0);
	assert_int_equal(va_arg(args, unsigned long), 0);
	assert_null(va_arg(args, void *));
	fake.native_flags = va_arg(args, unsigned long);
	va_end(args);
	fake.native_unloads++;
	errno = fake.unload_error;
	return errno ? -1 : 0;
}

static uint64_t round_up(uint64_t value, uint64_t to)
{
	return (value + to - 1) & ~(to - 1);
}

static bool is_power_of_two(uint64_t value)
{
	return value && !(value & (value - 1));
}

static int call_info(struct fastkexec_info *info)
{
	if (info->size != sizeof(*info))
		return -E2BIG;
	*info = fake.info;
	info->size = sizeof(*info);
	return 0;
}

/* Fail as the module does: with a line that FASTKEXEC_EXPLAIN returns. */
static int explained(int ret, const char *line)
{
	fake.explanation = line;
	fake.subject = FASTKEXEC_SUBJECT_NONE;
	return ret;
}

static int place_one(struct fastkexec_piece *piece, uint64_t *top)
{
	const uint64_t page = fake.info.page_size;
	uint64_t size, addr;

	if (!piece->memsz || !is_power_of_two(piece->align) || piece->align < page ||
	    piece->offset % page || piece->offset >= piece->align ||
	    piece->addr || piece->placement || piece->flags & ~FASTKEXEC_PIECE_MAP ||
	    piece->reserved || piece->map)
		return -EINVAL;
	size = round_up(piece->memsz, page);
	if (size > fake.ram.end - fake.ram.start)
		return -EFBIG;
	if (size > *top - fake.ram.start)
		return -ENOSPC;
	addr = ((*top - size - piece->offset) & ~(piece->align - 1)) + piece->offset;
	if (addr < fake.ram.start)
		return -ENOSPC;
	piece->addr = *top = addr;
	piece->placement = fake.in_place ? FASTKEXEC_PLACE_IN_PLACE : FASTKEXEC_PLACE_COPY;
	piece->map = FASTKEXEC_NO_MAP;
	if (!fake.no_map && (fake.in_place || piece->flags & FASTKEXEC_PIECE_MAP))
		piece->map = piece->addr;
	return 0;
}

static int call_place(struct fastkexec_place *place)
{
	struct fastkexec_piece *pieces = (void *)(uintptr_t)place->pieces;
	uint64_t top = fake.ram.end;
	unsigned int i;
	int ret;

	if (place->size != sizeof(*place))
		return -E2BIG;
	if (place->piece_size != sizeof(*pieces) || place->flags || place->reserved ||
	    place->placement > FASTKEXEC_PLACE_COPY || !place->nr_pieces ||
	    (place->window && !is_power_of_two(place->window)))
		return -EINVAL;
	if (place->nr_pieces > FASTKEXEC_MAX_SEGMENTS)
		return -E2BIG;
	fake.place = *place;
	memcpy(fake.pieces, pieces, place->nr_pieces * sizeof(*pieces));
	/* Memory that is not touched is none. */
	if (ftruncate(device_fd, fake.ram.end))
		return -ENOMEM;
	for (i = 0; i < place->nr_pieces; i++) {
		ret = place_one(&pieces[i], &top);
		if (ret)
			return ret;
	}
	return 0;
}

static bool overlaps(const struct fastkexec_segment *a, const struct fastkexec_segment *b)
{
	return a->dest < b->dest + b->memsz && b->dest < a->dest + a->memsz;
}

static bool in_contents(const struct fastkexec_load *load, uint64_t address_pa)
{
	const struct fastkexec_segment *segments = (void *)(uintptr_t)load->segments;
	unsigned int i;

	for (i = 0; i < load->nr_segments; i++)
		if (address_pa >= segments[i].dest &&
		    address_pa - segments[i].dest < segments[i].bufsz)
			return true;
	return false;
}

/* None, or one that is aligned and that lies in what was loaded. */
static bool is_record_right(const struct fastkexec_load *load)
{
	const uint64_t size = sizeof(struct fastkexec_record);

	return !load->record ||
	       (!(load->record % size) && in_contents(load, load->record + size - 1));
}

static int check_load(const struct fastkexec_load *load)
{
	const struct fastkexec_segment *s = (void *)(uintptr_t)load->segments;
	unsigned int i, j;

	if (load->size != sizeof(*load))
		return -E2BIG;
	if (load->segment_size != sizeof(*s) || load->flags != FASTKEXEC_LOAD_KEEPS ||
	    !load->nr_segments ||
	    load->placement > FASTKEXEC_PLACE_COPY || load->entry % 4 || load->dtb % 8)
		return -EINVAL;
	if (load->nr_segments > FASTKEXEC_MAX_SEGMENTS)
		return -E2BIG;
	for (i = 0; i < load->nr_segments; i++) {
		if (s[i].dest % fake.info.page_size || !s[i].memsz || s[i].bufsz > s[i].memsz ||
		    s[i].placement || s[i].chunks || s[i].flags & ~FASTKEXEC_SEGMENT_MAPPED ||
		    (s[i].flags && s[i].buf) || s[i].role > FASTKEXEC_ROLE_DTB)
			return -EINVAL;
		if (s[i].align && (!is_power_of_two(s[i].align) || s[i].dest % s[i].align))
			return -EINVAL;
		if (s[i].dest < fake.ram.start || s[i].dest + s[i].memsz > fake.ram.end)
			return -EADDRNOTAVAIL;
		for (j = 0; j < i; j++)
			if (overlaps(&s[i], &s[j]))
				return -EEXIST;
	}
	if (!in_contents(load, load->entry) || !in_contents(load, load->dtb))
		return -EINVAL;
	if (!is_record_right(load))
		return -EINVAL;
	return 0;
}

static int call_load(const struct fastkexec_load *load)
{
	const struct fastkexec_segment *segments = (void *)(uintptr_t)load->segments;
	unsigned int i;
	int ret = check_load(load);

	if (ret)
		return ret;
	forget_image();
	fake.load = *load;
	fake.loaded = true;
	fake.mapped = 0;
	for (i = 0; i < load->nr_segments; i++) {
		fake.segments[i] = segments[i];
		fake.segments[i].buf = 0;
		fake.segments[i].flags = 0;
		fake.segments[i].placement = fake.in_place ? FASTKEXEC_PLACE_IN_PLACE :
					     FASTKEXEC_PLACE_COPY;
		fake.segments[i].chunks = fake.in_place ? 1 : 7;
		fake.contents[i] = fake_alloc(segments[i].memsz);
		fake.mapped += segments[i].flags & FASTKEXEC_SEGMENT_MAPPED;
		if (segments[i].flags & FASTKEXEC_SEGMENT_MAPPED)
			assert_int_equal(pread(device_fd, fake.contents[i], segments[i].bufsz,
					       segments[i].dest), segments[i].bufsz);
		else
			memcpy(fake.contents[i], (void *)(uintptr_t)segments[i].buf,
			       segments[i].bufsz);
	}
	put_number();
	/* From here on the mappings are empty: to touch them is SIGBUS. */
	assert_int_equal(ftruncate(device_fd, 0), 0);
	return 0;
}

static int call_unload(const struct fastkexec_unload *unload)
{
	if (unload->size != sizeof(*unload))
		return -E2BIG;
	if (unload->flags)
		return -EINVAL;
	if (!fake.loaded)
		return explained(-ENODATA, "nothing is loaded");
	forget_image();
	put_number();
	return 0;
}

static int call_status(struct fastkexec_status *status)
{
	struct fastkexec_segment *segments = (void *)(uintptr_t)status->segments;
	const uint32_t room = status->nr_segments;
	unsigned int i;

	if (status->size != sizeof(*status))
		return -E2BIG;
	if (status->segment_size != sizeof(*segments))
		return -EINVAL;
	*status = (struct fastkexec_status){
		.size = sizeof(*status),
		.segments = status->segments,
		.loaded = fake.loaded,
	};
	if (!fake.loaded)
		return 0;
	status->nr_segments = fake.load.nr_segments;
	status->table_pages = 5;
	status->design = fake.load.design ? fake.load.design : FASTKEXEC_DESIGN_IDENTITY;
	status->verify = fake.load.verify;
	status->rehearsed = fake.rehearsed;
	status->entry = fake.load.entry;
	status->dtb = fake.load.dtb;
	for (i = 0; i < fake.load.nr_segments; i++) {
		if (i < room)
			segments[i] = fake.segments[i];
		status->bytes += fake.segments[i].memsz;
	}
	status->copy_bytes = fake.in_place ? 0 : status->bytes;
	status->copy_entries = fake.in_place ? 0 : 21;
	status->pages_held = status->bytes / fake.info.page_size + 5;
	return 0;
}

/* Byte i is i plus what the destination's page number ends in. */
static int call_digest(struct fastkexec_digest *digest)
{
	size_t i;

	if (digest->size != sizeof(*digest))
		return -E2BIG;
	if (digest->reserved)
		return -EINVAL;
	if (!fake.loaded)
		return explained(-ENODATA, "nothing is loaded");
	for (i = 0; i < sizeof(digest->sha256); i++)
		digest->sha256[i] = i + (digest->dest >> 12);
	return 0;
}

static int call_rehearse(struct fastkexec_rehearse *rehearse)
{
	if (rehearse->size != sizeof(*rehearse))
		return -E2BIG;
	if ((rehearse->flags & ~FASTKEXEC_REHEARSE_CPUS) || rehearse->reserved)
		return -EINVAL;
	if (!fake.loaded)
		return explained(-ENODATA, "nothing is loaded");
	fake.rehearsed = FASTKEXEC_REHEARSED_WALK | FASTKEXEC_REHEARSED_AT |
			 FASTKEXEC_REHEARSED_COPY;
	if (rehearse->flags & FASTKEXEC_REHEARSE_CPUS)
		fake.rehearsed |= FASTKEXEC_REHEARSED_CPUS;
	rehearse->done = fake.rehearsed;
	return 0;
}

static int call_keeps(struct fastkexec_keeps *keeps)
{
	struct fastkexec_keep *keep = (void *)(uintptr_t)keeps->keeps;
	const uint32_t room = keep ? keeps->nr_keeps : 0;

	if (keeps->size != sizeof(*keeps))
		return -E2BIG;
	if (keeps->reserved || (keep && keeps->keep_size != sizeof(*keep)))
		return -EINVAL;
	keeps->nr_keeps = fake.nr_keeps;
	if (room)
		memcpy(keep, fake.keeps,
		       (room < fake.nr_keeps ? room : fake.nr_keeps) * sizeof(*keep));
	if (fake.nr_keeps_later)
		fake.nr_keeps = fake.nr_keeps_later;
	return 0;
}

static int call_stamp(const struct fastkexec_stamp *stamp)
{
	if (stamp->size != sizeof(*stamp))
		return -E2BIG;
	if (stamp->moment > FASTKEXEC_MOMENT_SHUTDOWN)
		return -EINVAL;
	fake.stamps[stamp->moment]++;
	return 0;
}

static int call_explain(struct fastkexec_explain *explain)
{
	char *line = (void *)(uintptr_t)explain->buf;
	size_t length;

	if (explain->size != sizeof(*explain))
		return -E2BIG;
	explain->subject = fake.subject;
	explain->index = fake.subject_index;
	if (!fake.explanation) {
		explain->len = 0;
		return 0;
	}
	length = strlen(fake.explanation) + 1;
	if (explain->len < length)
		length = explain->len;
	memcpy(line, fake.explanation, length);
	explain->len = length;
	return 0;
}

struct if_nameindex *__wrap_if_nameindex(void)
{
	struct if_nameindex *list = fake_alloc((FAKE_INTERFACES + 1) * sizeof(*list));
	unsigned int i;

	for (i = 0; i < FAKE_INTERFACES && fake.interfaces[i].name[0]; i++)
		list[i] = (struct if_nameindex){ i + 1, fake.interfaces[i].name };
	return list;
}

void __wrap_if_freenameindex(struct if_nameindex *list)
{
	free(list);
}

/* Pieces of one GiB, of which each one that was told of is there from then on. */
static int call_memory(struct fastkexec_memory *memory)
{
	unsigned int i;

	assert_int_equal(memory->size, sizeof(*memory));
	assert_int_equal(memory->flags, 0);
	for (i = 0; i < FAKE_PIECES; i++) {
		const uint64_t start = fake.later[i];

		if (!start || start < memory->from)
			continue;
		memory->start = start;
		memory->end = start + (1ULL << 30);
		memory->added = !fake.added[i];
		fake.added[i] = true;
		return 0;
	}
	memory->start = 0;
	memory->end = 0;
	return 0;
}

static int call_efi_map(struct fastkexec_efi_map *query)
{
	const uint32_t room = query->map ? query->len : 0;

	if (query->size != sizeof(*query))
		return -E2BIG;
	if (!fake.efi_map)
		return explained(-EOPNOTSUPP, "this kernel was not started by EFI");
	if (room)
		memcpy((void *)(uintptr_t)query->map, fake.efi_map,
		       room < fake.efi_map_size ? room : fake.efi_map_size);
	query->len = fake.efi_map_size;
	query->desc_size = fake.efi_map_step;
	query->desc_version = 1;
	return 0;
}

static int interface_flags(unsigned long request, struct ifreq *argument)
{
	unsigned int i = 0;

	while (i < FAKE_INTERFACES - 1 && strcmp(fake.interfaces[i].name, argument->ifr_name))
		i++;
	if (request == SIOCGIFFLAGS) {
		argument->ifr_flags = fake.interfaces[i].flags;
		return 0;
	}
	if (fake.interfaces[i].error)
		return -fake.interfaces[i].error;
	fake.interfaces[i].flags = argument->ifr_flags;
	note(fake.interfaces[i].name);
	return 0;
}

int __wrap_ioctl(int fd, unsigned long request, void *argument)
{
	unsigned int nr = _IOC_NR(request);
	int ret = 0;

	if (request == SIOCGIFFLAGS || request == SIOCSIFFLAGS) {
		ret = interface_flags(request, argument);
		errno = -ret;
		return ret ? -1 : 0;
	}
	assert_true(fd >= 0 && fd == device_fd);
	assert_int_equal(_IOC_TYPE(request), FASTKEXEC_IOC_TYPE);
	assert_true(nr < FAKE_CALLS);
	if (fake.call_error[nr]) {
		errno = fake.call_error[nr];
		return -1;
	}
	switch (request) {
	case FASTKEXEC_INFO:
		ret = call_info(argument);
		break;
	case FASTKEXEC_PLACE:
		ret = call_place(argument);
		break;
	case FASTKEXEC_LOAD:
		ret = call_load(argument);
		break;
	case FASTKEXEC_UNLOAD:
		ret = call_unload(argument);
		break;
	case FASTKEXEC_STATUS:
		ret = call_status(argument);
		break;
	case FASTKEXEC_REHEARSE:
		ret = call_rehearse(argument);
		break;
	case FASTKEXEC_KEEPS:
		ret = call_keeps(argument);
		break;
	case FASTKEXEC_DIGEST:
		ret = call_digest(argument);
		break;
	case FASTKEXEC_MEMORY:
		ret = call_memory(argument);
		break;
	case FASTKEXEC_EFI_MAP:
		ret = call_efi_map(argument);
		break;
	case FASTKEXEC_STAMP:
		ret = call_stamp(argument);
		break;
	case FASTKEXEC_EXPLAIN:
		ret = call_explain(argument);
		break;
	}
	if (!ret)
		return 0;
	errno = -ret;
	return -1;
}

const uint8_t *fake_memory(uint64_t address_pa, uint64_t size)
{
	unsigned int i;

	assert_true(fake.loaded);
	for (i = 0; i < fake.load.nr_segments; i++) {
		const struct fastkexec_segment *s = &fake.segments[i];

		if (address_pa >= s->dest && size <= s->memsz &&
		    address_pa - s->dest <= s->memsz - size)
			return fake.contents[i] + (address_pa - s->dest);
	}
	fail_msg("nothing is loaded at %#llx", (unsigned long long)address_pa);
	return NULL;
}

void fake_listen(void)
{
	fake_heard();
	free(heard.out);
	free(heard.err);
	heard = (struct fake_output){ 0 };
	old_out = stdout;
	old_err = stderr;
	stdout = open_memstream(&heard.out, &heard_size[0]);
	stderr = open_memstream(&heard.err, &heard_size[1]);
}

const struct fake_output *fake_heard(void)
{
	if (old_out) {
		fclose(stdout);
		fclose(stderr);
		stdout = old_out;
		stderr = old_err;
		old_out = NULL;
		old_err = NULL;
	}
	return &heard;
}

unsigned int fake_descriptors(void)
{
	unsigned int fd, nr = 0;

	for (fd = 0; fd < 256; fd++)
		if (fcntl(fd, F_GETFD) >= 0)
			nr++;
	return nr;
}

void fake_wait_for_descriptors(unsigned int nr)
{
	unsigned int patience;

	for (patience = 60000; patience && fake_descriptors() != nr; patience--)
		usleep(1000);
	assert_int_equal(fake_descriptors(), nr);
}

static FILE *pipe_without_reader(void)
{
	int fd[2];

	assert_int_equal(pipe(fd), 0);
	close(fd[0]);
	return fdopen(fd[1], "w");
}

int fake_run_as(const char *const words[])
{
	const unsigned int descriptors = fake_descriptors();
	char *argv[32] = { NULL };
	FILE *real_out = NULL;
	int argc, status;

	for (argc = 0; words[argc]; argc++)
		argv[argc] = (char *)words[argc];
	optind = 0;
	fake_listen();
	if (fake.full_disk || fake.reader_gone) {
		real_out = stdout;
		stdout = fake.full_disk ? fopen("/dev/full", "w") : pipe_without_reader();
	}
	status = fastkexec_main(argc, argv);
	if (real_out) {
		fclose(stdout);
		stdout = real_out;
	}
	fake_heard();
	fake_wait_for_descriptors(descriptors);
	return status;
}

int fake_run(const char *argument, ...)
{
	const char *words[32] = { "fastkexec" };
	int nr = 1;
	va_list args;

	va_start(args, argument);
	for (; argument; argument = va_arg(args, const char *))
		words[nr++] = argument;
	va_end(args);
	return fake_run_as(words);
}

void assert_has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("'%s' is not in: %s", part, text);
}

void assert_sentence(const char *part)
{
	const char *err = fake_heard()->err;
	const char *newline = strchr(err, '\n');

	assert_has(err, part);
	if (strncmp(err, "fastkexec: ", 11) || !newline || newline[1])
		fail_msg("not one line of ours: %s", err);
}
