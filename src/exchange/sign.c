/* SPDX-License-Identifier: GPL-2.0-only */
#include <ctype.h>
#include <inttypes.h>
#include <mbedtls/base64.h>
#include <mbedtls/md.h>
#include <string.h>

#include "exchange/notice.h"

#define SUM_SIZE 32

static const char *sign_text(struct arena *a, const char *key, const char *text)
{
	unsigned char sum[SUM_SIZE] = { 0 }, *out = arena_alloc(a, 64);
	size_t n = 0;

	mbedtls_md_hmac(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256),
			(const unsigned char *)key, strlen(key),
			(const unsigned char *)text, strlen(text), sum);
	mbedtls_base64_encode(out, 64, &n, sum, sizeof(sum));
	return (const char *)out;
}

const char *sign_feishu(struct arena *a, int64_t seconds, const char *secret)
{
	return sign_text(a, arena_printf(a, "%" PRId64 "\n%s", seconds, secret),
			 "");
}

const char *sign_dingtalk(struct arena *a, int64_t seconds, const char *secret)
{
	const char *text =
		arena_printf(a, "%" PRId64 "000\n%s", seconds, secret);
	struct buf out = BUF_INIT;
	const char *whole;

	buf_addf(&out, "timestamp=%" PRId64 "000&sign=", seconds);
	for (const char *s = sign_text(a, secret, text); *s; s++) {
		if (isalnum((unsigned char)*s))
			buf_addch(&out, *s);
		else
			buf_addf(&out, "%%%02X", (unsigned char)*s);
	}
	whole = arena_strdup(a, out.p);
	buf_release(&out);
	return whole;
}
