/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/sorted.h"
#include "base/vec.h"
#include "front/net_words.h"

enum {
	/* Lines of which a part is shared with the other change, at least a
	 * third of them. */
	LONG_MIN = 10,
	LONG_SHARE = 3,
	/* Likewise where nothing takes their place: half. */
	ALONE_SHARE = 2,
	/* Lines that a hunk takes out, all of which the other put in. */
	WHOLE_MIN = 2,
	/* How often an edit is made for it to be one of many; of one word for
	 * another. */
	REPEATED = 3,
	RENAMED = 2,
	/* Files from which a word goes that is done away with. */
	DROPPED = 3,
	/* Words that two lines share for one to have become the other, of a
	 * hundred. */
	ALIKE = 50,
	/* Lines of a hunk whose edits are looked at. */
	PAIRS_MAX = 60,
};

/* A word, or what joins two: by its hash. */
struct token {
	uint64_t hash;
	bool word;
};
struct tokens VEC_OF(struct token);

struct part_text {
	const char *text;
	uint64_t hash;
};
struct part_texts VEC_OF(struct part_text);

enum side { SIDE_REMOVED, SIDE_ADDED, SIDES };

/* What a hunk has more of, and what it has less of. */
struct net_tokens {
	struct tokens more, less;
	bool words; /* and not only what joins them */
};

/* An answer, and what was asked about. */
struct part_memo {
	const void *of;
	bool answer;
};

struct hunk {
	const char *path;
	struct strs functions; /* that it is in */
	size_t line;           /* where it begins before the change */
	struct part_texts sides[SIDES];
	/* Asked for each of its lines. */
	const struct net_tokens *net; /* once needed */
	struct part_memo along[SIDES][SIDES], whole, alike[2];
};

/* What becomes of a line: the words that go and those that come. */
struct line_edit {
	const char *text;
	uint64_t what;
	uint64_t renamed; /* the word that another stands for; else 0 */
};

struct part_place {
	uint64_t hash;
	size_t hunk, line;
};

/* All lines of a side; sorted by their hashes once one is looked for. */
struct part_places {
	struct VEC_OF(struct part_place) at;
	bool sorted;
};

struct parts {
	struct arena *arena;
	struct part_places *places; /* of each side */
	struct VEC_OF(struct hunk) hunks;
	struct VEC_OF(struct line_edit) edits; /* once needed */
	bool edited;
};

struct parts *parts_new(struct arena *a)
{
	struct parts *parts = arena_alloc(a, sizeof(*parts));

	parts->arena = a;
	parts->places = arena_alloc(a, SIDES * sizeof(*parts->places));
	return parts;
}

/* --- reading --- */

static struct hunk *part_hunk(struct parts *parts,
			      const struct change_mark *mark)
{
	struct hunk *last =
		parts->hunks.nr ? &parts->hunks.at[parts->hunks.nr - 1] : NULL;
	bool same = last && strlen(last->path) == mark->path_n &&
		    !memcmp(last->path, mark->path, mark->path_n);
	struct hunk hunk = { .line = mark->line };

	if (same && last->line == mark->line)
		return last;
	hunk.path =
		same ? last->path
		     : arena_strndup(parts->arena, mark->path, mark->path_n);
	vec_push(parts->arena, &parts->hunks, hunk);
	return &parts->hunks.at[parts->hunks.nr - 1];
}

static void add_body_part(void *data, const struct change_mark *mark)
{
	struct parts *parts = data;
	struct part_places *places;
	struct part_text text;
	struct part_texts *texts;
	struct hunk *hunk;

	if (mark->deleted || !mark->path_n)
		return;
	hunk = part_hunk(parts, mark);
	if (mark->kind == MARK_FUNCTION)
		vec_push(parts->arena, &hunk->functions,
			 arena_strndup(parts->arena, mark->text, mark->n));
	if (mark->kind != MARK_REMOVED && mark->kind != MARK_ADDED)
		return;
	text = (struct part_text){ arena_strndup(parts->arena, mark->text,
						 mark->n),
				   mark_hash(mark) };
	texts = &hunk->sides[mark->kind == MARK_ADDED];
	places = &parts->places[mark->kind == MARK_ADDED];
	vec_push(parts->arena, &places->at,
		 (struct part_place){ text.hash, parts->hunks.nr - 1,
				      texts->nr });
	places->sorted = false;
	vec_push(parts->arena, texts, text);
}

