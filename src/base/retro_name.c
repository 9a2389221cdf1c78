/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/retro_name.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

static bool name_ends_with(const char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);

	return n > m && !strcasecmp(name + n - m, end);
}

static const char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool is_markdown(const char *name)
{
	return name_ends_with(name, ".md") || name_ends_with(name, ".mdx") ||
	       name_ends_with(name, ".markdown");
}

/* The bytes of one of the words at `p`; those of Latin letters end there. */
static size_t name_word(const char *p, const char *const *words)
{
	for (; *words; words++) {
		size_t n = strlen(*words);
		char next;

		if (strncasecmp(p, *words, n) != 0)
			continue;
		next = p[n];
		if ((unsigned char)**words >= 0x80 || !next ||
		    strchr("-_. ", next) || (unsigned char)next >= 0x80)
			return n;
	}
	return 0;
}

/* "YYYY-MM-DD.md", "PMyyyy-nnn.md", "2024-XX-XX-title.md": a date that is still
 * to be given. */
static bool has_blank_date(const char *name)
{
	size_t n = strspn(name, "0123456789");

	for (const char *p = name; *p; p++)
		if ((*p | 0x20) == 'y' && !strncasecmp(p, "yyyy", 4))
			return true;
	if (n == 4)
		n += strspn(name + n, "-_.");
	return n > 4 && (!strncasecmp(name + n, "mm", 2) ||
			 !strncasecmp(name + n, "xx", 2));
}

/* clang-format off */
/* Of a name that has no other words one is among the first. */
static const char *const template_words[] = {
	"template", "templates", "tmpl", "模板", "模版", "テンプレート", "템플릿", NULL,
};
static const char *const words_beside[] = {
	"post", "mortem", "postmortem", "postmortems", "incident", "incidents",
	"retro", "retros", "retrospective", "adr", "decision", "record",
	"report", "review", "rca", "release", "project", "experiment",
	"deployment", "lesson", "lessons", "learned", "blameless", "example",
	"default", "short", "long", "full", "simple", "md",
	"mdx", "markdown", "sprint", "outage", "en", "zh",
	"cn", "ja", "ko", "the", "复盘", "事故",
	"故障", "报告", "回顾", "总结", "发布", "项目",
	"实验", "记录", "决策", "ポストモーテム", "障害", "報告書",
	"회고", NULL,
};
/* clang-format on */

/* Only such words: "template-engine-outage.md" is about something. */
static bool is_template(const char *name)
{
	bool found = false;
	size_t n;

	for (const char *p = name; *p; p += n) {
		n = strspn(p, "-_. 0");
		if (n)
			continue;
		if (*p >= '1' && *p <= '9')
			return false; /* as most names begin */
		n = name_word(p, template_words);
		found |= n > 0;
		if (!n)
			n = name_word(p, words_beside);
		if (!n)
			return false;
	}
	return found;
}

bool retro_name_is_blank(const char *path)
{
	const char *name = name_of(path);

	return is_markdown(name) && (is_template(name) || has_blank_date(name));
}

bool retro_name(const char *path)
{
	return is_markdown(name_of(path)) && !retro_name_is_blank(path);
}
