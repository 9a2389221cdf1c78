/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/walk.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "git/answers.h"
#include "git/child.h"
#include "git/config.h"
#include "git/object.h"
#include "git/reachable.h"
#include "git/rev.h"

/* The fields of one commit. None of them can contain a NUL, so a NUL after each
 * (-z puts the last) leaves nothing to guess. */
enum field {
	ID,
	TREE,
	PARENTS,
	NAME,
	MAIL,
	AUTHORED,
	COMMITTED,
	SUBJECT,
	MESSAGE
};
#define FIELDS (MESSAGE + 1)

/* Bytes of a .mailmap that is looked at; with a longer one nothing is kept. */
#define MAILMAP_MAX ((size_t)1 << 13)

#define LOG_BARE                                                               \
	"log", "-z", CHILD_LOG, "--no-notes", "--encoding=UTF-8", "--date=raw"
#define LOG                                                                    \
	LOG_BARE, "--format=%H%x00%T%x00%P%x00%aN%x00%aE%x00%ad%x00%cd%x00%s%" \
		  "x00%B"

/* Memory for the parts of a commit that are not as git wrote them. */
struct holder {
	struct oid *parents;
	size_t cap;
	struct buf message;
};

#define HOLDER_INIT                                                            \
	{                                                                      \
		NULL, 0, BUF_INIT                                              \
	}

static void release(struct holder *holder)
{
	free(holder->parents);
	buf_release(&holder->message);
}

static size_t read_parents(struct holder *holder, const char *text)
{
	size_t most = strlen(text) / (2 * OID_SHA1), nr = 0, n;

	if (most > holder->cap) {
		holder->cap = most;
		holder->parents = mem_realloc(holder->parents,
					      most * sizeof(*holder->parents));
	}
	for (; nr < most && (n = oid_parse(&holder->parents[nr], text)); nr++)
		text += n + (text[n] == ' ');
	return nr;
}

/* For a commit without an author git leaves the placeholder as it is. */
static const char *unless_placeholder(const char *field, const char *name)
{
	return strcmp(field, name) != 0 ? field : "";
}

/* Borrowed from `fields` and `holder`. */
static void read_walk_commit(struct commit *out, struct holder *holder,
			     const char *const *fields)
{
	size_t n = strlen(fields[MESSAGE]);

	memset(out, 0, sizeof(*out));
	if (!oid_parse(&out->id, fields[ID]))
		memset(&out->id, 0, sizeof(out->id));
	oid_parse(&out->tree, fields[TREE]);
	out->parent_count = read_parents(holder, fields[PARENTS]);
	out->parents = holder->parents;
	out->author.name = unless_placeholder(fields[NAME], "%aN");
	out->author.mail = unless_placeholder(fields[MAIL], "%aE");
	out->authored = child_moment(fields[AUTHORED]);
	out->committed = child_moment(fields[COMMITTED]);
	out->subject = fields[SUBJECT];
	out->message = fields[MESSAGE];
	if (!n || fields[MESSAGE][n - 1] == '\n')
		return;
	buf_reset(&holder->message);
	buf_add(&holder->message, fields[MESSAGE], n);
	buf_addch(&holder->message, '\n');
	out->message = holder->message.p;
}

static struct commit copy_commit(struct arena *a, const struct commit *commit)
{
	struct commit copy = *commit;
	size_t size = commit->parent_count * sizeof(*commit->parents);
	struct oid *parents = arena_alloc(a, size ? size : 1);

	if (size)
		memcpy(parents, commit->parents, size);
	copy.parents = parents;
	copy.author.name = arena_strdup(a, commit->author.name);
	copy.author.mail = arena_strdup(a, commit->author.mail);
	copy.message = arena_strdup(a, commit->message);
	copy.subject = arena_strdup(a, commit->subject);
	return copy;
}

/* Puts the range behind the arguments there are; `ends` gets the text. */
struct ends {
	char to[OID_HEX + 1], from[OID_HEX + 2];
};

