#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Nothing in the sources needs glibc: musl compiles all of them, and links the
# program that git starts first. What is Linux's own stands in the page of macOS.
. "${0%/*}/../lib/test.sh"

# musl's headers first; those of the libraries and of the kernel behind them.
musl () {
	musl-gcc -std=c11 -D_GNU_SOURCE -DVERSION='""' -DLINKED='""' -Isrc \
		-idirafter /usr/include \
		-idirafter "/usr/include/$(gcc -print-multiarch)" \
		-Wall -Wextra -Werror=implicit-function-declaration "$@"
}

if command -v musl-gcc >/dev/null
then
	ok 'the hook program: linked, and it runs' '
		cd "$TOP" && musl -O1 -static -o "$TRASH/hook" \
			$(make -s front-sources) && "$TRASH/hook" </dev/null
	'
	ok 'an older kernel: no openat2, no renameat2' '
		printf "%s\n" "#include <sys/syscall.h>" "#undef SYS_openat2" \
			"#undef SYS_renameat2" >without.h && cd "$TOP" &&
		musl -Werror -include "$TRASH/without.h" -fsyntax-only \
			src/base/opener.c
	'
	ok 'every other source compiles' '
		cd "$TOP" && for source in src/*.c src/*/*.c
		do
			case $source in
			src/front/* | src/git/offline.c) continue ;;
			esac
			musl -fsyntax-only "$source" || exit 1
		done
	'
else
	skip 'the hook program: linked, and it runs' 'no musl-gcc'
	skip 'an older kernel: no openat2, no renameat2' 'no musl-gcc'
	skip 'every other source compiles' 'no musl-gcc'
fi

# What Linux has and macOS has not, but for what is tried by the compiler.
linux_names () {
	tr ' ' '\n' <<-\END
	MADV_POPULATE_WRITE MAP_POPULATE MSG_NOSIGNAL O_DIRECT O_NOATIME O_PATH
	O_TMPFILE POLLRDHUP SOCK_CLOEXEC SOCK_NONBLOCK F_ADD_SEALS F_OFD_SETLK
	F_SETPIPE_SZ accept4 canonicalize_file_name close_range copy_file_range
	dup3 eaccess epoll_create1 euidaccess eventfd execvpe explicit_bzero
	fallocate fanotify_init fdatasync fopencookie get_current_dir_name
	getauxval getrandom gettid inotify_init1 mallopt malloc_trim
	memfd_create mempcpy memrchr mremap pipe2 posix_fadvise
	posix_fallocate ppoll prctl program_invocation_name
	program_invocation_short_name qsort_r rawmemchr reallocarray
	sched_getaffinity secure_getenv sendfile sigabbrev_np signalfd
	sigtimedwait sigwaitinfo st_atim st_ctim st_mtim strchrnul
	strerrorname_np strverscmp sync_file_range syncfs sysinfo
	timerfd_create versionsort vmsplice
	END
}
ok 'macOS: what stands against it is on its page' '
	cd "$TOP/src" && linux_names >"$TRASH/names" &&
	test "$(wc -l <"$TRASH/names")" -gt 60 && while read -r name
	do
		grep -qw -e "$name" *.c */*.c */*.h || continue
		grep -q "^| \`$name\` |" packaging/macos.md || {
			echo "not in src/packaging/macos.md: $name"
			exit 1
		}
	done <"$TRASH/names"
'
test_done
