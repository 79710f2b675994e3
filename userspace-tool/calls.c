// SPDX-License-Identifier: GPL-2.0
#include "calls.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "array.h"
#include "names.h"
#include "out.h"

/* What the user can do about an error. The module says what the error means. */
static const struct {
	int error;
	const char *advice;
} advices[] = {
	{ EPERM, "this needs root, and a kernel that is not locked down" },
	{ EACCES, "reboot through the firmware" },
	{ EFAULT, "a file may have changed while it was read: try again" },
	{ EINVAL, "the tool and the module may be of different versions" },
	{ E2BIG, "load the module that belongs to this tool" },
	{ EFBIG, "use a smaller kernel or initrd" },
	{ ENOSPC, "free memory, unload what is loaded, or use --placement auto" },
	{ EOPNOTSUPP, "see 'fastkexec status'" },
	{ EIO, "do not rely on this machine's jump; what was loaded before is still there" },
	{ ENOTTY, "load the module that belongs to this tool" },
};

/**
 * struct parts - what the pieces or segments of a call are
 * @subject: FASTKEXEC_SUBJECT_PIECE or _SEGMENT
 * @nr: how many
 * @role: enum fastkexec_role of each
 */
struct parts {
	enum fastkexec_subject subject;
	unsigned int nr;
	uint32_t role[FASTKEXEC_MAX_SEGMENTS];
};

static bool means_missing(int error)
{
	return error == ENOENT || error == ENODEV || error == ENXIO;
}

static bool means_denied(int error)
{
	return error == EACCES || error == EPERM;
}

/* errno of opening the device, 0 if that works. */
static int try_open(void)
{
	int fd = open(CALLS_DEVICE, O_RDWR | O_CLOEXEC);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

bool calls_has_module(void)
{
	return !means_missing(try_open());
}

bool calls_is_denied(void)
{
	return means_denied(try_open());
}

int calls_open(void)
{
	int fd = open(CALLS_DEVICE, O_RDWR | O_CLOEXEC);

	if (fd >= 0)
		return fd;
	if (means_missing(errno))
		return out_fail("the fastkexec module is not loaded (no " CALLS_DEVICE
				"): insert it with 'insmod fastkexec.ko' or 'modprobe fastkexec'");
	if (means_denied(errno))
		return out_fail("no permission to open " CALLS_DEVICE ": become root");
	return out_fail("cannot open " CALLS_DEVICE ": %s", strerror(errno));
}

/* Take what would break the sentence out of a line that goes into it. */
static void tidy(char *line)
{
	size_t length = strlen(line), i;

	while (length && (isspace((unsigned char)line[length - 1]) || line[length - 1] == '.'))
		line[--length] = '\0';
	for (i = 0; i < length; i++)
		if (iscntrl((unsigned char)line[i]))
			line[i] = ' ';
}

/* Get the module's line, empty if it has none. Returns what else the module answers. */
static struct fastkexec_explain explain(int fd, char line[FASTKEXEC_EXPLAIN_MAX])
{
	struct fastkexec_explain answer = {
		.size = sizeof(answer),
		.len = FASTKEXEC_EXPLAIN_MAX,
		.buf = (uintptr_t)line,
	};

	memset(line, 0, FASTKEXEC_EXPLAIN_MAX);
	if (ioctl(fd, FASTKEXEC_EXPLAIN, &answer) || !answer.len)
		line[0] = '\0';
	line[FASTKEXEC_EXPLAIN_MAX - 1] = '\0';
	tidy(line);
	return answer;
}

/* The tool's name for what the line is about; NULL if that is the call as a whole. */
static const char *subject_name(const struct fastkexec_explain *answer, const struct parts *parts)
{
	if (!parts || answer->subject != parts->subject || answer->index >= parts->nr)
		return NULL;
	return names_role(parts->role[answer->index]);
}

/* For an error without a line: the module does not know this call, or EXPLAIN failed. */
static const char *meaning(int error)
{
	return error == ENOTTY ? "the module does not know this call" : strerror(error);
}

static const char *advice(int error)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(advices); i++)
		if (advices[i].error == error)
			return advices[i].advice;
	return NULL;
}

/* A call on @fd failed with errno. @parts: what it was given, or NULL. */
static int fail(int fd, const char *doing, const struct parts *parts)
{
	const int error = errno;
	const char *todo = advice(error);
	char line[FASTKEXEC_EXPLAIN_MAX];
	const struct fastkexec_explain answer = explain(fd, line);
	const char *name = line[0] ? subject_name(&answer, parts) : NULL;

	return out_fail("cannot %s: %s%s%s%s%s", doing, name ? name : "", name ? ": " : "",
			line[0] ? line : meaning(error), todo ? "; " : "", todo ? todo : "");
}

int calls_info(int fd, struct fastkexec_info *info)
{
	*info = (struct fastkexec_info){ .size = sizeof(*info) };
	if (ioctl(fd, FASTKEXEC_INFO, info))
		return fail(fd, "ask the module about this machine", NULL);
	return 0;
}

int calls_place(int fd, unsigned int placement, struct fastkexec_piece pieces[],
		unsigned int nr, uint64_t window)
{
	struct parts parts = { .subject = FASTKEXEC_SUBJECT_PIECE, .nr = nr };
	struct fastkexec_place place = {
		.size = sizeof(place),
		.placement = placement,
		.nr_pieces = nr,
		.piece_size = sizeof(*pieces),
		.pieces = (uintptr_t)pieces,
		.window = window,
	};
	unsigned int i;

	for (i = 0; i < nr; i++)
		parts.role[i] = pieces[i].role;
	if (ioctl(fd, FASTKEXEC_PLACE, &place))
		return fail(fd, "find places for the next kernel", &parts);
	return 0;
}

