/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * JSON as it is built and written (base/json.h). What is written is UTF-8 in
 * which an invalid byte is U+FFFD, and contains nothing that a terminal obeys.
 * A `json_t *` that is returned belongs to the caller; one that is passed as a
 * value or to be dumped is taken.
 */
#ifndef VIEW_OBJECT_H
#define VIEW_OBJECT_H

#include <stddef.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/vec.h"
#include "model/diag.h"

/* null for NULL */
json_t *object_text(const char *s);
json_t *object_list(const struct strs *list);

void object_set(json_t *object, const char *key, json_t *value);
void object_set_text(json_t *object, const char *key, const char *value);
void object_set_number(json_t *object, const char *key, size_t value);

/* The text of a member, borrowed from it; NULL, or "", where it has none. */
const char *object_string(const json_t *object, const char *key);
const char *object_string_or_empty(const json_t *object, const char *key);

/* What record_diags() lists: {"path","line","column","level","rule","text",
 * "hint"} each. */
json_t *object_diags(const struct diags *diags);

/* {"version":1}, the beginning of what is a contract. */
json_t *object_versioned(void);

/* Appends it and a newline; `flags` are jansson's. A number that is not whole
 * has the same digits wherever it is shown. */
void object_dump(struct buf *out, json_t *json, size_t flags);

/* The same, indented by 2, of an object_versioned() with a list as its one
 * other member, item by item: a list of 100,000 never is in memory as JSON at
 * once, which takes ten times its text. */
void object_list_begin(struct buf *out, const char *key);
/* The same of one that has members in front of the list. */
void object_list_open(struct buf *out, json_t *json, const char *key);
void object_list_add(struct buf *out, json_t *item);
void object_list_end(struct buf *out);

#endif
