/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/rules.h"

#include <string.h>

#include "base/i18n.h"

#define OFF   DIAG_OFF
#define NOTE  DIAG_NOTE
#define WARN  DIAG_WARNING
#define ERROR DIAG_ERROR

/* A draft may be rough, a final may not; a file without `id:` may have been
 * written for something else, so what is odd in it is not an error. */
const struct rule rule_table[RULE_COUNT] = {
	/* reading */
	[RULE_FILE] = { "file", ERROR, ERROR, ERROR,
			N_("an unreadable file cannot be found in a search"),
			N_("make it a readable file of the repository"), 0 },
	[RULE_ENCODING] = { "encoding", ERROR, ERROR, ERROR,
			    N_("only UTF-8 text can be read"),
			    N_("save it as UTF-8"), 0 },
	[RULE_FRONT_MATTER] = { "front-matter", ERROR, ERROR, ERROR,
				N_("without readable front matter a retro has "
				   "no fields"),
				N_("start the file with lines 'key: value' "
				   "between two lines ---"),
				0 },
	[RULE_CONFLICT] = { "conflict", ERROR, ERROR, ERROR,
			    N_("a merge was committed with conflict markers: "
			       "both sides are in the file"),
			    N_("resolve the conflict and commit the file "
			       "again"),
			    0 },
	[RULE_YAML] = { "yaml", ERROR, ERROR, ERROR,
			N_("broken YAML hides all fields of the file"),
			N_("check this line's quotes and indentation"), 0 },
	[RULE_YAML_LIMIT] = { "yaml-limit", ERROR, ERROR, ERROR,
			      N_("front matter of this size or depth is not "
				 "read"),
			      N_("make it smaller and flatter"), 0 },
	[RULE_DUPLICATE_KEY] = { "duplicate-key", WARN, ERROR, ERROR,
				 N_("YAML silently keeps only one of the two "
				    "values"),
				 N_("remove one of the two lines"), 0 },
	[RULE_BODY_LIMIT] = { "body-limit", WARN, WARN, WARN,
			      N_("a Markdown reader would take too long for "
				 "this text"),
			      N_("split it, or move the long part to another "
				 "file"),
			      0 },
	/* fields */
	[RULE_REQUIRED_FIELD] = { "required-field", OFF, ERROR, ERROR,
				  N_("retros are listed by title, date and "
				     "status"),
				  N_("add it to the front matter"), 0 },
	[RULE_UNKNOWN_KEY] = { "unknown-key", OFF, WARN, WARN,
			       N_("a misspelled key is not read"),
			       N_("start your own keys with x-"), 0 },
	[RULE_OWN_KEY] = { "own-key", OFF, WARN, WARN,
			   N_("a later version may use this key for something "
			      "else"),
			   N_("start your own keys with x-"), RULE_OPTIONAL },
	[RULE_ID] = { "id", OFF, ERROR, ERROR,
		      N_("the id is used in commands, trailers and links"),
		      N_("use letters, digits, - and _"), 0 },
	[RULE_TYPE] = { "type", WARN, ERROR, ERROR,
			N_("a value of the wrong type is not read"),
			N_("write a single value after the key"), 0 },
	[RULE_STATUS] = { "status", WARN, ERROR, ERROR,
			  N_("an unknown status is ignored"),
			  N_("use draft, review, final, superseded or waived"),
			  0 },
	[RULE_KIND] = { "kind", WARN, WARN, ERROR,
			N_("an unknown kind is ignored"),
			N_("use release, incident, experiment, deployment or "
			   "project"),
			0 },
	[RULE_SEVERITY] = { "severity", WARN, WARN, ERROR,
			    N_("an unknown severity is ignored"),
			    N_("use 1 (worst) to 5"), 0 },
	[RULE_DATE] = { "date", WARN, ERROR, ERROR,
			N_("retros are ordered by date"),
			N_("write it as 2026-11-24"), 0 },
	[RULE_TIME] = { "time", WARN, WARN, ERROR,
			N_("durations are computed from these times"),
			N_("write it as 2026-11-24T09:30:00+08:00, or leave it "
			   "empty"),
			0 },
	[RULE_TIME_ORDER] = { "time-order", WARN, WARN, ERROR,
			      N_("started, detected, mitigated and resolved "
				 "must be in this order"),
			      N_("correct the earlier or the later one"), 0 },
	[RULE_RANGE] = { "range", WARN, WARN, ERROR,
			 N_("the range says which commits the retro covers"),
			 N_("write it as A..B"), 0 },
	[RULE_RANGE_UNRESOLVED] = { "range-unresolved", NOTE, WARN, WARN,
				    N_("commits that git cannot find are not "
				       "covered"),
				    N_("check both names with 'git log', or "
				       "fetch the tags"),
				    0 },
	[RULE_TIME_ZONE] = { "time-zone", NOTE, NOTE, NOTE,
			     N_("a time without a time zone is read in its "
				"author's"),
			     N_("write it as 2026-11-24T09:48+08:00"), 0 },
	[RULE_METRIC] = { "metric", WARN, WARN, ERROR,
			  N_("a metric needs a name and a direction to be "
			     "compared"),
			  NULL, 0 },
	[RULE_WAIVER_REASON] = { "waiver-reason", OFF, ERROR, ERROR,
				 N_("a waiver must say in a line why the "
				    "release needs no retro"),
				 N_("write the reason into 'summary:' or below "
				    "the front matter"),
				 0 },
	/* links */
	[RULE_COMMIT_ID] = { "commit-id", WARN, WARN, ERROR,
			     N_("a link to an impossible commit id leads "
				"nowhere"),
			     N_("use the id that 'git log' shows"), 0 },
	[RULE_COMMIT_UNRESOLVED] = { "commit-unresolved", WARN, WARN, ERROR,
				     N_("links to rebased commits lead "
					"nowhere"),
				     N_("'git retro relink' finds the commit "
					"that replaced it"),
				     0 },
	/* CI often clones without tags */
	[RULE_CAUSE_AND_FIX] = { "cause-and-fix", WARN, WARN, WARN,
				 N_("a commit cannot be both the cause and the "
				    "fix"),
				 N_("remove one of the two: git retro unlink"),
				 0 },
	[RULE_CAUSE_MISSING] = { "cause-missing", OFF, NOTE, NOTE,
				 N_("without a cause, affected releases cannot "
				    "be found"),
				 N_("to get suggestions: git retro link "
				    "--suggest"),
				 0 },
	[RULE_RELEASE_UNRESOLVED] = { "release-unresolved", NOTE, WARN, WARN,
				      N_("a retro cannot cover a release that "
					 "git does not know"),
				      N_("check the name with 'git tag', or "
					 "fetch the tags"),
				      0 },
	[RULE_LINK_UNRESOLVED] = { "link-unresolved", NOTE, WARN, ERROR,
				   N_("a link to a missing retro leads "
				      "nowhere"),
				   N_("check the id with 'git retro list'"),
				   0 },
	/* the body */
	[RULE_REQUIRED_SECTION] = { "required-section", OFF, WARN, ERROR,
				    N_("readers look for these sections"),
				    N_("add a heading with that name"), 0 },
	[RULE_EMPTY_SECTION] = { "empty-section", OFF, WARN, ERROR,
				 N_("an empty section tells readers nothing"),
				 N_("write it, or go back to status: draft"),
				 0 },
	[RULE_PITFALL] = { "pitfall", WARN, WARN, ERROR,
			   N_("a pitfall is identified by its number and text"),
			   NULL, 0 },
	[RULE_PITFALL_NUMBER] = { "pitfall-number", OFF, NOTE, NOTE,
				  N_("commits are linked to a pitfall by its "
				     "number"),
				  NULL, 0 },
	[RULE_PITFALL_NAME] = { "pitfall-name", OFF, NOTE, NOTE,
				N_("a pitfall is shown when the code it names "
				   "is changed"),
				N_("correct it, or write it without `"), 0 },
	[RULE_UNREAD] = { "unread", NOTE, WARN, WARN,
			  N_("pitfalls and actions in this section would be "
			     "lost"),
			  NULL, 0 },
	[RULE_ACTION] = { "action", WARN, WARN, ERROR,
			  N_("an action needs a unique number and a valid "
			     "date"),
			  NULL, 0 },
	[RULE_ACTION_NUMBER] = { "action-number", NOTE, NOTE, WARN,
				 N_("an action is closed by its number"), NULL,
				 0 },
	[RULE_ACTION_FORM] = { "action-form", NOTE, NOTE, NOTE,
			       N_("only task items show their state on every "
				  "forge"),
			       N_("write it as '- [ ] A1: ...', or run: git "
				  "retro check --fix"),
			       0 },
	[RULE_ACTION_OWNER] = { "action-owner", OFF, OFF, ERROR,
				N_("an action needs an owner"),
				N_("add @name, or close it"), 0 },
	[RULE_ACTION_DUE] = { "action-due", OFF, OFF, ERROR,
			      N_("an action needs a due date"),
			      N_("add due:2026-12-01, or close it"), 0 },
	[RULE_FILE_LINK] = { "file-link", WARN, WARN, ERROR,
			     N_("a link to a missing file leads nowhere"),
			     N_("correct the path, relative to this file"),
			     RULE_EXCUSABLE },
	[RULE_BLAME] = { "blame", WARN, WARN, WARN,
			 N_("people who expect blame stop reporting problems"),
			 N_("say what made the mistake possible, or excuse the "
			    "line with <!-- retro: allow blame: why -->"),
			 RULE_EXCUSABLE },
	[RULE_SECRET] = { "secret", ERROR, ERROR, ERROR,
			  N_("a pushed secret stays in history and must be "
			     "considered leaked"),
			  N_("revoke it and remove it, or excuse the line with "
			     "<!-- retro: allow secret: why -->"),
			  RULE_EXCUSABLE },
	[RULE_INSTRUCTION] = { "instruction", WARN, WARN, WARN,
			       N_("coding agents read retros, and must not "
				  "take "
				  "orders from them"),
			       N_("say it as a fact, or excuse the line with "
				  "<!-- retro: allow instruction: why -->"),
			       RULE_EXCUSABLE },
	[RULE_ALLOW] = { "allow", WARN, WARN, ERROR,
			 N_("excusing a line needs a reason"),
			 N_("write <!-- retro: allow rule: why -->"), 0 },
	/* across files */
	[RULE_DUPLICATE_ID] = { "duplicate-id", WARN, ERROR, ERROR,
				N_("an id must belong to one retro"),
				N_("give one of the two files a new id"), 0 },
	[RULE_POLICY] = { "policy", WARN, WARN, WARN,
			  N_("an invalid setting is ignored"),
			  N_("see the section on .retro.yml in "
			     "git-retro-format(5)"),
			  0 },
	[RULE_SETUP] = { "setup", ERROR, ERROR, ERROR,
			 N_("settings name something that does not exist, so "
			    "retros are not found"),
			 N_("name something that exists, or create it"), 0 },
};

const struct rule *rule_find(const char *name)
{
	for (size_t i = 0; i < RULE_COUNT; i++)
		if (strcmp(rule_table[i].name, name) == 0)
			return &rule_table[i];
	return NULL;
}
