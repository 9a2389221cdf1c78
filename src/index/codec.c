/* SPDX-License-Identifier: GPL-2.0-only */
#include "index/codec.h"

#include <string.h>

#include "base/attr.h"
#include "model/read.h"

/* The members, by kind, in the order of the bytes. */
#define TEXT(member) offsetof(struct retro, member)
static const size_t texts[] = {
	TEXT(id),      TEXT(title),         TEXT(owner),   TEXT(range),
	TEXT(url),     TEXT(archive_url),   TEXT(summary), TEXT(company),
	TEXT(product), TEXT(superseded_by),
};
static const size_t lists[] = {
	TEXT(authors),    TEXT(labels),      TEXT(releases),
	TEXT(branches),   TEXT(paths),       TEXT(related),
	TEXT(supersedes), TEXT(seen_before), TEXT(commits.other),
};
static const size_t times[] = { TEXT(started), TEXT(detected), TEXT(mitigated),
				TEXT(resolved) };

/* --- writing --- */

/* Seven bits a byte, the sign in the lowest: most numbers are small. */
static void put_fact_number(struct buf *out, int64_t number)
{
	uint64_t left = (uint64_t)number << 1 ^ (uint64_t)(number >> 63);

	for (; left > 0x7f; left >>= 7)
		buf_addch(out, (char)(left | 0x80));
	buf_addch(out, (char)left);
}

static void put_fact_text(struct buf *out, const char *text)
{
	buf_addch(out, text ? 1 : 0);
	if (text)
		buf_add(out, text, strlen(text) + 1);
}

static void put_fact_list(struct buf *out, const struct strs *list)
{
	put_fact_number(out, (int64_t)list->nr);
	for (size_t i = 0; i < list->nr; i++)
		put_fact_text(out, list->at[i]);
}

static void put_pitfall(struct buf *out, const struct pitfall *pitfall)
{
	put_fact_text(out, pitfall->id);
	put_fact_text(out, pitfall->text);
	put_fact_number(out, pitfall->line);
	put_fact_list(out, &pitfall->paths);
}

static void put_action(struct buf *out, const struct action *action)
{
	put_fact_number(out, action->state);
	put_fact_text(out, action->id);
	put_fact_text(out, action->text);
	put_fact_text(out, action->owner);
	put_fact_number(out, action->due);
	put_fact_text(out, action->priority);
	put_fact_text(out, action->done);
	put_fact_text(out, action->reason);
	put_fact_number(out, action->line);
	put_fact_number(out, (int64_t)action->box_at);
}

void codec_write_body(struct buf *out, const struct body *body)
{
	put_fact_number(out, (int64_t)body->sections.nr);
	for (size_t i = 0; i < body->sections.nr; i++) {
		put_fact_number(out, body->sections.at[i].key);
		put_fact_number(out, body->sections.at[i].line);
	}
	put_fact_number(out, (int64_t)body->pitfalls.nr);
	for (size_t i = 0; i < body->pitfalls.nr; i++)
		put_pitfall(out, &body->pitfalls.at[i]);
	put_fact_number(out, (int64_t)body->actions.nr);
	for (size_t i = 0; i < body->actions.nr; i++)
		put_action(out, &body->actions.at[i]);
}

/* The other commits are the retro's. */
static void put_problem(struct buf *out, const struct problem *problem)
{
	put_fact_text(out, problem->pitfall);
	for (enum link_role role = LINK_CAUSE; role < LINK_OTHER; role++)
		put_fact_list(out, links_of(&problem->commits, role));
	put_fact_list(out, &problem->guard);
}

void codec_write(struct buf *out, const struct retro *retro)
{
	const char *base = (const char *)retro;

	put_fact_number(out, retro->has_id);
	put_fact_number(out, retro->date);
	put_fact_number(out, retro->status);
	put_fact_number(out, retro->kind);
	put_fact_number(out, retro->severity);
	put_fact_number(out, (int64_t)retro->front.body);
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		put_fact_text(out, *(const char *const *)(base + texts[i]));
	for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
		put_fact_list(out, (const struct strs *)(base + lists[i]));
	for (size_t i = 0; i < ARRAY_SIZE(times); i++) {
		const struct field_time *time =
			(const struct field_time *)(base + times[i]);

		put_fact_number(out, time->known);
		put_fact_number(out, time->at.seconds);
		put_fact_number(out, time->at.zone);
	}
	put_fact_number(out, (int64_t)retro->problems.nr);
	for (size_t i = 0; i < retro->problems.nr; i++)
		put_problem(out, &retro->problems.at[i]);
}

/* --- reading --- */

struct reader {
	struct arena *a;
	const char *at, *end;
	bool bad;
};

static int64_t get_number(struct reader *r)
{
	uint64_t number = 0;

	for (unsigned shift = 0; r->at < r->end && shift < 64; shift += 7) {
		unsigned char byte = (unsigned char)*r->at++;

		number |= (uint64_t)(byte & 0x7f) << shift;
		if (byte < 0x80)
			return (int64_t)(number >> 1 ^ -(number & 1));
	}
	r->bad = true;
	return 0;
}

