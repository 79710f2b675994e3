/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The last instructions of the old kernel.
 */
#ifndef FK_JUMP_H
#define FK_JUMP_H

#include "core/reloc.h"
#include "record.h"

/**
 * fk_jump() - leave this kernel
 * @desc: complete, in a page that nothing overwrites
 * @record: takes the stamps
 *
 * On the only CPU that runs. Returns, with exceptions as they were, only if EL2
 * cannot be taken; an ordinary restart is still possible then.
 */
void fk_jump(const struct fk_descriptor *desc, const struct fk_record *record);

#endif /* FK_JUMP_H */