static void add_range(const char **args, struct ends *ends,
		      const struct range *range)
{
	while (*args)
		args++;
	*args++ = oid_hex(ends->to, &range->to);
	if (range->from) {
		ends->from[0] = '^';
		oid_hex(ends->from + 1, range->from);
		*args++ = ends->from;
	}
	*args++ = "--";
	for (size_t i = 0;
	     range->paths && i < range->paths->nr && i < RANGE_PATHS; i++)
		*args++ = range->paths->at[i];
	*args = NULL;
}

/* Hands over what git log prints, while it prints. */
static struct err *give_as_it_comes(struct child *child, walk_fn *fn,
				    void *data)
{
	struct holder holder = HOLDER_INIT;
	const char *fields[FIELDS];
	struct commit commit;
	bool more = true;

	while (more && child_fields(fields, FIELDS, child)) {
		read_walk_commit(&commit, &holder, fields);
		more = fn(data, &commit);
	}
	release(&holder);
	return child_finish(child);
}

/* Date order is topological too, and interleaves parallel branches as they
 * grew. With or without it git has to find the whole range before it shows
 * the first commit (0.6 s for 50,000 of git/git, 0.1 s with a
 * commit-graph). */
struct err *walk_range(struct repo *repo, const struct range *range,
		       walk_fn *fn, void *data)
{
	const char *args[CHILD_ARGS + 1] = { LOG, "--date-order" };
	struct child child;
	struct ends ends;
	struct err *e;

	(void)repo; /* git finds the same one */
	add_range(args, &ends, range);
	e = child_start(&child, args);
	return e ? e : give_as_it_comes(&child, fn, data);
}

/* Hands over what git log printed. */
static void give(const struct buf *text, walk_fn *fn, void *data)
{
	const char *fields[FIELDS], *at = text->p, *end = text->p + text->n;
	struct holder holder = HOLDER_INIT;
	struct commit commit;
	bool more = true;

	while (more && child_split(fields, FIELDS, &at, end)) {
		read_walk_commit(&commit, &holder, fields);
		more = fn(data, &commit);
	}
	release(&holder);
}

struct err *walk_alive(struct repo *repo, const struct oids *without,
		       const struct oids *dead, walk_fn *fn, void *data)
{
	static const char *const living[] = { LOG, ALIVE_TIPS, "--stdin",
					      NULL };
	static const char *const left[] = { LOG,     "--reflog", "--stdin",
					    "--not", ALIVE_TIPS, NULL };
	struct buf revs = BUF_INIT, text = BUF_INIT;
	char hex[OID_HEX + 1];
	struct err *e;

	(void)repo; /* git finds the same one */
	for (size_t i = 0; without && i < without->nr; i++)
		buf_addf(&revs, "^%s\n", oid_hex(hex, &without->at[i]));
	for (size_t i = 0; dead && i < dead->nr; i++)
		buf_addf(&revs, "%s\n", oid_hex(hex, &dead->at[i]));
	e = child_run(&text, dead ? left : living, &revs);
	if (!e)
		give(&text, fn, data);
	buf_release(&revs);
	buf_release(&text);
	return e;
}

static struct err *start_giving(const char *const *args, const struct buf *revs,
				walk_fn *fn, void *data)
{
	struct child child;
	struct err *e = child_start_with(&child, args, revs);

	return e ? e : give_as_it_comes(&child, fn, data);
}

