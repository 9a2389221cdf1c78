/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/fix.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/sorted.h"
#include "base/text.h"
#include "base/work.h"
#include "model/action_list.h"
#include "model/conflict.h"
#include "model/field.h"
#include "model/graft.h"
#include "model/read.h"
#include "model/rules.h"
#include "model/section.h"
#include "model/slip.h"
#include "model/splice.h"
#include "model/template.h"

const struct fix *fix_key(struct arena *a, const struct retro *retro,
			  const struct node *key)
{
	struct strs known = { 0 };
	const char *meant;

	field_names(&known, a);
	meant = slip_nearest(key->text, &known);
	if (!meant)
		return NULL;
	for (size_t i = 0; i < retro->map->nr; i++)
		if (field_find(retro->map->pairs[i].key->text) ==
		    field_find(meant))
			return NULL;
	return slip_replace(a, key, meant);
}

/* The value that the file itself gives a field; NULL if it does not. */
static const char *derived(struct arena *a, const struct retro *retro,
			   const char *key)
{
	const struct md *md = retro->body->doc->first;
	struct buf text = BUF_INIT;
	const char *value = NULL;
	int32_t day;

	if (!strcmp(key, "date"))
		return day_parse(&day, path_base(retro->path))
			       ? day_format(a, day)
			       : NULL;
	/* What a section is called, or meant to be, is not the title. */
	while (md && md->type != MD_HEADING)
		md = md->next;
	if (strcmp(key, "title") != 0 || !md || md->level > 1)
		return NULL;
	md_plain(&text, md);
	if (text.n && !section_is_name(a, text.p)) {
		struct buf scalar = BUF_INIT;

		yaml_scalar(&scalar, text.p);
		value = arena_strdup(a, scalar.p);
		buf_release(&scalar);
	}
	buf_release(&text);
	return value;
}

const struct fix *fix_field(struct arena *a, const struct retro *retro,
			    const char *key)
{
	const struct pair *id = field_pair(field_find("id"), retro);
	const char *value = derived(a, retro, key), *eol;

	if (!value || !id || retro->map->flow ||
	    field_pair(field_find(key), retro))
		return NULL;
	eol = memchr(retro->bytes + id->value->end.byte, '\n',
		     retro->n - id->value->end.byte);
	if (!eol)
		return NULL;
	return slip_new(a, (size_t)(eol + 1 - retro->bytes), 0,
			arena_printf(a, "%s: %s%s", key, value,
				     retro->front.crlf ? "\r\n" : "\n"));
}

/* What a box's item lacks, from its mark on. */
static const struct fix *fix_task(struct arena *a, const struct retro *retro,
				  const struct action *action,
				  const char *number)
{
	size_t box = action->box_at, close, to;
	bool empty;

	if (!box || box + 1 >= retro->n)
		return NULL;
	empty = retro->bytes[box] == ']';
	close = box + !empty;
	to = close + 1 + strspn(retro->bytes + close + 1, " \t");
	if (retro->bytes[close] != ']')
		return NULL;
	if (empty || to == close + 1)
		return slip_new(a, box, to - box,
				arena_printf(a, "%c] %s",
					     empty ? ' ' : retro->bytes[box],
					     number));
	return *number ? slip_new(a, to, 0, number) : NULL;
}

const struct fix *fix_action(struct arena *a, const struct retro *retro,
			     const struct action *action, long number)
{
	static const char *const boxes[] = { [ACTION_OPEN] = "[ ] ",
					     [ACTION_DONE] = "[x] ",
					     [ACTION_DECLINED] = "[-] " };
	const char *text = number ? arena_printf(a, "A%ld: ", number) : "";

	if (action->form == ACTION_TASK)
		return fix_task(a, retro, action, text);
	if (action->form == ACTION_PLAIN)
		text = arena_printf(a, "%s%s", boxes[action->state], text);
	return action->words.n && *text ? slip_new(a, action->words.at, 0, text)
					: NULL;
}

const struct fix *fix_pitfall(struct arena *a, const struct retro *retro,
			      const struct pitfall *pitfall, long number)
{
	return pitfall->at && pitfall->at <= retro->n
		       ? slip_new(a, pitfall->at, 0,
				  arena_printf(a, "P%ld: ", number))
		       : NULL;
}

struct fixes VEC_OF(const struct fix *);

