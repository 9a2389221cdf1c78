/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The one door to jansson: JSON is written by view/object.h and read by
 * model/node_json.h.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <jansson.h>

#endif
