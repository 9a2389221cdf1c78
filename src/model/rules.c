/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/rules.h"

#include <string.h>

#define OFF   DIAG_OFF
#define NOTE  DIAG_NOTE
#define WARN  DIAG_WARNING
#define ERROR DIAG_ERROR

/* A draft may be rough, a final may not; a file without `id:` may have been
 * written for something else, so what is odd in it is no error. */
const struct rule rule_table[RULE_COUNT] = {
	/* reading */
	[RULE_FILE] = { "file", ERROR, ERROR, ERROR,
			"what cannot be read cannot be found",
			"make it a readable file of the repository", 0 },
	[RULE_ENCODING] = { "encoding", ERROR, ERROR, ERROR,
			    "what is not UTF-8 text cannot be read",
			    "save it as UTF-8", 0 },
	[RULE_FRONT_MATTER] = { "front-matter", ERROR, ERROR, ERROR,
				"without readable front matter a retro has no "
				"fields",
				"start the file with lines 'key: value' "
				"between two lines ---",
				0 },
	[RULE_CONFLICT] = { "conflict", ERROR, ERROR, ERROR,
			    "a merge was committed half done: both sides are "
			    "in the file",
			    "resolve the conflict and commit the file again",
			    0 },
	[RULE_YAML] = { "yaml", ERROR, ERROR, ERROR,
			"broken YAML hides every field of the file",
			"check this line's quotes and indentation", 0 },
	[RULE_YAML_LIMIT] = { "yaml-limit", ERROR, ERROR, ERROR,
			      "a front matter beyond these bounds is no "
			      "retro's",
			      "make it smaller and flatter", 0 },
	[RULE_DUPLICATE_KEY] = { "duplicate-key", WARN, ERROR, ERROR,
				 "YAML keeps one of the two values without a "
				 "word",
				 "remove one of the two lines", 0 },
	[RULE_BODY_LIMIT] = { "body-limit", WARN, WARN, WARN,
			      "such a text takes a Markdown reader too long",
			      "split it, or move the long part to a file of "
			      "its own",
			      0 },
	/* fields */
	[RULE_REQUIRED_FIELD] = { "required-field", OFF, ERROR, ERROR,
				  "title, date and status are what a retro is "
				  "listed by",
				  "add it to the front matter", 0 },
	[RULE_UNKNOWN_KEY] = { "unknown-key", OFF, WARN, WARN,
			       "a misspelt key is a field that nobody reads",
			       "keys of your own start with x-", 0 },
	[RULE_OWN_KEY] = { "own-key", OFF, WARN, WARN,
			   "a later version may give a key of your own another "
			   "meaning",
			   "keys of your own start with x-", RULE_OPTIONAL },
	[RULE_ID] = { "id", OFF, ERROR, ERROR,
		      "an id is a word in commands, trailers and links",
		      "use letters, digits, - and _", 0 },
	[RULE_TYPE] = { "type", WARN, ERROR, ERROR,
			"a field of another shape is not read",
			"write one value behind the key", 0 },
	[RULE_STATUS] = { "status", WARN, ERROR, ERROR,
			  "an unknown status counts as none",
			  "use draft, review, final, superseded or waived", 0 },
	[RULE_KIND] = { "kind", WARN, WARN, ERROR,
			"an unknown kind counts as none",
			"use release, incident, experiment, deployment or "
			"project",
			0 },
	[RULE_SEVERITY] = { "severity", WARN, WARN, ERROR,
			    "an unknown severity counts as none",
			    "use 1 (worst) to 5", 0 },
	[RULE_DATE] = { "date", WARN, ERROR, ERROR,
			"without a day it cannot be ordered",
			"write it as 2026-11-24", 0 },
	[RULE_TIME] = { "time", WARN, WARN, ERROR,
			"durations are counted from these",
			"write it as 2026-11-24T09:30:00+08:00, or leave it "
			"empty",
			0 },
	[RULE_TIME_ORDER] = { "time-order", WARN, WARN, ERROR,
			      "started, detected, mitigated and resolved "
			      "follow each other",
			      "correct the earlier or the later one", 0 },
	[RULE_RANGE] = { "range", WARN, WARN, ERROR,
			 "the range says what was looked back on",
			 "write it as A..B", 0 },
	[RULE_RANGE_UNRESOLVED] = { "range-unresolved", NOTE, WARN, WARN,
				    "what git does not know was not looked "
				    "back on",
				    "check both names with 'git log', or fetch "
				    "the tags",
				    0 },
	[RULE_TIME_ZONE] = { "time-zone", NOTE, NOTE, NOTE,
			     "a time without a zone is read in its author's",
			     "write it as 2026-11-24T09:48+08:00", 0 },
	[RULE_METRIC] = { "metric", WARN, WARN, ERROR,
			  "without a name and a direction nobody can tell what "
			  "got better",
			  NULL, 0 },
	[RULE_WAIVER_REASON] = { "waiver-reason", OFF, ERROR, ERROR,
				 "a waiver says in a line why the release "
				 "needs no retro",
				 "write the reason into 'summary:' or below "
				 "the front matter",
				 0 },
	/* ties */
	[RULE_COMMIT_ID] = { "commit-id", WARN, WARN, ERROR,
			     "a tie to a commit that cannot exist ties nothing",
			     "use the id that 'git log' shows", 0 },
	[RULE_COMMIT_UNRESOLVED] = { "commit-unresolved", WARN, WARN, ERROR,
				     "a commit that was rebased away ties "
				     "nothing",
				     "'git retro relink' finds the commit that "
				     "took its place",
				     0 },
	/* CI often clones without tags */
	[RULE_CAUSE_AND_FIX] = { "cause-and-fix", WARN, WARN, WARN,
				 "a commit cannot cause a problem and fix it",
				 "git retro unlink takes one of the two away",
				 0 },
	[RULE_CAUSE_MISSING] = { "cause-missing", OFF, NOTE, NOTE,
				 "without a cause nobody can tell which "
				 "release has the problem",
				 "git retro link --suggest proposes one", 0 },
	[RULE_RELEASE_UNRESOLVED] = { "release-unresolved", NOTE, WARN, WARN,
				      "a release that git does not know is "
				      "covered by nothing",
				      "check the name with 'git tag', or fetch "
				      "the tags",
				      0 },
	[RULE_LINK_UNRESOLVED] = { "link-unresolved", NOTE, WARN, ERROR,
				   "a link to a retro that is not there leads "
				   "nowhere",
				   "check the id with 'git retro list'", 0 },
	/* the body */
	[RULE_REQUIRED_SECTION] = { "required-section", OFF, WARN, ERROR,
				    "these sections are what others read a "
				    "retro for",
				    "add a heading of that name", 0 },
	[RULE_EMPTY_SECTION] = { "empty-section", OFF, WARN, ERROR,
				 "a heading with nothing under it says that "
				 "nobody thought about it",
				 "write it, or go back to status: draft", 0 },
	[RULE_PITFALL] = { "pitfall", WARN, WARN, ERROR,
			   "a problem is told by the text of its pitfall", NULL,
			   0 },
	[RULE_PITFALL_NUMBER] = { "pitfall-number", OFF, NOTE, NOTE,
				  "commits are linked to a pitfall by its "
				  "number",
				  NULL, 0 },
	[RULE_PITFALL_NAME] = { "pitfall-name", OFF, NOTE, NOTE,
				"a pitfall is told where what it names is "
				"changed",
				"correct it, or write it without `", 0 },
	[RULE_UNREAD] = { "unread", NOTE, WARN, WARN,
			  "what was promised or learned there must not vanish",
			  NULL, 0 },
	[RULE_ACTION] = { "action", WARN, WARN, ERROR,
			  "an action without a clear number and day gets lost",
			  NULL, 0 },
	[RULE_ACTION_NUMBER] = { "action-number", NOTE, NOTE, WARN,
				 "an action is closed by its number", NULL, 0 },
	[RULE_ACTION_FORM] = { "action-form", NOTE, NOTE, NOTE,
			       "a task item shows everywhere whether it is "
			       "done",
			       "write it as '- [ ] A1: ...'; git retro check "
			       "--fix does it",
			       0 },
	[RULE_ACTION_OWNER] = { "action-owner", OFF, OFF, ERROR,
				"what nobody is to do is not done",
				"write @name behind it, or close it", 0 },
	[RULE_ACTION_DUE] = { "action-due", OFF, OFF, ERROR,
			      "what may be done any day is done on none",
			      "write due:2026-12-01 behind it, or close it",
			      0 },
	[RULE_FILE_LINK] = { "file-link", WARN, WARN, ERROR,
			     "a link to a file that is not there helps nobody",
			     "correct the path, as seen from this file",
			     RULE_EXCUSABLE },
	[RULE_BLAME] = { "blame", WARN, WARN, WARN,
			 "where people are blamed, the next one keeps silent",
			 "say what made the mistake possible, or excuse the "
			 "line with "
			 "<!-- retro: allow blame: why -->",
			 RULE_EXCUSABLE },
	[RULE_SECRET] = { "secret", ERROR, ERROR, ERROR,
			  "what was pushed once is known, and stays in history",
			  "revoke it and take it out, or excuse the line with "
			  "<!-- retro: allow secret: why -->",
			  RULE_EXCUSABLE },
	[RULE_ALLOW] = { "allow", WARN, WARN, ERROR,
			 "a line is excused from a rule with a reason only",
			 "write <!-- retro: allow rule: why -->", 0 },
	/* across files */
	[RULE_DUPLICATE_ID] = { "duplicate-id", WARN, ERROR, ERROR,
				"an id names one retro and no other",
				"give one of the two files an id of its own",
				0 },
	[RULE_POLICY] = { "policy", WARN, WARN, WARN,
			  "a setting that is not understood is not followed",
			  "see the section on .retro.yml in the manual", 0 },
	[RULE_SETUP] = { "setup", ERROR, ERROR, ERROR,
			 "where settings name what is not there, nobody looks "
			 "in the right place",
			 "set it to one that is there, or make it", 0 },
};

const struct rule *rule_find(const char *name)
{
	for (size_t i = 0; i < RULE_COUNT; i++)
		if (strcmp(rule_table[i].name, name) == 0)
			return &rule_table[i];
	return NULL;
}
