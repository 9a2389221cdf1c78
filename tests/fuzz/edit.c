/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * edit [-v] <seed> <count> <folder>...: makes random edits of the Markdown
 * files in the folders and checks each, without the checks that edit.c makes
 * itself:
 *
 *   - the value reads back, and every other field is as it was;
 *   - the bytes that differ lie within the lines of the touched key (or
 *     action); a new key or action changes no old byte at all;
 *   - the body's bytes are equal, or the front matter's for an action;
 *   - each comment is still there, each line ends as before, the BOM stays;
 *   - a refused edit gives no bytes.
 *
 * Files are dressed first: CRLF, a BOM, comments, and fields and actions in
 * styles that the file may not have. Edits are made on top of one another. The
 * first fault ends the run with the old and the new bytes; -v shows each
 * refusal. Nothing is written to the folders.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "model/body.h"
#include "model/edit.h"
#include "model/field.h"
#include "model/read.h"

#define PLANTS_MAX 10
#define BOM        "\xEF\xBB\xBF"

enum op { SET, ADD, REMOVE, ACT, NEW_ACTION, OPS };
static const char *const op_names[OPS] = { "set", "add", "remove", "action",
					   "new action" };

struct reason {
	char *text;
	size_t times;
};

struct fuzz {
	uint64_t seed, random;
	size_t count, done, unchanged, refused, wrong;
	size_t by_op[OPS];
	bool verbose;
	struct reason *reasons;
	size_t nr_reasons;
	/* the file at hand */
	struct arena a;
	const char *path;
	struct buf bytes;
	size_t comments; /* planted, by number */
	bool crlf;
	/* the edit at hand */
	enum op op;
	const char *key, *value;
	enum action_state state;
	const struct retro *old, *new;
};

static size_t pick(struct fuzz *f, size_t n)
{
	f->random ^= f->random << 13;
	f->random ^= f->random >> 7;
	f->random ^= f->random << 17;
	return (size_t)((f->random * 0x2545F4914F6CDD1DULL) >> 33) % n;
}

#define PICK(f, table) ((table)[pick((f), ARRAY_SIZE(table))])

static NORETURN void fault(const struct fuzz *f, const char *what)
{
	fprintf(stderr, "FAULT: %s\nseed %llu, edit %zu, %s: %s %s '%s'\n",
		what, (unsigned long long)f->seed, f->done + f->refused,
		f->path, op_names[f->op], f->key, f->value ? f->value : "");
	fprintf(stderr, "=== old\n%s\n=== new\n%s\n", f->old->bytes,
		f->new ? f->new->bytes : "");
	exit(1);
}

static struct retro *read_bytes(struct fuzz *f, const char *p, size_t n)
{
	struct diags diags = { .arena = &f->a };
	struct retro *retro = read_retro(&f->a, &diags, f->path,
					 arena_strndup(&f->a, p, n), n);

	body_read(retro, &f->a, &diags, NULL);
	return retro;
}

/* --- values --- */

static const char *const nasty[] = {
	"a: b",
	"@x",
	"# c",
	"a # c",
	"\"",
	"'",
	"it's",
	"a\nb",
	"标签",
	"回滚 发布",
	"🚀 launch",
	" lead",
	"trail ",
	"\ttab\t",
	"---",
	"...",
	"- x",
	"[",
	"]",
	"{",
	"}",
	"[x]",
	"{x: y}",
	"*a",
	"&a",
	"!t",
	"!!str x",
	"%",
	"|",
	">",
	"|-",
	"yes",
	"no",
	"null",
	"~",
	"1.10",
	"0x1f",
	"1e3",
	"2026-11-24",
	"\\",
	"\\n",
	"?",
	"? a",
	":",
	"a:",
	":a",
	",",
	"a,b",
	"a, b",
	"`",
	"<<",
	"=",
	"${x}",
	"C#",
	"a#b",
	"x y",
	"v1.4.0",
	"Ann <ann@example.org>",
	"\x1b[31m",
	"\r",
	"a\r\nb",
	"\xC2\x85",
	"\xE2\x80\xA8",
	BOM,
	"\xC2\xA0",
	"\xE3\x80\x80x",
	"\xF0\x9F\xBF\xBE",
	"\"a\" b",
	"'a' b",
	"a'b\"c",
	"{{title}}",
	"#",
	"-",
	"--",
	"=====",
	"x:y",
	"http://example.org/?a=b#c",
	"%TAG ! x",
	"@",
	"`x`",
};
static const char *const plain[] = {
	"alpha",      "config-change",     "v2.0.0",     "3f2c91b0d4e5a6b7c8d9",
	"data drift", "release/1.x",       "src/**/*.c", "Bo Lee",
	"deadbeef",   "2026-01-02-outage",
};

