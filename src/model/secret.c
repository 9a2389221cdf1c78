/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/secret.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/line.h"

/* A file with more is not read to its end. */
#define SECRETS_MAX 100
/* No key is longer; the rest of a longer run of letters is passed over. */
#define RUN_MAX ((size_t)4096)

#define UPPER  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define LOWER  "abcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"
#define ALNUM  UPPER LOWER DIGITS

/* A prefix, then at least `least` of these characters. */
static const struct {
	const char *prefix, *set;
	size_t least;
	const char *what;
} forms[] = {
	{ "AKIA", UPPER DIGITS, 16, N_("this looks like an AWS access key") },
	{ "ASIA", UPPER DIGITS, 16, N_("this looks like an AWS access key") },
	{ "ghp_", ALNUM, 36, N_("this looks like a GitHub token") },
	{ "gho_", ALNUM, 36, N_("this looks like a GitHub token") },
	{ "ghu_", ALNUM, 36, N_("this looks like a GitHub token") },
	{ "ghs_", ALNUM, 36, N_("this looks like a GitHub token") },
	{ "ghr_", ALNUM, 36, N_("this looks like a GitHub token") },
	{ "github_pat_", ALNUM "_", 22, N_("this looks like a GitHub token") },
	{ "glpat-", ALNUM "_-", 20, N_("this looks like a GitLab token") },
	{ "glptt-", ALNUM "_-", 20, N_("this looks like a GitLab token") },
	{ "glrt-", ALNUM "_-", 20, N_("this looks like a GitLab token") },
	{ "gldt-", ALNUM "_-", 20, N_("this looks like a GitLab token") },
	{ "xapp-", ALNUM "-", 40, N_("this looks like a Slack token") },
	{ "xoxe-", ALNUM "-", 40, N_("this looks like a Slack token") },
	{ "xoxb-", ALNUM "-", 20, N_("this looks like a Slack token") },
	{ "xoxp-", ALNUM "-", 20, N_("this looks like a Slack token") },
	{ "xoxa-", ALNUM "-", 20, N_("this looks like a Slack token") },
	{ "https://hooks.slack.com/services/", ALNUM "/", 20,
	  N_("this looks like the address of a Slack hook") },
	{ "https://discord.com/api/webhooks/", ALNUM "_-/", 60,
	  N_("this looks like the address of a Discord hook") },
	{ "AIza", ALNUM "_-", 35, N_("this looks like a Google key") },
	{ "GOCSPX-", ALNUM "_-", 28, N_("this looks like a Google key") },
	{ "sk_live_", ALNUM, 16, N_("this looks like a Stripe key") },
	{ "rk_live_", ALNUM, 16, N_("this looks like a Stripe key") },
	{ "sk-ant-", ALNUM "_-", 32, N_("this looks like an API key") },
	{ "sk-proj-", ALNUM "_-", 32, N_("this looks like an API key") },
	{ "sk-svcacct-", ALNUM "_-", 32, N_("this looks like an API key") },
	{ "sk-admin-", ALNUM "_-", 32, N_("this looks like an API key") },
	{ "sk-or-v1-", ALNUM, 32, N_("this looks like an API key") },
	{ "sk-", ALNUM, 32, N_("this looks like an API key") },
	{ "gsk_", ALNUM, 48, N_("this looks like an API key") },
	{ "xai-", ALNUM, 60, N_("this looks like an API key") },
	{ "pplx-", ALNUM, 40, N_("this looks like an API key") },
	{ "bce-v3/ALTAK-", ALNUM "-/", 40, N_("this looks like an API key") },
	{ "npm_", ALNUM, 36, N_("this looks like an npm token") },
	{ "pypi-AgE", ALNUM "_-", 50, N_("this looks like a PyPI token") },
	{ "dop_v1_", LOWER DIGITS, 64,
	  N_("this looks like a DigitalOcean token") },
	{ "hf_", ALNUM, 34, N_("this looks like a Hugging Face token") },
	{ "SG.", ALNUM "_-.", 60, N_("this looks like a SendGrid key") },
	{ "dckr_pat_", ALNUM "_-", 24, N_("this looks like a Docker token") },
	{ "hvs.", ALNUM "_-", 24, N_("this looks like a Vault token") },
	{ "AGE-SECRET-KEY-1", UPPER DIGITS, 50,
	  N_("this looks like a private key") },
	{ "AKLT", ALNUM, 32, N_("this looks like a Volcengine key") },
	{ "LTAI", ALNUM, 16, N_("this looks like an Alibaba Cloud key") },
	{ "AKID", ALNUM, 32, N_("this looks like a Tencent Cloud key") },
	{ "https://open.feishu.cn/open-apis/bot/v2/hook/", ALNUM "-", 20,
	  N_("this looks like the address of a Feishu hook") },
	{ "https://open.feishu.cn/open-apis/bot/hook/", ALNUM "-", 20,
	  N_("this looks like the address of a Feishu hook") },
	{ "https://open.larksuite.com/open-apis/bot/v2/hook/", ALNUM "-", 20,
	  N_("this looks like the address of a Lark hook") },
	{ "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=", ALNUM "-",
	  20, N_("this looks like the address of a WeCom hook") },
	{ "https://oapi.dingtalk.com/robot/send?access_token=", ALNUM, 32,
	  N_("this looks like the address of a DingTalk hook") },
	{ "https://www.feishu.cn/flow/api/trigger-webhook/", ALNUM "-", 20,
	  N_("this looks like the address of a Feishu hook") },
	{ "SEC", LOWER DIGITS, 64,
	  N_("this looks like the secret of a DingTalk hook") },
};