void parts_add(struct parts *parts, const char *diff)
{
	marks_read(diff, true, add_body_part, parts);
}

size_t parts_files(const struct parts *parts)
{
	const char *last = "";
	size_t nr = 0;

	for (size_t i = 0; i < parts->hunks.nr; i++) {
		const char *path = parts->hunks.at[i].path;

		nr += strcmp(path, last) != 0 &&
		      !mark_follows(path, strlen(path));
		last = path;
	}
	return nr;
}

/* --- words --- */

/* "&&", "!=", "<": what compares or joins. */
static size_t operator_length(const char *at)
{
	static const char *const two[] = { "&&", "||", "==", "!=", "<=", ">=" };

	for (size_t i = 0; i < sizeof(two) / sizeof(*two); i++)
		if (!strncmp(at, two[i], 2))
			return 2;
	return *at && strchr("<>!", *at) ? 1 : 0;
}

static void add_tokens(struct tokens *out, struct arena *a, const char *text)
{
	size_t n = strlen(text), len;

	if (mark_is_comment(text, n))
		return;
	for (const char *at = text; *at; at += len) {
		const char *word = at;
		size_t left = n - (size_t)(at - text);
		bool is_word = mark_is_word(*at);

		len = 0;
		if (is_word)
			mark_word(&len, &word, &left);
		else
			len = operator_length(at);
		if (!is_word ? len != 0 : net_word_says(at, len))
			vec_push(a, out,
				 (struct token){ mark_word_hash(at, len),
						 is_word });
		len += len == 0;
	}
}

static int by_token(const void *a, const void *b)
{
	const struct token *one = a, *two = b;

	return one->hash < two->hash ? -1 : one->hash > two->hash;
}

static void sort_tokens(struct tokens *tokens)
{
	if (tokens->nr)
		qsort(tokens->at, tokens->nr, sizeof(*tokens->at), by_token);
}

static struct tokens tokens_of(struct arena *a, const char *text)
{
	struct tokens tokens = { 0 };

	add_tokens(&tokens, a, text);
	sort_tokens(&tokens);
	return tokens;
}

static void add_side_tokens(struct tokens *out, struct arena *a,
			    const struct part_texts *side)
{
	for (size_t i = 0; i < side->nr; i++)
		add_tokens(out, a, side->at[i].text);
	sort_tokens(out);
}

/* Two sorted lists side by side: each token, and how often either has it. */
struct token_walk {
	const struct tokens *one, *two;
	size_t i, j;
	struct token token;
	size_t in_one, in_two;
};

static bool next_token(struct token_walk *walk)
{
	const struct tokens *one = walk->one, *two = walk->two;

	if (walk->i == one->nr && walk->j == two->nr)
		return false;
	if (walk->j == two->nr ||
	    (walk->i < one->nr &&
	     one->at[walk->i].hash <= two->at[walk->j].hash))
		walk->token = one->at[walk->i];
	else
		walk->token = two->at[walk->j];
	walk->in_one = walk->in_two = 0;
	for (; walk->i < one->nr && one->at[walk->i].hash == walk->token.hash;
	     walk->i++)
		walk->in_one++;
	for (; walk->j < two->nr && two->at[walk->j].hash == walk->token.hash;
	     walk->j++)
		walk->in_two++;
	return true;
}

/* --- one edit of many --- */

/* Twice the words that two lines share, of a hundred of theirs. */
static size_t likeness(const struct tokens *one, const struct tokens *two)
{
	struct token_walk walk = { .one = one, .two = two };
	size_t both = 0;

	while (next_token(&walk))
		both += walk.in_one < walk.in_two ? walk.in_one : walk.in_two;
	return one->nr + two->nr ? 200 * both / (one->nr + two->nr) : 0;
}

