# Mirror: two programs, one Makefile. `make run` and `make test` are all that
# is needed; both install what is missing first. Objects go to $(BUILD).

BUILD  ?= build
PREFIX ?= /usr/local
CC     ?= cc
PKG_CONFIG ?= pkg-config

VERSION := 0.1.0

# For another processor, asked for on the command line: ARCH=arm64, armhf, or
# armel for the ARMv6 of the first Pi and the Zero, as Debian's armhf is ARMv7.
ifeq ($(origin ARCH),command line)
TRIPLET_arm64 := aarch64-linux-gnu
TRIPLET_armhf := arm-linux-gnueabihf
TRIPLET_armel := arm-linux-gnueabi
FLAGS_armel   := -march=armv6+fp -marm -mfloat-abi=softfp
QEMU_arm64    := qemu-aarch64-static
QEMU_armhf    := qemu-arm-static
QEMU_armel    := qemu-arm-static -cpu arm1176
# How far a pixel may be off: FreeType rounds otherwise with 32 bits.
LEVELS_arm64  := 0
LEVELS_armhf  := 2
LEVELS_armel  := 2
TRIPLET       := $(TRIPLET_$(ARCH))
ifeq ($(TRIPLET),)
$(error ARCH is arm64, armhf or armel)
endif
BUILD   := build-$(ARCH)
# Debian's headers and libraries for it, kept from one run to the next.
SYSROOT ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/mirror/sysroot-$(ARCH)
CC      := $(TRIPLET)-gcc --sysroot=$(SYSROOT) $(FLAGS_$(ARCH))
# In the command, as make 4.3 exports nothing to its own $(shell).
PKG_CONFIG := PKG_CONFIG_SYSROOT_DIR=$(SYSROOT) \
	PKG_CONFIG_LIBDIR=$(SYSROOT)/usr/lib/$(TRIPLET)/pkgconfig \
	pkg-config
endif

# Debian's names: to build, to run, and to test.
DEPS_RUN := libsdl2-dev libsdl2-ttf-dev libcurl4-openssl-dev libcjson-dev \
	libpixman-1-dev libdrm-dev libfribidi-dev libharfbuzz-dev \
	libpng-dev libseccomp-dev gcc libc6-dev make pkg-config python3 \
	ca-certificates tzdata \
	fonts-noto-core fonts-droid-fallback fonts-noto-color-emoji
DEPS_TEST := $(DEPS_RUN) fonts-nanum valgrind libcmocka-dev xvfb xauth xdotool \
	strace scdoc systemd binutils procps iproute2 git
DEPS_COVERAGE := $(DEPS_TEST) gcovr
DEPS_MEMCHECK := $(DEPS_TEST) valgrind libc6-dbg
DEPS_FUZZ := $(DEPS_TEST) clang libclang-rt-dev
DEPS_DEB  := $(DEPS_RUN) debhelper dpkg-dev lintian scdoc systemd git \
	$(if $(TRIPLET),gcc-$(TRIPLET) mmdebstrap)
DEPS_DEB_TEST := $(DEPS_TEST) $(DEPS_DEB) mmdebstrap
DEPS_VM   := $(DEPS_TEST) $(DEPS_DEB) qemu-system-x86 mmdebstrap e2fsprogs \
	kmod cpio xz-utils uidmap acpica-tools
DEPS_CROSS := gcc-$(TRIPLET) make pkg-config python3 mmdebstrap \
	qemu-user-static tzdata \
	fonts-noto-core fonts-droid-fallback fonts-noto-color-emoji
DEPS_LINT := $(DEPS_TEST) clang clang-format clang-tidy cppcheck shellcheck

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wformat=2 -Wvla -Wundef -Wwrite-strings $(if $(CI),-Werror)
HARDENING := -fstack-protector-strong -fstack-clash-protection -fPIE
CFLAGS   ?= -O2 -g
ifdef SANITIZE
BUILD    := build-sanitize
override CFLAGS := -O1 -g -fno-omit-frame-pointer \
	-fsanitize=address,undefined -fno-sanitize-recover=undefined
SANITIZE_LINK := -fsanitize=address,undefined
else ifdef FUZZ
BUILD    := build-fuzz
CC       := clang
override CFLAGS := -O1 -g -fno-omit-frame-pointer -DMIRROR_LIBFUZZER \
	-fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=undefined
