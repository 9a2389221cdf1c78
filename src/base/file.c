/* SPDX-License-Identifier: GPL-2.0-only */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/group_write.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/opener.h"

#define DEPTH_MAX 64
#define READ_SIZE 65536
/* Nobody takes so long from making a temporary file to locking it. Seconds. */
#define TEMP_AGE 2

/* --- what went wrong ------------------------------------------------------ */

static struct err *too_large(const char *path, size_t max)
{
	return err_new(ERR_UNSUPPORTED, _("'%s' is larger than %zu bytes"),
		       path, max);
}

static struct err *not_regular(const char *path)
{
	return err_new(ERR_UNSUPPORTED, _("'%s' is not a regular file"), path);
}

/* What errno says of the path alone; NULL if that is nothing. */
static struct err *unfit_path(const char *path)
{
	switch (errno) {
	case ELOOP:
		return err_hint(err_new(ERR_UNSUPPORTED,
					_("'%s' leads through a symbolic link, "
					  "which is not followed"),
					path),
				_("replace the link with what it points to"));
	case EMLINK:
		return err_new(ERR_UNSUPPORTED,
			       _("'%s' has a second name (a hard link)"), path);
	case ENXIO: /* a fifo, a socket, a device */
		return not_regular(path);
	case ENOTDIR: /* so there is no such file */
		errno = ENOENT;
	}
	return NULL;
}

PRINTF(2, 3)
static struct err *failed(const char *path, const char *fmt, ...)
{
	struct err *e = unfit_path(path);
	struct buf text = BUF_INIT;
	int number = errno;
	va_list ap;

	if (e)
		return e;
	va_start(ap, fmt);
	buf_vaddf(&text, fmt, ap);
	va_end(ap);
	errno = number;
	e = err_errno("%s", text.p);
	buf_release(&text);
	return e;
}

/* --- reading -------------------------------------------------------------- */

/* A short read of a regular file is its end. */
static struct err *read_all(struct buf *out, int fd, const char *path,
			    size_t max)
{
	size_t before = out->n;
	ssize_t n = READ_SIZE;

	while (n < 0 || n == READ_SIZE) {
		buf_reserve(out, READ_SIZE);
		n = read(fd, out->p + out->n, READ_SIZE);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(_("cannot read '%s'"), path);
		buf_truncate(out, out->n + (size_t)n);
		if (out->n - before > max)
			return too_large(path, max);
	}
	return NULL;
}

/* Closes it. */
static struct err *read_open(struct buf *out, int fd, const char *path,
			     size_t max)
{
	size_t before = out->n;
	struct err *e;
	struct stat st;

	if (fd < 0)
		return failed(path, _("cannot open '%s'"), path);
	if (fstat(fd, &st))
		e = err_errno(_("cannot read '%s'"), path);
	else if (!S_ISREG(st.st_mode))
		e = not_regular(path);
	else if ((size_t)st.st_size > max)
		e = too_large(path, max);
	else
		e = read_all(out, fd, path, max);
	close(fd);
	if (e)
		buf_truncate(out, before);
	return e;
}

struct err *file_read(struct buf *out, const char *path, size_t max)
{
	return read_open(out, opener_open(AT_FDCWD, path, O_RDONLY, 0), path,
			 max);
}

struct err *file_read_own(struct buf *out, const char *path, size_t max)
{
	return read_open(out, opener_own(AT_FDCWD, path, O_RDONLY, 0), path,
			 max);
}

struct err *file_read_named(struct buf *out, const char *path, size_t max)
{
	return read_open(out, opener_named(path), path, max);
}

/* Closes it. */
static const void *map_opened(size_t *n, int fd)
{
	void *bytes = MAP_FAILED;
	struct stat st;

	if (fd < 0)
		return NULL;
	if (!fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size > 0)
		bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE,
			     fd, 0);
	close(fd);
	if (bytes == MAP_FAILED)
		return NULL;
	*n = (size_t)st.st_size;
	return bytes;
}

const void *file_map_named(size_t *n, const char *path)
{
	return map_opened(n, opener_named(path));
}

const void *file_map_own(size_t *n, const char *path)
{
	return map_opened(n, opener_own(AT_FDCWD, path, O_RDONLY, 0));
}

void file_unmap(const void *bytes, size_t n)
{
	union {
		const void *bytes;
		void *p;
	} memory = { bytes };

	if (bytes)
		munmap(memory.p, n);
}

struct err *file_read_stdin(struct buf *out, size_t max)
{
	size_t n;

