/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/install.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/embed.h"
#include "base/file.h"
#include "base/quote.h"
#include "hook/block.h"
#include "hook/hook.h"
#include "hook/place.h"
#include "hook/self.h"

#define SIGNATURE "# git-retro hook shim "
#define OPENING   "#!/bin/sh\n" SIGNATURE
#define ENDING    SIGNATURE "end\n"
#define KEPT      ".pre-retro"
#define PROGRAM   "git-retro-hook"

/* What a file is to us. */
enum kind {
	KIND_NONE,
	KIND_SHIM,   /* ours, as we would write it now */
	KIND_OLD,    /* ours, of another version or for another program */
	KIND_EDITED, /* has our shim in it, and more */
	KIND_OTHER,
};

/* One hook where it is or should be. */
struct slot {
	const struct hook *hook;
	const char *path;  /* of the shim, or of the script with our lines */
	const char *kept;  /* where an earlier hook is kept */
	bool block;        /* our lines in a script, not a shim */
	struct buf shim;   /* as we would write it */
	enum kind kind;    /* of what is at `path` */
	const char *moved; /* ours, as another tool that came later renamed it
			    * to make room for its own; or NULL */
	enum kind moved_kind;
};

struct installer {
	struct arena *a;
	const struct config *config;
	struct place place;
	bool dry_run;
	struct install_report *report;
};

static struct err *render(struct buf *out, struct installer *in,
			  const char *hook)
{
	static const char mark[] = "@PROGRAM@";
	const struct embed *text =
		embed_find(arena_printf(in->a, "hooks/%s", hook));
	const char *at = strstr(text->bytes, mark);
	char *program = PROGRAM;
	struct err *e = NULL;

	if (!in->place.committed)
		e = self_program(&program, in->a, PROGRAM);
	if (e)
		return e;
	buf_add(out, text->bytes, (size_t)(at - text->bytes));
	quote_always(out, program);
	buf_addstr(out, at + strlen(mark));
	return NULL;
}

static bool begins(const struct buf *b, const char *with)
{
	return b->n >= strlen(with) && !memcmp(b->p, with, strlen(with));
}

static bool ends(const struct buf *b, const char *with)
{
	size_t n = strlen(with);

	return b->n >= n && !memcmp(b->p + b->n - n, with, n);
}

/* Anything that cannot be read is somebody else's. */
static enum kind inspect(const struct slot *slot, const char *path)
{
	struct buf bytes = BUF_INIT;
	enum kind kind = KIND_OTHER;

	if (!file_exists(path))
		return KIND_NONE;
	err_free(file_read(&bytes, path, FILE_MAX));
	if (bytes.n == slot->shim.n &&
	    !memcmp(bytes.p, slot->shim.p, bytes.n) && bytes.n)
		kind = file_is_executable(path) ? KIND_SHIM : KIND_OLD;
	else if (begins(&bytes, OPENING) && ends(&bytes, ENDING))
		kind = KIND_OLD;
	else if (memmem(bytes.p, bytes.n, SIGNATURE, strlen(SIGNATURE)))
		kind = KIND_EDITED;
	buf_release(&bytes);
	return kind;
}

static bool is_ours(enum kind kind)
{
	return kind == KIND_SHIM || kind == KIND_OLD;
}

static void find_moved(struct slot *slot, struct arena *a)
{
	static const char *const suffixes[] = { ".legacy", ".old" };

	for (size_t i = 0; i < ARRAY_SIZE(suffixes) && !slot->moved; i++) {
		const char *path =
			arena_printf(a, "%s%s", slot->path, suffixes[i]);

		slot->moved_kind = inspect(slot, path);
		if (is_ours(slot->moved_kind))
			slot->moved = path;
	}
}

static struct err *look(struct slot *slot, struct installer *in,
			const struct hook *hook)
{
	const struct place *place = &in->place;
	struct err *e;

	*slot = (struct slot){ .hook = hook, .shim = BUF_INIT };
	slot->path = path_join(in->a, place->dir, hook->name);
	slot->kept = arena_printf(in->a, "%s" KEPT, slot->path);
	e = render(&slot->shim, in, hook->name);
	if (e)
		return e;
	slot->kind = inspect(slot, slot->path);
	if (slot->kind == KIND_OTHER)
		find_moved(slot, in->a);
	slot->block = place->scripts && slot->kind == KIND_OTHER;
	if (slot->block)
		slot->path = path_join(in->a, place->scripts, hook->name);
	return NULL;
}

static void report(struct installer *in, const struct slot *slot,
		   enum install_state state, const char *text)
{
	bool alone = slot->kind == KIND_SHIM && !file_exists(slot->kept);

	vec_push(in->a, in->report,
		 (struct install_item){ slot->hook->name, slot->path, state,
					text, alone });
}

