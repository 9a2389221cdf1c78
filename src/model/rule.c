/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/rule.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "model/allow.h"
#include "model/blame.h"
#include "model/body.h"
#include "model/field.h"
#include "model/fix.h"
#include "model/links.h"
#include "model/secret.h"

/* A longer key is not worth a did-you-mean. Bytes. */
#define KEY_MAX 64

static void PRINTF(5, 6)
	say(const struct rule *rule, struct rule_input *in, struct pos pos,
	    const char *hint, const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&text, fmt, ap);
	va_end(ap);
	diag_add(in->diags, rule->id, in->retro->path, pos, hint, "%s", text.p);
	buf_release(&text);
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

/* Where a value of a field stands: fields hold the nodes' own strings. */
static struct pos place_of_text(const struct rule_input *in, const char *text)
{
	const struct node *node = find_text_node(in->retro->map, text);

	return node ? node->start : top_of_file();
}

/* Where a field's value starts. */
static struct pos place_of_field(const struct rule_input *in, const char *key)
{
	const struct pair *pair = field_pair(field_find(key), in->retro);

	return pair ? pair->value->start : top_of_file();
}

/* --- the front matter --- */

static void check_required_field(const struct rule *rule, struct rule_input *in)
{
	static const struct {
		const char *key, *hint;
	} fields[] = {
		{ "title", "add a line 'title: ...' to the front matter" },
		{ "date", "add a line 'date: 2026-11-24' to the front matter" },
		{ "status", "add a line 'status: draft' to the front matter" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
		const struct pair *pair =
			field_pair(field_find(fields[i].key), in->retro);

		if (!pair || node_is_null(pair->value))
			say(rule, in, pair ? pair->key->start : top_of_file(),
			    fields[i].hint, "there is no %s", fields[i].key);
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
	return near ? arena_printf(a, "did you mean '%s'?", near) : NULL;
}

/* Keys that no field has: those that look like one (`near`), or the others. */
static void each_unknown(const struct rule *rule, struct rule_input *in,
			 bool near)
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
		say(rule, in, key->start, hint, "the key '%s' is unknown",
		    key->text);
		diag_fix(in->diags, fix_key(in->arena, in->retro, key));
	}
}

static void check_unknown_key(const struct rule *rule, struct rule_input *in)
{
	each_unknown(rule, in, true);
}

static void check_own_key(const struct rule *rule, struct rule_input *in)
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
		/* A slug has nothing of what is no letter or digit. */
		if (c >= 0x80 &&
		    strcmp(text_slug(a, arena_strndup(a, id + i, len), 8),
			   "retro") == 0)
			return false;
	}
	return true;
}

static void check_id(const struct rule *rule, struct rule_input *in)
{
	if (in->retro->has_id && !good_id(in->arena, in->retro->id))
		say(rule, in, place_of_field(in, "id"), NULL,
		    "'%s' cannot be an id", in->retro->id);
}

static void check_time_order(const struct rule *rule, struct rule_input *in)
{
	const struct retro *r = in->retro;
	const struct {
		const char *key;
		const struct field_time *time;
	} times[] = {
		{ "started", &r->started },
		{ "detected", &r->detected },
		{ "mitigated", &r->mitigated },
		{ "resolved", &r->resolved },
	};
	size_t last = 0;

	for (size_t i = 0; i < ARRAY_SIZE(times); i++) {
		if (!times[i].time->known)
			continue;
		if (times[last].time->known &&
		    times[i].time->at.seconds < times[last].time->at.seconds)
			say(rule, in, place_of_field(in, times[i].key), NULL,
			    "'%s' is before '%s'", times[i].key,
			    times[last].key);
		last = i;
	}
}

/* Two names with two dots between, and no blank. */
static void check_range(const struct rule *rule, struct rule_input *in)
{
	const char *range = in->retro->range;
	const char *dots = range ? strstr(range, "..") : NULL;

	if (!range || (dots && dots > range && dots[2] && dots[2] != '.' &&
		       !strstr(dots + 2, "..") && !strpbrk(range, " \t\n")))
		return;
	say(rule, in, place_of_text(in, range), NULL,
	    "'%s' is not a range of commits", range);
}