static const char *get_text(struct reader *r)
{
	const char *text = r->at + 1, *nul;

	if (r->at == r->end) {
		r->bad = true;
		return NULL;
	}
	if (!*r->at++)
		return NULL;
	nul = memchr(r->at, '\0', (size_t)(r->end - r->at));
	if (!nul) {
		r->bad = true;
		return NULL;
	}
	r->at = nul + 1;
	return text;
}

/* How many items follow; each takes at least a byte. */
static size_t get_count(struct reader *r)
{
	int64_t count = get_number(r);

	if (count < 0 || count > r->end - r->at) {
		r->bad = true;
		return 0;
	}
	return (size_t)count;
}

static void get_list(struct reader *r, struct strs *list)
{
	size_t nr = get_count(r);

	if (!nr)
		return;
	list->at = arena_alloc(r->a, nr * sizeof(*list->at));
	list->nr = list->cap = nr;
	for (size_t i = 0; i < nr; i++) {
		list->at[i] = get_text(r);
		r->bad |= !list->at[i];
	}
}

/* Room for as many as there are, in an empty list. */
#define MAKE_ROOM(r, list, count)                                              \
	((list)->at = arena_alloc((r)->a, (count) * sizeof(*(list)->at)),      \
	 (list)->cap = (count))

static void get_sections(struct reader *r, struct sections *sections)
{
	size_t nr = get_count(r);

	MAKE_ROOM(r, sections, nr);
	for (; sections->nr < nr && !r->bad; sections->nr++) {
		struct section *section = &sections->at[sections->nr];

		section->key = (enum section_key)get_number(r);
		section->line = (int)get_number(r);
		r->bad |= (unsigned)section->key >= SECTION_COUNT;
	}
}

static void get_pitfall(struct reader *r, struct pitfall *pitfall)
{
	pitfall->id = get_text(r);
	pitfall->text = get_text(r);
	pitfall->line = (int)get_number(r);
	get_list(r, &pitfall->paths);
	r->bad |= !pitfall->text;
}

static void get_action(struct reader *r, struct action *action)
{
	action->state = (enum action_state)get_number(r);
	action->id = get_text(r);
	action->text = get_text(r);
	action->owner = get_text(r);
	action->due = (int32_t)get_number(r);
	action->priority = get_text(r);
	action->done = get_text(r);
	action->reason = get_text(r);
	action->line = (int)get_number(r);
	action->box_at = (size_t)get_number(r);
	r->bad |= !action->text || (unsigned)action->state > ACTION_DECLINED;
}

struct body *codec_read_body(struct arena *a, const char *bytes, size_t n)
{
	struct reader r = { a, bytes, bytes + n, false };
	struct body *body = arena_alloc(a, sizeof(*body));
	size_t nr;

	get_sections(&r, &body->sections);
	nr = get_count(&r);
	MAKE_ROOM(&r, &body->pitfalls, nr);
	for (; body->pitfalls.nr < nr && !r.bad; body->pitfalls.nr++)
		get_pitfall(&r, &body->pitfalls.at[body->pitfalls.nr]);
	nr = get_count(&r);
	MAKE_ROOM(&r, &body->actions, nr);
	for (; body->actions.nr < nr && !r.bad; body->actions.nr++)
		get_action(&r, &body->actions.at[body->actions.nr]);
	return r.bad || r.at != r.end ? NULL : body;
}

static void get_problem(struct reader *r, struct problem *problem)
{
	problem->pitfall = get_text(r);
	for (enum link_role role = LINK_CAUSE; role < LINK_OTHER; role++)
		get_list(r, links_list(&problem->commits, role));
	get_list(r, &problem->guard);
}

static void get_problems(struct reader *r, struct retro *retro)
{
	size_t nr = get_count(r);

	MAKE_ROOM(r, &retro->problems, nr);
	for (; retro->problems.nr < nr && !r->bad; retro->problems.nr++) {
		struct problem *problem =
			&retro->problems.at[retro->problems.nr];

		get_problem(r, problem);
		if (!r->bad)
			retro_add_links(retro, r->a, problem);
	}
}

static void get_fields(struct reader *r, struct retro *retro)
{
	char *base = (char *)retro;

	retro->has_id = get_number(r);
	retro->date = (int32_t)get_number(r);
	retro->status = (enum status)get_number(r);
	retro->kind = (enum kind)get_number(r);
	retro->severity = (int)get_number(r);
	retro->front.body = (size_t)get_number(r);
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		*(const char **)(base + texts[i]) = get_text(r);
	for (size_t i = 0; i < ARRAY_SIZE(lists) && !r->bad; i++)
		get_list(r, (struct strs *)(base + lists[i]));
	for (size_t i = 0; i < ARRAY_SIZE(times); i++) {
		struct field_time *time =
			(struct field_time *)(base + times[i]);

		time->known = get_number(r);
		time->at.seconds = get_number(r);
		time->at.zone = (int)get_number(r);
	}
	get_problems(r, retro);
	r->bad |= (unsigned)retro->status > STATUS_WAIVED ||
		  (unsigned)retro->kind > KIND_PROJECT;
}

struct retro *codec_read(struct arena *a, const char *path, const char *bytes,
			 size_t n)
{
	struct reader r = { a, bytes, bytes + n, false };
	struct retro *retro = arena_alloc(a, sizeof(*retro));

	retro->path = path;
	get_fields(&r, retro);
	if (r.bad || r.at != r.end)
		return NULL;
	read_path(retro, a);
	return retro;
}
