/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/policy.h"

#include <ctype.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/dot_git.h"
#include "base/i18n.h"
#include "base/phrase.h"
#include "base/text.h"
#include "model/dirs.h"
#include "model/node.h"
#include "model/retro.h"
#include "model/rules.h"

#define CHOICES(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define MEMBER(m)    offsetof(struct policy, m)

/* No key is longer; a longer one is not worth a did-you-mean. Bytes. */
#define KEY_MAX  64
#define DAYS_MAX 3650

/* A default is written as it would be in the file. */
const struct setting policy_table[] = {
	{ "version", NULL, POLICY_VERSION, 0, "1", NULL,
	  N_("version of the format of this file") },
	{ "dir", "retro.dir", POLICY_DIRS, MEMBER(dirs), "retros", NULL,
	  N_("folder of the retros") },
	{ "releases.tags", "retro.tags", POLICY_GLOBS, MEMBER(tags),
	  "[\"v[0-9]*\"]", NULL, N_("tags that are releases") },
	{ "releases.ignore", "retro.ignore", POLICY_GLOBS, MEMBER(ignore), "[]",
	  NULL, N_("tags that are not releases") },
	{ "releases.branches", "retro.branches", POLICY_GLOBS, MEMBER(branches),
	  "[\"release/*\", \"stable/*\", \"maint*\"]", NULL,
	  N_("branches that are release branches") },
	{ "releases.require", "retro.require", POLICY_CHOICE, MEMBER(require),
	  "minor", CHOICES("all", "minor", "major", "none"),
	  N_("releases that need a retro") },
	{ "releases.since", "retro.since", POLICY_STRING, MEMBER(since), "",
	  NULL, N_("tag; older releases are ignored") },
	{ "releases.paths", NULL, POLICY_PATHS, MEMBER(paths), "{}", NULL,
	  N_("the files and folders that belong to releases of a pattern") },
	{ "due", "retro.due", POLICY_DAYS, MEMBER(due), "5d", NULL,
	  N_("working days after the tag until a retro is due") },
	{ "on-tag", "retro.onTag", POLICY_CHOICE, MEMBER(on_tag), "prompt",
	  CHOICES("prompt", "hint", "off"),
	  N_("what happens when a release is tagged") },
	{ "on-push", "retro.onPush", POLICY_CHOICE, MEMBER(on_push), "warn",
	  CHOICES("warn", "block", "off"),
	  N_("what happens when a release without a retro is pushed") },
	{ "on-commit", "retro.onCommit", POLICY_CHOICE, MEMBER(on_commit),
	  "hint", CHOICES("hint", "off"),
	  N_("whether past pitfalls of staged files are shown") },
	{ "check-staged", "retro.checkStaged", POLICY_CHOICE,
	  MEMBER(check_staged), "warn", CHOICES("warn", "block", "off"),
	  N_("what happens when a retro with errors is committed") },
	{ "required", NULL, POLICY_REQUIRED, MEMBER(required),
	  "{final: [summary, pitfalls, actions]}", NULL,
	  N_("sections that a retro of a status must have") },
	{ "language", "retro.language", POLICY_CHOICE, MEMBER(language), "en",
	  CHOICES("en", "zh"),
	  N_("language of templates, reviews and notices") },
	{ "sections", NULL, POLICY_SECTIONS, MEMBER(sections), "{}", NULL,
	  N_("more names for sections") },
	{ "synonyms", NULL, POLICY_SYNONYMS, MEMBER(synonyms), "[]", NULL,
	  N_("lists of words that mean the same in a search") },
	{ "capture", NULL, POLICY_CAPTURE, MEMBER(capture), "{}", NULL,
	  N_("what drafts record of each environment") },
	{ "rules", NULL, POLICY_RULES, MEMBER(rules), "{}", NULL,
	  N_("rules of check that are off, on, or have another level") },
};
const size_t policy_count = ARRAY_SIZE(policy_table);