bool rule_range_ends(const char *ends[2], struct arena *a, const char *range)
{
	const char *dots = range ? strstr(range, "..") : NULL;

	if (!dots)
		return false;
	ends[0] = arena_strndup(a, range, (size_t)(dots - range));
	ends[1] = dots + 2 + (dots[2] == '.');
	return true;
}

static void check_range_unresolved(const struct rule *rule,
				   struct rule_input *in)
{
	const char *range = in->retro->range, *ends[2];

	if (!in->resolver || !in->resolver->rev ||
	    !rule_range_ends(ends, in->arena, range))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		if (*ends[i] &&
		    in->resolver->rev(in->resolver->data, ends[i]) == 0)
			say(rule, in, place_of_text(in, range), NULL,
			    "git knows no '%s'", ends[i]);
}

static void check_metric(const struct rule *rule, struct rule_input *in)
{
	for (size_t i = 0; i < in->retro->metrics.nr; i++) {
		const struct metric *m = &in->retro->metrics.at[i];

		if (!m->name)
			say(rule, in, place_of_field(in, "metrics"),
			    "give it a name:", "a metric has no name");
		if (m->better && strcasecmp(m->better, "higher") != 0 &&
		    strcasecmp(m->better, "lower") != 0)
			say(rule, in, place_of_text(in, m->better),
			    "write better: higher, or better: lower",
			    "'%s' is neither higher nor lower", m->better);
	}
}

/* --- ties --- */

/* What a commit's id can be: 4 digits of it at least, 64 with SHA-256. */
static bool is_commit_text(const char *s)
{
	size_t n = strspn(s, "0123456789abcdefABCDEF");

	return !s[n] && n >= 4 && n <= 64;
}

static void each_commit(const struct rule *rule, struct rule_input *in,
			void (*look)(const struct rule *rule,
				     struct rule_input *in, const char *name))
{
	const struct links *links = &in->retro->commits;
	const struct strs *lists[] = { &links->cause, &links->fix,
				       &links->other };

	for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
		for (size_t j = 0; j < lists[i]->nr; j++)
			look(rule, in, lists[i]->at[j]);
}

static void look_at_form(const struct rule *rule, struct rule_input *in,
			 const char *name)
{
	if (!is_commit_text(name))
		say(rule, in, place_of_text(in, name), NULL,
		    "'%s' is not the id of a commit", name);
}

static void look_in_git(const struct rule *rule, struct rule_input *in,
			const char *name)
{
	if (is_commit_text(name) &&
	    in->resolver->commit(in->resolver->data, name) == 0)
		say(rule, in, place_of_text(in, name), NULL,
		    "the commit %s is not here, or on no branch any more",
		    name);
}

static void check_commit_id(const struct rule *rule, struct rule_input *in)
{
	each_commit(rule, in, look_at_form);
}

static void check_commit_unresolved(const struct rule *rule,
				    struct rule_input *in)
{
	if (in->resolver && in->resolver->commit)
		each_commit(rule, in, look_in_git);
}

static void check_release_unresolved(const struct rule *rule,
				     struct rule_input *in)
{
	const struct strs *releases = &in->retro->releases;

	if (!in->resolver || !in->resolver->tag)
		return;
	for (size_t i = 0; i < releases->nr; i++)
		if (in->resolver->tag(in->resolver->data, releases->at[i]) == 0)
			say(rule, in, place_of_text(in, releases->at[i]), NULL,
			    "there is no tag '%s'", releases->at[i]);
}

static void look_up_id(const struct rule *rule, struct rule_input *in,
		       const char *id)
{
	if (id && !in->resolver->retro(in->resolver->data, id))
		say(rule, in, place_of_text(in, id), NULL,
		    "there is no retro '%s'", id);
}

static void check_link_unresolved(const struct rule *rule,
				  struct rule_input *in)
{
	const struct retro *r = in->retro;
	const struct strs *lists[] = { &r->related, &r->supersedes,
				       &r->seen_before };

