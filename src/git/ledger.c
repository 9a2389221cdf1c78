/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The journal's batches are a number of rows in decimal and a line end, so many
 * rows of the table, as this machine writes numbers, and lines of text:
 *
 *	e <commit> <key> <seconds> <zone> <origin> <value>
 *	t <tip>
 */
#include "git/ledger.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "base/progress.h"
#include "git/cache.h"
#include "git/commit_graph_write.h"
#include "git/graph.h"
#include "git/mentions.h"
#include "git/message.h"
#include "git/oidset.h"
#include "git/reach.h"
#include "git/title.h"
#include "git/trailer_lines.h"

#define TITLE "git-retro ledger 11"

/* A row in the file: the id, both numbers, change and title. */
#define ROW_SIZE (OID_RAW + 2 * sizeof(uint32_t) + 2 * sizeof(uint64_t))

/* Tips that nobody asks for any more are forgotten once there are many. */
#define OLD_TIPS_MAX 256

/* Those that count wherever they stand in a message (trailer_lines.h). */
static const char *const retro_words[] = { "Retro", "Retro-Cause", "Retro-Fix",
					   "Retro-Action", NULL };
static const enum ledger_key retro_keys[] = { LEDGER_RETRO, LEDGER_RETRO_CAUSE,
					      LEDGER_RETRO_FIX,
					      LEDGER_RETRO_ACTION };

/* A revert that names no commit, or none that is known to be here. */
struct vague_revert {
	struct ledger_entry entry; /* without its value */
	struct strs ids;           /* that it names after all */
	uint64_t title;            /* of what it takes back; 0: not named */
	uint32_t number;           /* of its request; 0: not named */
};

struct reader {
	struct arena *a;
	struct arena scratch; /* for one commit */
	struct repo *repo;
	struct ledger *out;
	struct oidset seen; /* tips */
	struct oids tips;   /* the same, as a list */
	struct oidset had;  /* commits that have a row, if any has */
	struct buf rows;    /* what is new, as it is kept */
	size_t old_entries; /* those before */
	struct VEC_OF(struct vague_revert) vague;
	struct graph *graph; /* or NULL */
	bool writes;         /* a file of the graph, from all there is */
	struct commit_graph_writer writer;
	struct progress progress;
	size_t found;
};

/* --- the journal -------------------------------------------------------- */

static void put_hex(struct buf *out, uint64_t number)
{
	char digits[2 * sizeof(number)];
	size_t at = sizeof(digits);

	do
		digits[--at] = "0123456789abcdef"[number & 15];
	while (number >>= 4);
	buf_add(out, digits + at, sizeof(digits) - at);
}

/* There may be one of each commit. */
static void put_entry_line(struct buf *out, const struct ledger_entry *entry)
{
	char hex[OID_HEX + 1], numbers[64];
	int n = snprintf(numbers, sizeof(numbers), " %d %" PRId64 " %d ",
			 (int)entry->key, entry->committed.seconds,
			 entry->committed.zone);

	buf_addstr(out, "e ");
	buf_addstr(out, oid_hex(hex, &entry->commit));
	buf_add(out, numbers, (size_t)n);
	put_hex(out, entry->origin);
	buf_addch(out, ' ');
	buf_addstr(out, entry->value);
	buf_addch(out, '\n');
}

static void add_tip(struct buf *out, const struct oid *tip)
{
	char hex[OID_HEX + 1];

	buf_addf(out, "t %s\n", oid_hex(hex, tip));
}

static void put_row(struct buf *out, const struct commit_row *row)
{
	buf_add(out, row->id.raw, OID_RAW);
	buf_add(out, &row->number, sizeof(row->number));
	buf_add(out, &row->of, sizeof(row->of));
	buf_add(out, &row->change, sizeof(row->change));
	buf_add(out, &row->title, sizeof(row->title));
}

static void take_field(void *out, size_t n, const char **at)
{
	memcpy(out, *at, n);
	*at += n;
}

static void read_ledger_rows(struct commit_row *rows, const char *at, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		struct commit_row *row = &rows[i];

		take_field(row->id.raw, OID_RAW, &at);
		take_field(&row->number, sizeof(row->number), &at);
		take_field(&row->of, sizeof(row->of), &at);
		take_field(&row->change, sizeof(row->change), &at);
		take_field(&row->title, sizeof(row->title), &at);
	}
}

/* After the mark and the id; `line` ends with a NUL. */
static void read_ledger_entry(struct reader *reader, const struct oid *commit,
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
	vec_push(reader->a, &reader->out->entries, entry);
}

