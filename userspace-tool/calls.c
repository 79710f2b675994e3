// SPDX-License-Identifier: GPL-2.0
#include "calls.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

#include "array.h"
#include "out.h"

/*
 * @meaning says it where the module has no line of its own; @advice follows in
 * both cases.
 */
static const struct problem {
	int error;
	const char *meaning;
	const char *advice;
} problems[] = {
	{ EPERM, "not permitted", "this needs root, and a kernel that is not locked down" },
	{ EBUSY, "a reboot has begun, or another load is running", NULL },
	{ EFAULT, "the module could not read this program's memory",
		"a file may have changed while it was read: try again" },
	{ EINVAL, "the module does not accept a value",
		"the tool and the module may be of different versions" },
	{ E2BIG, "the module does not know all that this tool asks for",
		"load the module that belongs to this tool" },
	{ EOVERFLOW, "an address does not fit this machine", NULL },
	{ EEXIST, "two pieces overlap", NULL },
	{ EADDRNOTAVAIL, "a destination is not memory that may be overwritten", NULL },
	{ EFBIG, "a piece is larger than all the memory that it may live in",
		"use a smaller kernel or initrd" },
	{ ENOSPC, "no range of memory is free in the way asked for",
		"free memory, unload what is loaded, or use --placement auto" },
	{ ENOMEM, "memory is short; if an image is loaded, 'fastkexec unload' gives its memory back",
		NULL },
	{ EOPNOTSUPP, "this machine cannot be left safely", "see 'fastkexec status'" },
	{ ENODATA, "nothing is loaded", NULL },
	{ EIO, "the rehearsal met a fault",
		"do not rely on this machine's jump; what was loaded before is still there" },
	{ ENOTTY, "the module does not know this call",
		"load the module that belongs to this tool" },
};

static const struct device_blocker blockers[] = {
	{ FASTKEXEC_BLOCK_PKVM, "pkvm",
		"protected KVM owns EL2 and does not give it back; boot with kvm-arm.mode=nvhe" },
	{ FASTKEXEC_BLOCK_HYPERVISOR, "hypervisor",
		"something that is not Linux runs at EL2 under this kernel" },
	{ FASTKEXEC_BLOCK_NO_PSCI, "no-psci",
		"the firmware has no PSCI 0.2 or later, so CPUs cannot be powered off" },
	{ FASTKEXEC_BLOCK_SPIN_TABLE, "spin-table",
		"a CPU was started by spin-table and cannot be powered off" },
	{ FASTKEXEC_BLOCK_TRUSTED_OS, "trusted-os",
		"a trusted OS lives on a CPU that must be powered off" },
	{ FASTKEXEC_BLOCK_STUCK_CPU, "stuck-cpu",
		"a CPU that is not online is not off either: it still runs this kernel's code" },
	{ FASTKEXEC_BLOCK_LPI, "lpi",
		"nothing protects the GICv3's LPI tables from the next kernel (no EFI)" },
	{ FASTKEXEC_BLOCK_LOCKDOWN, "lockdown",
		"this kernel is locked down and does not let itself be replaced" },
	{ FASTKEXEC_BLOCK_PAGING, "paging",
		"the way this kernel translates addresses is not understood by the module" },
	{ 0, NULL, NULL },
};

int device_open(void)
{
	int fd = open(DEVICE_PATH, O_RDWR | O_CLOEXEC);

	if (fd >= 0)
		return fd;
	switch (errno) {
	case ENOENT:
	case ENODEV:
	case ENXIO:
		return out_fail("the fastkexec module is not loaded (no " DEVICE_PATH
				"): insert it with 'insmod fastkexec.ko' or 'modprobe fastkexec'");
	case EACCES:
	case EPERM:
		return out_fail("no permission to open " DEVICE_PATH ": become root");
	default:
		return out_fail("cannot open " DEVICE_PATH ": %s", strerror(errno));
	}
}

/* The module's own words, without what would break the sentence they go into. */
static void explain(int fd, char *line, size_t size)
{
	struct fastkexec_explain ask = {
		.size = sizeof(ask),
		.len = size - 1,
		.buf = (uintptr_t)line,
	};
	size_t length, i;

	memset(line, 0, size);
	if (ioctl(fd, FASTKEXEC_EXPLAIN, &ask) || !ask.len)
		line[0] = '\0';

	length = strlen(line);
	while (length && (isspace((unsigned char)line[length - 1]) || line[length - 1] == '.'))
		line[--length] = '\0';
	for (i = 0; i < length; i++)
		if (iscntrl((unsigned char)line[i]))
			line[i] = ' ';
}

