/* SPDX-License-Identifier: GPL-2.0 */
/*
 * PCI functions stop writing and interrupting before the next kernel starts.
 *
 * Stock kexec has pci_device_shutdown() clear bus mastering, which asks a variable
 * that is not ours to set. A function whose driver keeps its rings goes on after that.
 * It must be quiet before a port above it stops forwarding (else Unsupported Request),
 * before an SMMU lets all through untranslated (else it writes to the physical address
 * that equals its I/O address), and before a host bridge is put into reset.
 */
#ifndef FK_PCI_H
#define FK_PCI_H

#ifdef CONFIG_PCI
/**
 * fk_pci_init() - give every bridge with functions behind it a stopper
 *
 * Functions that come later are seen to. Where a stopper cannot be had,
 * fk_pci_stop_rest() does the work.
 *
 * Return: 0 or a negative error of the driver core.
 */
int fk_pci_init(void);

/**
 * fk_pci_exit() - do not look at functions any more; the stoppers stay
 */
void fk_pci_exit(void);

/**
 * fk_pci_stop_rest() - quieten the functions that no stopper has seen to
 *
 * At the shutdown stage, other CPUs still running. Looks at no function unless some
 * function is known to have been missed.
 */
void fk_pci_stop_rest(void);
#else
static inline int fk_pci_init(void)
{
	return 0;
}

static inline void fk_pci_exit(void)
{
}

static inline void fk_pci_stop_rest(void)
{
}
#endif

#endif /* FK_PCI_H */
