/* SPDX-License-Identifier: GPL-2.0-only */
#include "model_test.h"

#include <time.h>

#include "report/enclosing.h"
#include "report/hunks.h"

/* Each line ends with "|" and the function that it is in, or "-". */
static void lies_in(const char *marked)
{
	struct arena a = ARENA_INIT;
	struct buf text = BUF_INIT;
	const struct enclosing_text *lines;
	size_t nr = 0;

	for (const char *at = marked; *at; at = strchr(at, '\n') + 1)
		buf_addf(&text, "%.*s\n", (int)strcspn(at, "|"), at);
	lines = enclosing_open(&a, text.p);
	for (const char *at = marked; *at; at = strchr(at, '\n') + 1) {
		const char *want = strchr(at, '|') + 1;
		size_t n = strcspn(want, "\n");
		struct enclosing found = { .name = "-", .n = 1 };

		if (!enclosing_find(&found, lines, ++nr))
			assert_null(memchr(want, '(', n));
		if (found.n != n || memcmp(found.name, want, n) != 0)
			fail_msg("line %zu is in %.*s, not in %.*s: %.*s", nr,
				 (int)found.n, found.name, (int)n, want,
				 (int)strcspn(at, "\n"), at);
	}
	buf_release(&text);
	arena_release(&a);
}

static void in_c(void **state)
{
	(void)state;
	lies_in("#include <stdio.h>|-\n"
		"static int one(int a)|one\n"
		"{|one\n"
		"	if (a > 2) {|one\n"
		"		a = 1;|one\n"
		"	} else {|one\n"
		"		a = 2;|one\n"
		"	}|one\n"
		"#ifdef X|one\n"
		"	a++;|one\n"
		"#endif|one\n"
		"out:|one\n"
		"	return a;|one\n"
		"}|one\n"
		"struct load {|-\n"
		"	int rows;|-\n"
		"	int (*end)(int a);|-\n"
		"};|-\n"
		"static const int table[] = {|-\n"
		"	CALL(one),|-\n"
		"};|-\n"
		"static struct load *|-\n"
		"two(struct load *l,|two\n"
		"    int n)|two\n"
		"{|two\n"
		"	list_for_each_entry(l, rows, n) {|two\n"
		"		l->rows = n;|two\n"
		"	}|two\n"
		"}|two\n"
		"int three(int a);|-\n"
		"int Loader::four(int a) const {|four\n"
		"  return a;|four\n"
		"}|four\n"
		"int BOX_MAIN(load)(int a)|BOX_MAIN\n"
		"{|BOX_MAIN\n"
		"	return a;|BOX_MAIN\n"
		"}|BOX_MAIN\n"
		"TEST(Loader, Five) {|Loader\n"
		"  EXPECT(1);|Loader\n"
		"}|Loader\n");
}

static void in_python(void **state)
{
	(void)state;
	lies_in("ROWS = [|-\n"
		"    load(1),|-\n"
		"]|-\n"
		"class Loader(Base):|-\n"
		"    rows = 1|-\n"
		"    @cached|one\n"
		"    def one(|one\n"
		"        self,|one\n"
		"    ) -> int:|one\n"
		"        if self.rows:|one\n"
		"            return load(|one\n"
		"                2,|one\n"
		"            )|one\n"
		"        def inner(a):|inner\n"
		"            return a|inner\n"
		"        return inner(3)|one\n"
		"    more = 2|-\n"
		"async def two():|two\n"
		"    text = \"\"\"|two\n"
		"at the margin|-\n"
		"    \"\"\"|two\n"
		"    return text|two\n");
}

static void in_scripts(void **state)
{
	(void)state;
	lies_in("export interface Props {|-\n"
		"  rows: number;|-\n"
		"}|-\n"
		"export const load = async (a: Props) => {|load\n"
		"  rows.forEach((row) => {|load\n"
		"    use(row);|load\n"
		"  });|load\n"
		"};|load\n"
		"class Loader {|-\n"
		"  rows = [];|-\n"
		"  private async read(a: string): Promise<void> {|read\n"
		"    if (a) {|read\n"
		"      await this.rows;|read\n"
		"    }|read\n"
		"  }|read\n"
		"}|-\n"
		"describe('load', () => {|-\n"
		"  it('works', () => {|-\n"
		"    load();|-\n"
		"  });|-\n"
		"});|-\n"
		"export default function save<T>(|save\n"
		"  a: T,|save\n"
		"): T {|save\n"
		"  return a;|save\n"
		"}|save\n");
}

