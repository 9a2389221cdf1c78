-- SPDX-License-Identifier: GPL-2.0-only
-- Retros of git retro. sqlite3 takes all of it or nothing.
.bail on
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS retro (
	n INTEGER PRIMARY KEY,
	repo TEXT NOT NULL,
	path TEXT NOT NULL,
	blob TEXT NOT NULL,
	id TEXT NOT NULL,
	title TEXT,
	date TEXT,
	status TEXT,
	kind TEXT,
	severity INTEGER,
	owner TEXT,
	record TEXT NOT NULL,
	UNIQUE (repo, path)
);
CREATE INDEX IF NOT EXISTS retro_date ON retro (date);
CREATE VIRTUAL TABLE IF NOT EXISTS retro_words USING fts5(
	words, tokenize = 'ascii'
);
-- Fewer and larger pieces of the index. Bytes.
INSERT INTO retro_words (retro_words, rank) VALUES ('hashsize', 67108864);
CREATE VIEW IF NOT EXISTS retro_pitfall AS
	SELECT r.repo, r.id AS retro, r.title, r.date, r.severity,
		json_extract(p.value, '$.id') AS pitfall,
		json_extract(p.value, '$.text') AS text,
		json_extract(p.value, '$.paths') AS paths
	FROM retro r, json_each(r.record, '$.pitfalls') p;
CREATE VIEW IF NOT EXISTS retro_action AS
	SELECT r.repo, r.id AS retro,
		json_extract(a.value, '$.id') AS action,
		json_extract(a.value, '$.state') AS state,
		json_extract(a.value, '$.text') AS text,
		json_extract(a.value, '$.owner') AS owner,
		json_extract(a.value, '$.due') AS due
	FROM retro r, json_each(r.record, '$.actions') a;
CREATE TEMPORARY TABLE retro_new (
	repo, path, blob, id, title, date, status, kind, severity, owner,
	record, words, PRIMARY KEY (repo, path)
);
CREATE TEMPORARY TABLE retro_gone (n INTEGER PRIMARY KEY);
CREATE TEMPORARY TABLE retro_last (n INTEGER);
CREATE TEMPORARY TABLE retro_unknown (
	path, CONSTRAINT "the list of --known is not that of this table" CHECK (0)
);
-- rows --
-- repository --
INSERT INTO retro_gone SELECT r.n FROM retro r
	WHERE r.repo = $REPO
	AND NOT EXISTS (SELECT 1 FROM retro_new n WHERE n.repo = $REPO
		AND n.path = r.path AND n.blob = r.blob);
DELETE FROM retro_words WHERE rowid IN (SELECT n FROM retro_gone);
DELETE FROM retro WHERE n IN (SELECT n FROM retro_gone);
INSERT INTO retro_last SELECT coalesce(max(n), 0) FROM retro;
INSERT INTO retro (repo, path, blob, id, title, date, status, kind, severity,
		owner, record)
	SELECT n.repo, n.path, n.blob, n.id, n.title, n.date, n.status, n.kind,
		n.severity, n.owner, n.record
	FROM retro_new n
	WHERE n.repo = $REPO AND n.record IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM retro r WHERE r.repo = $REPO
		AND r.path = n.path);
INSERT INTO retro_words (rowid, words)
	SELECT r.n, n.words FROM retro r
	JOIN retro_new n ON n.repo = r.repo AND n.path = r.path
	WHERE r.n > (SELECT n FROM retro_last);
INSERT INTO retro_unknown SELECT n.path FROM retro_new n
	WHERE n.record IS NULL
	AND NOT EXISTS (SELECT 1 FROM retro r WHERE r.repo = n.repo
		AND r.path = n.path AND r.blob = n.blob);
DELETE FROM retro_new;
DELETE FROM retro_gone;
DELETE FROM retro_last;
-- end --
DROP TABLE retro_new;
DROP TABLE retro_gone;
DROP TABLE retro_last;
DROP TABLE retro_unknown;
COMMIT;
