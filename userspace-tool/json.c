// SPDX-License-Identifier: GPL-2.0
#include "json.h"

#include <inttypes.h>

/*
 * Length of the UTF-8 sequence at @s, or 0 if it is none: RFC 3629 forbids
 * overlong forms, surrogates and what lies beyond U+10FFFF.
 */
static unsigned int utf8_length(const unsigned char *s)
{
	unsigned int length, i;

	if (s[0] < 0x80)
		return 1;
	if (s[0] >= 0xc2 && s[0] <= 0xdf)
		length = 2;
	else if (s[0] >= 0xe0 && s[0] <= 0xef)
		length = 3;
	else if (s[0] >= 0xf0 && s[0] <= 0xf4)
		length = 4;
	else
		return 0;

	for (i = 1; i < length; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;

	if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) ||
	    (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
		return 0;
	return length;
}

void json_quote(FILE *file, const char *text)
{
	const unsigned char *s = (const unsigned char *)text;
	unsigned int length;

	fputc('"', file);
	while (*s) {
		length = utf8_length(s);
		if (!length) {
			fputs("\\ufffd", file);
			s++;
		} else if (*s == '"' || *s == '\\') {
			fprintf(file, "\\%c", *s++);
		} else if (*s == '\n') {
			fputs("\\n", file);
			s++;
		} else if (*s == '\t') {
			fputs("\\t", file);
			s++;
		} else if (*s < 0x20 || *s == 0x7f) {
			fprintf(file, "\\u%04x", *s++);
		} else {
			fwrite(s, 1, length, file);
			s += length;
		}
	}
	fputc('"', file);
}

static void element(struct json *json, const char *key)
{
	unsigned int i;

	if (json->filled)
		fputc(',', json->file);
	if (json->depth) {
		fputc('\n', json->file);
		for (i = 0; i < json->depth; i++)
			fputs("  ", json->file);
	}
	if (key) {
		json_quote(json->file, key);
		fputs(": ", json->file);
	}
	json->filled = true;
}

void json_open(struct json *json, const char *key, char bracket)
{
	element(json, key);
	fputc(bracket, json->file);
	json->depth++;
	json->filled = false;
}

void json_close(struct json *json, char bracket)
{
	unsigned int i;

	json->depth--;
	if (json->filled) {
		fputc('\n', json->file);
		for (i = 0; i < json->depth; i++)
			fputs("  ", json->file);
	}
	fputc(bracket, json->file);
	json->filled = true;
	if (!json->depth)
		fputc('\n', json->file);
}

void json_string(struct json *json, const char *key, const char *value)
{
	element(json, key);
	json_quote(json->file, value);
}

void json_number(struct json *json, const char *key, uint64_t value)
{
	element(json, key);
	fprintf(json->file, "%" PRIu64, value);
}

void json_bool(struct json *json, const char *key, bool value)
{
	element(json, key);
	fputs(value ? "true" : "false", json->file);
}

void json_null(struct json *json, const char *key)
{
	element(json, key);
	fputs("null", json->file);
}
