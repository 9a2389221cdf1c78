-- SPDX-License-Identifier: GPL-2.0-only
-- Retros of git retro. psql takes all of it or nothing.
\set ON_ERROR_STOP on
\set QUIET on
SET client_encoding = 'UTF8';
SET client_min_messages = warning;
BEGIN;
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
CREATE INDEX IF NOT EXISTS retro_words ON retro USING gin (words);
CREATE INDEX IF NOT EXISTS retro_date ON retro (date);
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
CREATE TEMPORARY TABLE retro_new ON COMMIT DROP AS
	TABLE retro WITH NO DATA;
COPY retro_new (repo, path, blob, id, title, date, status, kind, severity,
	owner, record, words) FROM stdin;
-- rows --
\.
ANALYZE retro_new;
DELETE FROM retro r
	WHERE r.repo IN (SELECT n.repo FROM retro_new n WHERE n.path IS NULL)
	AND NOT EXISTS (SELECT FROM retro_new n WHERE n.repo = r.repo
		AND n.path = r.path AND n.blob = r.blob);
INSERT INTO retro
	SELECT n.* FROM retro_new n
	WHERE n.record IS NOT NULL
	AND n.repo IN (SELECT m.repo FROM retro_new m WHERE m.path IS NULL)
	AND NOT EXISTS (SELECT FROM retro r WHERE r.repo = n.repo
		AND r.path = n.path);
DO $$
BEGIN
	IF EXISTS (SELECT FROM retro_new n WHERE n.path IS NOT NULL
		AND n.record IS NULL
		AND NOT EXISTS (SELECT FROM retro r WHERE r.repo = n.repo
			AND r.path = n.path AND r.blob = n.blob))
	THEN
		RAISE EXCEPTION 'the list of --known is not that of this table';
	END IF;
END $$;
COMMIT;