struct err *walk_new(struct repo *repo, const struct oids *tips,
		     const struct oids *seen, walk_fn *fn, void *data)
{
	static const char *const args[] = {
		CHILD_FRUGAL,
		/* In a bare repository without trees git would look for a
		 * .mailmap in them. */
		LOG_BARE, "--no-mailmap", "--ignore-missing", "--stdin",
		"--format=%H%x00%T%x00%P%x00%an%x00%ae%x00%ad%x00%cd%x00%s%x00%"
		"B",
		NULL
	};
	struct buf revs = BUF_INIT;
	char hex[OID_HEX + 1];
	struct err *e;

	(void)repo; /* git finds the same one */
	for (size_t i = 0; i < tips->nr; i++)
		buf_addf(&revs, "%s\n", oid_hex(hex, &tips->at[i]));
	for (size_t i = 0; i < seen->nr; i++)
		buf_addf(&revs, "^%s\n", oid_hex(hex, &seen->at[i]));
	e = start_giving(args, &revs, fn, data);
	buf_release(&revs);
	return e;
}

struct err *walk_these(struct repo *repo, const struct oids *ids, walk_fn *fn,
		       void *data)
{
	static const char *const args[] = { CHILD_FRUGAL, LOG,
					    "--no-walk=unsorted", "--stdin",
					    NULL };
	struct buf revs = BUF_INIT;
	char hex[OID_HEX + 1];
	struct err *e = NULL;

	(void)repo; /* git finds the same one */
	for (size_t i = 0; i < ids->nr; i++)
		buf_addf(&revs, "%s\n", oid_hex(hex, &ids->at[i]));
	if (ids->nr) /* asked for nothing, git log shows HEAD */
		e = start_giving(args, &revs, fn, data);
	buf_release(&revs);
	return e;
}

static int compare_ids(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct oid));
}

static void sort_ids_once(struct oids *ids)
{
	size_t kept = 0;

	if (ids->nr)
		qsort(ids->at, ids->nr, sizeof(*ids->at), compare_ids);
	for (size_t i = 0; i < ids->nr; i++)
		if (!kept || !oid_equal(&ids->at[kept - 1], &ids->at[i]))
			ids->at[kept++] = ids->at[i];
	ids->nr = kept;
}

struct err *walk_touching(struct oids *out, struct arena *a, struct repo *repo,
			  const struct oids *tips, int64_t since,
			  const struct strs *paths)
{
	const char *args[] = { CHILD_FRUGAL,  "rev-list",
			       "--no-merges", "--full-history",
			       "--stdin",     NULL,
			       NULL };
	struct buf in = BUF_INIT, text = BUF_INIT;
	char hex[OID_HEX + 1];
	struct oid id;
	struct err *e;

	(void)repo; /* git finds the same one */
	if (since)
		args[ARRAY_SIZE(args) - 2] =
			arena_printf(a, "--since=%lld", (long long)since);
	for (size_t i = 0; i < tips->nr; i++)
		buf_addf(&in, "%s\n", oid_hex(hex, &tips->at[i]));
	buf_addstr(&in, "--\n");
	for (size_t i = 0; i < paths->nr; i++)
		if (!strchr(paths->at[i], '\n'))
			buf_addf(&in, ":(top,literal)%s\n", paths->at[i]);
	e = child_run(&text, args, &in);
	for (const char *at = text.p; !e && *at;) {
		if (oid_parse(&id, at))
			vec_push(a, out, id);
		at += strcspn(at, "\n");
		at += *at == '\n';
	}
	sort_ids_once(out);
	buf_release(&in);
	buf_release(&text);
	return e;
}

struct err *walk_count(size_t *commits, size_t *merges, struct repo *repo,
		       const struct range *range)
{
	const char *args[CHILD_ARGS + 1] = { "log", "-z", CHILD_LOG,
					     "--format=%P" };
	const char *parents;
	struct child child;
	struct ends ends;
	struct err *e;

	(void)repo;
	*commits = *merges = 0;
	add_range(args, &ends, range);
	e = child_start(&child, args);
	if (e)
		return e;
	while (child_fields(&parents, 1, &child)) {
		++*commits;
		*merges += strchr(parents, ' ') != NULL;
	}
	return child_finish(&child);
}

/* --- single commits ----------------------------------------------------- */

