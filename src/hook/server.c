/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/server.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "hook/fill.h"
#include "hook/program.h"
#include "hook/shim.h"

#define HOOK "pre-receive"

struct server {
	const char *path, *kept;
	bool has_kept;
	struct buf shim;
	enum shim_kind kind;
};

/* Where what is ours goes. */
static struct err *find_server_place(const char **out, struct arena *a,
				     struct repo *repo,
				     const struct config *config)
{
	const char *custom = path_join(a, repo_git_dir(repo), "custom_hooks");
	char *hooks;
	const char *folder;
	enum file_kind kind;
	struct err *e = file_look(&kind, custom);

	*out = path_join(a, custom, HOOK ".d/git-retro");
	if (e || kind == FILE_FOLDER)
		return e;
	e = repo_hooks_dir(&hooks, a, repo, config);
	if (e)
		return e;
	folder = path_join(a, hooks, HOOK ".d");
	*out = path_join(a, folder, "git-retro");
	e = file_look(&kind, folder);
	if (!e && kind != FILE_FOLDER)
		*out = path_join(a, hooks, HOOK);
	return e;
}

static struct err *look_at_server(struct server *out, struct arena *a,
				  struct repo *repo,
				  const struct config *config)
{
	char *program;
	enum file_kind kept = FILE_NONE;
	struct err *e = program_find(&program, a, "git-retro");

	*out = (struct server){ .shim = BUF_INIT };
	if (!e)
		e = find_server_place(&out->path, a, repo, config);
	if (e)
		return e;
	fill(&out->shim, HOOK, HOOK, program);
	out->kept = arena_printf(a, "%s.pre-retro", out->path);
	e = file_look(&kept, out->kept);
	out->has_kept = kept != FILE_NONE;
	return e ? e : shim_inspect(&out->kind, &out->shim, out->path);
}

static void report_server(struct install_report *out, struct arena *a,
			  const struct server *server, enum install_state state,
			  const char *text)
{
	vec_push(
		a, out,
		(struct install_item){ HOOK, server->path, state, text, NULL });
}

struct err *server_install(struct install_report *out, struct arena *a,
			   struct repo *repo, const struct config *config,
			   bool dry_run)
{
	struct server server;
	struct err *e = look_at_server(&server, a, repo, config);
	bool keep = server.kind == SHIM_OTHER || server.kind == SHIM_EDITED;

	if (!e && keep && server.has_kept)
		e = err_new(ERR_EXISTS,
			    _("'%s' belongs to another tool, and an earlier "
			      "hook is kept as '%s'"),
			    server.path, path_base(server.kept));
	if (!e && server.kind != SHIM_SAME && !dry_run)
		e = shim_write(&server.shim, server.path,
			       keep ? server.kept : NULL);
	if (!e)
		report_server(out, a, &server, INSTALL_OURS,
			      server.kind == SHIM_SAME ? _("already installed")
						       : _("installed"));
	buf_release(&server.shim);
	return e;
}

struct err *server_remove(struct install_report *out, struct arena *a,
			  struct repo *repo, const struct config *config)
{
	struct server server;
	struct err *e = look_at_server(&server, a, repo, config);
	bool ours = server.kind == SHIM_SAME || server.kind == SHIM_OLD;

	if (!e && ours)
		e = server.has_kept ? file_move(server.kept, server.path)
				    : file_remove(server.path);
	if (!e)
		report_server(out, a, &server, INSTALL_ABSENT,
			      ours ? _("removed") : _("not installed"));
	buf_release(&server.shim);
	return e;
}

struct err *server_status(struct install_report *out, struct arena *a,
			  struct repo *repo, const struct config *config)
{
	struct server server;
	struct err *e = look_at_server(&server, a, repo, config);
	bool there = server.kind == SHIM_SAME;

	if (!e)
		report_server(out, a, &server,
			      there ? INSTALL_OURS : INSTALL_ABSENT,
			      there ? _("installed") : _("not installed"));
	buf_release(&server.shim);
	return e;
}
