# SPDX-License-Identifier: GPL-2.0-only
#
# The commands of the CI templates, taken out of the files that `init --ci`
# writes, and a forge that writes down what it is asked: a curl that answers
# from files.

# github_step <file> <job> <step>: the script of a step.
github_step () {
	awk -v job="  $2:" -v step="      - name: $3" '
		/^  [a-z]+:$/ { in_job = $0 == job }
		/^      - / { in_step = in_job && $0 == step; in_run = 0 }
		in_step && /^        run: \|$/ { in_run = 1; next }
		in_run && NF && !/^          / { in_run = 0 }
		in_run { sub(/^          /, ""); print }
	' "$1"
}

# gitlab_script <file> <job> <script|before_script>: likewise.
gitlab_script () {
	awk -v job="$2:" -v part="  $3:" '
		/^[.a-z-]/ { in_job = $0 == job; in_run = 0 }
		/^  [a-z]/ { in_part = in_job && $0 == part; in_run = 0 }
		in_part && /^    - \|$/ { in_run = 1; next }
		in_run && NF && !/^      / { in_run = 0 }
		in_run { sub(/^      /, ""); print }
	' "$1"
}

# run_step <script>: as a runner does.
run_step () {
	bash -e "$1"
}

# fake_curl: puts one into $TRASH/bin, which comes first in PATH. It logs
# "<method> <address>" in $FORGE/log and all its arguments in $FORGE/args, keeps what it is sent in $FORGE/<n>.json,
# answers GET with $FORGE/<last part of the address>.json ("[]" if there is
# none), and refuses an address that $FORGE/refuse names.
fake_curl () {
	mkdir -p "$TRASH/bin" "$FORGE" &&
	cat >"$TRASH/bin/curl" <<-\EOF && chmod +x "$TRASH/bin/curl"
	#!/bin/sh
	method=GET data= url=
	echo "$*" >>"$FORGE/args"
	while [ $# -gt 0 ]
	do
		case $1 in
		-X) method=$2; shift ;;
		-H) shift ;;
		--data) data=$2; shift ;;
		-*) ;;
		*) url=$1 ;;
		esac
		shift
	done
	echo "$method $url" >>"$FORGE/log"
	nr=$(wc -l <"$FORGE/log")
	case $data in
	@-) cat >"$FORGE/$nr.json" ;;
	@*) cat "${data#@}" >"$FORGE/$nr.json" ;;
	esac
	[ ! -f "$FORGE/refuse" ] || ! grep -qF "$method $url" "$FORGE/refuse" ||
		exit 22
	name=${url%%\?*}
	case $url in *page=[2-9]*) echo '[]'; exit ;; esac
	cat "$FORGE/${name##*/}.json" 2>/dev/null || echo '[]'
	EOF
	PATH=$TRASH/bin:$PATH
	export PATH
}
