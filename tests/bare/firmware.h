/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Registers beyond translation that the next program relies on: as firmware would
 * leave them, whatever the old kernel made of them.
 */
#ifndef BARE_FIRMWARE_H
#define BARE_FIRMWARE_H

#include "crossing.h"

/**
 * firmware_disturb() - set them to what an old kernel and its guests may leave there
 * @world: installed
 */
void firmware_disturb(const struct world *world);

/**
 * firmware_leave() - registers of extensions that this CPU has: FK_LEAVE_*
 *
 * An old kernel that knows them all. firmware_disturb() lets EL1 and EL2 reach them.
 */
u64 firmware_leave(void);

/* Enough for all registers that are looked at. */
#define FIRMWARE_REGS	20

/** firmware_snapshot() - what they hold now, for comparing */
void firmware_snapshot(u64 regs[FIRMWARE_REGS]);

/**
 * firmware_wrong() - look at them where the next kernel starts
 * @crossing: that led there
 *
 * Return: the name of one that is not right, NULL without one.
 */
const char *firmware_wrong(const struct crossing *crossing);

#endif /* BARE_FIRMWARE_H */