SANITIZE_LINK := -fsanitize=fuzzer,address,undefined
else ifdef COVERAGE
BUILD    := build-coverage
override CFLAGS := -O0 -g --coverage -fprofile-abs-path \
	-fprofile-update=atomic -DMIRROR_COVERAGE
SANITIZE_LINK := --coverage
else
HARDENING += -D_FORTIFY_SOURCE=2
# An eighth of the programs: C has no exceptions, and debuggers look into
# .debug_frame.
SMALL := -fno-asynchronous-unwind-tables -fno-unwind-tables
endif
ALL_CFLAGS := -std=c11 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64 \
	-DMIRROR_VERSION='"$(VERSION)"' -DMIRROR_PREFIX='"$(PREFIX)"' \
	-Imirror -I. -MMD -MP -ffunction-sections -fdata-sections \
	$(WARNINGS) $(HARDENING) $(SMALL) $(CFLAGS)
# A sixteenth more: 24 bytes a pointer become one bit. Debian 12's linkers for
# other processors do not have it.
ifneq ($(filter x86_64-%,$(shell $(CC) -dumpmachine)),)
RELATIVE := -Wl,-z,pack-relative-relocs
endif
ALL_LDFLAGS := -pie -Wl,--as-needed -Wl,--gc-sections -Wl,-z,relro,-z,now \
	$(RELATIVE) $(SANITIZE_LINK) $(LDFLAGS)

PKGS_RENDER := sdl2 SDL2_ttf pixman-1 libdrm fribidi harfbuzz libpng \
	libseccomp
PKGS_FETCH  := libcurl libcjson libseccomp
# Not expanded before the packages are there.
RENDER_CFLAGS = $(shell $(PKG_CONFIG) --cflags $(PKGS_RENDER))
LIBS_COMMON   = -lm
LIBS_RENDER   = $(shell $(PKG_CONFIG) --libs $(PKGS_RENDER)) $(LIBS_COMMON)
LIBS_FETCH    = $(shell $(PKG_CONFIG) --libs $(PKGS_FETCH)) $(LIBS_COMMON)

