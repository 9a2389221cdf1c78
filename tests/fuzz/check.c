/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * check <seed> <count> <folder>...: holds mutilated copies of the Markdown
 * files in the folders to the rules, and mends them:
 *
 *   - every problem lies within the file;
 *   - mending ends, though a value that is mended may double another line;
 *   - bytes that no mend covers stay, and a refused one gives none;
 *   - blame and secrets are found in the bytes that are there and no others (the
 *     sanitizers look).
 *
 * A copy loses, doubles or swaps pieces, and gets words that the rules look
 * for. The first fault ends the run with the bytes.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "model/check.h"
#include "model/fix.h"
#include "model/read.h"

enum { ROUNDS_MAX = 3 };

static uint64_t state;

static size_t pick(size_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return n ? (size_t)(state % n) : 0;
}

static const char *const words[] = {
	"he forgot ",
	"human error",
	"人为失误",
	"<!-- retro: allow blame: x -->",
	"<!-- retro: allow ",
	"# retro: allow secret: y\n",
	"password: ",
	"AKIA",
	"://a:b@c",
	"-----BEGIN PRIVATE KEY-----",
	"[a](../b.md)",
	"[a](%2e%2",
	"- [ ] x\n",
	"## Actions\n\n",
	"status: finall\n",
	"labls: a\n",
	"id: a\n",
	"---\n",
	"`",
	"\r\n",
	"\xE2\x80",
	"",
};

static void mutilate(struct buf *b)
{
	for (size_t times = pick(8); times; times--) {
		size_t at = pick(b->n + 1), n = pick(b->n - at + 1);
		const char *word = words[pick(sizeof(words) / sizeof(*words))];

		if (n > 40)
			n = pick(40);
		if (pick(2))
			buf_splice(b, at, n, word, strlen(word));
		else
			buf_splice(b, at, 0, word, strlen(word));
	}
}

static void fault(const char *what, const struct buf *b)
{
	fprintf(stderr, "%s:\n%s\n", what, b->p);
	exit(1);
}

static int no_file(void *data, const char *path)
{
	(void)data;
	(void)path;
	return 0;
}

/* Bytes of the lines that stand there before as well: of two keys with one
 * value one is taken out. */
static size_t doubled_bytes(const struct buf *b)
{
	size_t sum = 0;

	for (size_t at = 0, n; at < b->n; at += n) {
		const char *end = memchr(b->p + at, '\n', b->n - at);

		n = end ? (size_t)(end - b->p) + 1 - at : b->n - at;
		if (memmem(b->p, at, b->p + at, n))
			sum += n;
	}
	return sum;
}

/* How many problems there are to mend; `fixed` gets the bytes. */
static size_t check(struct buf *fixed, struct arena *a, const struct buf *b)
{
	static const struct resolver resolver = { .file = no_file };
	struct diags diags = { .arena = a };
	struct policy policy;
	struct retro *retro;
	struct check_input in = { .arena = a,
				  .diags = &diags,
				  .policy = &policy,
				  .resolver = &resolver };
	size_t count = 0, lines = 1;
	struct err *e;

	policy_init(&policy, a);
	retro = read_retro(a, &diags, "retros/2026-01-02-x.md", b->p, b->n);
	in.retro = retro;
	check_retro(&in);
	for (size_t i = 0; i < b->n; i++)
		lines += b->p[i] == '\n';
	for (size_t i = 0; i < diags.nr; i++)
		if (diags.at[i].pos.byte > b->n ||
		    diags.at[i].pos.line > (int)lines ||
		    !rule_find(diags.at[i].rule))
			fault("a problem outside the file", b);
	e = fix_apply(fixed, &count, a, retro, &policy, &diags);
	if (e && (fixed->n || count))
		fault("a refused mend gave bytes", b);
	if (!e && fixed->n + 8 * count + doubled_bytes(b) < b->n)
		fault("a mend lost bytes", b);
	err_free(e);
	return count;
}

static void run(const struct buf *original)
{
	struct arena a = ARENA_INIT;
	struct buf b = BUF_INIT, mended = BUF_INIT;
	size_t rounds = 0;

	buf_add(&b, original->p, original->n);
	mutilate(&b);
	while (check(&mended, &a, &b)) {
		if (++rounds > ROUNDS_MAX)
			fault("mending does not end", &b);
		buf_truncate(&b, 0);
		buf_add(&b, mended.p, mended.n);
		buf_truncate(&mended, 0);
	}
	arena_release(&a);
	buf_release(&b);
	buf_release(&mended);
}

int main(int argc, char **argv)
{
	struct arena a = ARENA_INIT;
	struct strs files = { 0 };
	size_t count;

	if (argc < 4) {
		fprintf(stderr, "usage: check <seed> <count> <folder>...\n");
		return 2;
	}
	state = strtoull(argv[1], NULL, 10) * 0x9E3779B97F4A7C15ULL + 1;
	count = strtoul(argv[2], NULL, 10);
	for (int i = 3; i < argc; i++) {
		struct strs found = { 0 };

		err_free(file_list(&found, &a, argv[i]));
		for (size_t j = 0; j < found.nr; j++)
			if (strstr(found.at[j], ".md"))
				vec_push(&a, &files,
					 path_join(&a, argv[i], found.at[j]));
	}
	for (size_t i = 0; i < count && files.nr; i++) {
		struct buf b = BUF_INIT;
		struct err *e =
			file_read_named(&b, files.at[pick(files.nr)], FILE_MAX);

		if (!e)
			run(&b);
		err_free(e);
		buf_release(&b);
	}
	printf("%zu copies of %zu files checked\n", count, files.nr);
	arena_release(&a);
	return files.nr ? 0 : 2;
}
