/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Entries of the Boot Loader Specification, type 1: one file each.
 */
#ifndef FASTKEXEC_BLS_H
#define FASTKEXEC_BLS_H

#include <stddef.h>

#include "next/menu.h"

/**
 * struct bls - one entry; all texts are "" where the file says nothing
 * @id: name of the file, without the marks of boot counting
 * @title: what people see
 * @version: of the kernel
 * @machine_id: of the system that it belongs to
 * @sort_key: what it is sorted by
 * @kernel: the kernel's file
 * @options: the command line
 * @initrds: the initrd's files, in order
 * @nr_initrds: how many
 * @tries_left: how often it may still be tried; -1 if that is not counted
 * @unfit: a clause that says why it cannot be loaded; NULL if it can
 */
struct bls {
	const char *id;
	const char *title;
	const char *version;
	const char *machine_id;
	const char *sort_key;
	const char *kernel;
	const char *options;
	const char *initrds[MENU_INITRDS];
	unsigned int nr_initrds;
	int tries_left;
	const char *unfit;
};

/**
 * bls_parse() - understand a file
 * @bls: takes the entry
 * @pool: holds its texts
 * @name: name of the file
 * @text: what it holds
 * @size: bytes of it
 */
void bls_parse(struct bls *bls, struct pool *pool, const char *name, const char *text,
	       size_t size);

/**
 * enum bls_order - who sorts
 * @BLS_ORDER_SYSTEMD: systemd-boot: by sort key, machine and version
 * @BLS_ORDER_GRUB: GRUB with blscfg: by the file's name
 */
enum bls_order {
	BLS_ORDER_SYSTEMD,
	BLS_ORDER_GRUB,
};

/**
 * bls_sort() - put entries into the order of the menu
 * @entries: which ones
 * @nr: how many
 * @order: who sorts
 */
void bls_sort(struct bls entries[], size_t nr, enum bls_order order);

/**
 * bls_read() - read and sort the entries of a folder
 * @entries: takes them
 * @room: how many fit
 * @pool: holds their texts
 * @folder: absolute
 * @order: who sorts
 *
 * Return: how many there are; @room may be too small for all, and then it is @room + 1
 */
size_t bls_read(struct bls entries[], size_t room, struct pool *pool, const char *folder,
		enum bls_order order);

#endif /* FASTKEXEC_BLS_H */