	if (!in->resolver || !in->resolver->retro)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
		for (size_t j = 0; j < lists[i]->nr; j++)
			look_up_id(rule, in, lists[i]->at[j]);
	look_up_id(rule, in, r->superseded_by);
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

/* A task says something if there is more than its number and marks. Actions
 * lie in the file's order. */
static bool task_says(const struct body *body, const struct md *item)
{
	size_t low = 0, high = body->actions.nr;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (body->actions.at[mid].box_at < item->box_at)
			low = mid + 1;
		else
			high = mid;
	}
	if (low < body->actions.nr &&
	    body->actions.at[low].box_at == item->box_at)
		return *body->actions.at[low].text != '\0';
	return has_letters(item);
}

static bool any_says(const struct body *body, const struct md *first);

/* Whether a block holds what a person wrote, and not only what a template
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

static bool is_required(const struct rule_input *in, enum section_key key)
{
	const struct retro *r = in->retro;

	/* The one-line summary may stand in the front matter as well. */
	if (key == SECTION_SUMMARY && r->summary)
		return false;
	return in->policy && in->policy->required[r->status][key];
}

static void check_required_section(const struct rule *rule,
				   struct rule_input *in)
{
	bool filled;

	for (size_t i = 1; i < SECTION_COUNT; i++) {
		enum section_key key = (enum section_key)i;
		const char *name = section_name(key);

		if (!is_required(in, key) ||
		    find_section(in->retro->body, key, &filled))
			continue;
		say(rule, in, place_of_field(in, "status"),
		    arena_printf(in->arena, "add a heading '## %c%s'",
				 toupper((unsigned char)*name), name + 1),
		    "a retro that is %s needs the section %s",
		    status_name(in->retro->status), name);
	}
}

static void check_empty_section(const struct rule *rule, struct rule_input *in)
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
			    "nothing is written under '%s'", section->heading);
	}
}

static void check_waiver_reason(const struct rule *rule, struct rule_input *in)
{
	const struct body *body = in->retro->body;

	if (in->retro->status != STATUS_WAIVED || in->retro->summary)
		return;
	if (any_says(body, body->doc->first))
		return;
	say(rule, in, place_of_field(in, "status"), NULL,
	    "it does not say why this needs no retro");
}

/* --- what is written in it --- */

static void check_file_link(const struct rule *rule, struct rule_input *in)
{
	struct file_links links = { 0 };

	if (!in->resolver || !in->resolver->file)
		return;
	links_find(&links, in->arena, in->retro, in->retro->body);
	for (size_t i = 0; i < links.nr; i++) {
		const struct file_link *link = &links.at[i];

		if (link->outside)
			say(rule, in, link->pos,
			    "link to a file of the repository, or to a URL",
			    "'%s' leads out of the repository", link->url);
		else if (in->resolver->file(in->resolver->data, link->path) ==
			 0)
			say(rule, in, link->pos, NULL, "there is no file '%s'",
			    link->path);
	}
}

static struct pos action_line(const struct action *action)
{
	return (struct pos){ 0, action->line, 1 };
}

/* Actions that are still to be done and lack something. */
static void each_open(const struct rule *rule, struct rule_input *in,
		      bool (*lacks)(const struct action *action),
		      const char *what)
{
	const struct actions *actions = &in->retro->body->actions;

	for (size_t i = 0; i < actions->nr; i++) {
		const struct action *action = &actions->at[i];

		if (action->state == ACTION_OPEN && *action->text &&
		    lacks(action))
			say(rule, in, action_line(action), NULL,
			    "the action '%s' has no %s", action->text, what);
	}
}

static bool lacks_owner(const struct action *action)
{
	return !action->owner;
}

static bool lacks_day(const struct action *action)
{
	return action->due == DAY_NONE;
}

static void check_action_owner(const struct rule *rule, struct rule_input *in)
{
	each_open(rule, in, lacks_owner, "owner");
}

static void check_action_due(const struct rule *rule, struct rule_input *in)
{
	each_open(rule, in, lacks_day, "day it is due");
}

