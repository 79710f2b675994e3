/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Variables of the EFI firmware, as efivarfs shows them.
 */
#ifndef FASTKEXEC_EFIVAR_H
#define FASTKEXEC_EFIVAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whose variables: the firmware's, and the boot loaders'. */
#define EFIVAR_GLOBAL	"8be4df61-93ca-11d2-aa0d-00e098032b8c"
#define EFIVAR_LOADER	"4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"

/**
 * efivar_has() - is there such a variable?
 * @name: its name
 * @vendor: whose
 *
 * Return: whether there is one, and it is not empty
 */
bool efivar_has(const char *name, const char *vendor);

/**
 * efivar_text() - a variable that is a text
 * @text: takes it; what is not ASCII becomes a question mark; "" if there is none
 * @size: bytes at @text
 * @name: its name
 * @vendor: whose
 *
 * Return: whether there is such a variable
 */
bool efivar_text(char *text, size_t size, const char *name, const char *vendor);

/**
 * efivar_number() - a variable that is a number
 * @name: its name
 * @vendor: whose
 *
 * Return: the number; 0 if there is no such variable
 */
uint64_t efivar_number(const char *name, const char *vendor);

#endif /* FASTKEXEC_EFIVAR_H */
