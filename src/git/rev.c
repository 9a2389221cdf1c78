/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/rev.h"

#include <ctype.h>
#include <stdio.h>

#include "base/file.h"
#include "base/i18n.h"
#include "git/batch.h"
#include "git/child.h"
#include "git/internal.h"
#include "git/object.h"
#include "git/repo.h"
#include "git/told.h"

/* No abbreviation is shorter. */
#define ABBREV_MIN 7

static bool is_hex(const char *name)
{
	size_t n = strspn(name, "0123456789abcdefABCDEF");

	return n >= 4 && n <= OID_HEX && !name[n];
}

/* What every git understands the same way: a ref, or an id. The rest (~, ^,
 * @, :) reads parents, reflogs or shallow ends, which are git's to know. */
static bool is_plain_name(const char *name)
{
	return *name && *name != '-' && !strpbrk(name, "~^@:{}*?[\\ ");
}

/* What a name leads to, asked of the git that is kept open. */
static bool resolve_batch(struct oid *out, struct repo *repo, const char *name)
{
	struct buf spec = BUF_INIT;
	enum object_type type;
	size_t size;
	bool found;

	buf_addf(&spec, "%s^{commit}", name);
	found = batch_info(out, &type, &size, repo->batch, spec.p) ==
			OBJECT_FOUND &&
		type == OBJECT_COMMIT;
	buf_release(&spec);
	return found;
}

bool rev_plain(struct oid *out, struct repo *repo, const char *name)
{
	git_object *object = NULL, *commit = NULL;
	bool found;

	if (repo->foreign_head || !is_plain_name(name))
		return false;
	if (internal_asks_git(repo, 1))
		return resolve_batch(out, repo, name);
	found = !git_revparse_single(&object, repo->git, name) &&
		!git_object_peel(&commit, object, GIT_OBJECT_COMMIT);

	if (found)
		*out = from_git(git_object_id(commit));
	git_object_free(object);
	git_object_free(commit);
	return found;
}

static bool resolve_ref(struct oid *out, struct repo *repo, const char *dir,
			const char *name)
{
	struct buf ref = BUF_INIT;
	bool found;

	buf_addf(&ref, "refs/%s/%s", dir, name);
	found = rev_plain(out, repo, ref.p);
	buf_release(&ref);
	return found;
}

/* A tag and a branch of one name that stand at different commits. git warns and
 * takes the tag; here a wrong guess would be written down. */
static struct err *check_one_ref(struct repo *repo, const char *name)
{
	char hex[2][OID_HEX + 1];
	struct oid tag, branch;

	if (!is_plain_name(name) || is_hex(name) ||
	    !resolve_ref(&tag, repo, "tags", name) ||
	    !resolve_ref(&branch, repo, "heads", name) ||
	    oid_equal(&tag, &branch))
		return NULL;
	return err_hint(err_new(ERR_FAILED,
				_("'%s' is ambiguous: the tag is at %.*s, the "
				  "branch at %.*s"),
				name, ABBREV_MIN, oid_hex(hex[0], &tag),
				ABBREV_MIN, oid_hex(hex[1], &branch)),
			_("write tags/%s or heads/%s"), name, name);
}

/* Whether several objects here begin with these digits. */
static bool is_ambiguous(const char *name)
{
	char option[OID_HEX + 20] = "--disambiguate=";
	const char *const args[] = { "rev-parse", option, NULL };
	struct buf out = BUF_INIT;
	struct err *e;
	bool several;

	if (!is_hex(name))
		return false;
	memcpy(option + strlen(option), name, strlen(name) + 1);
	e = child_run(&out, args, NULL);
	several = !e && strcspn(out.p, "\n") + 1 < out.n;
	err_pass(e);
	buf_release(&out);
	return several;
}

/* Whether it names an object of another kind, as a tag of a file does. */
static bool is_other_object(const char *name)
{
	struct buf spec = BUF_INIT, out = BUF_INIT;
	const char *args[] = { "rev-parse", "--verify", "--end-of-options",
			       NULL, NULL };
	struct err *e;
	bool other;

	buf_addf(&spec, "%s^{object}", name);
	args[3] = spec.p;
	e = child_run(&out, args, NULL);
	other = !e;
	err_pass(e);
	buf_release(&spec);
	buf_release(&out);
	return other;
}

static struct err *no_such_rev(const struct repo *repo, const char *name)
{
	struct err *e = err_new(ERR_NOT_FOUND,
				_("no such commit, tag or branch: '%s'"), name);

	if (strspn(name, "0123456789abcdefABCDEF") != strlen(name))
		return e;
	if (repo_is_shallow(repo))
		return err_hint(e, _("this clone is shallow; to fetch all of "
				     "it: git fetch --unshallow"));
	return err_hint(e, _("it may be on a branch that is not here; to fetch "
			     "them all: git fetch --all"));
}