static void read_ledger_line(struct reader *reader, const char *line)
{
	struct oid id;
	size_t n;

	if (strnlen(line, 2) < 2 || !(n = oid_parse(&id, line + 2)))
		return;
	if (*line == 'e')
		read_ledger_entry(reader, &id, line + 2 + n);
	else if (oidset_add(&reader->seen, &id))
		vec_push(reader->a, &reader->tips, id);
}

/* The number of rows of a batch, *at after it. A sum has shown it to be as it
 * was written. */
static size_t count_rows(const char **at, const char *batch, size_t n)
{
	const char *end = memchr(batch, '\n', n);
	size_t nr = end ? strtoul(batch, NULL, 10) : 0;

	*at = end ? end + 1 : batch + n;
	return nr <= (size_t)(batch + n - *at) / ROW_SIZE ? nr : 0;
}

static void read_ledger_file(struct reader *reader,
			     const struct journal *journal)
{
	struct commit_table *table = &reader->out->table;
	const char *batch, *rows;
	size_t n, nr, at = 0;

	while (journal_next(&batch, &n, &at, journal))
		table->nr += count_rows(&rows, batch, n);
	table->at =
		arena_alloc(reader->a, (table->nr + 1) * sizeof(*table->at));
	table->nr = at = 0;
	while (journal_next(&batch, &n, &at, journal)) {
		char *line, *end;

		nr = count_rows(&rows, batch, n);
		read_ledger_rows(table->at + table->nr, rows, nr);
		table->nr += nr;
		rows += nr * ROW_SIZE;
		line = arena_strndup(reader->a, rows,
				     (size_t)(batch + n - rows));
		for (; (end = strchr(line, '\n')); line = end + 1) {
			*end = '\0';
			read_ledger_line(reader, line);
		}
	}
	reader->old_entries = reader->out->entries.nr;
}

/* --- what a change is known by ------------------------------------------ */

uint64_t ledger_origin(const struct commit *commit)
{
	return hash_text(HASH_START ^ (uint64_t)commit->authored.seconds,
			 commit->subject);
}

static uint64_t hash_change(const struct commit *commit, uint64_t title)
{
	uint64_t sum = title ^ (uint64_t)commit->authored.seconds;

	if (!title)
		return 0;
	sum = hash_text(sum, commit->author.name);
	return hash_text(sum, commit->author.mail);
}

/* A merge of a request is known by the request's number and title. */
static void read_request(struct commit_row *row, struct arena *a,
			 const struct commit *commit)
{
	const char *number, *title;
	unsigned long value;

	if (commit->parent_count < 2 ||
	    !message_request(&number, &title, a, commit->message))
		return;
	value = strtoul(number + 1, NULL, 10);
	if (value <= UINT32_MAX)
		row->number = (uint32_t)value;
	if (title)
		row->title = title_read(title).key;
}

static void add_row(struct reader *reader, struct arena *scratch,
		    const struct commit *commit)
{
	struct title title = title_read(commit->subject);
	struct commit_row row = { commit->id, title.number, title.of,
				  hash_change(commit, title.key), title.key };

	read_request(&row, scratch, commit);
	put_row(&reader->rows, &row);
}

/* --- what a commit says ------------------------------------------------- */

static void add_ledger_entry(struct reader *reader,
			     const struct ledger_entry *entry)
{
	vec_push(reader->a, &reader->out->entries, *entry);
}

static struct ledger_entry entry_of(const struct commit *commit,
				    enum ledger_key key)
{
	return (struct ledger_entry){ .key = key,
				      .commit = commit->id,
				      .committed = commit->committed,
				      .origin = ledger_origin(commit) };
}

static void say(struct reader *reader, const struct commit *commit,
		enum ledger_key key, const char *value)
{
	struct ledger_entry entry = entry_of(commit, key);

	if (strchr(value, '\n') || !*value)
		return;
	entry.value = arena_strdup(reader->a, value);
	add_ledger_entry(reader, &entry);
}

/* Both are looked for in every message, faster than strcasestr() does. */
static bool holds_change_id(const char *message)
{
	const char *start = message + strlen("change");

	if (strnlen(message, strlen("change")) < strlen("change"))
		return false;
	for (const char *at = start; (at = strchr(at, '-')); at++)
		if (!strncasecmp(at - strlen("change"), "change-id", 9))
			return true;
	return false;
}

