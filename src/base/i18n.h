/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text for people, in their language, by the catalogs of gettext. What a
 * person reads is wrapped where it is written:
 *
 *	err_new(ERR_USAGE, _("unknown sort key '%s'"), key);
 *	static const char summary[] = N_("list retros");  ... _(summary)
 *	buf_addf(out, Q_("%zu retro", "%zu retros", n), n);
 *	C_("list column", "Fix")
 *
 * A message is a whole sentence with placeholders, never put together from
 * pieces: other languages put the pieces in another order. Keys, values,
 * rule ids and whatever a program reads stay as they are, without a wrapper.
 *
 * The catalog is src/po/, found beside the program (locale/) or where it was
 * installed (../share/locale/). Without one the text is English. Nothing is
 * looked up, opened or set before the first message, nor in English.
 * Only messages change: numbers, sorting and the classes of characters stay
 * those of the locale C. Results are borrowed and live as long as the program.
 */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <stdbool.h>
#include <stddef.h>

#define _(text)          i18n_text(text)
#define N_(text)         text
#define Q_(one, many, n) i18n_plural(one, many, n)
/* For a word that one translation does not fit everywhere. */
#define C_(context, text) i18n_in_context(context "\004" text, text)

const char *i18n_text(const char *text) __attribute__((format_arg(1)));
const char *i18n_plural(const char *one, const char *many, size_t n)
	__attribute__((format_arg(1), format_arg(2)));
const char *i18n_in_context(const char *key, const char *text)
	__attribute__((format_arg(2)));

/* What the C library says, by its own catalog: strerror(), regerror(). */
const char *i18n_libc(const char *text);

/* From here on every text is English: for output that a program reads. */
void i18n_off(void);

/* Speaks `language` ("zh_CN", "en") from here on, whatever the locale is: what
 * a team reads is in the team's language. NULL: the person's again. Not while
 * other threads run. */
void i18n_speak(const char *language);

/* Whether messages are in Chinese from here on. Opens nothing. */
bool i18n_is_chinese(void);

#endif
