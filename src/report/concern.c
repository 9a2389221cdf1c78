/* SPDX-License-Identifier: GPL-2.0-only */
#include "report/concern.h"

#include <ctype.h>
#include <string.h>

#include "base/err.h"
#include "base/vec.h"
#include "front/message.h"
#include "git/child.h"
#include "git/mentions.h"
#include "index/words.h"
#include "search/terms.h"

enum {
	TITLES_MAX = 1000, /* of the history, the newest */
	/* A word tells something that no more of them have: this share, and a
	 * few, as what was fixed may have been fixed before. */
	TELLING_SHARE = 50,
	TELLING_FEW = 3,
	/* Bytes of a word; more of one in a script where each character is
	 * one. */
	WORD_LEAST = 3,
	/* Bytes in front of a title that say where. */
	PREFIX_MAX = 32,
	PAIR_LEAST = 5,
};

struct concern {
	struct arena *arena;
	struct repo *repo;
	struct strs words; /* of the titles of the change */
	bool fixes;
	struct VEC_OF(struct strs) history; /* the words of each title */
	bool read;
};

/* What a commit does, whatever it is about. A longer form of four letters and
 * more is found by its beginning. */
static const char *const deeds[] = {
	"add",     "added",      "adding",   "adds",       "adjust",
	"allow",   "also",       "always",   "apply",      "avoid",
	"back",    "better",     "bump",     "change",     "clean",
	"cleanup", "consistent", "convert",  "correct",    "create",
	"deal",    "disable",    "document", "drop",       "each",
	"enable",  "ensure",     "even",     "explicit",   "extend",
	"extract", "feat",       "feature",  "first",      "fix",
	"fixed",   "fixes",      "fixing",   "follow",     "force",
	"handle",  "handling",   "ignore",   "ignoring",   "implement",
	"improve", "introduce",  "issue",    "just",       "keep",
	"less",    "longer",     "make",     "making",     "merge",
	"minor",   "miss",       "missing",  "more",       "move",
	"moving",  "need",       "never",    "new",        "non",
	"only",    "other",      "over",     "pass",       "prepare",
	"prevent", "problem",    "proper",   "provide",    "raise",
	"reapply", "reduce",     "refactor", "regression", "reland",
	"remove",  "removing",   "rename",   "renaming",   "replace",
	"report",  "require",    "restore",  "return",     "revert",
	"rework",  "rewrite",    "run",      "runs",       "same",
	"set",     "sets",       "setting",  "simplify",   "skip",
	"some",    "split",      "stop",     "support",    "switch",
	"tweak",   "unused",     "update",   "updating",   "use",
	"used",    "uses",       "using",    "via",        "work",
	"wrong",   "修改",       "修复",     "修正",       "更新",
	"增加",    "添加",       "新增",     "删除",       "移除",
	"去掉",    "优化",       "调整",     "支持",       "重构",
	"重命",    "命名",       "实现",     "完善",       "升级",
	"处理",    "解决",       "问题",     "使用",       "改为",
	"改成",    "替换",       "合并",     "避免",       "防止",
	"增强",    "改进",       "统一",     "补充",       "抽取",
};

/* --- words --- */

static int add_concern_word(void *data, const struct word *word)
{
	struct {
		struct arena *a;
		struct strs *out;
	} *to = data;
	bool digits = true;

	for (size_t i = 0; i < word->n; i++)
		digits &= isdigit((unsigned char)word->text[i]) != 0;
	if (!digits &&
	    word->n >= (isascii((unsigned char)*word->text) ? WORD_LEAST
							    : PAIR_LEAST))
		vec_push(to->a, to->out,
			 arena_strndup(to->a, word->text, word->n));
	return 0;
}

static struct strs concern_words(struct arena *a, const char *text, size_t n)
{
	struct strs words = { 0 };
	struct {
		struct arena *a;
		struct strs *out;
	} to = { a, &words };

	words_cut(text, n, 0, add_concern_word, &to);
	return words;
}

static bool has_form(const struct strs *words, const char *word)
{
	for (size_t i = 0; i < words->nr; i++)
		if (words_are_one(words->at[i], word))
			return true;
	return false;
}

static bool is_deed(const char *word)
{
	/* What begins like one, and is none. */
	static const char *const things[] = {
		"backend", "backlog", "backoff", "backup",  "dealloc", "event",
		"handler", "overlap", "overlay", "overrun", "passive", "worker",
	};

	for (size_t i = 0; i < ARRAY_SIZE(things); i++)
		if (!strncmp(word, things[i], strlen(things[i])))
			return false;
	for (size_t i = 0; i < ARRAY_SIZE(deeds); i++)
		if (words_are_one(deeds[i], word))
			return true;
	return false;
}

/* --- the messages of the change --- */

/* Behind what says only which commit this one is to be joined with. */
static const char *skip_autosquash(const char *title)
{
	static const char *const marks[] = { "fixup! ", "squash! ", "amend! " };

	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		if (!strncmp(title, marks[i], strlen(marks[i])))
			return skip_autosquash(title + strlen(marks[i]));
	return title;
}

/* The first line that is no comment of git. */
static const char *message_title(size_t *n, const char *message)
{
	while (*message == '\n' || message_is_comment(message)) {
		message += strcspn(message, "\n");
		message += *message == '\n';
	}
	message = skip_autosquash(message);
	*n = strcspn(message, "\n");
	return message;
}

/* Words by which a title says that something was wrong: so they begin, so far
 * as they end with "*". */