static const char *random_value(struct fuzz *f)
{
	struct buf b = BUF_INIT;
	const char *value;
	size_t parts = 1 + (pick(f, 4) == 0 ? pick(f, 4) : 0);

	if (pick(f, 3) == 0)
		return PICK(f, plain);
	for (size_t i = 0; i < parts; i++) {
		buf_addstr(&b, i && pick(f, 2) ? " " : "");
		buf_addstr(&b, PICK(f, nasty));
	}
	if (pick(f, 100) == 0)
		for (size_t n = pick(f, 3000); n; n--)
			buf_addstr(&b, n % 7 ? "x" : " long");
	value = arena_strdup(&f->a, b.p);
	buf_release(&b);
	return value;
}

/* One that the field can take, but for a few. */
static const char *value_for(struct fuzz *f, const struct field *field)
{
	static const char *const dates[] = { "2026-11-24", "2026/11/24",
					     "2026年11月24日", "20261124" };
	static const char *const times[] = { "2026-11-24T01:48:00+08:00",
					     "2026-11-24 01:48",
					     "2026-11-24T01:48:00Z" };
	static const char *const statuses[] = { "draft", "final", "已复盘",
						"in-review", "waived" };
	static const char *const kinds[] = { "release", "事故", "experiment" };
	static const char *const severities[] = { "1", "S2", "P0", "二级" };

	if (pick(f, 60) == 0)
		return random_value(f);
	switch (field->type) {
	case FIELD_DATE:
		return PICK(f, dates);
	case FIELD_TIME:
		return PICK(f, times);
	case FIELD_STATUS:
		return PICK(f, statuses);
	case FIELD_KIND:
		return PICK(f, kinds);
	case FIELD_SEVERITY:
		return PICK(f, severities);
	default:
		return random_value(f);
	}
}

/* --- dressing --- */

/* Fields in styles that few files have; each is added where its key is new. */
static const char *const snippets[] = {
	"commits: # why\n  cause:\n    - a1b2 # 1\n    # - b\n  fix: [c3d4]\n",
	"commits: {cause: [abcd1, abcd2,], fix: abcd3}\n",
	"commits:\n    cause: abcd1\n    other:\n    - abcd2\n",
	"commits: [abcd1, abcd2]\n",
	"commits:\n  - pitfall: P1 # one\n    fix: [abcd1]\n    # own\n  - "
	"abcd2\n  # free\n",
	"commits:\n- pitfall: P2\n  cause:\n  - abcd1 # c\n- pitfall: P1\n  "
	"guard: t/\n",
	"commits: [{pitfall: P1, cause: abcd1}, {fix: [abcd2]}, abcd3] # c\n",
	"commits: {pitfall: P1, guard: [a, b]}\n",
	"commits:\n-   fix: abcd1\n\n-   {pitfall: P1,\n     fix: [abcd2]}\n",
	"commits:\n",
	"commits: ~ # none\n",
	"releases: [\n  v1, # one\n  v2  # two\n]\n",
	"releases: [\n  v1,\n  'v2',\n]\n",
	"releases: [v1, v2,\n           v3]\n",
	"releases: [\n]\n",
	"releases: v1.10 # only\n",
	"releases: \"v1, v2\"\n",
	"releases:\n  - v1\n\n  # between\n  - two\n    lines\n",
	"environment:\n  python: 3.11 # new\n  cuda: '12'\n  gpus: [a, b]\n",
	"environment: { python: 3.11, cuda: , x }\n",
	"environment: {}\n",
	"paths:\n- 'src/*' # all\n-   \"docs/\"\n-\n- |\n  odd\n",
	"related: first\n",
	"supersedes: []\n",
	"seen-before: plain text\n  on two lines\n",
	"owner: \"two\n  lines\"\n",
	"range: >- # folded\n  a..b\n\n",
	"product: |\n  kept\n  # no comment\n",
	"company: &c Acme\nx-company: *c\n",
	"superseded-by: !!str x\n",
	"branches: &b [main]\nx-branches: *b\n",
	"\"archive_url\": 'http://x'\n",
	"metrics:\n  - name: cost\n    before: 1\n",
	"x-map: {a: [b, {c: d}], e: \"f\"}\nx-list:\n- - a\n  - b\n- c: d\n",
};

/* The front matter as text that shows all of it. */
static void show(struct buf *b, const struct node *node)
{
	if (node->kind == NODE_SCALAR) {
		buf_addf(b, node_is_null(node) ? "null" : "<%zu:%s>",
			 strlen(node->text), node->text);
		return;
	}
	buf_addch(b, node->kind == NODE_LIST ? '[' : '{');
	for (size_t i = 0; i < node->nr; i++) {
		if (node->kind == NODE_MAP)
			show(b, node->pairs[i].key);
		show(b, node->kind == NODE_MAP ? node->pairs[i].value
					       : node->items[i]);
	}
	buf_addch(b, node->kind == NODE_LIST ? ']' : '}');
}