static struct line_edit line_edit(const char *text, const struct tokens *from,
				  const struct tokens *to)
{
	struct token_walk walk = { .one = from, .two = to };
	struct line_edit edit = { .text = text };
	size_t gone = 0, new = 0;
	uint64_t word = 0;

	while (next_token(&walk)) {
		if (walk.in_one && walk.in_two)
			continue;
		gone += walk.in_one != 0;
		if (walk.in_one)
			word = walk.token.hash;
		new += walk.in_two != 0;
		edit.what +=
			walk.in_one ? walk.token.hash : 3 * walk.token.hash + 1;
	}
	if (gone == 1 && new == 1)
		edit.renamed = word;
	return edit;
}

/* The line that comes and is most like the one that goes, where the hunk has as
 * many of both that in its place. Their number if none is like it. */
static size_t find_like(const struct tokens *from, const struct tokens *to,
			size_t nr, size_t same)
{
	size_t best = nr, most = ALIKE - 1;

	if (same < nr)
		return likeness(from, &to[same]) >= ALIKE ? same : nr;
	for (size_t i = 0; i < nr; i++)
		if (likeness(from, &to[i]) > most) {
			most = likeness(from, &to[i]);
			best = i;
		}
	return best;
}

/* What each line that goes becomes. */
static void add_hunk_edits(struct parts *parts, const struct hunk *hunk)
{
	const struct part_texts *gone = &hunk->sides[SIDE_REMOVED];
	const struct part_texts *come = &hunk->sides[SIDE_ADDED];
	struct tokens *to;

	if (gone->nr > PAIRS_MAX || come->nr > PAIRS_MAX)
		return;
	to = arena_alloc(parts->arena, (come->nr + 1) * sizeof(*to));
	for (size_t i = 0; i < come->nr; i++)
		to[i] = tokens_of(parts->arena, come->at[i].text);
	for (size_t i = 0; i < gone->nr; i++) {
		struct tokens from = tokens_of(parts->arena, gone->at[i].text);
		size_t best = find_like(&from, to, come->nr,
					come->nr == gone->nr ? i : come->nr);
		struct line_edit edit;

		if (best == come->nr)
			continue;
		edit = line_edit(gone->at[i].text, &from, &to[best]);
		if (edit.what)
			vec_push(parts->arena, &parts->edits, edit);
	}
}

static void list_edits(struct parts *parts)
{
	for (size_t i = 0; !parts->edited && i < parts->hunks.nr; i++)
		add_hunk_edits(parts, &parts->hunks.at[i]);
	parts->edited = true;
}

bool parts_rename(struct parts *parts, const char *word)
{
	uint64_t hash = mark_word_hash(word, strlen(word));
	size_t nr = 0;

	list_edits(parts);
	for (size_t i = 0; i < parts->edits.nr; i++)
		nr += parts->edits.at[i].renamed == hash;
	return nr >= RENAMED;
}

static bool is_repeated_edit(struct parts *parts, const char *text)
{
	const struct line_edit *own = NULL;
	size_t nr = 0;

	list_edits(parts);
	for (size_t i = 0; i < parts->edits.nr && !own; i++)
		if (!strcmp(parts->edits.at[i].text, text))
			own = &parts->edits.at[i];
	for (size_t i = 0; own && i < parts->edits.nr; i++)
		nr += parts->edits.at[i].what == own->what;
	return own && nr >= (size_t)(own->renamed ? RENAMED : REPEATED);
}

static int compare_place_hashes(const void *a, const void *b)
{
	const struct part_place *one = a, *two = b;

	return one->hash < two->hash ? -1 : one->hash > two->hash;
}

static int compare_part_places(const void *a, const void *b)
{
	const struct part_place *one = a, *two = b;

	if (one->hash != two->hash)
		return one->hash < two->hash ? -1 : 1;
	if (one->hunk != two->hunk)
		return one->hunk < two->hunk ? -1 : 1;
	return one->line < two->line ? -1 : one->line > two->line;
}

/* The first such line of a side, and behind them all; NULL if it has none. */
static const struct part_place *find_part_line(const struct part_place **end,
					       const struct parts *parts,
					       enum side side, uint64_t hash)
{
	const struct part_place key = { .hash = hash };
	struct part_places *all = &parts->places[side];
	size_t at;

