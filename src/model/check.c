/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/check.h"
#include "base/i18n.h"
#include "base/phrase.h"
#include "model/action_list.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/sorted.h"
#include "base/text.h"
#include "model/allow.h"
#include "model/blame.h"
#include "model/body.h"
#include "model/entry.h"
#include "model/field.h"
#include "model/fix.h"
#include "model/instruction.h"
#include "model/links.h"
#include "model/secret.h"

/* A longer key is not worth a did-you-mean. Bytes. */
#define KEY_MAX 64

/* What git abbreviates ids to, at least. */
#define ABBREV_MIN 7

static void PRINTF(5, 6)
	say(enum rule_id rule, struct check_input *in, struct pos pos,
	    const char *hint, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	diag_add_phrase(in->diags, rule, in->retro->path, pos, hint,
			phrase_packv(in->arena, fmt, ap));
	va_end(ap);
}

static struct pos top_of_file(void)
{
	return (struct pos){ 0, 1, 1 };
}

/* The node whose very text (by address, not by letters) this is. */
static const struct node *find_text_node(const struct node *node,
					 const char *text)
{
	const struct node *found = NULL;

	if (!node || node->text == text)
		return node;
	for (size_t i = 0; !found && i < node->nr; i++)
		found = find_text_node(node->kind == NODE_MAP
					       ? node->pairs[i].value
					       : node->items[i],
				       text);
	return found;
}

/* Where a value of a field stands: fields have the nodes' own strings. */
static struct pos place_of_text(const struct check_input *in, const char *text)
{
	const struct node *node = find_text_node(in->retro->map, text);

	return node ? node->start : top_of_file();
}

/* Where a field's value starts. */
static struct pos place_of_field(const struct check_input *in, const char *key)
{
	const struct pair *pair = field_pair(field_find(key), in->retro);

	return pair ? pair->value->start : top_of_file();
}

/* --- the front matter --- */

static void check_required_field(enum rule_id rule, struct check_input *in)
{
	static const struct {
		const char *key, *hint;
	} fields[] = {
		{ "title", N_("add a line 'title: ...' to the front matter") },
		{ "date",
		  N_("add a line 'date: 2026-11-24' to the front matter") },
		{ "status",
		  N_("add a line 'status: draft' to the front matter") },
	};

	for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
		const struct pair *pair =
			field_pair(field_find(fields[i].key), in->retro);

		if (!pair || node_is_null(pair->value))
			say(rule, in, pair ? pair->key->start : top_of_file(),
			    fields[i].hint, N_("the field '%s' is missing"),
			    fields[i].key);
		else
			continue;
		diag_fix(in->diags,
			 fix_field(in->arena, in->retro, fields[i].key));
	}
}

static const char *nearest_field(struct arena *a, const char *key)
{
	struct strs known = { 0 };
	const char *near;

	if (strlen(key) > KEY_MAX)
		return NULL;
	field_names(&known, a);
	near = text_nearest(key, &known);
	return near ? phrase_pack(a, N_("did you mean '%s'?"), near) : NULL;
}

/* Keys that no field has: those that look like one (`near`), or the others. */
static void each_unknown(enum rule_id rule, struct check_input *in, bool near)
{
	const struct node *map = in->retro->map;

	for (size_t i = 0; map && i < map->nr; i++) {
		const struct node *key = map->pairs[i].key;
		const char *hint;

		if (field_find(key->text) || strncmp(key->text, "x-", 2) == 0)
			continue;
		hint = nearest_field(in->arena, key->text);
		if (!hint == near)
			continue;
		say(rule, in, key->start, hint, N_("unknown key '%s'"),
		    key->text);
		diag_fix(in->diags, fix_key(in->arena, in->retro, key));
	}
}

static void check_unknown_key(enum rule_id rule, struct check_input *in)
{
	each_unknown(rule, in, true);
}

static void check_own_key(enum rule_id rule, struct check_input *in)
{
	each_unknown(rule, in, false);
}

/* Letters and digits of any script, and `-`, `_`, `.` between them. */
static bool good_id(struct arena *a, const char *id)
{
	size_t n = strlen(id), len;

	if (strchr("-.", *id) || strstr(id, ".."))
		return false;
	for (size_t i = 0; i < n; i += len) {
		int c = text_decode(id + i, n - i, &len);

		if (c < 0)
			return false;
		if (c < 0x80 && !isalnum(c) && !strchr("-_.", c))
			return false;
		/* A slug has nothing of what is not a letter or digit. */
		if (c >= 0x80 &&
		    strcmp(text_slug(a, arena_strndup(a, id + i, len), 8),
			   "retro") == 0)
			return false;
	}
	return true;
}

static void check_id(enum rule_id rule, struct check_input *in)
{
	if (in->retro->has_id && !good_id(in->arena, in->retro->id))
		say(rule, in, place_of_field(in, "id"), NULL,
		    N_("'%s' is not a valid id"), in->retro->id);
}

