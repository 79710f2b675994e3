// SPDX-License-Identifier: GPL-2.0
#include "wishes/wishes.h"

#include <stdarg.h>
#include <stdio.h>

#include "array.h"

/* Those of the firmware first: they unload, whatever else there is. */
static const struct wish *const wishes[] = {
	&wish_reboot_argument,
	&wish_firmware_menu,
	&wish_boot_next,
	&wish_loader_entry,
	&wish_grub_reboot,
	&wish_boot_counting,
	&wish_bios_settings,
	&wish_cold,
	&wish_command_line,
	&wish_native_kexec,
	&wish_ostree,
	&wish_packages,
	&wish_automount,
	&wish_grub_block,
	&wish_measured,
	&wish_loop,
};

bool wish_say(char *text, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(text, WISH_TEXT, format, args);
	va_end(args);
	return true;
}

const struct wish *wishes_first(const struct settings *settings, enum wish_time time, char *text)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(wishes); i++)
		if ((time == WISH_EARLY || wishes[i]->late) && wishes[i]->look(settings, text))
			return wishes[i];
	text[0] = '\0';
	return NULL;
}