static void check_action_number(const struct rule *rule, struct rule_input *in)
{
	const struct actions *actions = &in->retro->body->actions;
	long next = action_next(actions);

	for (size_t i = 0; i < actions->nr; i++) {
		const struct action *action = &actions->at[i];

		if (action->id || !*action->text)
			continue;
		say(rule, in, action_line(action),
		    arena_printf(in->arena, "write A%ld: in front of it", next),
		    "the action '%s' has no number", action->text);
		diag_fix(in->diags,
			 fix_number(in->arena, in->retro, action, next++));
	}
}

static void check_blame(const struct rule *rule, struct rule_input *in)
{
	const struct retro *retro = in->retro;
	struct blamings found = { 0 };

	blame_find(&found, in->arena, retro, retro->body);
	for (size_t i = 0; i < found.nr; i++)
		say(rule, in, diag_pos(retro->bytes, found.at[i].at), NULL,
		    "'%.*s' blames a person", (int)found.at[i].n,
		    retro->bytes + found.at[i].at);
}

static void check_secret(const struct rule *rule, struct rule_input *in)
{
	struct secrets found = { 0 };

	secret_find(&found, in->arena, in->retro->bytes, in->retro->n);
	for (size_t i = 0; i < found.nr; i++)
		say(rule, in, diag_pos(in->retro->bytes, found.at[i].at), NULL,
		    "this looks like %s", found.at[i].what);
}

static void check_allow(const struct rule *rule, struct rule_input *in)
{
	struct allows allows = { 0 };

	allow_collect(&allows, in->arena, in->retro);
	for (size_t i = 0; i < allows.nr; i++) {
		const struct allow *allow = &allows.at[i];
		const struct rule *meant = rule_find(allow->rule);

		if (!meant || !(meant->flags & RULE_ALLOW))
			say(rule, in, allow->pos,
			    "it can name one of file-link, blame and secret",
			    "no line is excused from '%s'", allow->rule);
		else if (!*allow->reason)
			say(rule, in, allow->pos, NULL,
			    "it does not say why this line is excused from "
			    "'%s'",
			    allow->rule);
	}
}

/* --- the table --- */

#define OFF   DIAG_OFF
#define NOTE  DIAG_NOTE
#define WARN  DIAG_WARNING
#define ERROR DIAG_ERROR

/* A draft may be rough, a final may not; a file without `id:` may have been
 * written for something else, so what is odd in it is no error. */
