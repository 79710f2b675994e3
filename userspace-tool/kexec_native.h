/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The running kernel's own kexec, as far as we have to know of it.
 */
#ifndef FASTKEXEC_KEXEC_NATIVE_H
#define FASTKEXEC_KEXEC_NATIVE_H

/**
 * enum kexec_native - which of its two images
 * @KEXEC_NATIVE_NEXT: the one that reboot(2) starts on request
 * @KEXEC_NATIVE_CRASH: the one that a crash starts
 */
enum kexec_native {
	KEXEC_NATIVE_NEXT,
	KEXEC_NATIVE_CRASH,
};

/**
 * kexec_native_loaded() - is there one?
 * @which: image
 *
 * Return: 1 if it is loaded, 0 if not, -1 if this kernel does not say
 */
int kexec_native_loaded(enum kexec_native which);

/**
 * kexec_native_unload() - forget it
 * @which: image
 *
 * Return: 0, or -1 with errno set
 */
int kexec_native_unload(enum kexec_native which);

#endif /* FASTKEXEC_KEXEC_NATIVE_H */
