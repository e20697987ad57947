#!/bin/sh
# Usage: rootfs.sh SUITE PACKAGES OUT.tar
#
# The guest without the mirror: a minimal Debian of that suite with systemd,
# udev, python3 (for the scripted hub) and the packages named, parted by
# commas, and of the kernel's package what QEMU's machine needs. Everything
# comes from Debian's mirror, or from $MIRROR_DEBIAN.
set -eu

suite=$1 packages=$2 out=$3
here=$(dirname "$(realpath "$0")")
base=systemd,systemd-sysv,udev,kmod,dbus,procps,python3

mmdebstrap --quiet --variant=minbase --format=tar \
    --include="$base,$packages" \
    --aptopt='APT::Install-Recommends "false"' \
    --aptopt='Acquire::Retries "3"' \
    --aptopt='Acquire::Languages "none"' \
    --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    --customize-hook="$here/kernel.sh \"\$1\"" \
    "$suite" "$out.new" ${MIRROR_DEBIAN:+"$MIRROR_DEBIAN"}
mv "$out.new" "$out"