struct reading {
	struct policy *policy;
	struct arena *a;
	struct diags *diags;
	const char *path;
	const struct setting *setting;
};

static void *setting_member(const struct reading *r)
{
	return (char *)r->policy + r->setting->offset;
}

static bool PRINTF(4, 5) refuse_setting(const struct reading *r, struct pos pos,
					const char *hint, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	diag_add_phrase(r->diags, RULE_POLICY, r->path, pos, hint,
			phrase_packv(r->diags->arena, fmt, ap));
	va_end(ap);
	return false;
}

/* `fmt` has one %s, the setting. */
#define setting_needs(r, pos, fmt)                                             \
	refuse_setting(r, pos, NULL, fmt, (r)->setting->key)

/* "a, b, c" */
static const char *listed(struct arena *a, const char *const *words)
{
	struct buf b = BUF_INIT;
	const char *text;

	for (size_t i = 0; words[i]; i++) {
		if (i)
			buf_addstr(&b, ", ");
		buf_addstr(&b, words[i]);
	}
	text = arena_strdup(a, b.p);
	buf_release(&b);
	return text;
}

/* "did you mean 'x'?", or NULL */
static const char *nearest_word(struct arena *a, const char *word,
				const struct strs *known)
{
	const char *near =
		strlen(word) <= KEY_MAX ? text_nearest(word, known) : NULL;

	return near ? phrase_pack(a, N_("did you mean '%s'?"), near) : NULL;
}

static bool set_string(const struct reading *r, const struct node *node)
{
	if (node->kind != NODE_SCALAR)
		return setting_needs(r, node->start,
				     N_("'%s' must be a single value"));
	*(const char **)setting_member(r) =
		node_is_null(node) ? NULL : node->text;
	return true;
}

static bool set_dirs(const struct reading *r, const struct node *node)
{
	size_t nr = node->kind == NODE_LIST ? node->nr : 1;
	struct strs dirs = { 0 };

	for (size_t i = 0; i < nr; i++) {
		const struct node *item =
			node->kind == NODE_LIST ? node->items[i] : node;
		const char *dir =
			item->kind == NODE_SCALAR && !dot_git_in(item->text)
				? dirs_normal(r->a, item->text)
				: NULL;

		if (!dir)
			return setting_needs(
				r, item->start,
				N_("'%s' must be a folder inside the "
				   "repository, such as 'retros'"));
		vec_push(r->a, &dirs, dir);
	}
	if (!dirs.nr)
		return setting_needs(r, node->start,
				     N_("'%s' must be a folder"));
	r->policy->dirs = dirs;
	r->policy->dir = dirs_home(r->a, &dirs);
	r->policy->root = dirs_root(r->a, &dirs);
	return true;
}

static bool set_globs(const struct reading *r, const struct node *node)
{
	struct strs list = { 0 };

	if (node->kind == NODE_MAP)
		return setting_needs(r, node->start,
				     N_("'%s' must be a list of patterns"));
	if (node->kind == NODE_SCALAR && !node_is_null(node))
		vec_push(r->a, &list, node->text);
	for (size_t i = 0; node->kind == NODE_LIST && i < node->nr; i++) {
		if (node->items[i]->kind != NODE_SCALAR)
			return setting_needs(
				r, node->items[i]->start,
				N_("'%s' must be a list of patterns"));
		if (!node_is_null(node->items[i]))
			vec_push(r->a, &list, node->items[i]->text);
	}
	*(struct strs *)setting_member(r) = list;
	return true;
}