/* Words after which a long random value is a secret; `_` is whatever parts two
 * words, or nothing. */
static const char *const names[] = {
	"password",      "passwd",       "secret",
	"api_key",       "access_key",   "auth_token",
	"secret_key",    "access_token", "token",
	"app_secret",    "secret_id",    "private_key",
	"client_secret", "account_key",  "shared_access_key",
	"密码",          "口令",         "密钥",
	"秘钥",          "密匙",         "令牌",
	"授权码",
};

struct scan {
	struct arena *a;
	struct secrets *out;
	const char *bytes;
	size_t n;
	bool begins[256]; /* one of `names` may begin with this byte */
};

static size_t span(const char *p, const char *end, const char *set)
{
	const char *start = p;

	while (p < end && *p && strchr(set, *p) &&
	       (size_t)(p - start) < RUN_MAX)
		p++;
	return (size_t)(p - start);
}

static bool contains_word(const char *p, size_t n, const char *word)
{
	size_t m = strlen(word);

	for (size_t i = 0; i + m <= n; i++)
		if (!strncasecmp(p + i, word, m))
			return true;
	return false;
}

/* How many different characters there are: "xxxx" and "****" are none's key. */
static size_t variety(const char *p, size_t n)
{
	bool seen[256] = { false };
	size_t count = 0;

	for (size_t i = 0; i < n; i++) {
		count += !seen[(unsigned char)p[i]];
		seen[(unsigned char)p[i]] = true;
	}
	return count;
}

static bool is_example(const char *p, size_t n)
{
	return variety(p, n) < 6 || contains_word(p, n, "example") ||
	       contains_word(p, n, "placeholder") ||
	       contains_word(p, n, "redacted") || contains_word(p, n, "xxxx") ||
	       contains_word(p, n, "changeme") || contains_word(p, n, "your");
}

static void report_secret(struct scan *s, size_t at, const char *what)
{
	if (s->out->nr < SECRETS_MAX)
		vec_push(s->a, s->out, (struct secret){ at, what });
}

/* The bytes to go on behind, if a form begins here; 0 if none does. */
static size_t look_for_form(struct scan *s, size_t at)
{
	const char *p = s->bytes + at, *end = s->bytes + s->n;

	for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
		size_t m, n;

		if (*p != *forms[i].prefix)
			continue;
		m = strlen(forms[i].prefix);
		if ((size_t)(end - p) < m || memcmp(p, forms[i].prefix, m) != 0)
			continue;
		n = span(p + m, end, forms[i].set);
		if (n >= forms[i].least && !is_example(p + m, n))
			report_secret(s, at, forms[i].what);
		return m + n;
	}
	return 0;
}

/* Three parts of base64, of which two begin as JSON objects do: eyJ. */
static size_t look_for_jwt(struct scan *s, size_t at)
{
	const char *p = s->bytes + at, *end = s->bytes + s->n;
	size_t n[3], m = 0;

	for (size_t i = 0; i < ARRAY_SIZE(n); i++) {
		if (i && (p + m == end || p[m++] != '.'))
			return 0;
		if (i < 2 &&
		    ((size_t)(end - p) < m + 3 || memcmp(p + m, "eyJ", 3) != 0))
			return 0;
		n[i] = span(p + m, end, ALNUM "_-");
		m += n[i];
	}
	if (n[0] < 10 || n[1] < 10 || n[2] < 10)
		return 0;
	report_secret(s, at, N_("this looks like a JSON web token"));
	return m;
}

