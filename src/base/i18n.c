/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/i18n.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/attr.h"
#include "base/catalog.h"
#include "base/opener.h"

/* Of the C library, where every distribution has its own. */
#define LIBC_FOLDER "/usr/share/locale"

static bool english; /* i18n_off() */
static bool spoken;  /* i18n_speak(): a locale C does not decide */
static pthread_once_t bound = PTHREAD_ONCE_INIT;
static char folder[PATH_MAX];         /* of the catalogs; "" if there is none */
static const struct catalog *catalog; /* NULL: English */
static const struct catalog *libc;    /* the same of the C library's words */

/* A locale whose messages are what the source says; LANGUAGE overrides all of
 * them but C itself. */
static bool is_plain(const char *locale)
{
	const char *list = getenv("LANGUAGE");
	size_t n = strcspn(locale, "_.@");

	if (!strcmp(locale, "C") || !strcmp(locale, "POSIX"))
		return true;
	return !(list && *list) && ((n == 1 && *locale == 'C') ||
				    (n == 2 && !strncmp(locale, "en", n)));
}

/* What LC_MESSAGES would be set to; "" if nothing is to be looked up. */
static const char *locale_wanted(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return is_plain(value) ? "" : value;
	}
	return "";
}

/* The catalogs beside the program, as in a build folder, else the installed. */
static void find_folder(void)
{
	static const char *const places[] = { "locale", "../share/locale" };
	char self[PATH_MAX / 2];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (n <= 0 || n == sizeof(self) - 1)
		return;
	self[n] = '\0';
	*strrchr(self, '/') = '\0';
	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		snprintf(folder, sizeof(folder), "%s/%s", self, places[i]);
		if (opener_is_named(folder))
			return;
	}
	*folder = '\0';
}

/* Opened once, for good: what is found in it is borrowed. NULL if there is
 * none in UTF-8. */
static const struct catalog *open_catalog(const char *path)
{
	static struct {
		char path[PATH_MAX + 64];
		struct catalog catalog;
	} all[12];
	const struct catalog *one;
	const char *header;
	size_t i = 0;

	while (i < ARRAY_SIZE(all) && *all[i].path &&
	       strcmp(all[i].path, path) != 0)
		i++;
	if (i == ARRAY_SIZE(all))
		return NULL;
	one = &all[i].catalog;
	if (!*all[i].path) {
		catalog_open(&all[i].catalog, path);
		if (!one->nr) /* which takes no place */
			return NULL;
		snprintf(all[i].path, sizeof(all[i].path), "%s", path);
	}
	header = catalog_find(one, "");
	return header && strcasestr(header, "charset=utf-8") ? one : NULL;
}

/* That of a language such as "zh_TW", or of "zh". */
static const struct catalog *language_catalog(const char *dir,
					      const char *domain,
					      const char *name)
{
	const size_t lengths[] = { strcspn(name, ".@:"),
				   strcspn(name, "_.@:") };
	const struct catalog *found = NULL;
	char path[PATH_MAX + 64];

	for (size_t i = 0; !found && i < ARRAY_SIZE(lengths); i++) {
		int n = (int)lengths[i];

		if (!n || n > 32 || memchr(name, '/', lengths[i]))
			break;
		snprintf(path, sizeof(path), "%s/%.*s/LC_MESSAGES/%s.mo", dir,
			 n, name, domain);
		found = open_catalog(path);
	}
	return found;
}

/* The first of LANGUAGE that there is, as gettext(3) has it. */
static const struct catalog *find_catalog(const char *dir, const char *domain)
{
	const char *list = getenv("LANGUAGE");
	const char *at = list && *list ? list : locale_wanted();
	const struct catalog *found = NULL;

	while (!found && *dir && *at) {
		size_t n = strcspn(at, ":");

		if (n == 1 && *at == 'C')
			break;
		found = language_catalog(dir, domain, at);
		at += n + (at[n] == ':');
	}
	return found;
}

static void find_catalogs(void)
{
	catalog = find_catalog(folder, "git-retro");
	libc = find_catalog(LIBC_FOLDER, "libc");
}

static void bind_catalogs(void)
{
	find_folder();
	find_catalogs();
}

/* Of LANGUAGE the first that there is; "zh" there is without a catalog, too. */
static bool speaks_chinese(const char *at)
{
	while (*at && strncmp(at, "zh", 2) != 0) {
		size_t n = strcspn(at, ":");

		if ((n == 1 && *at == 'C') ||
		    (*folder && language_catalog(folder, "git-retro", at)))
			break;
		at += n + (at[n] == ':');
	}
	return !strncmp(at, "zh", 2);
}

bool i18n_is_chinese(void)
{
	const char *locale = locale_wanted();
	const char *list = getenv("LANGUAGE");

	if (english || (!*locale && !spoken))
		return false;
	pthread_once(&bound, bind_catalogs);
	return speaks_chinese(list && *list ? list : locale);
}

/* Whether there is anything to look up. */
static bool translates(void)
{
	static _Atomic int wanted; /* 0: not asked yet, 1: no, 2: yes */
	int number;

	if (english)
		return false;
	if (!wanted)
		wanted = *locale_wanted() ? 2 : 1;
	if (wanted == 1 && !spoken)
		return false;
	number = errno;
	pthread_once(&bound, bind_catalogs);
	errno = number; /* err_errno() comes after its text */
	return true;
}

static const char *find_message(const char *key)
{
	return translates() && catalog ? catalog_find(catalog, key) : NULL;
}

const char *i18n_text(const char *text)
{
	const char *found = *text ? find_message(text) : NULL;

	return found ? found : text;
}

const char *i18n_plural(const char *one, const char *many, size_t n)
{
	const char *found = find_message(one);

	/* The languages of the catalogs have one form. */
	return found ? found : n == 1 ? one : many;
}

const char *i18n_in_context(const char *key, const char *text)
{
	const char *found = find_message(key);

	return found ? found : text;
}

const char *i18n_libc(const char *text)
{
	const char *found =
		translates() && libc ? catalog_find(libc, text) : NULL;

	return found ? found : text;
}

void i18n_off(void)
{
	english = true;
}

void i18n_speak(const char *language)
{
	static char before[256];
	static bool kept, had;
	const char *now;

	if (english)
		return;
	if (language || spoken)
		pthread_once(&bound, bind_catalogs);
	now = getenv("LANGUAGE");
	if (!kept) {
		kept = true;
		had = now != NULL;
		snprintf(before, sizeof(before), "%s", now ? now : "");
	}
	spoken = language != NULL;
	if (spoken)
		setenv("LANGUAGE", language, 1);
	else if (had)
		setenv("LANGUAGE", before, 1);
	else
		unsetenv("LANGUAGE");
	find_catalogs();
}
