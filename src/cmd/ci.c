/* SPDX-License-Identifier: GPL-2.0-only */
#include "cmd/ci.h"

#include <ctype.h>
#include <string.h>

#include "base/embed.h"
#include "base/i18n.h"
#include "model/template.h"

static const struct ci table[] = {
	{ "github", ".github/workflows/retro.yml",
	  N_("set GIT_RETRO_URL and GIT_RETRO_COMMIT in it") },
	{ "gitlab", ".gitlab/retro.yml",
	  N_("include it from .gitlab-ci.yml and set the variables it names") },
	{ "github-pages", ".github/workflows/retro-pages.yml",
	  N_("set GIT_RETRO_URL and GIT_RETRO_COMMIT in it") },
	{ "gitlab-pages", ".gitlab/retro-pages.yml",
	  N_("include it from .gitlab-ci.yml and set the variables it names") },
	{ "github-digest", ".github/workflows/retro-digest.yml",
	  N_("set GIT_RETRO_URL, GIT_RETRO_COMMIT and FORMAT in it, and the "
	     "secret RETRO_HOOK of the repository") },
	{ "gitlab-digest", ".gitlab/retro-digest.yml",
	  N_("include it from .gitlab-ci.yml, set the variables it names, and "
	     "make its two schedules") },
	{ "pre-commit", ".pre-commit-config.yaml", NULL },
};

struct err *ci_find(const struct ci **out, const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(table); i++)
		if (!strcmp(table[i].name, name)) {
			*out = &table[i];
			return NULL;
		}
	return err_hint(err_new(ERR_USAGE,
				_("'%s' is not a valid value of --ci"), name),
			_("use github, gitlab, github-pages, gitlab-pages, "
			  "github-digest, gitlab-digest or pre-commit"));
}

static const char *ci_text(struct arena *a, struct buf *b)
{
	const char *copy = arena_strndup(a, b->p, b->n);

	buf_release(b);
	return copy;
}

static const char *ci_list_text(struct arena *a, const struct strs *values)
{
	struct buf b = BUF_INIT;

	yaml_list(&b, values);
	return ci_text(a, &b);
}

/* The files below the folder, as a regular expression of Python's. */
static const char *files_text(struct arena *a, const char *dir)
{
	struct buf pattern = BUF_INIT, b = BUF_INIT;

	buf_addch(&pattern, '^');
	for (; *dir; dir++) {
		unsigned char c = (unsigned char)*dir;

		if (c < 0x80 && !isalnum(c) && !strchr("/-_", c))
			buf_addch(&pattern, '\\');
		buf_addch(&pattern, *dir);
	}
	buf_addch(&pattern, '/');
	yaml_scalar(&b, pattern.p);
	buf_release(&pattern);
	return ci_text(a, &b);
}

/* The same as a glob of the forge's. */
static const char *below_text(struct arena *a, const char *dir)
{
	struct buf b = BUF_INIT;

	yaml_scalar(&b, strcmp(dir, ".") != 0 ? arena_printf(a, "%s/**", dir)
					      : "**");
	return ci_text(a, &b);
}

void ci_fill(struct buf *out, struct arena *a, const struct ci *ci,
	     const struct policy *policy, const struct strs *tags)
{
	const struct embed *file =
		embed_find(arena_printf(a, "templates/ci/%s.yml", ci->name));
	struct slots slots = { 0 };

	vec_push(a, &slots, (struct slot){ "tags", ci_list_text(a, tags) });
	vec_push(a, &slots,
		 (struct slot){ "files", files_text(a, policy->dir) });
	vec_push(a, &slots,
		 (struct slot){ "below", below_text(a, policy->dir) });
	template_fill(out, file->bytes, file->n, &slots);
}
