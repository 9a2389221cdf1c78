/* SPDX-License-Identifier: GPL-2.0-only */
/* The answers of `git retro search`, in a page. `retros` and `terms` are in
 * data.js: what is known of each retro and of words. The texts, cut into words
 * and stemmed, are in words/, which is loaded once somebody is about to search.
 * Each part here does what one of src/index/words.c and, in src/search/,
 * terms.c, everyday.c, synonyms.c, ways.c, match.c, spots.c, rank.c and search.c
 * does; why is said there. */
var search = (function () {
	'use strict';
	var COLUMN = 15, INSIDE = 16, LEFT = 32, RIGHT = 64, ABSENT = 128;
	var PITFALLS = 7, TITLE = 11, HIDDEN = 12;
	var WORD = 0, BEGINNING = 1, SYNONYM = 2, PART = 3, LETTER = 4;
	var SIGNS = { '.': INSIDE, '(': LEFT, ')': RIGHT, '!': ABSENT };
	var PLACE = 0, SHARD = 1, DAY = 2, KIND = 3, LABELS = 4, RELEASES = 5;
	var AUTHORS = 6, PATHS = 7;

	/* --- the data --- */

	var known = [], numbers = new Map(), starts = new Map();
	var simplified = new Map();
	var ids, flags, owner, marks; /* of each word of the texts */
	var first, where;             /* the places of each known word */
	var bytes = new Float64Array(retros.length), mean = 0;
	/* Of each text, its title, and both. */
	var begin = new Int32Array(retros.length);
	var middle = new Int32Array(retros.length);
	var end = new Int32Array(retros.length);
	var small = new Set(terms.small);

	/* A shard of the texts: how many words they have, these words, the texts. */
	var shards = [], told = 0;

	function words(number, count, list, texts) {
		if (shards[number])
			return;
		shards[number] = { count: count, list: list, texts: texts, rows: [] };
		told++;
		if (told === terms.shards && waiting.length)
			work();
	}

	function numberWord(word) {
		var number = numbers.get(word);

		if (number === undefined) {
			number = known.length;
			numbers.set(word, number);
			known.push(word);
		}
		return number;
	}

	function makeRoom() {
		var count = shards.reduce(function (sum, shard) {
			return sum + shard.count;
		}, 0);

		ids = new Int32Array(count);
		flags = new Uint8Array(count);
		owner = new Int32Array(count);
		marks = new Uint8Array(count);
		retros.forEach(function (retro, i) {
			shards[retro[SHARD]].rows.push(i);
		});
	}

	var values = new Uint8Array(128), at = 0;

	(function () {
		var digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

		values.fill(255);
		for (var i = 0; i < digits.length; i++)
			values[digits.charCodeAt(i)] = i;
	})();

	function decode(text, local) {
		var number = 0, shift = 0, bits = 0, column = 0;

		for (var i = 0; i < text.length; i++) {
			var value = values[text.charCodeAt(i)];

			if (value < 32) {
				ids[at] = local[number | value << shift];
				flags[at++] = bits | column;
				number = shift = bits = 0;
			} else if (value < 64) {
				number |= (value & 31) << shift;
				shift += 5;
			} else if (text[i] === '^') {
				column = values[text.charCodeAt(++i)];
			} else {
				bits |= SIGNS[text[i]];
			}
		}
	}

	function decodeShard(shard) {
		var local = Int32Array.from(shard.list ? shard.list.split(' ') : [],
			numberWord);

		shard.rows.forEach(function (i, place) {
			var text = shard.texts[place];

			bytes[i] = text[0];
			mean += text[0];
			begin[i] = at;
			decode(text[1], local);
			middle[i] = at;
			decode(text[2], local);
			end[i] = at;
			owner.fill(i, begin[i], at);
		});
		shard.list = shard.texts = null;
	}

	function listPlaces() {
		first = new Int32Array(known.length + 1);
		where = new Int32Array(ids.length);
		for (var i = 0; i < ids.length; i++)
			first[ids[i] + 1]++;
		for (i = 0; i < known.length; i++)
			first[i + 1] += first[i];
		var next = first.slice();
		for (i = 0; i < ids.length; i++)
			where[next[ids[i]]++] = i;
	}

	function listWords() {
		known.forEach(function (word, i) {
			var start = word[0], list = starts.get(start);

			if (list)
				list.push(i);
			else
				starts.set(start, [i]);
		});
		Array.from(terms.hanzi[0]).forEach(function (from, i) {
			simplified.set(from, terms.hanzi[1][i]);
		});
		mean = mean ? mean / retros.length : 1;
	}

	/* What is to be done before the first answer, a little at a time, so that
	 * the page goes on to answer. */
	var steps = [makeRoom], ready = false, waiting = [];

	function finish(good) {
		var all = waiting;

		ready = good;
		waiting = [];
		all.forEach(function (done) { done(good); });
	}

	function work() {
		var channel = new MessageChannel(), next = 0;

		for (var i = 0; i < terms.shards; i++)
			steps.push(decodeShard.bind(null, shards[i]));
		steps.push(listPlaces, listWords);
		channel.port1.onmessage = function () {
			steps[next++]();
			if (next < steps.length) {
				channel.port2.postMessage(0);
			} else {
				channel.port1.close();
				finish(true);
			}
		};
		channel.port2.postMessage(0);
	}

	/* Loads the texts, if nobody did so before, and tells whether they are here
	 * once that is known. */
	function load(done) {
		var begun = waiting.length > 0;

		if (ready) {
			done(true);
			return;
		}
		waiting.push(done);
		if (begun)
			return;
		if (told === terms.shards)
			work();
		for (var i = 0; i < terms.shards; i++) {
			if (shards[i])
				continue;
			var script = document.createElement('script');

			script.src = 'words/' + i + '.js';
			script.onerror = finish.bind(null, false);
			document.head.appendChild(script);
		}
	}

	/* --- words --- */

	var PAIRED = [[0x3005, 0x3007], [0x3040, 0x30ff], [0x3100, 0x312f],
		[0x31a0, 0x31ff], [0x3400, 0x4dbf], [0x4e00, 0x9fff],
		[0xac00, 0xd7a3], [0xf900, 0xfaff], [0xff66, 0xff9d],
		[0x20000, 0x3ffff]];

	function isPaired(c) {
		return c >= 0x3005 && PAIRED.some(function (range) {
			return c >= range[0] && c <= range[1];
		});
	}

	function size(text) {
		var n = 0;

		for (var ch of text) {
			var c = ch.codePointAt(0);

			n += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
		}
		return n;
	}

	function simplify(text) {
		return Array.from(text, function (ch) {
			return simplified.get(ch) || ch;
		}).join('');
	}

	/* As text_fold(). */
	function fold(text) {
		return text.normalize('NFKC').toLowerCase().normalize('NFKC')
			.replace(/\s+/g, ' ').trim();
	}

	/* A character as words have it: '' for a mark, null for what parts them. */
	function foldLetter(ch, c) {
		if (c >= 0x3400 && c <= 0x9fff)
			return simplified.get(ch) || ch;
		if (c >= 0xac00 && c <= 0xd7a3)
			return ch;
		if (/\p{M}/u.test(ch))
			return '';
		if (!/[\p{L}\p{N}]/u.test(ch))
			return null;
		return ch.normalize('NFKD').toUpperCase().toLowerCase()
			.normalize('NFKD').replace(/\p{M}/gu, '');
	}

	/* The words of what is sought, folded. */
	function cut(text) {
		var out = [], run = '', length = 0, borders = [], digit = false;
		var last = '', lone = false;

		function endRun() {
			var from = 0;

			if (borders.length && /^[0-9a-f]{7,}$/.test(run))
				borders = [];
			borders.concat(run.length).forEach(function (to) {
				if (run)
					out.push(run.slice(from, to));
				from = to;
			});
			run = '';
			length = 0;
			borders = [];
		}
		function endPairs() {
			if (last)
				out.push(last);
			last = '';
		}
		for (var ch of text) {
			var c = ch.codePointAt(0);

			if (c === 0xad || (c >= 0x200b && c <= 0x200d) ||
			    c === 0x2060 || c === 0xfeff)
				continue;
			var folded = foldLetter(ch, c);
			if (folded === '')
				continue;
			if (folded === null) {
				endPairs();
				endRun();
			} else if (isPaired(c) && size(folded) <= 4) {
				endRun();
				lone = !last;
				if (last)
					out.push(last + folded);
				last = folded;
			} else {
				var n = size(folded);

				endPairs();
				if (length + n > 64)
					continue;
				var isDigit = /^[0-9]/.test(folded);
				if (run && isDigit !== digit)
					borders.push(run.length);
				digit = isDigit;
				run += folded;
				length += n;
			}
		}
		endRun();
		if (lone)
			endPairs();
		return out;
	}

	/* --- stems: Porter's --- */

	var STEP2 = ['ational', 'ate', 'tional', 'tion', 'enci', 'ence',
		'anci', 'ance', 'izer', 'ize', 'logi', 'log', 'bli', 'ble',
		'alli', 'al', 'entli', 'ent', 'eli', 'e', 'ousli', 'ous',
		'ization', 'ize', 'ation', 'ate', 'ator', 'ate', 'alism', 'al',
		'iveness', 'ive', 'fulness', 'ful', 'ousness', 'ous',
		'aliti', 'al', 'iviti', 'ive', 'biliti', 'ble'];
	var STEP3 = ['ical', 'ic', 'ness', '', 'icate', 'ic', 'iciti', 'ic',
		'ful', '', 'ative', '', 'alize', 'al'];
	var STEP4 = ['al', 'ance', 'ence', 'er', 'ic', 'able', 'ible', 'ant',
		'ement', 'ment', 'ent', 'ion', 'ou', 'ism', 'ate', 'iti', 'ous',
		'ive', 'ize'];

	/* c for each consonant, v for each vowel. */
	function shape(word) {
		var out = '';

		for (var i = 0; i < word.length; i++)
			out += /[aeiou]/.test(word[i]) ||
				(word[i] === 'y' && i && out[i - 1] === 'c')
				? 'v' : 'c';
		return out;
	}

	function measure(word) {
		return (shape(word).match(/vc/g) || []).length;
	}

	function hasVowel(word) {
		return /[aeiou]|.y/.test(word);
	}

	function isShort(word) {
		return /cvc$/.test(shape(word)) && !/[wxy]$/.test(word);
	}

	function replaceEnd(word, table) {
		for (var i = 0; i < table.length; i += 2) {
			var stem = word.slice(0, -table[i].length);

			if (stem && word.endsWith(table[i]))
				return measure(stem) > 0 ? stem + table[i + 1] : word;
		}
		return word;
	}

	function step1(word) {
		var stem;

		if (/[^s]s$/.test(word))
			word = /(..ss|.i)es$/.test(word) ? word.slice(0, -2)
				: word.slice(0, -1);
		if (/.eed$/.test(word))
			return measure(word.slice(0, -3)) ? word.slice(0, -1) : word;
		stem = /.ed$/.test(word) ? word.slice(0, -2)
			: /.ing$/.test(word) ? word.slice(0, -3) : '';
		if (!stem || !hasVowel(stem))
			return word;
		if (/.(at|bl|iz)$/.test(stem))
			return stem + 'e';
		if (/([^aeioulsz])\1$/.test(stem))
			return stem.slice(0, -1);
		return measure(stem) === 1 && isShort(stem) ? stem + 'e' : stem;
	}

	function step4(word) {
		for (var i = 0; i < STEP4.length; i++) {
			var stem = word.slice(0, -STEP4[i].length);

			if (!stem || !word.endsWith(STEP4[i]))
				continue;
			return measure(stem) > 1 &&
				(STEP4[i] !== 'ion' || /[st]$/.test(stem)) ? stem : word;
		}
		return word;
	}

	function stem(word) {
		var length = size(word), m;

		if (length < 3 || length > 64)
			return word;
		word = step1(word);
		if (/y$/.test(word) && hasVowel(word.slice(0, -1)))
			word = word.slice(0, -1) + 'i';
		word = step4(replaceEnd(replaceEnd(word, STEP2), STEP3));
		if (/e$/.test(word)) {
			m = measure(word.slice(0, -1));
			if (m > 1 || (m === 1 && !isShort(word.slice(0, -1))))
				word = word.slice(0, -1);
		}
		if (/ll$/.test(word) && measure(word.slice(0, -1)) > 1)
			word = word.slice(0, -1);
		return word;
	}

	/* --- what was typed --- */

	function endsOpen(text) {
		var last = Array.from(cut(text).pop() || '');

		return last.length === 1 && isPaired(last[0].codePointAt(0));
	}

	/* The day of so many days and months before today. */
	function dayBefore(days, months) {
		var now = new Date(), day = new Date(now.getFullYear(),
			now.getMonth() - months, 1);
		var most = new Date(day.getFullYear(), day.getMonth() + 1, 0).getDate();

		day.setDate(Math.min(now.getDate(), most) - days);
		return [String(day.getFullYear()).padStart(4, '0'),
			String(day.getMonth() + 1).padStart(2, '0'),
			String(day.getDate()).padStart(2, '0')].join('-');
	}

	var AGO = { day: [1, 0], week: [7, 0], month: [0, 1], quarter: [0, 3],
		year: [0, 12], '天': [1, 0], '日': [1, 0], '周': [7, 0],
		'星期': [7, 0], '个月': [0, 1], '個月': [0, 1], '季度': [0, 3],
		'个季度': [0, 3], '年': [0, 12] };

	/* The first day of what a person calls a time; null if it is none. */
	function firstDay(text) {
		var found = /^(\d{4})(?:-(?:Q([1-4])|(\d\d)(?:-(\d\d))?))?(?:[T ].*)?$/
			.exec(text);
		var words = { today: 0, now: 0, '今天': 0, yesterday: 1, '昨天': 1,
			'前天': 2 };
		var ago;

		if (found)
			return [found[1], found[2]
				? String(found[2] * 3 - 2).padStart(2, '0')
				: found[3] || '01', found[4] || '01'].join('-');
		text = text.toLowerCase();
		if (text in words)
			return dayBefore(words[text], 0);
		ago = /^(\d+|a|last|上)[ ._-]*(\D+?)s?(?:[ ._-]*(?:ago|前))?$/.exec(text);
		if (!ago || !AGO[ago[2]])
			return null;
		var n = Number(ago[1]) || 1;
		return dayBefore(AGO[ago[2]][0] * n, AGO[ago[2]][1] * n);
	}

	/* A pattern as one of a whole text; in `path` a star ends at a slash. */
	function pattern(glob, path) {
		var out = glob.replace(/[.+^${}()|\\]/g, '\\$&')
			.replace(/\*\*\/|\*\*|\*|\?/g, function (sign) {
				return !path ? sign === '?' ? '.' : '.*'
					: { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*',
						'?': '[^/]' }[sign];
			}).replace(/\[!/g, '[^');

		try {
			return new RegExp('^' + out + '$', 'su');
		} catch {
			return /^\b$/;
		}
	}

	/* Whether the files that a retro names are, or may be, of a path. */
	function concerns(retro, path) {
		path = path.replace(/^\.?\//, '').replace(/\/$/, '');
		return retro[PATHS].some(function (glob) {
			var plain = glob.replace(/^\//, '').replace(/\/$/, '');
			var fixed = plain.split(/[*?[]/)[0];
			var inner = plain.includes('/') || glob.startsWith('/');

			return fixed === path || fixed.startsWith(path + '/') ||
				pattern((inner ? '' : '**/') + plain, true).test(path) ||
				pattern((inner ? '' : '**/') + plain + '/**', true).test(path);
		});
	}

	/* Of each filter: whether a retro passes one of its values. */
	var FILTERS = {
		label: function (retro, value) {
			return retro[LABELS].some(function (label) {
				return fold(label) === fold(value);
			});
		},
		kind: function (retro, value) {
			var plain = function (text) {
				return text.toLowerCase().replace(/[ _-]/g, '');
			};

			return terms.kinds.some(function (kind) {
				return kind[1] === retro[KIND] &&
					plain(kind[0]) === plain(value);
			});
		},
		release: function (retro, value) {
			return retro[RELEASES].some(function (release) {
				return pattern(value, false).test(release);
			});
		},
		path: concerns,
		author: function (retro, value) {
			return retro[AUTHORS].some(function (author) {
				return fold(author).includes(fold(value));
			});
		},
		since: function (retro, value) {
			var day = firstDay(value);

			return day !== null && retro[DAY] >= day && retro[DAY] !== '';
		},
	};

	/* The column of a section's name; -1 if there is none such. */
	function section(name) {
		var slug = simplify(fold(name)).replace(/[^\p{L}\p{N}]+/gu, '-')
			.replace(/^-|-$/g, '');
		var found = terms.sections.find(function (row) {
			return row[0] === slug || row[0] + 's' === slug;
		});

		return found ? found[1] : -1;
	}

	/* { all: [{ any, quoted }], none, columns, filters, excluded } */
	function parse(text) {
		var out = { all: [], none: [], columns: 0, filters: {}, excluded: [] };
		var at = 0, joins = false;

		function isWhite(i) {
			return /[ \t\r\n\f\v\u3000]/.test(text.charAt(i));
		}
		function isComma(i) {
			return /[、，·／；｜。/,;|]/.test(text.charAt(i));
		}
		function quoted() {
			if (!/["“]/.test(text.charAt(at)))
				return null;
			for (var i = at + 1; i < text.length; i++)
				if (/["”]/.test(text[i])) {
					var found = text.slice(at + 1, i);

					at = i + 1;
					return found;
				}
			return null;
		}
		function word() {
			var from = at;

			while (at < text.length && !isWhite(at))
				at++;
			return text.slice(from, at);
		}
		function part() {
			var from = at, script = -1;

			while (at < text.length && !isWhite(at) && !isComma(at)) {
				var c = text.codePointAt(at), ch = String.fromCodePoint(c);
				var next = foldLetter(ch, c) ? Number(isPaired(c)) : -1;

				if (script >= 0 && next >= 0 && next !== script)
					break;
				script = next >= 0 ? next : script;
				at += ch.length;
			}
			return text.slice(from, at);
		}
		function named(name) {
			var from = at + name.length + 1;

			return text.startsWith(name, at) &&
				/[:：]/.test(text.charAt(from - 1)) &&
				from < text.length && !isWhite(from) ? from : 0;
		}
		function add(found, without, isQuoted) {
			if (!cut(found).length)
				return;
			if (without) {
				out.none.push(found);
				return;
			}
			if (!joins)
				out.all.push({ any: [], quoted: false });
			var choice = out.all[out.all.length - 1];
			choice.quoted = choice.quoted || isQuoted;
			choice.any.push(found);
		}
		function takeOr() {
			if (!out.all.length || joins ||
			    !/^OR[ \t\r\n\f\v\u3000]+[^ \t\r\n\f\v\u3000]/.test(text.slice(at)))
				return false;
			at += 2;
			while (isWhite(at))
				at++;
			joins = true;
			return true;
		}
		function value() {
			var found = quoted();

			return found === null ? word() : found;
		}
		function takeFilter(name, without) {
			at = named(name);
			var one = value();

			if (without)
				out.excluded.push([name, one]);
			else if (name === 'since')
				out.filters.since = [one];
			else
				(out.filters[name] = out.filters[name] || []).push(one);
		}
		function take() {
			var minus = /[-－]/.test(text.charAt(at)) && at + 1 < text.length &&
				!isWhite(at + 1) && (!at || isWhite(at - 1));

			at += minus ? 1 : 0;
			var name = Object.keys(FILTERS).find(named);
			if (name) {
				joins = false;
				takeFilter(name, minus);
				return;
			}
			if (!minus && named('in')) {
				joins = false;
				at = named('in');
				var column = section(value());

				out.columns |= column < 0 ? 1 << 30 : 1 << column;
				return;
			}
			var found = quoted();
			if (found !== null) {
				add(found, minus, true);
			} else if (minus || joins) {
				add(word(), minus, false);
			} else {
				at += isComma(at) ? 1 : 0;
				add(part(), false, false);
			}
			joins = false;
		}
		function skip() {
			while (at < text.length && isWhite(at))
				at++;
			return at < text.length;
		}
		while (skip())
			if (!takeOr())
				take();
		var kept = out.all.filter(function (choice) {
			return choice.any.length > 1 || choice.quoted ||
				!small.has(fold(choice.any[0]));
		});
		out.all = kept.length ? kept : out.all;
		return out;
	}

	/* --- synonyms --- */

	function isLatin(word) {
		return word.charCodeAt(0) < 0x80;
	}

	function replaceWord(text, word, by) {
		if (isLatin(word))
			return text === word ? by : null;
		return text.includes(word) ? text.replace(word, function () {
			return by;
		}) : null;
	}

	function spans(asked, choice, entry) {
		if (!entry.includes(' '))
			return false;
		var words = entry.split(' ').filter(function (word) {
			return !small.has(word);
		});
		for (var from = Math.max(0, choice + 1 - words.length);
		     from <= choice && from + words.length <= asked.all.length; from++)
			if (words.every(function (word, i) {
				return simplify(fold(asked.all[from + i].any[0])) === word;
			}))
				return true;
		return false;
	}

	function synonyms(asked, choice) {
		var out = [simplify(fold(asked.all[choice].any[0]))];

		function add(text) {
			if (out.length < 16 && !out.includes(text))
				out.push(text);
		}
		function replaceEach(text, group) {
			group.forEach(function (word, i) {
				if (group.some(function (other, j) {
					return j !== i && other.includes(word) &&
						text.includes(other);
				}))
					return;
				group.forEach(function (other, j) {
					var made = j === i ? null
						: replaceWord(text, word, other);

					if (made !== null && made !== '')
						add(made);
				});
			});
		}
		terms.synonyms.forEach(function (group) {
			var before = out.length;

			group.forEach(function (entry, i) {
				if (spans(asked, choice, entry))
					group.forEach(function (other, j) {
						if (j !== i)
							add(other);
					});
			});
			for (var i = 1; i < before; i++)
				replaceEach(out[i], group);
			replaceEach(out[0], group);
		});
		return out.slice(1);
	}

	/* --- ways --- */

	function bits(pair) {
		var count = 0;

		pair.forEach(function (set) {
			for (; set; set &= set - 1)
				count++;
		});
		return count;
	}

	/* Which characters of a run are of words that say nothing. */
	function everyday(run) {
		var text = simplify(run.join('')), out = run.map(function () {
			return false;
		});

		terms.everyday.forEach(function (word) {
			for (var at = text.indexOf(word); at >= 0;
			     at = text.indexOf(word, at + 1))
				for (var i = 0; i < word.length; i++)
					out[Array.from(text.slice(0, at)).length + i] = true;
		});
		return out;
	}

	function cover(idle, from, to) {
		var out = [0, 0];

		for (var i = from; i < to; i++)
			if (!idle[i])
				out[i >> 5] |= 1 << (i & 31);
		return out;
	}

	function listWays(asked, depth) {
		var out = [], max = 120;

		function add(choice, kind, text, covers) {
			if (out.length < max)
				out.push({ choice: choice, kind: kind, text: text,
					open: kind === BEGINNING || endsOpen(text),
					covers: covers || [0, 0] });
		}
		function addParts(choice, text) {
			var run = Array.from(text), width = run.length > 2 ? 2 : 1;

			if (run.length < 2 || run.length > 64 ||
			    !run.every(function (ch) { return isPaired(ch.codePointAt(0)); }))
				return;
			var idle = everyday(run);
			for (var i = 0; i + width <= run.length; i++) {
				var covers = cover(idle, i, i + width);

				if (bits(covers))
					add(choice, PART, run.slice(i, i + width).join(''), covers);
			}
			var plain = simplify(fold(text));
			if (size(plain) === size(text))
				terms.synonyms.forEach(addSynonyms);
			for (i = 0; width === 2 && i < run.length; i++) {
				var one = cover(idle, i, i + 1);

				if (bits(one))
					add(choice, LETTER, run[i], one);
			}

			function addSynonyms(group) {
				group.forEach(function (word, i) {
					var at = isLatin(word) ? -1 : plain.indexOf(word);

					if (at < 0)
						return;
					var from = Array.from(plain.slice(0, at)).length;
					var part = cover(idle, from, from + Array.from(word).length);
					group.forEach(function (other, j) {
						if (j !== i)
							add(choice, PART, other, part);
					});
				});
			}
		}
		function latin(i) {
			var one = asked.all[i];

			return one && !one.quoted && one.any.length === 1 &&
				/^[A-Za-z]+$/.test(one.any[0]) ? one.any[0] : '';
		}
		/* A word in two, and two in one. */
		function addSplits(choice) {
			var word = latin(choice);

			for (var at = 2; at + 2 <= word.length && word.length <= 16; at++)
				add(choice, SYNONYM, word.slice(0, at) + ' ' + word.slice(at));
			for (var i = Math.max(0, choice - 1); word && i <= choice; i++)
				if (latin(i) && latin(i + 1))
					add(choice, SYNONYM, latin(i) + latin(i + 1));
		}
		asked.all.forEach(function (choice, i) {
			max = 120;
			choice.any.forEach(function (text) { add(i, WORD, text); });
			if (!depth || choice.quoted)
				return;
			choice.any.forEach(function (text) {
				var last = cut(text).pop();

				if (size(last.replace(/s$/, '')) >= 3 && !/^[0-9]/.test(last) &&
				    !isPaired(last.codePointAt(0)))
					add(i, BEGINNING, text);
			});
			synonyms(asked, i).forEach(function (text) { add(i, SYNONYM, text); });
			if (depth < 2 || choice.any.length > 1)
				return;
			max = 120 - 3 * (asked.all.length - i - 1);
			addSplits(i);
			addParts(i, choice.any[0]);
		});
		return out;
	}

	function isPart(way) {
		return way.kind >= PART;
	}

	function join(one, other) {
		return [one[0] | other[0], one[1] | other[1]];
	}

	function beyond(one, other) {
		return [one[0] & ~other[0], one[1] & ~other[1]];
	}

	/* The characters that the parts of a choice can cover. */
	function wholeCover(ways, choice) {
		return ways.reduce(function (sum, way) {
			return way.choice === choice ? join(sum, way.covers) : sum;
		}, [0, 0]);
	}

	/* How much of a run is there. */
	function shareOfRun(ways, choice, covered) {
		var whole = bits(wholeCover(ways, choice));

		return whole ? (bits(covered.paired) +
			0.3 * bits(beyond(covered.single, covered.paired))) / whole : 0;
	}

	function noteCovered(covered, way) {
		if (way.kind !== LETTER) {
			covered.paired = join(covered.paired, way.covers);
			return true;
		}
		covered.single = join(covered.single, way.covers);
		return bits(beyond(way.covers, covered.paired)) > 0;
	}

	/* --- matches --- */

	/* The numbers of the words that each word of a way may be. */
	function candidates(text, open) {
		var words = cut(text).map(stem);

		return words.map(function (word, i) {
			if (open && i + 1 === words.length)
				return new Set((starts.get(word[0]) || []).filter(function (id) {
					return known[id].startsWith(word);
				}));
			return new Set(numbers.has(word) ? [numbers.get(word)] : []);
		});
	}

	/* Whether the words behind the one at `at` follow it in its column. */
	function follow(lists, at, column) {
		var stop = end[owner[at]];

		for (var i = 1; i < lists.length; i++) {
			do
				at++;
			while (at < stop && (flags[at] & INSIDE ||
				(flags[at] & COLUMN) !== column));
			if (at >= stop)
				return false;
			var next = at, found = false;
			do
				found = found || lists[i].has(ids[next++]);
			while (next < stop && flags[next] & INSIDE);
			if (!found)
				return false;
		}
		return true;
	}

	/* How often each retro has a way, weighted, and how many have it. */
	function count(lists, columns) {
		var times = new Float64Array(retros.length), docs = 0, seen = [];

		lists[0].forEach(function (id) {
			for (var i = first[id]; i < first[id + 1]; i++) {
				var at = where[i], column = flags[at] & COLUMN;

				if (column === HIDDEN ||
				    (columns && !(columns & 1 << column)))
					continue;
				while (flags[at] & INSIDE)
					at--;
				if (marks[at] || !follow(lists, at, column))
					continue;
				marks[at] = 1;
				seen.push(at);
				if (!times[owner[at]])
					docs++;
				times[owner[at]] += column === TITLE ? 8
					: column === PITFALLS ? 4 : 1;
			}
		});
		seen.forEach(function (at) { marks[at] = 0; });
		return { times: times, docs: docs };
	}

	/* --- ranks --- */

	var KINDS = [1, 0.6, 0.8, 0.7, 0.3];

	function score(match, ways, asked) {
		var enough = 1.2 * (1 - 0.75 + 0.75 * (bytes[match.i] / mean));

		match.exact = true;
		for (var at = 0; at < ways.length;) {
			var choice = ways[at].choice, worth = ways[at].worth;
			var best = 0, parts = 0, sum = 0, share = 1;
			var covered = { paired: [0, 0], single: [0, 0] };

			for (; at < ways.length && ways[at].choice === choice; at++) {
				var way = ways[at], times = way.times[match.i];

				if (!times || !noteCovered(covered, way))
					continue;
				var one = KINDS[way.kind] * way.worth * times * (1.2 + 1) /
					(times + enough);
				if (isPart(way))
					parts += one;
				else if (way.kind === WORD)
					sum += one;
				else
					best = Math.max(best, one);
			}
			best = Math.max(best, sum);
			if (!best) {
				share = shareOfRun(ways, choice, covered);
				match.near = match.near || share >= 0.4;
				best = parts;
			}
			match.exact = match.exact && sum > 0;
			match.has += share >= 0.4 ? 1 : 0;
			match.share += share * worth;
			match.score += best;
		}
		match.full = !match.near && match.has === asked.all.length;
		weighWords(match, asked);
	}

	function weighWords(match, asked) {
		if (match.has && match.has < asked.all.length)
			match.score *= Math.sqrt(Math.sqrt(match.has / asked.all.length));
	}

	function byRank(a, b) {
		return b.full - a.full || b.exact - a.exact ||
			b.score - a.score || a.place - b.place;
	}

	/* --- nearness --- */

	/* What is sought in the words [from, to), in their order. */
	function spots(ways, from, to) {
		var out = [], place = 0;

		function standsAt(way, at) {
			for (var i = 0; ; i++) {
				if (!way.lists[i].has(ids[at]))
					return -1;
				if (i + 1 === way.lists.length)
					return at;
				do
					at++;
				while (at < to && flags[at] & (INSIDE | ABSENT));
				if (at >= to)
					return -1;
			}
		}
		for (var at = from; at < to; at++) {
			if (flags[at] & ABSENT)
				continue;
			if (marked.has(ids[at]))
				for (var j = 0; j < ways.length; j++) {
					var last = standsAt(ways[j], at);

					if (last >= 0)
						out.push({ way: ways[j], number: j, place: place,
							whole: !(flags[at] & LEFT) &&
								((ways[j].open && ways[j].kind !== BEGINNING) ||
								!(flags[last] & RIGHT)) });
				}
			if (!(flags[at] & INSIDE))
				place += isPaired(known[ids[at]].codePointAt(0)) ? 1 : 2;
		}
		return out;
	}

	var marked = new Set();

	function mark(ways) {
		marked.clear();
		ways.forEach(function (way) {
			way.lists[0].forEach(function (id) { marked.add(id); });
		});
	}

	function thing(asked, way, number) {
		return isPart(way) ? asked.all.length + number : way.choice;
	}

	function nearest(asked, found) {
		var best = { sum: 0, at: 0, end: 0 };

		for (var i = 0; i < found.length; i++) {
			var seen = new Set(), sum = 0, j = i;

			for (; j < found.length && found[j].place < found[i].place + 40; j++) {
				var it = thing(asked, found[j].way, found[j].number);

				if (seen.has(it))
					continue;
				seen.add(it);
				sum += found[j].way.worth;
			}
			if (sum > best.sum)
				best = { sum: sum, at: i, end: j };
		}
		return best;
	}

	function areWhole(found) {
		var all = new Set(), whole = new Set();

		found.forEach(function (spot) {
			if (spot.way.kind !== WORD)
				return;
			all.add(spot.way.choice);
			if (spot.whole)
				whole.add(spot.way.choice);
		});
		return all.size === whole.size;
	}

	function partsAreNear(ways, found) {
		return found.some(function (spot, i) {
			var covered = { paired: [0, 0], single: [0, 0] };

			for (var j = i; j < found.length &&
			     found[j].place < spot.place + 80; j++)
				noteCovered(covered, found[j].way);
			return shareOfRun(ways, 0, covered) >= 0.4;
		});
	}

	function look(asked, ways, match) {
		var found = spots(ways, begin[match.i], middle[match.i]);
		var near = nearest(asked, found), all = 0, before = -1;

		ways.forEach(function (way, i) {
			var it = thing(asked, way, i);

			if (way.times[match.i] && (!i || it !== before))
				all += way.worth;
			before = it;
		});
		match.exact = (match.exact && areWhole(found)) || asked.all.length > 2;
		if (match.full && asked.all.length > 2 && near.sum < 0.5 * all) {
			match.full = false;
			match.has = new Set(found.slice(near.at, near.end)
				.map(function (spot) { return spot.way.choice; })).size;
			weighWords(match, asked);
		}
		match.near = match.near &&
			(asked.all.length > 1 || partsAreNear(ways, found));
		if (all > 0)
			match.score *= 1 + 0.6 * Math.min(1, near.sum / all);
		var titled = new Set(spots(ways, middle[match.i], end[match.i])
			.map(function (spot) { return spot.way.choice; }));
		if (titled.size && titled.size === match.has)
			match.score *= 1 + 0.5;
	}

	/* --- the whole --- */

	function passes(asked, retro) {
		return Object.keys(asked.filters).every(function (name) {
			return asked.filters[name].some(function (value) {
				return FILTERS[name](retro, value);
			});
		}) && !asked.excluded.some(function (pair) {
			return FILTERS[pair[0]](retro, pair[1]);
		});
	}

	function keepMost(matches, all) {
		var most = 0, full = false;

		matches.forEach(function (match) {
			if (match.full)
				full = true;
			else
				most = Math.max(most, match.share);
		});
		most = full && all === 2 ? 1 : Math.max(0.25, 0.4 * most);
		return matches.filter(function (match) {
			return match.full || match.share >= most;
		});
	}

	/* `counted`: by what is sought, the words that it may be and how often
	 * each retro has them. */
	function findMatches(asked, depth, counted, without) {
		var ways = listWays(asked, depth), out = [];

		ways.forEach(function (way) {
			var key = (way.open ? '*' : ' ') + way.text, docs;

			if (!counted.has(key)) {
				var lists = candidates(way.text, way.open);

				counted.set(key, { lists: lists, count: count(lists, asked.columns) });
			}
			way.lists = counted.get(key).lists;
			way.times = counted.get(key).count.times;
			docs = way.docs = counted.get(key).count.docs;
			way.worth = Math.log(1 + (retros.length - docs + 0.5) / (docs + 0.5));
		});
		var whole = asked.all.reduce(function (sum, choice, i) {
			var its = ways.filter(function (way) { return way.choice === i; });

			return its.some(function (way) { return way.docs; })
				? sum + its[0].worth : sum;
		}, 0) || 1;
		for (var i = 0; i < retros.length; i++) {
			var has = new Set();

			if (without[i])
				continue;
			for (var j = 0; j < ways.length; j++)
				if (ways[j].times[i])
					has.add(ways[j].choice);
			if (depth === 2 ? !has.size : has.size < asked.all.length)
				continue;
			var match = { i: i, place: retros[i][PLACE], score: 0, has: 0,
				share: 0, near: false, full: false, exact: true };
			score(match, ways, asked);
			match.share /= whole;
			if (passes(asked, retros[i]))
				out.push(match);
		}
		if (depth === 2)
			out = keepMost(out, asked.all.length);
		return { ways: ways, matches: out };
	}

	/* Of each retro: 1 if it has one of the words that are to be away. */
	function withoutNone(asked) {
		var out = new Uint8Array(retros.length);

		asked.none.forEach(function (text) {
			count(candidates(text, endsOpen(text)), 0).times
				.forEach(function (times, i) {
					out[i] = out[i] || times ? 1 : 0;
				});
		});
		return out;
	}

	function lookClosely(asked, found, depth) {
		found.matches.sort(byRank);
		mark(found.ways);
		var best = found.matches.slice(0, 50);
		best.forEach(function (match) { look(asked, found.ways, match); });
		if (depth < 2)
			return found.matches;
		var near = asked.all.length === 1 &&
			best.some(function (match) { return match.near; });
		return found.matches.filter(function (match, i) {
			return match.full || (i < 50 && (!near || match.near));
		});
	}

	function isScattered(matches) {
		var full = matches.filter(function (match) { return match.full; }).length;

		return full < matches.length && full < 3;
	}

	/* The rows that are found, the best first, and how many of them have all of
	 * the words; null where nothing is asked. */
	function find(text) {
		var asked = parse(text), without = withoutNone(asked), counted = new Map();
		var found, depth = 1;

		if (!asked.all.length && !asked.none.length &&
		    !Object.keys(asked.filters).length && !asked.excluded.length)
			return null;
		if (!asked.all.length) {
			found = [];
			retros.forEach(function (retro, i) {
				if (!without[i] && passes(asked, retro))
					found.push(i);
			});
			return { rows: found, full: found.length };
		}
		found = findMatches(asked, depth, counted, without);
		if (asked.all.length > 1 ? found.matches.length < 3
			: !found.matches.length)
			found = findMatches(asked, depth = 2, counted, without);
		var kept = lookClosely(asked, found, depth);
		if (depth < 2 && isScattered(kept)) {
			found = findMatches(asked, depth = 2, counted, without);
			kept = lookClosely(asked, found, depth);
		}
		kept.sort(byRank);
		return {
			rows: kept.map(function (match) { return match.i; }),
			full: kept.filter(function (match) { return match.full; }).length,
		};
	}

	return { words: words, load: load, find: find,
		isReady: function () { return ready; } };
})();