static const char *shown(struct fuzz *f, const struct node *node)
{
	struct buf b = BUF_INIT;
	const char *text;

	if (node)
		show(&b, node);
	text = arena_strdup(&f->a, b.p);
	buf_release(&b);
	return text;
}

/* Takes `text` into the file at `at`, if that leaves the front matter as it is
 * (`same`) or at least readable. */
static bool insert(struct fuzz *f, size_t at, const char *text, bool same)
{
	const struct retro *old = read_bytes(f, f->bytes.p, f->bytes.n), *new;
	struct buf b = BUF_INIT;
	bool fits;

	buf_add(&b, f->bytes.p, f->bytes.n);
	buf_splice(&b, at, 0, text, strlen(text));
	new = read_bytes(f, b.p, b.n);
	fits = new->map &&
	       (!same || strcmp(shown(f, old->map), shown(f, new->map)) == 0);
	if (fits) {
		buf_reset(&f->bytes);
		buf_add(&f->bytes, b.p, b.n);
	}
	buf_release(&b);
	return fits;
}

static void add_snippet(struct fuzz *f)
{
	const struct retro *retro = read_bytes(f, f->bytes.p, f->bytes.n);
	const char *text = PICK(f, snippets);
	const char *key = text + (*text == '"');

	key = arena_strndup(&f->a, key, strcspn(key, "\":"));
	if (!retro->map || retro->map->flow || node_get(retro->map, key) ||
	    (field_find(key) && field_pair(field_find(key), retro)))
		return;
	insert(f, pick(f, 2) ? retro->front.end : retro->front.start, text,
	       false);
}

/* A comment, blanks or a blank line, wherever it means nothing. */
static void plant(struct fuzz *f)
{
	static const char *const blanks[] = { "  ", "\t", "\n", "\n   ",
					      "\n\n" };
	const struct retro *retro = read_bytes(f, f->bytes.p, f->bytes.n);
	size_t from = retro->front.start, n = retro->front.end - from;
	const char *note = arena_printf(&f->a, "# note%zu.", f->comments);
	size_t at = from + (n ? pick(f, n) : 0);

	if (!retro->map)
		return;
	while (at < retro->front.end && f->bytes.p[at] != '\n')
		at++;
	if (at == retro->front.end)
		return;
	if (pick(f, 4) == 0)
		insert(f, at, PICK(f, blanks), true);
	else if (pick(f, 2))
		f->comments +=
			insert(f, at, arena_printf(&f->a, " %s", note), true);
	else
		f->comments += insert(f, at,
				      arena_printf(&f->a, "\n%*s%s",
						   (int)pick(f, 5), "", note),
				      true);
}

static void add_actions(struct fuzz *f)
{
	static const struct {
		const char *box, *text;
	} items[] = {
		{ "[ ]", " Pin it @ann due:2026-12-01 !high\n" },
		{ "[x]", " Audit `done:abcd` done:abcd\n" },
		{ "[-]", " Rewrite (declined: no (real) need)\n" },
		{ "[ ]", " Wrapped\n  to two lines @bo\n" },
		{ "[ ]", " prompt due:\n" },
		{ "[X]", " Odd *emphasis* and [link](x) done:2026-11-24  \n" },
		{ "[ ]", " Ends in a backslash \\\n" },
		{ "[ ]", " With more\n\n  below\n  - [ ] inner\n" },
		{ "[-]", " 不做（declined：没有必要）\n" },
	};
	size_t nr = pick(f, 6);

	if (read_bytes(f, f->bytes.p, f->bytes.n)->body->actions.nr)
		return;
	if (f->bytes.n && f->bytes.p[f->bytes.n - 1] != '\n')
		buf_addch(&f->bytes, '\n');
	buf_addstr(&f->bytes,
		   pick(f, 2) ? "\n## Actions\n\n" : "\n# 行动项\n\n");
	for (size_t i = 1; i <= nr; i++) {
		size_t at = pick(f, ARRAY_SIZE(items));

		buf_addf(&f->bytes, "- %s A%zu:%s", items[at].box, i,
			 items[at].text);
	}
	if (pick(f, 2))
		buf_addstr(&f->bytes, "\n# After\n\n- [ ] A1: no action\n");
}

