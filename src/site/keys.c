/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a page was made of, as a sum: where it is the same, so is the page. A
 * page of a retro hangs on the program and its messages, on the settings that
 * are in it, on the text, and on whether what it links to is a retro; the words
 * of some retros on their texts and the names of sections.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/i18n.h"
#include "git/object.h"
#include "site/internal.h"

/* No program is larger. Bytes. */
#define PROGRAM_MAX ((size_t)256 << 20)

/* The program that this is, byte for byte; 0 where it cannot be read. */
static uint64_t sum_program(void)
{
	struct buf bytes = BUF_INIT;
	struct err *e = file_read_named(&bytes, "/proc/self/exe", PROGRAM_MAX);
	uint64_t sum = e ? 0 : site_sum(bytes.n, bytes.p, bytes.n);

	err_free(e);
	buf_release(&bytes);
	return sum;
}

/* What stands in each page. */
static uint64_t sum_frame(const struct site_maker *maker)
{
	const struct site *site = maker->site;
	struct buf page = BUF_INIT;
	uint64_t sum;

	site_head(&page, maker, "", "../");
	site_foot(&page, maker, "../");
	buf_addf(&page, "%s\n%s\n%s\n%s", site->title,
		 site->forge ? site->forge : "", _("Labels"), _("Commits"));
	sum = site_sum(page.n, page.p, page.n);
	buf_release(&page);
	return sum;
}

static uint64_t sum_section_names(const struct policy *policy)
{
	const struct section_aliases *own = policy_sections(policy);
	uint64_t sum = HASH_START;

	for (size_t i = 0; own && i < own->nr; i++) {
		sum = hash_text(sum, own->at[i].name);
		sum = hash_text(sum, section_name(own->at[i].key));
	}
	return sum;
}

void site_sum_all(struct site_maker *maker)
{
	const struct corpus *corpus = maker->site->corpus;
	uint64_t program = sum_program();

	maker->common = (struct site_sums){ 0 };
	if (!program)
		return;
	maker->common.page = program ^ sum_frame(maker);
	maker->common.words = program ^ sum_section_names(corpus->policy);
}

static int by_surveyed_path(const void *path, const void *element)
{
	return strcmp(path, ((const struct cached_file *)element)->path);
}

static uint64_t add_key_number(uint64_t sum, int64_t number)
{
	return hash_bytes(sum, (const char *)&number, sizeof(number));
}

static const struct cached_file *surveyed_file(const struct site_maker *maker,
					       const struct retro *retro)
{
	const struct cached_files *files = &maker->site->corpus->files;

	return files->nr ? bsearch(retro->path, files->at, files->nr,
				   sizeof(*files->at), by_surveyed_path)
			 : NULL;
}

uint64_t site_retro_key(const struct site_maker *maker,
			const struct retro *retro, uint64_t common)
{
	const struct cached_file *file = surveyed_file(maker, retro);
	uint64_t sum = common;

	if (!common || !file || oid_is_zero(&file->blob))
		return 0;
	sum = hash_bytes(sum, (const char *)file->blob.raw,
			 sizeof(file->blob.raw));
	sum = hash_text(sum, retro->path);
	sum = hash_text(sum, retro->id);
	return add_key_number(sum, retro->date);
}

bool site_is_as_surveyed(const struct site_maker *maker,
			 const struct retro *retro)
{
	const struct cached_file *file = surveyed_file(maker, retro);
	struct oid blob;

	if (!file)
		return false;
	object_blob_id(&blob, maker->site->corpus->repo, retro->bytes,
		       retro->n);
	return oid_equal(&blob, &file->blob);
}

uint64_t site_asked_key(const struct site_maker *maker, uint64_t key,
			const struct strs *asked)
{
	for (size_t i = 0; key && i < asked->nr; i++) {
		const struct retro *retro = site_retro_at(maker, asked->at[i]);

		key = hash_text(key, asked->at[i]);
		key = hash_text(key, retro ? retro->id : "");
	}
	return key;
}