/* "piece 1: too large": the user knows it by another name. Returns what follows. */
static const char *find_name(const char *line, const char *const names[],
			     unsigned int nr_names, const char **name)
{
	unsigned int i;
	int end = 0;

	if ((sscanf(line, "piece %u: %n", &i, &end) == 1 ||
	     sscanf(line, "segment %u: %n", &i, &end) == 1) && end && i < nr_names) {
		*name = names[i];
		return line + end;
	}
	*name = NULL;
	return line;
}

static int fail(int fd, const char *doing, const char *const names[], unsigned int nr_names)
{
	const int error = errno;
	const char *meaning = strerror(error);
	const char *advice = NULL, *name = NULL;
	char line[256];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(problems); i++) {
		if (problems[i].error == error) {
			meaning = problems[i].meaning;
			advice = problems[i].advice;
		}
	}
	explain(fd, line, sizeof(line));
	if (line[0])
		meaning = find_name(line, names, nr_names, &name);
	return out_fail("cannot %s: %s%s%s%s%s", doing, name ? name : "", name ? ": " : "",
			meaning, advice ? "; " : "", advice ? advice : "");
}

int device_info(int fd, struct fastkexec_info *info)
{
	*info = (struct fastkexec_info){ .size = sizeof(*info) };
	if (ioctl(fd, FASTKEXEC_INFO, info))
		return fail(fd, "ask the module about this machine", NULL, 0);
	return 0;
}

int device_place(int fd, unsigned int placement, struct fastkexec_piece pieces[],
		 const char *const names[], unsigned int nr, uint64_t window)
{
	struct fastkexec_place place = {
		.size = sizeof(place),
		.placement = placement,
		.nr_pieces = nr,
		.piece_size = sizeof(*pieces),
		.pieces = (uintptr_t)pieces,
		.window = window,
	};

	if (ioctl(fd, FASTKEXEC_PLACE, &place))
		return fail(fd, "find places for the next kernel", names, nr);
	return 0;
}

int device_load(int fd, struct fastkexec_load *load, const char *const names[])
{
	load->size = sizeof(*load);
	load->segment_size = sizeof(struct fastkexec_segment);
	if (ioctl(fd, FASTKEXEC_LOAD, load))
		return fail(fd, "load the next kernel", names, load->nr_segments);
	return 0;
}

int device_unload(int fd)
{
	struct fastkexec_unload unload = { .size = sizeof(unload) };

	if (ioctl(fd, FASTKEXEC_UNLOAD, &unload))
		return fail(fd, "unload", NULL, 0);
	return 0;
}

int device_rehearse(int fd, uint32_t *done)
{
	struct fastkexec_rehearse rehearse = { .size = sizeof(rehearse) };

	if (ioctl(fd, FASTKEXEC_REHEARSE, &rehearse))
		return fail(fd, "rehearse", NULL, 0);
	*done = rehearse.done;
	return 0;
}

const char *device_design(uint32_t design)
{
	static const char *const names[] = {
		[FASTKEXEC_DESIGN_IDENTITY] = "identity",
		[FASTKEXEC_DESIGN_RANGE] = "range",
		[FASTKEXEC_DESIGN_LINEAR] = "linear",
	};

	return design < ARRAY_SIZE(names) && names[design] ? names[design] : "unknown";
}

int device_status(int fd, struct fastkexec_status *status,
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
		return fail(fd, "ask what is loaded", NULL, 0);
	if (!status->loaded)
		status->nr_segments = 0;
	if (status->nr_segments > FASTKEXEC_MAX_SEGMENTS)
		status->nr_segments = FASTKEXEC_MAX_SEGMENTS;
	return 0;
}

const struct device_blocker *device_blockers(void)
{
	return blockers;
}

int device_refuses(uint64_t bits)
{
	const struct device_blocker *blocker;

	if (!bits)
		return 0;
	for (blocker = blockers; blocker->bit; blocker++) {
		if (bits & blocker->bit)
			out_fail("this machine cannot be left safely: %s", blocker->reason);
		bits &= ~blocker->bit;
	}
	if (bits)
		out_fail("this machine cannot be left safely: the module has a reason (%#" PRIx64
			 ") that this tool does not know", bits);
	return -1;
}

struct device_level device_level(uint32_t level)
{
	switch (level) {
	case FASTKEXEC_LEVEL_EL1:
		return (struct device_level){ "el1", "EL1" };
	case FASTKEXEC_LEVEL_EL2_STUB:
		return (struct device_level){ "el2-stub", "EL1, with the kernel's stub at EL2" };
	case FASTKEXEC_LEVEL_EL2_KVM:
		return (struct device_level){ "el2-kvm", "EL1, with KVM at EL2" };
	case FASTKEXEC_LEVEL_EL2_VHE:
		return (struct device_level){ "el2-vhe", "EL2 (VHE)" };
	default:
		return (struct device_level){ "unknown", "a level this tool does not know" };
	}
}
