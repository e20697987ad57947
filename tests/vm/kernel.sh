#!/bin/sh
# Usage: kernel.sh ROOT (from mmdebstrap, as a customize hook)
#
# Puts the suite's kernel and the few modules of QEMU's machine into ROOT. The
# package itself is not installed: its 4000 modules would make every picture of
# the disk slower, and its initramfs every boot.
set -eu

root=$1
modules='virtio_pci virtio_blk ext4 virtio_gpu virtio_console virtio_rng
    fujitsu_laptop'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export APT_CONFIG="${MMDEBSTRAP_APT_CONFIG:-}"

image=$(apt-cache depends linux-image-amd64 |
    awk '$1 == "Depends:" && $2 ~ /^linux-image-/ { print $2; exit }')
cd "$work"
apt-get -qq -o APT::Sandbox::User=root download "$image"
dpkg-deb -x "$image"_*.deb unpacked
[ -d unpacked/usr/lib/modules ] || mv unpacked/lib unpacked/usr/
cd unpacked/usr/lib/modules/*
version=$(basename "$PWD")
[ -e "$work/unpacked/lib" ] || ln -s usr/lib "$work/unpacked/lib"
depmod -b "$work/unpacked" "$version"

to=$root/usr/lib/modules/$version
mkdir -p "$to"
cp modules.builtin modules.builtin.modinfo modules.order "$to"
for module in $modules; do
    modprobe -d "$work/unpacked" -S "$version" --show-depends "$module"
done | awk '$1 == "insmod" { print $2 }' | sort -u |
    while read -r file; do
        path=${file#*/lib/modules/"$version"/}
        mkdir -p "$to/$(dirname "$path")"
        cp "$file" "$to/$path"
    done
depmod -b "$root" "$version"
install -m644 "$work/unpacked/boot/vmlinuz-$version" "$root/boot/vmlinuz"