/* Where one of the two is a day, the other may be at any time of it. */
static bool is_before(const struct field_time *one,
		      const struct field_time *other)
{
	if (one->part == MOMENT_DAY || other->part == MOMENT_DAY)
		return day_of(one->at) < day_of(other->at);
	return one->at.seconds < other->at.seconds;
}

/* The times in the order in which they come. */
static void check_time_order(enum rule_id rule, struct check_input *in)
{
	struct field_time *times[RETRO_TIMES];
	size_t last = 0;

	retro_times(times, in->retro);
	for (size_t i = 0; i < RETRO_TIMES; i++) {
		if (!times[i]->known)
			continue;
		if (times[last]->known && is_before(times[i], times[last]))
			say(rule, in, place_of_field(in, retro_time_keys[i]),
			    NULL, N_("'%s' is before '%s'"), retro_time_keys[i],
			    retro_time_keys[last]);
		last = i;
	}
}

static void check_time_zone(enum rule_id rule, struct check_input *in)
{
	struct field_time *times[RETRO_TIMES];

	retro_times(times, in->retro);
	for (size_t i = 0; i < RETRO_TIMES; i++) {
		const char *time = moment_human(in->arena, times[i]->at);

		if (times[i]->known && times[i]->part == MOMENT_ZONELESS)
			say(rule, in, place_of_field(in, retro_time_keys[i]),
			    phrase_pack(in->arena, N_("write it as '%s'"),
					time),
			    N_("'%s' has no time zone and is read as %s"),
			    retro_time_keys[i], time);
	}
}

/* Two names with two dots between, and no blank. */
static void check_range(enum rule_id rule, struct check_input *in)
{
	const char *range = in->retro->range;
	const char *dots = range ? strstr(range, "..") : NULL;

	if (!range || (dots && dots > range && dots[2] && dots[2] != '.' &&
		       !strstr(dots + 2, "..") && !strpbrk(range, " \t\n")))
		return;
	say(rule, in, place_of_text(in, range), NULL,
	    N_("'%s' is not a valid range of commits"), range);
}

static void check_range_unresolved(enum rule_id rule, struct check_input *in)
{
	const char *range = in->retro->range, *ends[2];

	if (!in->resolver || !in->resolver->rev ||
	    !retro_range_ends(ends, in->arena, range))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		if (*ends[i] &&
		    in->resolver->rev(in->resolver->data, ends[i]) == 0)
			say(rule, in, place_of_text(in, range), NULL,
			    N_("unknown revision '%s'"), ends[i]);
}

/* The node of a metric, by its number. */
static struct pos place_of_metric(const struct check_input *in, size_t i)
{
	const struct pair *pair = field_pair(field_find("metrics"), in->retro);
	const struct node *node = pair ? pair->value : NULL;

	if (node && node->kind == NODE_LIST && i < node->nr)
		node = node->items[i];
	return node ? node->start : top_of_file();
}

static void check_metric(enum rule_id rule, struct check_input *in)
{
	for (size_t i = 0; i < in->retro->metrics.nr; i++) {
		const struct metric *m = &in->retro->metrics.at[i];

		if (!m->name)
			say(rule, in, place_of_metric(in, i),
			    N_("add name: to it"), N_("a metric has no name"));
		if (m->better && strcmp(m->better, "higher") != 0 &&
		    strcmp(m->better, "lower") != 0)
			say(rule, in, place_of_text(in, m->better),
			    N_("write better: higher, or better: lower"),
			    N_("'%s' is neither higher nor lower"), m->better);
	}
}

/* --- links --- */

/* What a commit's id can be: 4 digits of it at least, 64 with SHA-256. */
static bool is_commit_text(const char *s)
{
	size_t n = strspn(s, "0123456789abcdefABCDEF");

	return !s[n] && n >= 4 && n <= 64;
}

static void each_commit(enum rule_id rule, struct check_input *in,
			void (*look)(enum rule_id rule, struct check_input *in,
				     const char *name))
{
	struct strs names = { 0 };

	links_append(&names, in->arena, &in->retro->commits);
	for (size_t i = 0; i < names.nr; i++)
		look(rule, in, names.at[i]);
}

static void look_at_form(enum rule_id rule, struct check_input *in,
			 const char *name)
{
	if (!is_commit_text(name))
		say(rule, in, place_of_text(in, name), NULL,
		    N_("'%s' is not a valid commit id"), name);
}

static void look_in_git(enum rule_id rule, struct check_input *in,
			const char *name)
{
	if (is_commit_text(name) &&
	    in->resolver->commit(in->resolver->data, name) == 0)
		say(rule, in, place_of_text(in, name), NULL,
		    N_("commit %s does not exist or is no longer on any "
		       "branch"),
		    name);
}