static struct err *rev_not_found(const struct repo *repo, const char *name,
				 struct err *why)
{
	if (why->code != ERR_REFUSED && why->code != ERR_MISSING)
		return why;
	err_free(why);
	if (is_ambiguous(name))
		return err_hint(err_new(ERR_NOT_FOUND,
					_("'%s' is ambiguous: several objects "
					  "start with it"),
					name),
				_("use more digits"));
	if (is_other_object(name))
		return err_new(
			ERR_NOT_FOUND,
			_("'%s' is not a commit and does not lead to one"),
			name);
	return no_such_rev(repo, name);
}

struct err *rev_commit(struct oid *out, struct repo *repo, const char *name)
{
	struct buf spec = BUF_INIT, hex = BUF_INIT;
	const char *args[] = { "rev-parse", "--verify", "--end-of-options",
			       NULL, NULL };
	struct err *e;

	e = check_one_ref(repo, name);
	if (e || rev_plain(out, repo, name))
		return e;
	buf_addstr(&spec, name);
	if (strncmp(name, ":/", 2) != 0) /* that is text to its end */
		buf_addstr(&spec, "^{commit}");
	args[3] = spec.p;
	e = child_run(&hex, args, NULL);
	if (e)
		e = rev_not_found(repo, name, e);
	else if (!oid_parse(out, hex.p) || hex.n != 2 * oid_size(out) + 1)
		e = err_new(ERR_FAILED, _("git rev-parse answered '%s'"),
			    hex.p);
	buf_release(&spec);
	buf_release(&hex);
	return e;
}

/* The commit itself says it, unless history is bent: then git does. */
struct err *rev_parent(struct oid *out, struct repo *repo,
		       const struct oid *commit, bool bent)
{
	char name[OID_HEX + 2], hex[OID_HEX + 1];
	struct object object;
	struct err *e;
	bool found;

	snprintf(name, sizeof(name), "%s^", oid_hex(hex, commit));
	if (bent)
		return rev_commit(out, repo, name);
	e = object_read(&object, repo, commit, SIZE_MAX);
	if (e)
		return e;
	found = object.type == OBJECT_COMMIT && object_parent(out, &object);
	object_release(&object);
	return found ? NULL : no_such_rev(repo, name);
}

const char *rev_abbrev(struct arena *a, struct repo *repo,
		       const struct oid *oid)
{
	char hex[OID_HEX + 1], *text;
	struct oid found;

	oid_hex(hex, oid);
	for (size_t n = ABBREV_MIN; n < strlen(hex); n++) {
		text = arena_strndup(a, hex, n);
		if (object_expand(&found, repo, text) != OBJECT_AMBIGUOUS)
			return text;
	}
	return arena_strdup(a, hex);
}

static struct err *unborn(void)
{
	return err_new(ERR_NOT_FOUND, _("there are no commits yet"));
}

/* Of a HEAD that is a file: what it names is among the refs, or is not born. */
static struct err *read_head(struct oid *out, bool *born, struct repo *repo)
{
	struct buf text = BUF_INIT, path = BUF_INIT;
	struct err *e;

	buf_addf(&path, "%s/HEAD", repo_git_dir(repo));
	e = file_read_named(&text, path.p, FILE_MAX);
	buf_release(&path);
	*born = !e && oid_parse(out, text.p);
	if (!e && !*born && !strncmp(text.p, "ref: ", 5)) {
		text.p[strcspn(text.p, "\n")] = '\0';
		e = told_ref(out, born, repo, text.p + 5);
	}
	buf_release(&text);
	return e;
}

struct err *rev_head(struct oid *out, struct repo *repo)
{
	git_oid id;
	bool born;
	int code;

	if (repo->foreign_head)
		return rev_commit(out, repo, "HEAD");
	if (internal_asks_git(repo, 1)) {
		struct err *e = NULL;

		if (repo->late)
			e = read_head(out, &born, repo);
		else
			born = resolve_batch(out, repo, "HEAD");
		return e || born ? e : unborn();
	}
	code = git_reference_name_to_id(&id, repo->git, "HEAD");
	if (code == GIT_ENOTFOUND)
		return unborn();
	if (code)
		return internal_err(code, _("cannot read HEAD"));
	*out = from_git(&id);
	return NULL;
}

struct err *rev_add_head(struct oids *out, struct arena *a, struct repo *repo)
{
	struct oid head;
	struct err *e = rev_head(&head, repo);

	if (!e)
		vec_push(a, out, head);
	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e);
		return NULL;
	}
	return e;
}