/* Before a colon; there are fewer of those than letters. */
static bool holds_retro(const char *message)
{
	static const char word[] = "retro";

	for (const char *at = message; (at = strchr(at, ':')); at++) {
		const char *from = at;

		while (from > message && (isalpha((unsigned char)from[-1]) ||
					  strchr("- \t", from[-1])))
			from--;
		for (; from < at; from++)
			if (!strncasecmp(from, word, strlen(word)))
				return true;
	}
	return false;
}

static void add_change_ids(struct reader *reader, struct arena *scratch,
			   const struct commit *commit)
{
	struct trailers trailers = { 0 };

	if (holds_change_id(commit->message))
		message_trailers_of(&trailers, scratch, commit->message,
				    "Change-Id");
	for (size_t i = 0; i < trailers.nr; i++)
		say(reader, commit, LEDGER_CHANGE_ID, trailers.at[i].value);
}

static void add_retro_lines(struct reader *reader, struct arena *scratch,
			    const struct commit *commit)
{
	struct trailers lines = { 0 };

	if (holds_retro(commit->message))
		trailer_lines(&lines, scratch, commit->message, retro_words);
	for (size_t i = 0; i < lines.nr; i++)
		for (size_t j = 0; retro_words[j]; j++)
			if (lines.at[i].key == retro_words[j])
				say(reader, commit, retro_keys[j],
				    lines.at[i].value);
}

static uint32_t request_number(const char *id)
{
	unsigned long value = strtoul(id + 1, NULL, 10);

	return value <= UINT32_MAX ? (uint32_t)value : 0;
}

static void add_ledger_mention(struct reader *reader,
			       const struct commit *commit,
			       struct vague_revert *vague,
			       const struct mention *mention)
{
	switch (mention->type) {
	case MENTION_REVERT:
		vec_push(reader->a, &vague->ids,
			 arena_strdup(reader->a, mention->id));
		say(reader, commit, LEDGER_REVERT, mention->id);
		break;
	case MENTION_REVERT_LISTED:
		say(reader, commit, LEDGER_REVERT_LISTED, mention->id);
		break;
	case MENTION_REVERT_TITLE:
		vague->title = title_read(mention->subject).key;
		break;
	case MENTION_REVERT_REQUEST:
		vague->number = request_number(mention->id);
		break;
	case MENTION_FIX:
		say(reader, commit, LEDGER_FIX, mention->id);
		break;
	case MENTION_PICK:
		say(reader, commit, LEDGER_PICK, mention->id);
		break;
	case MENTION_UPSTREAM:
		say(reader, commit, LEDGER_UPSTREAM, mention->id);
		break;
	case MENTION_PART:
		say(reader, commit, LEDGER_PART, mention->id);
		break;
	}
}

static bool read_commit_words(void *data, const struct commit *commit)
{
	struct reader *reader = data;
	struct vague_revert vague = { .entry =
					      entry_of(commit, LEDGER_REVERT) };
	struct mentions mentions = { 0 };
	struct arena *scratch = &reader->scratch;

	progress_step(&reader->progress, ++reader->found);
	if (reader->writes)
		commit_graph_writer_add(&reader->writer, commit);
	if (oidset_has(&reader->had, &commit->id))
		return true;
	add_row(reader, scratch, commit);
	message_mentions(&mentions, scratch, commit->message);
	for (size_t i = 0; i < mentions.nr; i++)
		add_ledger_mention(reader, commit, &vague, &mentions.at[i]);
	if (vague.title || vague.number)
		vec_push(reader->a, &reader->vague, vague);
	add_change_ids(reader, scratch, commit);
	add_retro_lines(reader, scratch, commit);
	arena_clear(scratch);
	return true;
}

/* --- reverts that name no commit ---------------------------------------- */

/* So many are looked up at once, and so many commits that each may mean. */
#define VAGUE_MAX 512
#define MEANT_MAX 64
/* Commits of one title that are looked at. */
#define ROWS_MAX 4096

static struct err *need_graph(struct reader *reader, const struct oids *tips)
{
	return reader->graph ? NULL
			     : graph_open(&reader->graph, reader->repo, tips);
}

static bool names_known(const struct reader *reader,
			const struct vague_revert *vague)
{
	for (size_t i = 0; i < vague->ids.nr; i++)
		if (graph_find_prefix(reader->graph, vague->ids.at[i]) !=
		    GRAPH_NONE)
			return true;
	return false;
}

/* A commit that a revert may mean. */
struct meant {
	uint32_t commit;
	bool number; /* it has the number that the revert names */
	bool title;
};
struct meant_list VEC_OF(struct meant);