	do {
		buf_reserve(out, 65536);
		n = fread(out->p + out->n, 1, 65536, stdin);
		buf_truncate(out, out->n + n);
		if (out->n > max)
			return err_new(ERR_UNSUPPORTED,
				       _("standard input is longer than %zu "
					 "bytes"),
				       max);
	} while (n);
	return ferror(stdin) ? err_errno("%s", _("cannot read standard input"))
			     : NULL;
}

struct err *file_lines(struct strs *out, struct arena *a, const char *path)
{
	int fd = strcmp(path, "-") ? opener_input(path) : dup(0);
	FILE *file = fd >= 0 ? fdopen(fd, "r") : NULL;
	struct err *e = NULL;
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;

	if (!file)
		return err_errno(_("cannot read '%s'"), path);
	while ((n = getline(&line, &cap, file)) >= 0) {
		n -= n && line[n - 1] == '\n';
		n -= n && line[n - 1] == '\r';
		if (n)
			vec_push(a, out, arena_strndup(a, line, (size_t)n));
	}
	if (ferror(file))
		e = err_errno(_("cannot read '%s'"), path);
	free(line);
	fclose(file);
	return e;
}

/* --- writing -------------------------------------------------------------- */

/* A file that is being written. */
struct writing {
	const char *path, *name; /* it, and its last component */
	int dir;                 /* that it is in */
	int stage;               /* where the temporary file is */
	int fd;
	char temp[OPENER_TEMP];
	struct stat old; /* of what is there */
	bool replaces;
};

static struct err *write_all(const struct writing *w, const char *bytes,
			     size_t n, unsigned flags)
{
	while (n) {
		ssize_t written = write(w->fd, bytes, n);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return err_errno(_("cannot write '%s'"), w->path);
		bytes += written;
		n -= (size_t)written;
	}
	if (!(flags & FILE_LATER) && fsync(w->fd))
		return err_errno(_("cannot write '%s'"), w->path);
	return NULL;
}

/* Whether its maker is gone: a living one holds it locked. */
static bool is_left(int dir, const char *name)
{
	int fd = opener_open(dir, name, O_RDONLY, 0);
	struct stat st;
	bool left = fd >= 0 && !fstat(fd, &st) &&
		    st.st_mtime + TEMP_AGE < time(NULL) &&
		    !flock(fd, LOCK_EX | LOCK_NB);

	if (fd >= 0)
		close(fd);
	return left;
}

/* What a killed process left behind in the folder. */
static void clear_left(int folder)
{
	DIR *dir = opener_list(folder, ".");
	struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		if (opener_is_temp(entry->d_name) &&
		    is_left(folder, entry->d_name))
			opener_remove(folder, entry->d_name);
	if (dir)
		closedir(dir);
}

/* The folder of the temporary file: the stage if the file can be moved from
 * there, else that of the file. */
static int choose_stage(const struct writing *w, const char *stage)
{
	struct stat there, here;
	int fd = stage ? opener_open(AT_FDCWD, stage, O_RDONLY | O_DIRECTORY, 0)
		       : -1;

	if (fd < 0)
		return w->dir;
	if (!fstat(fd, &there) && !fstat(w->dir, &here) &&
	    there.st_dev == here.st_dev)
		return fd;
	close(fd);
	return w->dir;
}

/* What would be replaced must be a regular file. */
static struct err *look_at_old(struct writing *w)
{
	if (opener_stat(&w->old, w->dir, w->name))
		return errno == ENOENT ? NULL
				       : failed(w->path, _("cannot write '%s'"),
						w->path);
	w->replaces = S_ISREG(w->old.st_mode);
	errno = S_ISLNK(w->old.st_mode) ? ELOOP : ENXIO;
	return w->replaces ? NULL
			   : failed(w->path, _("cannot write '%s'"), w->path);
}

static struct err *begin(struct writing *w, const char *stage, unsigned mode,
			 unsigned flags)
{
	struct err *e;

	w->dir = opener_parent(&w->name, AT_FDCWD, w->path);
	if (w->dir < 0)
		return failed(w->path, _("cannot write '%s'"), w->path);
	w->stage = w->dir;
	e = flags ? NULL : look_at_old(w);
	if (e)
		return e;
	w->stage = choose_stage(w, stage);
	w->fd = opener_temp(w->temp, w->stage, w->replaces ? 0600 : mode);
	if (w->fd < 0)
		return err_errno(_("cannot create a file for '%s'"), w->path);
	flock(w->fd, LOCK_EX | LOCK_NB);
	if (!(flags & FILE_LATER))
		clear_left(w->stage);
	return NULL;
}

/* A file that comes from another folder belongs to the group that it would have
 * been made with. */