static void check_commit_id(enum rule_id rule, struct check_input *in)
{
	each_commit(rule, in, look_at_form);
}

static void check_commit_unresolved(enum rule_id rule, struct check_input *in)
{
	if (in->resolver && in->resolver->commit)
		each_commit(rule, in, look_in_git);
}

/* An abbreviation that git would write is the commit that it begins. */
static bool is_same_commit(const char *one, const char *two)
{
	size_t n = strlen(one), m = strlen(two), least = n < m ? n : m;

	return (n == m || least >= ABBREV_MIN) && !strncasecmp(one, two, least);
}

static void check_cause_and_fix(enum rule_id rule, struct check_input *in)
{
	for (size_t i = 0; i < in->retro->problems.nr; i++) {
		const struct links *links = &in->retro->problems.at[i].commits;

		for (size_t j = 0; j < links->cause.nr; j++)
			for (size_t k = 0; k < links->fix.nr; k++)
				if (is_same_commit(links->cause.at[j],
						   links->fix.at[k]))
					say(rule, in,
					    place_of_text(in, links->fix.at[k]),
					    NULL,
					    N_("commit %s is both a cause and "
					       "a "
					       "fix"),
					    links->fix.at[k]);
	}
}

static void report_no_cause(enum rule_id rule, struct check_input *in,
			    const struct problem *problem)
{
	if (problem->pitfall)
		say(rule, in, problem->map->start, NULL,
		    N_("%s: a fix is linked, but no cause"), problem->pitfall);
	else
		say(rule, in, problem->map->start, NULL,
		    N_("a fix is linked, but no cause"));
}

static void check_cause_missing(enum rule_id rule, struct check_input *in)
{
	for (size_t i = 0; i < in->retro->problems.nr; i++) {
		const struct problem *problem = &in->retro->problems.at[i];
		const struct links *links = &problem->commits;

		if (!links->cause.nr && (links->fix.nr || links->backport.nr))
			report_no_cause(rule, in, problem);
	}
}

static void check_release_unresolved(enum rule_id rule, struct check_input *in)
{
	const struct strs *releases = &in->retro->releases;

	if (!in->resolver || !in->resolver->tag)
		return;
	for (size_t i = 0; i < releases->nr; i++)
		if (in->resolver->tag(in->resolver->data, releases->at[i]) == 0)
			say(rule, in, place_of_text(in, releases->at[i]), NULL,
			    N_("there is no tag '%s'"), releases->at[i]);
}

static void look_up_id(enum rule_id rule, struct check_input *in,
		       const char *id)
{
	if (id && !in->resolver->retro(in->resolver->data, id))
		say(rule, in, place_of_text(in, id), NULL,
		    N_("there is no retro '%s'"), id);
}

/* A retro, or one of its pitfalls. */
static void look_up_problem(enum rule_id rule, struct check_input *in,
			    const char *name)
{
	const char *id, *number;
	const struct retro *retro;

	if (!problem_split(&id, &number, in->arena, name)) {
		look_up_id(rule, in, name);
		return;
	}
	retro = in->resolver->retro(in->resolver->data, id);
	if (!retro)
		say(rule, in, place_of_text(in, name), NULL,
		    N_("there is no retro '%s'"), id);
	else if (retro->body && !body_pitfall(retro->body, number))
		say(rule, in, place_of_text(in, name), NULL,
		    N_("%s has no pitfall %s"), id, number);
}

static void check_retired(enum rule_id rule, struct check_input *in)
{
	const struct retro *r = in->retro;

	for (size_t i = 0; i < r->retired.nr; i++)
		if (!body_pitfall(r->body, r->retired.at[i]))
			say(rule, in, place_of_text(in, r->retired.at[i]), NULL,
			    N_("%s has no pitfall %s"), r->id,
			    r->retired.at[i]);
}

static void check_link_unresolved(enum rule_id rule, struct check_input *in)
{
	const struct retro *r = in->retro;
	const struct strs *lists[] = { &r->related, &r->supersedes };

	if (!in->resolver || !in->resolver->retro)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
		for (size_t j = 0; j < lists[i]->nr; j++)
			look_up_id(rule, in, lists[i]->at[j]);
	for (size_t i = 0; i < r->seen_before.nr; i++)
		look_up_problem(rule, in, r->seen_before.at[i]);
	look_up_id(rule, in, r->superseded_by);
	check_retired(rule, in);
}

/* --- the body --- */

static bool has_letters(const struct md *md)
{
	struct buf text = BUF_INIT;
	bool found;

	md_plain(&text, md);
	found = text.p[strspn(text.p, " \t\n")] != '\0';
	buf_release(&text);
	return found;
}

static int by_checked_line(const void *item, const void *action)
{
	int line = ((const struct md *)item)->line;
	int other = ((const struct action *)action)->line;

	return line < other ? -1 : line > other;
}

/* A task says something if there is more than its number and marks. Actions
 * lie in the file's order. */