	if (!all->at.nr)
		return NULL;
	if (!all->sorted)
		qsort(all->at.at, all->at.nr, sizeof(*all->at.at),
		      compare_part_places);
	all->sorted = true;
	at = sorted_first(&key, all->at.at, all->at.nr, sizeof(*all->at.at),
			  compare_place_hashes);
	*end = all->at.at + all->at.nr;
	return at < all->at.nr && all->at.at[at].hash == hash ? &all->at.at[at]
							      : NULL;
}

/* How often a side has the line: 2 for more. */
static size_t count_part_line(const struct parts *parts, enum side side,
			      uint64_t hash)
{
	const struct part_place *end,
		*at = find_part_line(&end, parts, side, hash);

	if (!at)
		return 0;
	return at + 1 < end && at[1].hash == hash ? 2 : 1;
}

/* Whether half of the lines of a hunk go from, or come to, other places,
 * too. */
static bool is_everywhere(const struct parts *parts, const struct hunk *hunk,
			  enum side side)
{
	const struct part_texts *texts = &hunk->sides[side];
	size_t nr = 0;

	if (texts->nr < REPEATED || texts->nr > PAIRS_MAX)
		return false;
	for (size_t i = 0; i < texts->nr; i++)
		nr += count_part_line(parts, side, texts->at[i].hash) > 1;
	return 2 * nr >= texts->nr;
}

/* --- the same part --- */

static struct hunk *hunk_of(const struct parts *parts, const char *path,
			    enum side side, const char *text)
{
	const struct change_mark mark = { .kind = MARK_ADDED,
					  .text = text,
					  .n = strlen(text) };
	uint64_t hash = mark_hash(&mark);
	const struct part_place *end,
		*at = find_part_line(&end, parts, side, hash);

	for (; at && at < end && at->hash == hash; at++) {
		struct hunk *hunk = &parts->hunks.at[at->hunk];

		if (!strcmp(hunk->path, path) &&
		    !strcmp(hunk->sides[side].at[at->line].text, text))
			return hunk;
	}
	return NULL;
}

static bool find_along(const struct hunk *mine, enum side side,
		       const struct parts *theirs, enum side their_side)
{
	const struct part_texts *texts = &mine->sides[side];
	bool alone = side == SIDE_REMOVED && !mine->sides[SIDE_ADDED].nr;
	size_t shared = 0;

	if (texts->nr < LONG_MIN && !alone)
		return false;
	for (size_t i = 0; i < texts->nr; i++)
		shared += count_part_line(theirs, their_side,
					  texts->at[i].hash) != 0;
	return shared * (alone ? ALONE_SHARE : LONG_SHARE) < texts->nr;
}

/* Whether the line goes with a long piece that the other change has not, or
 * with what stands around it and nothing takes its place. */
static bool goes_along(struct hunk *mine, enum side side,
		       const struct parts *theirs, enum side their_side)
{
	struct part_memo *memo = &mine->along[side][their_side];

	if (memo->of != theirs)
		*memo = (struct part_memo){
			theirs, find_along(mine, side, theirs, their_side)
		};
	return memo->answer;
}

/* Each as many times as one side has it more often. */
static struct net_tokens net_of(struct arena *a, const struct tokens *gone,
				const struct tokens *come)
{
	struct token_walk walk = { .one = gone, .two = come };
	struct net_tokens net = { 0 };

	while (next_token(&walk)) {
		net.words |= walk.in_one != walk.in_two && walk.token.word;
		for (size_t i = walk.in_one; i < walk.in_two; i++)
			vec_push(a, &net.more, walk.token);
		for (size_t i = walk.in_two; i < walk.in_one; i++)
			vec_push(a, &net.less, walk.token);
	}
	return net;
}

static const struct net_tokens *net_tokens(struct arena *a, struct hunk *hunk)
{
	struct tokens gone = { 0 }, come = { 0 };
	struct net_tokens *net;

	if (hunk->net)
		return hunk->net;
	add_side_tokens(&gone, a, &hunk->sides[SIDE_REMOVED]);
	add_side_tokens(&come, a, &hunk->sides[SIDE_ADDED]);
	net = arena_alloc(a, sizeof(*net));
	*net = net_of(a, &gone, &come);
	hunk->net = net;
	return net;
}

