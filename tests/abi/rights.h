/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Rights of the calling process.
 */
#ifndef ABI_RIGHTS_H
#define ABI_RIGHTS_H

/**
 * rights_drop_sys_boot() - give CAP_SYS_BOOT up, for what is executed later too
 */
void rights_drop_sys_boot(void);

/**
 * rights_become() - become another user, who keeps no capability but CAP_SYS_BOOT
 * @user: its number; not root's
 *
 * CAP_SYS_BOOT is kept if the process has it.
 */
void rights_become(unsigned int user);

#endif /* ABI_RIGHTS_H */
