/* SPDX-License-Identifier: GPL-2.0-only */
/* Search as one types (search.js), and filters, over the rows of the index. */
(function () {
	'use strict';
	var SHOWN = 200; /* rows, before more are asked for */
	var form = document.getElementById('search');
	var input = document.getElementById('q');
	var count = document.getElementById('count');
	var table = document.querySelector('table.retros');
	var rest = document.getElementById('rest');
	if (!input || !table)
		return;
	var rows = Array.from(table.querySelectorAll('tbody tr'));
	var body = table.tBodies[0];
	var selects = Array.from(document.querySelectorAll('#search select'));
	var all = false;

	function kept(i) {
		return selects.every(function (select) {
			if (!select.value)
				return true;
			var cell = rows[i].cells[Number(select.dataset.column)].textContent;

			/* An option's value has no two spaces in a row. */
			return (', ' + cell.replace(/\s+/g, ' ') + ', ')
				.includes(', ' + select.value + ', ');
		});
	}

	function say(text, number) {
		count.textContent = text.replace('%d', String(number));
	}

	function showRows(order) {
		var most = all ? order.length : SHOWN;
		var shown = document.createDocumentFragment();

		order.slice(0, most).forEach(function (i) {
			shown.append(rows[i]);
		});
		body.replaceChildren(shown);
		if (!rest)
			return;
		rest.hidden = order.length <= most;
		rest.firstChild.textContent =
			rest.firstChild.dataset.all.replace('%d', String(order.length));
	}

	function show() {
		var sought = /\S/.test(input.value), found = null;

		delete form.dataset.ready;
		if (sought && !search.isReady()) {
			say(count.dataset.wait);
			search.load(function (good) {
				if (good)
					show();
				else
					say(count.dataset.broken);
			});
			return;
		}
		if (sought)
			found = search.find(input.value);
		var order = (found ? found.rows : rows.map(function (row, i) {
			return i;
		})).filter(kept);

		showRows(order);
		say(!order.length ? count.dataset.none
			: found && !found.full ? count.dataset.some
			: count.dataset.all, order.length);
		form.dataset.ready = 'yes';
	}

	function anew() {
		all = false;
		show();
	}

	Array.from(table.tBodies).slice(1).forEach(function (more) {
		more.remove();
	});
	input.addEventListener('input', anew);
	input.addEventListener('focus', function () {
		search.load(function () {});
	});
	selects.forEach(function (select) {
		select.addEventListener('change', anew);
	});
	form.addEventListener('submit', function (event) {
		event.preventDefault();
	});
	if (rest)
		rest.firstChild.addEventListener('click', function () {
			all = true;
			show();
		});
	document.addEventListener('keydown', function (event) {
		if (event.key === '/' && event.target === document.body) {
			event.preventDefault();
			input.focus();
		} else if (event.key === 'Escape' && event.target === input) {
			input.value = '';
			anew();
		}
	});
	show();
})();
