/* SPDX-License-Identifier: GPL-2.0-only */
#define PCRE2_CODE_UNIT_WIDTH 8

#include "grep/pattern.h"

#include <ctype.h>
#include <locale.h>
#include <pcre2.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "grep/needle.h"
#include "grep/posix.h"

#define STACK_START ((size_t)32 << 10)
#define STACK_MAX   ((size_t)8 << 20)

struct pattern {
	char *source;
	bool word;
	bool loose; /* see posix.h */
	bool skips; /* what `code` finds in a text, it finds in its lines */
	struct needles needles; /* one of them is in every line it finds */
	bool posix; /* `regex` decides, and `code` says where to look */
	regex_t regex;
	locale_t locale;  /* regexec() reads UTF-8 in such a one only; 0 where
			   * the system has none */
	pcre2_code *code; /* NULL: `regex` alone */
	pcre2_match_data *found;
	pcre2_match_context *limits;
	pcre2_jit_stack *stack;
};

/* --- making one --- */

static struct err *refuse_pattern(const char *source, const char *why)
{
	return err_hint(err_new(ERR_FAILED,
				_("'%s' is not a valid regular expression: %s"),
				source, why),
			_("to search for it literally: -F"));
}

static struct err *refuse_pcre(const char *source, int problem)
{
	PCRE2_UCHAR why[256];

	pcre2_get_error_message(problem, why, sizeof(why));
	return refuse_pattern(source, (const char *)why);
}

/* NULL if PCRE2 does not take it; *problem then says why. */
static pcre2_code *compile(const char *source, size_t n, uint32_t options,
			   int *problem)
{
	pcre2_compile_context *context = pcre2_compile_context_create(NULL);
	pcre2_code *code;
	PCRE2_SIZE at;

	pcre2_set_newline(context, PCRE2_NEWLINE_LF);
	code = pcre2_compile((PCRE2_SPTR)source, n, options, problem, &at,
			     context);
	pcre2_compile_context_free(context);
	return code;
}

/* Without JIT, where a system forbids it, the same code is interpreted. */
static void use(struct pattern *p, pcre2_code *code)
{
	p->code = code;
	p->found = pcre2_match_data_create_from_pattern(code, NULL);
	p->limits = pcre2_match_context_create(NULL);
	if (pcre2_jit_compile(code, PCRE2_JIT_COMPLETE))
		return;
	p->stack = pcre2_jit_stack_create(STACK_START, STACK_MAX, NULL);
	pcre2_jit_stack_assign(p->limits, NULL, p->stack);
}

#define UTF8_LINES (PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_MULTILINE)

static struct err *make_fixed(struct pattern *p, bool ignore_case)
{
	struct buf escaped = BUF_INIT;
	uint32_t options = 0;
	int problem;
	pcre2_code *code;

	for (const char *s = p->source; *s; s++) {
		if (ispunct((unsigned char)*s))
			buf_addch(&escaped, '\\');
		buf_addch(&escaped, *s);
	}
	if (ignore_case && text_is_utf8(p->source, strlen(p->source), NULL))
		options = UTF8_LINES;
	if (ignore_case)
		options |= PCRE2_CASELESS;
	code = compile(escaped.p, escaped.n, options, &problem);
	buf_release(&escaped);
	if (!code)
		return refuse_pcre(p->source, problem);
	p->skips = true;
	use(p, code);
	return NULL;
}

/* Whether what an expression matches in a line it also finds where other lines
 * follow. Only what holds to what it has taken, looks around or means the ends
 * of the text could tell. */
static bool stays_in_line(const char *s)
{
	for (; *s; s++) {
		if (*s == '\\') {
			s++;
			if (!*s || (isalpha((unsigned char)*s) &&
				    !strchr("bBdDhHsSwWtxpPefr", *s)))
				return false;
		} else if (*s == '(' && s[1] && strchr("?*", s[1])) {
			if (strncmp(s, "(?:", 3) != 0)
				return false;
		} else if (strchr("*+?}", *s) && s[1] == '+') {
			return false;
		}
	}
	return true;
}

static struct err *make_perl(struct pattern *p, unsigned flags)
{
	uint32_t options = UTF8_LINES |
			   (flags & PATTERN_IGNORE_CASE ? PCRE2_CASELESS : 0) |
			   (flags & PATTERN_UNICODE ? PCRE2_UCP : 0);
	int problem;
	pcre2_code *code =
		compile(p->source, strlen(p->source), options, &problem);

	if (!code)
		return refuse_pcre(p->source, problem);
	p->skips = stays_in_line(p->source);
	use(p, code);
	return NULL;
}

