/* SPDX-License-Identifier: GPL-2.0-only */
#include "git/batch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "git/child.h"

struct batch {
	struct child child;
	bool running;
	int ask_fd; /* what is written here, git reads */
};

struct batch *batch_new(void)
{
	return mem_calloc(1, sizeof(struct batch));
}

/* What it said, if it ended by itself and not well. */
static struct err *stop_batch(struct batch *batch)
{
	if (!batch->running)
		return NULL;
	batch->running = false;
	close(batch->ask_fd);
	return child_finish(&batch->child);
}

void batch_free(struct batch *batch)
{
	if (!batch)
		return;
	err_free(stop_batch(batch)); /* all answers were had */
	free(batch);
}

/* A socket, as writing to one whose other end is gone can be kept from raising
 * SIGPIPE. */
static struct err *start_batch(struct batch *batch)
{
	static const char *const args[] = { "--no-replace-objects", "cat-file",
					    "--batch-command", NULL };
	int ends[2];
	struct err *e;

	if (batch->running)
		return NULL;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
		return err_errno(_("cannot start git cat-file"));
	e = child_start_fed(&batch->child, args, ends[0]);
	close(ends[0]);
	if (e) {
		close(ends[1]);
		return e;
	}
	batch->ask_fd = ends[1];
	batch->running = true;
	return NULL;
}

static bool send_all(int fd, const char *bytes, size_t n)
{
	while (n) {
		ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return false;
		bytes += sent;
		n -= (size_t)sent;
	}
	return true;
}

/* Puts a question, and gives the first line of the answer. A child that died
 * is started once more; one of before git 2.44 dies of each object that it may
 * not fetch, and says so (ERR_MISSING). */
static struct err *put_batch_question(const char **line, struct batch *batch,
				      const char *command, const char *name)
{
	struct buf question = BUF_INIT;
	struct err *e = NULL;
	bool answered = false;

	buf_addf(&question, "%s %s\n", command, name);
	for (int tries = 0; !e && !answered && tries < 2; tries++) {
		e = start_batch(batch);
		if (e)
			break;
		answered = send_all(batch->ask_fd, question.p, question.n) &&
			   child_line(line, &batch->child);
		if (!answered)
			e = stop_batch(batch);
		if (e && e->code != ERR_MISSING) {
			err_free(e); /* it is told below */
			e = NULL;
		}
	}
	buf_release(&question);
	if (!e && !answered)
		e = err_new(ERR_FAILED, _("git cat-file does not answer"));
	return e;
}

static enum object_type type_named(const char *name, size_t n)
{
	static const char *const names[] = {
		[OBJECT_COMMIT] = "commit",
		[OBJECT_TREE] = "tree",
		[OBJECT_BLOB] = "blob",
		[OBJECT_TAG] = "tag",
	};

	for (size_t i = OBJECT_COMMIT; i < ARRAY_SIZE(names); i++)
		if (strlen(names[i]) == n && !memcmp(names[i], name, n))
			return (enum object_type)i;
	return OBJECT_NONE;
}

/* "<id> <type> <size>", or "<name> missing", "<name> ambiguous". */
static enum object_found read_answer_head(struct oid *id,
					  enum object_type *type, size_t *size,
					  const char *line)
{
	size_t n = oid_parse(id, line), word;
	const char *at = line + n + 1, *last = strrchr(line, ' ');

	if (last && !strcmp(last, " ambiguous"))
		return OBJECT_AMBIGUOUS;
	if (!n || line[n] != ' ')
		return OBJECT_MISSING;
	word = strcspn(at, " ");
	*type = type_named(at, word);
	if (*type == OBJECT_NONE || at[word] != ' ')
		return OBJECT_MISSING;
	*size = strtoul(at + word + 1, NULL, 10);
	return OBJECT_FOUND;
}

enum object_found batch_info(struct oid *id, enum object_type *type,
			     size_t *size, struct batch *batch,
			     const char *name)
{
	const char *line;
	struct err *e;

	if (!*name || strchr(name, '\n'))
		return OBJECT_MISSING;
	e = put_batch_question(&line, batch, "info", name);
	if (!e)
		return read_answer_head(id, type, size, line);
	err_pass(e);
	return OBJECT_MISSING;
}

struct err *batch_read(enum object_type *type, const char **bytes, size_t *n,
		       struct batch *batch, const struct oid *id)
{
	char hex[OID_HEX + 1];
	struct oid found;
	const char *line;
	struct err *e =
		put_batch_question(&line, batch, "contents", oid_hex(hex, id));

	if (e && e->code == ERR_MISSING)
		e->code = ERR_NOT_FOUND;
	if (e)
		return e;
	if (read_answer_head(&found, type, n, line) != OBJECT_FOUND)
		return err_new(ERR_NOT_FOUND,
			       _("object not found - no match for "
				 "id (%s)"),
			       hex);
	/* A newline follows. */
	if (child_bytes(bytes, *n + 1, &batch->child))
		return NULL;
	err_free(stop_batch(batch)); /* this says as much */
	return err_new(ERR_FAILED, _("git cat-file stopped at %s"), hex);
}