/* Writes the shim; what is there gets the name `keep` first if that is not
 * NULL. At every moment one of the two is the hook. */
static struct err *write_shim(const struct slot *slot, const char *path,
			      const char *keep, struct arena *a)
{
	const char *fresh = arena_printf(a, "%s.new-retro", path);
	struct err *e = file_make_parents(path);

	if (e)
		return e;
	unlink(fresh); /* what a crash left */
	e = file_write(fresh, slot->shim.p, slot->shim.n, 0777, FILE_NEW);
	if (!e && keep && link(path, keep))
		e = err_errno("cannot keep '%s' as '%s'", path, keep);
	if (!e && rename(fresh, path)) {
		e = err_errno("cannot write '%s'", path);
		if (keep)
			unlink(keep);
	}
	if (e)
		unlink(fresh);
	return e;
}

static struct err *keep_other(struct installer *in, const struct slot *slot)
{
	struct err *e = NULL;

	if (file_exists(slot->kept))
		return err_hint(err_new(ERR_EXISTS,
					"'%s' is somebody else's, and "
					"there is an earlier one kept as '%s'",
					slot->path, path_base(slot->kept)),
				"join the two, or remove one of them");
	if (!in->dry_run)
		e = write_shim(slot, slot->path, slot->kept, in->a);
	if (!e)
		report(in, slot, INSTALL_CHAINED,
		       arena_printf(in->a,
				    "installed; the hook that was there "
				    "is kept as %s and runs first",
				    path_base(slot->kept)));
	return e;
}

/* Another tool's hook that has taken ours in: it stays in front. */
static struct err *mend_moved(struct installer *in, const struct slot *slot)
{
	struct err *e = NULL;
	bool old = slot->moved_kind == KIND_OLD;

	if (old && !in->dry_run)
		e = write_shim(slot, slot->moved, NULL, in->a);
	if (!e)
		report(in, slot, INSTALL_OURS,
		       arena_printf(in->a,
				    "%s as %s, by a tool that put its "
				    "own hook in front",
				    old ? "brought up to date" : "kept",
				    path_base(slot->moved)));
	return e;
}

static struct err *install_shim(struct installer *in, const struct slot *slot)
{
	enum install_state state =
		file_exists(slot->kept) ? INSTALL_CHAINED : INSTALL_OURS;
	struct err *e = NULL;

	if (slot->kind == KIND_SHIM) {
		report(in, slot, state, "already installed");
		return NULL;
	}
	if (slot->kind == KIND_EDITED) {
		report(in, slot, INSTALL_STALE,
		       "was edited by hand, and is left as it is");
		return NULL;
	}
	if (slot->kind == KIND_OTHER)
		return slot->moved ? mend_moved(in, slot)
				   : keep_other(in, slot);
	if (!in->dry_run)
		e = write_shim(slot, slot->path, NULL, in->a);
	if (!e)
		report(in, slot, state,
		       slot->kind == KIND_OLD ? "brought up to date"
					      : "installed");
	return e;
}

static struct err *read_script(struct buf *out, const char *path)
{
	struct err *e = file_read(out, path, FILE_MAX);

	if (e && e->code == ERR_NOT_FOUND) {
		err_free(e);
		return NULL;
	}
	return e;
}

static struct err *install_block(struct installer *in, const struct slot *slot)
{
	struct buf script = BUF_INIT;
	struct err *e = read_script(&script, slot->path);
	enum block_state found = block_find(&script, slot->hook->name);

	if (!e && found != BLOCK_SAME) {
		block_add(&script, slot->hook->name);
		if (!in->dry_run)
			e = file_write(slot->path, script.p, script.n, 0777, 0);
	}
	buf_release(&script);
	if (!e)
		report(in, slot, INSTALL_OURS,
		       found == BLOCK_SAME ? "already installed"
					   : "installed as two lines of the "
					     "script that husky runs");
	return e;
}

static struct err *refuse(const struct installer *in)
{
	struct strs paths = { 0 };
	struct buf line = BUF_INIT;
	const char *origin = NULL;
	struct err *e;

	config_get_all(&paths, &origin, in->a, in->config, "core.hooksPath");
	block_line(&line, hook_pre_push.name);
	e = err_hint(err_new(ERR_UNSUPPORTED,
			     "core.hooksPath (%s) leads out of this "
			     "repository, to '%s', which is left alone",
			     origin ? origin : "git config", in->place.dir),
		     "add to %s there, and likewise for each other hook: %s",
		     hook_pre_push.name, line.p);
	buf_release(&line);
	return e;
}