/* -----BEGIN RSA PRIVATE KEY----- */
static void look_for_key(struct scan *s, const char *line, const char *end)
{
	static const char begin[] = "-----BEGIN ";
	size_t n = (size_t)(end - line);
	const char *p = memmem(line, n, begin, strlen(begin));

	if (p && memmem(p, (size_t)(end - p), "PRIVATE KEY-----", 16))
		report_secret(s, (size_t)(p - s->bytes),
			      N_("this looks like a private key"));
}

/* ://user:password@host */
static void look_for_address(struct scan *s, const char *line, const char *end)
{
	const char *p = line, *colon, *at;

	while ((p = memmem(p, (size_t)(end - p), "://", 3))) {
		size_t n;

		p += 3;
		for (n = 0; p + n < end && !isspace((unsigned char)p[n]) &&
			    !strchr("/?#@<>\"'`)", p[n]);)
			n++;
		at = p + n;
		colon = memchr(p, ':', n);
		if (colon && colon > p && at < end && *at == '@' &&
		    at - colon > 1 && !strchr("$<{[*%", colon[1]) &&
		    !is_example(colon + 1, (size_t)(at - colon - 1)))
			report_secret(
				s, (size_t)(p - s->bytes),
				N_("this looks like a password in an address"));
	}
}

/* Both letters and digits, as what a machine made up has. */
static bool is_random(const char *p, size_t n)
{
	bool letter = false, digit = false;

	for (size_t i = 0; i < n; i++) {
		letter |= isalpha((unsigned char)p[i]) != 0;
		digit |= isdigit((unsigned char)p[i]) != 0;
	}
	return letter && digit && variety(p, n) >= 10;
}

static const char *skip_set(const char *p, const char *end, const char *set)
{
	while (p < end && *p && strchr(set, *p))
		p++;
	return p;
}

/* Where a value begins after a colon or an equals sign; NULL if none is
 * there. */
static const char *skip_colon(const char *p, const char *end)
{
	static const char wide_colon[] = "\xEF\xBC\x9A";

	p = skip_set(p, end, "\"'`* \t");
	if (p < end && (*p == ':' || *p == '='))
		p++;
	else if (end - p >= 3 && !memcmp(p, wide_colon, 3))
		p += 3;
	else
		return NULL;
	return skip_set(p, end, "\"'`* \t");
}

/* The same in prose: "the token is ...", "密码为 ...", "the access key ...". */
static const char *skip_verb(const char *p, const char *end)
{
	static const char *const verbs[] = { "is ", "was ", "是", "为" };
	const char *value = skip_set(p, end, "\"'`* \t");

	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++) {
		size_t n = strlen(verbs[i]);

		if ((size_t)(end - value) <= n ||
		    memcmp(value, verbs[i], n) != 0)
			continue;
		return skip_set(value + n, end, "\"'`* \t");
	}
	return value > p ? value : NULL;
}

/* What nobody takes for a name or the id of a commit: letters of both cases and
 * digits, or hexadecimal digits. */
static bool is_made_up(const char *p, size_t n)
{
	size_t upper = span(p, p + n, LOWER DIGITS "+/_-=");
	size_t lower = span(p, p + n, UPPER DIGITS "+/_-=");

	if (span(p, p + n, "0123456789abcdefABCDEF") == n)
		return n >= 24 && n != 40;
	return upper < n && lower < n;
}

/* "dev-key-of-at-least-32-characters": words and numbers, parted. */
static bool is_of_words(const char *p, size_t n)
{
	size_t words = 0, len;

	for (const char *end = p + n; p < end; p += len + (p + len < end)) {
		size_t letters = span(p, end, UPPER LOWER);

		len = span(p, end, ALNUM);
		if (letters && letters < len)
			return false;
		words++;
	}
	return words > 2;
}

/* Only how it begins: "eyJhbGci...". */
static bool is_cut_off(const char *p, const char *end)
{
	static const char *const signs[] = { "...", "\xE2\x80\xA6" };

	for (size_t i = 0; i < ARRAY_SIZE(signs); i++)
		if (end - p >= 3 && !memcmp(p, signs[i], 3))
			return true;
	return false;
}