objects = $(patsubst %.c,$(BUILD)/obj/%.o,$(filter-out %/main.c,$(wildcard $(1))))
OBJ_COMMON := $(call objects,mirror/common/*.c mirror/model/*.c)
OBJ_FETCH  := $(call objects,mirror/fetch/*.c mirror/fetch/*/*.c)
OBJ_RENDER := $(call objects,mirror/render/*.c)
OBJ_WIDGET := $(call objects,widgets/*.c)
PROGRAMS   := $(BUILD)/mirror $(BUILD)/mirror-fetch

UNIT_TESTS  := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/test_*.c))
FUZZ_REPLAY := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fuzz/fuzz_*.c))
TEST_TOOLS  := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/golden/*.c \
	tests/bench/*.c tests/faults/soak.c)) \
	$(patsubst %.c,$(BUILD)/%.so,$(wildcard tests/faults/*_shim.c)) \
	$(BUILD)/tests/faults/interpose.so

.DELETE_ON_ERROR:
.PHONY: all run deps deps-test deps-lint deps-fuzz deps-deb deps-deb-test deps-vm test check bench bench-native bench-cross faults gallery soak coverage coverage-report memcheck \
	cross cross-run sysroot fuzz lint format tests man install deb deb-test vm-test clean icons fuzz-run

all: $(PROGRAMS)

# Prints the command before it runs it, and does nothing if all is there.
define install-packages
	@missing=$$(for p in $(1); do dpkg-query -W -f='$${Status}' $$p \
		2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	if [ -n "$$missing" ]; then \
		set -- apt-get install -y --no-install-recommends $$missing; \
		[ "$$(id -u)" = 0 ] || set -- sudo "$$@"; \
		update='apt-get update'; \
		[ "$$(id -u)" = 0 ] || update="sudo $$update"; \
		echo "$$update && $$*"; \
		$$update && DEBIAN_FRONTEND=noninteractive "$$@"; \
	fi
endef

deps:
	$(call install-packages,$(DEPS_RUN))

deps-test:
	$(call install-packages,$(DEPS_TEST))

deps-lint:
	$(call install-packages,$(DEPS_LINT))

deps-fuzz:
	$(call install-packages,$(DEPS_FUZZ))

deps-deb:
	$(call install-packages,$(DEPS_DEB))

deps-deb-test:
	$(call install-packages,$(DEPS_DEB_TEST))

deps-vm:
	$(call install-packages,$(DEPS_VM))

# The second make reads pkg-config anew, now that the packages are there.
run: deps
	@$(MAKE) --no-print-directory all
	@$(BUILD)/mirror --demo

test: deps-test
	@$(MAKE) --no-print-directory -j2 all tests
	@python3 tests/run.py $(BUILD)

check: deps-test
	@$(MAKE) --no-print-directory SANITIZE=1 -j2 all tests
	@python3 tests/run.py build-sanitize

# The fault catalogue: FAULTS="T15 T27" for some of it.
faults: deps-test
	@$(MAKE) --no-print-directory -j2 all tests
	@python3 tests/faults/catalogue.py $(BUILD) $(FAULTS)

# The scenes of mirror-gallery(7), drawn into a folder.
GALLERY ?= $(BUILD)/gallery

gallery: deps-test
	@$(MAKE) --no-print-directory -j2 all $(BUILD)/tests/golden/feed
	@MIRROR_BUILD=$(BUILD) python3 tests/golden/gallery.py $(GALLERY)

# Months in minutes: a million events and all weather polls of 116 days, and
# every character there is, four times.
soak: deps-test
	@$(MAKE) --no-print-directory -j2 all tests
	@SOAK_EVENTS=1000000 SOAK_STRIDE=1 python3 tests/run.py $(BUILD) test_soak

# How much of our own code the tests go through. The bounds are on everything in
# mirror/ and widgets/. Not part of make test: it takes longer.
COVERAGE_LINES    := 90
COVERAGE_BRANCHES := 80

coverage:
	$(call install-packages,$(DEPS_COVERAGE))
	@$(MAKE) --no-print-directory COVERAGE=1 -j2 all tests
	@find build-coverage -name '*.gcda' -delete
	@python3 tests/run.py build-coverage
	@$(MAKE) --no-print-directory coverage-report

coverage-report:
	gcovr --root . --filter mirror/ --filter widgets/ \
		--fail-under-line $(COVERAGE_LINES) \
		--fail-under-branch $(COVERAGE_BRANCHES) --print-summary \
		--sort-percentage --output build-coverage/coverage.txt \
		build-coverage

# valgrind over what it can run: see tests/memcheck.sh.
memcheck:
	$(call install-packages,$(DEPS_MEMCHECK))
	@$(MAKE) --no-print-directory -j2 all tests
	@sh tests/memcheck.sh $(BUILD) $(PATTERN)

bench: $(if $(TRIPLET),bench-cross,bench-native)

bench-native: deps-test
	@$(MAKE) --no-print-directory -j2 all tests
	@python3 tests/bench/bench.py $(BUILD)

# With ARCH: instructions under the emulator, and what a Pi may make of them.
bench-cross:
	$(call install-packages,$(DEPS_CROSS) qemu-user)
	@$(MAKE) --no-print-directory sysroot
	@$(MAKE) --no-print-directory -j2 $(BUILD)/tests/bench/bench_count
	@MAKEFLAGS= $(MAKE) --no-print-directory build/tests/golden/feed
	@python3 tests/bench/arm/arm.py $(ARCH) $(SYSROOT) $(BUILD) build

# Each target for SECONDS, from its seeds and what earlier runs found.
SECONDS := 60

fuzz: deps-fuzz
	@$(MAKE) --no-print-directory FUZZ=1 -j2 fuzz-run SECONDS=$(SECONDS)

fuzz-run: $(FUZZ_REPLAY)
	@python3 tests/fuzz/fuzz.py $(BUILD) $(SECONDS)

# What a sysroot holds: the libraries of the list above, parted by commas.
comma   := ,
blank   := $(subst x, ,x)
LIBRARIES := $(subst $(blank),$(comma),$(filter %-dev,$(DEPS_TEST)))

# Builds for another processor, and runs what can run under its emulator.
cross:
	$(if $(TRIPLET),,$(error make cross ARCH=arm64, ARCH=armhf or ARCH=armel))
	$(call install-packages,$(DEPS_CROSS))
	@$(MAKE) --no-print-directory sysroot
	@$(MAKE) --no-print-directory -j2 all tests
	@$(MAKE) --no-print-directory cross-run

sysroot:
	tests/vm/sysroot.sh $(ARCH) $(LIBRARIES) $(SYSROOT)

cross-run:
	MIRROR_RUN='$(QEMU_$(ARCH)) -L $(SYSROOT)' \
		GOLDEN_LEVELS=$(LEVELS_$(ARCH)) TEST_JOBS=3 \
		python3 tests/run.py $(BUILD) $(PATTERN)

tests: $(UNIT_TESTS) $(FUZZ_REPLAY) $(TEST_TOOLS)

C_FILES = $(shell git ls-files '*.c' '*.h')

lint: deps-lint
	@$(MAKE) --no-print-directory lint-run

lint-run:
	clang-format --dry-run --Werror $(C_FILES)
	cppcheck --quiet --error-exitcode=1 --inline-suppr --std=c11 -j2 \
		--enable=warning,performance,portability \
		--suppress=missingIncludeSystem -Imirror -I. mirror widgets
	printf '%s\n' $(filter mirror/%.c widgets/%.c,$(C_FILES)) | \
		xargs -P2 -n6 sh -c 'clang-tidy --quiet --warnings-as-errors="*" \
		"$$@" -- $(filter-out -D% -MMD -MP,$(ALL_CFLAGS)) -D_GNU_SOURCE \
		-DMIRROR_VERSION=\"0\" -DMIRROR_PREFIX=\"/usr\" \
		$(RENDER_CFLAGS)' clang-tidy

format:
	clang-format -i $(C_FILES)

# The icon font from its list; see fonts/README.md. Not part of a build.
ICONS_PACKAGE := @mdi/font@7.4.47

icons:
	rm -rf $(BUILD)/icons
	mkdir -p $(BUILD)/icons
	cd $(BUILD)/icons && tar -xzf "$$(npm pack --silent $(ICONS_PACKAGE))"
	python3 fonts/make_icons.py $(BUILD)/icons/package

$(BUILD)/mirror: $(BUILD)/obj/mirror/render/main.o $(OBJ_RENDER) $(OBJ_WIDGET) \
		$(OBJ_COMMON)
	@test ! -d $@ || rm -r $@ # where objects used to be
	$(CC) $(ALL_LDFLAGS) $^ -o $@ $(LIBS_RENDER)

$(BUILD)/mirror-fetch: $(BUILD)/obj/mirror/fetch/main.o $(OBJ_FETCH) $(OBJ_COMMON)
	$(CC) $(ALL_LDFLAGS) $^ -o $@ $(LIBS_FETCH)

# What needs the headers of which libraries.
$(BUILD)/obj/mirror/render/%.o $(BUILD)/obj/widgets/%.o \
	$(BUILD)/obj/tests/%.o: \
	ALL_CFLAGS += $(RENDER_CFLAGS)

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c $< -o $@

$(BUILD)/tests/all.a: $(OBJ_COMMON) $(OBJ_FETCH) $(OBJ_RENDER) $(OBJ_WIDGET)
	@mkdir -p $(@D)
	@rm -f $@
	ar rcs $@ $^

$(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(BUILD)/tests/all.a
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) $^ -o $@ $(LIBS_RENDER) $(LIBS_FETCH) -lcmocka

# Preloaded by tests that stand between a program and its libraries.
$(BUILD)/tests/faults/%.so: tests/faults/%.c
	@mkdir -p $(@D)
	$(CC) $(filter-out -fPIE -fsanitize%,$(ALL_CFLAGS)) -fPIC -shared \
		$(LDFLAGS) $< -o $@

# As above, for tests that make calls fail: by the names that they really have.
$(BUILD)/tests/faults/interpose.so: $(wildcard tests/faults/interpose*.[ch])
	@mkdir -p $(@D)
	$(CC) $(filter-out -fPIE -fsanitize% -D_FORTIFY_SOURCE% -D_TIME_BITS% \
		-D_FILE_OFFSET_BITS%,$(ALL_CFLAGS)) -fPIC -shared $(LDFLAGS) \
		$(filter %.c,$^) -o $@

MANUALS := $(patsubst mirror/man/%.scd,$(BUILD)/man/%, \
	$(wildcard mirror/man/*.scd))

# Needs scdoc, as only packagers and tests do.
man: $(MANUALS)

$(BUILD)/man/%: mirror/man/%.scd
	@mkdir -p $(@D)
	scdoc < $< > $@

# The scripted hub without what only tests use.
DEMO_FILES := tests/hub/demo.conf $(filter-out tests/hub/test_% \
	tests/hub/hub_process.py,$(wildcard tests/hub/*.py))
SHARE := $(DESTDIR)$(PREFIX)/share
LIB   := $(DESTDIR)$(PREFIX)/lib
# Below /lib in Debian 12; the packages are told.
UNITS := $(PREFIX)/lib/systemd/system

# A unit names the programs where Debian has them.
install-unit = sed 's|/usr/bin/mirror|$(PREFIX)/bin/mirror|' systemd/$(1) \
	> $(DESTDIR)$(UNITS)/$(1) && chmod 644 $(DESTDIR)$(UNITS)/$(1)

install: all man
	install -d $(DESTDIR)$(PREFIX)/bin $(addprefix $(SHARE)/mirror/,fonts \
		themes lang demo/scenarios) $(addprefix $(SHARE)/man/man,1 5 7) \
		$(SHARE)/doc/mirror $(addprefix $(LIB)/,sysusers.d tmpfiles.d \
		udev/rules.d) $(DESTDIR)$(UNITS)/dev-dri-card0.device.d
	install -m755 $(PROGRAMS) $(DESTDIR)$(PREFIX)/bin
	install -m644 $(wildcard fonts/*.ttf) fonts/LICENSE $(SHARE)/mirror/fonts
	install -m644 $(wildcard themes/*.ini) $(SHARE)/mirror/themes
	install -m644 $(wildcard mirror/lang/*.ini) $(SHARE)/mirror/lang
	install -m644 $(DEMO_FILES) $(SHARE)/mirror/demo
	install -m644 tests/hub/scenarios/demo.json $(SHARE)/mirror/demo/scenarios
	install -m644 $(filter %.1,$(MANUALS)) $(SHARE)/man/man1
	install -m644 $(filter %.5,$(MANUALS)) $(SHARE)/man/man5
	install -m644 $(filter %.7,$(MANUALS)) $(SHARE)/man/man7
	install -m644 mirror/man/mirror.conf LICENSE $(SHARE)/doc/mirror
	$(call install-unit,mirror.service)
	$(call install-unit,mirror-fetch.socket)
	$(call install-unit,mirror-fetch@.service)
	$(call install-unit,mirror-reload.path)
	$(call install-unit,mirror-reload.service)
	install -m644 systemd/card-timeout.conf \
		$(DESTDIR)$(UNITS)/dev-dri-card0.device.d/mirror.conf
	install -m644 systemd/mirror.sysusers $(LIB)/sysusers.d/mirror.conf
	install -m644 systemd/mirror.tmpfiles $(LIB)/tmpfiles.d/mirror.conf
	install -m644 systemd/60-mirror.rules $(LIB)/udev/rules.d

# The package, from what is committed. Its dates are those of its changelog, so
# that the same commit gives the same bytes. With ARCH for another processor.
DEB_DIR    := build$(if $(TRIPLET),-$(ARCH))/deb
DEB_SOURCE := $(DEB_DIR)/mirror-$(VERSION)

deb: deps-deb $(if $(TRIPLET),sysroot)
	rm -rf $(DEB_DIR)
	mkdir -p $(DEB_SOURCE)
	git archive HEAD | tar -x -C $(DEB_SOURCE)
	cd $(DEB_SOURCE) && $(if $(TRIPLET),SYSROOT=$(SYSROOT)) \
		dpkg-buildpackage -b -us -uc -j2 $(if $(TRIPLET),-a$(ARCH) -d)
	lintian --fail-on error,warning $(DEB_DIR)/*.changes

deb-test: deps-deb-test deb
	@MIRROR_DEB=$(DEB_DIR) $(if $(TRIPLET),SYSROOT=$(SYSROOT)) \
		python3 tests/run.py $(BUILD) package

# The package in an emulated machine, from power-on to the panel. Takes minutes;
# the guest is Debian's SUITE: bookworm, trixie. STORY="brief portrait" tells only
# those; brief is the gist of all.
SUITE := bookworm
STORY :=

vm-test: deps-vm deb
	@python3 tests/vm/run.py $(BUILD) \
		$(DEB_DIR)/mirror_$(VERSION)_$$(dpkg --print-architecture).deb $(SUITE) \
		$(STORY)

clean:
	rm -rf build build-*

-include $(shell find $(BUILD)/obj -name '*.d' -type f 2>/dev/null)