static int compare_fixes(const void *a, const void *b)
{
	const struct fix *one = *(const struct fix *const *)a;
	const struct fix *other = *(const struct fix *const *)b;

	if (one->at != other->at)
		return one->at < other->at ? -1 : 1;
	return (one->len > other->len) - (one->len < other->len);
}

/* Those of the retro, in the file's order. */
static void collect_proposed(struct fixes *out, struct arena *a,
			     const struct retro *retro,
			     const struct diags *diags)
{
	for (size_t i = 0; i < diags->nr; i++)
		if (diags->at[i].fix && !strcmp(diags->at[i].path, retro->path))
			vec_push(a, out, diags->at[i].fix);
	if (out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), compare_fixes);
}

static int by_fixed_place(const void *place, const void *fix)
{
	size_t at = (*(const struct fix *const *)fix)->at;

	return *(const size_t *)place < at ? -1 : *(const size_t *)place > at;
}

/* Whether there is one at that place already. */
static bool is_proposed(const struct fixes *proposed, const struct fix *fix)
{
	size_t low = sorted_first(&fix->at, proposed->at, proposed->nr,
				  sizeof(*proposed->at), by_fixed_place);

	return low < proposed->nr && proposed->at[low]->at == fix->at;
}

bool fix_numbers_pitfalls(const struct retro *retro)
{
	const struct pitfalls *pitfalls = &retro->body->pitfalls;

	for (size_t i = 0; retro->has_id && i < pitfalls->nr; i++)
		if (!pitfalls->at[i].id)
			return true;
	return false;
}

void fix_pitfalls(struct diags *diags, const struct retro *retro)
{
	const struct pitfalls *pitfalls = &retro->body->pitfalls;
	long next = pitfall_next(pitfalls);
	struct fixes proposed = { 0 };

	if (!fix_numbers_pitfalls(retro))
		return;
	collect_proposed(&proposed, diags->arena, retro, diags);
	for (size_t i = 0; i < pitfalls->nr; i++) {
		const struct fix *fix;

		if (pitfalls->at[i].id)
			continue;
		fix = fix_pitfall(diags->arena, retro, &pitfalls->at[i],
				  next++);
		if (!fix || is_proposed(&proposed, fix))
			continue;
		vec_push(diags->arena, diags,
			 (struct diag){
				 .path = retro->path,
				 .pos = { 0, pitfalls->at[i].line, 1 },
				 .level = DIAG_NOTE,
				 .rule = rule_table[RULE_PITFALL_NUMBER].name,
				 .text = "the pitfall has no number",
				 .fix = fix });
	}
}

/* --- numbers that stand there twice --- */

/* More things of one number are no accident of a merge. */
#define SAME_MAX 8

static bool is_fix_word_byte(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* An action or a pitfall. */
struct numbered_place {
	const char *number; /* NULL: it has none */
	size_t at;          /* where that stands */
	int line;
	size_t before, has; /* that have the same: before it, and all */
};
struct numbered_places VEC_OF(struct numbered_place);

/* The words of a file that begin as numbers do, sorted. */
struct fix_words VEC_OF(struct sorted_key);

static int compare_words(const void *a, const void *b)
{
	const struct sorted_key *one = a, *other = b;

	if (one->n != other->n)
		return one->n < other->n ? -1 : 1;
	return strncasecmp(one->text, other->text, one->n);
}

static void list_fix_words(struct fix_words *out, struct arena *a,
			   const struct retro *retro)
{
	for (size_t i = 0, n; i < retro->n && work_do(1); i += n + 1) {
		const char *at = retro->bytes + i;

		for (n = 0; i + n < retro->n && is_fix_word_byte(at[n]);)
			n++;
		if (n > 1 && isalpha((unsigned char)at[0]) &&
		    isdigit((unsigned char)at[1]))
			vec_push(a, out, (struct sorted_key){ at, n });
	}
	if (out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), compare_words);
}

/* How often it stands in the file as a word of its own. */
static size_t count_fix_number(const struct fix_words *words,
			       const char *number)
{
	const struct sorted_key key = { number, strlen(number) };
	size_t first = sorted_first(&key, words->at, words->nr,
				    sizeof(*words->at), compare_words);
	size_t at = first;

	while (at < words->nr && !compare_words(&key, &words->at[at]))
		at++;
	return at - first;
}