const struct rule rule_table[] = {
	/* reading */
	{ "file", ERROR, ERROR, ERROR, "what cannot be read cannot be found",
	  "make it a readable file of the repository", NULL, 0 },
	{ "encoding", ERROR, ERROR, ERROR,
	  "what is not UTF-8 text cannot be read", "save it as UTF-8", NULL,
	  0 },
	{ "front-matter", ERROR, ERROR, ERROR,
	  "without readable front matter a retro has no fields",
	  "start the file with lines 'key: value' between two lines ---", NULL,
	  0 },
	{ "yaml", ERROR, ERROR, ERROR,
	  "broken YAML hides every field of the file",
	  "check this line's quotes and indentation", NULL, 0 },
	{ "yaml-limit", ERROR, ERROR, ERROR,
	  "a front matter beyond these bounds is no retro's",
	  "make it smaller and flatter", NULL, 0 },
	{ "duplicate-key", WARN, ERROR, ERROR,
	  "YAML keeps one of the two values without a word",
	  "remove one of the two lines", NULL, 0 },
	{ "body-limit", WARN, WARN, WARN,
	  "such a text takes a Markdown reader too long",
	  "split it, or move the long part to a file of its own", NULL, 0 },
	/* fields */
	{ "required-field", OFF, ERROR, ERROR,
	  "title, date and status are what a retro is listed by",
	  "add it to the front matter", check_required_field, 0 },
	{ "unknown-key", OFF, WARN, WARN,
	  "a misspelt key is a field that nobody reads",
	  "keys of your own start with x-", check_unknown_key, 0 },
	{ "own-key", OFF, WARN, WARN,
	  "a later version may give a key of your own another meaning",
	  "keys of your own start with x-", check_own_key, RULE_OPTIONAL },
	{ "id", OFF, ERROR, ERROR,
	  "an id is a word in commands, trailers and links",
	  "use letters, digits, - and _", check_id, 0 },
	{ "type", WARN, ERROR, ERROR, "a field of another shape is not read",
	  "write one value behind the key", NULL, 0 },
	{ "status", WARN, ERROR, ERROR, "an unknown status counts as none",
	  "use draft, review, final, superseded or waived", NULL, 0 },
	{ "kind", WARN, WARN, ERROR, "an unknown kind counts as none",
	  "use release, incident, experiment, deployment or project", NULL, 0 },
	{ "severity", WARN, WARN, ERROR, "an unknown severity counts as none",
	  "use 1 (worst) to 5", NULL, 0 },
	{ "date", WARN, ERROR, ERROR, "without a day it cannot be ordered",
	  "write it as 2026-11-24", NULL, 0 },
	{ "time", WARN, WARN, ERROR, "durations are counted from these",
	  "write it as 2026-11-24T09:30:00+08:00, or leave it empty", NULL, 0 },
	{ "time-order", WARN, WARN, ERROR,
	  "started, detected, mitigated and resolved follow each other",
	  "correct the earlier or the later one", check_time_order, 0 },
	{ "range", WARN, WARN, ERROR, "the range says what was looked back on",
	  "write it as A..B", check_range, 0 },
	{ "range-unresolved", NOTE, WARN, WARN,
	  "what git does not know was not looked back on",
	  "check both names with 'git log', or fetch the tags",
	  check_range_unresolved, 0 },
	{ "metric", WARN, WARN, ERROR,
	  "without a name and a direction nobody can tell what got better",
	  NULL, check_metric, 0 },
	{ "waiver-reason", OFF, ERROR, ERROR,
	  "a waiver says in a line why the release needs no retro",
	  "write the reason into 'summary:' or below the front matter",
	  check_waiver_reason, 0 },
	/* ties */
	{ "commit-id", WARN, WARN, ERROR,
	  "a tie to a commit that cannot exist ties nothing",
	  "use the id that 'git log' shows", check_commit_id, 0 },
	{ "commit-unresolved", WARN, WARN, ERROR,
	  "a commit that was rebased away ties nothing",
	  "'git retro relink' finds the commit that took its place",
	  check_commit_unresolved, 0 },
	/* CI often clones without tags */
	{ "release-unresolved", NOTE, WARN, WARN,
	  "a release that git does not know is covered by nothing",
	  "check the name with 'git tag', or fetch the tags",
	  check_release_unresolved, 0 },
	{ "link-unresolved", NOTE, WARN, ERROR,
	  "a link to a retro that is not there leads nowhere",
	  "check the id with 'git retro list'", check_link_unresolved, 0 },
	/* the body */
	{ "required-section", OFF, WARN, ERROR,
	  "these sections are what others read a retro for",
	  "add a heading of that name", check_required_section, 0 },
	{ "empty-section", OFF, WARN, ERROR,
	  "a heading with nothing under it says that nobody thought about it",
	  "write it, or go back to status: draft", check_empty_section, 0 },
	{ "action", WARN, WARN, ERROR,
	  "an action without a clear number and day gets lost", NULL, NULL, 0 },
	{ "action-number", OFF, NOTE, WARN, "an action is closed by its number",
	  NULL, check_action_number, 0 },
	{ "action-owner", OFF, OFF, ERROR, "what nobody is to do is not done",
	  "write @name behind it, or close it", check_action_owner, 0 },
	{ "action-due", OFF, OFF, ERROR,
	  "what may be done any day is done on none",
	  "write due:2026-12-01 behind it, or close it", check_action_due, 0 },
	{ "file-link", WARN, WARN, ERROR,
	  "a link to a file that is not there helps nobody",
	  "correct the path, as seen from this file", check_file_link,
	  RULE_ALLOW },
	{ "blame", WARN, WARN, WARN,
	  "where people are blamed, the next one keeps silent",
	  "say what made the mistake possible, or excuse the line with "
	  "<!-- retro: allow blame: why -->",
	  check_blame, RULE_ALLOW },
	{ "secret", ERROR, ERROR, ERROR,
	  "what was pushed once is known, and stays in history",
	  "revoke it and take it out, or excuse the line with "
	  "<!-- retro: allow secret: why -->",
	  check_secret, RULE_ALLOW },
	{ "allow", WARN, WARN, ERROR,
	  "a line is excused from a rule with a reason only",
	  "write <!-- retro: allow rule: why -->", check_allow, 0 },
	/* across files */
	{ "duplicate-id", WARN, ERROR, ERROR,
	  "an id names one retro and no other",
	  "give one of the two files an id of its own", NULL, 0 },
	{ "policy", WARN, WARN, WARN,
	  "a setting that is not understood is not followed",
	  "see the section on " POLICY_FILE " in the manual", NULL, 0 },
};
const size_t rule_count = ARRAY_SIZE(rule_table);