static struct err *make_posix(struct pattern *p, bool extended,
			      bool ignore_case)
{
	locale_t ours;
	int flags = REG_NEWLINE | (extended ? REG_EXTENDED : 0) |
		    (ignore_case ? REG_ICASE : 0);
	int problem;
	uint32_t options = UTF8_LINES | (ignore_case ? PCRE2_CASELESS : 0);
	struct buf translated = BUF_INIT;
	char why[256];

	if (posix_is_too_large(p->source, extended))
		return refuse_pattern(p->source, _("it repeats too much"));
	ours = uselocale(p->locale);
	problem = regcomp(&p->regex, p->source, flags);
	uselocale(ours);
	if (problem) {
		regerror(problem, &p->regex, why, sizeof(why));
		return refuse_pattern(p->source, i18n_libc(why));
	}
	p->posix = true;
	if (posix_translate(&translated, &p->loose, p->source, extended,
			    ignore_case)) {
		pcre2_code *code =
			compile(translated.p, translated.n, options, &problem);

		if (code)
			use(p, code);
		p->skips = code != NULL;
	}
	buf_release(&translated);
	return NULL;
}

/* A pattern without a special character is a fixed string, as it is to git. */
static bool is_plain_pattern(const char *source)
{
	return !source[strcspn(source, "*?[\\(){|+.^$")];
}

static enum needle_syntax choose_needle_syntax(const char *source,
					       enum syntax syntax)
{
	static const enum needle_syntax as[] = {
		[SYNTAX_BASIC] = NEEDLE_BASIC,
		[SYNTAX_EXTENDED] = NEEDLE_EXTENDED,
		[SYNTAX_FIXED] = NEEDLE_FIXED,
		[SYNTAX_PERL] = NEEDLE_PERL,
	};

	return is_plain_pattern(source) ? NEEDLE_FIXED : as[syntax];
}

struct err *pattern_new(struct pattern **out, const char *source,
			enum syntax syntax, unsigned flags)
{
	bool ignore_case = flags & PATTERN_IGNORE_CASE;
	struct pattern *p = mem_calloc(1, sizeof(*p));
	struct err *e = NULL;

	p->source = mem_strdup(source);
	p->word = flags & PATTERN_WORD;
	p->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	if (syntax == SYNTAX_FIXED || is_plain_pattern(source))
		e = make_fixed(p, ignore_case);
	else if (syntax == SYNTAX_PERL)
		e = make_perl(p, flags);
	else
		e = make_posix(p, syntax == SYNTAX_EXTENDED, ignore_case);
	if (e) {
		pattern_free(p);
		return e;
	}
	if (p->skips && !ignore_case)
		needles_read(&p->needles, source,
			     choose_needle_syntax(source, syntax));
	*out = p;
	return NULL;
}

void pattern_free(struct pattern *p)
{
	if (!p)
		return;
	if (p->posix)
		regfree(&p->regex);
	if (p->locale)
		freelocale(p->locale);
	pcre2_code_free(p->code);
	pcre2_match_data_free(p->found);
	pcre2_match_context_free(p->limits);
	pcre2_jit_stack_free(p->stack);
	free(p->source);
	free(p);
}

/* --- matching --- */

static struct err *too_much(const struct pattern *p, int code)
{
	PCRE2_UCHAR why[256];

	pcre2_get_error_message(code, why, sizeof(why));
	return err_hint(err_new(ERR_FAILED,
				_("the pattern '%s' takes too many steps: %s"),
				p->source, (const char *)why),
			_("usually caused by a repetition inside a repetition, "
			  "such as (a+)+"));
}

/* PCRE2's return code: negative if nothing was found. */
static int run_code(struct span *span, struct pattern *p, const char *text,
		    size_t n, size_t from, bool rest)
{
	const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(p->found);
	int code = pcre2_match(p->code, (PCRE2_SPTR)text, n, from,
			       rest ? PCRE2_NOTBOL : 0, p->found, p->limits);

	if (code >= 0)
		*span = (struct span){ ends[0], ends[1] };
	return code;
}

/* The C library's regexec() of a text that no NUL ends. */
static int match_regex(regmatch_t *match, const regex_t *regex,
		       const char *line, size_t n, int flags)
{
#ifdef REG_STARTEND
	*match = (regmatch_t){ 0, (regoff_t)n };
	return regexec(regex, line, 1, match, REG_STARTEND | flags);
#else /* musl */
	char *copy = mem_alloc(n + 1);
	int none;

	memcpy(copy, line, n);
	copy[n] = '\0';
	none = regexec(regex, copy, 1, match, flags);
	free(copy);
	return none;
#endif
}

static bool run_regex(struct span *span, struct pattern *p, const char *line,
		      size_t n, bool rest)
{
	locale_t ours = uselocale(p->locale);
	regmatch_t match;
	int none =
		match_regex(&match, &p->regex, line, n, rest ? REG_NOTBOL : 0);

	uselocale(ours);
	*span = (struct span){ (size_t)match.rm_so, (size_t)match.rm_eo };
	return !none;
}

/* From here on without PCRE2, whose limits the pattern met. */
static void give_up_pattern(struct pattern *p)
{
	p->skips = false;
	if (!p->posix)
		return;
	pcre2_code_free(p->code);
	p->code = NULL;
}