static void set_group(const struct writing *w)
{
	struct stat dir, own;

	if (w->stage == w->dir || fstat(w->dir, &dir) || fstat(w->fd, &own))
		return;
	if (!(dir.st_mode & S_ISGID))
		dir.st_gid = getegid();
	if (own.st_gid != dir.st_gid)
		(void)!fchown(w->fd, (uid_t)-1, dir.st_gid);
}

static struct err *put_in_place(const struct writing *w, unsigned flags)
{
	bool replace = !(flags & FILE_NEW);

	set_group(w);
	if (flags & FILE_OVER)
		group_write_made(w->stage, w->temp);
	if (w->replaces && fchmod(w->fd, w->old.st_mode & 07777))
		return err_errno(_("cannot set the mode of '%s'"), w->path);
	if (!opener_move(w->stage, w->temp, w->dir, w->name, replace))
		return NULL;
	if (errno == EEXIST)
		return err_new(ERR_EXISTS, _("'%s' already exists"), w->path);
	return err_errno(replace ? _("cannot replace '%s'")
				 : _("cannot create '%s'"),
			 w->path);
}

static void end(struct writing *w, bool done, unsigned flags)
{
	if (w->fd >= 0 && !done)
		opener_remove(w->stage, w->temp);
	if (done && !(flags & FILE_LATER))
		fsync(w->dir);
	if (w->fd >= 0)
		close(w->fd);
	if (w->stage != w->dir)
		close(w->stage);
	if (w->dir >= 0)
		close(w->dir);
}

struct err *file_write(const char *path, const void *bytes, size_t n,
		       unsigned mode, unsigned flags, const char *stage)
{
	struct writing w = { .path = path, .dir = -1, .stage = -1, .fd = -1 };
	struct err *e = begin(&w, stage, mode, flags);

	if (!e)
		e = write_all(&w, bytes, n, flags);
	if (!e)
		e = put_in_place(&w, flags);
	end(&w, !e, flags);
	return e;
}

struct err *file_settle(const char *dir)
{
	int fd = opener_open(AT_FDCWD, dir, O_RDONLY | O_DIRECTORY, 0);
	struct err *e = NULL;

	if (fd < 0 || syncfs(fd))
		e = failed(dir, _("cannot write '%s'"), dir);
	if (fd >= 0)
		close(fd);
	return e;
}

void file_clear_left(const char *dir)
{
	int fd = opener_open(AT_FDCWD, dir, O_RDONLY | O_DIRECTORY, 0);

	if (fd < 0)
		return;
	clear_left(fd);
	close(fd);
}

/* --- folders and names ---------------------------------------------------- */

static struct err *make_folder(const char *path)
{
	const char *name;
	int fd = opener_open(AT_FDCWD, path, O_PATH | O_DIRECTORY, 0);
	struct err *e = NULL;

	if (fd >= 0) {
		close(fd);
		return NULL;
	}
	if (errno == ENOTDIR) /* something else is there */
		errno = EEXIST;
	if (errno != ENOENT)
		return failed(path, _("cannot create the folder '%s'"), path);
	fd = opener_parent(&name, AT_FDCWD, path);
	if (fd < 0 || (opener_make_folder(fd, name) && errno != EEXIST))
		e = failed(path, _("cannot create the folder '%s'"), path);
	if (fd >= 0)
		close(fd);
	return e;
}

struct err *file_make_parents(const char *path)
{
	char *dir = mem_strdup(path);
	struct err *e = NULL;

	for (char *p = dir + 1; !e && *dir && *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		e = make_folder(dir);
		*p = '/';
	}
	free(dir);
	return e;
}

/* Does something with a file and a second name in its folder; errno says what
 * failed. */
static int with_names(int (*act)(int dir, const char *one, const char *other),
		      const char *path, const char *second)
{
	const char *name, *other = second ? path_base(second) : NULL;
	int dir = opener_parent(&name, AT_FDCWD, path), result = -1, number;

	if (dir >= 0)
		result = act(dir, name, other);
	number = errno;
	if (dir >= 0)
		close(dir);
	errno = number;
	return result;
}

static int move(int dir, const char *name, const char *other)
{
	return opener_move(dir, other, dir, name, true);
}

static int remove_name(int dir, const char *name, const char *other)
{
	(void)other;
	return opener_remove(dir, name);
}

struct err *file_keep(const char *path, const char *name)
{
	return with_names(opener_twin, path, name)
		       ? failed(path, _("cannot keep a copy of '%s'"), path)
		       : NULL;
}

struct err *file_move(const char *from, const char *path)
{
	return with_names(move, path, from)
		       ? failed(path, _("cannot replace '%s'"), path)
		       : NULL;
}