static bool task_says(const struct body *body, const struct md *item)
{
	const struct actions *actions = &body->actions;
	size_t low = sorted_first(item, actions->at, actions->nr,
				  sizeof(*actions->at), by_checked_line);

	for (; low < actions->nr && actions->at[low].line == item->line; low++)
		if (actions->at[low].box_at == item->box_at)
			return *actions->at[low].text != '\0';
	return has_letters(item);
}

static bool any_says(const struct body *body, const struct md *first);

/* Whether raw HTML has letters outside of its tags and comments. */
static bool markup_says(const char *p)
{
	while (*p) {
		const char *end = !strncmp(p, "<!--", 4) ? strstr(p, "-->")
				  : *p == '<'            ? strchr(p, '>')
							 : NULL;

		if (*p == '<' && !end)
			return false;
		if (!end &&
		    (isalnum((unsigned char)*p) || (unsigned char)*p >= 0x80))
			return true;
		p = end ? end + 1 : p + 1;
	}
	return false;
}

/* Whether a block contains what a person wrote, and not only what a template
 * asks with: comments, empty items, a table's head. */
static bool says(const struct body *body, const struct md *md)
{
	const struct md *rest = md->first ? md->first->next : NULL;

	switch (md->type) {
	case MD_PARAGRAPH:
	case MD_ROW:
		return has_letters(md);
	case MD_CODE:
		return md->text[strspn(md->text, " \t\r\n")] != '\0';
	case MD_HTML:
		return markup_says(md->text);
	case MD_TABLE:
		return any_says(body, rest);
	case MD_ITEM:
		if (!md->box)
			return any_says(body, md->first);
		return task_says(body, md) || any_says(body, rest);
	case MD_LIST:
	case MD_QUOTE:
		return any_says(body, md->first);
	default:
		return false;
	}
}

static bool any_says(const struct body *body, const struct md *first)
{
	for (; first; first = first->next)
		if (says(body, first))
			return true;
	return false;
}

static bool section_says(const struct body *body, const struct section *section)
{
	for (const struct md *md = section->first; md != section->end;
	     md = md->next)
		if (says(body, md))
			return true;
	return false;
}

/* The section's own heading; NULL if there is none. `*filled`: it, or one
 * under it, says something. */
static const struct section *find_section(const struct body *body,
					  enum section_key key, bool *filled)
{
	const struct section *first = NULL;

	*filled = false;
	for (size_t i = 0; i < body->sections.nr; i++) {
		const struct section *section = &body->sections.at[i];

		if (section->key != key)
			continue;
		if (!first && section->own)
			first = section;
		*filled |= section_says(body, section);
	}
	return first;
}

static bool is_required(const struct check_input *in, enum section_key key)
{
	const struct retro *r = in->retro;

	/* The one-line summary may stand in the front matter as well. */
	if (key == SECTION_SUMMARY && r->summary)
		return false;
	return in->policy && in->policy->required[r->status][key];
}

static void check_required_section(enum rule_id rule, struct check_input *in)
{
	bool filled;

	for (size_t i = 1; i < SECTION_COUNT; i++) {
		enum section_key key = (enum section_key)i;
		const char *name = section_name(key);

		if (!is_required(in, key) ||
		    find_section(in->retro->body, key, &filled))
			continue;
		say(rule, in, place_of_field(in, "status"),
		    phrase_pack(in->arena, N_("add a heading '## %s'"),
				section_title(
					key, body_is_chinese(in->retro->body))),
		    N_("a retro with status %s needs the section %s"),
		    status_name(in->retro->status), name);
	}
}

static void check_empty_section(enum rule_id rule, struct check_input *in)
{
	for (size_t i = 1; i < SECTION_COUNT; i++) {
		enum section_key key = (enum section_key)i;
		const struct section *section;
		bool filled;

		if (!is_required(in, key))
			continue;
		section = find_section(in->retro->body, key, &filled);
		if (section && !filled)
			say(rule, in, (struct pos){ 0, section->line, 1 }, NULL,
			    N_("there is no text under '%s'"),
			    section->heading);
	}
}

/* Whether a section contains more than a way to say nothing, and than what it
 * reminds of. */
static bool holds_text(const struct check_input *in,
		       const struct section *section)
{
	const struct md *lead = NULL;

	for (const struct md *md = section->first; md != section->end;
	     lead = md, md = md->next) {
		const char *text = entry_text(in->arena, md);
		bool leads = md->next != section->end && md->next &&
			     md->next->type == MD_LIST;

		if (md->type == MD_PARAGRAPH && leads)
			continue;
		if (md->type == MD_LIST &&
		    action_list_is_reminder(in->arena, md, lead))
			continue;
		if (says(in->retro->body, md) &&
		    (md->type == MD_CODE || md->type == MD_HTML ||
		     !action_is_blank(text, strlen(text))))
			return true;
	}
	return false;
}

