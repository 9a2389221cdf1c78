/* SPDX-License-Identifier: GPL-2.0-only */
/* Facts: those of any text come back as they were; any bytes are facts whole or
 * none, and are never read behind their end. */
#include <string.h>

#include "index/codec.h"
#include "model/body.h"
#include "model/read.h"
#include "target.h"

/* What is read is written as the same bytes again. */
static void write_again(struct arena *a, const char *bytes, size_t n)
{
	struct buf again = BUF_INIT;
	struct retro *retro = codec_read(a, "", arena_strndup(a, bytes, n), n);
	struct body *body = codec_read_body(a, arena_strndup(a, bytes, n), n);

	if (retro) {
		codec_write(&again, retro);
		CHECK(codec_read(a, "", again.p, again.n));
	}
	buf_reset(&again);
	if (body) {
		codec_write_body(&again, body);
		CHECK(codec_read_body(a, again.p, again.n));
	}
	buf_release(&again);
}

static void same_again(struct arena *a, const char *bytes, size_t n)
{
	struct buf first = BUF_INIT, second = BUF_INIT;
	struct diags diags = { .arena = a };
	struct retro *retro = read_retro(a, &diags, "", bytes, n);
	struct retro *back;

	body_read(retro, a, &diags, NULL);
	codec_write(&first, retro);
	back = codec_read(a, "", first.p, first.n);
	CHECK(back);
	codec_write(&second, back);
	CHECK(first.n == second.n && !memcmp(first.p, second.p, first.n));
	buf_reset(&first);
	buf_reset(&second);
	codec_write_body(&first, retro->body);
	back->body = codec_read_body(a, first.p, first.n);
	CHECK(back->body);
	codec_write_body(&second, back->body);
	CHECK(first.n == second.n && !memcmp(first.p, second.p, first.n));
	buf_release(&first);
	buf_release(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = ARENA_INIT;
	const char *text = arena_strndup(&a, (const char *)bytes, n);

	write_again(&a, text, n);
	same_again(&a, text, n);
	arena_release(&a);
	return 0;
}