const struct rule *rule_find(const char *id)
{
	for (size_t i = 0; i < rule_count; i++)
		if (strcmp(rule_table[i].id, id) == 0)
			return &rule_table[i];
	return NULL;
}

static enum diag_level level_for(const struct rule *rule,
				 const struct retro *retro)
{
	if (!retro->has_id)
		return rule->note;
	return retro->status == STATUS_DRAFT ? rule->draft : rule->final;
}

void rule_settle(struct diags *diags, size_t from, const struct retro *retro)
{
	size_t kept = from;

	for (size_t i = from; i < diags->nr; i++) {
		struct diag diag = diags->at[i];
		const struct rule *rule = rule_find(diag.rule);

		if (rule)
			diag.level = level_for(rule, retro);
		if (diag.level != DIAG_OFF)
			diags->at[kept++] = diag;
	}
	diags->nr = kept;
}

/* What the policy says of a rule; the last word counts. */
static enum rule_mode mode_of(const struct policy *policy, const char *rule)
{
	enum rule_mode mode = RULE_DEFAULT;

	for (size_t i = 0; policy && i < policy->rules.nr; i++)
		if (!strcmp(policy->rules.at[i].rule, rule))
			mode = policy->rules.at[i].mode;
	return mode;
}

void rule_override(struct diags *diags, const struct policy *policy)
{
	size_t kept = 0;

	for (size_t i = 0; i < diags->nr; i++) {
		struct diag diag = diags->at[i];
		enum rule_mode mode = mode_of(policy, diag.rule);

		if (mode == RULE_OFF)
			continue;
		if (mode == RULE_NOTE)
			diag.level = DIAG_NOTE;
		if (mode == RULE_WARNING)
			diag.level = DIAG_WARNING;
		if (mode == RULE_ERROR)
			diag.level = DIAG_ERROR;
		diags->at[kept++] = diag;
	}
	diags->nr = kept;
}

static void drop_allowed(struct rule_input *in, size_t from)
{
	struct allows allows = { 0 };
	size_t kept = from;

	allow_collect(&allows, in->arena, in->retro);
	for (size_t i = from; i < in->diags->nr; i++) {
		const struct diag *diag = &in->diags->at[i];

		if (!(rule_find(diag->rule)->flags & RULE_ALLOW) ||
		    !allow_has(&allows, diag->rule, diag->pos.line))
			in->diags->at[kept++] = *diag;
	}
	in->diags->nr = kept;
}

static bool is_on(const struct rule *rule, const struct rule_input *in)
{
	enum rule_mode mode = mode_of(in->policy, rule->id);

	return mode != RULE_OFF &&
	       (mode != RULE_DEFAULT || !(rule->flags & RULE_OPTIONAL));
}

void rule_check(struct rule_input *in)
{
	size_t from = in->diags->nr;

	body_read(in->retro, in->arena, in->diags, in->policy);
	for (size_t i = 0; i < rule_count; i++)
		if (rule_table[i].check && is_on(&rule_table[i], in))
			rule_table[i].check(&rule_table[i], in);
	if (in->diags->nr > from)
		drop_allowed(in, from);
	rule_settle(in->diags, from, in->retro);
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

	diag_add(diags, "duplicate-id", retro->path,
		 pair ? pair->value->start : top_of_file(), NULL,
		 "the id '%s' is that of %s, too", retro->id, other->path);
	rule_settle(diags, from, retro);
}

void rule_check_all(struct arena *a, struct diags *diags,
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
