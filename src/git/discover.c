/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/discover.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/opener.h"
#include "git/oid.h"

/* Bytes of a config; one that is larger is not looked at. */
#define CONFIG_MAX ((size_t)1 << 16)

struct err *discover_head(bool *is, const char *path)
{
	struct buf head = BUF_INIT;
	char link[sizeof("refs/")] = "";
	struct oid oid;
	struct err *e;

	if (readlink(path, link, sizeof(link) - 1) > 0) {
		*is = !strcmp(link, "refs/");
		return NULL;
	}
	e = file_read_named(&head, path, FILE_MAX);
	if (!e && !strncmp(head.p, "ref:", 4)) {
		const char *to = head.p + 4;

		to += strspn(to, " \t\n\v\f\r");
		*is = !strncmp(to, "refs/", 5);
	} else {
		*is = !e && oid_parse(&oid, head.p);
	}
	buf_release(&head);
	if (e && (e->code == ERR_NOT_FOUND || e->code == ERR_UNSUPPORTED)) {
		err_free(e);
		e = NULL;
	}
	return e;
}

static bool is_told_otherwise(void)
{
	static const char *const names[] = {
		"GIT_DIR",
		"GIT_WORK_TREE",
		"GIT_COMMON_DIR",
		"GIT_CEILING_DIRECTORIES",
		"GIT_DISCOVERY_ACROSS_FILESYSTEM",
		"GIT_CONFIG_PARAMETERS",
		"GIT_CONFIG_COUNT",
		"GIT_TEST_ASSUME_DIFFERENT_OWNER",
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (getenv(names[i]))
			return true;
	return false;
}

/* Whether each "<name> = <value>" of the text has this value. */
static bool all_are(const char *text, const char *name, const char *value)
{
	while ((text = strcasestr(text, name))) {
		text += strlen(name);
		text += strspn(text, " \t");
		if (*text++ != '=')
			return false;
		text += strspn(text, " \t");
		if (strncmp(text, value, strlen(value)) != 0 ||
		    text[strlen(value)] != '\n')
			return false;
	}
	return true;
}

/* A config that names no other work tree, no extension and no other file; `bare`
 * is what it may say of itself. */
static bool is_plain_config(const char *path, const char *bare)
{
	static const char *const words[] = { "worktree", "extensions",
					     "include" };
	struct buf text = BUF_INIT;
	struct err *e = file_read_named(&text, path, CONFIG_MAX);
	bool plain = !e && strlen(text.p) == text.n &&
		     strcasestr(text.p, "repositoryformatversion") &&
		     all_are(text.p, "repositoryformatversion", "0") &&
		     all_are(text.p, "bare", bare);

	for (size_t i = 0; plain && i < ARRAY_SIZE(words); i++)
		plain = !strcasestr(text.p, words[i]);
	err_free(e); /* git tells it */
	buf_release(&text);
	return plain;
}

static bool says_bare(const char *path)
{
	struct buf text = BUF_INIT;
	struct err *e = file_read_named(&text, path, CONFIG_MAX);
	bool says = !e && strcasestr(text.p, "bare = true");

	err_free(e);
	buf_release(&text);
	return says;
}

/* What is there by that name; false if it is not of this kind, or not theirs.
 * A link is not a folder. */
static bool is_own_folder(const char *path, dev_t device)
{
	struct stat st;

	return !opener_stat(&st, AT_FDCWD, path) && S_ISDIR(st.st_mode) &&
	       st.st_uid == geteuid() && st.st_dev == device;
}

/* The path of what lies in the repository of `top`, in the same memory. */
static const char *below(struct buf *path, const char *top, const char *name)
{
	buf_reset(path);
	buf_addf(path, "%s/.git/%s", top, name);
	return path->p;
}

static bool is_plain_repo(const char *top, dev_t device)
{
	struct buf path = BUF_INIT;
	bool head = false;
	struct err *e = discover_head(&head, below(&path, top, "HEAD"));
	bool plain = head && is_own_folder(top, device) &&
		     is_own_folder(below(&path, top, "."), device) &&
		     is_own_folder(below(&path, top, "objects"), device) &&
		     is_own_folder(below(&path, top, "refs"), device) &&
		     !opener_is_named(below(&path, top, "commondir")) &&
		     is_plain_config(below(&path, top, "config"), "false");

	err_free(e); /* git tells it */
	buf_release(&path);
	return plain;
}

/* Whether git would take a folder itself for a repository, or might. */
static bool is_like_bare(const char *dir)
{
	struct buf path = BUF_INIT;
	bool is;

	buf_addf(&path, "%s/HEAD", dir);
	is = opener_is_named(path.p);
	buf_release(&path);
	return is;
}

static bool has_git(const char *dir)
{
	struct buf path = BUF_INIT;
	struct stat st;
	bool has;

	buf_addf(&path, "%s/.git", dir);
	has = !opener_stat(&st, AT_FDCWD, path.p);
	buf_release(&path);
	return has;
}

char *discover_plain(const char **rest)
{
	char *dir = is_told_otherwise() ? NULL : getcwd(NULL, 0);
	size_t whole = dir ? strlen(dir) : 0;
	struct stat here;

	if (!dir || opener_stat(&here, AT_FDCWD, "."))
		goto ask;
	while (!has_git(dir)) {
		char *slash = strrchr(dir, '/');

		if (is_like_bare(dir) || !slash || slash == dir)
			goto ask;
		*slash = '\0';
	}
	if (!is_plain_repo(dir, here.st_dev))
		goto ask;
	/* Only its own slash ends it; the others stand again. */
	*rest = strlen(dir) < whole ? dir + strlen(dir) + 1 : dir + whole;
	for (char *at = dir + strlen(dir) + 1; at < dir + whole; at++)
		if (!*at)
			*at = '/';
	return dir;
ask:
	free(dir);
	return NULL;
}

char *discover_bare(void)
{
	static const char *const folders[] = { ".", "objects", "refs" };
	char *dir = is_told_otherwise() ? NULL : getcwd(NULL, 0);
	struct err *e = NULL;
	struct stat here, st;
	bool is = false;

	if (dir && !opener_stat(&here, AT_FDCWD, ".") &&
	    opener_stat(&st, AT_FDCWD, ".git") && errno == ENOENT)
		e = discover_head(&is, "HEAD");
	for (size_t i = 0; is && i < ARRAY_SIZE(folders); i++)
		is = is_own_folder(folders[i], here.st_dev);
	/* One that does not say it may be the .git of a work tree. */
	is = is && !opener_is_named("commondir") &&
	     is_plain_config("config", "true") && says_bare("config");
	err_free(e); /* git tells it */
	if (is)
		return dir;
	free(dir);
	return NULL;
}
