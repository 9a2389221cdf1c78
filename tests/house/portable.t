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
	AT_EMPTY_PATH CLOCK_BOOTTIME CLOCK_MONOTONIC_COARSE
	CLOCK_REALTIME_COARSE F_ADD_SEALS F_OFD_SETLK F_SETPIPE_SZ
	MADV_POPULATE_WRITE MAP_POPULATE MSG_NOSIGNAL O_DIRECT O_NOATIME O_PATH
	O_TMPFILE POLLRDHUP SIGRTMIN SOCK_CLOEXEC SOCK_NONBLOCK accept4
	canonicalize_file_name clock_getcpuclockid clock_nanosleep close_range
	copy_file_range dup3 eaccess epoll_create1 euidaccess eventfd execveat
	execvpe explicit_bzero fallocate fanotify_init fdatasync fexecve
	fopencookie get_current_dir_name getauxval getrandom gettid
	inotify_init1 malloc_trim mallopt memfd_create mempcpy memrchr mremap
	pidfd_open pidfd_send_signal pipe2 posix_fadvise posix_fallocate
	posix_spawn_file_actions_addclosefrom_np ppoll prctl preadv2
	program_invocation_name program_invocation_short_name
	pthread_condattr_setclock pthread_getcpuclockid pthread_mutex_timedlock
	pthread_setaffinity_np qsort_r rawmemchr reallocarray sched_getaffinity
	secure_getenv sem_timedwait sendfile sigabbrev_np signalfd sigtimedwait
	sigwaitinfo st_atim st_ctim st_mtim statx strchrnul strerrorname_np
	strverscmp sync_file_range syncfs sysinfo timer_create timerfd_create
	versionsort vmsplice
	END
}
ok 'macOS: what stands against it is on its page' '
	cd "$TOP/src" && linux_names >"$TRASH/names" &&
	test "$(wc -l <"$TRASH/names")" -gt 85 && while read -r name
	do
		grep -qw -e "$name" *.c */*.c */*.h || continue
		grep -q "^| \`$name\` |" packaging/macos.md || {
			echo "not in src/packaging/macos.md: $name"
			exit 1
		}
	done <"$TRASH/names"
'
ok 'macOS: each file that looks into /proc is on its page' '
	cd "$TOP/src" && grep "\"/proc/" *.c */*.c | grep -v /proc/no-index |
		cut -d : -f 1 | sort -u >"$TRASH/files" &&
	test -s "$TRASH/files" && while read -r file
	do
		grep "^| .\?/proc/" packaging/macos.md |
			grep -q -F "\`$file\`" || {
			echo "not in src/packaging/macos.md: $file"
			exit 1
		}
	done <"$TRASH/files"
'
ok 'macOS: environ, which no header there has, is declared where it is used' '
	cd "$TOP/src" && grep -lw environ *.c */*.c >"$TRASH/files" &&
	test -s "$TRASH/files" && while read -r file
	do
		grep -qx "extern char \*\*environ;" "$file" || {
			echo "not declared: $file"
			exit 1
		}
	done <"$TRASH/files"
'
test_done
