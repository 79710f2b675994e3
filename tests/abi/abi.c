// SPDX-License-Identifier: GPL-2.0
/*
 * usage: abi TEST|+GROUP...
 *        abi --list
 *        abi --without-sys-boot COMMAND [ARGUMENT...]
 *
 * Tests the ABI of /dev/fastkexec in a guest, as root, with the module loaded and
 * nothing else using it: the tests that are named, in that order, and of each group
 * those that belong to it. Failures and a summary go to descriptor 3.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "calls.h"
#include "check.h"
#include "klog.h"
#include "proc_iomem.h"
#include "rights.h"
#include "test.h"

static struct test *tests;

/* In the order in which they are entered. */
void test_add(struct test *test)
{
	struct test **end = &tests;

	while (*end)
		end = &(*end)->next;
	*end = test;
}

static void run(const struct test *test)
{
	const time_t begin = time(NULL);
	struct klog log;

	/* On the console: where it hangs, should it hang. */
	printf("abi: %s\n", test->name);
	fflush(stdout);
	test->run();
	klog_read(&log);
	printf("abi: %s took %lld s\n", test->name, (long long)(time(NULL) - begin));
}

static bool belongs(const struct test *test, const char *group)
{
	const size_t length = strlen(group);
	const char *at = test->groups;

	while ((at = strstr(at, group))) {
		if ((at == test->groups || at[-1] == ' ') && (!at[length] || at[length] == ' '))
			return true;
		at += length;
	}
	return false;
}

static void run_group(const char *group)
{
	const struct test *test;
	unsigned int found = 0;
	int last;

	for (last = 0; last < 2; last++)
		for (test = tests; test; test = test->next)
			if (test->last == last && belongs(test, group)) {
				run(test);
				found++;
			}
	errno = EINVAL;
	if (!found)
		fatal("no test belongs to %s", group);
}

static void run_named(const char *name)
{
	const struct test *test;

	for (test = tests; test; test = test->next)
		if (!strcmp(test->name, name)) {
			run(test);
			return;
		}
	errno = EINVAL;
	fatal("no test %s", name);
}

static void list(void)
{
	const struct test *test;

	for (test = tests; test; test = test->next)
		printf("%-20s %s\n", test->name, test->groups);
}

static void get_ready(void)
{
	struct fastkexec_info info = { .size = sizeof(info) };
	int fd = call_open();

	check(true, "the counts are shared from here on");
	errno = call(fd, FASTKEXEC_INFO, &info);
	if (errno)
		fatal("FASTKEXEC_INFO");
	close(fd);
	klog_open();
	world_read(info.pa_bits);
}

int main(int argc, char **argv)
{
	int i;

	if (argc == 2 && !strcmp(argv[1], "--list")) {
		list();
		return 0;
	}
	if (argc > 2 && !strcmp(argv[1], "--without-sys-boot")) {
		rights_drop_sys_boot();
		execvp(argv[2], argv + 2);
		fatal("%s", argv[2]);
	}
	get_ready();
	for (i = 1; i < argc; i++)
		if (argv[i][0] == '+')
			run_group(argv[i] + 1);
		else
			run_named(argv[i]);
	return check_summary();
}
