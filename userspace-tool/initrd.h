/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An initrd that was not in a file.
 */
#ifndef FASTKEXEC_INITRD_H
#define FASTKEXEC_INITRD_H

#include "blob.h"

/**
 * initrd_make_empty() - make a cpio archive of no files
 * @initrd: takes it
 *
 * Return: 0, or -1 after having said what was wrong
 */
int initrd_make_empty(struct blob *initrd);

#endif /* FASTKEXEC_INITRD_H */