struct err *file_remove(const char *path)
{
	return with_names(remove_name, path, NULL)
		       ? failed(path, _("cannot remove '%s'"), path)
		       : NULL;
}

/* --- looking -------------------------------------------------------------- */

struct err *file_look(enum file_kind *out, const char *path)
{
	struct stat st;

	*out = FILE_NONE;
	if (opener_stat(&st, AT_FDCWD, path))
		return errno == ENOENT || errno == ENOTDIR
			       ? NULL
			       : failed(path, _("cannot look at '%s'"), path);
	*out = S_ISREG(st.st_mode)   ? FILE_REGULAR
	       : S_ISDIR(st.st_mode) ? FILE_FOLDER
	       : S_ISLNK(st.st_mode) ? FILE_LINK
				     : FILE_OTHER;
	return NULL;
}

bool file_is_executable(const char *path)
{
	if (opener_can_run(path))
		return true;
	if (errno != ENOENT && errno != ENOTDIR && errno != EACCES &&
	    errno != ELOOP)
		err_pass(failed(path, _("cannot look at '%s'"), path));
	return false;
}

static enum file_kind kind_of(int dir, const struct dirent *entry)
{
	unsigned char type = entry->d_type;
	struct stat st;

	if (type == DT_UNKNOWN && !opener_stat(&st, dir, entry->d_name))
		type = (unsigned char)IFTODT(st.st_mode);
	return type == DT_REG   ? FILE_REGULAR
	       : type == DT_DIR ? FILE_FOLDER
	       : type == DT_LNK ? FILE_LINK
				: FILE_OTHER;
}

struct listing {
	struct file_tree *out;
	struct arena *a;
	const char *top; /* as errors name it */
};

static struct err *list_into(const struct listing *l, int at, const char *name,
			     const char *prefix, int depth);

static struct err *add_entry(const struct listing *l, int dir,
			     const struct dirent *entry, const char *prefix,
			     int depth)
{
	const char *name = entry->d_name;
	enum file_kind kind = *name == '.' ? FILE_NONE : kind_of(dir, entry);

	if (kind == FILE_REGULAR || kind == FILE_LINK)
		vec_push(l->a, &l->out->files, path_join(l->a, prefix, name));
	if (kind != FILE_FOLDER || depth >= DEPTH_MAX)
		return NULL;
	return list_into(l, dir, name, path_join(l->a, prefix, name),
			 depth + 1);
}

static struct err *list_into(const struct listing *l, int at, const char *name,
			     const char *prefix, int depth)
{
	DIR *dir = opener_list(at, name);
	struct dirent *entry;
	struct err *e = NULL, *inner;

	if (!dir && (errno == ENOENT || errno == ENOTDIR) && !depth)
		return NULL;
	if (!dir)
		return failed(depth ? prefix : l->top,
			      _("cannot read the folder '%s'"),
			      depth ? prefix : l->top);
	vec_push(l->a, &l->out->folders, prefix);
	while (errno = 0, (entry = readdir(dir))) {
		inner = add_entry(l, dirfd(dir), entry, prefix, depth);
		if (e)
			err_free(inner);
		else
			e = inner;
	}
	if (errno && !e)
		e = failed(depth ? prefix : l->top,
			   _("cannot read the folder '%s'"),
			   depth ? prefix : l->top);
	closedir(dir);
	return e;
}

struct err *file_list_tree(struct file_tree *out, struct arena *a,
			   const char *dir, const char *prefix)
{
	const struct listing l = { out, a, dir };
	struct err *e = list_into(&l, AT_FDCWD, dir, prefix, 0);

	strs_sort(&out->files);
	return e;
}

struct err *file_list(struct strs *out, struct arena *a, const char *dir)
{
	struct file_tree tree = { .files = *out };
	struct err *e = file_list_tree(&tree, a, dir, "");

	*out = tree.files;
	return e;
}

/* --- locks ---------------------------------------------------------------- */

static void nap(int ms)
{
	struct timespec t = { ms / 1000, (long)(ms % 1000) * 1000000 };

	nanosleep(&t, NULL);
}

/* Whether the file that `fd` has locked is still the one of that name: its
 * last holder may have removed it while we waited. */
static bool still_named(int fd, const char *path)
{
	struct stat mine, named;

	return !fstat(fd, &mine) && !opener_stat(&named, AT_FDCWD, path) &&
	       mine.st_ino == named.st_ino && mine.st_dev == named.st_dev;
}

static struct err *held_by_another(const char *path)
{
	return err_hint(err_new(ERR_FAILED,
				_("'%s' is being changed by another process"),
				path),
			_("try again when it is done"));
}