/* Whether `code` finds anything; true also if it cannot tell. */
static bool may_hit(struct pattern *p, const char *line, size_t n, bool rest)
{
	struct span span;
	int code;

	if (!p->code)
		return true;
	code = run_code(&span, p, line, n, 0, rest);
	if (code < 0 && code != PCRE2_ERROR_NOMATCH)
		give_up_pattern(p);
	return code != PCRE2_ERROR_NOMATCH;
}

static bool is_ascii_pattern(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] >= 0x80)
			return false;
	return true;
}

/* The first match, words or not. */
static struct err *find_match(bool *hit, struct span *span, struct pattern *p,
			      const char *line, size_t n, bool rest)
{
	int code;

	if (p->posix) {
		*hit = may_hit(p, line, n, rest) &&
		       run_regex(span, p, line, n, rest);
		return NULL;
	}
	code = run_code(span, p, line, n, 0, rest);
	*hit = code >= 0;
	if (code < 0 && code != PCRE2_ERROR_NOMATCH)
		return too_much(p, code);
	return NULL;
}

static bool is_pattern_word_byte(char c)
{
	return (unsigned char)c < 0x80 &&
	       (isalnum((unsigned char)c) || c == '_');
}

static bool is_whole_word(const char *line, size_t n, struct span span)
{
	return span.start < span.end &&
	       (!span.start || !is_pattern_word_byte(line[span.start - 1])) &&
	       (span.end == n || !is_pattern_word_byte(line[span.end]));
}

struct err *pattern_find(bool *hit, struct span *span, struct pattern *p,
			 const char *line, size_t n, bool rest)
{
	size_t from = 0;
	struct err *e;

	for (;;) {
		e = find_match(hit, span, p, line + from, n - from, rest);
		if (e || !*hit || !p->word)
			break;
		if (is_whole_word(line + from, n - from, *span))
			break;
		/* a later match may be a word: go on behind this one's
		 * first character, at the next that begins a word */
		*hit = false;
		from += span->start + 1;
		while (from < n && is_pattern_word_byte(line[from - 1]))
			from++;
		rest = true;
		if (from >= n)
			return NULL;
	}
	span->start += from;
	span->end += from;
	return e;
}

struct err *pattern_hits(bool *hit, struct pattern *p, const char *line,
			 size_t n, bool rest)
{
	struct span span;

	if (p->word || !p->posix || !p->code)
		return pattern_find(hit, &span, p, line, n, rest);
	*hit = may_hit(p, line, n, rest);
	if (*hit && (!p->code || (p->loose && !is_ascii_pattern(line, n))))
		*hit = run_regex(&span, p, line, n, rest);
	return NULL;
}

/* Whether the line at `at` is known to match, as `code` found `span` there. */
static bool is_sure(const struct pattern *p, const char *text, size_t n,
		    size_t at, struct span span)
{
	const char *end = memchr(text + at, '\n', n - at);
	size_t stop = end ? (size_t)(end - text) : n;

	return !p->word && span.end <= stop &&
	       !(p->loose && !is_ascii_pattern(text + at, stop - at));
}

/* A line at a time, of those that have a needle. */
static size_t skip_to_needle(bool *sure, struct pattern *p, const char *text,
			     size_t n, size_t at)
{
	size_t found;

	while ((found = needles_find(&p->needles, text, n, at)) < n) {
		const char *newline = memrchr(text + at, '\n', found - at);
		const char *end = memchr(text + found, '\n', n - found);
		size_t stop = end ? (size_t)(end - text) : n;
		struct span span;
		int code;

		if (newline)
			at = (size_t)(newline - text) + 1;
		code = run_code(&span, p, text, stop, at, false);
		if (code >= 0)
			*sure = is_sure(p, text, n, at, span);
		else if (code != PCRE2_ERROR_NOMATCH)
			give_up_pattern(p);
		if (code != PCRE2_ERROR_NOMATCH)
			return at;
		if (!end)
			break;
		at = stop + 1;
	}
	return n;
}

size_t pattern_skip(bool *sure, struct pattern *p, const char *text, size_t n,
		    size_t at)
{
	struct span span;
	const char *newline;
	int code;

	*sure = false;
	if (!p->skips || at >= n)
		return at;
	if (p->needles.nr)
		return skip_to_needle(sure, p, text, n, at);
	code = run_code(&span, p, text, n, at, false);
	if (code == PCRE2_ERROR_NOMATCH)
		return n;
	if (code < 0) {
		give_up_pattern(p);
		return at;
	}
	if (span.start == n && text[n - 1] == '\n')
		return n; /* behind the last line */
	newline = memrchr(text + at, '\n', span.start - at);
	if (newline)
		at = (size_t)(newline - text) + 1;
	*sure = is_sure(p, text, n, at, span);
	return at;
}

const char *pattern_version(bool *jit)
{
	static char version[64];
	uint32_t has = 0;

	pcre2_config(PCRE2_CONFIG_VERSION, version);
	version[strcspn(version, " ")] = '\0'; /* a date follows */
	pcre2_config(PCRE2_CONFIG_JIT, &has);
	*jit = has != 0;
	return version;
}
