// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>

#include "console.h"

#define PL011_DR		((volatile u32 *)0x09000000)

#define SYS_GET_CMDLINE		0x15
#define SYS_EXIT_EXTENDED	0x20
#define EXIT_APPLICATION	0x20026		/* ADP_Stopped_ApplicationExit */

static u64 semihost(u64 call, void *block)
{
	register u64 x0 asm("x0") = call;
	register void *x1 asm("x1") = block;

	asm volatile("hlt #0xf000" : "+r" (x0) : "r" (x1) : "memory");
	return x0;
}

static void put(char c)
{
	*PL011_DR = (u8)c;
}

static void put_string(const char *s)
{
	while (*s)
		put(*s++);
}

static void put_number(u64 value, unsigned int base)
{
	char digits[24];
	unsigned int n = 0;

	do {
		digits[n++] = "0123456789abcdef"[value % base];
		value /= base;
	} while (value);
	while (n)
		put(digits[--n]);
}

void say(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	for (; *format; format++) {
		if (*format != '%') {
			put(*format);
			continue;
		}
		format++;
		if (*format == 'l')
			format++;
		switch (*format) {
		case 's':
			put_string(va_arg(args, const char *));
			break;
		case 'u':
			put_number(va_arg(args, unsigned long), 10);
			break;
		case 'x':
			put_string("0x");
			put_number(va_arg(args, unsigned long), 16);
			break;
		}
	}
	va_end(args);
}

const char *argument(const char *name)
{
	static char line[512];
	struct {
		char *buffer;
		u64 size;
	} block = { line, sizeof(line) };
	char *word = line;
	unsigned int n;

	if (semihost(SYS_GET_CMDLINE, &block))
		return NULL;
	while (*word) {
		for (n = 0; name[n] && word[n] == name[n]; n++)
			;
		if (!name[n] && word[n] == '=') {
			word += n + 1;
			for (n = 0; word[n] && word[n] != ' '; n++)
				;
			word[n] = '\0';
			return word;
		}
		while (*word && *word != ' ')
			word++;
		while (*word == ' ')
			word++;
	}
	return NULL;
}

u64 argument_number(const char *name, u64 fallback)
{
	const char *text = argument(name);
	unsigned int base = 10;
	u64 value = 0;

	if (!text)
		return fallback;
	if (text[0] == '0' && text[1] == 'x') {
		base = 16;
		text += 2;
	}
	for (; *text; text++)
		value = value * base + (*text >= 'a' ? *text - 'a' + 10 : *text - '0');
	return value;
}

void finish(int status)
{
	u64 block[2] = { EXIT_APPLICATION, status };

	semihost(SYS_EXIT_EXTENDED, block);
	for (;;)
		;
}
