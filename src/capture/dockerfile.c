/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Dockerfile: the images that it starts FROM, with the ARGs in front of the
 * first one put in. Another stage of the same file is no image.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "capture/formats.h"
#include "capture/lines.h"

struct docker_arg {
	const char *name, *value;
};

struct dockerfile {
	struct arena *a;
	struct VEC_OF(struct docker_arg) args;
	struct strs stages;
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

/* $NAME, ${NAME}, ${NAME:-default}; what is not known stays as it is. */
static const char *put_args(const struct dockerfile *file, const char *s,
			    size_t n)
{
	struct buf b = BUF_INIT;
	const char *text;

	for (size_t i = 0; i < n; i++) {
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
	text = arena_strndup(file->a, b.p, b.n);
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

static void read_from(struct packages *out, struct dockerfile *file,
		      const char *line, size_t n)
{
	const char *word, *image;
	size_t len;

	do
		if (!next_word(&word, &len, &line, &n))
			return;
	while (len > 2 && word[0] == '-' && word[1] == '-');
	image = put_args(file, word, len);
	if (!strs_has(&file->stages, image))
		package_add_image(out, file->a, image);
	if (next_word(&word, &len, &line, &n) && len == 2 &&
	    !strncasecmp(word, "as", 2) && next_word(&word, &len, &line, &n))
		vec_push(file->a, &file->stages,
			 arena_strndup(file->a, word, len));
}

struct err *dockerfile_read(struct packages *out, struct arena *a,
			    const char *bytes, size_t n)
{
	struct lines_at lines = { bytes, bytes + n, 0 };
	struct dockerfile file = { .a = a };
	const char *line, *word;
	size_t len, word_n;

	while (next_line(&line, &len, &lines)) {
		if (!next_word(&word, &word_n, &line, &len))
			continue;
		if (word_n == 4 && !strncasecmp(word, "FROM", 4))
			read_from(out, &file, line, len);
		else if (word_n == 3 && !strncasecmp(word, "ARG", 3) &&
			 !file.stages.nr &&
			 next_word(&word, &word_n, &line, &len))
			read_arg(&file, word, word_n);
	}
	return NULL;
}
