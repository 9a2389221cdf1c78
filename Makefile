# SPDX-License-Identifier: GPL-2.0-only
#
#   make demo [REPO=<path>]  install what the build needs, build, and run the
#                            main job on a scratch clone of a repository
#   make test                install what the tests need, and pass them
#
#   make                     build; V=1 shows the whole commands
#   make check               run the tests with what is installed
#   make install             programs, manual, completions; PREFIX, DESTDIR
#   make sanitize            the tests under ASan and UBSan
#   make fuzz                random edits, checked byte for byte, and each
#                            target of libFuzzer; FUZZ_SECONDS=60
#   make bench               time what the hooks cost (hyperfine)
#   make format              lay the sources out; format-check only looks
#   make pot                 build/git-retro.pot, every message; make po merges
#                            it into the catalogs of src/po/, without old ones
#   make dist                build/git-retro-<version>.tar.gz of what HEAD holds
#   make deb                 Debian packages, source and binary, in build/deb;
#                            make deb-deps installs what that needs
#   make archive             what is installed, as an archive for other machines
#                            of this kind, and its checksum
#
# Settings of your own go into config.mk.

# As many compilers as processors, where -j does not say it.
ifeq ($(filter -j%,$(MAKEFLAGS)),)
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 1)
endif

VERSION = 0.1.0
PREFIX = /usr/local
BUILD = build
CC = cc
CFLAGS = -O2 -g
LDFLAGS = -pthread
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion \
	-Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2
comma := ,
# What can be linked here: nothing is assumed of the machine.
links = $(shell echo 'int main(void) { return 0; }' | \
	$(CC) -x c - -o /dev/null $(1) >/dev/null 2>&1 && echo yes)
# Costs no time that can be measured. Empty it for what has checks of its own.
CHECKS = -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong \
	-fstack-clash-protection -fPIE $(if $(filter x86_64 i%86,$(shell \
	uname -m)),-fcf-protection)
HARDENING := $(if $(call links,-O1 $(CHECKS)),$(CHECKS))
HARDENED_LINK := $(if $(call links,-pie -Wl$(comma)-z$(comma)relro$(comma)-z$(comma)now),-Wl$(comma)-z$(comma)relro$(comma)-z$(comma)now)
# git-retro-hook is started hundreds of times by one fetch: static saves a
# third of its time.
HOOK_LDFLAGS := $(or $(if $(call links,-fPIE -static-pie),-static-pie), \
	$(if $(call links,-static),-static))
# Links libgit2 1.5 without its network, which takes two thirds of the time of
# a start (src/git/offline.c). Empty: the shared libraries, of any version.
STATIC_LIBS = -Wl,-Bstatic -lgit2 -lmbedcrypto -lhttp_parser -lcmark -lyaml \
	-ljansson -lutf8proc -lsqlite3 -lz -Wl,-Bdynamic
OFFLINE := $(if $(shell pkg-config 'libgit2 >= 1.5' 'libgit2 < 1.6' \
	2>/dev/null && echo yes),$(call links,$(STATIC_LIBS)))
# Shared, it is opened when the first object is read (src/git/libgit2.h). Empty
# where it cannot be told which that is: then it is linked as any other.
LIBGIT2_SO := $(if $(OFFLINE),,$(wildcard $(shell pkg-config \
	--variable=libdir libgit2 2>/dev/null)/libgit2.so))
LATE := $(if $(LIBGIT2_SO),$(shell readelf -d $(LIBGIT2_SO) 2>/dev/null | \
	sed -n 's/.*(SONAME).*\[\(.*\)\].*/\1/p'))
# How long `make fuzz` runs each target.
FUZZ_SECONDS = 60
-include config.mk

BUILD_PACKAGES = gcc libc6-dev pkg-config libgit2-dev libcmark-dev \
	libyaml-dev libmbedtls-dev libjansson-dev libutf8proc-dev libsqlite3-dev libpcre2-dev \
	opencc gettext
TEST_PACKAGES = $(BUILD_PACKAGES) libcmocka-dev perl clang clang-format \
	libclang-rt-dev jq man-db mandoc zsh fish bash-completion git-lfs \
	pre-commit patchelf musl-tools libxml2-utils chromium sqlite3 \
	postgresql
LIBRARIES = libgit2 libcmark yaml-0.1 jansson libutf8proc sqlite3 libpcre2-8

