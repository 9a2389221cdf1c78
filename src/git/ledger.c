/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The journal's batches are lines of text:
 *
 *	e <commit> <key> <seconds> <zone> <origin> <value>
 *	t <tip>
 */
#include "git/ledger.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/progress.h"
#include "git/cache.h"
#include "git/message.h"
#include "git/oidset.h"
#include "git/trailer_lines.h"

#define TITLE "git-retro ledger 2"

/* Every line that could hold one of them; message.h and
 * trailer_lines.h decide. */
#define PATTERN                                                                \
	"retro(-cause|-fix|-action)?[ \t]*:|^change-id[ \t]*:|^fixes|"         \
	"cherry picked from commit|upstream|reverts commit"

/* Tips that nobody asks for any more are forgotten once there are many. */
#define OLD_TIPS_MAX 256

/* Those that count wherever they stand in a message (trailer_lines.h). */
static const char *const retro_words[] = { "Retro", "Retro-Cause", "Retro-Fix",
					   "Retro-Action", NULL };
static const enum ledger_key retro_keys[] = { LEDGER_RETRO, LEDGER_RETRO_CAUSE,
					      LEDGER_RETRO_FIX,
					      LEDGER_RETRO_ACTION };

static const enum ledger_key mention_keys[] = {
	[MENTION_REVERT] = LEDGER_REVERT,
	[MENTION_FIX] = LEDGER_FIX,
	[MENTION_PICK] = LEDGER_PICK,
	[MENTION_UPSTREAM] = LEDGER_UPSTREAM,
};

struct ledger {
	struct arena *a;
	struct ledger_entries *entries;
	struct oidset said; /* the commits of the entries */
	struct oidset seen; /* tips */
	struct oids tips;   /* the same, as a list */
	struct buf fresh;   /* lines of what is new */
	struct progress progress;
	size_t found;
};

/* --- the journal -------------------------------------------------------- */

static void put_entry_line(struct buf *out, const struct ledger_entry *entry)
{
	char hex[OID_HEX + 1];

	buf_addf(out, "e %s %d %" PRId64 " %d %" PRIx64 " %s\n",
		 oid_hex(hex, &entry->commit), (int)entry->key,
		 entry->committed.seconds, entry->committed.zone, entry->origin,
		 entry->value);
}

static void add_tip(struct buf *out, const struct oid *tip)
{
	char hex[OID_HEX + 1];

	buf_addf(out, "t %s\n", oid_hex(hex, tip));
}

/* Behind the mark and the id; `line` ends with a NUL. */
static void read_ledger_entry(struct ledger *ledger, const struct oid *commit,
			      const char *rest)
{
	struct ledger_entry entry = { .commit = *commit };
	char *at;

	entry.key = (enum ledger_key)strtol(rest, &at, 10);
	entry.committed.seconds = strtoll(at, &at, 10);
	entry.committed.zone = (int)strtol(at, &at, 10);
	entry.origin = strtoull(at, &at, 16);
	if (*at != ' ')
		return;
	entry.value = at + 1;
	vec_push(ledger->a, ledger->entries, entry);
	oidset_add(&ledger->said, commit);
}

static void read_ledger_line(struct ledger *ledger, const char *line)
{
	struct oid id;
	size_t n;

	if (strnlen(line, 2) < 2 || !(n = oid_parse(&id, line + 2)))
		return;
	if (*line == 'e')
		read_ledger_entry(ledger, &id, line + 2 + n);
	else if (oidset_add(&ledger->seen, &id))
		vec_push(ledger->a, &ledger->tips, id);
}

static void read_ledger_file(struct ledger *ledger,
			     const struct journal *journal)
{
	const char *batch;
	size_t n, at = 0;

	while (journal_next(&batch, &n, &at, journal)) {
		char *line = arena_strndup(ledger->a, batch, n), *end;

		for (; (end = strchr(line, '\n')); line = end + 1) {
			*end = '\0';
			read_ledger_line(ledger, line);
		}
	}
}

/* --- history ------------------------------------------------------------ */