static int newest_first(const void *a, const void *b)
{
	const struct meant *one = a, *two = b;

	return one->commit > two->commit ? -1 : one->commit < two->commit;
}

static void add_meant(struct meant_list *out, const struct reader *reader,
		      const struct vague_revert *vague, enum commit_key key,
		      uint64_t value)
{
	const struct commit_table *table = &reader->out->table;
	uint32_t own = graph_find(reader->graph, &vague->entry.commit);
	uint32_t row = COMMIT_ROW_NONE;

	for (size_t i = 0; i < ROWS_MAX; i++) {
		const struct commit_row *at;
		struct meant meant;

		row = commit_table_next(table, key, value, row);
		if (row == COMMIT_ROW_NONE)
			return;
		at = &table->at[row];
		meant.commit = graph_find(reader->graph, &at->id);
		meant.number = vague->number && at->number == vague->number;
		meant.title = vague->title && at->title == vague->title;
		if (meant.commit < own)
			vec_push(reader->a, out, meant);
	}
}

/* The newest that come before it in the order of the graph. */
static void find_meant(struct meant_list *out, const struct reader *reader,
		       const struct vague_revert *vague)
{
	if (graph_find(reader->graph, &vague->entry.commit) == GRAPH_NONE ||
	    names_known(reader, vague))
		return;
	add_meant(out, reader, vague, COMMIT_BY_TITLE, vague->title);
	add_meant(out, reader, vague, COMMIT_BY_NUMBER, vague->number);
	if (out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), newest_first);
	if (out->nr > MEANT_MAX)
		out->nr = MEANT_MAX;
}

/* The surest of those in the history of the revert: what has both, then the
 * title, then the number; of these the latest. */
static void settle_revert(struct reader *reader,
			  const struct vague_revert *vague,
			  const struct meant_list *meant,
			  const struct reach *reach, size_t row, size_t column)
{
	struct ledger_entry entry = vague->entry;
	const struct meant *best = NULL;
	char hex[OID_HEX + 1];
	struct oid id;

	for (size_t i = 0; i < meant->nr; i++) {
		const struct meant *at = &meant->at[i];

		if (!reach_has(reach, row, column + i))
			continue;
		if (!best ||
		    at->title + at->number > best->title + best->number ||
		    (at->title && !best->title))
			best = at;
	}
	if (!best)
		return;
	id = graph_id(reader->graph, best->commit);
	entry.value = arena_strdup(reader->a, oid_hex(hex, &id));
	add_ledger_entry(reader, &entry);
}

static void settle_some(struct reader *reader, size_t from, size_t nr)
{
	struct meant_list *meant = arena_alloc(reader->a, nr * sizeof(*meant));
	struct VEC_OF(uint32_t) rows = { 0 }, columns = { 0 };
	struct reach reach;
	size_t column = 0;

	for (size_t i = 0; i < nr; i++) {
		const struct vague_revert *vague = &reader->vague.at[from + i];

		find_meant(&meant[i], reader, vague);
		vec_push(reader->a, &rows,
			 graph_find(reader->graph, &vague->entry.commit));
		for (size_t j = 0; j < meant[i].nr; j++)
			vec_push(reader->a, &columns, meant[i].at[j].commit);
	}
	reach_each(&reach, reader->a, reader->graph,
		   (struct commit_set){ rows.at, rows.nr },
		   (struct commit_set){ columns.at, columns.nr });
	for (size_t i = 0; i < nr; i++) {
		settle_revert(reader, &reader->vague.at[from + i], &meant[i],
			      &reach, i, column);
		column += meant[i].nr;
	}
}

static struct err *settle_reverts(struct reader *reader,
				  const struct oids *tips)
{
	struct err *e;

	if (!reader->vague.nr)
		return NULL;
	e = need_graph(reader, tips);
	commit_table_index(&reader->out->table,
			   1u << COMMIT_BY_TITLE | 1u << COMMIT_BY_NUMBER);
	for (size_t at = 0; !e && at < reader->vague.nr; at += VAGUE_MAX)
		settle_some(reader, at,
			    reader->vague.nr - at < VAGUE_MAX
				    ? reader->vague.nr - at
				    : VAGUE_MAX);
	commit_table_release(&reader->out->table);
	return e;
}

/* --- history ------------------------------------------------------------ */