/* An enum's values are the choices in their order. */
static bool set_setting_choice(const struct reading *r, const struct node *node)
{
	const char *const *choices = r->setting->choices;
	const char *text = node->kind == NODE_SCALAR ? node->text : "";
	struct strs known = { 0 };

	for (size_t i = 0; choices[i]; i++) {
		vec_push(r->a, &known, choices[i]);
		if (strcasecmp(text, choices[i]) != 0)
			continue;
		*(int *)setting_member(r) = (int)i;
		return true;
	}
	return refuse_setting(r, node->start, nearest_word(r->a, text, &known),
			      N_("'%s' must be one of: %s"), r->setting->key,
			      listed(r->a, choices));
}

/* "5" or "5d" */
static bool set_days(const struct reading *r, const struct node *node)
{
	const char *text = node->kind == NODE_SCALAR ? node->text : "";
	size_t digits = strspn(text, "0123456789");
	const char *unit = text + digits;
	int days = digits && digits <= 4 ? (int)strtol(text, NULL, 10)
					 : DAYS_MAX + 1;

	if ((*unit && strcmp(unit, "d") != 0) || days > DAYS_MAX)
		return setting_needs(r, node->start,
				     N_("'%s' must be a number of working "
					"days, such as 5d"));
	*(int *)setting_member(r) = days;
	return true;
}

static bool set_version(const struct reading *r, const struct node *node)
{
	if (node->kind == NODE_SCALAR && strcmp(node->text, "1") == 0)
		return true;
	return refuse_setting(
		r, node->start,
		N_("use the version of git retro that this file was written "
		   "for"),
		N_("this program supports version 1 of this file"));
}

static bool unknown_section(const struct reading *r, const struct node *node)
{
	struct strs known = { 0 };

	for (size_t i = 1; i < SECTION_COUNT; i++)
		vec_push(r->a, &known, section_name((enum section_key)i));
	if (node->kind != NODE_SCALAR)
		return setting_needs(
			r, node->start,
			N_("'%s' must be a list of names of sections"));
	return refuse_setting(r, node->start,
			      nearest_word(r->a, node->text, &known),
			      N_("unknown section '%s'"), node->text);
}

/* Reads a section's name; SECTION_NONE is reported. */
static enum section_key read_section(const struct reading *r,
				     const struct node *node)
{
	enum section_key key = node->kind == NODE_SCALAR
				       ? section_by_name(node->text)
				       : SECTION_NONE;

	if (key == SECTION_NONE)
		unknown_section(r, node);
	return key;
}

static bool require_sections(const struct reading *r, bool *row,
			     const struct node *node)
{
	bool wanted[SECTION_COUNT] = { false };
	size_t nr = node->kind == NODE_LIST ? node->nr : !node_is_null(node);

	for (size_t i = 0; i < nr; i++) {
		enum section_key key = read_section(
			r, node->kind == NODE_LIST ? node->items[i] : node);

		if (key == SECTION_NONE)
			return false;
		wanted[key] = true;
	}
	memcpy(row, wanted, sizeof(wanted));
	return true;
}

static bool set_required(const struct reading *r, const struct node *node)
{
	bool(*required)[SECTION_COUNT] = setting_member(r);
	bool good = true;

	if (node->kind != NODE_MAP)
		return setting_needs(r, node->start,
				     N_("'%s' must have a list of sections for "
					"each status"));
	for (size_t i = 0; i < node->nr; i++) {
		const struct pair *pair = &node->pairs[i];
		enum status status = status_parse(pair->key->text);

		if (status == STATUS_NONE)
			good = refuse_setting(
				r, pair->key->start,
				N_("use draft, review, final, superseded "
				   "or waived"),
				N_("unknown status '%s'"), pair->key->text);
		else
			good &= require_sections(r, required[status],
						 pair->value);
	}
	return good;
}

/* Each heading is held against each name. */
enum { SECTION_NAMES_MAX = 200 };

