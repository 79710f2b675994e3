/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Writing JSON: the caller says what, the writer puts commas, quotes and
 * indentation.
 */
#ifndef FASTKEXEC_JSON_H
#define FASTKEXEC_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/**
 * struct json - a document being written
 * @file: where to
 * @depth: how many objects and arrays are open
 * @filled: whether the innermost one has an element already
 */
struct json {
	FILE *file;
	unsigned int depth;
	bool filled;
};

/**
 * json_open() - begin an object or an array
 * @json: the document
 * @key: its name in the object it stands in; NULL in an array and at the top
 * @bracket: { or [
 */
void json_open(struct json *json, const char *key, char bracket);

/**
 * json_close() - end the innermost object or array
 * @json: the document
 * @bracket: } or ]
 */
void json_close(struct json *json, char bracket);

/**
 * json_string() - write an element
 * @json: the document
 * @key: as of json_open()
 * @value: any bytes
 */
void json_string(struct json *json, const char *key, const char *value);

/**
 * json_number() - write an element
 * @json: the document
 * @key: as of json_open()
 * @value: in full; a reader may keep less than 64 bits of it
 */
void json_number(struct json *json, const char *key, uint64_t value);

/**
 * json_bool() - write an element
 * @json: the document
 * @key: as of json_open()
 * @value: true or false
 */
void json_bool(struct json *json, const char *key, bool value);

/**
 * json_null() - write an element
 * @json: the document
 * @key: as of json_open()
 */
void json_null(struct json *json, const char *key);

/**
 * json_quote() - write @text as a JSON string
 * @file: where to
 * @text: any bytes; what is not UTF-8 becomes U+FFFD
 */
void json_quote(FILE *file, const char *text);

#endif /* FASTKEXEC_JSON_H */
