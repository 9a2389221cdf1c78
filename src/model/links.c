/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/links.h"

#include <ctype.h>
#include <string.h>

#include "base/file.h"

#define LINKS_MAX 1000

struct finder {
	struct arena *a;
	struct file_links *out;
	const struct retro *retro;
	const char *at; /* the search goes on from here: blocks and their links
			 * come in the text's order */
	int line;       /* of `at` */
	int block;      /* line of the block that is looked at */
};

static bool has_scheme(const char *url)
{
	size_t n = strspn(url, "abcdefghijklmnopqrstuvwxyz"
			       "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");

	return n && url[n] == ':' && isalpha((unsigned char)*url);
}

static bool is_file_url(const char *url)
{
	return *url && *url != '#' && *url != '?' && strncmp(url, "//", 2) &&
	       !has_scheme(url) && !strstr(url, "{{") && !strstr(url, "{%");
}

static int hex(char c)
{
	return isdigit((unsigned char)c) ? c - '0'
	       : isxdigit((unsigned char)c)
		       ? tolower((unsigned char)c) - 'a' + 10
		       : -1;
}

/* Without ?query and #part, and with %20 as a blank. A NUL ends it. */
static char *decoded(struct arena *a, const char *url)
{
	size_t n = strcspn(url, "?#"), to = 0;
	char *out = arena_strndup(a, url, n);

	for (size_t i = 0; i < n; i++) {
		if (url[i] == '%' && i + 2 < n + 1 && hex(url[i + 1]) >= 0 &&
		    hex(url[i + 2]) >= 0) {
			out[to++] =
				(char)(hex(url[i + 1]) * 16 + hex(url[i + 2]));
			i += 2;
		} else {
			out[to++] = url[i];
		}
	}
	out[to] = '\0';
	return out;
}

/* The folder that the retro is in, "" for the root. */
static const char *folder_of(struct arena *a, const char *path)
{
	const char *base = path_base(path);

	return base == path ? ""
			    : arena_strndup(a, path, (size_t)(base - path) - 1);
}

static void to_line(struct finder *f, int line)
{
	const char *end = f->retro->bytes + f->retro->n;

	while (f->line < line) {
		const char *eol = memchr(f->at, '\n', (size_t)(end - f->at));

		if (!eol)
			return;
		f->at = eol + 1;
		f->line++;
	}
}

/* Where the url stands from here on; the block, if it is written otherwise
 * there (escaped, or in a reference). */
static struct pos place_url(struct finder *f, const char *url, int end_line)
{
	const char *end = f->retro->bytes + f->retro->n, *p, *line_start;
	size_t n = strlen(url);

	to_line(f, f->block);
	p = f->at;
	for (int line = f->line; p < end && line <= end_line; line++) {
		const char *eol = memchr(p, '\n', (size_t)(end - p));
		const char *stop = eol ? eol : end;
		const char *found = memmem(p, (size_t)(stop - p), url, n);

		if (found) {
			struct pos pos = { .line = line, .column = 1 };

			pos.byte = (size_t)(found - f->retro->bytes);
			for (line_start = found; line_start > f->retro->bytes &&
						 line_start[-1] != '\n';)
				line_start--;
			for (; line_start < found; line_start++)
				pos.column += ((unsigned char)*line_start &
					       0xC0) != 0x80;
			f->at = found + n;
			f->line = line;
			return pos;
		}
		p = eol ? eol + 1 : end;
	}
	return (struct pos){ .line = f->block, .column = 1 };
}

static void add_found_url(struct finder *f, const char *url, int end_line)
{
	struct file_link link = { .url = url };
	const char *path = decoded(f->a, url);

	if (f->out->nr >= LINKS_MAX || !is_file_url(url))
		return;
	link.path =
		*path == '/'
			? path_normal(f->a, path + strspn(path, "/"))
			: path_normal(f->a,
				      path_join(f->a,
						folder_of(f->a, f->retro->path),
						path));
	link.outside =
		!strcmp(link.path, "..") || !strncmp(link.path, "../", 3);
	link.pos = place_url(f, url, end_line);
	vec_push(f->a, f->out, link);
}

/* The depth is bounded (MD_MAX_DEPTH). */
static void walk_links(struct finder *f, const struct md *md, int end_line)
{
	for (; md; md = md->next) {
		int end = end_line;

		if (md->type < MD_TEXT && md->line) {
			f->block = md->line;
			end = md->end_line;
		}
		if ((md->type == MD_LINK || md->type == MD_IMAGE) && md->url)
			add_found_url(f, md->url, end);
		walk_links(f, md->first, end);
	}
}

void links_find(struct file_links *out, struct arena *a,
		const struct retro *retro, const struct body *body)
{
	struct finder f = { .a = a,
			    .out = out,
			    .retro = retro,
			    .at = retro->bytes,
			    .line = 1 };

	walk_links(&f, body->doc->first, 0);
}
