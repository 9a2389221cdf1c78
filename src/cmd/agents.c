/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/agents.h"

#include <string.h>

#include "agent/settings.h"
#include "base/embed.h"
#include "base/i18n.h"
#include "base/opener.h"
#include "base/text.h"
#include "index/work_tree.h"

#define FILE_NAME "AGENTS.md"
#define BEGIN     "<!-- git retro: begin -->\n"
#define BEGIN_CUT "<!-- git retro: begin, on a line of its own -->\n"
#define END       "<!-- git retro: end -->\n"

/* Where several agents share a folder for skills, it is the first of these. */
#define SKILL_SHARED ".agents/skills/git-retro/SKILL.md"

struct agents {
	struct env *env;
	struct buf *out;
	struct strs *written;
	bool dry_run;
};

/* A file of the work tree. */
struct agent_file {
	const char *path;
	struct buf text; /* with bare LF, where `crlf` */
	bool there;
	bool crlf; /* all of its lines end so */
};

/* False, and nothing is done, if a line does not end in CRLF. */
static bool drop_returns(struct buf *text)
{
	struct buf bare = BUF_INIT;
	bool any = false;

	for (size_t i = 0; i < text->n; i++) {
		bool ends = text->p[i] == '\r' && i + 1 < text->n &&
			    text->p[i + 1] == '\n';

		if (text->p[i] == '\n' && (!i || text->p[i - 1] != '\r')) {
			buf_release(&bare);
			return false;
		}
		any |= ends;
		if (!ends)
			buf_addch(&bare, text->p[i]);
	}
	buf_splice(text, 0, text->n, bare.p, bare.n);
	buf_release(&bare);
	return any;
}

static void add_returns(struct buf *out, const struct buf *text)
{
	for (size_t i = 0; i < text->n; i++) {
		if (text->p[i] == '\n')
			buf_addch(out, '\r');
		buf_addch(out, text->p[i]);
	}
}

static struct err *read_agent_file(struct agent_file *file,
				   const struct agents *agents,
				   const char *path)
{
	struct err *e;

	*file = (struct agent_file){ .path = path, .text = BUF_INIT };
	e = work_tree_read(&file->text, agents->env->arena, agents->env->repo,
			   path);
	file->there = !e;
	file->crlf = !e && drop_returns(&file->text);
	if (!e || e->code != ERR_NOT_FOUND)
		return e;
	err_free(e);
	return NULL;
}

/* Not there, if it is a link or a folder: nothing was written to that. */
static struct err *read_written_file(struct agent_file *file,
				     const struct agents *agents,
				     const char *path)
{
	struct err *e = read_agent_file(file, agents, path);

	if (!e || e->code != ERR_UNSUPPORTED)
		return e;
	err_free(e);
	return NULL;
}

static struct err *write_agent_file(struct agents *agents,
				    const struct agent_file *file)
{
	struct env *env = agents->env;
	struct buf text = BUF_INIT;
	struct err *e = NULL;

	if (file->crlf)
		add_returns(&text, &file->text);
	else
		buf_add(&text, file->text.p, file->text.n);
	if (!agents->dry_run)
		e = work_tree_write(env->arena, env->repo, file->path, &text,
				    file->there ? 0 : FILE_NEW);
	buf_release(&text);
	if (e)
		return e;
	buf_addf(agents->out,
		 agents->dry_run ? _("would write %s\n") : _("wrote %s\n"),
		 file->path);
	if (agents->written)
		vec_push(env->arena, agents->written, file->path);
	return NULL;
}

static struct err *remove_agent_file(struct agents *agents, const char *path)
{
	char *full;
	struct err *e = work_tree_path(&full, agents->env->arena,
				       agents->env->repo, path);

	if (!e && !agents->dry_run)
		e = file_remove(full);
	if (!e)
		buf_addf(agents->out,
			 agents->dry_run ? _("would remove %s\n")
					 : _("removed %s\n"),
			 path);
	return e;
}

static void say_there(struct agents *agents, const char *path)
{
	buf_addf(agents->out, _("%s already exists\n"), path);
}

/* --- the block --- */

static const struct embed *block_text(void)
{
	return embed_find("templates/agents/agents.md");
}

static const char *find_mark(const char *at, const char *end, const char *mark)
{
	return memmem(at, (size_t)(end - at), mark, strlen(mark));
}

enum block { BLOCK_NONE, BLOCK_OURS, BLOCK_BROKEN };

/* Where our block begins, and its length. It is broken where its marks are not
 * one at its begin and one at its end: nobody knows then what of it is ours. */