static bool add_release_paths(const struct reading *r, const struct pair *pair)
{
	const struct node *node = pair->value;
	size_t nr = node->kind == NODE_LIST ? node->nr : !node_is_null(node);
	struct release_paths row = { .glob = pair->key->text };

	for (size_t i = 0; i < nr; i++) {
		const struct node *path =
			node->kind == NODE_LIST ? node->items[i] : node;

		if (path->kind != NODE_SCALAR || *path->text == ':' ||
		    !dirs_normal(r->a, path->text))
			return setting_needs(
				r, path->start,
				N_("'%s' must be paths inside the repository"));
		vec_push(r->a, &row.paths, path->text);
	}
	vec_push(r->a, &r->policy->paths, row);
	return true;
}

static bool set_release_paths(const struct reading *r, const struct node *node)
{
	bool good = true;

	if (node->kind != NODE_MAP)
		return setting_needs(r, node->start,
				     N_("'%s' must have a list of paths for "
					"each pattern of tags"));
	for (size_t i = 0; i < node->nr; i++)
		good &= add_release_paths(r, &node->pairs[i]);
	return good;
}

const struct strs *policy_release_paths(const struct policy *policy,
					const char *tag)
{
	for (size_t i = 0; i < policy->paths.nr; i++)
		if (!fnmatch(policy->paths.at[i].glob, tag, 0))
			return policy->paths.at[i].paths.nr
				       ? &policy->paths.at[i].paths
				       : NULL;
	return NULL;
}

static bool add_aliases(const struct reading *r, enum section_key key,
			const struct node *node)
{
	size_t nr = node->kind == NODE_LIST ? node->nr : !node_is_null(node);

	for (size_t i = 0; i < nr; i++) {
		const struct node *name =
			node->kind == NODE_LIST ? node->items[i] : node;

		if (name->kind != NODE_SCALAR)
			return setting_needs(
				r, name->start,
				N_("'%s' must be a list of headings"));
		if (r->policy->sections.nr == SECTION_NAMES_MAX)
			return setting_needs(
				r, name->start,
				N_("'%s' must have at most 200 headings"));
		vec_push(r->a, &r->policy->sections,
			 (struct section_alias){ key, name->text });
	}
	return true;
}

/* Two words or more. */
static bool add_synonym_list(const struct reading *r, const struct node *list)
{
	const char **words;

	if (list->kind != NODE_LIST || list->nr < 2)
		return setting_needs(
			r, list->start,
			N_("'%s' must be lists of two words or more"));
	words = arena_alloc(r->a, (list->nr + 1) * sizeof(*words));
	for (size_t i = 0; i < list->nr; i++) {
		if (list->items[i]->kind != NODE_SCALAR ||
		    !*list->items[i]->text)
			return setting_needs(
				r, list->items[i]->start,
				N_("'%s' must have only words in each list"));
		words[i] = list->items[i]->text;
	}
	vec_push(r->a, &r->policy->synonyms, words);
	return true;
}

static bool set_synonyms(const struct reading *r, const struct node *node)
{
	bool good = true;

	if (node->kind != NODE_LIST)
		return node_is_null(node) ||
		       setting_needs(r, node->start,
				     N_("'%s' must be lists of words that mean "
					"the same"));
	for (size_t i = 0; i < node->nr; i++)
		good &= add_synonym_list(r, node->items[i]);
	return good;
}

static bool set_sections(const struct reading *r, const struct node *node)
{
	bool good = true;

	if (node->kind != NODE_MAP)
		return setting_needs(r, node->start,
				     N_("'%s' must have a list of headings for "
					"each section"));
	for (size_t i = 0; i < node->nr; i++) {
		enum section_key key = read_section(r, node->pairs[i].key);

		good &= key != SECTION_NONE &&
			add_aliases(r, key, node->pairs[i].value);
	}
	return good;
}

/* By enum rule_mode. */
static const char *const rule_modes[] = { "",     "off",     "on",
					  "note", "warning", "error" };

