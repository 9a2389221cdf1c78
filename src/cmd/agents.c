/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/agents.h"

#include <string.h>

#include "agent/settings.h"
#include "base/embed.h"
#include "base/i18n.h"
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
	struct buf text;
	bool there;
};

static struct err *read_agent_file(struct agent_file *file,
				   const struct agents *agents,
				   const char *path)
{
	struct err *e;

	*file = (struct agent_file){ .path = path, .text = BUF_INIT };
	e = work_tree_read(&file->text, agents->env->arena, agents->env->repo,
			   path);
	file->there = !e;
	if (!e || e->code != ERR_NOT_FOUND)
		return e;
	err_free(e);
	return NULL;
}

static struct err *write_agent_file(struct agents *agents,
				    const struct agent_file *file)
{
	struct env *env = agents->env;
	struct err *e = NULL;

	if (!agents->dry_run)
		e = work_tree_write(env->arena, env->repo, file->path,
				    &file->text, file->there ? 0 : FILE_NEW);
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

/* Where our block begins, and its length; NULL: there is none. */
static const char *find_block(size_t *n, const char *text)
{
	const char *begin = strstr(text, BEGIN), *end;

	if (!begin)
		begin = strstr(text, BEGIN_CUT);
	end = begin ? strstr(begin, END) : NULL;
	if (!end)
		return NULL;
	*n = (size_t)(end - begin) + strlen(END);
	return begin;
}

static void put_block(struct buf *out, const char *begin)
{
	buf_addstr(out, begin);
	buf_add(out, block_text()->bytes, block_text()->n);
	buf_addstr(out, END);
}

/* At the end, with an empty line before it, or in the place of an older one.
 * False if it is there already. */
static bool set_block(struct buf *text)
{
	bool cut = text->n && text->p[text->n - 1] != '\n', same;
	size_t n = 0;
	const char *old = find_block(&n, text->p);
	struct buf block = BUF_INIT;

	if (!old && text->n)
		buf_addstr(&block, cut ? "\n\n" : "\n");
	put_block(
		&block,
		old ? (!strncmp(old, BEGIN, strlen(BEGIN)) ? BEGIN : BEGIN_CUT)
		: cut ? BEGIN_CUT
		      : BEGIN);
	same = old && n == block.n && !memcmp(old, block.p, n);
	if (!same)
		buf_splice(text, old ? (size_t)(old - text->p) : text->n, n,
			   block.p, block.n);
	buf_release(&block);
	return !same;
}

/* To the byte as it was before. False if there is none. */
static bool drop_agents_block(struct buf *text)
{
	size_t n, at, before;
	const char *old = find_block(&n, text->p);

	if (!old)
		return false;
	at = (size_t)(old - text->p);
	before = strncmp(old, BEGIN, strlen(BEGIN)) ? 2 : 1;
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

	if (!e && set_block(&file.text))
		e = write_agent_file(agents, &file);
	else if (!e)
		say_there(agents, FILE_NAME);
	buf_release(&file.text);
	return e;
}

static struct err *remove_agents_block(struct agents *agents)
{
	struct agent_file file;
	struct err *e = read_agent_file(&file, agents, FILE_NAME);

	if (!e && drop_agents_block(&file.text))
		e = file.text.n ? write_agent_file(agents, &file)
				: remove_agent_file(agents, FILE_NAME);
	buf_release(&file.text);
	return e;
}

/* --- the settings --- */

static struct err *write_hook(struct agents *agents,
			      const struct agent_kind *kind)
{
	struct agent_file file;
	struct err *e = read_agent_file(&file, agents, kind->settings);

	if (e) {
		buf_release(&file.text);
		return e;
	}
	if (!file.there)
		settings_new(&file.text, kind);
	if (file.there && settings_have_hook(&file.text))
		say_there(agents, kind->settings);
	else if (!file.there || settings_add_hook(&file.text, kind))
		e = write_agent_file(agents, &file);
	else
		buf_addf(agents->out,
			 _("%s was not changed; add this to its %s hooks: "
			   "%s\n"),
			 kind->settings, kind->event, kind->entry);
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
	struct err *e = read_agent_file(&file, agents, kind->settings);

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

	if (!e && file.there) {
		say_there(agents, path);
	} else if (!e) {
		buf_add(&file.text, skill->bytes, skill->n);
		e = write_agent_file(agents, &file);
	}
	buf_release(&file.text);
	return e;
}

static struct err *remove_skill(struct agents *agents, const char *path)
{
	const struct embed *skill = embed_find("templates/agents/skill.md");
	struct agent_file file;
	struct err *e = read_agent_file(&file, agents, path);

	if (!e && file.there && file.text.n == skill->n &&
	    !memcmp(file.text.p, skill->bytes, skill->n))
		e = remove_agent_file(agents, path);
	else if (!e && file.there)
		buf_addf(agents->out, _("%s was changed since; it stays\n"),
			 path);
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

struct err *agents_install(struct buf *out, struct strs *written,
			   struct env *env, bool dry_run)
{
	struct agents agents = { env, out, written, dry_run };
	struct err *e = write_block(&agents);
	bool any = false, used;

	for (size_t i = 0; !e && i < agent_kind_count; i++) {
		e = is_used(&used, &agents, &agent_kinds[i]);
		if (e || !used)
			continue;
		any = true;
		e = write_hook(&agents, &agent_kinds[i]);
		if (!e)
			e = write_skill(&agents, agent_kinds[i].skill);
	}
	return e || any ? e : write_skill(&agents, SKILL_SHARED);
}

struct err *agents_remove(struct buf *out, struct env *env, bool dry_run)
{
	struct agents agents = { env, out, NULL, dry_run };
	struct err *e = remove_agents_block(&agents);

	for (size_t i = 0; !e && i < agent_kind_count; i++) {
		e = remove_hook(&agents, &agent_kinds[i]);
		if (!e)
			e = remove_skill(&agents, agent_kinds[i].skill);
	}
	return e;
}