/* The line behind those of a section and all under it. */
static int group_end(const struct sections *sections, size_t i)
{
	int level = sections->at[i].level;

	for (i++; i < sections->nr && sections->at[i].level > level; i++)
		;
	return i < sections->nr ? sections->at[i].line : INT_MAX;
}

/* Where each pitfall and each action stands, sorted. */
struct lines VEC_OF(int);

static int compare_lines(const void *a, const void *b)
{
	int one = *(const int *)a, other = *(const int *)b;

	return (one > other) - (one < other);
}

static void sort_read_lines(struct lines *out, struct arena *a,
			    const struct body *body)
{
	for (size_t i = 0; i < body->pitfalls.nr; i++)
		vec_push(a, out, body->pitfalls.at[i].line);
	for (size_t i = 0; i < body->actions.nr; i++)
		vec_push(a, out, body->actions.at[i].line);
	if (out->nr)
		qsort(out->at, out->nr, sizeof(*out->at), compare_lines);
}

static bool group_is_read(const struct lines *lines, int from, int to)
{
	size_t low = sorted_first(&from, lines->at, lines->nr,
				  sizeof(*lines->at), compare_lines);

	return low < lines->nr && lines->at[low] < to;
}

/* The line of the first task that is open; 0 if there is none. */
static int open_task_line(const struct md *list)
{
	for (const struct md *item = list->first; item; item = item->next)
		if (item->box == MD_BOX_OPEN && has_letters(item))
			return item->line;
	return 0;
}

/* Tasks among what is to improve, and what stands below "**Action items**" where
 * headings say what the sections are: promises that nobody would hear of again.
 * Elsewhere such lists are checklists as often. One a section is told. */
static void check_unread_tasks(enum rule_id rule, struct check_input *in)
{
	const struct body *body = in->retro->body;
	const struct sections *sections = &body->sections;
	bool told = false, bold = false;
	struct lines lines = { 0 };
	size_t next = 0;

	sort_read_lines(&lines, in->arena, body);
	for (const struct md *md = body->doc->first; md; md = md->next) {
		int line = 0;

		while (next < sections->nr &&
		       sections->at[next].line <= md->line) {
			next++;
			told = false;
		}
		if (md->type == MD_LIST && next &&
		    section_is(&sections->at[next - 1], SECTION_IMPROVEMENTS))
			line = open_task_line(md);
		if (md->type == MD_LIST && bold && !line)
			line = md->line;
		bold = section_by_bold_line(in->arena, md,
					    policy_sections(body->policy)) ==
		       SECTION_ACTIONS;
		if (!line || told ||
		    group_is_read(&lines, md->line, md->end_line + 1))
			continue;
		say(rule, in, (struct pos){ 0, line, 1 },
		    phrase_pack(in->arena,
				N_("put them under a heading '## %s', or name "
				   "theirs in 'sections' of .retro.yml"),
				section_title(SECTION_ACTIONS,
					      body_is_chinese(body))),
		    N_("the tasks in this list are not read as actions"));
		told = true;
	}
}

static void check_unread(enum rule_id rule, struct check_input *in)
{
	const struct body *body = in->retro->body;
	struct lines lines = { 0 };

	check_unread_tasks(rule, in);
	sort_read_lines(&lines, in->arena, body);
	for (size_t i = 0; i < body->sections.nr; i++) {
		const struct section *section = &body->sections.at[i];
		bool actions = section_is(section, SECTION_ACTIONS);
		int end = group_end(&body->sections, i);
		bool text = false;

		if (!section->own ||
		    (!actions && !section_is(section, SECTION_PITFALLS)))
			continue;
		for (size_t j = i;
		     j < body->sections.nr && body->sections.at[j].line < end;
		     j++)
			text |= body->sections.at[j].key == section->key &&
				holds_text(in, &body->sections.at[j]);
		if (text && !group_is_read(&lines, section->line, end))
			say(rule, in, (struct pos){ 0, section->line, 1 },
			    actions ? N_("write each as '- [ ] A1: what to do "
					 "@owner due:2026-12-01'")
				    : N_("write each as a separate list item"),
			    actions ? N_("no action could be read under '%s'")
				    : N_("no pitfall could be read under '%s'"),
			    section->heading);
	}
}

static void check_waiver_reason(enum rule_id rule, struct check_input *in)
{
	const struct body *body = in->retro->body;

	if (in->retro->status != STATUS_WAIVED || in->retro->summary)
		return;
	if (any_says(body, body->doc->first))
		return;
	say(rule, in, place_of_field(in, "status"), NULL,
	    N_("it does not say why no retro is needed"));
}

/* --- what is written in it --- */

