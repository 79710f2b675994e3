// SPDX-License-Identifier: GPL-2.0
/*
 * PID 1 of a big-endian kernel, for which there is no C library: says on the console
 * that it runs, and on which CPUs, and turns the machine off.
 */
#include <asm/unistd.h>
#include <linux/fcntl.h>
#include <linux/reboot.h>

#if __BYTE_ORDER__ != __ORDER_BIG_ENDIAN__
#error "built for the other byte order"
#endif

#define STDOUT	1

static long call(long number, long first, long second, long third, long fourth)
{
	register long x8 asm("x8") = number;
	register long x0 asm("x0") = first;
	register long x1 asm("x1") = second;
	register long x2 asm("x2") = third;
	register long x3 asm("x3") = fourth;
	register long x4 asm("x4") = 0;

	asm volatile("svc #0"
		     : "+r" (x0)
		     : "r" (x8), "r" (x1), "r" (x2), "r" (x3), "r" (x4)
		     : "memory");
	return x0;
}

static void say(const char *text, long length)
{
	call(__NR_write, STDOUT, (long)text, length, 0);
}

#define SAY(text)	say(text, sizeof(text) - 1)

/* Which CPUs are online, as the kernel lists them. */
static void say_cpus(void)
{
	char list[64];
	long fd, got;

	call(__NR_mkdirat, AT_FDCWD, (long)"/sys", 0755, 0);
	call(__NR_mount, (long)"none", (long)"/sys", (long)"sysfs", 0);
	fd = call(__NR_openat, AT_FDCWD, (long)"/sys/devices/system/cpu/online", O_RDONLY, 0);
	got = call(__NR_read, fd, (long)list, sizeof(list), 0);
	if (got > 0)
		say(list, got);
}

void _start(void)
{
	SAY("\nbig-endian: init runs, on CPUs ");
	say_cpus();
	call(__NR_reboot, (int)LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2,
	     LINUX_REBOOT_CMD_POWER_OFF, 0);
	for (;;)
		;
}
