/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/kickoff.h"

#include <string.h>

#include "base/glob.h"
#include "model/body.h"

static bool is_of_files(const struct retro *retro, const struct strs *files)
{
	for (size_t i = 0; retro->paths.nr && i < files->nr; i++)
		if (glob_any(&retro->paths, files->at[i]))
			return true;
	return false;
}

static bool has_open_action(const struct retro *retro)
{
	for (size_t i = 0; i < retro->body->actions.nr; i++)
		if (retro->body->actions.at[i].state == ACTION_OPEN)
			return true;
	return false;
}

static bool is_project(const struct retro *retro)
{
	return retro->kind == KIND_PROJECT &&
	       retro->status != STATUS_SUPERSEDED &&
	       retro->status != STATUS_WAIVED;
}

/* Whether the line stands below a heading that says so. */
static bool is_in_kickoff(const struct body *body, int line)
{
	for (size_t i = 0; i < body->sections.nr; i++) {
		const struct section *section = &body->sections.at[i];

		if (line > section->line && line <= section->end_line)
			return strcasestr(section->heading, "kickoff") ||
			       strcasestr(section->heading, "kick-off") ||
			       strstr(section->heading, "启动对齐");
	}
	return false;
}

struct err *kickoff_open(struct listed_actions *out, struct corpus *corpus,
			 const struct strs *files)
{
	struct retros projects = { 0 };
	struct err *e = NULL;

	for (size_t i = 0; i < corpus->retros.nr; i++) {
		struct retro *retro = corpus->retros.at[i];

		if (is_project(retro) && has_open_action(retro) &&
		    is_of_files(retro, files))
			vec_push(corpus->arena, &projects, retro);
	}
	if (projects.nr)
		e = corpus_read(corpus, &projects);
	for (size_t i = 0; !e && i < projects.nr; i++) {
		struct listed_actions listed = { 0 };

		e = actions_of(&listed, corpus, projects.at[i]);
		for (size_t j = 0; !e && j < listed.nr; j++)
			if (listed.at[j].state == ACTION_OPEN &&
			    is_in_kickoff(projects.at[i]->body,
					  listed.at[j].action->line))
				vec_push(corpus->arena, out, listed.at[j]);
	}
	return e;
}
