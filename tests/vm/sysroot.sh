#!/bin/sh
# Usage: sysroot.sh ARCH PACKAGES DIR
#
# Unpacks PACKAGES of Debian's architecture ARCH, parted by commas, and all
# they need, into DIR: headers and libraries to link against and to run with
# under qemu-user. Nothing is installed, and this machine learns of no foreign
# architecture. A DIR that holds the same packages already stays as it is.
# $SUITE and $MIRROR_DEBIAN name another release and another mirror than this
# machine's. Of its suites only the release itself: others may lag behind on
# these architectures.
set -eu

arch=$1 packages=$2 dir=$3
suite=${SUITE:-bookworm}
# apt expands the name.
# shellcheck disable=SC2016
mirror=${MIRROR_DEBIAN:-$(apt-get indextargets --format '$(REPO_URI)' \
    'Created-By: Packages' 'Origin: Debian' 'Label: Debian' | head -n 1)}
wanted="$(cksum <"$0") $suite $arch $packages"

if [ "$(cat "$dir/contents" 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi
new=$dir.new.$$
trap 'rm -rf "$new"' EXIT INT TERM
mkdir -p "$new"

# Which package, of which version, has a symbol: the lists of all packages in
# one, in the place where dpkg-shlibdeps -S looks for them. The words are
# expanded by the shell that mmdebstrap calls.
# shellcheck disable=SC2016
lists='mkdir "$1/DEBIAN" && cd "$1/var/cache/apt/archives" && for deb in *.deb
do
    for list in symbols shlibs; do
        dpkg-deb --ctrl-tarfile "$deb" | tar -xO "./$list" \
            2>/dev/null >>"$1/DEBIAN/$list" || true
    done
done'

# As a tar, so that it takes no root; only what compilers, linkers and loaders
# read, without the GPU drivers, which weigh more than all the rest and which
# only a display would load. Fonts and time zones are this machine's.
mmdebstrap --quiet --variant=extract --format=tar --architectures="$arch" \
    --include="$packages" \
    --aptopt='APT::Install-Recommends "false"' \
    --aptopt='Acquire::Retries "3"' \
    --aptopt='Acquire::Languages "none"' \
    --extract-hook="$lists" \
    "$suite" "$new/tar" "$mirror"
tar -xf "$new/tar" -C "$new" --no-same-owner --wildcards \
    --exclude='*/dri/*' --exclude='*/libLLVM*' \
    './lib*' './usr/lib*' './usr/include' ./DEBIAN
rm "$new/tar"
# An absolute link leads out of the sysroot: for want of libm.so the linker
# would take libm.a, and with it what only glibc itself may use.
find "$new" -type l -lname '/*' | while read -r link; do
    ln -sfr "$new$(readlink "$link")" "$link"
done
echo "$wanted" >"$new/contents"
rm -rf "$dir"
mv "$new" "$dir"
