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

/*
 * In all of these @key names the element inside an object, and is NULL inside
 * an array and at the top.
 */
void json_open(struct json *json, const char *key, char bracket);
void json_close(struct json *json, char bracket);
void json_string(struct json *json, const char *key, const char *value);
void json_number(struct json *json, const char *key, uint64_t value);
void json_bool(struct json *json, const char *key, bool value);
void json_null(struct json *json, const char *key);

/**
 * json_quote() - write @text as a JSON string
 * @file: where to
 * @text: any bytes; what is not UTF-8 becomes U+FFFD
 */
void json_quote(FILE *file, const char *text);

#endif /* FASTKEXEC_JSON_H */