static void check_file_link(enum rule_id rule, struct check_input *in)
{
	struct file_links links = { 0 };

	if (!in->resolver || !in->resolver->file)
		return;
	links_find(&links, in->arena, in->retro, in->retro->body);
	for (size_t i = 0; i < links.nr; i++) {
		const struct file_link *link = &links.at[i];

		if (link->outside)
			say(rule, in, link->pos,
			    N_("link to a file of the repository, or to a URL"),
			    N_("'%s' leads out of the repository"), link->url);
		else if (in->resolver->file(in->resolver->data, link->path) ==
			 0)
			say(rule, in, link->pos, NULL,
			    N_("there is no file '%s'"), link->path);
	}
}

static struct pos action_line(const struct action *action)
{
	return (struct pos){ 0, action->line, 1 };
}

static bool lacks_owner(const struct action *action)
{
	return !action->owner;
}

static bool lacks_day(const struct action *action)
{
	return action->due == DAY_NONE;
}

/* Actions that are still to be done and lack something. */
static void each_open(enum rule_id rule, struct check_input *in,
		      bool (*lacks)(const struct action *action))
{
	const struct actions *actions = &in->retro->body->actions;

	for (size_t i = 0; i < actions->nr; i++) {
		const struct action *action = &actions->at[i];

		if (action->state == ACTION_OPEN && *action->text &&
		    lacks(action))
			say(rule, in, action_line(action), NULL,
			    lacks == lacks_owner
				    ? N_("action '%s' has no owner")
				    : N_("action '%s' has no due date"),
			    action->text);
	}
}

static void check_action_owner(enum rule_id rule, struct check_input *in)
{
	each_open(rule, in, lacks_owner);
}

static void check_action_due(enum rule_id rule, struct check_input *in)
{
	each_open(rule, in, lacks_day);
}

/* The numbers of the text, each once. */
static void check_pitfall_ids(enum rule_id rule, struct check_input *in)
{
	const struct body *body = in->retro->body;

	for (size_t i = 0; i < body->pitfalls.nr; i++) {
		const struct pitfall *pitfall = &body->pitfalls.at[i];
		const struct pitfall *first =
			pitfall->id ? body_pitfall(body, pitfall->id) : pitfall;

		if (first != pitfall)
			say(rule, in, (struct pos){ 0, pitfall->line, 1 },
			    N_("give each its own number"),
			    N_("%s is also the number of the pitfall on line "
			       "%d"),
			    pitfall->id, first->line);
	}
}

/* The numbers of the front matter. */
static void check_pitfall(enum rule_id rule, struct check_input *in)
{
	const struct retro *retro = in->retro;

	check_pitfall_ids(rule, in);
	for (size_t i = 0; i < retro->problems.nr; i++) {
		const char *number = retro->problems.at[i].pitfall;

		if (!number)
			continue;
		if (pitfall_number(number) != strlen(number))
			say(rule, in, place_of_text(in, number),
			    N_("write it as P1"),
			    N_("'%s' is not a valid number of a pitfall"),
			    number);
		else if (!body_pitfall(retro->body, number))
			say(rule, in, place_of_text(in, number),
			    phrase_pack(in->arena,
					N_("write %s: in front of the pitfall "
					   "it belongs to"),
					number),
			    N_("the text has no pitfall %s"), number);
		else if (retro_problem(retro, number) != &retro->problems.at[i])
			say(rule, in, place_of_text(in, number),
			    N_("put their commits together"),
			    N_("two problems name the pitfall %s"), number);
	}
}

/* Whether there is a problem of which nobody can tell what pitfall it is. */
static bool is_unclear(const struct retro *retro)
{
	for (size_t i = 0; i < retro->problems.nr; i++)
		if (!retro->problems.at[i].pitfall)
			return retro->body->pitfalls.nr > 1;
	return false;
}

static void check_pitfall_number(enum rule_id rule, struct check_input *in)
{
	const struct pitfalls *pitfalls = &in->retro->body->pitfalls;
	long next = pitfall_next(pitfalls);
	bool unclear = is_unclear(in->retro);

	for (size_t i = 0; unclear && i < pitfalls->nr; i++) {
		const struct pitfall *pitfall = &pitfalls->at[i];

		if (pitfall->id)
			continue;
		say(rule, in, (struct pos){ 0, pitfall->line, 1 },
		    phrase_pack(in->arena, N_("write P%ld: in front of it"),
				next),
		    N_("the pitfall '%s' has no number"), pitfall->text);
		diag_fix(in->diags,
			 fix_pitfall(in->arena, in->retro, pitfall, next++));
	}
}

static void check_pitfall_name(enum rule_id rule, struct check_input *in)
{
	const struct pitfalls *pitfalls = &in->retro->body->pitfalls;
	struct pitfall_name name;

	if (!in->resolver || !in->resolver->word)
		return;
	for (size_t i = 0; i < pitfalls->nr; i++)
		for (size_t j = 0; j < pitfalls->at[i].names.nr; j++) {
			const struct pitfall *pitfall = &pitfalls->at[i];

			if (pitfall_name_read(&name, in->arena,
					      pitfall->names.at[j]) &&
			    in->resolver->word(in->resolver->data, name.word) ==
				    0)
				say(rule, in,
				    (struct pos){ 0, pitfall->line, 1 }, NULL,
				    N_("'%s' is nowhere in the tree"),
				    name.text);
		}
}