# Asked when they are used, so that `make demo` can install them first.
LIB_CFLAGS = $(shell pkg-config --cflags $(LIBRARIES))
ifeq ($(OFFLINE),)
LIB_LIBS = $(shell pkg-config --libs $(filter-out $(if $(LATE),libgit2), \
	$(LIBRARIES))) -lmbedcrypto -lm $(if $(LATE),-ldl)
else
LIB_LIBS = $(BUILD)/git/offline.o $(STATIC_LIBS) -lpcre2-8 -lm
endif
# -Werror where the tests are run: a warning is a failure there, in tests, too.
WERROR =
COMPILE = $(CC) -std=c11 -D_GNU_SOURCE -Isrc $(WARNINGS) $(WERROR) $(HARDENING) $(CFLAGS) \
	$(LIB_CFLAGS) -DVERSION='"$(VERSION)"' \
	-DLINKED='"$(if $(OFFLINE),static without its network,shared$(if \
	$(LATE),$(comma) opened when it is needed))"' \
	$(if $(LATE),-I$(BUILD) -DLATE_LIBGIT2='"$(LATE)"')

# A short line for each file that is made; V=1 shows the whole command.
V =
say = $(if $(V),,@printf '  %-5s %s\n' $1 '$(@:$(BUILD)/%=%)';)

SOURCES := $(filter-out $(if $(OFFLINE),,src/git/offline.c), \
	$(sort $(wildcard src/*.c src/*/*.c)))
OBJECTS := $(SOURCES:src/%.c=$(BUILD)/%.o)
FRONT := $(addprefix $(BUILD)/, front/front.o front/bytes.o \
	front/command.o front/marks.o front/message.o front/net_words.o \
	front/paths.o front/queue.o front/shown.o front/state.o front/table.o \
	base/glob.o base/group_write.o base/opener.o base/retro_name.o \
	base/version.o base/work.o)
LIBRARY := $(filter-out $(BUILD)/main.o $(BUILD)/front/front.o \
	$(BUILD)/git/offline.o,$(OBJECTS)) \
	$(BUILD)/embed.o $(BUILD)/hanzi.o
