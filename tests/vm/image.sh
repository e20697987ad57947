#!/bin/sh
# Usage: image.sh BASE.tar PACKAGE.deb HUB OUT
#
# From the tar of rootfs.sh, the mirror's package and the folder of the scripted
# hub makes what QEMU boots: OUT/disk.ext4, OUT/vmlinuz and OUT/initrd.
set -eu

# Files of every user and a chroot: root, or what looks like it.
if [ "$(id -u)" != 0 ]; then
    exec unshare --map-root-user --map-auto --mount -- "$0" "$@"
fi

base=$1 package=$2 hub=$3 out=$4
here=$(dirname "$(realpath "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root

unpack() {
    mkdir "$root"
    tar -C "$root" -xf "$base" --numeric-owner --exclude='./dev/*'
    mkdir -p "$out"
    mv "$root/boot/vmlinuz" "$out/vmlinuz"
}

# As a person does: install the package, write the config.
install_mirror() {
    cp "$package" "$root/mirror.deb"
    DEBIAN_FRONTEND=noninteractive chroot "$root" dpkg --install /mirror.deb
    rm "$root/mirror.deb"
    install -D -m644 "$here/guest/mirror.conf" "$root/etc/mirror/mirror.conf"
}

# The hub, and the hand that this test has inside.
install_test() {
    install -d "$root/opt/hub" "$root/opt/vm"
    cp "$hub"/*.py "$root/opt/hub"
    python3 "$here/still_house.py" "$hub/scenarios/demo.json" \
        > "$root/opt/hub/house.json"
    cp "$here"/guest/*.py "$here"/guest/*.sh "$root/opt/vm"
    cp "$here"/guest/*.service "$root/etc/systemd/system"
    chroot "$root" systemctl --quiet enable vm-agent.service \
        vm-hub.service vm-time.service
}

# What a guest without network, screen text and maintenance looks like.
settle() {
    echo mirror > "$root/etc/hostname"
    echo '/dev/vda / ext4 defaults,noatime 0 1' > "$root/etc/fstab"
    echo 0123456789abcdef0123456789abcdef > "$root/etc/machine-id"
    ln -sf /usr/share/zoneinfo/Europe/Berlin "$root/etc/localtime"
    for unit in apt-daily.timer apt-daily-upgrade.timer \
        dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service \
        fstrim.timer systemd-firstboot.service \
        systemd-hwdb-update.service ldconfig.service \
        systemd-journal-catalog-update.service; do
        ln -sf /dev/null "$root/etc/systemd/system/$unit"
    done
}

make_initrd() {
    version=$(ls "$root/usr/lib/modules")
    tree=$work/initrd
    mkdir "$tree"
    ${CC:-cc} -Os -static -o "$tree/init" "$here/init.c"
    for module in virtio_pci virtio_blk crc32c_generic ext4; do
        modprobe -d "$root" -S "$version" --show-depends "$module"
    done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' |
        while read -r file; do
            name=$(basename "$file")
            case $name in
            *.xz) name=${name%.xz} && xz -dc "$file" > "$tree/$name" ;;
            *) cp "$file" "$tree/$name" ;;
            esac
            echo "/$name" >> "$tree/modules"
        done
    (cd "$tree" && find . | cpio --quiet -o -H newc) | gzip -1 > "$out/initrd"
}

make_disk() {
    size=$(($(du -sm "$root" | cut -f1) * 115 / 100 + 96))
    rm -f "$out/disk.ext4"
    truncate -s "${size}M" "$out/disk.ext4"
    mke2fs -q -t ext4 -m 0 -d "$root" "$out/disk.ext4"
}

unpack
install_mirror
install_test
settle
make_initrd
make_disk
