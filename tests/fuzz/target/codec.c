/* SPDX-License-Identifier: GPL-2.0-only */
/* Facts: those of any text come back as they were; any bytes are facts whole or
 * none, and are never read behind their end. */
#include <string.h>

#include "index/codec.h"
#include "model/body.h"
#include "model/read.h"
#include "target.h"

/* What is read is written, and read again. */
static void write_again(struct arena *a, const char *bytes, size_t n)
{
	struct diags diags = { .arena = a };
	struct buf again = BUF_INIT;
	struct retro *retro =
		codec_read(a, &diags, "", arena_strndup(a, bytes, n), n);

	if (retro) {
		codec_write(&again, retro, &diags);
		CHECK(codec_read(a, &diags, "", again.p, again.n));
	}
	buf_release(&again);
}

static void same_again(struct arena *a, const char *bytes, size_t n)
{
	struct buf first = BUF_INIT, second = BUF_INIT;
	struct diags diags = { .arena = a }, told = { .arena = a };
	struct retro *retro = read_retro(a, &diags, "", bytes, n);
	struct retro *back;

	body_read(retro, a, &diags, NULL);
	codec_write(&first, retro, &diags);
	back = codec_read(a, &told, "", first.p, first.n);
	CHECK(back);
	CHECK(told.nr == diags.nr);
	codec_write(&second, back, &told);
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
