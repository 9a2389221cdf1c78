/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/sparse.h"

#include <string.h>

#include "base/file.h"
#include "git/child.h"

bool sparse_is_on(struct arena *a, const struct repo *repo)
{
	const char *patterns =
		path_join(a, repo_git_dir(repo), "info/sparse-checkout");
	enum file_kind kind = FILE_NONE;

	err_pass(file_look(&kind, patterns));
	return kind != FILE_NONE;
}

/* "S <mode> <id> <stage>\t<path>"; S: the work tree is without it. */
static void read_entry(struct sparse_files *out, struct arena *a,
		       const char *entry)
{
	const char *path = strchr(entry, '\t');
	struct sparse_file file;

	if (!path || strncmp(entry, "S 100", 5) != 0 || strlen(entry) < 10 ||
	    !oid_parse(&file.blob, entry + 9))
		return;
	file.path = arena_strdup(a, path + 1);
	vec_push(a, out, file);
}

struct err *sparse_list(struct sparse_files *out, struct arena *a,
			const struct repo *repo, const char *path)
{
	const char *const args[] = {
		"ls-files",
		"-t",
		"--stage",
		"-z",
		"--full-name",
		"--",
		*path ? arena_printf(a, ":(top,literal)%s", path) : ":(top)",
		NULL
	};
	struct buf answer = BUF_INIT;
	const char *at, *entry;
	struct err *e = NULL;

	if (!sparse_is_on(a, repo))
		return NULL;
	e = child_run(&answer, args, NULL);
	at = answer.p;
	while (!e && child_split(&entry, 1, &at, answer.p + answer.n))
		read_entry(out, a, entry);
	buf_release(&answer);
	return e;
}

struct err *sparse_read(struct buf *out, bool *found, struct arena *a,
			const struct repo *repo, const char *path)
{
	struct sparse_files files = { 0 };
	struct err *e = sparse_list(&files, a, repo, path);
	char hex[OID_HEX + 1];
	const char *args[] = { "cat-file", "blob", hex, NULL };

	*found = !e && files.nr == 1 && !strcmp(files.at[0].path, path);
	if (!*found)
		return e;
	oid_hex(hex, &files.at[0].blob);
	return child_run(out, args, NULL);
}
