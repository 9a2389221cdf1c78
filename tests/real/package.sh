#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/real/package.sh: the Debian packages, from `make deb` to a machine that
# has forgotten them: built with nothing but what they ask for, read by lintian,
# tested as installed, then installed, upgraded, removed and purged, by apt and
# by piuparts. As root, on a machine to be thrown away:
#
#   tests/real/debian.sh bookworm <folder> tests/real/package.sh
set -eu
cd "${0%/*}/../.."
export DEBIAN_FRONTEND=noninteractive
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' |
	head -n 1)

step () {
	echo "== $*"
}

install () {
	apt-get install -qq --no-install-recommends "$@" >/dev/null
}

step 'build, with its tests'
apt-get update -qq
make deb-deps >/dev/null
mkdir -p build
make deb >build/deb.log 2>&1 || { tail -n 40 build/deb.log; exit 1; }
cd build/deb
changes=$(echo git-retro_*.changes) deb=$(echo git-retro_[0-9]*.deb)
ls -l ./*.deb ./*.dsc ./*.tar.*

step 'lintian'
install lintian
lintian --allow-root -EIL +pedantic --fail-on error,warning,info,pedantic \
	"$changes" >lintian.log || { cat lintian.log; exit 1; }
# What is passed over, each with its reason in the file of overrides.
lintian --allow-root --no-override -EIL +pedantic "$changes" | sort

step 'tests of the installed package'
install autopkgtest
autopkgtest --summary-file=summary "$changes" -- null >autopkgtest.log 2>&1 ||
	{ tail -n 40 autopkgtest.log; exit 1; }
cat summary
apt-get purge -qq git-retro >/dev/null

step 'install, upgrade, remove, purge'
# What an older one is: this one, with a file that has gone since.
dpkg-deb -R "$deb" old
sed -i 's/^Version: .*/Version: 0.0.1-1/' old/DEBIAN/control
echo old >old/usr/share/doc/git-retro/gone
mkdir -p repository
dpkg-deb -b old repository/git-retro_0.0.1-1.deb >/dev/null
(cd repository && dpkg-scanpackages -m . 2>/dev/null >Packages)
files () {
	find /etc /usr /var/lib -xdev \( -path /var/lib/apt -o -path \
		/var/lib/dpkg -o -path /var/cache \) -prune -o -print | sort
}
files >before
install ./repository/git-retro_0.0.1-1.deb
test -e /usr/share/doc/git-retro/gone
install "./$deb"
test ! -e /usr/share/doc/git-retro/gone
git retro --version
git-retro-hook pre-push </dev/null
man -w git-retro git-retro-hook git-retro-format git-retro-hooks
dpkg --verify git-retro
apt-get remove -qq git-retro >/dev/null
test ! -e /usr/bin/git-retro
install "./$deb"
apt-get purge -qq git-retro >/dev/null
files >after
diff before after && echo 'nothing left'

step 'piuparts'
install piuparts
piuparts -d "$suite" -m "$mirror main" --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
	--extra-repo="deb [trusted=yes] file:$PWD/repository ./" \
	--bindmount="$PWD/repository" "$deb" >piuparts.log 2>&1 ||
	{ tail -n 40 piuparts.log; exit 1; }
tail -n 3 piuparts.log