static uint64_t hash_tip_text(uint64_t sum, const char *text)
{
	for (; *text; text++)
		sum = (sum ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return (sum ^ 0xff) * UINT64_C(1099511628211);
}

uint64_t ledger_origin(const struct commit *commit)
{
	uint64_t sum = UINT64_C(14695981039346656037);

	sum ^= (uint64_t)commit->authored.seconds;
	return hash_tip_text(sum, commit->subject);
}

static void add_ledger_entry(struct ledger *ledger, const struct commit *commit,
			     enum ledger_key key, const char *value)
{
	struct ledger_entry entry = { key, value, commit->id, commit->committed,
				      ledger_origin(commit) };

	if (strchr(value, '\n') || !*value)
		return;
	vec_push(ledger->a, ledger->entries, entry);
	put_entry_line(&ledger->fresh, &entry);
}

static void add_change_ids(struct ledger *ledger, const struct commit *commit)
{
	struct trailers trailers = { 0 };

	if (strcasestr(commit->message, "change-id"))
		message_trailers(&trailers, ledger->a, commit->message);
	for (size_t i = 0; i < trailers.nr; i++)
		if (!strcasecmp(trailers.at[i].key, "Change-Id"))
			add_ledger_entry(ledger, commit, LEDGER_CHANGE_ID,
					 trailers.at[i].value);
}

static void add_retro_lines(struct ledger *ledger, const struct commit *commit)
{
	struct trailers lines = { 0 };

	trailer_lines(&lines, ledger->a, commit->message, retro_words);
	for (size_t i = 0; i < lines.nr; i++)
		for (size_t j = 0; retro_words[j]; j++)
			if (lines.at[i].key == retro_words[j])
				add_ledger_entry(ledger, commit, retro_keys[j],
						 lines.at[i].value);
}

static bool add_commit_claims(void *data, const struct commit *commit)
{
	struct ledger *ledger = data;
	struct mentions mentions = { 0 };

	progress_step(&ledger->progress, ++ledger->found);
	if (!oidset_add(&ledger->said, &commit->id))
		return true;
	message_mentions(&mentions, ledger->a, commit->message);
	for (size_t i = 0; i < mentions.nr; i++)
		add_ledger_entry(ledger, commit,
				 mention_keys[mentions.at[i].type],
				 mentions.at[i].id);
	add_change_ids(ledger, commit);
	add_retro_lines(ledger, commit);
	return true;
}

static struct err *read_claims(struct ledger *ledger, struct repo *repo,
			       const struct oids *tips)
{
	struct err *e;

	progress_start(&ledger->progress, "Reading what commits say", 0);
	e = walk_grep(repo, PATTERN, tips, &ledger->tips, add_commit_claims,
		      ledger);
	progress_stop(&ledger->progress);
	return err_context(e, "reading what commits say");
}

/* --- the whole ---------------------------------------------------------- */

static void keep_entries(const struct ledger *ledger,
			 const struct journal *journal,
			 const struct oids *asked, const struct oids *fresh)
{
	struct buf all = BUF_INIT;

	if (ledger->tips.nr <= asked->nr + OLD_TIPS_MAX) {
		buf_add(&all, ledger->fresh.p, ledger->fresh.n);
		for (size_t i = 0; i < fresh->nr; i++)
			add_tip(&all, &fresh->at[i]);
		journal_append(journal, &all);
	} else {
		for (size_t i = 0; i < ledger->entries->nr; i++)
			put_entry_line(&all, &ledger->entries->at[i]);
		for (size_t i = 0; i < asked->nr; i++)
			add_tip(&all, &asked->at[i]);
		journal_replace(journal, &all);
	}
	buf_release(&all);
}

static struct err *catch_up(struct ledger *ledger, struct repo *repo,
			    const struct oids *tips,
			    const struct journal *journal)
{
	struct oids fresh = { 0 };
	struct err *e;

	for (size_t i = 0; i < tips->nr; i++)
		if (oidset_add(&ledger->seen, &tips->at[i]))
			vec_push(ledger->a, &fresh, tips->at[i]);
	if (!fresh.nr)
		return NULL;
	e = read_claims(ledger, repo, &fresh);
	if (!e)
		keep_entries(ledger, journal, tips, &fresh);
	return e;
}

struct err *ledger_load(struct ledger_entries *out, struct arena *a,
			struct repo *repo, const struct oids *tips)
{
	struct ledger ledger = { .a = a, .entries = out, .fresh = BUF_INIT };
	struct journal journal;
	struct err *e;

	cache_open(&journal, repo, "ledger", TITLE);
	read_ledger_file(&ledger, &journal);
	e = catch_up(&ledger, repo, tips, &journal);
	journal_close(&journal);
	oidset_release(&ledger.said);
	oidset_release(&ledger.seen);
	buf_release(&ledger.fresh);
	return e;
}
