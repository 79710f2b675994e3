// SPDX-License-Identifier: GPL-2.0
#include "efivar.h"

#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "root.h"

#define FOLDER		"/sys/firmware/efi/efivars"

/* Bytes of attributes before the value. */
#define ATTRIBUTES	4

/* Bytes of the value, at most @size of them are kept; -1: there is no such variable. */
static ssize_t read_value(uint8_t *value, size_t size, const char *name, const char *vendor)
{
	char path[PATH_MAX];
	uint8_t bytes[4096];
	ssize_t n, i;
	int fd;

	root_path(path, sizeof(path), FOLDER "/%s-%s", name, vendor);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return -1;
	n = read(fd, bytes, sizeof(bytes)) - ATTRIBUTES;
	close(fd);
	for (i = 0; i < n && (size_t)i < size; i++)
		value[i] = bytes[i + ATTRIBUTES];
	return i < n ? i : n;
}

bool efivar_has(const char *name, const char *vendor)
{
	uint8_t byte;

	return read_value(&byte, 1, name, vendor) > 0;
}

bool efivar_text(char *text, size_t size, const char *name, const char *vendor)
{
	uint8_t value[2048];
	ssize_t n = read_value(value, sizeof(value), name, vendor);
	size_t length = 0;
	ssize_t i;

	for (i = 0; i + 1 < n && length < size - 1; i += 2) {
		if (!value[i] && !value[i + 1])
			break;
		text[length++] = value[i + 1] || value[i] < ' ' || value[i] > '~' ? '?' : value[i];
	}
	text[length] = '\0';
	return n > 0;
}

uint64_t efivar_number(const char *name, const char *vendor)
{
	uint8_t value[8] = { 0 };
	uint64_t number = 0;
	unsigned int i;

	if (read_value(value, sizeof(value), name, vendor) <= 0)
		return 0;
	for (i = sizeof(value); i-- > 0;)
		number = number << 8 | value[i];
	return number;
}
