// SPDX-License-Identifier: GPL-2.0
/*
 * PID 1 of a test guest.
 *
 * Mounts what the test scripts need, opens the report port as descriptor 3 and
 * runs, in this order, what the kernel command line asks for:
 *
 *   fk.nonce=WORD   /t/report.sh: this kernel describes itself on the report port
 *   fk.run=SCRIPT   /t/SCRIPT
 *
 * and then powers the machine off. Scripts run under busybox with /t/guest_lib.sh at
 * hand. How each of them ended goes to the report port too.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "marks.h"

#define REPORT_FD	3
#define REPORT_PORT	"/dev/ttyS0"

static const struct {
	const char *type;
	const char *where;
} mounts[] = {
	{ "proc",	"/proc" },
	{ "sysfs",	"/sys" },
	{ "devtmpfs",	"/dev" },
	{ "tmpfs",	"/tmp" },
	{ "debugfs",	"/sys/kernel/debug" },
};

static void report(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vdprintf(REPORT_FD, format, args);
	va_end(args);
}

static void mount_all(void)
{
	size_t i;

	for (i = 0; i < sizeof(mounts) / sizeof(mounts[0]); i++) {
		mkdir(mounts[i].where, 0755);
		mount("none", mounts[i].where, mounts[i].type, 0, NULL);
	}
}

static void open_console(void)
{
	int fd = open("/dev/console", O_RDWR);

	if (fd < 0)
		return;
	dup2(fd, STDIN_FILENO);
	dup2(fd, STDOUT_FILENO);
	dup2(fd, STDERR_FILENO);
	if (fd > STDERR_FILENO)
		close(fd);
}

/* Raw, so that what is written is what the host finds. */
static void open_report(void)
{
	struct termios settings;
	int fd = open(REPORT_PORT, O_WRONLY | O_NOCTTY);

	if (fd < 0) {
		printf("init: %s: %s\n", REPORT_PORT, strerror(errno));
		fd = open("/dev/null", O_WRONLY);
	}
	if (fd != REPORT_FD) {
		dup2(fd, REPORT_FD);
		close(fd);
	}
	if (tcgetattr(REPORT_FD, &settings) == 0) {
		cfmakeraw(&settings);
		cfsetspeed(&settings, B115200);
		tcsetattr(REPORT_FD, TCSANOW, &settings);
	}
}

/* The value of NAME on the kernel command line, until the next call, or NULL. */
static char *parameter(const char *name)
{
	static char line[8192];
	char *word, *value = NULL;
	int fd = open("/proc/cmdline", O_RDONLY);
	ssize_t got;

	got = fd < 0 ? -1 : read(fd, line, sizeof(line) - 1);
	if (fd >= 0)
		close(fd);
	line[got > 0 ? got : 0] = '\0';
	for (word = strtok(line, "\n "); word; word = strtok(NULL, "\n ")) {
		if (!strncmp(word, name, strlen(name)) && word[strlen(name)] == '=')
			value = word + strlen(name) + 1;
	}
	return value;
}

static int run(char *const argv[])
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		execv(argv[0], argv);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void run_script(const char *name)
{
	char path[256];
	char *const argv[] = { "/bin/busybox", "sh", path, NULL };
	int status;

	snprintf(path, sizeof(path), "/t/%s", name);
	status = run(argv);
	report("exit script=%s status=%d\n", name, status);
}

int main(void)
{
	char *const install[] = { "/bin/busybox", "--install", "-s", "/bin", NULL };
	char *script;

	FK_MARK_PLACE(INIT);
	mount_all();
	open_console();
	open_report();
	setenv("PATH", "/t:/bin", 1);
	setenv("HOME", "/", 1);
	run(install);

	if (parameter("fk.nonce"))
		run_script("report.sh");
	script = parameter("fk.run");
	if (script)
		run_script(script);

	report("off\n");
	tcdrain(REPORT_FD);
	sync();
	reboot(RB_POWER_OFF);
	return 1;
}