/* The value behind a name that ends at `p`, if it is a secret. */
static bool is_secret(struct scan *s, const char *p, const char *end)
{
	const char *value = skip_colon(p, end);
	bool prose = !value;
	size_t n;

	value = prose ? skip_verb(p, end) : value;
	if (!value)
		return false;
	n = span(value, end, ALNUM "+/_-=");
	if (n < 16 || !is_random(value, n) || is_example(value, n) ||
	    is_of_words(value, n) || is_cut_off(value + n, end) ||
	    (prose && !is_made_up(value, n)))
		return false;
	report_secret(s, (size_t)(value - s->bytes),
		      N_("this looks like a password or key"));
	return true;
}

/* How many bytes of `p` are the name; 0 if it does not stand there. */
static size_t name_at(const char *p, const char *end, const char *name)
{
	const char *from = p;

	for (; *name; name++) {
		if (*name == '_') {
			p += p < end && strchr("_- ", *p);
			continue;
		}
		if (p == end ||
		    tolower((unsigned char)*p) != (unsigned char)*name)
			return 0;
		p++;
	}
	return (size_t)(p - from);
}

/* Whether the first two letters are alike, ASCII case aside. A line has few
 * more; a call would cost more than all of them. */
static bool form_begins(const char *p, const char *name)
{
	return ((p[0] ^ name[0]) & ~0x20) == 0 &&
	       ((p[1] ^ name[1]) & ~0x20) == 0;
}

/* password = "k3Jx..." */
static void look_for_value(struct scan *s, const char *line, const char *end)
{
	for (const char *p = line; p + 1 < end; p++) {
		size_t nr =
			s->begins[(unsigned char)*p] ? ARRAY_SIZE(names) : 0;

		for (size_t i = 0; i < nr; i++) {
			size_t m;

			if (!form_begins(p, names[i]))
				continue;
			m = name_at(p, end, names[i]);
			if (m && is_secret(s, p + m, end))
				return;
		}
	}
}

/* Authorization: Bearer k3Jx... */
static bool look_for_header(struct scan *s, const char *line, const char *end)
{
	static const char name[] = "authorization";
	static const char *const schemes[] = { "basic ", "bearer ", "token " };

	for (const char *p = line; end - p > (ptrdiff_t)strlen(name); p++) {
		const char *value;
		size_t n;

		if (!form_begins(p, name) ||
		    strncasecmp(p, name, strlen(name)) != 0)
			continue;
		value = skip_colon(p + strlen(name), end);
		for (size_t i = 0; value && i < ARRAY_SIZE(schemes); i++) {
			n = strlen(schemes[i]);
			if ((size_t)(end - value) <= n ||
			    strncasecmp(value, schemes[i], n) != 0)
				continue;
			value = skip_set(value + n, end, " \t");
			n = span(value, end, ALNUM "+/_-=.~");
			if (n < 12 || is_example(value, n))
				return false;
			report_secret(s, (size_t)(value - s->bytes),
				      N_("this looks like the value of an "
					 "authorization header"));
			return true;
		}
	}
	return false;
}

/* A key is a word of its own: "mask_live_" is none of Stripe's. */
static void look_for_forms(struct scan *s, const char *line, const char *end)
{
	for (const char *p = line; p < end;) {
		size_t step = 0;

		if (p == line ||
		    !(isalnum((unsigned char)p[-1]) || p[-1] == '_')) {
			step = look_for_form(s, (size_t)(p - s->bytes));
			if (!step && *p == 'e')
				step = look_for_jwt(s, (size_t)(p - s->bytes));
		}
		p += step ? step : 1;
	}
}

void secret_find(struct secrets *out, struct arena *a, const char *bytes,
		 size_t n)
{
	struct scan s = { a, out, bytes, n, { false } };
	const char *at = bytes, *end = bytes + n, *line;

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		s.begins[(unsigned char)*names[i]] =
			s.begins[(unsigned char)(*names[i] ^ 0x20)] = true;
	while (out->nr < SECRETS_MAX && line_next(&line, &n, &at, end)) {
		const char *stop = line + n;
		size_t before = out->nr;

		look_for_forms(&s, line, stop);
		look_for_key(&s, line, stop);
		look_for_address(&s, line, stop);
		if (out->nr == before && !look_for_header(&s, line, stop))
			look_for_value(&s, line, stop);
	}
}
