/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The TOML of lock files, which programs write: tables, arrays of tables, keys,
 * strings of every kind, arrays, inline tables; numbers, booleans and dates as
 * the text they are. What it does not know it refuses, with the line.
 */
#ifndef CAPTURE_TOML_H
#define CAPTURE_TOML_H

#include "base/arena.h"
#include "base/err.h"
#include "model/node.h"

/* A map. ERR_UNSUPPORTED. */
MUST_USE struct err *toml_read(const struct node **out, struct arena *a,
			       const char *bytes, size_t n);

#endif