static void dress(struct fuzz *f)
{
	struct buf b = BUF_INIT;
	bool bare = !memchr(f->bytes.p, '\r', f->bytes.n + 1);

	f->comments = 0;
	for (size_t n = pick(f, 4); n; n--)
		add_snippet(f);
	if (pick(f, 3) == 0)
		add_actions(f);
	for (size_t n = pick(f, PLANTS_MAX); n; n--)
		plant(f);
	if (bare && pick(f, 4) == 0) {
		for (size_t i = 0; i < f->bytes.n; i++) {
			if (f->bytes.p[i] == '\n')
				buf_addch(&b, '\r');
			buf_addch(&b, f->bytes.p[i]);
		}
		buf_reset(&f->bytes);
		buf_add(&f->bytes, b.p, b.n);
	}
	buf_release(&b);
	if (strncmp(f->bytes.p, BOM, 3) != 0 && pick(f, 5) == 0)
		buf_splice(&f->bytes, 0, 0, BOM, 3);
	/* Whether each line ends in CRLF. */
	f->crlf = strchr(f->bytes.p, '\r') != NULL;
	for (size_t i = 0; i < f->bytes.n; i++)
		f->crlf &= f->bytes.p[i] != '\n' ||
			   (i && f->bytes.p[i - 1] == '\r');
}

/* --- what must hold for every edit --- */

/* The bytes of old and new that differ: [from, to) and [from, new_to). */
struct difference {
	size_t from, to, new_to;
};

static struct difference differ(const struct retro *old,
				const struct retro *new)
{
	struct difference d = { 0, old->n, new->n };
	size_t least = old->n < new->n ? old->n : new->n;

	while (d.from < least && old->bytes[d.from] == new->bytes[d.from])
		d.from++;
	while (d.to > d.from && d.new_to > d.from &&
	       old->bytes[d.to - 1] == new->bytes[d.new_to - 1])
		d.to--, d.new_to--;
	return d;
}

/* What comes or goes could as well be a few bytes earlier, if it starts with
 * what stands before it: moves it to the start of a line, where there is one. */
static void slide(struct difference *d, const struct retro *old,
		  const struct retro *new)
{
	struct difference s = *d;
	bool comes = s.from == s.to;
	const struct retro *longer = comes ? new : old;

	if (!comes && s.from != s.new_to)
		return;
	for (; s.from; s.from--, s.to--, s.new_to--) {
		size_t end = comes ? s.new_to : s.to;

		if (longer->bytes[s.from - 1] == '\n' ||
		    (s.from == strlen(BOM) &&
		     !strncmp(longer->bytes, BOM, strlen(BOM)))) {
			*d = s;
			return;
		}
		if (longer->bytes[s.from - 1] != longer->bytes[end - 1])
			return;
	}
	*d = s;
}

static void check_comments(const struct fuzz *f)
{
	for (size_t i = 0; i < f->comments; i++) {
		char note[32];

		snprintf(note, sizeof(note), "# note%zu.", i);
		if (strstr(f->old->bytes, note) && !strstr(f->new->bytes, note))
			fault(f, "a comment is lost");
	}
}

static void check_ends(const struct fuzz *f)
{
	const struct retro *new = f->new;

	for (size_t i = 0; f->crlf && i < new->n; i++)
		if (new->bytes[i] == '\n' && (!i || new->bytes[i - 1] != '\r'))
			fault(f, "a line does not end in CRLF");
	if (!f->crlf && !strchr(f->old->bytes, '\r') &&
	    strchr(new->bytes, '\r'))
		fault(f, "a CR came");
	if ((strncmp(f->old->bytes, BOM, 3) == 0) !=
	    (strncmp(new->bytes, BOM, 3) == 0))
		fault(f, "the byte order mark came or went");
}

/* --- what must hold for an edit of the front matter --- */

static bool is_end(char c)
{
	return c == '\n' || c == '\r';
}

/* The lines of a top-level key, found by their looks alone: from the one that
 * starts with it to before the next that starts with a letter or a comment.
 * False if there is none. */
static bool find_lines(const struct retro *retro, const char *key, size_t *from,
		       size_t *to)
{
	const char *p = retro->bytes;
	size_t at = retro->front.start, n = strlen(key);
	bool found = false;

	*from = *to = 0;
	while (at < retro->front.end) {
		size_t next = at, quote = p[at] == '"' || p[at] == '\'';
		bool mine, belongs;

		while (next < retro->front.end && p[next] != '\n')
			next++;
		next++;
		mine = strncmp(p + at + quote, key, n) == 0 &&
		       (p[at + n + 2 * quote] == ':' ||
			p[at + n + 2 * quote] == ' ');
		belongs = strchr(" \t-]}\r\n", p[at]) != NULL;
		if (mine && !found) {
			found = true;
			*from = at;
			*to = next;
		} else if (found && !belongs && p[at] != '#') {
			return true;
		} else if (found && belongs && !is_end(p[at])) {
			*to = next;
		}
		at = next;
	}
	return found;
}

/* Whether the old bytes are all there, in their order. */
static bool is_within(const char *was, size_t n, const char *is, size_t m)
{
	size_t at = 0;

	for (size_t i = 0; i < m && at < n; i++)
		at += was[at] == is[i];
	return at == n;
}

/* A list loses no byte: what is new comes in one place, or is a comma in front
 * of a comment and the rest behind that. */