/* A commit that is asked for, and where its answer goes. */
struct wanted {
	struct oid id;
	size_t at;
};
struct wanted_list VEC_OF(struct wanted);

/* From digits to the one commit that begins so. Nothing is fetched: what a
 * message names is often in no repository at all. */
static bool expand(struct oid *out, struct repo *repo, const char *name)
{
	enum object_found found = object_expand(out, repo, name);
	enum object_type type;
	char hex[OID_HEX + 1];
	size_t size;
	struct err *e;

	if (found == OBJECT_FOUND && object_header(&type, &size, repo, out) &&
	    type == OBJECT_COMMIT)
		return true;
	if (found != OBJECT_AMBIGUOUS)
		return false;
	/* of several objects git takes the only commit */
	e = rev_commit(out, repo, name);
	if (e) {
		err_pass(e);
		return false;
	}
	return !strncasecmp(oid_hex(hex, out), name, strlen(name));
}

static int compare_wanted_ids(const void *a, const void *b)
{
	const struct wanted *one = a, *two = b;

	return memcmp(one->id.raw, two->id.raw, OID_RAW);
}

/* Whether wanteds->at[i] is the first of its commit. */
static bool is_new_wanted(const struct wanted_list *wanted_list, size_t i)
{
	return !i ||
	       compare_wanted_ids(&wanted_list->at[i - 1], &wanted_list->at[i]);
}

/* git answers in the order asked, and each commit once. */
static struct err *answer_wanted(struct commit *out, struct arena *a,
				 const struct wanted_list *wanted_list,
				 const struct buf *text)
{
	const char *fields[FIELDS], *at = text->p, *end = text->p + text->n;
	struct holder holder = HOLDER_INIT;
	struct commit commit = { 0 }, kept = { 0 };
	struct err *e = NULL;

	for (size_t i = 0; i < wanted_list->nr && !e; i++) {
		const struct wanted *wanted = &wanted_list->at[i];

		if (is_new_wanted(wanted_list, i)) {
			if (!child_split(fields, FIELDS, &at, end))
				break;
			read_walk_commit(&commit, &holder, fields);
			kept = copy_commit(a, &commit);
		}
		if (oid_equal(&kept.id, &wanted->id))
			out[wanted->at] = kept;
		else
			e = err_new(ERR_FAILED, _("git log skipped a commit"));
	}
	release(&holder);
	return e;
}

/* Asks for all of them; `people` is NULL, or says who is whom, and then the
 * answer is kept. */
static struct err *ask_commits(struct buf *out, struct repo *repo,
			       const struct buf *ids, const struct buf *people)
{
	static const char *const args[] = { LOG, "--no-walk=unsorted",
					    "--stdin", NULL };
	struct buf key = BUF_INIT;
	struct err *e = NULL;

	if (!people)
		return child_run(out, args, ids);
	buf_addf(&key, "log %s\n", ids->p);
	buf_add(&key, people->p, people->n);
	if (!answers_get(out, &answers_of_git, repo, &key)) {
		e = child_run(out, args, ids);
		if (!e)
			answers_put(&answers_of_git, repo, &key, out);
	}
	buf_release(&key);
	return e;
}

/* Reads commits that exist. */
static struct err *read_all_commits(struct commit *out, struct arena *a,
				    struct repo *repo,
				    struct wanted_list *wanted_list,
				    const struct buf *people)
{
	struct buf ids = BUF_INIT, text = BUF_INIT;
	char hex[OID_HEX + 1];
	struct err *e;

	if (!wanted_list->nr)
		return NULL; /* asked for nothing, git log shows HEAD */
	qsort(wanted_list->at, wanted_list->nr, sizeof(*wanted_list->at),
	      compare_wanted_ids);
	for (size_t i = 0; i < wanted_list->nr; i++)
		if (is_new_wanted(wanted_list, i))
			buf_addf(&ids, "%s\n",
				 oid_hex(hex, &wanted_list->at[i].id));
	e = ask_commits(&text, repo, &ids, people);
	if (!e)
		e = answer_wanted(out, a, wanted_list, &text);
	buf_release(&ids);
	buf_release(&text);
	return e;
}