/* What diagnostics of one rule tell, by line. */
struct told VEC_OF(struct diag *);

static int compare_told(const void *a, const void *b)
{
	const struct diag *one = *(struct diag *const *)a;
	const struct diag *other = *(struct diag *const *)b;

	if (one->pos.line != other->pos.line)
		return one->pos.line < other->pos.line ? -1 : 1;
	return (one > other) - (one < other);
}

static void list_told(struct told *out, const struct diags *diags,
		      enum rule_id rule)
{
	for (size_t i = 0; i < diags->nr; i++)
		if (!strcmp(diags->at[i].rule, rule_table[rule].name))
			vec_push(diags->arena, out, &diags->at[i]);
	if (out->nr)
		qsort(out->at, out->nr, sizeof(struct diag *), compare_told);
}

static int by_told_line(const void *line, const void *told)
{
	int at = (*(struct diag *const *)told)->pos.line;

	return *(const int *)line < at ? -1 : *(const int *)line > at;
}

static struct diag *find_told(const struct told *told, int line)
{
	size_t at = sorted_first(&line, told->at, told->nr,
				 sizeof(struct diag *), by_told_line);

	while (at < told->nr && told->at[at]->pos.line == line &&
	       told->at[at]->fix)
		at++;
	return at < told->nr && told->at[at]->pos.line == line ? told->at[at]
							       : NULL;
}

static int compare_fix_numbers(const void *a, const void *b)
{
	const struct numbered_place *one = *(struct numbered_place *const *)a;
	const struct numbered_place *other = *(struct numbered_place *const *)b;
	int order = strcmp(one->number, other->number);

	return order ? order : (one > other) - (one < other);
}

static void count_namesakes(struct numbered_places *all, struct arena *a)
{
	struct VEC_OF(struct numbered_place *) sorted = { 0 };

	for (size_t i = 0; i < all->nr; i++)
		if (all->at[i].number)
			vec_push(a, &sorted, &all->at[i]);
	if (sorted.nr)
		qsort(sorted.at, sorted.nr, sizeof(*sorted.at),
		      compare_fix_numbers);
	for (size_t i = 0, end; i < sorted.nr; i = end) {
		for (end = i; end < sorted.nr && !strcmp(sorted.at[end]->number,
							 sorted.at[i]->number);)
			end++;
		for (size_t j = i; j < end; j++) {
			sorted.at[j]->before = j - i;
			sorted.at[j]->has = end - i;
		}
	}
}

struct doubling {
	struct diags *diags;
	const struct retro *retro;
	struct fix_words words;
	fix_named_fn *named;
	void *data;
};

/* `next`: the first number that is free. */
static void part_doubles(const struct doubling *d, enum rule_id rule,
			 struct numbered_places *all, long next)
{
	struct arena *a = d->diags->arena;
	struct told told = { 0 };

	list_told(&told, d->diags, rule);
	count_namesakes(all, a);
	for (size_t i = 0; i < all->nr; i++)
		next += !all->at[i].number;
	for (size_t i = 0; i < all->nr; i++) {
		const struct numbered_place *one = &all->at[i];
		struct diag *diag =
			one->before ? find_told(&told, one->line) : NULL;

		if (diag && one->has <= SAME_MAX && one->at &&
		    count_fix_number(&d->words, one->number) == one->has &&
		    !d->named(d->data, d->retro, one->number))
			diag->fix = slip_new(
				a, one->at, strlen(one->number),
				arena_printf(a, "%c%ld", *one->number, next++));
	}
}

void fix_doubles(struct diags *diags, const struct retro *retro,
		 fix_named_fn *named, void *data)
{
	struct doubling d = {
		.diags = diags, .retro = retro, .named = named, .data = data
	};
	const struct actions *actions = &retro->body->actions;
	const struct pitfalls *pitfalls = &retro->body->pitfalls;
	struct numbered_places both[2] = { 0 };
	size_t at;

	/* One of the two may go once it is resolved. */
	if (conflict_find(&at, retro->bytes, retro->n))
		return;
	for (size_t i = 0; i < actions->nr; i++) {
		const struct action *one = &actions->at[i];

		vec_push(diags->arena, &both[0],
			 (struct numbered_place){
				 .number = one->id,
				 .at = one->id ? body_action_number(retro, one)
					       : 0,
				 .line = one->line });
	}
	for (size_t i = 0; i < pitfalls->nr; i++) {
		const struct pitfall *one = &pitfalls->at[i];

		vec_push(diags->arena, &both[1],
			 (struct numbered_place){
				 .number = one->id,
				 .at = one->id ? body_pitfall_number(retro, one)
					       : 0,
				 .line = one->line });
	}
	list_fix_words(&d.words, diags->arena, retro);
	part_doubles(&d, RULE_ACTION, &both[0], action_list_next(actions));
	part_doubles(&d, RULE_PITFALL, &both[1], pitfall_next(pitfalls));
}

