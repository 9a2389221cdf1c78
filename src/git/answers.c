/* SPDX-License-Identifier: GPL-2.0-only */
/* A batch is an answer: the length of its key, the key, and the answer. */
#include "git/answers.h"

#include <stdint.h>
#include <string.h>

#include "git/cache.h"

const struct answers answers_of_git = {
	.name = "answers",
	.title = "git-retro answers 1",
	.all_max = (size_t)256 << 10,
	.one_max = (size_t)16 << 10,
};

bool answers_get(struct buf *out, const struct answers *answers,
		 struct repo *repo, const struct buf *key)
{
	struct journal journal;
	const char *batch;
	size_t n, at = 0;
	bool found = false;

	cache_open(&journal, repo, answers->name, answers->title);
	while (!found && journal_next(&batch, &n, &at, &journal)) {
		uint32_t length;

		if (n < sizeof(length))
			break;
		memcpy(&length, batch, sizeof(length));
		found = length == key->n && n - sizeof(length) >= length &&
			!memcmp(batch + sizeof(length), key->p, key->n);
		if (found)
			buf_add(out, batch + sizeof(length) + length,
				n - sizeof(length) - length);
	}
	journal_close(&journal);
	return found;
}

void answers_put(const struct answers *answers, struct repo *repo,
		 const struct buf *key, const struct buf *answer)
{
	uint32_t length = (uint32_t)key->n;
	struct buf batch = BUF_INIT;
	struct journal journal;

	if (key->n + answer->n > answers->one_max)
		return;
	buf_add(&batch, &length, sizeof(length));
	buf_add(&batch, key->p, key->n);
	buf_add(&batch, answer->p, answer->n);
	cache_open(&journal, repo, answers->name, answers->title);
	if (journal.whole + batch.n > answers->all_max)
		journal_replace(&journal, &batch);
	else
		journal_append(&journal, &batch);
	journal_close(&journal);
	buf_release(&batch);
}