static void check_added(const struct fuzz *f, const struct difference *d,
			const struct node *list)
{
	size_t n = d->to - d->from;
	const char *was = f->old->bytes + d->from,
		   *is = f->new->bytes + d->from;

	if (list->kind == NODE_MAP)
		list = node_get(list, strchr(f->key, '.')
					      ? strchr(f->key, '.') + 1
					      : "other");
	if (!n || (list && list->kind == NODE_SCALAR))
		return;
	/* A map that becomes the first item of a list moves to the right; a
	 * scalar in the map of an item becomes a list. */
	if (!strncmp(f->key, "commits.", 8) &&
	    is_within(was, n, is, d->new_to - d->from))
		return;
	if (d->new_to - d->from <= n || *is != ',' ||
	    memcmp(is + 1, was, n) != 0)
		fault(f, "a list lost bytes");
}

/* The difference lies in the lines of a key that the edit may touch, or of
 * several if a value is taken out of several spellings of a field. */
static void check_place(const struct fuzz *f, const struct field *field)
{
	const struct retro *old = f->old;
	struct difference d = differ(old, f->new);
	size_t first = old->n;

	if (d.to == d.from && d.new_to == d.from)
		return;
	slide(&d, old, f->new);
	if (!old->front.present) {
		/* what follows may begin with a dash, too */
		for (; d.from > old->front.body && d.to == d.from &&
		       old->bytes[d.from - 1] == f->new->bytes[d.new_to - 1];
		     d.from--, d.to--)
			d.new_to--;
		if (d.from != old->front.body || d.to != d.from)
			fault(f, "the new front matter is not in front");
		return;
	}
	if (d.from < old->front.start || d.to > old->front.end)
		fault(f, "bytes beyond the front matter differ");
	if (old->map && (old->map->flow || old->map->start.column > 1))
		return;
	for (size_t i = 0; old->map && i < old->map->nr; i++) {
		const char *key = old->map->pairs[i].key->text;
		size_t from, to;

		if (field_find(key) != field ||
		    !find_lines(old, key, &from, &to))
			continue;
		first = first < from ? first : from;
		if (d.from < (f->op == REMOVE ? first : from) || d.to > to)
			continue;
		if (f->op != REMOVE && d.from < from + strlen(key) + 1)
			fault(f, "the key differs");
		if (f->op == ADD)
			check_added(f, &d, old->map->pairs[i].value);
		return;
	}
	if (d.from != d.to)
		fault(f, "old bytes beyond the key's lines differ");
	if (d.from && old->bytes[d.from - 1] != '\n' &&
	    !is_end(old->bytes[d.from]))
		fault(f, "a new key is not on lines of its own");
}

static const struct strs *list_of(const struct retro *retro,
				  const struct field *field, const char *key)
{
	const char *at = (const char *)retro + field->offset;

	static const struct strs none;
	const struct problem *problem;

	if (field->type == FIELD_LIST)
		return (const struct strs *)(const void *)at;
	if (strstr(key, ".P")) {
		problem =
			retro_problem(retro, strstr(key, ".P1") ? "P1" : "P2");
		return !problem                ? &none
		       : strstr(key, ".cause") ? &problem->commits.cause
		       : strstr(key, ".guard") ? &problem->guard
					       : &problem->commits.fix;
	}
	if (strstr(key, ".backport"))
		return &retro->commits.backport;
	return strstr(key, ".cause") ? &retro->commits.cause
	       : strstr(key, ".fix") ? &retro->commits.fix
				     : &retro->commits.other;
}

static void check_list(const struct fuzz *f, const struct field *field)
{
	const struct strs *old = list_of(f->old, field, f->key);
	const struct strs *new = list_of(f->new, field, f->key);
	size_t nr = 0;

	for (size_t i = 0; i < old->nr; i++)
		if (f->op == ADD || strcmp(old->at[i], f->value) != 0) {
			nr++;
			if (!strs_has(new, old->at[i]))
				fault(f, "a list lost an item");
		}
	if (strs_has(new, f->value) != (f->op == ADD))
		fault(f, "the list does not read back");
	if (new->nr != nr + (f->op == ADD && !strs_has(old, f->value)))
		fault(f, "the list has other items");
}

static void check_scalar(const struct fuzz *f, const struct field *field)
{
	const struct pair *pair = field_pair(field, f->new);
	const struct node *node = pair ? pair->value : NULL;
	const char *dot = strchr(f->key, '.');

	if (dot)
		node = node_get(node, dot + 1);
	if (!f->value || !*f->value) {
		if (!node_is_null(node))
			fault(f, "the value is still there");
	} else if (!node || !node->text || strcmp(node->text, f->value) != 0) {
		fault(f, "the value does not read back");
	}
}

/* All keys that the edit does not touch are there, in their order, and have
 * their values; in the map of commits and the environment, too. */
