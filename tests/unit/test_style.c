/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "view/style.h"

static int master, terminal, file;

/* A terminal of 123 columns, and a file that is none. */
static int set_up(void **state)
{
	struct winsize size = { .ws_row = 40, .ws_col = 123 };

	(void)state;
	master = posix_openpt(O_RDWR | O_NOCTTY);
	if (master < 0 || grantpt(master) || unlockpt(master))
		return -1;
	terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
	file = open("/dev/null", O_WRONLY);
	return ioctl(terminal, TIOCSWINSZ, &size);
}

static int tear_down(void **state)
{
	(void)state;
	close(terminal);
	close(master);
	close(file);
	return 0;
}

static int clean_env(void **state)
{
	(void)state;
	unsetenv("COLUMNS");
	unsetenv("NO_COLOR");
	unsetenv("GIT_PAGER_IN_USE");
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
	setenv("GIT_CONFIG_COUNT", "0", 1);
	setenv("TERM", "xterm", 1);
	return 0;
}

static struct style style_with(int fd, int n, const char *const *settings)
{
	struct arena a = ARENA_INIT;
	struct config *config;
	struct style style = { .wide = true };

	for (int i = 0; i < n; i++) {
		setenv(arena_printf(&a, "GIT_CONFIG_KEY_%d", i),
		       settings[2 * i], 1);
		setenv(arena_printf(&a, "GIT_CONFIG_VALUE_%d", i),
		       settings[2 * i + 1], 1);
	}
	setenv("GIT_CONFIG_COUNT", arena_printf(&a, "%d", n), 1);
	assert_null(config_load(&config, &a, NULL));
	style_init(&style, config, fd);
	arena_release(&a);
	return style;
}

static bool colour(int fd, const char *key, const char *value)
{
	const char *const settings[] = { key, value };

	return style_with(fd, 1, settings).colour;
}

static void a_terminal_is_measured(void **state)
{
	struct style style = style_with(terminal, 0, NULL);

	(void)state;
	assert_int_equal(style.width, 123);
	assert_true(style.tty);
	assert_true(style.colour);
	assert_false(style.wide);
	setenv("COLUMNS", "77", 1);
	assert_int_equal(style_with(terminal, 0, NULL).width, 77);
	setenv("COLUMNS", "wide", 1);
	assert_int_equal(style_with(terminal, 0, NULL).width, 123);
}

static void a_file_has_the_usual_width(void **state)
{
	struct style style = style_with(file, 0, NULL);

	(void)state;
	assert_int_equal(style.width, 80);
	assert_false(style.tty);
	assert_false(style.colour);
}

static void settings_decide_as_in_git(void **state)
{
	static const char *const own_wins[] = { "color.ui", "always",
						"color.retro", "never" };

	(void)state;
	assert_true(colour(file, "color.ui", "always"));
	assert_false(colour(file, "color.ui", "true"));
	assert_false(colour(file, "color.ui", "auto"));
	assert_true(colour(terminal, "color.ui", "true"));
	assert_false(colour(terminal, "color.ui", "never"));
	assert_false(colour(terminal, "color.ui", "false"));
	assert_false(colour(terminal, "color.retro", "off"));
	assert_false(style_with(file, 2, own_wins).colour);
}

static void the_environment_can_refuse(void **state)
{
	(void)state;
	setenv("NO_COLOR", "", 1);
	assert_true(colour(terminal, "color.ui", "auto"));
	setenv("NO_COLOR", "1", 1);
	assert_false(colour(terminal, "color.ui", "auto"));
	assert_true(colour(terminal, "color.ui", "always"));
	unsetenv("NO_COLOR");
	setenv("TERM", "dumb", 1);
	assert_false(colour(terminal, "color.ui", "auto"));
	unsetenv("TERM");
	assert_false(colour(terminal, "color.ui", "auto"));
}

/* Runs with stdout a pipe, as git has it when it started the pager. */
static struct style behind_pager(const char *in_use, int n,
				 const char *const *settings)
{
	int saved = dup(STDOUT_FILENO);
	struct style style;

	assert_true(saved >= 0);
	assert_true(dup2(file, STDOUT_FILENO) >= 0);
	setenv("GIT_PAGER_IN_USE", in_use, 1);
	style = style_with(STDOUT_FILENO, n, settings);
	assert_true(dup2(saved, STDOUT_FILENO) >= 0);
	close(saved);
	return style;
}

static void a_pager_is_a_terminal(void **state)
{
	static const char *const plain[] = { "color.pager", "false" };

	(void)state;
	assert_true(behind_pager("true", 0, NULL).tty);
	assert_true(behind_pager("true", 0, NULL).colour);
	assert_false(behind_pager("true", 1, plain).colour);
	assert_false(behind_pager("false", 0, NULL).tty);
	/* It takes stdout only. */
	setenv("GIT_PAGER_IN_USE", "true", 1);
	assert_false(style_with(file, 0, NULL).tty);
}

static void no_colour_no_sequence(void **state)
{
	struct style style = { .width = 80, .colour = false };

	(void)state;
	for (enum style_role role = 0; role < STYLE_COUNT; role++)
		assert_string_equal(style_on(&style, role), "");
	style.colour = true;
	for (enum style_role role = 0; role < STYLE_COUNT; role++)
		assert_int_equal(style_on(&style, role)[0], '\033');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_terminal_is_measured, clean_env),
		cmocka_unit_test_setup(a_file_has_the_usual_width, clean_env),
		cmocka_unit_test_setup(settings_decide_as_in_git, clean_env),
		cmocka_unit_test_setup(the_environment_can_refuse, clean_env),
		cmocka_unit_test_setup(a_pager_is_a_terminal, clean_env),
		cmocka_unit_test(no_colour_no_sequence),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
