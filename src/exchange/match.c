/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "base/i18n.h"
#include "exchange/export.h"
#include "index/tokenizer.h"
#include "search/ways.h"

/* How an engine writes an expression. */
struct grammar {
	const char *all, *any; /* between what must all be there, and what
				* may */
	const char *none;      /* before what must not be */
	const char *quote;     /* around each word, or around all */
	const char *next;      /* between words that follow each other */
	const char *open;      /* behind one that may go on */
};

static const struct grammar grammars[] = {
	[EXPORT_POSTGRESQL] = { " & ", " | ", " & !", "'", "' <-> '", ":*" },
	[EXPORT_SQLITE] = { " AND ", " OR ", " NOT ", "\"", " ", " *" },
};

struct matcher {
	struct buf *out;
	struct db db;
	const struct grammar *grammar;
	size_t words; /* of the phrase */
};

static int add_match_word(void *data, const struct word *word)
{
	struct matcher *matcher = data;

	if (word->inside)
		return 0;
	buf_addstr(matcher->out, matcher->words++ ? matcher->grammar->next
						  : matcher->grammar->quote);
	buf_add(matcher->out, word->text, word->n);
	return 0;
}

static void put_phrase(struct matcher *matcher, const char *text, bool open)
{
	matcher->words = 0;
	tokenizer_cut(&matcher->db, text, strlen(text), WORDS_SOUGHT,
		      add_match_word, matcher);
	if (matcher->words)
		buf_addstr(matcher->out, matcher->grammar->quote);
	if (matcher->words && open)
		buf_addstr(matcher->out, matcher->grammar->open);
}

static void put_ways(struct matcher *matcher, const struct ways *ways)
{
	struct buf *out = matcher->out;

	buf_addstr(out, "(");
	for (size_t i = 0; i < ways->nr; i++) {
		const struct way *way = &ways->at[i];

		if (i && way[-1].choice == way->choice) {
			buf_addstr(out, matcher->grammar->any);
		} else {
			buf_addstr(out, i ? ")" : "");
			buf_addstr(out, i ? matcher->grammar->all : "");
			buf_addstr(out, "(");
		}
		put_phrase(matcher, way->text, way->open);
	}
	buf_addstr(out, "))");
}

static void put_none(struct matcher *matcher, const struct strs *none)
{
	for (size_t i = 0; i < none->nr; i++) {
		buf_addstr(matcher->out,
			   i ? matcher->grammar->any : matcher->grammar->none);
		buf_addstr(matcher->out, i ? "" : "(");
		put_phrase(matcher, none->at[i],
			   words_end_open(none->at[i], strlen(none->at[i])));
	}
	buf_addstr(matcher->out, none->nr ? ")\n" : "\n");
}

static bool has_filters(const struct terms *terms)
{
	const struct query none = { 0 };

	return terms->columns || terms->excluded.nr ||
	       memcmp(&terms->query, &none, sizeof(none)) != 0;
}

struct err *export_match(struct buf *out, struct arena *a,
			 const struct terms *terms, const struct policy *policy,
			 enum export_target target)
{
	struct matcher matcher = { .out = out };
	struct ways ways;
	struct err *e;

	if (target != EXPORT_POSTGRESQL && target != EXPORT_SQLITE)
		return err_new(ERR_USAGE,
			       _("--match needs --to postgresql or sqlite"));
	if (!terms->all.nr || has_filters(terms))
		return err_hint(err_new(ERR_USAGE, _("--match needs words, and "
						     "takes no filters")),
				_("put filters on the columns of the table"));
	matcher.grammar = &grammars[target];
	ways_list(&ways, a, terms, policy, WAYS_WORDS);
	db_open(&matcher.db, NULL, 0);
	if (tokenizer_register(&matcher.db)) {
		put_ways(&matcher, &ways);
		put_none(&matcher, &terms->none);
	}
	e = db_err(&matcher.db);
	db_close(&matcher.db);
	return e;
}