static void check_others(struct fuzz *f, const struct node *old,
			 const struct node *new, const struct field *field,
			 const char *sub)
{
	size_t j = 0;

	for (size_t i = 0; old && i < old->nr; i++) {
		const char *key = old->pairs[i].key->text;
		const struct node *a = old->pairs[i].value, *b;
		bool mine = field ? field_find(key) == field
				  : strcasecmp(key, sub) == 0;

		while (new &&j < new->nr &&
		       strcmp(new->pairs[j].key->text, key) != 0) {
			const char *more = new->pairs[j++].key->text;

			if (field ? field_find(more) != field
				  : strcasecmp(more, sub) != 0)
				fault(f, "a key came");
		}
		if (!new || j == new->nr)
			fault(f, "a key is gone or has moved");
		b = new->pairs[j++].value;
		if (mine && field && sub && a->kind == NODE_MAP &&
		    b->kind == NODE_MAP)
			check_others(f, a, b, NULL, sub);
		else if (!mine && strcmp(shown(f, a), shown(f, b)) != 0)
			fault(f, "another field reads differently");
	}
}

/* Fields below the title are changed where they stand, which the front matter
 * says nothing of: tests/cli/reading.t and shapes.t have those. */
static void check_front(struct fuzz *f)
{
	const struct retro *old = f->old, *new = f->new;
	const char *dot = strrchr(f->key, '.');
	const struct field *field =
		field_find(arena_strndup(&f->a, f->key, strcspn(f->key, ".")));

	if (!new->front.present && old->n != new->n)
		fault(f, "there is no front matter any more");
	if (new->n - new->front.body != old->n - old->front.body ||
	    memcmp(new->bytes + new->front.body, old->bytes + old->front.body,
		   new->n - new->front.body) != 0)
		fault(f, "the body differs");
	check_place(f, field);
	check_others(f, old->map, new->map, field,
		     dot                            ? dot + 1
		     : field->type == FIELD_COMMITS ? "other"
						    : NULL);
	if (f->op == SET)
		check_scalar(f, field);
	else
		check_list(f, field);
}

/* --- what must hold for an edit of an action --- */

static const struct action *find_action(const struct retro *retro,
					const char *id)
{
	const struct actions *actions = &retro->body->actions;

	for (size_t i = 0; i < actions->nr; i++)
		if (actions->at[i].id && strcmp(actions->at[i].id, id) == 0)
			return &actions->at[i];
	return NULL;
}