static enum block find_block(const char **begin, size_t *n,
			     const struct buf *text)
{
	const char *end = text->p + text->n, *cut, *close;

	*begin = find_mark(text->p, end, BEGIN);
	cut = find_mark(text->p, end, BEGIN_CUT);
	close = find_mark(text->p, end, END);
	if (!*begin && !cut && !close)
		return BLOCK_NONE;
	if (!close || !*begin == !cut)
		return BLOCK_BROKEN;
	if (cut)
		*begin = cut;
	if (*begin > close || find_mark(close + 1, end, END) ||
	    find_mark(*begin + 1, end, cut ? BEGIN_CUT : BEGIN))
		return BLOCK_BROKEN;
	*n = (size_t)(close - *begin) + strlen(END);
	return BLOCK_OURS;
}

static void put_block(struct buf *out, const char *begin)
{
	buf_addstr(out, begin);
	buf_add(out, block_text()->bytes, block_text()->n);
	buf_addstr(out, END);
}

static bool is_cut_block(const char *block)
{
	return strncmp(block, BEGIN, strlen(BEGIN)) != 0;
}

/* At the end, with an empty line before it, or in the place of an older one.
 * False if it is there already. */
static bool set_block(struct buf *text, const char *old, size_t n)
{
	bool cut = text->n && text->p[text->n - 1] != '\n', same;
	struct buf block = BUF_INIT;

	if (!old && text->n)
		buf_addstr(&block, cut ? "\n\n" : "\n");
	put_block(&block, (old ? is_cut_block(old) : cut) ? BEGIN_CUT : BEGIN);
	same = old && n == block.n && !memcmp(old, block.p, n);
	if (!same)
		buf_splice(text, old ? (size_t)(old - text->p) : text->n, n,
			   block.p, block.n);
	buf_release(&block);
	return !same;
}

/* To the byte as it was before. False if it is not as it was written. */
static bool drop_agents_block(struct buf *text, const char *old, size_t n)
{
	size_t at = (size_t)(old - text->p), before = is_cut_block(old) ? 2 : 1;

	if (set_block(text, old, n))
		return false;
	while (before && at && text->p[at - 1] == '\n') {
		at--;
		n++;
		before--;
	}
	buf_splice(text, at, n, "", 0);
	return true;
}

static struct err *write_block(struct agents *agents)
{
	struct agent_file file;
	struct err *e = read_agent_file(&file, agents, FILE_NAME);
	const char *old = NULL;
	size_t n = 0;
	enum block found = e ? BLOCK_NONE : find_block(&old, &n, &file.text);

	if (e && e->code == ERR_UNSUPPORTED) {
		buf_addf(agents->out,
			 _("%s was not changed: %s; where you want our block, "
			   "add:\n"),
			 FILE_NAME, e->text);
		put_block(agents->out, BEGIN);
		err_free(e);
		e = NULL;
	} else if (!e && found == BLOCK_BROKEN) {
		buf_addf(agents->out,
			 _("%s was not changed: the marks around our block are "
			   "not as they were\n"),
			 FILE_NAME);
	} else if (!e && set_block(&file.text, old, n)) {
		e = write_agent_file(agents, &file);
	} else if (!e) {
		say_there(agents, FILE_NAME);
	}
	buf_release(&file.text);
	return e;
}

static struct err *remove_agents_block(struct agents *agents)
{
	struct agent_file file;
	struct err *e = read_written_file(&file, agents, FILE_NAME);
	const char *old = NULL;
	size_t n = 0;
	enum block found = e ? BLOCK_NONE : find_block(&old, &n, &file.text);

	if (found == BLOCK_OURS && drop_agents_block(&file.text, old, n)) {
		e = file.text.n ? write_agent_file(agents, &file)
				: remove_agent_file(agents, FILE_NAME);
	} else if (found != BLOCK_NONE) {
		buf_addf(agents->out,
			 _("%s was changed since; remove our block by hand\n"),
			 FILE_NAME);
	}
	buf_release(&file.text);
	return e;
}

/* --- the settings --- */

static struct err *write_hook(struct agents *agents,
			      const struct agent_kind *kind)
{
	struct agent_file file;
	struct err *e = read_agent_file(&file, agents, kind->settings);
	bool there = !e && file.there && settings_have_hook(&file.text);

	if (there)
		say_there(agents, kind->settings);
	else if (!e && file.there)
		e = settings_add_hook(&file.text, kind);
	else if (!e)
		settings_new(&file.text, kind);
	if (e && e->code == ERR_UNSUPPORTED) {
		buf_addf(agents->out,
			 _("%s was not changed: %s; add this to its %s hooks: "
			   "%s\n"),
			 kind->settings,
			 text_cleaned(agents->env->arena, e->text), kind->event,
			 kind->entry);
		err_free(e);
		e = NULL;
	} else if (!e && !there) {
		e = write_agent_file(agents, &file);
	}
	buf_release(&file.text);
	return e;
}

