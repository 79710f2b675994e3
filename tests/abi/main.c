// SPDX-License-Identifier: GPL-2.0
/*
 * usage: abi TEST...
 *        abi --without-sys-boot COMMAND [ARGUMENT...]
 *
 * Tests the ABI of /dev/fastkexec in a guest, as root, with the module loaded and
 * nothing else using it. Failures and a summary go to descriptor 3.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "call.h"
#include "check.h"
#include "klog.h"
#include "tests.h"
#include "world.h"

static void blocked_by_lpi(void)
{
	test_blocked(FASTKEXEC_BLOCK_LPI);
}

static const struct test {
	const char *name;
	void (*run)(void);
} tests[] = {
	{ "info", test_info },
	{ "fields", test_fields },
	{ "destinations", test_destinations },
	{ "limits", test_limits },
	{ "life", test_life },
	{ "rights", test_rights },
	{ "busy", test_busy },
	{ "shortage", test_shortage },
	{ "stress", test_stress },
	{ "rehearsals", test_rehearsals },
	{ "leaks", test_leaks },
	{ "module", test_module },
	{ "lockdown", test_lockdown },
	{ "blocked-by-lpi", blocked_by_lpi },
	{ "hot-added", test_hot_added },
	{ "reboot", test_reboot },
};

static void run(const char *name)
{
	struct klog log;
	size_t i;

	for (i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
		if (strcmp(tests[i].name, name))
			continue;
		/* On the console: where it hangs, should it hang. */
		printf("abi: %s\n", name);
		fflush(stdout);
		tests[i].run();
		klog_read(&log);
		return;
	}
	errno = EINVAL;
	fatal("no test %s", name);
}

int main(int argc, char **argv)
{
	struct fastkexec_info info = { .size = sizeof(info) };
	int fd, i;

	if (argc > 2 && !strcmp(argv[1], "--without-sys-boot")) {
		rights_drop_sys_boot();
		execvp(argv[2], argv + 2);
		fatal("%s", argv[2]);
	}
	fd = call_open();
	check(true, "the counts are shared from here on");
	errno = call(fd, FASTKEXEC_INFO, &info);
	if (errno)
		fatal("FASTKEXEC_INFO");
	close(fd);
	klog_open();
	world_read(info.pa_bits);
	for (i = 1; i < argc; i++)
		run(argv[i]);
	return check_summary();
}