static bool unknown_rule(const struct reading *r, const struct node *key)
{
	struct strs known = { 0 };

	for (size_t i = 0; i < RULE_COUNT; i++)
		vec_push(r->a, &known, rule_table[i].name);
	return refuse_setting(r, key->start,
			      nearest_word(r->a, key->text, &known),
			      N_("unknown rule '%s'"), key->text);
}

static bool set_rule(const struct reading *r, const struct pair *pair)
{
	const char *text =
		pair->value->kind == NODE_SCALAR ? pair->value->text : "";

	if (!rule_find(pair->key->text))
		return unknown_rule(r, pair->key);
	for (size_t i = 1; i < ARRAY_SIZE(rule_modes); i++) {
		if (strcmp(text, rule_modes[i]) != 0)
			continue;
		vec_push(r->a, &r->policy->rules,
			 (struct rule_choice){ pair->key->text,
					       (enum rule_mode)i });
		return true;
	}
	return refuse_setting(
		r, pair->value->start, NULL,
		N_("'%s' must be off, on, note, warning or error"),
		pair->key->text);
}

static bool set_rules(const struct reading *r, const struct node *node)
{
	bool good = true;

	if (node->kind != NODE_MAP)
		return setting_needs(
			r, node->start,
			N_("'%s' must have a level for each rule"));
	for (size_t i = 0; i < node->nr; i++)
		good &= set_rule(r, &node->pairs[i]);
	return good;
}

/* A text or a list of texts. */
static bool read_texts(const struct reading *r, struct strs *out,
		       const struct node *node)
{
	size_t nr = node->kind == NODE_LIST ? node->nr : !node_is_null(node);

	for (size_t i = 0; i < nr; i++) {
		const struct node *item =
			node->kind == NODE_LIST ? node->items[i] : node;

		if (item->kind != NODE_SCALAR)
			return setting_needs(
				r, item->start,
				N_("'%s' must have files and names as texts"));
		vec_push(r->a, out, item->text);
	}
	return true;
}

static bool read_patterns(const struct reading *r, struct capture_rule *rule,
			  const struct node *map)
{
	if (map->kind != NODE_MAP)
		return setting_needs(r, map->start,
				     N_("'%s' must have patterns written as "
					"'name: text with a *'"));
	for (size_t i = 0; i < map->nr; i++) {
		const struct node *text = map->pairs[i].value;

		if (text->kind != NODE_SCALAR || !strchr(text->text, '*') ||
		    strchr(text->text, '*') != strrchr(text->text, '*'))
			return setting_needs(r, text->start,
					     N_("'%s' must have one * in each "
						"pattern, where the value is"));
		vec_push(r->a, &rule->patterns,
			 (struct capture_pattern){ map->pairs[i].key->text,
						   text->text });
	}
	return true;
}

static bool read_capture_rule(const struct reading *r, const struct pair *pair)
{
	const struct node *map = pair->value;
	struct capture_rule rule = { .environment = pair->key->text };
	bool good = true;

	for (size_t i = 0; map->kind == NODE_MAP && good && i < map->nr; i++) {
		const char *key = map->pairs[i].key->text;

		if (!strcmp(key, "files"))
			good = read_texts(r, &rule.files, map->pairs[i].value);
		else if (!strcmp(key, "names"))
			good = read_texts(r, &rule.names, map->pairs[i].value);
		else if (!strcmp(key, "patterns"))
			good = read_patterns(r, &rule, map->pairs[i].value);
		else
			good = refuse_setting(
				r, map->pairs[i].key->start,
				N_("use files, names or patterns"),
				N_("unknown setting '%s'"), key);
	}
	if (good && !rule.files.nr)
		return setting_needs(
			r, pair->key->start,
			N_("'%s' must have 'files' for each environment"));
	if (good)
		vec_push(r->a, &r->policy->capture, rule);
	return good;
}

static bool set_capture(const struct reading *r, const struct node *node)
{
	bool good = true;

	if (node->kind != NODE_MAP)
		return setting_needs(r, node->start,
				     N_("'%s' must have files and names for "
					"each environment"));
	for (size_t i = 0; i < node->nr; i++)
		good &= read_capture_rule(r, &node->pairs[i]);
	return good;
}

