/* SPDX-License-Identifier: GPL-2.0-only */
#include "search/synonyms.h"

#include <string.h>

#include "base/buf.h"
#include "base/hanzi.h"
#include "base/text.h"

/* A text has no more than these. */
#define VARIANTS_MAX 16
#define WORDS        6 /* of one entry */

#define GROUP(...) ((const char *const[]){ __VA_ARGS__, NULL })

static const char *const *const groups[] = {
	GROUP("oom", "out of memory", "内存溢出", "内存不足"),
	GROUP("泄漏", "泄露", "leak"),
	GROUP("删库", "误删数据库", "数据库误删"),
	GROUP("告警", "报警", "警报", "alert"),
	GROUP("数据库", "资料库", "database"),
	GROUP("连接", "连线", "connection"),
	GROUP("服务器", "伺服器", "server"),
	GROUP("缓存", "快取", "cache"),
	GROUP("内存", "记忆体", "memory"),
	GROUP("显卡", "gpu"),
	GROUP("重启", "restart"),
	GROUP("k8s", "kubernetes"),
	GROUP("dedup", "deduplicate", "deduplication", "near duplicates"),
	GROUP("提示词", "prompt"),
	GROUP("注入", "injection"),
	GROUP("大模型", "llm"),
	GROUP("无用", "没用", "没有使用"),
	GROUP("空转", "闲置", "浪费", "idle"),
	GROUP("第一次", "第一个", "首次"),
	GROUP("ckpt", "checkpoint"),
	GROUP("打满", "耗尽", "exhausted"),
	GROUP("排程", "定时任务", "cron"),
	GROUP("扣款", "扣费", "charge"),
	GROUP("重复", "duplicate", "twice"),
};

/* As words are compared: folded, simplified. */
static const char *fold_word(struct arena *a, const char *text)
{
	const char *folded = text_fold(a, text, strlen(text));
	struct buf out = BUF_INIT;
	const char *result;
	size_t n = strlen(folded), len;

	for (size_t at = 0; at < n; at += len) {
		int c = text_decode(folded + at, n - at, &len);
		int simple = hanzi_simplified(c);

		if (simple == c)
			buf_add(&out, folded + at, len);
		else
			buf_addf(&out, "%c%c%c", 0xe0 | simple >> 12,
				 0x80 | (simple >> 6 & 0x3f),
				 0x80 | (simple & 0x3f));
	}
	result = arena_strndup(a, out.p, out.n);
	buf_release(&out);
	return result;
}

static bool is_latin(const char *word)
{
	return (unsigned char)*word < 0x80;
}

static void add_variant(struct strs *out, struct arena *a, const char *text)
{
	if (out->nr < VARIANTS_MAX)
		strs_add(a, out, text);
}

/* --- one word, or a part of it --- */

/* The text with a word of it replaced; NULL if that is not in it. A Latin word
 * is all of the text or none of it. */
static const char *replace_word(struct arena *a, const char *text,
				const char *word, const char *by)
{
	const char *at = strstr(text, word);
	size_t n = strlen(word);

	if (is_latin(word))
		return !strcmp(text, word) ? by : NULL;
	if (!at)
		return NULL;
	return arena_printf(a, "%.*s%s%s", (int)(at - text), text, by, at + n);
}

static void replace_each(struct strs *out, struct arena *a, const char *text,
			 const char *const *group)
{
	for (size_t i = 0; group[i]; i++) {
		bool longer = false;

		for (size_t j = 0; group[j]; j++)
			longer |= j != i && strstr(group[j], group[i]) &&
				  strstr(text, group[j]);
		for (size_t j = 0; !longer && group[j]; j++) {
			const char *other =
				j == i ? NULL
				       : replace_word(a, text, group[i],
						      group[j]);

			if (other)
				add_variant(out, a, other);
		}
	}
}

static const char *const *fold_words(struct arena *a, const char *const *words)
{
	struct VEC_OF(const char *) folded = { 0 };

	for (; *words; words++)
		vec_push(a, &folded, fold_word(a, *words));
	vec_push(a, &folded, (const char *)NULL);
	return folded.at;
}

/* --- several words --- */

/* Whether the words of an entry are the choices around `choice`, small words
 * left out. */
static bool spans_choice(struct arena *a, const struct terms *terms,
			 size_t choice, const char *entry)
{
	const char *words[WORDS];
	size_t nr = 0, len;

	if (!strchr(entry, ' '))
		return false;
	for (const char *p = entry; *p && nr < WORDS;
	     p += len + (p[len] == ' ')) {
		len = strcspn(p, " ");
		words[nr] = arena_strndup(a, p, len);
		nr += !terms_small_word(a, words[nr]);
	}
	for (size_t from = choice + 1 > nr ? choice + 1 - nr : 0;
	     from <= choice && from + nr <= terms->all.nr; from++) {
		size_t same = 0;

		while (same < nr &&
		       !strcmp(fold_word(a,
					 terms->all.at[from + same].any.at[0]),
			       words[same]))
			same++;
		if (same == nr)
			return true;
	}
	return false;
}

static void find_in_group(struct strs *out, struct arena *a,
			  const struct terms *terms, size_t choice,
			  const char *const *group)
{
	size_t before = out->nr;

	for (size_t i = 0; group[i]; i++)
		if (spans_choice(a, terms, choice, group[i]))
			for (size_t j = 0; group[j]; j++)
				if (j != i)
					add_variant(out, a, group[j]);
	/* what was found so far may contain a word of this group, too */
	for (size_t i = 1; i < before; i++)
		replace_each(out, a, out->at[i], group);
	replace_each(out, a, out->at[0], group);
}

void synonyms_all(struct synonyms *out, struct arena *a,
		  const struct policy *policy)
{
	*out = (struct synonyms){ 0 };
	for (size_t i = 0; i < policy->synonyms.nr; i++)
		vec_push(a, out, fold_words(a, policy->synonyms.at[i]));
	for (size_t i = 0; i < ARRAY_SIZE(groups); i++)
		vec_push(a, out, groups[i]);
}

void synonyms_find(struct strs *out, struct arena *a, const struct terms *terms,
		   size_t choice, const struct policy *policy)
{
	struct strs all = { 0 };
	struct synonyms known;

	synonyms_all(&known, a, policy);
	vec_push(a, &all, fold_word(a, terms->all.at[choice].any.at[0]));
	for (size_t i = 0; i < known.nr; i++)
		find_in_group(&all, a, terms, choice, known.at[i]);
	for (size_t i = 1; i < all.nr; i++)
		vec_push(a, out, all.at[i]);
}

/* --- parts of a text --- */

static void find_parts(struct synonym_parts *out, struct arena *a,
		       const char *text, const char *const *group)
{
	for (size_t i = 0; group[i]; i++) {
		const char *at =
			is_latin(group[i]) ? NULL : strstr(text, group[i]);
		size_t from = at ? (size_t)(at - text) : 0;

		for (size_t j = 0; at && group[j]; j++)
			if (j != i)
				vec_push(a, out,
					 (struct synonym_part){
						 from, from + strlen(group[i]),
						 group[j] });
	}
}

/* The bytes of a character and of its simplified form are as many. */
void synonyms_of_parts(struct synonym_parts *out, struct arena *a,
		       const char *text, const struct policy *policy)
{
	const char *folded = fold_word(a, text);
	struct synonyms known;

	if (strlen(folded) != strlen(text))
		return;
	synonyms_all(&known, a, policy);
	for (size_t i = 0; i < known.nr; i++)
		find_parts(out, a, folded, known.at[i]);
}
