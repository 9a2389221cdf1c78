# SPDX-License-Identifier: GPL-2.0-only
#
# A PostgreSQL of our own in the folder $pg, which everybody can enter, with
# trust and without fsync; pg_bin is "" where there is none.
pg_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)

# pg_own <program>...: PostgreSQL refuses the superuser.
pg_own () {
	if [ "$(id -u)" = 0 ]
	then
		setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"
	else
		"$@"
	fi
}

# pg_start [<setting>...]
pg_start () {
	pg_settings="-k $pg -c listen_addresses='' -c fsync=off"
	for setting
	do
		pg_settings="$pg_settings -c $setting"
	done
	mkdir -m 777 "$pg" &&
	pg_own "$pg_bin/initdb" -D "$pg/data" -U retro -A trust -N \
		-E UTF8 --locale=C >/dev/null &&
	pg_own "$pg_bin/pg_ctl" -s -w -D "$pg/data" -l "$pg/log" \
		-o "$pg_settings" start
}

pg_stop () {
	[ ! -f "$pg/data/postmaster.pid" ] ||
		pg_own "$pg_bin/pg_ctl" -s -m immediate -D "$pg/data" stop
}

# pg <psql's arguments>
pg () {
	psql -X -q -At -h "$pg" -U retro postgres "$@"
}