static bool equal(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static void check_same_action(const struct fuzz *f, const struct action *a,
			      const struct action *b, bool touched)
{
	if (!equal(a->id, b->id) || !equal(a->text, b->text) ||
	    !equal(a->owner, b->owner) || a->due != b->due ||
	    !equal(a->priority, b->priority))
		fault(f, "an action reads differently");
	if (!touched && (a->state != b->state || !equal(a->done, b->done) ||
			 !equal(a->reason, b->reason)))
		fault(f, "another action has changed");
}

/* Behind the line of `at` and those that go on with its paragraph. */
static size_t end_of_item(const struct retro *retro, size_t at)
{
	const char *p = retro->bytes;

	for (;;) {
		while (at < retro->n && p[at] != '\n')
			at++;
		if (at == retro->n)
			return at;
		at++;
		if (!p[at + strspn(p + at, " \t\r")] ||
		    strchr("\n-*+", p[at + strspn(p + at, " \t\r")]))
			return at;
	}
}

/* The value on one line with single blanks; NULL if nothing is left. */
static const char *squeezed(struct fuzz *f)
{
	struct buf b = BUF_INIT;
	const char *p = f->value ? f->value : "", *text;

	while (*(p += strspn(p, " \t\r\n"))) {
		size_t n = strcspn(p, " \t\r\n");

		buf_addstr(&b, b.n ? " " : "");
		buf_add(&b, p, n);
		p += n;
	}
	p = b.p;
	text_trim(&p, &b.n);
	text = b.n ? arena_strndup(&f->a, p, b.n) : NULL;
	buf_release(&b);
	return text;
}

static void check_flip(struct fuzz *f)
{
	const struct actions *old = &f->old->body->actions;
	const struct actions *new = &f->new->body->actions;
	const struct action *was = find_action(f->old, f->key), *is;
	struct difference d = differ(f->old, f->new);

	if (old->nr != new->nr)
		fault(f, "there are more or fewer actions");
	for (size_t i = 0; i < old->nr; i++)
		check_same_action(f, &old->at[i], &new->at[i],
				  &old->at[i] == was);
	is = find_action(f->new, f->key);
	if (is->state != f->state)
		fault(f, "the action is not flipped");
	if (!equal(is->done, f->state == ACTION_DONE ? f->value : NULL))
		fault(f, "done: does not read back");
	if (!equal(is->reason,
		   f->state == ACTION_DECLINED ? squeezed(f) : NULL))
		fault(f, "the reason does not read back");
	if (d.from < was->box_at || d.to > end_of_item(f->old, was->box_at))
		fault(f, "bytes beyond the action differ");
}

static void check_new_action(const struct fuzz *f)
{
	const struct actions *old = &f->old->body->actions;
	const struct actions *new = &f->new->body->actions;
	const struct action *is = find_action(f->new, f->key);
	struct difference d = differ(f->old, f->new);
	size_t more = 0;

	if (new->nr != old->nr + 1 || !is || is->state != ACTION_OPEN)
		fault(f, "the new action is not there");
	if (find_action(f->old, f->key))
		fault(f, "its number is not new");
	for (size_t i = 0; i < new->nr; i++) {
		if (&new->at[i] == is)
			more = 1;
		else
			check_same_action(f, &old->at[i - more], &new->at[i],
					  false);
	}
	if (d.from != d.to)
		fault(f, "old bytes differ");
}

static void check_action(struct fuzz *f)
{
	const struct front *old = &f->old->front, *new = &f->new->front;

	/* A closing line that ends the file gets a line end. */
	if ((old->body != new->body && old->body < f->old->n) ||
	    memcmp(f->old->bytes, f->new->bytes, old->body) != 0)
		fault(f, "the front matter differs");
	if (f->op == ACT)
		check_flip(f);
	else
		check_new_action(f);
}

/* --- one edit --- */

static struct err *edit_front(struct fuzz *f, struct buf *out)
{
	static const char *const subs[] = { "python", "cuda", "my key",
					    "gpus" };
	bool want_list = pick(f, 2), list;
	const struct field *field;

	do {
		field = &field_table[pick(f, field_count)];
		list = field->type == FIELD_LIST ||
		       field->type == FIELD_COMMITS;
	} while (list != want_list ||
		 (list && pick(f, 4) && !list_of(f->old, field, "")->nr));
	f->key = field->key;
	if (field->type == FIELD_COMMITS)
		f->key = PICK(f,
			      ((const char *const[]){
				      "commits", "commits.cause", "commits.fix",
				      "commits.other", "commits.backport",
				      "commits.P1.fix", "commits.P1.guard",
				      "commits.P2.cause" }));
	else if (field->type == FIELD_MAP)
		f->key =
			arena_printf(&f->a, "%s.%s", field->key, PICK(f, subs));
	f->op = list ? ADD : SET;
	f->value = value_for(f, field);
	if (f->op == SET && pick(f, 8) == 0)
		f->value = NULL;
	if (list) {
		const struct strs *items = list_of(f->old, field, f->key);

		if (items->nr ? pick(f, 2) : pick(f, 20) == 0)
			f->op = REMOVE;
		if (items->nr && f->op == REMOVE && pick(f, 30))
			f->value = items->at[pick(f, items->nr)];
	}
	return f->op == SET ? edit_set(out, &f->a, f->old, f->key, f->value)
	       : f->op == ADD
		       ? edit_add(out, &f->a, f->old, f->key, f->value)
		       : edit_remove(out, &f->a, f->old, f->key, f->value);
}

static struct err *edit_body(struct fuzz *f, struct buf *out)
{
	static const char *const marks[] = { "3f2c91b0d4", "2026-11-24" };
	const struct actions *actions = &f->old->body->actions;
	const struct action *action =
		actions->nr ? &actions->at[pick(f, actions->nr)] : NULL;

	if (!action || !action->id || pick(f, 4) == 0) {
		f->op = NEW_ACTION;
		f->value = random_value(f);
		f->key = "";
		return edit_action_add(out, &f->key, &f->a, f->old, "Actions",
				       f->value);
	}
	f->op = ACT;
	f->key = action->id;
	f->state = (enum action_state)pick(f, 3);
	f->value = NULL;
	if (f->state == ACTION_DONE && pick(f, 4))
		f->value = PICK(f, marks);
	if (f->state == ACTION_DECLINED)
		f->value = random_value(f);
	return edit_action(out, &f->a, f->old, f->key, f->state, f->value);
}

/* A refusal counts under what it says behind the place and the key. */
static void count_refusal(struct fuzz *f, const struct err *err)
{
	const char *text = strstr(err->text, ": ");
	const char *why = strstr(err->text, "as it is: ");
	struct reason *r;

	if (!why)
		why = strstr(err->text, "as they are: ");
	if (err->code != ERR_UNSUPPORTED) {
		f->wrong++;
		return;
	}
	f->refused++;
	why = why ? strchr(why, ':') + 2 : text ? text + 2 : err->text;
	if (f->verbose)
		printf("refused: %s %s '%s': %s\n%s\n", op_names[f->op], f->key,
		       f->value ? f->value : "", err->text,
		       arena_strndup(&f->a, f->old->bytes,
				     f->op < ACT ? f->old->front.end
						 : f->old->n));
	for (r = f->reasons; r < f->reasons + f->nr_reasons; r++)
		if (strcmp(r->text, why) == 0) {
			r->times++;
			return;
		}
	f->reasons = mem_realloc(f->reasons, (f->nr_reasons + 1) * sizeof(*r));
	f->reasons[f->nr_reasons++] = (struct reason){ mem_strdup(why), 1 };
}

static void edit_once(struct fuzz *f)
{
	struct buf out = BUF_INIT;
	char *before = mem_strdup(f->bytes.p);
	struct err *err;

	f->new = NULL;
	f->old = read_bytes(f, f->bytes.p, f->bytes.n);
	err = pick(f, 5) ? edit_front(f, &out) : edit_body(f, &out);
	if (strcmp(before, f->old->bytes) != 0)
		fault(f, "the old bytes were written to");
	free(before);
	if (err) {
		count_refusal(f, err);
		if (out.n)
			fault(f, "a refused edit gave bytes");
		err_free(err);
		return;
	}
	f->new = read_bytes(f, out.p, out.n);
	f->done++;
	f->by_op[f->op]++;
	f->unchanged +=
		out.n == f->bytes.n && memcmp(out.p, f->bytes.p, out.n) == 0;
	check_comments(f);
	check_ends(f);
	if (f->op == ACT || f->op == NEW_ACTION)
		check_action(f);
	else if (!f->old->preamble)
		check_front(f);
	buf_reset(&f->bytes);
	buf_add(&f->bytes, out.p, out.n);
	buf_release(&out);
}

/* --- the run --- */

static void edit_file(struct fuzz *f)
{
	struct err *err;

	buf_reset(&f->bytes);
	err = file_read_named(&f->bytes, f->path, FILE_MAX);
	if (err) {
		fprintf(stderr, "%s\n", err->text);
		exit(1);
	}
	if (memchr(f->bytes.p, '\0', f->bytes.n))
		return;
	dress(f);
	for (size_t n = 1 + pick(f, 12); n && f->done < f->count; n--) {
		edit_once(f);
		arena_release(&f->a);
	}
}

static int by_times(const void *a, const void *b)
{
	const struct reason *left = a, *right = b;

	return left->times < right->times   ? 1
	       : left->times > right->times ? -1
					    : 0;
}

static void report(struct fuzz *f, size_t files)
{
	printf("seed %llu: %zu edits of %zu files, %zu of them without a "
	       "change to make\n",
	       (unsigned long long)f->seed, f->done, files, f->unchanged);
	for (size_t i = 0; i < OPS; i++)
		printf("%8zu %s\n", f->by_op[i], op_names[i]);
	printf("%8zu asked for what cannot be (wrong use, not found)\n",
	       f->wrong);
	printf("%8zu refused (%.2f%%)\n", f->refused,
	       100.0 * (double)f->refused / (double)(f->done + f->refused));
	if (f->nr_reasons)
		qsort(f->reasons, f->nr_reasons, sizeof(*f->reasons), by_times);
	for (size_t i = 0; i < f->nr_reasons; i++) {
		printf("%12zu %s\n", f->reasons[i].times, f->reasons[i].text);
		free(f->reasons[i].text);
	}
	free(f->reasons);
}

static void list_files(struct strs *files, struct arena *a, const char *dir)
{
	struct strs names = { 0 };
	struct err *err = file_list(&names, a, dir);

	if (err) {
		fprintf(stderr, "%s\n", err->text);
		exit(1);
	}
	for (size_t i = 0; i < names.nr; i++) {
		size_t n = strlen(names.at[i]);

		if (n > 3 && strcmp(names.at[i] + n - 3, ".md") == 0)
			vec_push(a, files, path_join(a, dir, names.at[i]));
	}
}

int main(int argc, char **argv)
{
	struct arena a = ARENA_INIT;
	struct strs files = { 0 };
	struct fuzz f = { .bytes = BUF_INIT };
	int first = 1;

	if (argc > 1 && strcmp(argv[1], "-v") == 0) {
		f.verbose = true;
		first++;
	}
	if (argc < first + 3) {
		fprintf(stderr,
			"usage: edit [-v] <seed> <count> <folder>...\n");
		return 2;
	}
	f.seed = strtoull(argv[first], NULL, 10);
	f.random = f.seed * 0x9E3779B97F4A7C15ULL + 1;
	f.count = strtoul(argv[first + 1], NULL, 10);
	for (int i = first + 2; i < argc; i++)
		list_files(&files, &a, argv[i]);
	if (!files.nr) {
		fprintf(stderr, "no Markdown files there\n");
		return 2;
	}
	while (f.done < f.count) {
		f.path = files.at[pick(&f, files.nr)];
		edit_file(&f);
	}
	report(&f, files.nr);
	arena_release(&a);
	arena_release(&f.a);
	buf_release(&f.bytes);
	return 0;
}