/* --- putting it right --- */

/* In the file's order, what is put in before what is replaced there; of two
 * that meet the first. */
static void collect_fixes(struct fixes *out, struct arena *a,
			  const struct retro *retro, const struct diags *diags)
{
	size_t kept = 0;

	collect_proposed(out, a, retro, diags);
	for (size_t i = 0; i < out->nr; i++) {
		const struct fix *last = kept ? out->at[kept - 1] : NULL;

		if (!last || out->at[i]->at >= last->at + last->len)
			out->at[kept++] = out->at[i];
	}
	out->nr = kept;
}

static bool touches(const struct fixes *fixes, const struct pair *pair)
{
	for (size_t i = 0; i < fixes->nr; i++)
		if (fixes->at[i]->len &&
		    fixes->at[i]->at >= pair->key->start.byte &&
		    fixes->at[i]->at < pair->value->end.byte)
			return true;
	return false;
}

static bool same_key(const struct pair *a, const struct pair *b)
{
	return !strcmp(a->key->text, b->key->text) &&
	       node_is_same(a->value, b->value);
}

/* Whether the fields are the old ones, but for those that were fixed and as
 * many new ones as were put in. */
static bool same_fields(const struct node *old, const struct node *new,
			const struct fixes *fixes, size_t added)
{
	size_t j = 0;

	if (!old || !new)
		return !old && !new;
	for (size_t i = 0; i < old->nr; i++, j++) {
		for (; j < new->nr &&added &&
		       !same_key(&old->pairs[i], &new->pairs[j]) &&
		       !touches(fixes, &old->pairs[i]);
		     added--)
			j++;
		if (j >= new->nr ||
		    (!same_key(&old->pairs[i], &new->pairs[j]) &&
		     !touches(fixes, &old->pairs[i])))
			return false;
	}
	return new->nr - j == added;
}

/* But for one that it got, or another one that is meant. */
static bool same_number(const char *old, const char *new, size_t at,
			const struct fixes *fixes)
{
	size_t i;

	if (!old || (new && !strcmp(old, new)))
		return true;
	i = sorted_first(&at, fixes->at, fixes->nr, sizeof(*fixes->at),
			 by_fixed_place);
	for (; new &&i < fixes->nr && fixes->at[i]->at == at; i++)
		if (fixes->at[i]->len == strlen(old) &&
		    !strcmp(fixes->at[i]->text, new))
			return true;
	return false;
}

static bool same_pitfalls(const struct retro *retro, const struct pitfalls *new,
			  const struct fixes *fixes)
{
	const struct pitfalls *old = &retro->body->pitfalls;

	for (size_t i = 0; i < old->nr; i++)
		if (strcmp(old->at[i].text, new->at[i].text) != 0 ||
		    (old->at[i].id &&
		     !same_number(old->at[i].id, new->at[i].id,
				  body_pitfall_number(retro, &old->at[i]),
				  fixes)))
			return false;
	return true;
}

static bool same_actions(const struct retro *retro, const struct body *new,
			 const struct fixes *fixes)
{
	const struct body *old = retro->body;

	if (old->actions.nr != new->actions.nr ||
	    old->pitfalls.nr != new->pitfalls.nr ||
	    old->sections.nr != new->sections.nr)
		return false;
	for (size_t i = 0; i < old->actions.nr; i++)
		if (old->actions.at[i].state != new->actions.at[i].state ||
		    strcmp(old->actions.at[i].text, new->actions.at[i].text) ||
		    (old->actions.at[i].id &&
		     !same_number(
			     old->actions.at[i].id, new->actions.at[i].id,
			     body_action_number(retro, &old->actions.at[i]),
			     fixes)))
			return false;
	return same_pitfalls(retro, &new->pitfalls, fixes);
}