int calls_load(int fd, struct fastkexec_load *load, const struct fastkexec_segment segments[])
{
	struct parts parts = { .subject = FASTKEXEC_SUBJECT_SEGMENT, .nr = load->nr_segments };
	unsigned int i;

	load->size = sizeof(*load);
	load->segments = (uintptr_t)segments;
	load->segment_size = sizeof(*segments);
	for (i = 0; i < load->nr_segments; i++)
		parts.role[i] = segments[i].role;
	if (ioctl(fd, FASTKEXEC_LOAD, load))
		return fail(fd, "load the next kernel", &parts);
	return 0;
}

int calls_unload(int fd)
{
	struct fastkexec_unload unload = { .size = sizeof(unload) };

	if (ioctl(fd, FASTKEXEC_UNLOAD, &unload))
		return fail(fd, "unload", NULL);
	return 0;
}

int calls_rehearse(int fd, uint32_t flags, uint32_t *done)
{
	struct fastkexec_rehearse rehearse = { .size = sizeof(rehearse), .flags = flags };

	if (ioctl(fd, FASTKEXEC_REHEARSE, &rehearse))
		return fail(fd, "rehearse", NULL);
	*done = rehearse.done;
	return 0;
}

/* Fill @keeps, which has room for @room, and tell how many there are. */
static int ask_keeps(int fd, struct calls_keeps *keeps, unsigned int room)
{
	struct fastkexec_keeps query = {
		.size = sizeof(query),
		.nr_keeps = room,
		.keeps = (uintptr_t)keeps->keep,
		.keep_size = sizeof(*keeps->keep),
	};

	if (ioctl(fd, FASTKEXEC_KEEPS, &query))
		return fail(fd, "ask what the next kernel must not touch", NULL);
	keeps->nr = query.nr_keeps;
	return 0;
}

/* It may grow between the two questions. */
int calls_keeps(int fd, struct calls_keeps *keeps)
{
	unsigned int room = 0;
	int ret;

	*keeps = (struct calls_keeps){ 0 };
	ret = ask_keeps(fd, keeps, room);
	while (!ret && keeps->nr > room) {
		room = keeps->nr;
		free(keeps->keep);
		keeps->keep = calloc(room, sizeof(*keeps->keep));
		if (!keeps->keep)
			return out_fail("out of memory");
		ret = ask_keeps(fd, keeps, room);
	}
	if (ret)
		calls_keeps_free(keeps);
	return ret;
}

void calls_keeps_free(struct calls_keeps *keeps)
{
	free(keeps->keep);
	*keeps = (struct calls_keeps){ 0 };
}

int calls_digest(int fd, uint64_t dest, struct fastkexec_digest *digest)
{
	*digest = (struct fastkexec_digest){ .size = sizeof(*digest), .dest = dest };
	if (ioctl(fd, FASTKEXEC_DIGEST, digest))
		return fail(fd, "take the SHA-256 of a segment", NULL);
	return 0;
}

int calls_memory(int fd, uint64_t from, struct fastkexec_memory *memory)
{
	*memory = (struct fastkexec_memory){ .size = sizeof(*memory), .from = from };
	if (ioctl(fd, FASTKEXEC_MEMORY, memory))
		return fail(fd, "add memory", NULL);
	return 0;
}

static int ask_efi_map(int fd, struct efi_map *map, struct fastkexec_efi_map *query)
{
	*query = (struct fastkexec_efi_map){
		.size = sizeof(*query),
		.len = map->size,
		.map = (uintptr_t)map->bytes,
	};
	if (ioctl(fd, FASTKEXEC_EFI_MAP, query))
		return fail(fd, "ask what EFI said of memory", NULL);
	return 0;
}

/* It stays as it is as long as the kernel runs. */
int calls_efi_map(int fd, struct efi_map *map)
{
	struct fastkexec_efi_map query;

	*map = (struct efi_map){ 0 };
	if (ask_efi_map(fd, map, &query))
		return -1;
	map->step = query.desc_size;
	map->size = query.len;
	map->bytes = malloc(map->size + 1);
	if (!map->bytes)
		return out_fail("out of memory");
	if (!ask_efi_map(fd, map, &query))
		return 0;
	efi_map_free(map);
	return -1;
}

int calls_stamp(enum fastkexec_moment moment)
{
	struct fastkexec_stamp stamp = { .size = sizeof(stamp), .moment = moment };
	int fd = open(CALLS_DEVICE, O_RDWR | O_CLOEXEC);
	int ret;

	if (fd < 0)
		return -1;
	ret = ioctl(fd, FASTKEXEC_STAMP, &stamp);
	close(fd);
	return ret ? -1 : 0;
}

int calls_status(int fd, struct fastkexec_status *status,
		 struct fastkexec_segment segments[])
{
	*status = (struct fastkexec_status){
		.size = sizeof(*status),
		.segments = (uintptr_t)segments,
		.nr_segments = FASTKEXEC_MAX_SEGMENTS,
		.segment_size = sizeof(*segments),
	};
	memset(segments, 0, FASTKEXEC_MAX_SEGMENTS * sizeof(*segments));
	if (ioctl(fd, FASTKEXEC_STATUS, status))
		return fail(fd, "ask what is loaded", NULL);
	if (!status->loaded)
		status->nr_segments = 0;
	if (status->nr_segments > FASTKEXEC_MAX_SEGMENTS)
		status->nr_segments = FASTKEXEC_MAX_SEGMENTS;
	return 0;
}
