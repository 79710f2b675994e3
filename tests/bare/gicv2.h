/* SPDX-License-Identifier: GPL-2.0 */
/*
 * QEMU virt's GICv2, as the monitor uses it: one timer that ends what hangs, and one
 * software-generated interrupt to provoke others with.
 */
#ifndef BARE_GICV2_H
#define BARE_GICV2_H

#include "core/types.h"

/** gic_init() - as after a reset, with the watch as an FIQ */
void gic_init(void);

/**
 * gic_watch_by_irq() - the watch interrupts as an IRQ, and the provoking one as an FIQ
 * @irq: false: the other way round
 */
void gic_watch_by_irq(bool irq);

/** gic_watch_start() - interrupt after that many microseconds */
void gic_watch_start(u64 microseconds);

/** gic_watch_stop() - and forget an interrupt that is pending */
void gic_watch_stop(void);

/** gic_provoke() - make the software-generated interrupt pending, or no longer */
void gic_provoke(bool pending);

#endif /* BARE_GICV2_H */