/* Rows that there are lie in front of the new ones. */
static void join_rows(struct reader *reader)
{
	struct commit_table *table = &reader->out->table;
	size_t fresh = reader->rows.n / ROW_SIZE;
	struct commit_row *all;

	if (!fresh)
		return;
	all = arena_alloc(reader->a, (table->nr + fresh) * sizeof(*all));
	if (table->nr)
		memcpy(all, table->at, table->nr * sizeof(*all));
	read_ledger_rows(all + table->nr, reader->rows.p, fresh);
	table->at = all;
	table->nr += fresh;
}

/* How many commits there are, where somebody sees how much of them is done, and
 * it is known before they are read. */
static struct err *count_all(size_t *total, struct reader *reader,
			     const struct oids *tips)
{
	struct err *e = NULL;

	*total = 0;
	if (isatty(2) && !reader->out->table.nr && !reader->writes) {
		e = need_graph(reader, tips);
		*total = e ? 0 : graph_count(reader->graph);
	}
	return e;
}

static struct err *read_new(struct reader *reader, const struct oids *tips,
			    const struct oids *fresh)
{
	size_t total;
	struct err *e;

	reader->writes = !reader->out->table.nr && !reader->tips.nr &&
			 graph_is_wanted(reader->repo);
	e = count_all(&total, reader, tips);
	if (e)
		return e;
	for (size_t i = 0; i < reader->out->table.nr; i++)
		oidset_add(&reader->had, &reader->out->table.at[i].id);
	progress_start(&reader->progress, N_("Reading commit messages"), total);
	e = walk_new(reader->repo, fresh, &reader->tips, read_commit_words,
		     reader);
	progress_stop(&reader->progress);
	if (!e && reader->writes)
		graph_keep(reader->repo, &reader->writer);
	commit_graph_writer_release(&reader->writer);
	if (!e) {
		join_rows(reader);
		e = settle_reverts(reader, tips);
	}
	return err_context(e, _("reading commit messages"));
}

/* --- the whole ---------------------------------------------------------- */

static void put_batch(struct buf *out, const struct reader *reader,
		      const struct buf *rows, size_t from,
		      const struct oids *tips)
{
	const struct ledger_entries *entries = &reader->out->entries;

	buf_addf(out, "%zu\n", rows->n / ROW_SIZE);
	buf_add(out, rows->p, rows->n);
	for (size_t i = from; i < entries->nr; i++)
		put_entry_line(out, &entries->at[i]);
	for (size_t i = 0; i < tips->nr; i++)
		add_tip(out, &tips->at[i]);
}

static void keep_entries(struct reader *reader, const struct journal *journal,
			 const struct oids *asked, const struct oids *fresh)
{
	const struct commit_table *table = &reader->out->table;
	struct buf all = BUF_INIT;

	if (reader->tips.nr <= asked->nr + OLD_TIPS_MAX) {
		put_batch(&all, reader, &reader->rows, reader->old_entries,
			  fresh);
		journal_append(journal, &all);
	} else {
		buf_reset(&reader->rows);
		for (size_t i = 0; i < table->nr; i++)
			put_row(&reader->rows, &table->at[i]);
		put_batch(&all, reader, &reader->rows, 0, asked);
		journal_replace(journal, &all);
	}
	buf_release(&all);
}

static struct err *catch_up(struct reader *reader, const struct oids *tips,
			    const struct journal *journal)
{
	struct oids fresh = { 0 };
	struct err *e;

	for (size_t i = 0; i < tips->nr; i++)
		if (oidset_add(&reader->seen, &tips->at[i]))
			vec_push(reader->a, &fresh, tips->at[i]);
	if (!fresh.nr)
		return NULL;
	e = read_new(reader, tips, &fresh);
	if (!e)
		keep_entries(reader, journal, tips, &fresh);
	return e;
}

struct err *ledger_load(struct ledger *out, struct arena *a, struct repo *repo,
			const struct oids *tips)
{
	struct reader reader = { .a = a,
				 .repo = repo,
				 .out = out,
				 .rows = BUF_INIT,
				 .writer = COMMIT_GRAPH_WRITER_INIT };
	struct journal journal;
	struct err *e;

	*out = (struct ledger){ 0 };
	cache_open(&journal, repo, "ledger", TITLE);
	read_ledger_file(&reader, &journal);
	e = catch_up(&reader, tips, &journal);
	journal_close(&journal);
	oidset_release(&reader.seen);
	oidset_release(&reader.had);
	buf_release(&reader.rows);
	arena_release(&reader.scratch);
	graph_close(reader.graph);
	return e;
}