static bool says_fix(const struct strs *words)
{
	static const char *const signs[] = {
		"avoid*",   "broken",     "bug*",     "crash*",  "deadlock*",
		"fix",      "fixed",      "fixes",    "fixing",  "fixup",
		"hang",     "hangs",      "hanging",  "hotfix",  "hung",
		"leak*",    "incorrect*", "prevent*", "race",    "backout",
		"reapply*", "regress*",   "reland*",  "revert*", "wrong*",
		"修复",     "修正",       "修补",     "解决",    "回退",
		"回滚",     "撤销",       "还原",     "避免",    "防止",
		"崩溃",     "死锁",       "泄漏",     "泄露",    "卡死",
	};

	for (size_t i = 0; i < ARRAY_SIZE(signs); i++) {
		size_t n = strcspn(signs[i], "*");

		for (size_t j = 0; j < words->nr; j++)
			if (!strncmp(words->at[j], signs[i], n) &&
			    (signs[i][n] || !words->at[j][n]))
				return true;
	}
	return false;
}

static bool is_one_word(const char *word, const char *const *words, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (!strcmp(word, words[i]))
			return true;
	return false;
}

/* "Rollback of 1234567", "Automated rollback", "Roll it back", "Back out". In a
 * database a rollback is something to work on, so it must begin the title. */
static bool says_taken_back(const struct strs *words)
{
	static const char *const backs[] = { "back", "backs", "backed",
					     "backing" };
	static const char *const rolls[] = { "roll", "rolls", "rolled",
					     "rolling" };

	for (size_t i = 0; i < words->nr; i++) {
		const char *word = words->at[i];
		const char *next = i + 1 < words->nr ? words->at[i + 1] : "";

		if ((i < 2 && !strcmp(word, "rollback")) ||
		    (!strcmp(next, "out") &&
		     is_one_word(word, backs, ARRAY_SIZE(backs))) ||
		    (!strcmp(next, "back") &&
		     is_one_word(word, rolls, ARRAY_SIZE(rolls))))
			return true;
	}
	return false;
}

/* What stands for a fix, or for what is taken back, in a title of gitmoji. */
static bool has_fix_sign(const char *title, size_t n)
{
	static const char *const signs[] = { "🐛", "🚑", "⏪",
					     ":ambulance:", ":rewind:" };

	for (size_t i = 0; i < ARRAY_SIZE(signs); i++)
		if (memmem(title, n, signs[i], strlen(signs[i])))
			return true;
	return false;
}

static bool mentions_fixed(struct arena *a, const char *message)
{
	struct mentions mentions = { 0 };

	message_mentions(&mentions, a, message);
	for (size_t i = 0; i < mentions.nr; i++)
		if (mentions.at[i].type <= MENTION_FIX)
			return true;
	return false;
}

struct concern *concern_new(struct arena *a, struct repo *repo)
{
	struct concern *concern = arena_alloc(a, sizeof(*concern));

	concern->arena = a;
	concern->repo = repo;
	return concern;
}

/* What stands before "ui: scrub start: ", which says where. */
static size_t prefix_length(const char *title, size_t n)
{
	size_t at = 0;

	for (size_t i = 0; i + 1 < n && i - at < PREFIX_MAX; i++)
		if (title[i] == ':' && title[i + 1] == ' ')
			at = i + 2;
	return at;
}

void concern_add(struct concern *concern, const char *message)
{
	size_t n;
	const char *title = message_title(&n, message);
	struct strs words = concern_words(concern->arena, title, n);
	size_t prefix = prefix_length(title, n);

	concern->fixes |= says_fix(&words) || says_taken_back(&words) ||
			  has_fix_sign(title, n) ||
			  mentions_fixed(concern->arena, title);
	words = concern_words(concern->arena, title + prefix, n - prefix);
	strs_append(concern->arena, &concern->words, &words);
}

bool concern_fixes(const struct concern *concern)
{
	return concern->fixes;
}

/* --- the words of this history --- */

/* Where it cannot be asked, every word tells something. */
static void read_history(struct concern *concern)
{
	const char *const args[] = {
		"log", CHILD_LOG, "--no-merges", "-z",
		"-n",  "1000",    "--format=%s", NULL,
	};
	struct child child;
	const char *title;
	struct err *e = child_start(&child, args);

	concern->read = true;
	if (!e) {
		while (child_fields(&title, 1, &child) &&
		       concern->history.nr < TITLES_MAX)
			vec_push(concern->arena, &concern->history,
				 concern_words(concern->arena, title,
					       strlen(title)));
		e = child_finish(&child);
	}
	err_pass(e);
}

static bool is_telling_word(struct concern *concern, const char *word)
{
	size_t nr = 0;

	if (!concern->read)
		read_history(concern);
	for (size_t i = 0; i < concern->history.nr; i++)
		nr += has_form(&concern->history.at[i], word);
	return nr <= concern->history.nr / TELLING_SHARE + TELLING_FEW;
}

bool concern_shares(struct concern *concern, const char *text,
		    const char *place)
{
	struct arena *a = concern->arena;
	struct strs theirs = concern_words(a, text, strlen(text));
	struct strs where = concern_words(a, place, strlen(place));

	for (size_t i = 0; i < concern->words.nr; i++) {
		const char *word = concern->words.at[i];

		if (has_form(&theirs, word) && !has_form(&where, word) &&
		    !is_deed(word) && !terms_small_word(a, word) &&
		    is_telling_word(concern, word))
			return true;
	}
	return false;
}