static bool set_setting(const struct reading *r, const struct node *node)
{
	switch (r->setting->type) {
	case POLICY_STRING:
		return set_string(r, node);
	case POLICY_DIRS:
		return set_dirs(r, node);
	case POLICY_GLOBS:
		return set_globs(r, node);
	case POLICY_CHOICE:
		return set_setting_choice(r, node);
	case POLICY_DAYS:
		return set_days(r, node);
	case POLICY_REQUIRED:
		return set_required(r, node);
	case POLICY_PATHS:
		return set_release_paths(r, node);
	case POLICY_SECTIONS:
		return set_sections(r, node);
	case POLICY_SYNONYMS:
		return set_synonyms(r, node);
	case POLICY_RULES:
		return set_rules(r, node);
	case POLICY_CAPTURE:
		return set_capture(r, node);
	case POLICY_VERSION:
		return set_version(r, node);
	}
	return false;
}

static void note_origin(const struct reading *r, const char *origin)
{
	r->policy->origins[r->setting - policy_table] = origin;
}

void policy_init(struct policy *policy, struct arena *a)
{
	struct diags diags = { .arena = a };
	struct reading r = { policy, a, &diags, "", NULL };

	*policy = (struct policy){ 0 };
	policy->origins =
		arena_alloc(a, policy_count * sizeof(*policy->origins));
	for (size_t i = 0; i < policy_count; i++) {
		const char *text = policy_table[i].fallback;
		const struct node *node =
			node_parse(a, &diags, "", text, 0, strlen(text));

		r.setting = &policy_table[i];
		if (node)
			set_setting(&r, node);
	}
}

