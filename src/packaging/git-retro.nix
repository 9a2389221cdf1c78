# SPDX-License-Identifier: GPL-2.0-only
# nix-build -E 'with import <nixpkgs> {}; callPackage ./src/packaging/git-retro.nix {}'
{ lib, stdenv, pkg-config, gettext, opencc, makeWrapper, cmark, git, jansson
, libgit2, libyaml, mbedtls, pcre2, sqlite, utf8proc }:

stdenv.mkDerivation {
  pname = "git-retro";
  version = "0.1.0";
  src = lib.cleanSource ../..;
  nativeBuildInputs = [ pkg-config gettext opencc makeWrapper ];
  buildInputs =
    [ cmark jansson libgit2 libyaml mbedtls pcre2 sqlite utf8proc ];
  makeFlags = [ "OFFLINE=" "LATE=" "HOOK_LDFLAGS=" "PREFIX=$(out)" ];
  postInstall = ''
    wrapProgram $out/bin/git-retro --suffix PATH : ${lib.makeBinPath [ git ]}
  '';
  meta = {
    description = "Retrospectives that live in git, with hooks that ask for them";
    license = lib.licenses.gpl2Only;
    platforms = lib.platforms.linux;
    mainProgram = "git-retro";
  };
}
