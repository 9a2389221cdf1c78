/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdlib.h>
#include <string.h>

#include "base/checksum.h"
#include "base/sorted.h"
#include "base/text.h"
#include "site/internal.h"

/* Of a file's name, what a text gives: a checksum and an end follow, for which
 * 55 of the 255 bytes that file systems allow are left. */
#define NAME_CHARS 80
#define NAME_BYTES ((size_t)200)

const char *site_name(struct arena *a, const char *text)
{
	char *slug = text_slug(a, text, NAME_CHARS);
	size_t n = strlen(slug);

	if (n > NAME_BYTES) {
		for (n = NAME_BYTES; ((unsigned char)slug[n] & 0xc0) == 0x80;)
			n--;
		slug[n] = '\0';
	}
	if (!strcmp(slug, text))
		return slug;
	return arena_printf(
		a, "%s-%08x", slug,
		(unsigned)(checksum_bytes(strlen(text), text, strlen(text)) &
			   0xffffffff));
}

/* --- groups --- */

struct member {
	const char *name;
	size_t at; /* of the retro, in the order of the corpus */
};
struct members VEC_OF(struct member);

static int by_member(const void *a, const void *b)
{
	const struct member *one = a, *other = b;
	int order = strcmp(one->name, other->name);

	return order ? order : (one->at > other->at) - (one->at < other->at);
}

static void make_site_groups(struct site_groups *out, struct site_maker *maker,
			     struct members *members, const char *folder)
{
	struct arena *a = maker->a;
	const struct retros *retros = &maker->site->corpus->retros;

	if (members->nr)
		qsort(members->at, members->nr, sizeof(*members->at),
		      by_member);
	for (size_t i = 0; i < members->nr; i++) {
		const char *name = members->at[i].name;
		struct site_group *group;

		if (!i || strcmp(name, members->at[i - 1].name) != 0)
			vec_push(a, out,
				 (struct site_group){
					 .name = name,
					 .file = arena_printf(
						 a, "%s/%s.html", folder,
						 site_name(a, name)) });
		group = &out->at[out->nr - 1];
		vec_push(a, &group->retros, retros->at[members->at[i].at]);
	}
}

static int by_group_name(const void *name, const void *element)
{
	return strcmp(name, ((const struct site_group *)element)->name);
}

const struct site_group *site_group_of(const struct site_groups *groups,
				       const char *name)
{
	return groups->nr ? bsearch(name, groups->at, groups->nr,
				    sizeof(*groups->at), by_group_name)
			  : NULL;
}

static void add_members(struct members *out, struct arena *a,
			const struct strs *names, size_t at)
{
	for (size_t i = 0; i < names->nr; i++)
		if (*names->at[i])
			vec_push(a, out, (struct member){ names->at[i], at });
}

static int by_site_path(const void *a, const void *b)
{
	const struct retro *const *one = a, *const *other = b;

	return strcmp((*one)->path, (*other)->path);
}

const struct retro *site_retro_at(const struct site_maker *maker,
				  const char *path)
{
	const struct retro key = { .path = (char *)path }, *wanted = &key;
	const struct retros *all = &maker->by_path;
	struct retro **at = all->nr ? bsearch(&wanted, all->at, all->nr,
					      sizeof(*all->at), by_site_path)
				    : NULL;

	return at ? *at : NULL;
}

static const char *make_href(const struct site_maker *maker,
			     const struct retro *retro)
{
	const char *name = site_name(maker->a, retro->id);

	return maker->site->one_file
		       ? arena_printf(maker->a, "#r-%s", name)
		       : arena_printf(maker->a, "r/%s.html", name);
}

const char *site_retro_href(const struct site_maker *maker,
			    const struct retro *retro)
{
	return maker->hrefs[sorted_first(
		&retro, maker->by_path.at, maker->by_path.nr,
		sizeof(*maker->by_path.at), by_site_path)];
}

void site_group_retros(struct site_maker *maker)
{
	const struct retros *retros = &maker->site->corpus->retros;
	struct members labels = { 0 }, releases = { 0 }, paths = { 0 };

	for (size_t i = 0; i < retros->nr; i++) {
		const struct retro *retro = retros->at[i];

		add_members(&labels, maker->a, &retro->labels, i);
		add_members(&releases, maker->a, &retro->releases, i);
		add_members(&paths, maker->a, &retro->paths, i);
		vec_push(maker->a, &maker->by_path, retros->at[i]);
	}
	if (maker->by_path.nr)
		qsort(maker->by_path.at, maker->by_path.nr,
		      sizeof(*maker->by_path.at), by_site_path);
	maker->hrefs =
		arena_alloc(maker->a, (retros->nr + 1) * sizeof(*maker->hrefs));
	for (size_t i = 0; i < retros->nr; i++)
		maker->hrefs[i] = make_href(maker, maker->by_path.at[i]);
	make_site_groups(&maker->labels, maker, &labels, "label");
	make_site_groups(&maker->releases, maker, &releases, "release");
	make_site_groups(&maker->paths, maker, &paths, "file");
}