static size_t count_token(const struct tokens *tokens, uint64_t hash)
{
	const struct token key = { .hash = hash };
	size_t nr = 0, at;

	if (!tokens->nr)
		return 0;
	at = sorted_first(&key, tokens->at, tokens->nr, sizeof(*tokens->at),
			  by_token);
	while (at + nr < tokens->nr && tokens->at[at + nr].hash == hash)
		nr++;
	return nr;
}

/* The first of the shorter, from `at` on, that the other has, too. */
static const struct token *next_shared(size_t *at, const struct tokens *one,
				       const struct tokens *two)
{
	const struct tokens *less = one->nr < two->nr ? one : two;
	const struct tokens *more = less == one ? two : one;

	for (; *at < less->nr; ++*at)
		if ((!*at || less->at[*at].hash != less->at[*at - 1].hash) &&
		    count_token(more, less->at[*at].hash))
			return &less->at[(*at)++];
	return NULL;
}

static bool have_shared(const struct tokens *one, const struct tokens *two)
{
	size_t at = 0;

	return next_shared(&at, one, two) != NULL;
}

/* Whether a word goes from several files: what is called so is done away with,
 * whatever the fix did with it. */
static bool goes_everywhere(const struct parts *parts, uint64_t hash)
{
	size_t files = 0;
	long less = 0;

	for (size_t i = 0; i < parts->hunks.nr; i++) {
		struct hunk *hunk = &parts->hunks.at[i];
		const struct net_tokens *net = net_tokens(parts->arena, hunk);

		less += (long)count_token(&net->less, hash) -
			(long)count_token(&net->more, hash);
		if (i + 1 < parts->hunks.nr &&
		    !strcmp(hunk->path, parts->hunks.at[i + 1].path))
			continue;
		files += less > 0;
		less = 0;
	}
	return files >= DROPPED;
}

/* Whether words that the fix put in go here. */
static bool have_gone(const struct parts *mine, const struct tokens *less,
		      const struct tokens *theirs)
{
	const struct token *token;
	size_t at = 0;

	while ((token = next_shared(&at, less, theirs)))
		if (!goes_everywhere(mine, token->hash))
			return true;
	return false;
}

static bool find_alike(const struct parts *parts, struct hunk *mine,
		       struct hunk *theirs, bool opposite)
{
	const struct net_tokens *one = net_tokens(parts->arena, mine);
	const struct net_tokens *two = net_tokens(parts->arena, theirs);

	if (!two->words || have_shared(&one->more, &two->less) ||
	    have_gone(parts, &one->less, &two->more))
		return true;
	return !opposite && (have_shared(&one->more, &two->more) ||
			     have_shared(&one->less, &two->less));
}

/* Of a line that one puts in and the other takes out, what comes with the one
 * goes with the other. */
static bool change_alike(const struct parts *parts, struct hunk *mine,
			 struct hunk *theirs, bool opposite)
{
	struct part_memo *memo = &mine->alike[opposite];

	if (memo->of != theirs)
		*memo = (struct part_memo){
			theirs, find_alike(parts, mine, theirs, opposite)
		};
	return memo->answer;
}

bool parts_stand_alike(const struct parts *mine, const struct parts *theirs,
		       const struct part_line *line)
{
	const struct hunk *own =
		hunk_of(mine, line->path, line->kind == MARK_ADDED, line->text);
	const struct hunk *other =
		hunk_of(theirs, line->their_path,
			line->their_kind == MARK_ADDED, line->text);

	for (size_t i = 0; own && other && i < own->functions.nr; i++)
		if (strs_has(&other->functions, own->functions.at[i]))
			return true;
	return false;
}

/* Which bytes of a line are not in the other, from both ends. */
struct line_span {
	size_t from, to;
};

static struct line_span changed_span(const char *line, const char *other)
{
	size_t n = strlen(line), m = strlen(other);
	struct line_span span = { 0, n };

	while (span.from < n && span.from < m &&
	       line[span.from] == other[span.from])
		span.from++;
	while (span.to > span.from && m > span.from &&
	       line[span.to - 1] == other[m - 1]) {
		span.to--;
		m--;
	}
	return span;
}

/* The part of a line that a hunk changes, which has it on this side: all of it
 * where no line of the other side is like it. */
