/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/attr.h"
#include "git/child.h"
#include "git/config_cache.h"

struct entry {
	const char *name;
	const char *value; /* NULL: a name alone, which is true */
	const char *origin;
};

struct config {
	struct VEC_OF(struct entry) entries;
};

struct config_reading {
	struct config *config;
	struct arena *a;
	struct child child;
	struct config_cache cache;
	bool has;         /* it was kept, and no child runs */
	struct buf bytes; /* what is kept */
	struct strs origins;
};

/* What anybody here asks for. Others may have passwords in them, of which
 * nothing is to be kept. */
static bool is_asked_for(const char *name)
{
	static const char *const sections[] = {
		"author",     "color",   "committer", "core",    "diff",
		"extensions", "grep",    "hook",      "include", "includeif",
		"init",       "mailmap", "merge",     "pager",   "receive",
		"remote",     "retro",   "safe",      "user",
	};
	size_t n = strcspn(name, ".");

	for (size_t i = 0; i < ARRAY_SIZE(sections); i++)
		if (strlen(sections[i]) == n &&
		    !strncasecmp(sections[i], name, n))
			return true;
	return false;
}

/* "<origin>\0<name>\n<value>\0", or "<origin>\0<name>\0". */
static void add_config_entry(struct config_reading *reading,
			     const char **fields)
{
	struct config *config = reading->config;
	struct arena *a = reading->a;
	const char *origin = fields[0], *name = fields[1];
	const char *line = strchr(name, '\n');
	const struct entry *last =
		config->entries.nr ? &config->entries.at[config->entries.nr - 1]
				   : NULL;
	struct entry entry = { NULL, NULL, NULL };

	entry.origin = last && !strcmp(last->origin, origin)
			       ? last->origin
			       : arena_strdup(a, origin);
	entry.name = line ? arena_strndup(a, name, (size_t)(line - name))
			  : arena_strdup(a, name);
	if (line)
		entry.value = arena_strdup(a, line + 1);
	vec_push(a, &config->entries, entry);
}

static void read_asked_config(struct config_reading *reading)
{
	const char *fields[2];

	while (child_fields(fields, 2, &reading->child)) {
		if (!strs_has(&reading->origins, fields[0]))
			vec_push(reading->a, &reading->origins,
				 arena_strdup(reading->a, fields[0]));
		if (!is_asked_for(fields[1]))
			continue;
		add_config_entry(reading, fields);
		for (size_t i = 0; i < 2; i++)
			buf_add(&reading->bytes, fields[i],
				strlen(fields[i]) + 1);
	}
}

static void read_kept_config(struct config_reading *reading)
{
	const char *fields[2], *at = reading->bytes.p;

	while (child_split(fields, 2, &at, reading->bytes.p + reading->bytes.n))
		add_config_entry(reading, fields);
}

static bool has_section(const struct config *config, const char *start)
{
	size_t n = strlen(start);

	for (size_t i = 0; i < config->entries.nr; i++)
		if (!strncasecmp(config->entries.at[i].name, start, n))
			return true;
	return false;
}

static void release_reading(struct config_reading *reading)
{
	config_cache_release(&reading->cache);
	buf_release(&reading->bytes);
}

/* --- reading --- */

struct err *config_begin(struct config_reading **out, struct arena *a,
			 bool kept)
{
	static const char *const args[] = { "config", "-z", "--show-origin",
					    "--list", NULL };
	struct config_reading *reading = arena_alloc(a, sizeof(*reading));
	struct err *e;

	reading->a = a;
	reading->config = arena_alloc(a, sizeof(*reading->config));
	buf_init(&reading->bytes);
	*out = reading;
	reading->has =
		kept && config_cache_get(&reading->bytes, &reading->cache, a);
	e = reading->has ? NULL : child_start(&reading->child, args);
	if (e)
		release_reading(reading);
	return e;
}

struct err *config_end(struct config **out, struct config_reading *reading)
{
	struct err *e = NULL;

	if (reading->has) {
		read_kept_config(reading);
	} else {
		read_asked_config(reading);
		e = child_finish(&reading->child);
		if (!e && !has_section(reading->config, "include") &&
		    !(reading->cache.bare &&
		      has_section(reading->config, "safe.")))
			config_cache_put(&reading->cache, &reading->bytes,
					 &reading->origins);
	}
	release_reading(reading);
	*out = reading->config;
	return e;
}

