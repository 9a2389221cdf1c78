/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What SQLite writes before it changes pages: those pages as they were, to be
 * played back if it is killed. Its own checksums see every two hundredth byte,
 * so ours are added: when the journal is whole, and before the first page is
 * changed, a seal on all that is in it, in bytes that SQLite's format leaves
 * unused.
 */
#ifndef INDEX_DB_JOURNAL_H
#define INDEX_DB_JOURNAL_H

#include <sqlite3.h>

/* Both take SQLite's own file, and give a result code of SQLite. */
int db_journal_seal(sqlite3_file *journal);

/* SQLITE_CORRUPT if a byte differs from what was sealed. One without a seal is
 * fine: no page was changed yet. */
int db_journal_check(sqlite3_file *journal);

#endif