/* Does `act` for each hook. */
static struct err *each(struct installer *in, struct repo *repo,
			struct err *(*act)(struct installer *in,
					   const struct slot *slot))
{
	struct err *e = place_find(&in->place, in->a, repo, in->config);

	if (!e && in->place.outside)
		return refuse(in);
	for (size_t i = 0; !e && hook_table[i]; i++) {
		struct slot slot;

		e = look(&slot, in, hook_table[i]);
		if (!e)
			e = act(in, &slot);
		buf_release(&slot.shim);
	}
	return e;
}

static struct err *install(struct installer *in, const struct slot *slot)
{
	return slot->block ? install_block(in, slot) : install_shim(in, slot);
}

/* What is kept takes its old place again; without it there is none. */
static struct err *restore(struct installer *in, const struct slot *slot,
			   const char *path)
{
	bool kept = file_exists(slot->kept);

	if (kept ? rename(slot->kept, path) : unlink(path))
		return err_errno("cannot remove '%s'", path);
	report(in, slot, INSTALL_ABSENT,
	       kept ? "removed; the earlier hook is back" : "removed");
	return NULL;
}

static struct err *remove_block(struct installer *in, const struct slot *slot)
{
	struct buf script = BUF_INIT;
	struct err *e = read_script(&script, slot->path);
	bool found = block_find(&script, slot->hook->name) != BLOCK_ABSENT;

	if (!e && found) {
		block_remove(&script);
		if (script.n)
			e = file_write(slot->path, script.p, script.n, 0777, 0);
		else if (unlink(slot->path))
			e = err_errno("cannot remove '%s'", slot->path);
	}
	buf_release(&script);
	if (!e)
		report(in, slot, INSTALL_ABSENT,
		       found ? "removed" : "not installed");
	return e;
}

static struct err *uninstall(struct installer *in, const struct slot *slot)
{
	if (slot->moved)
		return restore(in, slot, slot->moved);
	if (slot->block)
		return remove_block(in, slot);
	if (is_ours(slot->kind) ||
	    (slot->kind == KIND_NONE && file_exists(slot->kept)))
		return restore(in, slot, slot->path);
	if (slot->kind == KIND_EDITED)
		report(in, slot, INSTALL_STALE,
		       "was edited by hand: take our lines out of it");
	else
		report(in, slot,
		       slot->kind == KIND_NONE ? INSTALL_ABSENT
					       : INSTALL_FOREIGN,
		       "not installed");
	return NULL;
}

static struct err *show_block(struct installer *in, const struct slot *slot)
{
	struct buf script = BUF_INIT;
	struct err *e = read_script(&script, slot->path);
	enum block_state found = block_find(&script, slot->hook->name);

	buf_release(&script);
	if (e)
		return e;
	if (found == BLOCK_SAME)
		report(in, slot, INSTALL_OURS, "installed");
	else if (found == BLOCK_OTHER)
		report(in, slot, INSTALL_STALE,
		       "of another version; 'git retro hooks install' mends "
		       "it");
	else
		report(in, slot, INSTALL_ABSENT, "not installed");
	return NULL;
}

static struct err *show(struct installer *in, const struct slot *slot)
{
	enum kind kind = slot->moved ? slot->moved_kind : slot->kind;
	bool kept = file_exists(slot->kept);

	if (slot->block)
		return show_block(in, slot);
	switch (kind) {
	case KIND_NONE:
		report(in, slot, INSTALL_ABSENT, "not installed");
		break;
	case KIND_SHIM:
		report(in, slot, kept ? INSTALL_CHAINED : INSTALL_OURS,
		       kept ? "installed, behind the hook that was there"
			    : "installed");
		break;
	case KIND_OLD:
		report(in, slot, INSTALL_STALE,
		       "of another version or place; "
		       "'git retro hooks install' mends it");
		break;
	case KIND_EDITED:
		report(in, slot, INSTALL_STALE, "was edited by hand");
		break;
	case KIND_OTHER:
		report(in, slot, INSTALL_FOREIGN,
		       "not installed; there is another hook, which "
		       "'git retro hooks install' keeps");
		break;
	}
	return NULL;
}

struct err *install_hooks(struct install_report *out, struct arena *a,
			  struct repo *repo, const struct config *config,
			  bool dry_run)
{
	struct installer in = { .a = a, .config = config, .report = out };

	in.dry_run = dry_run;
	return each(&in, repo, install);
}

struct err *install_remove(struct install_report *out, struct arena *a,
			   struct repo *repo, const struct config *config)
{
	struct installer in = { .a = a, .config = config, .report = out };

	return each(&in, repo, uninstall);
}

struct err *install_status(struct install_report *out, struct arena *a,
			   struct repo *repo, const struct config *config)
{
	struct installer in = { .a = a, .config = config, .report = out };

	return each(&in, repo, show);
}
