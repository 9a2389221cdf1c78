/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "golden.h"
#include "model/read.h"
#include "view/html.h"

static struct arena arena;
static struct buf out;

static void as_html(struct buf *made, struct arena *a, struct retro *retro)
{
	struct retros retros = { 0 };

	vec_push(a, &retros, retro);
	html_page(made, &retros);
}

/* The page of a text, from its article on; borrowed until the next call. */
static const char *page(const char *text)
{
	struct diags diags = { .arena = &arena };
	struct retro *retro =
		read_retro(&arena, &diags, "x.md", text, strlen(text));

	body_read(retro, &arena, &diags, NULL);
	buf_reset(&out);
	as_html(&out, &arena, retro);
	return strstr(out.p, "<article>");
}

static void has(const char *text, const char *html)
{
	const char *made = page(text);

	if (!strstr(made, html))
		fail_msg("not in the page: %s\n%s", html, made);
}

static void golden(void **state)
{
	(void)state;
	golden_check("html", as_html);
}

static void text_is_escaped(void **state)
{
	(void)state;
	has("a < b & \"c\" 'd'", "<p>a &lt; b &amp; &quot;c&quot; &#39;d&#39;");
	has("`<b>`", "<code>&lt;b&gt;</code>");
	has("    <b>\n", "<pre><code>&lt;b&gt;\n</code></pre>");
	has("---\ntitle: <script>\nowner: <i>\n---\n",
	    "<h1>&lt;script&gt;</h1>");
	has("---\ntitle: a\nx<y: <i>\n---\n",
	    "<dt>x&lt;y</dt><dd>&lt;i&gt;</dd>");
	has("---\ntitle: </title><script>\n---\n", "<h1>&lt;/title&gt;");
	assert_non_null(strstr(out.p, "<title>&lt;/title&gt;&lt;script&gt;"
				      "</title>"));
	has("\x1b[31m\xe2\x80\xae", "<p>\xef\xbf\xbd[31m\xef\xbf\xbd</p>");
}

static void raw_html_is_text(void **state)
{
	(void)state;
	has("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script");
	has("a <img src=x onerror=y> b",
	    "a <span class=\"raw\">&lt;img src=x onerror=y&gt;</span> b");
	has("a<br/>b", "a<br>\nb");
	has("<!-- no --> <b>", "<p><span class=\"raw\"> &lt;b&gt;");
	assert_null(strstr(page("a <!-- no --> b\n\n<!-- no -->\n"), "no"));
	assert_null(strstr(page("<!-- no"), "no"));
}

static void only_safe_addresses_are_links(void **state)
{
	static const char *const safe[] = {
		"http://a", "HTTPS://a",      "mailto:a@b",
		"//a",      "a/b.md",         "#top",
		"?a:b",     "./javascript:a", "a/b?c:d#e",
	};
	static const char *const unsafe[] = {
		"javascript:alert(1)",
		"JavaScript:a",
		" javascript:a",
		"java&#10;script:a",
		"java&Tab;script&colon;a",
		"&#1;javascript:a",
		"&#x6A;avascript:a",
		"data:text/html,x",
		"vbscript:a",
		"file:///etc/passwd",
		"httpsx:a",
		"https_and_more:a",
		":a",
	};
	struct buf text = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(safe); i++) {
		buf_reset(&text);
		buf_addf(&text, "[a](<%s>)", safe[i]);
		has(text.p, "<p><a href=\"");
		buf_reset(&text);
		buf_addf(&text, "![a](<%s>)", safe[i]);
		has(text.p, "<p><img src=\"");
	}
	for (size_t i = 0; i < ARRAY_SIZE(unsafe); i++) {
		buf_reset(&text);
		buf_addf(&text, "[a](<%s>)", unsafe[i]);
		has(text.p, "<p>a</p>");
		buf_reset(&text);
		buf_addf(&text, "![a](<%s>)", unsafe[i]);
		has(text.p, "<p>a</p>");
	}
	has("[a](<x\"y'z> \"t\\\"u\")",
	    "<a href=\"x&quot;y&#39;z\" title=\"t&quot;u\">a</a>");
	buf_release(&text);
}

static void lists_and_tables(void **state)
{
	(void)state;
	has("- a\n- b\n", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>");
	has("3. a\n\n4. b\n", "<ol start=\"3\">\n<li><p>a</p>\n</li>");
	has("- a\n  - b\n", "<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>");
	has("## Actions\n\n- [x] a\n", "<li><span class=\"box\">[x]</span> a");
	has("|a|b|\n|-|-:|\n|1|<i>|\n",
	    "<tr><td>1</td><td class=\"right\"><span class=\"raw\">"
	    "&lt;i&gt;</span></td></tr>");
}

static int tear_down(void **state)
{
	(void)state;
	buf_release(&out);
	arena_release(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(golden),
		cmocka_unit_test(text_is_escaped),
		cmocka_unit_test(raw_html_is_text),
		cmocka_unit_test(only_safe_addresses_are_links),
		cmocka_unit_test(lists_and_tables),
	};

	buf_init(&out);
	return cmocka_run_group_tests(tests, NULL, tear_down);
}