static bool name_starts_with(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

static void unknown_key(const struct reading *r, const struct node *key,
			const char *name)
{
	struct strs known = { 0 };

	for (size_t i = 0; i < policy_count; i++)
		vec_push(r->a, &known, policy_table[i].key);
	vec_push(r->a, &known, "releases");
	refuse_setting(r, key->start, nearest_word(r->a, name, &known),
		       N_("unknown setting '%s'"), name);
}

static void set_from_file(const struct reading *r, const struct pair *pair)
{
	if (set_setting(r, pair->value))
		note_origin(r, arena_printf(r->a, "%s:%d", r->path,
					    pair->key->start.line));
}

/* Reads the settings of a map whose keys follow `prefix` in the table. */
static void read_settings(struct reading *r, const struct node *map,
			  const char *prefix)
{
	for (size_t i = 0; i < map->nr; i++) {
		const struct pair *pair = &map->pairs[i];
		const char *name =
			arena_printf(r->a, "%s%s", prefix, pair->key->text);
		const char *group = arena_printf(r->a, "%s.", name);
		bool is_group = false;

		r->setting = NULL;
		for (size_t j = 0; j < policy_count; j++) {
			if (strcmp(policy_table[j].key, name) == 0)
				r->setting = &policy_table[j];
			is_group |=
				name_starts_with(policy_table[j].key, group);
		}
		if (r->setting && (r->setting->type == POLICY_STRING ||
				   !node_is_null(pair->value)))
			set_from_file(r, pair);
		else if (is_group && pair->value->kind == NODE_MAP)
			read_settings(r, pair->value, group);
		else if (is_group && !node_is_null(pair->value))
			refuse_setting(r, pair->value->start,
				       N_("indent its settings under it"),
				       N_("'%s' is a group of settings"), name);
		else if (!r->setting && !is_group)
			unknown_key(r, pair->key, name);
	}
}

void policy_read(struct policy *policy, struct arena *a, struct diags *diags,
		 const char *path, const char *bytes, size_t n)
{
	struct reading r = { policy, a, diags, path, NULL };
	size_t bom = n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	const struct node *map = node_parse(a, diags, path, bytes, bom, n);

	if (!map)
		return;
	if (map->kind == NODE_MAP)
		read_settings(&r, map, "");
	else
		refuse_setting(&r, map->start,
			       N_("write each line as 'key: value'"),
			       N_("there are no settings in it"));
}

/* git keeps the last of several values, except where all are wanted. */
bool policy_set(struct policy *policy, struct arena *a, struct diags *diags,
		const struct setting *setting, const struct strs *values,
		const char *origin)
{
	struct reading r = { policy, a, diags, origin, setting };
	struct node list = { .kind = NODE_LIST };
	struct node **items = arena_alloc(a, (values->nr + 1) * sizeof(*items));

	for (size_t i = 0; i < values->nr; i++) {
		items[i] = arena_alloc(a, sizeof(**items));
		items[i]->kind = NODE_SCALAR;
		items[i]->text = arena_strdup(a, values->at[i]);
	}
	list.items = items;
	list.nr = values->nr;
	if (values->nr == 0)
		return true;
	if (!set_setting(&r, setting->type == POLICY_GLOBS
				     ? &list
				     : items[values->nr - 1]))
		return false;
	note_origin(&r, origin);
	return true;
}

/* --- telling it --- */

static void add_quoted(struct buf *out, const char *text)
{
	buf_addch(out, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			buf_addch(out, '\\');
		buf_addch(out, *text);
	}
	buf_addch(out, '"');
}

static void add_globs(struct buf *out, const struct strs *globs)
{
	buf_addch(out, '[');
	for (size_t i = 0; i < globs->nr; i++) {
		buf_addstr(out, i ? ", " : "");
		add_quoted(out, globs->at[i]);
	}
	buf_addch(out, ']');
}

/* One folder as it is written mostly, without brackets. */
static void add_dirs(struct buf *out, const struct policy *policy)
{
	const struct strs *dirs = &policy->dirs;

	if (dirs->nr == 1)
		buf_addstr(out, *dirs->at[0] ? dirs->at[0] : ".");
	else
		add_globs(out, dirs);
}

static void add_required_key(struct buf *out, const struct policy *policy)
{
	const char *before = "{";

	for (size_t i = 1; i < ARRAY_SIZE(policy->required); i++) {
		size_t nr = 0;

		for (size_t j = 1; j < SECTION_COUNT; j++) {
			if (!policy->required[i][j])
				continue;
			if (!nr++)
				buf_addf(out, "%s%s: [", before,
					 status_name((enum status)i));
			else
				buf_addstr(out, ", ");
			buf_addstr(out, section_name((enum section_key)j));
		}
		if (nr) {
			buf_addch(out, ']');
			before = ", ";
		}
	}
	buf_addstr(out, *before == '{' ? "{}" : "}");
}

static void add_paths_text(struct buf *out, const struct policy *policy)
{
	buf_addch(out, '{');
	for (size_t i = 0; i < policy->paths.nr; i++) {
		buf_addstr(out, i ? ", " : "");
		add_quoted(out, policy->paths.at[i].glob);
		buf_addstr(out, ": ");
		add_globs(out, &policy->paths.at[i].paths);
	}
	buf_addch(out, '}');
}

static void add_sections(struct buf *out, const struct policy *policy)
{
	const char *before = "{";

	for (size_t key = 1; key < SECTION_COUNT; key++) {
		size_t nr = 0;

		for (size_t i = 0; i < policy->sections.nr; i++) {
			if (policy->sections.at[i].key != key)
				continue;
			if (!nr++)
				buf_addf(out, "%s%s: [", before,
					 section_name((enum section_key)key));
			else
				buf_addstr(out, ", ");
			add_quoted(out, policy->sections.at[i].name);
		}
		if (nr) {
			buf_addch(out, ']');
			before = ", ";
		}
	}
	buf_addstr(out, *before == '{' ? "{}" : "}");
}

static void add_synonyms(struct buf *out, const struct policy *policy)
{
	buf_addch(out, '[');
	for (size_t i = 0; i < policy->synonyms.nr; i++) {
		const char *const *words = policy->synonyms.at[i];

		buf_addstr(out, i ? ", [" : "[");
		for (size_t j = 0; words[j]; j++) {
			if (j)
				buf_addstr(out, ", ");
			add_quoted(out, words[j]);
		}
		buf_addch(out, ']');
	}
	buf_addch(out, ']');
}

static void add_rules(struct buf *out, const struct policy *policy)
{
	buf_addch(out, '{');
	for (size_t i = 0; i < policy->rules.nr; i++)
		buf_addf(out, "%s%s: %s", i ? ", " : "",
			 policy->rules.at[i].rule,
			 rule_modes[policy->rules.at[i].mode]);
	buf_addch(out, '}');
}

static void add_capture(struct buf *out, const struct policy *policy)
{
	buf_addch(out, '{');
	for (size_t i = 0; i < policy->capture.nr; i++) {
		const struct capture_rule *rule = &policy->capture.at[i];

		buf_addstr(out, i ? ", " : "");
		add_quoted(out, rule->environment);
		buf_addstr(out, ": {files: ");
		add_globs(out, &rule->files);
		if (rule->names.nr) {
			buf_addstr(out, ", names: ");
			add_globs(out, &rule->names);
		}
		for (size_t j = 0; j < rule->patterns.nr; j++) {
			buf_addstr(out, j ? ", " : ", patterns: {");
			add_quoted(out, rule->patterns.at[j].name);
			buf_addstr(out, ": ");
			add_quoted(out, rule->patterns.at[j].text);
		}
		buf_addstr(out, rule->patterns.nr ? "}}" : "}");
	}
	buf_addch(out, '}');
}

char *policy_text(const struct policy *policy, struct arena *a,
		  const struct setting *setting)
{
	const void *at = (const char *)policy + setting->offset;
	const char *const *string = at;
	struct buf out = BUF_INIT;
	char *text;

	switch (setting->type) {
	case POLICY_DIRS:
		add_dirs(&out, policy);
		break;
	case POLICY_STRING:
		buf_addstr(&out, *string ? *string : "");
		break;
	case POLICY_GLOBS:
		add_globs(&out, at);
		break;
	case POLICY_CHOICE:
		buf_addstr(&out, setting->choices[*(const int *)at]);
		break;
	case POLICY_DAYS:
		buf_addf(&out, "%dd", *(const int *)at);
		break;
	case POLICY_REQUIRED:
		add_required_key(&out, policy);
		break;
	case POLICY_PATHS:
		add_paths_text(&out, policy);
		break;
	case POLICY_SECTIONS:
		add_sections(&out, policy);
		break;
	case POLICY_SYNONYMS:
		add_synonyms(&out, policy);
		break;
	case POLICY_RULES:
		add_rules(&out, policy);
		break;
	case POLICY_CAPTURE:
		add_capture(&out, policy);
		break;
	case POLICY_VERSION:
		buf_addstr(&out, setting->fallback);
		break;
	}
	text = arena_strdup(a, out.p);
	buf_release(&out);
	return text;
}

const char *policy_origin(const struct policy *policy,
			  const struct setting *setting)
{
	return policy->origins[setting - policy_table];
}

const char *policy_nearest(bool *known, struct arena *a, const char *name)
{
	struct strs names = { 0 };

	*known = false;
	for (size_t i = 0; i < policy_count; i++) {
		if (!policy_table[i].config)
			continue;
		*known |= !strcasecmp(policy_table[i].config, name);
		vec_push(a, &names, policy_table[i].config);
	}
	return *known || strlen(name) > KEY_MAX ? NULL
						: text_nearest(name, &names);
}
