/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/reachable.h"

#include <string.h>

#include "git/ancestry.h"
#include "git/child.h"

static void add_ids(struct buf *in, const char *sign, const struct oids *ids)
{
	char hex[OID_HEX + 1];

	for (size_t i = 0; i < ids->nr; i++) {
		buf_addstr(in, sign);
		buf_addstr(in, oid_hex(hex, &ids->at[i]));
		buf_addch(in, '\n');
	}
}

static struct err *run_rev_list(struct buf *out, const char *const *args,
				const struct oids *commits,
				const struct oids *without)
{
	struct buf in = BUF_INIT;
	struct err *e;

	add_ids(&in, "", commits);
	if (without)
		add_ids(&in, "^", without);
	e = child_run(out, args, &in);
	buf_release(&in);
	return e;
}

/* The ids that stand at the start of lines, behind the sign. */
static void read_ids(struct oids *out, struct arena *a, const char *text,
		     const char *sign)
{
	size_t n = strlen(sign);
	struct oid id;

	for (; *text; text += strcspn(text, "\n"), text += *text == '\n')
		if (!strncmp(text, sign, n) && oid_parse(&id, text + n))
			vec_push(a, out, id);
}

struct err *reachable_not(struct oidset *out, struct repo *repo,
			  const struct oids *commits, const struct oids *more)
{
	static const char *const args[] = { "rev-list", "--stdin", "--not",
					    ALIVE_TIPS, NULL };
	struct arena arena = ARENA_INIT;
	struct buf text = BUF_INIT;
	struct oids ids = { 0 };
	struct err *e = NULL;

	(void)repo; /* git finds the same one */
	if (commits->nr)
		e = run_rev_list(&text, args, commits, more);
	if (!e)
		read_ids(&ids, &arena, text.p, "");
	for (size_t i = 0; i < ids.nr; i++)
		oidset_add(out, &ids.at[i]);
	buf_release(&text);
	arena_release(&arena);
	return e;
}

struct err *reachable_fork(struct oid *out, bool *found, struct arena *a,
			   struct repo *repo, const struct oid *commit)
{
	static const char *const args[] = { "rev-list", "--boundary", "--stdin",
					    "--not",    ALIVE_TIPS,   NULL };
	struct oid id = *commit;
	struct oids one = { &id, 1, 1 }, ends = { 0 };
	struct buf text = BUF_INIT;
	struct err *e = run_rev_list(&text, args, &one, NULL);
	bool *reached;

	*found = false;
	if (!e)
		read_ids(&ends, a, text.p, "-");
	buf_release(&text);
	reached = arena_alloc(a, ends.nr + 1);
	for (size_t i = 0; !e && i < ends.nr && !*found; i++) {
		e = ancestry_reached(reached, repo, &ends.at[i], &ends);
		*found = !e && !memchr(reached, false, ends.nr);
		*out = ends.at[i];
	}
	return e;
}

struct err *reachable_built_on(struct oids *out, struct arena *a,
			       struct repo *repo, const struct oid *commit)
{
	/* A forge keeps what was squashed in refs of its own. */
	static const char *const args[] = { "rev-list", "--ancestry-path",
					    "--reflog", "--all",
					    "--stdin",  NULL };
	struct buf in = BUF_INIT, text = BUF_INIT;
	char hex[OID_HEX + 1];
	struct err *e;

	(void)repo;
	buf_addf(&in, "^%s\n", oid_hex(hex, commit));
	e = child_run(&text, args, &in);
	if (!e)
		read_ids(out, a, text.p, "");
	buf_release(&in);
	buf_release(&text);
	return e;
}

/* What is in the history of all of the commits; nothing is not an error. */
static void add_base(struct buf *in, struct arena *a, const struct oids *among)
{
	const char *args[CHILD_ARGS + 1] = { "merge-base", "--octopus",
					     "--all" };
	struct buf text = BUF_INIT;
	struct oids bases = { 0 };
	char hex[OID_HEX + 1];
	size_t n = 3;

	if (among->nr > CHILD_ARGS - n)
		return;
	for (size_t i = 0; i < among->nr; i++)
		args[n++] = arena_strdup(a, oid_hex(hex, &among->at[i]));
	err_pass(child_run(&text, args, NULL));
	read_ids(&bases, a, text.p, "");
	add_ids(in, "^", &bases);
	buf_release(&text);
}

struct err *reachable_touching(struct oids *out, struct arena *a,
			       struct repo *repo, const struct oids *among,
			       const struct strs *paths, bool dead)
{
	static const char *const living[] = { "rev-list",       "--no-merges",
					      "--full-history", ALIVE_TIPS,
					      "--stdin",        NULL };
	static const char *const left[] = { "rev-list",       "--no-merges",
					    "--full-history", "--reflog",
					    "--stdin",        "--not",
					    ALIVE_TIPS,       NULL };
	struct buf in = BUF_INIT, text = BUF_INIT;
	struct err *e;

	(void)repo;
	if (dead)
		add_ids(&in, "", among);
	else
		add_base(&in, a, among);
	buf_addstr(&in, "--\n");
	for (size_t i = 0; i < paths->nr; i++)
		if (!strchr(paths->at[i], '\n'))
			buf_addf(&in, ":(top,literal)%s\n", paths->at[i]);
	e = child_run(&text, dead ? left : living, &in);
	if (!e)
		read_ids(out, a, text.p, "");
	buf_release(&in);
	buf_release(&text);
	return e;
}
