/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What somebody wants of this reboot that a jump cannot do, and what is in the way of
 * one. Any of them, and the reboot goes through the firmware.
 */
#ifndef FASTKEXEC_WISHES_H
#define FASTKEXEC_WISHES_H

#include <stdbool.h>
#include <stddef.h>

#include "settings.h"

#define WISH_TEXT	240

/**
 * enum wish_kind - what follows from a wish
 * @WISH_FIRMWARE: the firmware or the boot loader is asked for something: whatever is
 *	loaded is unloaded
 * @WISH_WAIT: nothing is to be loaded now
 */
enum wish_kind {
	WISH_FIRMWARE,
	WISH_WAIT,
};

/**
 * struct wish - one thing to look for
 * @name: for programs
 * @kind: what follows from it
 * @late: it can still be seen when all file systems but the root are gone
 * @look: looks; returns whether it is so, and then a clause that says so is in @text,
 *	WISH_TEXT bytes
 */
struct wish {
	const char *name;
	enum wish_kind kind;
	bool late;
	bool (*look)(const struct settings *settings, char *text);
};

extern const struct wish wish_automount;
extern const struct wish wish_bios_settings;
extern const struct wish wish_boot_counting;
extern const struct wish wish_boot_next;
extern const struct wish wish_cold;
extern const struct wish wish_command_line;
extern const struct wish wish_firmware_menu;
extern const struct wish wish_grub_block;
extern const struct wish wish_grub_reboot;
extern const struct wish wish_loader_entry;
extern const struct wish wish_loop;
extern const struct wish wish_measured;
extern const struct wish wish_native_kexec;
extern const struct wish wish_ostree;
extern const struct wish wish_packages;
extern const struct wish wish_reboot_argument;

/**
 * enum wish_time - when it is asked
 * @WISH_EARLY: while the system is up, or begins to go down
 * @WISH_LATE: when all file systems but the root are gone
 */
enum wish_time {
	WISH_EARLY,
	WISH_LATE,
};

/**
 * wishes_first() - is there a wish?
 * @settings: what the administrator wants
 * @time: when this is asked
 * @text: takes a clause that says what is wished; WISH_TEXT bytes
 *
 * Return: the first wish, those of the firmware before the others; NULL: there is none
 */
const struct wish *wishes_first(const struct settings *settings, enum wish_time time, char *text);

/**
 * wish_say() - for a wish's look(): write the clause
 * @text: takes it; WISH_TEXT bytes
 * @format: as of printf(3)
 *
 * Return: true
 */
bool wish_say(char *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif /* FASTKEXEC_WISHES_H */
