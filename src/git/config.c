/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "git/child.h"
#include "git/discover.h"
#include "git/kept.h"

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
	struct strs files; /* where it can stand */
	bool keep, has; /* `bytes` are to be kept; they were, no child runs */
	struct buf key, bytes;
};

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

/* --- what is kept --- */

static void add_config_file(struct config_reading *reading, const char *dir,
			    const char *name)
{
	if (dir && *dir)
		strs_add(reading->a, &reading->files,
			 path_join(reading->a, dir, name));
}

/* Where git looks for it, in a repository in which nothing names another
 * place. */
static bool list_config_files(struct config_reading *reading)
{
	const char *global = getenv("GIT_CONFIG_GLOBAL");
	const char *system = getenv("GIT_CONFIG_SYSTEM");
	const char *home = getenv("HOME"), *xdg = getenv("XDG_CONFIG_HOME"),
		   *rest;
	char *top = discover_plain(&rest);

	if (!top)
		return false;
	add_config_file(reading, top, ".git/config");
	free(top);
	strs_add(reading->a, &reading->files,
		 system && *system ? system : "/etc/gitconfig");
	if (global && *global)
		strs_add(reading->a, &reading->files, global);
	add_config_file(reading, home, ".gitconfig");
	add_config_file(reading, home, ".config/git/config");
	add_config_file(reading, xdg, "git/config");
	return true;
}

static void look_for_kept(struct config_reading *reading)
{
	reading->keep = kept_is_on() && list_config_files(reading);
	buf_addstr(&reading->key, "config ");
	for (size_t i = 0; i < reading->files.nr && reading->keep; i++)
		reading->keep = kept_stamp(&reading->key, reading->files.at[i]);
	reading->has =
		reading->keep && kept_get(&reading->bytes, &reading->key);
}

/* Whether that comes from one of the files and leads to no other, or is what
 * every child is given: the environment has no more (discover.h). */
static bool is_from_files(const struct config_reading *reading,
			  const char **fields)
{
	const char *origin = fields[0];

	if (!strcmp(origin, "command line:"))
		return true;
	if (strncmp(origin, "file:", 5) != 0 ||
	    !strncasecmp(fields[1], "include", 7))
		return false;
	return !strcmp(origin + 5, ".git/config") ||
	       strs_has(&reading->files, origin + 5);
}

static void read_asked_config(struct config_reading *reading)
{
	const char *fields[2];

	while (child_fields(fields, 2, &reading->child)) {
		add_config_entry(reading, fields);
		if (!reading->keep)
			continue;
		reading->keep = is_from_files(reading, fields);
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

static void release_reading(struct config_reading *reading)
{
	buf_release(&reading->key);
	buf_release(&reading->bytes);
}

/* --- reading --- */

struct err *config_begin(struct config_reading **out, struct arena *a)
{
	static const char *const args[] = { "config", "-z", "--show-origin",
					    "--list", NULL };
	struct config_reading *reading = arena_alloc(a, sizeof(*reading));
	struct err *e;

	reading->a = a;
	reading->config = arena_alloc(a, sizeof(*reading->config));
	buf_init(&reading->key);
	buf_init(&reading->bytes);
	*out = reading;
	look_for_kept(reading);
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
		if (!e && reading->keep)
			kept_put(&reading->key, reading->bytes.p,
				 reading->bytes.n);
	}
	release_reading(reading);
	*out = reading->config;
	return e;
}

struct err *config_load(struct config **out, struct arena *a, struct repo *repo)
{
	struct config_reading *reading;
	struct err *e = config_begin(&reading, a);

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
