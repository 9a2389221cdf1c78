/* SPDX-License-Identifier: GPL-2.0-only */
/* The journal has one batch: the key, and the ids. */
#include "git/alive.h"

#include <string.h>

#include "git/cache.h"
#include "git/object.h"
#include "git/standing.h"

#define TITLE "git-retro alive 1"

static void read_alive(struct alive *alive)
{
	const char *batch;
	size_t n, at = 0;
	struct oid id;

	if (!journal_next(&batch, &n, &at, &alive->journal) ||
	    n < sizeof(alive->key) ||
	    memcmp(batch, &alive->key, sizeof(alive->key)) != 0)
		return;
	batch += sizeof(alive->key);
	n -= sizeof(alive->key);
	buf_add(&alive->ids, batch, n);
	for (; n >= sizeof(id); batch += sizeof(id), n -= sizeof(id)) {
		memcpy(&id, batch, sizeof(id));
		oidset_add(&alive->known, &id);
	}
}

void alive_open(struct alive *out, struct repo *repo)
{
	struct arena a = ARENA_INIT;
	struct buf key = BUF_INIT;

	*out = (struct alive){ .known = OIDSET_INIT, .ids = BUF_INIT };
	cache_open(&out->journal, repo, "alive", TITLE);
	out->can = *out->journal.path && standing_refs(&key, &a, repo);
	if (out->can) {
		object_blob_id(&out->key, repo, key.p, key.n);
		read_alive(out);
	}
	buf_release(&key);
	arena_release(&a);
}

bool alive_has(const struct alive *alive, const struct oid *commit)
{
	return alive->can && oidset_has(&alive->known, commit);
}

void alive_add(struct alive *alive, const struct oid *commit)
{
	if (!alive->can || !oidset_add(&alive->known, commit))
		return;
	buf_add(&alive->ids, commit, sizeof(*commit));
	alive->more = true;
}

void alive_close(struct alive *alive)
{
	struct buf batch = BUF_INIT;

	if (alive->more) {
		buf_add(&batch, &alive->key, sizeof(alive->key));
		buf_add(&batch, alive->ids.p, alive->ids.n);
		journal_replace(&alive->journal, &batch);
	}
	buf_release(&batch);
	buf_release(&alive->ids);
	oidset_release(&alive->known);
	journal_close(&alive->journal);
}
