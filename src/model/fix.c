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

static int by_fix_place(const void *a, const void *b)
{
	size_t one = ((const struct fix *)a)->at;
	size_t two = (*(const struct fix *const *)b)->at;

	return one < two ? -1 : one > two;
}

/* Whether there is one at that place already. */
static bool is_proposed(const struct fixes *proposed, const struct fix *fix)
{
	size_t low = sorted_first(fix, proposed->at, proposed->nr,
				  sizeof(*proposed->at), by_fix_place);

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

struct doubling {
	struct diags *diags;
	const struct retro *retro;
	fix_named_fn *named;
	void *data;
};

static bool is_fix_word_byte(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* How often it stands in the file as a word of its own. */
static size_t count_fix_number(const struct retro *retro, const char *number)
{
	size_t n = strlen(number), count = 0;

	for (size_t i = 0; i + n <= retro->n && work_do(1); i++) {
		const char *at = retro->bytes + i;

		count += !strncasecmp(at, number, n) &&
			 (!i || !is_fix_word_byte(at[-1])) &&
			 !is_fix_word_byte(at[n]);
	}
	return count;
}

static struct diag *find_told(const struct doubling *d, enum rule_id rule,
			      int line)
{
	for (size_t i = 0; i < d->diags->nr && work_do(1); i++) {
		struct diag *diag = &d->diags->at[i];

		if (diag->pos.line == line && !diag->fix &&
		    !strcmp(diag->rule, rule_table[rule].name))
			return diag;
	}
	return NULL;
}

/* An action or a pitfall. */
struct numbered_place {
	const char *number; /* NULL: it has none */
	size_t at;          /* where that stands */
	int line;
};
struct numbered_places VEC_OF(struct numbered_place);

static bool has_fix_number(const struct numbered_places *all, size_t at,
			   const char *number)
{
	return all->at[at].number && !strcmp(all->at[at].number, number);
}

/* `next`: the first number that is free. */
static void part_doubles(const struct doubling *d, enum rule_id rule,
			 const struct numbered_places *all, long next)
{
	struct arena *a = d->diags->arena;

	for (size_t i = 0; i < all->nr; i++)
		next += !all->at[i].number;
	for (size_t i = 0; i < all->nr; i++) {
		const struct numbered_place *one = &all->at[i];
		struct diag *told =
			one->number ? find_told(d, rule, one->line) : NULL;
		size_t before = 0, has = 0;

		for (size_t j = 0; told && j < all->nr && work_do(4); j++) {
			has += has_fix_number(all, j, one->number);
			before += j < i && has_fix_number(all, j, one->number);
		}
		if (before && has <= SAME_MAX && one->at &&
		    count_fix_number(d->retro, one->number) == has &&
		    !d->named(d->data, d->retro, one->number))
			told->fix = slip_new(
				a, one->at, strlen(one->number),
				arena_printf(a, "%c%ld", *one->number, next++));
	}
}

void fix_doubles(struct diags *diags, const struct retro *retro,
		 fix_named_fn *named, void *data)
{
	const struct doubling d = { diags, retro, named, data };
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
				 one->id,
				 one->id ? body_action_number(retro, one) : 0,
				 one->line });
	}
	for (size_t i = 0; i < pitfalls->nr; i++) {
		const struct pitfall *one = &pitfalls->at[i];

		vec_push(diags->arena, &both[1],
			 (struct numbered_place){
				 one->id,
				 one->id ? body_pitfall_number(retro, one) : 0,
				 one->line });
	}
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
	if (!old || (new && !strcmp(old, new)))
		return true;
	for (size_t i = 0; new &&i < fixes->nr; i++)
		if (fixes->at[i]->at == at &&
		    fixes->at[i]->len == strlen(old) &&
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

/* What these fixes make of the file; false, with nothing in `out`, if that reads
 * otherwise than it is meant. */
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
