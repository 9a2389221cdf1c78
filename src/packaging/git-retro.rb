# SPDX-License-Identifier: GPL-2.0-only
# A Homebrew formula, for a tap: fill in where the tarball of `make dist` lies
# and its checksum.
class GitRetro < Formula
  desc "Retrospectives that live in git, with hooks that ask for them"
  url ENV.fetch("HOMEBREW_GIT_RETRO_URL")
  version "0.1.0"
  sha256 ENV.fetch("HOMEBREW_GIT_RETRO_SHA256")
  license "GPL-2.0-only"

  depends_on "gettext" => :build
  depends_on "opencc" => :build
  depends_on "pkgconf" => :build
  depends_on "cmark"
  depends_on "git"
  depends_on "jansson"
  depends_on "libgit2"
  depends_on "libyaml"
  depends_on :linux
  depends_on "mbedtls@3"
  depends_on "pcre2"
  depends_on "sqlite"
  depends_on "utf8proc"

  def install
    system "make", "OFFLINE=", "LATE=", "HOOK_LDFLAGS=", "install", "PREFIX=#{prefix}"
  end

  test do
    system "git", "init", "-q", "r"
    cd "r" do
      system "#{bin}/git-retro", "init"
      assert_path_exists Pathname.pwd/".retro.yml"
    end
  end
end
