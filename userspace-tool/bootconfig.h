/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the running kernel was told by the boot configuration at the end of its initrd.
 */
#ifndef FASTKEXEC_BOOTCONFIG_H
#define FASTKEXEC_BOOTCONFIG_H

/**
 * bootconfig_forget() - take the words out of a command line that came from there
 * @line: the running kernel's command line; edited where it stands
 * @config: text of /proc/bootconfig
 *
 * The kernel puts the values of "kernel." and "init." into its command line, with quotes
 * or without.
 */
void bootconfig_forget(char *line, const char *config);

#endif /* FASTKEXEC_BOOTCONFIG_H */
