/* SPDX-License-Identifier: GPL-2.0-only */
#include "search/everyday.h"

#include <string.h>

#include "base/hanzi.h"
#include "base/text.h"

/* Bytes of each character below. */
#define HAN 3

static const char *const words[] = {
	"的",   "了",   "着",     "没",     "不",   "是",     "有",   "吗",
	"呢",   "吧",   "和",     "与",     "在",   "把",     "被",   "就",
	"也",   "都",   "又",     "很",     "太",   "地",     "得",   "到",
	"让",   "要",   "会",     "能",     "谁",   "哪",     "咋",   "还",
	"再",   "才",   "啥",     "给",     "从",   "为什么", "为啥", "为何",
	"怎么", "怎样", "怎么办", "如何",   "什么", "咋办",   "哪里", "哪个",
	"哪儿", "哪些", "干嘛",   "到底",   "究竟", "原来",   "其实", "居然",
	"竟然", "明明", "好像",   "似乎",   "可能", "应该",   "需要", "可以",
	"没法", "没人", "这么",   "那么",   "多么", "这样",   "那样", "这个",
	"那个", "这些", "那些",   "这次",   "上次", "每次",   "几个", "几次",
	"一个", "一些", "一下",   "一点",   "有点", "两个",   "两边", "各种",
	"我们", "你们", "他们",   "自己",   "大家", "别人",   "有人", "现在",
	"今天", "昨天", "刚才",   "刚刚",   "半夜", "有时",   "偶尔", "经常",
	"总是", "老是", "一直",   "突然",   "忽然", "已经",   "时候", "之后",
	"以后", "之前", "以前",   "然后",   "后来", "接着",   "过了", "但是",
	"可是", "不过", "因为",   "所以",   "如果", "或者",   "以及", "只是",
	"只有", "只要", "就算",   "虽然",   "东西", "事情",   "问题", "情况",
	"地方", "办法", "结果",   "起来",   "出来", "出去",   "下来", "下去",
	"上去", "上来", "过来",   "过去",   "回来", "回去",   "进去", "进来",
	"知道", "觉得", "发现",   "看到",   "看见", "好了",   "坏了", "特别",
	"非常", "完全", "根本",   "越来越", "太多", "变成",   "变得", "跟着",
	NULL,
};

static bool begins_everyday(const char *text, size_t n, const char *word)
{
	size_t len, same;

	for (; n && *word; text += len, n -= len, word += same) {
		int c = text_decode(text, n, &len);

		if (hanzi_simplified(c) != text_decode(word, HAN, &same))
			return false;
	}
	return !*word;
}

bool everyday_at(const char *text, size_t at)
{
	size_t n = strlen(text);

	for (size_t i = 0; words[i]; i++)
		for (size_t back = 0; words[i][back] && back <= at; back += HAN)
			if (begins_everyday(text + at - back, n - at + back,
					    words[i]))
				return true;
	return false;
}

const char *everyday_word(size_t i)
{
	return i < ARRAY_SIZE(words) ? words[i] : NULL;
}
