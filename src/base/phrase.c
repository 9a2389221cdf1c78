/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/phrase.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

/* Between the format and its values: no clean text contains it. */
#define MARK '\x1f'

/* A placeholder: its length, "%-5.3zu" without position. */
static size_t spec_length(const char *s)
{
	size_t n = 1;

	n += strspn(s + n, "0123456789-+ #.*$lz");
	return n + (s[n] != '\0');
}

/* One value, as its placeholder has it. */
static void add_value(struct buf *out, struct arena *a, const char *spec,
		      size_t n, va_list *ap)
{
	char form[32];
	struct buf b = BUF_INIT;
	bool stars = memchr(spec, '*', n) != NULL;
	int width = stars ? va_arg(*ap, int) : 0;

	snprintf(form, sizeof(form), "%.*s", (int)n, spec);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	if (form[n - 1] == 's' && stars)
		buf_addf(&b, form, width, va_arg(*ap, const char *));
	else if (form[n - 1] == 's')
		buf_addf(&b, form, va_arg(*ap, const char *));
	else if (strstr(form, "ll"))
		buf_addf(&b, form, va_arg(*ap, long long));
	else if (strchr(form, 'l'))
		buf_addf(&b, form, va_arg(*ap, long));
	else if (strchr(form, 'z'))
		buf_addf(&b, form, va_arg(*ap, size_t));
	else
		buf_addf(&b, form, va_arg(*ap, int));
#pragma GCC diagnostic pop
	buf_addstr(out, text_cleaned(a, b.p));
	buf_release(&b);
}

char *phrase_packv(struct arena *a, const char *fmt, va_list ap)
{
	struct buf b = BUF_INIT;
	char *phrase;
	va_list values;

	va_copy(values, ap);
	buf_addstr(&b, fmt);
	for (const char *s = strchr(fmt, '%'); s; s = strchr(s, '%')) {
		size_t n = spec_length(s);

		if (s[n - 1] != '%') {
			buf_addch(&b, MARK);
			add_value(&b, a, s, n, &values);
		}
		s += n;
	}
	va_end(values);
	phrase = arena_strndup(a, b.p, b.n);
	buf_release(&b);
	return phrase;
}

char *phrase_pack(struct arena *a, const char *fmt, ...)
{
	char *phrase;
	va_list ap;

	va_start(ap, fmt);
	phrase = phrase_packv(a, fmt, ap);
	va_end(ap);
	return phrase;
}

/* The value with this number, from 1 on. */
static void add_packed(struct buf *out, const char *values, unsigned long nr)
{
	for (; values && nr > 1; nr--)
		values = strchr(values + 1, MARK);
	if (values)
		buf_add(out, values + 1, strcspn(values + 1, "\x1f"));
}

/* The format with its values in place. */
static void fill(struct buf *out, const char *format, const char *values)
{
	unsigned long next = 1;

	while (*format) {
		size_t plain = strcspn(format, "%"), n;

		buf_add(out, format, plain);
		format += plain;
		if (!*format)
			break;
		n = spec_length(format);
		if (format[n - 1] == '%')
			buf_addch(out, '%');
		else if (memchr(format, '$', n))
			add_packed(out, values, strtoul(format + 1, NULL, 10));
		else
			add_packed(out, values, next++);
		format += n;
	}
}

static void put_phrase_parts(struct buf *out, const char *phrase,
			     bool translated)
{
	size_t n = strcspn(phrase, "\x1f");
	struct buf format = BUF_INIT, text = BUF_INIT;

	buf_add(&format, phrase, n);
	fill(&text, translated ? i18n_text(format.p) : format.p,
	     phrase[n] ? phrase + n : NULL);
	text_clean(out, text.p, text.n, 0);
	buf_release(&format);
	buf_release(&text);
}

static char *keep_phrase(struct arena *a, const char *phrase, bool translated)
{
	struct buf b = BUF_INIT;
	char *text;

	if (!phrase)
		return NULL;
	put_phrase_parts(&b, phrase, translated);
	text = arena_strndup(a, b.p, b.n);
	buf_release(&b);
	return text;
}

char *phrase_english(struct arena *a, const char *phrase)
{
	return keep_phrase(a, phrase, false);
}

char *phrase_text(struct arena *a, const char *phrase)
{
	return keep_phrase(a, phrase, true);
}

void phrase_put(struct buf *out, const char *phrase)
{
	put_phrase_parts(out, phrase, true);
}

bool phrase_is_like(const char *one, const char *other)
{
	size_t n = strcspn(one, "\x1f");

	return n == strcspn(other, "\x1f") && !memcmp(one, other, n);
}
