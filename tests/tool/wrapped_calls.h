/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the linker puts in the place of functions that the tool calls, by
 * --wrap: the tool's open() is __wrap_open(), and __real_open() the C library's.
 */
#ifndef FASTKEXEC_WRAPPED_CALLS_H
#define FASTKEXEC_WRAPPED_CALLS_H

#include <net/if.h>
#include <poll.h>
#include <pthread.h>
#include <stddef.h>
#include <sys/sysinfo.h>
#include <sys/types.h>
#include <time.h>

#include "report/clocks.h"

/** __real_open() and its like - the C library's functions */
int __real_open(const char *path, int flags, ...);
int __real_access(const char *path, int mode);
ssize_t __real_read(int fd, void *buffer, size_t size);
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *),
			  void *argument);
pid_t __real_fork(void);
int __real_clock_gettime(clockid_t clock, struct timespec *now);
int __real_poll(struct pollfd *fds, nfds_t nr, int timeout_ms);

/** __wrap_open() and its like - ours, and the tool's main() under another name */
int __wrap_open(const char *path, int flags, ...);
int __wrap_access(const char *path, int mode);
ssize_t __wrap_read(int fd, void *buffer, size_t size);
int __wrap_execv(const char *path, char *const argv[]);
long __wrap_syscall(long number, ...);
int __wrap_ioctl(int fd, unsigned long request, void *argument);
struct if_nameindex *__wrap_if_nameindex(void);
void __wrap_if_freenameindex(struct if_nameindex *list);
int __wrap_reboot(int how);
void __wrap_sync(void);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *),
			  void *argument);
pid_t __wrap_fork(void);
int __wrap_socketpair(int domain, int type, int protocol, int fds[2]);
int __wrap_poll(struct pollfd *fds, nfds_t nr, int timeout_ms);
int __wrap_sysinfo(struct sysinfo *si);
ssize_t __wrap_getrandom(void *buffer, size_t size, unsigned int flags);
int __wrap_isatty(int fd);
int __wrap_clock_gettime(clockid_t clock, struct timespec *now);
struct clocks __wrap_clocks_now(void);
int fastkexec_main(int argc, char **argv);

#endif /* FASTKEXEC_WRAPPED_CALLS_H */
