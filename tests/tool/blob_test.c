// SPDX-License-Identifier: GPL-2.0
/*
 * Files that cannot be read, and those that can.
 */
#include "fake_device.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "blob.h"

#define MEMORY	(1ULL << 30)

static void refused(const char *path, const char *why)
{
	struct blob blob = { 0 };

	fake_listen();
	assert_int_equal(blob_load_file(&blob, path, MEMORY), -1);
	assert_sentence(why);
	assert_null(blob.data);
	fake_listen();
	assert_int_equal(blob_load_file(&blob, path, MEMORY), -1);
	assert_sentence(path);
}

TOOL_TEST("what is no file is refused")
{
	char path[128];

	refused("/nonexistent/vmlinuz", "cannot open /nonexistent/vmlinuz: No such file");
	refused("/dev/null/vmlinuz", "Not a directory");
	refused(fake_directory(), "is a directory");
	refused("/dev/zero", "is not a regular file");
	refused(fake_file("empty", NULL, 0), "is empty");

	snprintf(path, sizeof(path), "%s/fifo", fake_directory());
	assert_int_equal(mkfifo(path, 0600), 0);
	refused(path, "is not a regular file");

	snprintf(path, sizeof(path), "%s/loop", fake_directory());
	assert_int_equal(symlink(path, path), 0);
	refused(path, "Too many levels of symbolic links");
}

TOOL_TEST("what cannot be read is refused")
{
	struct blob blob = { 0 };

	fake.broken = fake_file("broken", "contents", 8);
	fake.broken_open = EACCES;
	refused(fake.broken, "Permission denied");
	fake.broken_open = 0;
	fake.broken_read = EIO;
	refused(fake.broken, "cannot read");
	refused(fake.broken, "Input/output error");
	fake.broken_read = 0;
	refused(fake.broken, "became shorter while it was read");

	fake.broken_read = EIO;
	fake.broken_after = 5;
	fake_listen();
	assert_int_equal(blob_load_file(&blob, fake.broken, MEMORY), -1);
	assert_sentence("Input/output error");
	fake.broken_after = 5;
	fake_listen();
	assert_int_equal(blob_read_file(&blob, fake.broken, 8), -1);
	assert_sentence("Input/output error");
	assert_null(blob.data);
}

TOOL_TEST("file larger than memory is refused")
{
	struct blob blob = { 0 };
	char path[128];

	snprintf(path, sizeof(path), "%s", fake_file("huge", "x", 1));
	assert_int_equal(truncate(path, 1LL << 40), 0);
	refused(path, "(1.0 TiB) is larger than this machine's memory (1.0 GiB)");

	assert_int_equal(truncate(path, 4097), 0);
	fake_listen();
	assert_int_equal(blob_load_file(&blob, path, 4096), -1);
	assert_sentence("larger than this machine's memory");
	assert_int_equal(blob_load_file(&blob, path, 4097), 0);
	assert_int_equal(blob.size, 4097);
	blob_free(&blob);
	assert_null(blob.data);
}

TOOL_TEST("file is read whole")
{
	const size_t size = (3 << 20) + 17;
	uint8_t *data = fake_alloc(size);
	struct blob blob = { 0 };
	size_t i;

	for (i = 0; i < size; i++)
		data[i] = i * 7 >> 3;
	assert_int_equal(blob_load_file(&blob, fake_file("large", data, size), MEMORY), 0);
	assert_int_equal(blob.size, size);
	assert_memory_equal(blob.data, data, size);
	blob_free(&blob);
	free(data);
}

TOOL_TEST("file may change afterwards")
{
	uint8_t data[10000];
	struct blob blob = { 0 };
	const char *path;

	memset(data, 0x5a, sizeof(data));
	path = fake_file("changing", data, sizeof(data));
	assert_int_equal(blob_load_file(&blob, path, MEMORY), 0);
	assert_int_equal(truncate(path, 10), 0);
	assert_memory_equal(blob.data, data, sizeof(data));
	fake_file("changing", "something else", 14);
	assert_memory_equal(blob.data, data, sizeof(data));
	blob_free(&blob);
}

