/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/instruction.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/attr.h"

enum {
	FOUND_MAX = 100,
	WORDS_MAX = 8,   /* that a phrase reaches over */
	SHOWN_MAX = 60,  /* bytes of one that are told */
	BYTES_MAX = 120, /* that a Chinese one reaches over */
};

/* A phrase in English: a word of each list, in this order, and a few others
 * between them. The first begins a clause or follows the usual words. */
struct phrase_words {
	const char *const *lists[4];
};

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static const struct phrase_words phrases[] = {
	{ { WORDS("ignore", "disregard", "forget", "override"),
	    WORDS("previous", "prior", "above", "earlier", "preceding", "all",
		  "any", "your", "system", "these"),
	    WORDS("instructions", "instruction", "prompt", "prompts",
		  "guidelines", "directives") } },
	{ { WORDS("you"), WORDS("are"), WORDS("now"),
	    WORDS("assistant", "ai", "agent", "model", "mode", "jailbroken",
		  "dan", "root") } },
	{ { WORDS("if"), WORDS("you"), WORDS("are"),
	    WORDS("assistant", "ai", "agent", "llm", "chatgpt", "claude",
		  "copilot") } },
	{ { WORDS("don't", "never", "not"), WORDS("tell", "inform", "mention"),
	    WORDS("user", "human", "reviewer") } },
};

/* In Chinese: one of each list, with nothing that ends a sentence between. */
static const struct phrase_words chinese[] = {
	{ { WORDS("忽略", "无视", "忘记", "忘掉", "不要理会"),
	    WORDS("之前", "以上", "上面", "前面", "先前", "所有", "系统"),
	    WORDS("指令", "提示词", "指示") } },
	{ { WORDS("你现在是", "你从现在起是", "如果你是"),
	    WORDS("助手", "智能体", "大模型", "人工智能", "AI") } },
	{ { WORDS("不要告诉", "不要告知", "别告诉"),
	    WORDS("用户", "使用者", "审阅者") } },
};

/* How the transcripts of models mark who speaks. */
static const char *const marks[] = {
	"<|im_start|>", "<|im_end|>",        "<|system|>",
	"[INST]",       "<system-reminder>", "</system-reminder>",
	"<system>",     "</system>",         "<|endoftext|>",
};

static bool is_instruction_letter(char c)
{
	return isalpha((unsigned char)c) || c == '\'';
}

static bool is_in_list(const char *word, size_t n, const char *const *list)
{
	for (; *list; list++)
		if (((**list ^ *word) & ~0x20) == 0 && strlen(*list) == n &&
		    !strncasecmp(*list, word, n))
			return true;
	return false;
}

/* The next word of the sentence, from *at on, which moves behind it; NULL at
 * its end. Lines may break it. */
static const char *next_instruction_word(size_t *n, const char **at,
					 const char *end)
{
	const char *p = *at, *word;

	while (p < end && !is_instruction_letter(*p) && !strchr(".!?;:", *p))
		p++;
	if (p == end || !is_instruction_letter(*p))
		return NULL;
	word = p;
	while (p < end && is_instruction_letter(*p))
		p++;
	*n = (size_t)(p - word);
	*at = p;
	return word;
}

/* Its length if the phrase begins at `at`, else 0. */
static size_t match_instruction_words(const struct phrase_words *phrase,
				      const char *at, const char *end)
{
	const char *start = at, *word;
	size_t n, list = 0;

	for (size_t i = 0;
	     i < WORDS_MAX && (word = next_instruction_word(&n, &at, end));
	     i++) {
		if (is_in_list(word, n, phrase->lists[list]))
			list++;
		else if (!list)
			return 0;
		if (list == ARRAY_SIZE(phrase->lists) || !phrase->lists[list])
			return (size_t)(at - start);
	}
	return 0;
}

static size_t match_chinese(const struct phrase_words *phrase, const char *at,
			    const char *end)
{
	const char *start = at;
	size_t list = 0;

	while (list < ARRAY_SIZE(phrase->lists) && phrase->lists[list]) {
		size_t n = 0;

		for (size_t i = 0; phrase->lists[list][i] && !n; i++) {
			size_t m = strlen(phrase->lists[list][i]);

			if ((size_t)(end - at) >= m &&
			    !memcmp(at, phrase->lists[list][i], m))
				n = m;
		}
		if (n) {
			at += n;
			list++;
			continue;
		}
		if (!list || at == end || at - start > BYTES_MAX ||
		    !strncmp(at, "。", 3) || *at == '\n')
			return 0;
		at++;
	}
	return (size_t)(at - start);
}

/* An order begins a clause: "please ignore", "you must ignore", ": ignore"; "we
 * ignore" is none. */
static bool begins_clause(const char *bytes, const char *at)
{
	static const char *const before[] = { "please", "must", "should", "to",
					      "and",    "now",  "then",   "do",
					      "always", "shall" };
	const char *p = at;
	size_t n = 0;

	while (p > bytes && strchr(" \t*_\"", p[-1]))
		p--;
	if (p == bytes || !is_instruction_letter(p[-1]))
		return p == bytes || !isalnum((unsigned char)p[-1]);
	while (p > bytes && is_instruction_letter(p[-1])) {
		p--;
		n++;
	}
	for (size_t i = 0; i < ARRAY_SIZE(before); i++)
		if (strlen(before[i]) == n && !strncasecmp(before[i], p, n))
			return true;
	return false;
}

static size_t match_english(const char *bytes, const char *at, const char *end)
{
	size_t n = 0;

	if (!is_instruction_letter(*at) ||
	    (at > bytes && is_instruction_letter(at[-1])))
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(phrases) && !n; i++)
		n = match_instruction_words(&phrases[i], at, end);
	return n && begins_clause(bytes, at) ? n : 0;
}

static size_t match_instruction_mark(const char *at, const char *end)
{
	for (size_t i = 0; i < ARRAY_SIZE(marks); i++) {
		size_t n = strlen(marks[i]);

		if ((size_t)(end - at) >= n && !memcmp(at, marks[i], n))
			return n;
	}
	return 0;
}

static size_t match_any(const char *bytes, const char *at, const char *end)
{
	size_t n = 0;

	if (*at == '<' || *at == '[')
		return match_instruction_mark(at, end);
	if ((unsigned char)*at < 128)
		return match_english(bytes, at, end);
	if ((unsigned char)*at < 0xc0)
		return 0; /* within a character */
	for (size_t i = 0; i < ARRAY_SIZE(chinese) && !n; i++)
		n = match_chinese(&chinese[i], at, end);
	return n;
}

/* What is told of it: no more than its line. */
static size_t shown_length(const char *at, size_t n)
{
	const char *newline = memchr(at, '\n', n);

	if (newline)
		n = (size_t)(newline - at);
	if (n > SHOWN_MAX)
		n = SHOWN_MAX;
	while (n && ((unsigned char)at[n] & 0xc0) == 0x80)
		n--;
	return n;
}

void instruction_find(struct instructions *out, struct arena *a,
		      const char *bytes, size_t n)
{
	const char *end = bytes + n, *at = bytes;

	while (at < end && out->nr < FOUND_MAX) {
		size_t len = match_any(bytes, at, end);

		if (!len) {
			at++;
			continue;
		}
		vec_push(a, out,
			 (struct instruction){ (size_t)(at - bytes),
					       shown_length(at, len) });
		at = memchr(at + len, '\n', (size_t)(end - at) - len);
		if (!at)
			break;
	}
}