static struct line_span span_in(struct arena *a, const struct hunk *hunk,
				enum side side, const char *text)
{
	const struct part_texts *others = &hunk->sides[!side];
	const struct part_texts *own = &hunk->sides[side];
	struct line_span all = { 0, strlen(text) };
	struct tokens from = tokens_of(a, text), *to;
	size_t at = 0, best;

	if (!others->nr || others->nr > PAIRS_MAX || own->nr > PAIRS_MAX)
		return all;
	while (at < own->nr && strcmp(own->at[at].text, text) != 0)
		at++;
	to = arena_alloc(a, others->nr * sizeof(*to));
	for (size_t i = 0; i < others->nr; i++)
		to[i] = tokens_of(a, others->at[i].text);
	best = find_like(&from, to, others->nr,
			 others->nr == own->nr ? at : others->nr);
	return best == others->nr ? all
				  : changed_span(text, others->at[best].text);
}

/* With the whole of what stands between blanks. */
static struct line_span widened(struct line_span span, const char *line)
{
	while (span.from && line[span.from - 1] != ' ')
		span.from--;
	span.to += strcspn(line + span.to, " ");
	return span;
}

/* Whether both change the same part of the line, or parts side by side. */
static bool spans_meet(struct arena *a, const struct hunk *mine, enum side side,
		       const struct hunk *theirs, enum side their_side,
		       const char *text)
{
	struct line_span one = widened(span_in(a, mine, side, text), text);
	struct line_span two =
		widened(span_in(a, theirs, their_side, text), text);

	return one.from <= two.to + 1 && two.from <= one.to + 1;
}

static bool find_all_theirs(struct arena *a, struct hunk *mine,
			    const struct parts *theirs)
{
	const struct part_texts *gone = &mine->sides[SIDE_REMOVED];

	for (size_t i = 0; i < gone->nr; i++)
		if (!count_part_line(theirs, SIDE_ADDED, gone->at[i].hash))
			return false;
	return gone->nr >= WHOLE_MIN && !net_tokens(a, mine)->words;
}

/* Whether a hunk does nothing but put what the other change put in otherwise,
 * with the same words: "a / b < max" becomes "a < max * b". */
static bool is_all_theirs(struct arena *a, struct hunk *mine,
			  const struct parts *theirs)
{
	if (mine->whole.of != theirs)
		mine->whole =
			(struct part_memo){ theirs,
					    find_all_theirs(a, mine, theirs) };
	return mine->whole.answer;
}

bool parts_meet(struct parts *mine, const struct parts *theirs,
		const struct part_line *line)
{
	enum side side = line->kind == MARK_ADDED;
	enum side their_side = line->their_kind == MARK_ADDED;
	struct hunk *own = hunk_of(mine, line->path, side, line->text);
	struct hunk *other =
		hunk_of(theirs, line->their_path, their_side, line->text);

	if (!own || !other ||
	    hunk_of(theirs, line->their_path, !their_side, line->text))
		return false; /* they only moved it */
	if (goes_along(own, side, theirs, their_side) ||
	    is_everywhere(mine, own, side) ||
	    (side == SIDE_REMOVED && is_repeated_edit(mine, line->text)))
		return false;
	if (side != their_side &&
	    !spans_meet(mine->arena, own, side, other, their_side, line->text))
		return false;
	return (side == SIDE_REMOVED && their_side == SIDE_ADDED &&
		is_all_theirs(mine->arena, own, theirs)) ||
	       change_alike(mine, own, other, side != their_side);
}

static bool is_in_function(const struct hunk *hunk, const char *path,
			   const char *function)
{
	return strs_has(&hunk->functions, function) &&
	       !strcmp(hunk->path, path);
}

bool parts_only_repeat(struct parts *mine, const char *path,
		       const char *function)
{
	size_t repeated = 0;

	for (size_t i = 0; i < mine->hunks.nr; i++) {
		const struct hunk *hunk = &mine->hunks.at[i];
		const struct part_texts *gone = &hunk->sides[SIDE_REMOVED];

		if (!is_in_function(hunk, path, function))
			continue;
		for (size_t j = 0; j < gone->nr; j++)
			if (!is_repeated_edit(mine, gone->at[j].text))
				return false;
		if (!gone->nr)
			return false;
		repeated++;
	}
	return repeated != 0;
}
