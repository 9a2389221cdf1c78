-- SPDX-License-Identifier: GPL-2.0-only
-- Retros of git retro. psql takes all of it or nothing.
\set ON_ERROR_STOP on
\set QUIET on
SET client_encoding = 'UTF8';
SET client_min_messages = warning;
-- A backslash in the name of a repository is one.
SET standard_conforming_strings = on;
BEGIN;
DO $$
BEGIN
	-- One load at a time: to replace a view locks it.
	PERFORM pg_advisory_xact_lock(hashtext('git-retro'));
	PERFORM set_config(name, 'lz4', true) FROM pg_settings
		WHERE name = 'default_toast_compression'
		AND 'lz4' = ANY (enumvals);
	PERFORM set_config(name, '262144', true) FROM pg_settings
		WHERE name = 'maintenance_work_mem'
		AND setting::integer < 262144;
END $$;
CREATE TABLE IF NOT EXISTS retro (
	repo text NOT NULL,
	path text NOT NULL,
	blob text NOT NULL,
	id text NOT NULL,
	title text,
	date date,
	status text,
	kind text,
	severity integer,
	owner text,
	record jsonb NOT NULL,
	words tsvector NOT NULL,
	PRIMARY KEY (repo, path)
);
CREATE OR REPLACE VIEW retro_pitfall AS
	SELECT r.repo, r.id AS retro, r.title, r.date, r.severity,
		p ->> 'id' AS pitfall, p ->> 'text' AS text,
		p -> 'paths' AS paths
	FROM retro r, jsonb_array_elements(r.record -> 'pitfalls') p;
CREATE OR REPLACE VIEW retro_action AS
	SELECT r.repo, r.id AS retro, a ->> 'id' AS action,
		a ->> 'state' AS state, a ->> 'text' AS text,
		a ->> 'owner' AS owner, (a ->> 'due')::date AS due
	FROM retro r, jsonb_array_elements(r.record -> 'actions') a;
LOCK TABLE retro IN SHARE ROW EXCLUSIVE MODE;
-- Of a first load the index is made in one piece, when all rows are there.
SELECT NOT EXISTS (SELECT FROM retro) AS retro_first \gset
\if :retro_first
DROP INDEX IF EXISTS retro_words;
\endif
CREATE TEMPORARY TABLE retro_new ON COMMIT DROP AS
	TABLE retro WITH NO DATA;
-- rows --
COPY retro_new (repo, path, blob, id, title, date, status, kind, severity,
	owner, record, words) FROM stdin;
-- repository --
\.
ANALYZE retro_new;
DELETE FROM retro r
	WHERE r.repo = $REPO
	AND NOT EXISTS (SELECT FROM retro_new n WHERE n.repo = $REPO
		AND n.path = r.path AND n.blob = r.blob);
INSERT INTO retro
	SELECT n.* FROM retro_new n
	WHERE n.repo = $REPO AND n.record IS NOT NULL
	AND NOT EXISTS (SELECT FROM retro r WHERE r.repo = $REPO
		AND r.path = n.path);
DO $$
BEGIN
	IF EXISTS (SELECT FROM retro_new n WHERE n.record IS NULL
		AND NOT EXISTS (SELECT FROM retro r WHERE r.repo = n.repo
			AND r.path = n.path AND r.blob = n.blob))
	THEN
		RAISE EXCEPTION 'the list of --known is not that of this table';
	END IF;
END $$;
TRUNCATE retro_new;
-- end --
\.
CREATE INDEX IF NOT EXISTS retro_words ON retro USING gin (words);
CREATE INDEX IF NOT EXISTS retro_date ON retro (date);
\if :retro_first
ANALYZE retro;
\endif
COMMIT;
