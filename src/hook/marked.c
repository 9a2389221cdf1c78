/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/marked.h"

#include <string.h>

#include "base/file.h"
#include "base/vec.h"
#include "hook/fill.h"
#include "hook/program.h"

#define LEFTHOOK "lefthook-local.yml"

struct err *marked_husky(struct marked *out, struct arena *a,
			 const char *scripts, const char *hook)
{
	*out = (struct marked){ .a = a, .hook = hook, .lines = BUF_INIT };
	out->path = path_join(a, scripts, hook);
	fill(&out->lines, "husky", hook, SELF_HOOK);
	return NULL;
}

struct err *marked_lefthook(struct marked *out, struct arena *a,
			    const char *top, const char *hook)
{
	char *program;
	struct err *e = program_find(&program, a, SELF_HOOK);

	*out = (struct marked){ .a = a, .hook = hook, .lines = BUF_INIT };
	out->top = top;
	out->path = path_join(a, top, LEFTHOOK);
	if (!e)
		fill(&out->lines, "lefthook", hook, program);
	return e;
}

void marked_release(struct marked *marked)
{
	buf_release(&marked->lines);
}

static struct err *read_marked_file(struct buf *out, bool *fresh,
				    const char *path)
{
	struct err *e = file_read(out, path, FILE_MAX);

	*fresh = e && e->code == ERR_NOT_FOUND;
	if (!*fresh)
		return e;
	err_free(e);
	return NULL;
}

struct err *marked_find(enum block_state *out, const struct marked *marked)
{
	struct buf file = BUF_INIT;
	bool fresh;
	struct err *e = read_marked_file(&file, &fresh, marked->path);

	*out = e ? BLOCK_ABSENT : block_find(&file, &marked->lines);
	buf_release(&file);
	return e;
}

/* Whether a key of this name, quoted or not, is at the start of a line. */
static bool has_marked_key(const struct buf *yaml, const char *key)
{
	for (const char *p = yaml->p; (p = strstr(p, key)); p++) {
		const char *start = p, *end = p + strlen(key);

		if (start > yaml->p && strchr("\"'", start[-1]))
			start--, end++;
		if ((start == yaml->p || start[-1] == '\n') && *end == ':')
			return true;
	}
	return false;
}

/* lefthook reads one of many names, and a key twice is no YAML. */
static struct err *find_obstacle(const char **out, const struct marked *marked,
				 const struct buf *file)
{
	static const char *const others[] = {
		".lefthook-local.yml",         ".lefthook-local.yaml",
		".lefthook-local.toml",        ".lefthook-local.json",
		"lefthook-local.yaml",         "lefthook-local.toml",
		"lefthook-local.json",         ".config/lefthook-local.yml",
		".config/lefthook-local.yaml",
	};
	struct buf rest = BUF_INIT;
	struct err *e = NULL;

	for (size_t i = 0; !e && !*out && i < ARRAY_SIZE(others); i++) {
		enum file_kind kind;

		e = file_look(&kind,
			      path_join(marked->a, marked->top, others[i]));
		if (kind != FILE_NONE)
			*out = others[i];
	}
	if (e || *out)
		return e;
	buf_add(&rest, file->p, file->n);
	block_remove(&rest, &marked->lines);
	if (has_marked_key(&rest, marked->hook))
		*out = LEFTHOOK;
	buf_release(&rest);
	return NULL;
}

struct err *marked_put(enum block_state *found, const char **obstacle,
		       const struct marked *marked, bool dry_run)
{
	struct buf file = BUF_INIT;
	bool fresh;
	struct err *e = read_marked_file(&file, &fresh, marked->path);

	*found = e ? BLOCK_ABSENT : block_find(&file, &marked->lines);
	*obstacle = NULL;
	if (!e && marked->top)
		e = find_obstacle(obstacle, marked, &file);
	if (!e && !*obstacle && *found != BLOCK_SAME && !dry_run) {
		block_add(&file, &marked->lines, !marked->top, fresh);
		e = file_write(marked->path, file.p, file.n, 0666, 0, NULL);
	}
	buf_release(&file);
	return e;
}

struct err *marked_take(bool *done, const struct marked *marked, bool dry_run)
{
	struct buf file = BUF_INIT;
	bool fresh, whole;
	struct err *e = read_marked_file(&file, &fresh, marked->path);

	*done = !e && block_find(&file, &marked->lines) != BLOCK_ABSENT;
	if (*done && !dry_run) {
		whole = block_remove(&file, &marked->lines);
		if (!whole)
			e = file_write(marked->path, file.p, file.n, 0666, 0,
				       NULL);
		else
			e = file_remove(marked->path);
	}
	buf_release(&file);
	return e;
}
