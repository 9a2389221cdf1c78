/* SPDX-License-Identifier: GPL-2.0-only */
#include "view/style.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define FALLBACK_WIDTH 80

enum when { NEVER, AUTO, ALWAYS };

static enum when named(const char *word)
{
	return !strcasecmp(word, "always")  ? ALWAYS
	       : !strcasecmp(word, "never") ? NEVER
					    : AUTO;
}

/* git's order: the command's own setting, then that for all. A boolean says
 * whether colour is wanted where it can be shown. */
static enum when wanted(const struct config *config, const char *setting)
{
	const char *const names[] = { "color.retro", setting, "color.ui" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const char *value =
			names[i] ? config_get(config, names[i]) : NULL;

		if (!value)
			continue;
		if (named(value) != AUTO)
			return named(value);
		return config_bool(config, names[i], true) ? AUTO : NEVER;
	}
	return AUTO;
}

/* git sets it to "true" when it has started a pager for us. */
static bool pager_in_use(void)
{
	const char *value = getenv("GIT_PAGER_IN_USE");

	return value && (!strcmp(value, "true") || !strcmp(value, "1"));
}

static bool can_show_colour(void)
{
	const char *term = getenv("TERM");
	const char *no_color = getenv("NO_COLOR");

	return term && strcmp(term, "dumb") && !(no_color && *no_color);
}

/* 0 if unset or nonsense. */
static size_t width_from_env(void)
{
	const char *columns = getenv("COLUMNS");
	long n = columns ? strtol(columns, NULL, 10) : 0;

	return n > 0 ? (size_t)n : 0;
}

/* 0 if it is no terminal. */
static size_t width_of(int fd)
{
	struct winsize size;

	return ioctl(fd, TIOCGWINSZ, &size) ? 0 : size.ws_col;
}

void style_init_as(struct style *out, const struct config *config, int fd,
		   const char *setting, const char *asked)
{
	bool pager = fd == STDOUT_FILENO && pager_in_use();
	bool terminal = isatty(fd) == 1;
	enum when when = asked ? named(asked) : wanted(config, setting);

	*out = (struct style){ 0 };
	out->width = width_from_env();
	if (!out->width)
		out->width = width_of(fd);
	if (!out->width && pager)
		out->width = width_of(STDERR_FILENO);
	if (!out->width)
		out->width = FALLBACK_WIDTH;
	out->tty = terminal || pager;
	out->colour = when == ALWAYS;
	if (when == AUTO && can_show_colour())
		out->colour =
			terminal ||
			(pager && config_bool(config, "color.pager", true));
}

void style_init(struct style *out, const struct config *config, int fd)
{
	style_init_as(out, config, fd, NULL, NULL);
}

const char *style_on(const struct style *style, enum style_role role)
{
	static const char *const sequences[STYLE_COUNT] = {
		[STYLE_PLAIN] = "\033[m",     [STYLE_TITLE] = "\033[1;4m",
		[STYLE_KEY] = "\033[36m",     [STYLE_DIM] = "\033[2m",
		[STYLE_CODE] = "\033[36m",    [STYLE_LINK] = "\033[4m",
		[STYLE_EMPH] = "\033[3m",     [STYLE_STRONG] = "\033[1m",
		[STYLE_GOOD] = "\033[32m",    [STYLE_WARNING] = "\033[33m",
		[STYLE_ERROR] = "\033[31m",   [STYLE_ID] = "\033[33m",
		[STYLE_MATCH] = "\033[1;31m",
	};

	return style->colour ? sequences[role] : "";
}

void style_put(struct buf *out, const struct style *style, enum style_role role,
	       const char *text)
{
	if (role == STYLE_PLAIN || !*text || !style->colour)
		buf_addstr(out, text);
	else
		buf_addf(out, "%s%s%s", style_on(style, role), text,
			 style_on(style, STYLE_PLAIN));
}
