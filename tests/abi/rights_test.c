// SPDX-License-Identifier: GPL-2.0
/*
 * Without CAP_SYS_BOOT, and in a kernel that is locked down or cannot be left.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calls.h"
#include "check.h"
#include "proc_iomem.h"
#include "right_values.h"
#include "rights.h"
#include "test.h"

/* Changes are refused for @error before anything of the argument is looked at. */
static void refuse_changes(int fd, int error, const char *word)
{
	struct fastkexec_rehearse rehearse = { .size = sizeof(rehearse) };
	struct fastkexec_unload unload = { .size = sizeof(unload) };
	struct fastkexec_digest digest = { .size = sizeof(digest) };
	struct fastkexec_memory memory = { .size = sizeof(memory) };
	struct fastkexec_stamp stamp = { .size = sizeof(stamp) };
	struct image image;
	struct query query;

	image_prepare(&image, FASTKEXEC_PLACE_COPY);
	query_prepare(&query, FASTKEXEC_PLACE_COPY);
	refused(fd, "not permitted", FASTKEXEC_STAMP, &stamp, error, word);
	refused(fd, "not permitted", FASTKEXEC_MEMORY, &memory, error, word);
	refused(fd, "not permitted", FASTKEXEC_DIGEST, &digest, error, word);
	refused(fd, "not permitted", FASTKEXEC_REHEARSE, &rehearse, error, word);
	refused(fd, "not permitted, argument NULL", FASTKEXEC_REHEARSE, NULL, error, word);
	refused(fd, "not permitted", FASTKEXEC_LOAD, &image.load, error, word);
	refused(fd, "not permitted", FASTKEXEC_PLACE, &query.place, error, word);
	refused(fd, "not permitted", FASTKEXEC_UNLOAD, &unload, error, word);
	refused(fd, "not permitted, argument NULL", FASTKEXEC_LOAD, NULL, error, word);
	refused(fd, "not permitted, argument NULL", FASTKEXEC_PLACE, NULL, error, word);
	refused(fd, "not permitted, argument NULL", FASTKEXEC_UNLOAD, NULL, error, word);
}

/* It is not the right that is missing where there is no map. */
static void allow_efi_map(int fd)
{
	struct fastkexec_efi_map query = { .size = sizeof(query) };

	if (world.efi)
		accepted(fd, "permitted", FASTKEXEC_EFI_MAP, &query);
	else
		refused(fd, "permitted", FASTKEXEC_EFI_MAP, &query, EOPNOTSUPP,
			"was not started by EFI");
}

static void allow_queries(int fd)
{
	struct fastkexec_status status = { .size = sizeof(status) };
	struct fastkexec_keeps keeps = { .size = sizeof(keeps) };
	struct fastkexec_info info = { .size = sizeof(info) };
	char line[300];

	accepted(fd, "permitted", FASTKEXEC_INFO, &info);
	accepted(fd, "permitted", FASTKEXEC_KEEPS, &keeps);
	accepted(fd, "permitted", FASTKEXEC_STATUS, &status);
	check(status.loaded == 1, "STATUS tells a guest nothing");
	check(!call_explain(fd, line, sizeof(line)) && strstr(line, "CAP_SYS_BOOT"),
	      "EXPLAIN: \"%s\"", line);
	allow_efi_map(fd);
}

static void open_as_nobody(void)
{
	int fd;

	if (setresgid(65534, 65534, 65534) || setresuid(65534, 65534, 65534))
		fatal("setresuid");
	fd = open(DEVICE, O_RDWR);
	check(fd < 0 && errno == EACCES, "anybody can open the device");
}

/* In a process of its own; @fd was opened with every right. */
static void without_rights(int fd)
{
	int own;

	rights_drop_sys_boot();
	own = call_open();
	refuse_changes(fd, EPERM, "CAP_SYS_BOOT");
	refuse_changes(own, EPERM, "CAP_SYS_BOOT");
	allow_queries(fd);
	allow_queries(own);
	open_as_nobody();
}

TEST("rights", "fields check efi")
{
	struct image image;
	int fd = call_open();
	int status;
	pid_t child;

	image_prepare(&image, FASTKEXEC_PLACE_COPY);
	accepted(fd, "right", FASTKEXEC_LOAD, &image.load);
	child = fork();
	if (child == 0) {
		without_rights(fd);
		_exit(0);
	}
	check(child > 0 && waitpid(child, &status, 0) == child && !status,
	      "the process without rights ended with 0x%x", status);
	check(!call_unload(fd), "the image cannot be unloaded");
	close(fd);
}

LAST_TEST("lockdown", "fields")
{
	struct fastkexec_rehearse rehearse = { .size = sizeof(rehearse) };
	struct fastkexec_info info = { .size = sizeof(info) };
	const char *file = "/sys/kernel/security/lockdown";
	struct image image;
	struct query query;
	int fd = call_open();
	int lock;

	image_prepare(&image, FASTKEXEC_PLACE_COPY);
	accepted(fd, "right", FASTKEXEC_LOAD, &image.load);

	mount("none", "/sys/kernel/security", "securityfs", 0, NULL);
	lock = open(file, O_WRONLY);
	if (lock < 0 || write(lock, "integrity", 9) != 9)
		fatal("%s", file);
	close(lock);

	query_prepare(&query, FASTKEXEC_PLACE_COPY);
	refused(fd, "locked down", FASTKEXEC_LOAD, &image.load, EPERM, "locked down");
	refused(fd, "locked down", FASTKEXEC_PLACE, &query.place, EPERM, "locked down");
	refused(fd, "locked down", FASTKEXEC_REHEARSE, &rehearse, EPERM, "locked down");
	accepted(fd, "locked down", FASTKEXEC_INFO, &info);
	check(info.blockers == FASTKEXEC_BLOCK_LOCKDOWN, "INFO: blockers 0x%" PRIx64,
	      (uint64_t)info.blockers);
	check(!call_unload(fd), "what was loaded before cannot be unloaded");
	close(fd);
}