/* What has no number, or is not a task item: one finding each. */
static void check_action_number(enum rule_id rule, struct check_input *in)
{
	const struct actions *actions = &in->retro->body->actions;
	long next = action_list_next(actions);

	for (size_t i = 0; i < actions->nr; i++) {
		const struct action *action = &actions->at[i];

		if (action->id || !*action->text)
			continue;
		say(rule, in, action_line(action),
		    phrase_pack(in->arena,
				action->form == ACTION_PLAIN
					? N_("write [ ] A%ld: in front of it")
					: N_("write A%ld: in front of it"),
				next),
		    N_("the action '%s' has no number"), action->text);
		diag_fix(in->diags,
			 fix_action(in->arena, in->retro, action, next++));
	}
}

static void check_action_form(enum rule_id rule, struct check_input *in)
{
	const struct actions *actions = &in->retro->body->actions;

	for (size_t i = 0; i < actions->nr; i++) {
		const struct action *action = &actions->at[i];
		const struct fix *fix =
			action->id ? fix_action(in->arena, in->retro, action, 0)
				   : NULL;

		if (!fix)
			continue;
		say(rule, in, action_line(action), NULL,
		    N_("action %s is not a task item"), action->id);
		diag_fix(in->diags, fix);
	}
}

static void check_instruction(enum rule_id rule, struct check_input *in)
{
	const struct retro *retro = in->retro;
	struct instructions found = { 0 };

	instruction_find(&found, in->arena, retro->bytes, retro->n);
	for (size_t i = 0; i < found.nr; i++)
		say(rule, in, diag_pos(retro->bytes, found.at[i].at), NULL,
		    N_("'%.*s' is written as an order to a coding agent"),
		    (int)found.at[i].n, retro->bytes + found.at[i].at);
}

static void check_blame(enum rule_id rule, struct check_input *in)
{
	const struct retro *retro = in->retro;
	struct blamings found = { 0 };

	blame_find(&found, in->arena, retro, retro->body);
	for (size_t i = 0; i < found.nr; i++)
		say(rule, in, diag_pos(retro->bytes, found.at[i].at), NULL,
		    N_("'%.*s' blames a person"), (int)found.at[i].n,
		    retro->bytes + found.at[i].at);
}

static void check_secret(enum rule_id rule, struct check_input *in)
{
	struct secrets found = { 0 };

	secret_find(&found, in->arena, in->retro->bytes, in->retro->n);
	for (size_t i = 0; i < found.nr; i++)
		diag_add_phrase(in->diags, rule, in->retro->path,
				diag_pos(in->retro->bytes, found.at[i].at),
				NULL, found.at[i].what);
}

static void check_allow(enum rule_id rule, struct check_input *in)
{
	struct allows allows = { 0 };

	allow_collect(&allows, in->arena, in->retro);
	for (size_t i = 0; i < allows.nr; i++) {
		const struct allow *allow = &allows.at[i];
		const struct rule *meant = rule_find(allow->rule);

		if (!meant || !(meant->flags & RULE_EXCUSABLE))
			say(rule, in, allow->pos,
			    N_("use file-link, blame or secret"),
			    N_("lines cannot be excused from '%s'"),
			    allow->rule);
		else if (!*allow->reason)
			say(rule, in, allow->pos, NULL,
			    N_("it does not say why this line is excused from "
			       "'%s'"),
			    allow->rule);
	}
}

/* What the policy says of a rule; the last word counts. */
static enum rule_mode mode_of(const struct policy *policy, const char *rule)
{
	enum rule_mode mode = MODE_DEFAULT;

	for (size_t i = 0; policy && i < policy->rules.nr; i++)
		if (!strcmp(policy->rules.at[i].rule, rule))
			mode = policy->rules.at[i].mode;
	return mode;
}

void check_override(struct diags *diags, const struct policy *policy)
{
	size_t kept = 0;

	for (size_t i = 0; i < diags->nr; i++) {
		struct diag diag = diags->at[i];
		enum rule_mode mode = mode_of(policy, diag.rule);

		if (mode == MODE_OFF)
			continue;
		if (mode == MODE_NOTE)
			diag.level = DIAG_NOTE;
		if (mode == MODE_WARNING)
			diag.level = DIAG_WARNING;
		if (mode == MODE_ERROR)
			diag.level = DIAG_ERROR;
		diags->at[kept++] = diag;
	}
	diags->nr = kept;
}

