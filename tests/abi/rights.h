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

#endif /* ABI_RIGHTS_H */