static bool is_ours_alone(const struct buf *text, const struct agent_kind *kind)
{
	struct buf fresh = BUF_INIT;
	bool same;

	settings_new(&fresh, kind);
	same = !strcmp(fresh.p, text->p);
	buf_release(&fresh);
	return same;
}

static struct err *remove_hook(struct agents *agents,
			       const struct agent_kind *kind)
{
	struct agent_file file;
	struct err *e = read_written_file(&file, agents, kind->settings);

	if (!e && is_ours_alone(&file.text, kind))
		e = remove_agent_file(agents, kind->settings);
	else if (!e && settings_remove_hook(&file.text, kind))
		e = write_agent_file(agents, &file);
	else if (!e && settings_have_hook(&file.text))
		buf_addf(agents->out,
			 _("%s was changed since; remove our hook by hand\n"),
			 kind->settings);
	buf_release(&file.text);
	return e;
}

/* --- the skill --- */

static struct err *write_skill(struct agents *agents, const char *path)
{
	const struct embed *skill = embed_find("templates/agents/skill.md");
	struct agent_file file;
	struct err *e = read_agent_file(&file, agents, path);

	if (e && e->code == ERR_UNSUPPORTED) {
		buf_addf(agents->out, _("%s was not written: %s\n"), path,
			 e->text);
		err_free(e);
		e = NULL;
	} else if (!e && file.there) {
		say_there(agents, path);
	} else if (!e) {
		buf_add(&file.text, skill->bytes, skill->n);
		e = write_agent_file(agents, &file);
	}
	buf_release(&file.text);
	return e;
}

/* The folders of a skill that are empty now. That by which an agent is known
 * stays: whoever uses it may have made it. */
static void remove_skill_folders(struct agents *agents, const char *path)
{
	char *full, *folder = arena_strdup(agents->env->arena, path);
	char *slash;

	while (!agents->dry_run && (slash = strrchr(folder, '/'))) {
		struct err *e;

		*slash = '\0';
		if (!strchr(folder, '/') && strcmp(folder, ".agents") != 0)
			return;
		e = work_tree_path(&full, agents->env->arena, agents->env->repo,
				   folder);
		if (e || opener_remove_folder(full)) {
			err_free(e);
			return;
		}
	}
}

static struct err *remove_skill(struct agents *agents, const char *path)
{
	const struct embed *skill = embed_find("templates/agents/skill.md");
	struct agent_file file;
	struct err *e = read_written_file(&file, agents, path);

	if (!e && file.there && file.text.n == skill->n &&
	    !memcmp(file.text.p, skill->bytes, skill->n)) {
		e = remove_agent_file(agents, path);
		if (!e)
			remove_skill_folders(agents, path);
	} else if (!e && file.there) {
		buf_addf(agents->out, _("%s was changed since; it stays\n"),
			 path);
	}
	buf_release(&file.text);
	return e;
}

/* --- all of it --- */

static struct err *is_used(bool *out, const struct agents *agents,
			   const struct agent_kind *kind)
{
	struct err *e = NULL;

	*out = false;
	for (size_t i = 0; !e && !*out && kind->signs[i]; i++) {
		enum file_kind found = FILE_NONE;

		e = work_tree_look(&found, agents->env->arena,
				   agents->env->repo, kind->signs[i]);
		*out = found != FILE_NONE;
	}
	return e;
}

/* The first error of several steps, none of which hinders the next. */
static void keep_first(struct err **first, struct err *e)
{
	if (*first)
		err_free(e);
	else
		*first = e;
}

struct err *agents_install(struct buf *out, struct strs *written,
			   struct env *env, bool dry_run)
{
	struct agents agents = { env, out, written, dry_run };
	struct err *first = write_block(&agents);
	bool any = false, used;

	for (size_t i = 0; i < agent_kind_count; i++) {
		keep_first(&first, is_used(&used, &agents, &agent_kinds[i]));
		if (!used)
			continue;
		any = true;
		keep_first(&first, write_hook(&agents, &agent_kinds[i]));
		keep_first(&first, write_skill(&agents, agent_kinds[i].skill));
	}
	if (!any)
		keep_first(&first, write_skill(&agents, SKILL_SHARED));
	return first;
}

struct err *agents_remove(struct buf *out, struct env *env, bool dry_run)
{
	struct agents agents = { env, out, NULL, dry_run };
	struct err *first = remove_agents_block(&agents);

	for (size_t i = 0; i < agent_kind_count; i++) {
		keep_first(&first, remove_hook(&agents, &agent_kinds[i]));
		keep_first(&first, remove_skill(&agents, agent_kinds[i].skill));
	}
	return first;
}