static void in_others(void **state)
{
	(void)state;
	lies_in("func (l *Loader) Load(ctx Context) (int, error) {|Load\n"
		"	for _, r := range l.rows {|Load\n"
		"		use(r)|Load\n"
		"	}|Load\n"
		"	return 0, nil|Load\n"
		"}|Load\n"
		"impl<T> Loader<T> {|-\n"
		"    const ROWS: usize = 1;|-\n"
		"    #[inline]|load\n"
		"    pub(crate) fn load<F>(&self, f: F) -> usize|load\n"
		"    where|load\n"
		"        F: Fn(),|load\n"
		"    {|load\n"
		"        match f() {|load\n"
		"            _ => 1,|load\n"
		"        }|load\n"
		"    }|load\n"
		"}|-\n"
		"  def self.save!(a)|save\n"
		"    a.each do|save\n"
		"      row.save|save\n"
		"    end|save\n"
		"  end|save\n"
		"    @Override|map\n"
		"    public <T> List<T> map(Row row) throws Bad {|map\n"
		"        return new List<>(row) {|map\n"
		"        };|map\n"
		"    }|map\n"
		"clean_up() {|clean_up\n"
		"	rm -f \"$1\"|clean_up\n"
		"}|clean_up\n"
		"local function M.turn(a)|turn\n"
		"  return a|turn\n"
		"end|turn\n");
}

/* Each line of a hunk counts, on its own side: the heading of git has what
 * stands before it. */
static void headings(void **state)
{
	static const char before[] = "int one(int a)\n{\n\treturn a;\n}\n"
				     "struct rows {\n\tint nr;\n};\n"
				     "int two(int a)\n{\n\treturn a;\n}\n";
	static const char after[] = "int one(int a)\n{\n\treturn a;\n}\n"
				    "struct rows {\n\tlong nr;\n};\n"
				    "int zero(void)\n{\n\treturn 0;\n}\n"
				    "int two(int a)\n{\n\treturn a + 1;\n}\n";
	struct arena a = ARENA_INIT;
	struct buf out = BUF_INIT;

	(void)state;
	hunks_add_functions(&out, &a,
			    "--- a/f.c\n+++ b/f.c\n"
			    "@@ -6 +6 @@ int one(int a)\n-\tint nr;\n"
			    "+\tlong nr;\n"
			    "@@ -7,0 +8,4 @@ struct rows {\n+int zero(void)\n"
			    "+{\n+\treturn 0;\n+}\n"
			    "@@ -10 +14 @@ int two(int a)\n-\treturn a;\n"
			    "+\treturn a + 1;\n",
			    before, after);
	assert_string_equal(out.p, "--- a/f.c\n+++ b/f.c\n"
				   "@@ -6 +6 @@\n-\tint nr;\n+\tlong nr;\n"
				   "@@ -7,0 +8,4 @@\tzero 4\n+int zero(void)\n"
				   "+{\n+\treturn 0;\n+}\n"
				   "@@ -10 +14 @@\ttwo 4\n-\treturn a;\n"
				   "+\treturn a + 1;\n");
	buf_release(&out);
	arena_release(&a);
}

/* What is found above a line may have ended before it, as in a long string: the
 * lines behind are looked at all the same. */
static void behind_a_long_string(void **state)
{
	static const char after[] = "def load():\n    sql = [[\nSELECT x\n"
				    "  FROM rows\n    ]]\n\n\n"
				    "def store():\n    return 2\n";
	struct arena a = ARENA_INIT;
	struct buf out = BUF_INIT;

	(void)state;
	hunks_add_functions(&out, &a, "@@ -0,0 +1,9 @@\n", NULL, after);
	assert_non_null(strstr(out.p, "@@\tload "));
	assert_non_null(strstr(out.p, "\tstore 2\n"));
	buf_release(&out);
	arena_release(&a);
}

/* Of each of so many lines the answer is what is known of the one above; looked
 * for anew it takes minutes of the processor. */
static void of_many_lines(const char *first, const char *before,
			  const char *after)
{
	struct arena a = ARENA_INIT;
	struct buf text = BUF_INIT, out = BUF_INIT;
	clock_t start = clock();

	buf_addstr(&text, first);
	for (int i = 0; i < 4000; i++)
		buf_addf(&text, "word %d\n", i);
	for (int i = 0; i < 20000; i++)
		buf_addf(&text, "%s%d%s\n", before, i, after);
	hunks_add_functions(&out, &a, "@@ -0,0 +1,24000 @@\n", NULL, text.p);
	assert_true((clock() - start) / CLOCKS_PER_SEC < 10);
	buf_release(&text);
	buf_release(&out);
	arena_release(&a);
}

static void in_long_files(void **state)
{
	(void)state;
	of_many_lines("", "    <td>cell ", "</td>");
	of_many_lines("", "#define REGISTER_", " 0");
	of_many_lines("", "  ],\n  [\n    ", "");
	of_many_lines("function load() {\n", "  rows(", ");");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_c),
		cmocka_unit_test(in_python),
		cmocka_unit_test(in_scripts),
		cmocka_unit_test(in_others),
		cmocka_unit_test(headings),
		cmocka_unit_test(behind_a_long_string),
		cmocka_unit_test(in_long_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
