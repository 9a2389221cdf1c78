/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A notice for a chat: the body of the request that a robot's address takes.
 * Nothing is sent from here. Texts of retros call nobody and hold no markup of
 * the chat.
 */
#ifndef EXCHANGE_NOTICE_H
#define EXCHANGE_NOTICE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"

enum notice_format {
	NOTICE_MARKDOWN,
	NOTICE_SLACK,
	NOTICE_FEISHU,
	NOTICE_DINGTALK,
	NOTICE_WECOM,
};
extern const char *const notice_formats[]; /* for OPT_CHOICE */

/* Columns of an item; what is longer is cut. */
#define NOTICE_COLUMNS 200

struct notice_part {
	const char *title;
	struct strs items; /* a line each, as people wrote them */
};

struct notice {
	const char *title;
	struct VEC_OF(struct notice_part) parts;
	const char *secret; /* to sign with; NULL: unsigned */
	int64_t at;         /* seconds since 1970, of the signature */
};

/* Appends the body, and a newline. Each chat refuses what is longer than its
 * limit: items that do not fit are counted in a last line. */
void notice_put(struct buf *out, struct arena *a, const struct notice *notice,
		enum notice_format format);

/* --- exchange/sign.c --- */

/* Feishu: HMAC-SHA256 of nothing under the key "<seconds>\n<secret>", in
 * base 64. */
const char *sign_feishu(struct arena *a, int64_t seconds, const char *secret);
/* DingTalk: HMAC-SHA256 of "<milliseconds>\n<secret>" under the secret, in base
 * 64: "timestamp=...&sign=...", to be put behind the address. */
const char *sign_dingtalk(struct arena *a, int64_t seconds, const char *secret);

#endif
