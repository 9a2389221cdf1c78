/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"

static struct err *make(enum err_code code, struct buf *text)
{
	struct err *e = mem_calloc(1, sizeof(*e));

	e->code = code;
	e->text = buf_detach(text);
	return e;
}

struct err *err_new(enum err_code code, const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&text, fmt, ap);
	va_end(ap);
	return make(code, &text);
}

struct err *err_errno(const char *fmt, ...)
{
	int number = errno;
	struct buf text = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&text, fmt, ap);
	va_end(ap);
	buf_addf(&text, "%s%s", _(": "), i18n_libc(strerror(number)));
	return make(number == ENOENT   ? ERR_NOT_FOUND
		    : number == EEXIST ? ERR_EXISTS
				       : ERR_FAILED,
		    &text);
}

struct err *err_context(struct err *e, const char *fmt, ...)
{
	struct buf text = BUF_INIT;
	va_list ap;

	if (!e)
		return NULL;
	va_start(ap, fmt);
	buf_vaddf(&text, fmt, ap);
	va_end(ap);
	buf_addf(&text, ": %s", e->text);
	free(e->text);
	e->text = buf_detach(&text);
	return e;
}

struct err *err_hint(struct err *e, const char *fmt, ...)
{
	struct buf hint = BUF_INIT;
	va_list ap;

	if (!e || e->hint)
		return e;
	va_start(ap, fmt);
	buf_vaddf(&hint, fmt, ap);
	va_end(ap);
	e->hint = buf_detach(&hint);
	return e;
}

static _Atomic(struct err *) kept;

void err_pass(struct err *e)
{
	struct err *none = NULL;

	if (e && (e->code == ERR_NOT_FOUND || e->code == ERR_MISSING ||
		  e->code == ERR_UNSUPPORTED || e->code == ERR_REFUSED ||
		  e->code == ERR_NO_MATCH ||
		  !atomic_compare_exchange_strong(&kept, &none, e)))
		err_free(e);
}

const struct err *err_kept(void)
{
	return atomic_load(&kept);
}

void err_free(struct err *e)
{
	if (!e)
		return;
	free(e->text);
	free(e->hint);
	free(e);
}