/* Whether the new bytes read as the old ones but for the fixes. */
static bool reads_well(struct arena *a, const struct retro *retro,
		       const struct policy *policy, const struct buf *bytes,
		       const struct fixes *fixes)
{
	struct diags diags = { .arena = a };
	const char *text = arena_strndup(a, bytes->p, bytes->n);
	struct retro *new = read_retro(a, &diags, retro->path, text, bytes->n);
	size_t added = 0, in_body = 0;

	for (size_t i = 0; i < fixes->nr; i++) {
		bool front = fixes->at[i]->at < retro->front.body;

		added += front && !fixes->at[i]->len;
		in_body += !front;
	}
	if (!same_fields(retro->map, new->map, fixes, added))
		return false;
	if (in_body)
		return same_actions(retro, body_read(new, a, &diags, policy),
				    fixes);
	return retro->n - retro->front.body == new->n - new->front.body &&
	       !memcmp(retro->bytes + retro->front.body,
		       new->bytes + new->front.body,
		       retro->n - retro->front.body);
}

/* What these fixes make of the file; false, with nothing in `out`, if that
 * reads otherwise than it is meant. */
static bool try_fixes(struct buf *out, const struct retro *retro,
		      const struct policy *policy, const struct fixes *fixes)
{
	struct arena a = ARENA_INIT;
	struct cutter cut = { .a = &a,
			      .bytes = retro->bytes,
			      .n = retro->n,
			      .eol = retro->front.crlf ? "\r\n" : "\n" };
	bool good;

	for (size_t i = 0; i < fixes->nr; i++)
		cutter_splice(&cut, fixes->at[i]->at, fixes->at[i]->len,
			      fixes->at[i]->text);
	cutter_apply(out, &cut);
	good = reads_well(&a, retro, policy, out, fixes);
	if (!good)
		buf_reset(out);
	arena_release(&a);
	return good;
}

/* Of those that do not go together, the ones that do. Each try reads the file:
 * so many bytes are read at most, and what is left out then stays a finding. */
#define TRIED_MAX ((size_t)4 << 20)

struct chooser {
	struct arena *a;
	const struct retro *retro;
	const struct policy *policy;
	struct fixes chosen;
	size_t tried; /* bytes */
};

static void choose_among(struct chooser *c, const struct fix *const *fixes,
			 size_t nr)
{
	struct buf ignored = BUF_INIT;
	struct fixes more = { 0 };
	bool good;

	if (!nr || c->tried > TRIED_MAX)
		return;
	c->tried += c->retro->n;
	for (size_t i = 0; i < c->chosen.nr; i++)
		vec_push(c->a, &more, c->chosen.at[i]);
	for (size_t i = 0; i < nr; i++)
		vec_push(c->a, &more, fixes[i]);
	qsort(more.at, more.nr, sizeof(*more.at), compare_fixes);
	good = try_fixes(&ignored, c->retro, c->policy, &more);
	buf_release(&ignored);
	if (good) {
		c->chosen = more;
	} else if (nr > 1) {
		choose_among(c, fixes, nr / 2);
		choose_among(c, fixes + nr / 2, nr - nr / 2);
	}
}

/* As of two keys that both mean `title`: what a person wrote comes before what
 * is only derived. */
static void choose_fixes(struct chooser *c, const struct fixes *all)
{
	for (int added = 0; added < 2; added++) {
		struct fixes some = { 0 };

		for (size_t i = 0; i < all->nr; i++)
			if ((all->at[i]->len == 0) == (added == 1))
				vec_push(c->a, &some, all->at[i]);
		choose_among(c, some.at, some.nr);
	}
}

struct err *fix_apply(struct buf *out, size_t *count, struct arena *a,
		      const struct retro *retro, const struct policy *policy,
		      const struct diags *diags)
{
	struct chooser c = { .a = a, .retro = retro, .policy = policy };
	struct fixes all = { 0 };

	collect_fixes(&all, a, retro, diags);
	*count = all.nr;
	if (try_fixes(out, retro, policy, &all))
		return NULL;
	choose_fixes(&c, &all);
	*count = c.chosen.nr;
	if (c.chosen.nr && try_fixes(out, retro, policy, &c.chosen))
		return NULL;
	*count = 0;
	return err_hint(err_new(ERR_UNSUPPORTED,
				_("cannot fix %s automatically"), retro->path),
			_("please edit it by hand"));
}
