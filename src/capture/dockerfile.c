/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Dockerfile: the images that it starts FROM, with the ARGs in front of the
 * first one put in. Another stage of the same file is no image.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"
#include "capture/formats.h"
#include "capture/lines.h"

/* No image has a longer name: ARGs that name each other grow without end.
 * Bytes. */
#define NAME_BYTES_MAX 4096
/* Each FROM is held to all arguments and stages, and for the end of a text all
 * of the file is gone through. */
#define ARGS_MAX    1000
#define STAGES_MAX  1000
#define ENDLESS_MAX 100

struct docker_arg {
	const char *name, *value;
};

struct dockerfile {
	struct arena *a;
	struct packages *out;
	struct VEC_OF(struct docker_arg) args;
	struct strs stages;
	size_t endless; /* texts without an end */
};

static const char *arg_value(const struct dockerfile *file, const char *name,
			     size_t n)
{
	for (size_t i = file->args.nr; i-- > 0;)
		if (strlen(file->args.at[i].name) == n &&
		    !memcmp(file->args.at[i].name, name, n))
			return file->args.at[i].value;
	return NULL;
}

static size_t docker_name(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && (isalnum((unsigned char)s[i]) || s[i] == '_'))
		i++;
	return i;
}

/* $NAME, ${NAME}, ${NAME:-default}; what is not known stays as it is, and so
 * does all of what would be too long. */
static const char *put_args(const struct dockerfile *file, const char *s,
			    size_t n)
{
	struct buf b = BUF_INIT;
	const char *text;

	for (size_t i = 0; i < n && b.n <= NAME_BYTES_MAX; i++) {
		bool brace = s[i] == '$' && i + 1 < n && s[i + 1] == '{';
		size_t from = i + 1 + brace;
		size_t len = s[i] == '$' ? docker_name(s + from, n - from) : 0;
		size_t end = from + len;
		const char *value = len ? arg_value(file, s + from, len) : NULL;
		const char *close =
			brace ? memchr(s + from, '}', n - from) : NULL;

		if (brace && close && end + 2 < n && s[end] == ':' &&
		    s[end + 1] == '-' && !value)
			value = arena_strndup(file->a, s + end + 2,
					      (size_t)(close - s) - end - 2);
		if (!value || (brace && !close)) {
			buf_addch(&b, s[i]);
			continue;
		}
		buf_addstr(&b, value);
		i = brace ? (size_t)(close - s) : end - 1;
	}
	text = b.n <= NAME_BYTES_MAX ? arena_strndup(file->a, b.p, b.n)
				     : arena_strndup(file->a, s, n);
	buf_release(&b);
	return text;
}

static void read_arg(struct dockerfile *file, const char *s, size_t n)
{
	const char *equals = memchr(s, '=', n), *value;
	size_t len;

	if (!equals)
		return;
	value = equals + 1;
	len = (size_t)(s + n - value);
	if (len > 1 && (*value == '"' || *value == '\'')) {
		value++;
		len -= 2;
	}
	vec_push(file->a, &file->args,
		 (struct docker_arg){
			 arena_strndup(file->a, s, (size_t)(equals - s)),
			 put_args(file, value, len) });
}

static void read_from(struct dockerfile *file, const char *line, size_t n)
{
	const char *word, *image;
	size_t len;

	do
		if (!next_word(&word, &len, &line, &n))
			return;
	while (len > 2 && word[0] == '-' && word[1] == '-');
	image = put_args(file, word, len);
	if (!strs_has(&file->stages, image))
		package_add_image(file->out, file->a, image);
	if (next_word(&word, &len, &line, &n) && len == 2 &&
	    !strncasecmp(word, "as", 2) && next_word(&word, &len, &line, &n))
		vec_push(file->a, &file->stages,
			 arena_strndup(file->a, word, len));
}

static void read_instruction(struct dockerfile *file, const char *line,
			     size_t n)
{
	const char *word;
	size_t len;

	if (!next_word(&word, &len, &line, &n))
		return;
	if (len == 4 && !strncasecmp(word, "FROM", 4))
		read_from(file, line, n);
	else if (len == 3 && !strncasecmp(word, "ARG", 3) && !file->stages.nr &&
		 next_word(&word, &len, &line, &n))
		read_arg(file, word, len);
}

/* The word that ends the text which an instruction brings along, "EOF" of
 * "RUN <<EOF"; NULL if it brings none. */
static const char *here_mark(const char *instruction)
{
	const char *at = instruction;

	while ((at = strstr(at, "<<"))) {
		bool begins =
			at > instruction && isspace((unsigned char)at[-1]);

		at += 2;
		if (!begins)
			continue;
		at += *at == '-';
		at += *at == '"' || *at == '\'';
		if (isalpha((unsigned char)*at) || *at == '_')
			return at;
	}
	return NULL;
}

/* Passes that text; what has no end is none. */
static void skip_here_text(struct dockerfile *file, struct lines_at *lines,
			   const char *instruction)
{
	const char *mark = here_mark(instruction), *line;
	size_t n = mark ? docker_name(mark, strlen(mark)) : 0, len;
	struct lines_at ahead = *lines;

	while (n && next_line(&line, &len, &ahead)) {
		text_trim(&line, &len);
		if (len != n || memcmp(line, mark, n) != 0)
			continue;
		*lines = ahead;
		return;
	}
	file->endless += n != 0;
}

static bool is_too_much(const struct dockerfile *file)
{
	return file->args.nr > ARGS_MAX || file->stages.nr > STAGES_MAX ||
	       file->endless > ENDLESS_MAX;
}

/* A backslash at its end joins a line to the next; comments and empty lines
 * may stand between the two. */
struct err *dockerfile_read(struct packages *out, struct arena *a,
			    const char *bytes, size_t n)
{
	struct lines_at lines = { bytes, bytes + n, 0 };
	struct dockerfile file = { .a = a, .out = out };
	struct buf joined = BUF_INIT;
	const char *line;
	size_t len;

	while (!is_too_much(&file) && next_line(&line, &len, &lines)) {
		const char *text = line;
		size_t text_n = len;
		bool more;

		text_trim(&text, &text_n);
		if (!text_n || *text == '#')
			continue;
		text_n += (size_t)(text - line);
		more = line[text_n - 1] == '\\';
		buf_add(&joined, line, text_n - more);
		if (more)
			continue;
		read_instruction(&file, joined.p, joined.n);
		skip_here_text(&file, &lines, joined.p);
		buf_reset(&joined);
	}
	read_instruction(&file, joined.p, joined.n);
	buf_release(&joined);
	return is_too_much(&file)
		       ? err_new(ERR_UNSUPPORTED,
				 _("it has too many arguments, stages or "
				   "texts without an end"))
		       : NULL;
}
