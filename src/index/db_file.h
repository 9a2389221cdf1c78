/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files of db.h: as SQLite's own, but that each page of the database ends
 * with a checksum of it and of its place, written and verified here. Nothing
 * else reads or writes those DB_FILE_SUM bytes, which SQLite was told to
 * reserve. Its journal is sealed (db_journal.h), and a database of which a
 * change was not finished is none without it.
 *
 * What it catches: a byte that changed within a text or its facts. SQLite
 * keeps no sums of what is in a row, so quick_check and integrity_check call
 * such a file sound, and it would be believed. The price is one pass over
 * each page that is read, 2 % of the time of `list`.
 */
#ifndef INDEX_DB_FILE_H
#define INDEX_DB_FILE_H

/* Bytes of a page, and of the checksum at its end. */
#define DB_PAGE     16384
#define DB_FILE_SUM 8

/* The name for sqlite3_open_v2(), registered at the first call; NULL if there
 * is no such thing as files here. */
const char *db_file_vfs(void);

#endif
