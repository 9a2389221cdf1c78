/* SPDX-License-Identifier: GPL-2.0-only */
/* Search as one types, and filters, over the rows of the index. `retros` is
 * data.js: address, title, pitfalls and text of each row, folded. */
(function () {
	'use strict';
	var input = document.getElementById('q');
	var count = document.getElementById('count');
	var body = document.querySelector('table.retros tbody');
	if (!input || !body)
		return;
	var rows = Array.prototype.slice.call(body.rows);
	var selects = Array.prototype.slice.call(
		document.querySelectorAll('#search select'));
	var cells = rows.map(function (row) {
		return Array.prototype.map.call(row.cells, function (cell) {
			return cell.textContent;
		});
	});
	var weights = [[1, 8], [2, 4], [3, 1]];
	var wide = /[\u2e80-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]/;
	var letter = /[\p{L}\p{N}]/u;

	function fold(text) {
		return text.normalize('NFKC').toLowerCase();
	}

	/* Words and "phrases"; -word keeps away. Chinese and Latin part. */
	function parse(text) {
		var terms = [], found, part = /(-?)"([^"]+)"|(-?)([^\s"]+)/g;

		while ((found = part.exec(fold(text)))) {
			var not = Boolean(found[1] || found[3]);

			if (found[2]) {
				terms.push({ text: found[2].trim(), not: not, whole: true });
				continue;
			}
			(found[4].match(/[\u2e80-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]+|[\p{L}\p{N}._+#-]+/gu) || [])
				.forEach(function (word) {
					if (letter.test(word))
						terms.push({ text: word, not: not, whole: false });
				});
		}
		return terms;
	}

	/* How often a text has it: a Latin word where one begins so, a phrase
	 * where it ends as well. */
	function times(text, term) {
		var word = term.text, n = 0, at = text.indexOf(word);
		var any = wide.test(word[0]);

		for (; at >= 0; at = text.indexOf(word, at + word.length)) {
			if (any || !at || !letter.test(text[at - 1])) {
				var next = text[at + word.length];

				if (any || !next || !letter.test(next))
					n += 1;
				else if (!term.whole)
					n += 0.5;
			}
			if (n > 20)
				break;
		}
		return n;
	}

	function rank(terms) {
		var wanted = terms.filter(function (term) { return !term.not; });
		var docs = wanted.map(function () { return 0; });
		var hits = [];

		retros.forEach(function (retro, i) {
			var have = [], all = 0;

			for (var t = 0; t < terms.length; t++)
				if (terms[t].not && weights.some(function (w) {
					return times(retro[w[0]], terms[t]);
				}))
					return;
			wanted.forEach(function (term, j) {
				var sum = 0;

				weights.forEach(function (w) {
					sum += w[1] * times(retro[w[0]], term);
				});
				have.push(sum);
				if (sum) {
					docs[j]++;
					all++;
				}
			});
			if (all || !wanted.length)
				hits.push({ i: i, have: have, all: all, score: 0 });
		});
		hits.forEach(function (hit) {
			hit.have.forEach(function (n, j) {
				var idf = Math.log(1 + (retros.length - docs[j] + 0.5) /
					(docs[j] + 0.5));

				hit.score += idf * n * 2.2 / (n + 1.2);
			});
		});
		var most = hits.reduce(function (m, hit) {
			return Math.max(m, hit.all);
		}, 0);
		hits = hits.filter(function (hit) { return hit.all === most; });
		hits.sort(function (a, b) {
			return b.score - a.score || a.i - b.i;
		});
		return { hits: hits, full: most === wanted.length };
	}

	function kept(i) {
		return selects.every(function (select) {
			var cell = cells[i][Number(select.dataset.column)];

			return !select.value || cell === select.value ||
				cell.split(', ').indexOf(select.value) >= 0;
		});
	}

	var moved = false;

	function show() {
		var terms = parse(input.value), found = null, order = [];

		if (terms.length) {
			found = rank(terms);
			order = found.hits.map(function (hit) { return hit.i; });
		} else {
			order = rows.map(function (row, i) { return i; });
		}
		order = order.filter(kept);
		var visible = new Set(order);
		rows.forEach(function (row, i) {
			var hide = !visible.has(i);

			if (row.hidden !== hide)
				row.hidden = hide;
		});
		if (found || moved)
			order.forEach(function (i) { body.appendChild(rows[i]); });
		moved = Boolean(found);
		count.textContent = (!order.length ? count.dataset.none :
			found && !found.full ? count.dataset.some :
			count.dataset.all).replace('%d', String(order.length));
		document.getElementById('search').dataset.ready = 'yes';
	}

	input.addEventListener('input', show);
	selects.forEach(function (select) {
		select.addEventListener('change', show);
	});
	document.getElementById('search').addEventListener('submit',
		function (event) { event.preventDefault(); });
	document.addEventListener('keydown', function (event) {
		if (event.key === '/' && event.target === document.body) {
			event.preventDefault();
			input.focus();
		} else if (event.key === 'Escape' && event.target === input) {
			input.value = '';
			show();
		}
	});
	show();
})();