static void drop_allowed(struct check_input *in, size_t from)
{
	struct allows allows = { 0 };
	size_t kept = from;

	allow_collect(&allows, in->arena, in->retro);
	for (size_t i = from; i < in->diags->nr; i++) {
		const struct diag *diag = &in->diags->at[i];

		if (!(rule_find(diag->rule)->flags & RULE_EXCUSABLE) ||
		    !allow_has(&allows, diag->rule, diag->pos.line))
			in->diags->at[kept++] = *diag;
	}
	in->diags->nr = kept;
}

static bool is_rule_on(enum rule_id rule, const struct check_input *in)
{
	enum rule_mode mode = mode_of(in->policy, rule_table[rule].name);

	return mode != MODE_OFF && (mode != MODE_DEFAULT ||
				    !(rule_table[rule].flags & RULE_OPTIONAL));
}

/* The functions that look, by rule; the reader reports the others. */
static void (*const checks[RULE_COUNT])(enum rule_id rule,
					struct check_input *in) = {
	[RULE_REQUIRED_FIELD] = check_required_field,
	[RULE_UNKNOWN_KEY] = check_unknown_key,
	[RULE_OWN_KEY] = check_own_key,
	[RULE_ID] = check_id,
	[RULE_TIME_ORDER] = check_time_order,
	[RULE_RANGE] = check_range,
	[RULE_RANGE_UNRESOLVED] = check_range_unresolved,
	[RULE_TIME_ZONE] = check_time_zone,
	[RULE_METRIC] = check_metric,
	[RULE_WAIVER_REASON] = check_waiver_reason,
	[RULE_COMMIT_ID] = check_commit_id,
	[RULE_COMMIT_UNRESOLVED] = check_commit_unresolved,
	[RULE_RELEASE_UNRESOLVED] = check_release_unresolved,
	[RULE_CAUSE_AND_FIX] = check_cause_and_fix,
	[RULE_CAUSE_MISSING] = check_cause_missing,
	[RULE_LINK_UNRESOLVED] = check_link_unresolved,
	[RULE_REQUIRED_SECTION] = check_required_section,
	[RULE_EMPTY_SECTION] = check_empty_section,
	[RULE_PITFALL] = check_pitfall,
	[RULE_PITFALL_NUMBER] = check_pitfall_number,
	[RULE_PITFALL_NAME] = check_pitfall_name,
	[RULE_UNREAD] = check_unread,
	[RULE_ACTION_NUMBER] = check_action_number,
	[RULE_ACTION_FORM] = check_action_form,
	[RULE_ACTION_OWNER] = check_action_owner,
	[RULE_ACTION_DUE] = check_action_due,
	[RULE_FILE_LINK] = check_file_link,
	[RULE_BLAME] = check_blame,
	[RULE_SECRET] = check_secret,
	[RULE_INSTRUCTION] = check_instruction,
	[RULE_ALLOW] = check_allow,
};

void check_retro(struct check_input *in)
{
	size_t from = in->diags->nr;

	body_read(in->retro, in->arena, in->diags, in->policy);
	for (size_t i = 0; i < RULE_COUNT; i++)
		if (checks[i] && is_rule_on((enum rule_id)i, in))
			checks[i]((enum rule_id)i, in);
	if (in->diags->nr > from)
		drop_allowed(in, from);
	diag_settle(in->diags, from, retro_stage(in->retro));
}

static int compare_rule_ids(const void *left, const void *right)
{
	const struct retro *const *a = left, *const *b = right;
	int order = strcmp((*a)->id, (*b)->id);

	return order ? order : strcmp((*a)->path, (*b)->path);
}

static void report_double(struct diags *diags, const struct retro *retro,
			  const struct retro *other)
{
	const struct pair *pair = field_pair(field_find("id"), retro);
	size_t from = diags->nr;

	diag_add(diags, RULE_DUPLICATE_ID, retro->path,
		 pair ? pair->value->start : top_of_file(), NULL,
		 N_("the id '%s' is also used by %s"), retro->id, other->path);
	diag_settle(diags, from, retro_stage(retro));
}

void check_ids(struct arena *a, struct diags *diags,
	       const struct retros *retros)
{
	size_t bytes = (retros->nr + 1) * sizeof(struct retro *);
	const struct retro **sorted = arena_alloc(a, bytes);

	if (retros->nr)
		memcpy(sorted, retros->at, retros->nr * sizeof(*sorted));
	qsort(sorted, retros->nr, sizeof(*sorted), compare_rule_ids);
	for (size_t i = 0; i < retros->nr; i++) {
		const struct retro *retro = sorted[i];

		if (i && strcmp(sorted[i - 1]->id, retro->id) == 0)
			report_double(diags, retro, sorted[i - 1]);
		else if (i + 1 < retros->nr &&
			 strcmp(sorted[i + 1]->id, retro->id) == 0)
			report_double(diags, retro, sorted[i + 1]);
	}
}
