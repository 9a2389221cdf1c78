/* SPDX-License-Identifier: GPL-2.0-only */
#include "hook/asked.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"

enum { LINES_MAX = 4096, BYTES_MAX = 4 << 20, WAIT_MS = 2000 };

static const char *const words[] = {
	[ANSWER_NONE] = "",       [ANSWER_YES] = "yes",
	[ANSWER_NO] = "no",       [ANSWER_SKIP] = "skip",
	[ANSWER_LATER] = "later", [ANSWER_NAMED] = "named",
};

/* As git finds the committer's mail, without its guess from the host. */
static const char *find_mail(struct arena *a, const struct config *config)
{
	const char *mail = getenv("GIT_COMMITTER_EMAIL");
	char *clean;

	if (!mail || !*mail)
		mail = config_get(config, "committer.email");
	if (!mail || !*mail)
		mail = config_get(config, "user.email");
	if (!mail || !*mail)
		mail = getenv("EMAIL");
	clean = arena_strdup(a, mail && *mail ? mail : "-");
	for (char *p = clean; *p; p++)
		if (*p == '\t' || *p == '\n')
			*p = ' ';
	return clean;
}

static enum answer answer_of(const char *word)
{
	for (size_t i = 1; i < ARRAY_SIZE(words); i++)
		if (!strcmp(words[i], word))
			return (enum answer)i;
	return ANSWER_NONE;
}

/* One line without its newline: "<answer>\t<tag>\t<mail>". */
static void add_asked_line(struct asked *asked, char *line)
{
	char *tag = strchr(line, '\t');
	char *mail = tag ? strchr(tag + 1, '\t') : NULL;
	enum answer answer;

	if (!mail)
		return;
	*tag++ = '\0';
	*mail++ = '\0';
	answer = answer_of(line);
	if (answer != ANSWER_NONE)
		vec_push(asked->arena, &asked->lines,
			 (struct asked_line){ answer, tag, mail });
}

static struct err *read_asked_lines(struct asked *asked)
{
	struct buf bytes = BUF_INIT;
	struct err *e = file_read_own(&bytes, asked->path, BYTES_MAX);
	char *line = arena_strndup(asked->arena, bytes.p, bytes.n);

	asked->lines.nr = 0;
	for (char *end; (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		add_asked_line(asked, line);
	}
	buf_release(&bytes);
	if (e && (e->code == ERR_NOT_FOUND || e->code == ERR_UNSUPPORTED)) {
		err_free(e);
		return NULL;
	}
	return e;
}

struct err *asked_load(struct asked *out, struct arena *a, struct repo *repo,
		       const struct config *config)
{
	*out = (struct asked){ .arena = a };
	out->path = path_join(a, repo_common_dir(repo), "retro/asked");
	out->mail = find_mail(a, config);
	return read_asked_lines(out);
}

enum answer asked_get(const struct asked *asked, const char *tag)
{
	for (size_t i = asked->lines.nr; i > 0; i--) {
		const struct asked_line *line = &asked->lines.at[i - 1];

		if (!strcmp(line->tag, tag) && !strcmp(line->mail, asked->mail))
			return line->answer;
	}
	return ANSWER_NONE;
}

static void drop(struct asked *asked, const char *tag)
{
	size_t kept = 0;

	for (size_t i = 0; i < asked->lines.nr; i++) {
		struct asked_line line = asked->lines.at[i];

		if (strcmp(line.tag, tag) || strcmp(line.mail, asked->mail))
			asked->lines.at[kept++] = line;
	}
	asked->lines.nr = kept;
}

static struct err *write_lines(const struct asked *asked)
{
	struct buf bytes = BUF_INIT;
	size_t first = 0;
	struct err *e;

	if (asked->lines.nr > LINES_MAX)
		first = asked->lines.nr - LINES_MAX;
	for (size_t i = first; i < asked->lines.nr; i++)
		buf_addf(&bytes, "%s\t%s\t%s\n",
			 words[asked->lines.at[i].answer],
			 asked->lines.at[i].tag, asked->lines.at[i].mail);
	e = file_write(asked->path, bytes.p, bytes.n, 0666, FILE_OVER, NULL);
	buf_release(&bytes);
	return e;
}

struct err *asked_put(struct asked *asked, const struct strs *tags,
		      enum answer answer)
{
	struct file_lock lock = { 0 };
	struct err *e;

	if (!tags->nr)
		return NULL;
	e = file_make_parents(asked->path);
	if (!e)
		e = file_lock(&lock, asked->path, WAIT_MS);
	if (!e)
		e = read_asked_lines(asked);
	for (size_t i = 0; !e && i < tags->nr; i++) {
		drop(asked, tags->at[i]);
		vec_push(asked->arena, &asked->lines,
			 (struct asked_line){ answer, tags->at[i],
					      asked->mail });
	}
	if (!e)
		e = write_lines(asked);
	file_unlock(&lock);
	return err_context(e, _("remembering an answer"));
}