static struct err *read_named(struct commits *out, struct arena *a,
			      struct repo *repo, const struct strs *names,
			      const struct buf *people)
{
	struct wanted_list wanted_list = { 0 };
	struct oid id;

	for (size_t i = 0; i < names->nr; i++) {
		vec_push(a, out, (struct commit){ 0 });
		if (expand(&id, repo, names->at[i]))
			vec_push(a, &wanted_list, (struct wanted){ id, i });
	}
	if (!names->nr)
		return NULL;
	return read_all_commits(&out->at[out->nr - names->nr], a, repo,
				&wanted_list, people);
}

struct err *walk_many(struct commits *out, struct arena *a, struct repo *repo,
		      const struct strs *names)
{
	return read_named(out, a, repo, names, NULL);
}

/* Appends what tells people's names in one place; false if another may. */
static bool find_mailmap(struct buf *out, struct arena *a,
			 const struct repo *repo, const struct config *config)
{
	const char *top = repo_work_tree(repo);
	struct err *e;
	bool good;

	if (!top || config_get(config, "mailmap.file") ||
	    config_get(config, "mailmap.blob"))
		return false;
	e = file_read(out, path_join(a, top, ".mailmap"), MAILMAP_MAX);
	good = !e || e->code == ERR_NOT_FOUND;
	err_free(e); /* git is asked */
	return good;
}

struct err *walk_kept(struct commits *out, struct arena *a, struct repo *repo,
		      const struct config *config, const struct strs *names)
{
	struct buf people = BUF_INIT;
	bool keep = find_mailmap(&people, a, repo, config);
	struct err *e = read_named(out, a, repo, names, keep ? &people : NULL);

	buf_release(&people);
	return e;
}

struct err *walk_one(struct commit *out, struct arena *a, struct repo *repo,
		     const struct oid *id)
{
	char hex[OID_HEX + 1];
	const char *name = oid_hex(hex, id);
	struct strs names = { &name, 1, 1 };
	struct commits commits = { 0 };
	struct err *e = walk_many(&commits, a, repo, &names);

	if (!e && oid_is_zero(&commits.at[0].id))
		e = err_new(ERR_NOT_FOUND, _("commit %s does not exist here"),
			    hex);
	if (!e)
		*out = commits.at[0];
	return e;
}

/* --- people ------------------------------------------------------------- */

/* "Name <mail>" or "<mail>": git check-mailmap dies of anything else. */
static bool is_contact(const char *who)
{
	const char *open = strchr(who, '<');
	const char *close = open ? strchr(open, '>') : NULL;

	return close && close > open + 1 && !close[1] && !strchr(who, '\n');
}

struct err *walk_mailmap(struct strs *out, struct arena *a, struct repo *repo,
			 const struct strs *people)
{
	static const char *const args[] = { "check-mailmap", "--stdin", NULL };
	struct buf in = BUF_INIT, text = BUF_INIT;
	const char *line;
	struct err *e = NULL;

	(void)repo; /* git finds the same one */
	for (size_t i = 0; i < people->nr; i++)
		if (is_contact(people->at[i]))
			buf_addf(&in, "%s\n", people->at[i]);
	if (in.n)
		e = child_run(&text, args, &in);
	line = text.p;
	for (size_t i = 0; i < people->nr && !e; i++) {
		size_t n = strcspn(line, "\n");

		if (!is_contact(people->at[i])) {
			vec_push(a, out, arena_strdup(a, people->at[i]));
			continue;
		}
		vec_push(a, out, arena_strndup(a, line, n));
		line += n + (line[n] == '\n');
	}
	buf_release(&in);
	buf_release(&text);
	return e;
}