struct err *config_load(struct config **out, struct arena *a, struct repo *repo)
{
	struct config_reading *reading;
	struct err *e = config_begin(&reading, a, true);

	(void)repo; /* git finds the same one, or none */
	return e ? e : config_end(out, reading);
}

/* Whether the first `n` bytes name the same: what stands between the first dot
 * and `last`, where the last part begins, counts to the letter, the rest
 * without case. */
static bool same_key_part(const char *one, const char *two, size_t n,
			  size_t last)
{
	size_t first = strcspn(two, ".");

	if (first > n)
		first = n;
	if (last < first)
		last = first;
	return !strncasecmp(one, two, first) &&
	       !strncmp(one + first, two + first, last - first) &&
	       !strncasecmp(one + last, two + last, n - last);
}

static bool entry_is_named(const struct entry *entry, const char *name)
{
	const char *dot = strrchr(name, '.');
	size_t n = strlen(name);

	return strlen(entry->name) == n &&
	       same_key_part(entry->name, name, n,
			     dot ? (size_t)(dot - name) : 0);
}

static const struct entry *find_config_entry(const struct config *config,
					     const char *name)
{
	for (size_t i = config->entries.nr; i--;)
		if (entry_is_named(&config->entries.at[i], name))
			return &config->entries.at[i];
	return NULL;
}

const char *config_get(const struct config *config, const char *name)
{
	const struct entry *entry = find_config_entry(config, name);

	if (!entry)
		return NULL;
	return entry->value ? entry->value : "";
}

void config_get_all(struct strs *out, const char **origin, struct arena *a,
		    const struct config *config, const char *name)
{
	if (origin)
		*origin = NULL;
	for (size_t i = 0; i < config->entries.nr; i++) {
		const struct entry *entry = &config->entries.at[i];

		if (!entry_is_named(entry, name))
			continue;
		vec_push(a, out, entry->value ? entry->value : "");
		if (origin)
			*origin = entry->origin;
	}
}

void config_add_all(struct buf *out, const struct config *config)
{
	for (size_t i = 0; i < config->entries.nr; i++) {
		const struct entry *entry = &config->entries.at[i];

		buf_add(out, entry->name, strlen(entry->name) + 1);
		if (entry->value)
			buf_addstr(out, entry->value);
		buf_add(out, entry->value ? "" : "\1", entry->value ? 1 : 2);
	}
}

static bool is_bool_word(const char *value, const char *const *words)
{
	for (; *words; words++)
		if (!strcasecmp(value, *words))
			return true;
	return false;
}

bool config_bool(const struct config *config, const char *name, bool fallback)
{
	static const char *const yes[] = { "true", "yes", "on", NULL };
	static const char *const no[] = { "false", "no", "off", "", NULL };
	const struct entry *entry = find_config_entry(config, name);
	char *end;
	long number;

	if (!entry)
		return fallback;
	if (!entry->value || is_bool_word(entry->value, yes))
		return true;
	if (is_bool_word(entry->value, no))
		return false;
	number = strtol(entry->value, &end, 0);
	if (end == entry->value ||
	    (*end && (end[1] || !strchr("kKmMgG", *end))))
		return fallback;
	return number != 0;
}

const char *config_colour(struct arena *a, const struct config *config,
			  const char *name, const char *fallback)
{
	const char *const args[] = { "config", "--get-color", name, NULL };
	struct buf answer = BUF_INIT;
	struct err *e;

	if (!find_config_entry(config, name))
		return fallback;
	e = child_run(&answer, args, NULL);
	if (!e)
		fallback = arena_strdup(a, answer.p);
	err_pass(e);
	buf_release(&answer);
	return fallback;
}

void config_names(struct strs *out, struct arena *a,
		  const struct config *config, const char *prefix)
{
	size_t n = strlen(prefix);

	for (size_t i = 0; i < config->entries.nr; i++) {
		const char *name = config->entries.at[i].name;

		if (strlen(name) >= n && same_key_part(name, prefix, n, n))
			strs_add(a, out, name);
	}
}
