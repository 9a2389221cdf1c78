/* SPDX-License-Identifier: GPL-2.0-only */
/* Waiting for a person: an answer, none, or a wish to be left alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "hook/ask.h"

static int ends[2];
static struct buf line = BUF_INIT;

static int set_up(void **state)
{
	(void)state;
	buf_reset(&line);
	return pipe(ends);
}

static int tear_down(void **state)
{
	(void)state;
	close(ends[0]);
	close(ends[1]);
	buf_release(&line);
	return 0;
}

static void type_text(const char *text)
{
	assert_int_equal(write(ends[1], text, strlen(text)), strlen(text));
}

static void takes_a_line(void **state)
{
	(void)state;
	type_text(" later \r\n");
	assert_int_equal(ask_wait(&line, ends[0], 10000), ASK_LINE);
	assert_string_equal(line.p, "later");
}

static void an_empty_line_is_a_line(void **state)
{
	(void)state;
	type_text("\n");
	assert_int_equal(ask_wait(&line, ends[0], 10000), ASK_LINE);
	assert_string_equal(line.p, "");
}

static void gives_up(void **state)
{
	(void)state;
	assert_int_equal(ask_wait(&line, ends[0], 1), ASK_NOBODY);
}

static void the_end_stops(void **state)
{
	(void)state;
	close(ends[1]);
	assert_int_equal(ask_wait(&line, ends[0], 10000), ASK_STOPPED);
}

static void an_interrupt_stops_and_does_not_kill(void **state)
{
	sigset_t interrupt, now;

	(void)state;
	sigemptyset(&interrupt);
	sigaddset(&interrupt, SIGINT);
	sigprocmask(SIG_BLOCK, &interrupt, NULL);
	raise(SIGINT);
	assert_int_equal(ask_wait(&line, ends[0], 10000), ASK_STOPPED);
	sigprocmask(SIG_UNBLOCK, &interrupt, NULL);
	sigprocmask(SIG_BLOCK, NULL, &now);
	assert_false(sigismember(&now, SIGINT));
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(takes_a_line),
		CASE(an_empty_line_is_a_line),
		CASE(gives_up),
		CASE(the_end_stops),
		CASE(an_interrupt_stops_and_does_not_kill),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