EMBEDDED := $(sort $(wildcard templates/*.* templates/ci/* templates/agents/* hooks/* \
	src/completion/git-retro.* src/site/app.js src/site/search.js \
	src/site/style.css src/exchange/*.sql))
UNIT := $(patsubst tests/unit/%.c,$(BUILD)/tests/%, \
	$(sort $(wildcard tests/unit/test_*.c)))
TOOLS := $(patsubst tests/lib/%.c,$(BUILD)/tests/%, \
	$(sort $(wildcard tests/lib/*.c))) \
	$(patsubst tests/lib/preload/%.c,$(BUILD)/tests/%.so, \
	$(sort $(wildcard tests/lib/preload/*.c))) \
	$(BUILD)/tests/git-retro-hook
FUZZERS := $(patsubst tests/fuzz/%.c,$(BUILD)/tests/fuzz-%, \
	$(sort $(wildcard tests/fuzz/*.c)))
TARGETS := $(patsubst tests/fuzz/target/%.c,%, \
	$(sort $(wildcard tests/fuzz/target/*.c)))
REPLAYS := $(TARGETS:%=$(BUILD)/tests/replay-%)
PROGRAMS := $(BUILD)/git-retro $(BUILD)/git-retro-hook
# The shells, and where each looks below share/.
COMPLETIONS = bash:bash-completion/completions/git-retro \
	zsh:zsh/site-functions/_git-retro \
	fish:fish/vendor_completions.d/git-retro.fish \
	conf.fish:fish/vendor_conf.d/git-retro.fish
SCRIPTS := $(foreach c,$(COMPLETIONS),$(BUILD)/completion/$(firstword \
	$(subst :, ,$c)))

# Without gettext's msgfmt every message is English. The catalog of simplified
# Chinese is that of every Chinese reader: where the C library finds none for
# zh_TW or zh_HK it looks for zh.
DOMAIN = git-retro
CATALOGS := $(if $(shell command -v msgfmt),zh_CN zh)
MESSAGES = $(CATALOGS:%=$(BUILD)/locale/%/LC_MESSAGES/$(DOMAIN).mo)

PAGES = man1/git-retro.1 man5/git-retro-format.5 man7/git-retro-hooks.7
CHINESE := $(PAGES:%=$(BUILD)/man/zh_CN/%)

all: $(PROGRAMS) $(SCRIPTS) $(MESSAGES) $(CHINESE)

# roff breaks lines at spaces, of which Chinese has none.
.SECONDEXPANSION:
$(CHINESE): src/man/zh_CN/$$(@F) src/man/chinese.awk
	@mkdir -p $(@D)
	$(call say,GEN)LC_ALL=C awk -f src/man/chinese.awk $< >$@.new && mv $@.new $@

$(BUILD)/locale/%/LC_MESSAGES/$(DOMAIN).mo: src/po/%.po
	@mkdir -p $(@D)
	$(call say,GEN)msgfmt --check -o $@ $<

$(BUILD)/locale/zh/LC_MESSAGES/$(DOMAIN).mo: \
		$(BUILD)/locale/zh_CN/LC_MESSAGES/$(DOMAIN).mo
	@mkdir -p $(@D)
	$(call say,GEN)cp $< $@

OFFLINE_OBJECT := $(filter $(BUILD)/git/offline.o,$(OBJECTS))

$(BUILD)/git-retro: $(BUILD)/main.o $(BUILD)/libretro.a $(OFFLINE_OBJECT)
	$(call say,LINK)$(CC) $(CFLAGS) $(LDFLAGS) $(HARDENED_LINK) -o $@ $(BUILD)/main.o $(BUILD)/libretro.a \
		$(LIB_LIBS)

$(BUILD)/git-retro-hook: $(FRONT)
	$(call say,LINK)$(CC) $(CFLAGS) $(LDFLAGS) $(HARDENED_LINK) $(HOOK_LDFLAGS) -o $@ $^

# The same for what LD_PRELOAD is to reach.
$(BUILD)/tests/git-retro-hook: $(FRONT)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^

$(BUILD)/completion/conf.fish: src/completion/conf.fish
	@mkdir -p $(@D)
	$(call say,GEN)cp $< $@

$(BUILD)/completion/%: $(BUILD)/git-retro
	@mkdir -p $(@D)
	$(call say,GEN)$< completion $* >$@.new && mv $@.new $@

$(BUILD)/libretro.a: $(LIBRARY)
	$(call say,AR)rm -f $@ && ar rcs $@ $^

# Written only where it changes: a new function is one more pointer.
LATE_HEADER := $(if $(LATE),$(BUILD)/git/late.h)
$(BUILD)/git/late.h: src/git/late.sh $(wildcard src/git/*.c) $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,GEN)src/git/late.sh $(LIBGIT2_SO) \
		$(filter-out src/git/offline.c,$(wildcard src/git/*.c)) \
		>$@.new && { cmp -s $@.new $@ && rm $@.new || mv $@.new $@; }

$(BUILD)/%.o: src/%.c $(BUILD)/flags | $(LATE_HEADER)
	@mkdir -p $(@D)
	$(call say,CC)$(COMPILE) -MMD -MP -c -o $@ $<

$(BUILD)/embed.o: $(BUILD)/embed.c
	$(call say,CC)$(COMPILE) -c -o $@ $<

$(BUILD)/embed.c: src/base/embed.sh $(EMBEDDED) $(BUILD)/flags
	$(call say,GEN)src/base/embed.sh $(EMBEDDED) >$@.new && mv $@.new $@

$(BUILD)/hanzi.o: $(BUILD)/hanzi.c
	$(call say,CC)$(COMPILE) -c -o $@ $<

$(BUILD)/hanzi.c: src/base/hanzi.sh
	@mkdir -p $(@D)
	$(call say,GEN)src/base/hanzi.sh >$@.new && mv $@.new $@

$(BUILD)/tests/%: tests/unit/%.c $(BUILD)/libretro.a $(OFFLINE_OBJECT)
	@mkdir -p $(@D)
	$(call say,CC)$(COMPILE) -DTESTS='"$(CURDIR)/tests"' -MMD -MP -o $@ $< \
		$(BUILD)/libretro.a $(LDFLAGS) -lcmocka $(LIB_LIBS)

$(BUILD)/tests/%: tests/lib/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)$(CC) -std=c11 -D_GNU_SOURCE $(WARNINGS) $(WERROR) $(CFLAGS) -o $@ $< -lutil

$(BUILD)/tests/%.so: tests/lib/preload/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)$(CC) -std=c11 -D_GNU_SOURCE $(WARNINGS) $(WERROR) -O2 -fPIC -shared -o $@ $<

$(BUILD)/tests/fuzz-%: tests/fuzz/%.c $(BUILD)/libretro.a $(OFFLINE_OBJECT)
	@mkdir -p $(@D)
	$(call say,CC)$(COMPILE) -MMD -MP -o $@ $< $(BUILD)/libretro.a $(LDFLAGS) $(LIB_LIBS)

# What the suites of YAML and of CommonMark say (tests/real/suites.sh).
$(BUILD)/tests/suites: tests/real/suites.c $(BUILD)/libretro.a $(OFFLINE_OBJECT)
	@mkdir -p $(@D)
	$(call say,CC)$(COMPILE) -MMD -MP -o $@ $< $(BUILD)/libretro.a $(LDFLAGS) $(LIB_LIBS)

# The fuzz targets: replayed by themselves, and driven by libFuzzer.
$(BUILD)/tests/replay-%: tests/fuzz/target/%.c $(BUILD)/libretro.a \
		$(OFFLINE_OBJECT)
	@mkdir -p $(@D)
	$(call say,CC)$(COMPILE) -MMD -MP -o $@ $< $(BUILD)/libretro.a $(LDFLAGS) $(LIB_LIBS)

$(BUILD)/tests/libfuzzer-%: tests/fuzz/target/%.c $(BUILD)/libretro.a \
		$(OFFLINE_OBJECT)
	@mkdir -p $(@D)
	$(call say,CC)$(COMPILE) -DLIBFUZZER -fsanitize=fuzzer -MMD -MP -o $@ $< $(BUILD)/libretro.a \
		$(LDFLAGS) $(LIB_LIBS)

# Changes when the compiler or its flags, or the embedded files, do.
FLAGS = $(OFFLINE) $(LATE) $(CC) $(HARDENING) $(CFLAGS) $(LDFLAGS) $(WARNINGS) $(VERSION) $(EMBEDDED)
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(FLAGS)' | cmp -s - $@ || echo '$(FLAGS)' >$@

# Every message, with where it stands; whether each placeholder fits is told by
# msgfmt, which learns here which functions take a format.
FORMATS = buf_addf:2 err_new:2 err_errno:1 err_context:2 err_hint:2 \
	diag_add:6 arena_printf:2 fprintf:2 printf:1
pot:
	@mkdir -p $(BUILD)
	xgettext --language=C --from-code=UTF-8 --add-comments=TRANSLATORS \
		--keyword --keyword=_:1 --keyword=N_:1 --keyword=Q_:1,2 \
		--keyword=C_:1c,2 --flag=_:1:pass-c-format \
		--flag=N_:1:pass-c-format --flag=Q_:1:pass-c-format \
		--flag=Q_:2:pass-c-format --flag=C_:2:pass-c-format \
		$(FORMATS:%=--flag=%:c-format) --package-name=git-retro \
		--package-version=$(VERSION) --sort-by-file \
		-o $(BUILD)/$(DOMAIN).pot $(SOURCES) $(wildcard src/*/*.h)

po: pot
	for po in src/po/*.po; do msgmerge -q -U --backup=none --no-location \
		--no-fuzzy-matching $$po $(BUILD)/$(DOMAIN).pot && \
		msgattrib --no-obsolete -o $$po $$po || exit 1; done

unit: $(UNIT)
	@for t in $(UNIT); do echo "$$t" && "$$t" || exit 1; done

# Another compiler reads the tests, without making them; the fuzz targets as
# they are made for libFuzzer, which is its own.
READ := $(sort $(wildcard tests/unit/*.c tests/fuzz/*.c tests/fuzz/target/*.c \
	tests/lib/*.c tests/lib/preload/*.c tests/real/*.c))
read-tests: $(READ:%=read-%)
$(READ:%=read-%): read-%: FORCE
	@$(COMPILE) -DTESTS='""' $(if $(findstring /target/,$*),-DLIBFUZZER) \
		-fsyntax-only $*

check: all $(UNIT) $(TOOLS) $(FUZZERS) $(REPLAYS)
	BUILD='$(abspath $(BUILD))' tests/run

# What tells nothing new of a sanitized program: the tree and its papers, the
# tools beside which it stands, and calls that fail, which are the sanitizer's
# own as well. Not moved to another address at each start (-no-pie), a program
# touches a quarter fewer pages, and it is started some hundred thousand times.
UNSANITIZED = browser/site.t house/hardening.t house/layout.t house/manual.t \
	house/portable.t house/tables.t hook/managers.t faults/sweep.t
sanitize:
	EXCEPT='$(UNSANITIZED)' \
	$(MAKE) BUILD=build/sanitize HARDENING= HOOK_LDFLAGS= LDFLAGS='$(LDFLAGS)' \
		CFLAGS='-O1 -g1 -fno-omit-frame-pointer -fno-pie -no-pie \
		-fsanitize=address,undefined -fno-sanitize-recover=all' check

fuzz: $(FUZZERS)
	BUILD='$(abspath $(BUILD))' tests/fuzz/edits.sh 1 20000
	$(BUILD)/tests/fuzz-check 1 50000 tests
	$(MAKE) BUILD=build/fuzz CC=clang HARDENING= HOOK_LDFLAGS= CFLAGS='-O1 -g \
		-fno-omit-frame-pointer -fno-sanitize-recover=all \
		-fsanitize=fuzzer-no-link,address,undefined' libfuzzers
	BUILD=build/fuzz tests/fuzz/targets.sh $(FUZZ_SECONDS) $(TARGETS)

libfuzzers: $(TARGETS:%=$(BUILD)/tests/libfuzzer-%)

bench: all
	for b in tests/bench/*.sh; do BUILD='$(abspath $(BUILD))' $$b || exit 1; done

# Without root or sudo this says what is missing and stops.
define install_packages
	@missing=$$(for p in $(1); do dpkg-query -W -f='$${db:Status-Status}' \
		$$p 2>/dev/null | grep -qx installed || echo $$p; done); \
	[ -z "$$missing" ] || { sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	echo "installing:" $$missing; $$sudo apt-get update -qq && \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
		--no-install-recommends $$missing; }
endef

deps:
	$(call install_packages,$(BUILD_PACKAGES))

# What is not Debian's: only where npm is there, and the tests skip without it.
NPM_PACKAGES = @microsoft/sarif-multitool-linux@5.7.0 \
	@action-validator/core@0.6.0 @action-validator/cli@0.6.0

test-deps:
	$(call install_packages,$(TEST_PACKAGES))
	@mkdir -p build/npm
	@[ -z "$$(command -v npm)" ] || \
		[ "$$(cat build/npm/packages 2>&1)" = '$(NPM_PACKAGES)' ] || { \
		npm install --silent --no-audit --no-fund --ignore-scripts \
			--prefix build/npm $(NPM_PACKAGES) && \
		echo '$(NPM_PACKAGES)' >build/npm/packages; } || \
		echo "npm gave nothing: no validators of SARIF and workflows"
	@mkdir -p build/browser
	@[ -z "$$(command -v npm)" ] || \
		cmp -s tests/browser/package-lock.json \
			build/browser/node_modules/.package-lock.json.ours || { \
		cp tests/browser/package.json tests/browser/package-lock.json \
			tests/browser/.npmrc build/browser && \
		npm ci --silent --no-audit --no-fund --ignore-scripts \
			--prefix build/browser && \
		cp tests/browser/package-lock.json \
			build/browser/node_modules/.package-lock.json.ours; } || \
		echo "npm gave nothing: no test in a browser"
	@mkdir -p build/agents
	@[ -z "$$(command -v npm)" ] || \
		cmp -s tests/agents/package-lock.json \
			build/agents/node_modules/.package-lock.json.ours || { \
		cp tests/agents/package.json tests/agents/package-lock.json \
			tests/agents/.npmrc build/agents && \
		npm ci --silent --no-audit --no-fund --ignore-scripts \
			--prefix build/agents && \
		cp tests/agents/package-lock.json \
			build/agents/node_modules/.package-lock.json.ours; } || \
		echo "npm gave nothing: no client of the server for agents"

demo: deps
	$(MAKE) all $(BUILD)/tests/pty
	BUILD='$(abspath $(BUILD))' REPO='$(REPO)' tests/demo.sh

test: test-deps
	$(MAKE) WERROR=-Werror check
	$(MAKE) BUILD=build/clang CC=clang CFLAGS=-O0 WERROR=-Werror OFFLINE= \
		all read-tests
	$(MAKE) sanitize
	$(MAKE) format-check

bindir = $(DESTDIR)$(PREFIX)/bin
sharedir = $(DESTDIR)$(PREFIX)/share
mandir = $(sharedir)/man

install: all
	install -d '$(bindir)'
	install $(PROGRAMS) '$(bindir)'
	for page in $(PAGES); do \
		install -D -m 644 src/man/$${page#*/} '$(mandir)'/$$page && \
		install -D -m 644 '$(BUILD)'/man/zh_CN/$$page \
			'$(mandir)'/zh_CN/$$page || exit 1; \
	done
	for script in $(COMPLETIONS); do \
		install -D -m 644 '$(BUILD)'/completion/$${script%%:*} \
			'$(sharedir)'/$${script#*:} || exit 1; \
	done
	for language in $(CATALOGS); do \
		install -D -m 644 \
			'$(BUILD)'/locale/$$language/LC_MESSAGES/$(DOMAIN).mo \
			'$(sharedir)'/locale/$$language/LC_MESSAGES/$(DOMAIN).mo || \
			exit 1; \
	done

uninstall:
	rm -f '$(bindir)/git-retro' '$(bindir)/git-retro-hook'
	for page in $(PAGES); do \
		rm -f '$(mandir)'/$$page '$(mandir)'/zh_CN/$$page; \
	done
	for script in $(COMPLETIONS); do \
		rm -f '$(sharedir)'/$${script#*:}; \
	done
	for language in $(CATALOGS); do \
		rm -f '$(sharedir)'/locale/$$language/LC_MESSAGES/$(DOMAIN).mo; \
	done

# The same bytes from the same commit, wherever and whenever: the times are the
# commit's, and gzip writes none.
DIST = git-retro-$(VERSION)
dist:
	@mkdir -p build
	git -c tar.umask=0022 archive --format=tar --prefix=$(DIST)/ HEAD | \
		gzip -9n >build/$(DIST).tar.gz

DEB_PACKAGES = $(BUILD_PACKAGES) build-essential debhelper pkgconf \
	libcmocka-dev
deb-deps:
	$(call install_packages,$(DEB_PACKAGES))

deb: dist
	rm -rf build/deb && mkdir -p build/deb
	cp build/$(DIST).tar.gz build/deb/git-retro_$(VERSION).orig.tar.gz
	tar -C build/deb -xf build/$(DIST).tar.gz
	cp -R src/packaging/debian build/deb/$(DIST)/debian
	sed -e 's/@VERSION@/$(VERSION)/' \
		-e "s/@DATE@/$$(git log -1 --format=%cD)/" \
		src/packaging/debian/changelog >build/deb/$(DIST)/debian/changelog
	cd build/deb/$(DIST) && dpkg-buildpackage -us -uc $(DEB_FLAGS)

ARCHIVE = $(DIST)-$(shell uname -s -m | tr 'A-Z ' 'a-z-').tar.gz
archive: all
	rm -rf build/archive
	$(MAKE) install DESTDIR='$(CURDIR)/build/archive' PREFIX=
	tar -C build/archive --sort=name --owner=0 --group=0 --numeric-owner \
		--mtime="@$$(git log -1 --format=%ct)" -cf - . | \
		gzip -9n >build/$(ARCHIVE)
	cd build && sha256sum $(ARCHIVE)

front-sources:
	@echo $(FRONT:$(BUILD)/%.o=src/%.c)

FORMATTED = $(wildcard src/*.c src/*/*.c src/*/*.h tests/unit/*.c tests/lib/*.c \
	tests/lib/*/*.c tests/fuzz/*.c tests/fuzz/target/*.[ch] tests/real/*.c)

format:
	clang-format -i $(FORMATTED)

# Another version lays out otherwise: 14, Debian 12's, decides.
format-check:
	@clang-format --version | grep -q 'version 14\.' || \
		{ echo 'format-check: not clang-format 14, nothing is said'; exit 0; }; \
	printf '%s\n' $(FORMATTED) | xargs -n 40 -P $$(nproc 2>/dev/null || \
		echo 1) clang-format --dry-run --Werror

clean:
	rm -rf build

FORCE:
.PHONY: read-tests pot po front-sources archive dist deb deb-deps all unit check sanitize fuzz libfuzzers bench deps test-deps demo test install \
	uninstall format format-check clean FORCE

-include $(OBJECTS:.o=.d) $(UNIT:=.d) $(FUZZERS:=.d) $(REPLAYS:=.d) \
	$(TARGETS:%=$(BUILD)/tests/libfuzzer-%.d)