/* One try: an error, or whether it is `*held`, by `fd`. */
static struct err *try_lock(bool *held, int *fd, const char *name,
			    const char *path)
{
	*held = false;
	*fd = opener_own(AT_FDCWD, name, O_RDWR | O_CREAT, 0666);
	if (*fd < 0)
		return failed(path, _("cannot lock '%s'"), path);
	if (!flock(*fd, LOCK_EX | LOCK_NB)) {
		*held = still_named(*fd, name);
		return NULL;
	}
	/* No locks here: who writes looks whether another has written. */
	*held = errno == ENOLCK || errno == ENOSYS || errno == EOPNOTSUPP;
	return *held || errno == EWOULDBLOCK || errno == EINTR
		       ? NULL
		       : err_errno(_("cannot lock '%s'"), path);
}

/* flock(2) belongs to the process, so a dead one holds nothing and there is
 * no stale lock to judge. */
struct err *file_lock(struct file_lock *lock, const char *path, int wait_ms)
{
	struct buf name = BUF_INIT;
	struct err *e = NULL;
	bool held = false;
	int fd = -1;

	buf_addf(&name, "%s.lock", path);
	for (int waited = 0; !e && !held; waited += 10) {
		e = try_lock(&held, &fd, name.p, path);
		if (held)
			break;
		if (fd >= 0)
			close(fd);
		if (!e && waited >= wait_ms)
			e = held_by_another(path);
		else if (!e)
			nap(10);
	}
	if (e) {
		buf_release(&name);
		return e;
	}
	group_write_made(AT_FDCWD,
			 name.p); /* or nobody else could wait for it */
	lock->path = buf_detach(&name);
	lock->fd = fd;
	return NULL;
}

void file_unlock(struct file_lock *lock)
{
	if (!lock->path)
		return;
	err_free(file_remove(lock->path));
	close(lock->fd);
	free(lock->path);
	lock->path = NULL;
}

/* --- paths ---------------------------------------------------------------- */

char *path_real(struct arena *a, const char *path)
{
	char *real = opener_real(path), *copy;

	copy = real ? arena_strdup(a, real) : NULL;
	free(real);
	return copy;
}

char *path_join(struct arena *a, const char *dir, const char *name)
{
	size_t n = strlen(dir), m = strlen(name);
	char *path;

	if (!n || *name == '/')
		return arena_strndup(a, name, m);
	if (dir[n - 1] == '/')
		n--;
	path = arena_alloc(a, n + m + 2);
	memcpy(path, dir, n);
	path[n] = '/';
	memcpy(path + n + 1, name, m);
	return path;
}

/* Takes the last component away from a path being built; false if there is
 * none that could be taken. */
static bool drop_last(struct buf *b)
{
	const char *base;

	if (!b->n || !strcmp(b->p, "/"))
		return false;
	base = path_base(b->p);
	if (!strcmp(base, ".."))
		return false;
	buf_truncate(b, (size_t)(base - b->p));
	if (b->n > 1)
		buf_truncate(b, b->n - 1);
	return true;
}

char *path_normal(struct arena *a, const char *path)
{
	struct buf b = BUF_INIT;
	char *normal;

	if (*path == '/')
		buf_addch(&b, '/');
	while (*path) {
		size_t n = strcspn(path, "/");
		bool up = n == 2 && !strncmp(path, "..", 2);

		if (n && !(n == 1 && *path == '.') &&
		    !(up && (drop_last(&b) || !strcmp(b.p, "/")))) {
			if (b.n && b.p[b.n - 1] != '/')
				buf_addch(&b, '/');
			buf_add(&b, path, n);
		}
		path += n + (path[n] == '/');
	}
	normal = arena_strdup(a, b.p);
	buf_release(&b);
	return normal;
}

char *path_relative(struct arena *a, const char *from, const char *to)
{
	struct buf b = BUF_INIT;
	size_t same = 0;
	char *relative;

	for (size_t i = 0;; i++) {
		bool from_ends = !from[i] || from[i] == '/';
		bool to_ends = !to[i] || to[i] == '/';

		if (from_ends && to_ends)
			same = i;
		if (!from[i] || !to[i] || from[i] != to[i])
			break;
	}
	for (const char *p = from + same; *p; p++)
		if (p[0] != '/' && (p == from || p[-1] == '/'))
			buf_addstr(&b, "../");
	buf_addstr(&b, to + same + (to[same] == '/'));
	relative = arena_strdup(a, b.p);
	buf_release(&b);
	return relative;
}

bool path_is_inside(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	return !strncmp(path, dir, n) &&
	       (!path[n] || path[n] == '/' || !strcmp(dir, "/"));
}

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}
