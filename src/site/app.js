/* SPDX-License-Identifier: GPL-2.0-only */
/* Search as one types (search.js), and filters, over the rows of the index. */
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

	function kept(i) {
		return selects.every(function (select) {
			var cell = cells[i][Number(select.dataset.column)];

			return !select.value || cell === select.value ||
				cell.split(', ').indexOf(select.value) >= 0;
		});
	}

	var moved = false;

	function show() {
		var found = search(input.value);
		var order = found ? found.rows : rows.map(function (row, i) { return i; });

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