/* An eighth of what is available stays. */
TOOL_TEST("memory that others need is left")
{
	static const char meminfo[] =
		"MemTotal:        4000000 kB\nMemFree:           10240 kB\n"
		"MemAvailable:       8192 kB\nBuffers:         2000000 kB\n";
	struct blob blob = { 0 };
	char path[128];

	fake.meminfo = fake_file("meminfo", meminfo, sizeof(meminfo) - 1);
	assert_int_equal(blob_alloc(&blob, 7 << 20, "it"), 0);
	assert_int_equal(blob_resize(&blob, 14 << 20, "it"), 0);
	fake_listen();
	assert_int_equal(blob_resize(&blob, (21 << 20) + 1, "it"), -1);
	assert_sentence("out of memory for it: 7.0 MiB more are needed, and 7.0 MiB can be had");
	assert_int_equal(blob.size, 14 << 20);
	assert_int_equal(blob_resize(&blob, 1, "it"), 0);
	blob_free(&blob);
	fake_listen();
	assert_int_equal(blob_alloc(&blob, (7 << 20) + 1, "it"), -1);
	assert_sentence("out of memory for it: 7.0 MiB more are needed, and 7.0 MiB can be had");
	assert_null(blob.data);

	snprintf(path, sizeof(path), "%s", fake_file("huge", "x", 1));
	assert_int_equal(truncate(path, 100 << 20), 0);
	refused(path, "/huge: 100.0 MiB more are needed, and 7.0 MiB can be had");

	/* A kernel that does not tell sets no limit. */
	fake.meminfo = fake_file("meminfo", "MemTotal: 1 kB\n", 15);
	assert_int_equal(blob_alloc(&blob, 8 << 20, "it"), 0);
	blob_free(&blob);
	fake.meminfo = fake_file("meminfo", "MemAvailable: many\n", 19);
	assert_int_equal(blob_alloc(&blob, 8 << 20, "it"), 0);
	blob_free(&blob);
	fake.meminfo = fake_file("meminfo", "", 0);
	assert_int_equal(blob_alloc(&blob, 8 << 20, "it"), 0);
	blob_free(&blob);
}

TOOL_TEST("small file is read up to its limit")
{
	struct blob blob = { 0 };
	const char *path = fake_file("small", "12345678", 8);
	size_t limit;

	for (limit = 1; limit < 8; limit++) {
		fake_listen();
		assert_int_equal(blob_read_file(&blob, path, limit), -1);
		assert_sentence("is larger than");
		assert_null(blob.data);
	}
	fake_listen();
	assert_int_equal(blob_read_file(&blob, path, 8), 0);
	assert_string_equal(fake_heard()->err, "");
	assert_int_equal(blob.size, 8);
	assert_memory_equal(blob.data, "12345678", 8);
	blob_free(&blob);

	fake_listen();
	assert_int_equal(blob_read_file(&blob, fake_file("none", NULL, 0), 8), -1);
	assert_sentence("is empty");
	fake_listen();
	assert_int_equal(blob_read_file(&blob, fake_directory(), 8), -1);
	assert_sentence("Is a directory");
	fake_listen();
	assert_int_equal(blob_read_file(&blob, "/nonexistent", 8), -1);
	assert_sentence("No such file");
}

TOOL_TEST("file may come in pieces")
{
	struct blob blob = { 0 };

	fake.broken = fake_file("pieces", "12345678", 8);
	fake.broken_after = 8;
	assert_int_equal(blob_read_file(&blob, fake.broken, 100), 0);
	assert_int_equal(blob.size, 8);
	assert_memory_equal(blob.data, "12345678", 8);
	blob_free(&blob);
	fake.broken_after = 8;
	assert_int_equal(blob_load_file(&blob, fake.broken, MEMORY), 0);
	assert_int_equal(blob.size, 8);
	blob_free(&blob);
}

TOOL_TEST("file without a size can be read")
{
	struct blob blob = { 0 };

	assert_int_equal(blob_read_file(&blob, "/proc/self/stat", 65536), 0);
	assert_true(blob.size > 10 && blob.size < 65536);
	blob_free(&blob);
}

TOOL_TEST("freed memory is gone")
{
	struct blob blob = { 0 };
	void *data;

	assert_int_equal(blob_alloc(&blob, 5000, "it"), 0);
	data = blob.data;
	assert_int_equal(msync(data, 5000, MS_ASYNC), 0);
	blob_free(&blob);
	assert_null(blob.data);
	assert_int_equal(blob.size, 0);
	assert_int_equal(msync(data, 5000, MS_ASYNC), -1);
	blob_free(&blob);
}

TOOL_TEST("memory keeps its contents when resized")
{
	struct blob blob = { 0 };

	assert_int_equal(blob_alloc(&blob, 5000, "it"), 0);
	memset(blob.data, 0x5a, 5000);
	assert_int_equal(blob_resize(&blob, 50 << 20, "it"), 0);
	assert_int_equal(blob.size, 50 << 20);
	assert_int_equal(blob.data[0], 0x5a);
	assert_int_equal(blob.data[4999], 0x5a);
	assert_int_equal(blob.data[5000], 0);
	assert_int_equal(blob.data[(50 << 20) - 1], 0);
	assert_int_equal(blob_resize(&blob, 1, "it"), 0);
	assert_int_equal(blob.data[0], 0x5a);

	fake_listen();
	assert_int_equal(blob_resize(&blob, 1ULL << 60, "it"), -1);
	assert_sentence("out of memory for it: 1.0 EiB more are needed");
	assert_int_equal(blob.size, 1);
	blob_free(&blob);
	fake_listen();
	assert_int_equal(blob_alloc(&blob, 1ULL << 60, "it"), -1);
	assert_sentence("out of memory");
}
