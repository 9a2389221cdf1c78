/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What blames a person, as data for blame.c.
 *
 * A pattern is made of tokens, parted by spaces; all of them must follow one
 * another within a sentence. A token is words that mean the same here, parted
 * by `|`; of Chinese, each of them any characters. Besides these there are
 *
 *   @  a person: a role, a team, he, she, @handle, 张三, 小王, 运维同学
 *   N  the same, or a word that begins like a name: Bob
 *   's the same in the genitive: the developer's, Bob's, her
 *   %  up to two words of `fillers`
 *   ~  up to five words or characters, but no comma
 *
 * An innocent pattern is what begins like one that blames and does not.
 */
#ifndef MODEL_BLAME_WORDS_H
#define MODEL_BLAME_WORDS_H

#include <stddef.h>

#define BLAME_PATTERNS_MAX 448
#define BLAME_INNOCENT_MAX 64
extern const char *const blame_patterns[];
extern const char *const blame_innocent[];
extern const size_t blame_patterns_nr, blame_innocent_nr;

/* In front of what is found, no further than four words: then it is wished
 * away, or denied. */
extern const char *const blame_against[];
extern const size_t blame_against_nr;

extern const char *const blame_fillers[];
extern const size_t blame_fillers_nr;

/* English words for a person or a team, sorted; those in which software is
 * meant as often are left out. */
extern const char *const blame_people[];
extern const size_t blame_people_nr;

/* Words that begin a sentence like a name, and are none. Sorted. */
extern const char *const blame_no_names[];
extern const size_t blame_no_names_nr;

/* Chinese words for a person; and those that are a person only with one of the
 * endings, which may stand behind the others, too. */
extern const char *const blame_roles[];
extern const char *const blame_fields[];
extern const char *const blame_endings[];
extern const size_t blame_roles_nr, blame_fields_nr, blame_endings_nr;

/* Behind one of those two, what makes a thing of it: 客服系统, 数据组件. */
extern const char *const blame_things[];
extern const size_t blame_things_nr;

/* Family names, and words that begin with one and name nobody. */
extern const char *const blame_families[];
extern const char *const blame_no_families[];
extern const size_t blame_families_nr, blame_no_families_nr;

/* Behind these, too, a Chinese name may begin. */
extern const char *const blame_leads[];
extern const size_t blame_leads_nr;

#endif
