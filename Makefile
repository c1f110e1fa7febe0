# The entry points. Each target installs what it needs (scripts/setup).

SWIFT ?= swift
PREFIX ?= /usr/local
UDEV_RULES ?= /etc/udev/rules.d
DESTDIR ?=

# The program as it ships: it runs without an installed Swift, and does not contain the path of this folder, nor an ID that
# depends on it.
RELEASE = $(CXXLIB) && $(SWIFT) build -c release --product fidoctl --static-swift-stdlib --disable-local-rpath -Xlinker -s -Xlinker --build-id=none $(QUICK_START) \
	-Xswiftc -file-prefix-map -Xswiftc $(CURDIR)=. -Xcc -ffile-prefix-map=$(CURDIR)=. -Xcxx -ffile-prefix-map=$(CURDIR)=.
# For a quick start: no table of its own symbols, of the C++ library only what Swift's runtime uses, types made by calls
# instead of from their names, and together what is used together (docs/decisions/linking.md).
QUICK_START = -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors \
	-Xlinker --no-export-dynamic -Xswiftc -L$(CURDIR)/.build/cxx -Xswiftc -Xclang-linker -Xswiftc -static-libgcc \
	-Xswiftc -use-ld=lld -Xlinker --symbol-ordering-file=$(CURDIR)/packaging/link-order.txt -Xlinker --no-warn-symbol-ordering \
	$(SECTIONS) $(RELOCATIONS)
# Each function and variable by itself, so that the linker can order them and leave out what is not used.
SECTIONS = -Xswiftc -Xfrontend -Xswiftc -function-sections -Xcc -ffunction-sections -Xcc -fdata-sections \
	-Xcxx -ffunction-sections -Xcxx -fdata-sections
# Shorter relocations, which glibc understands since 2.36.
RELOCATIONS = $(if $(shell printf '2.36\n%s\n' "$$(getconf GNU_LIBC_VERSION 2> /dev/null | cut -d' ' -f2)" | sort -VC && echo new),-Xlinker -z -Xlinker pack-relative-relocs)
# A linker takes the shared library where it finds both. Swift's own clang knows where they are.
CXXLIB = mkdir -p .build/cxx && ln -sf "$$(clang -print-file-name=libstdc++.a)" .build/cxx/
# OpenSSH's provider, likewise.
PROVIDER = $(RELEASE:fidoctl=fidoctl-sk) -Xlinker -soname -Xlinker libfidoctl-sk.so
# The manual pages and completions that go with it.
SHARE = .build/release-share
# For the archive: static libraries, and what is linked with them.
STATIC = $(CURDIR)/.build/archive

.PHONY: help demo release packages package test test-asan test-tsan test-browser test-openssh test-packages \
	test-reproducible test-speed vm-test bench link-order docs pictures lint format install uninstall

help:
	@echo 'make demo         register and log in with the embedded software key, or with one of yours'
	@echo 'make test         every test that needs no virtual machine, and where QEMU can be had those that do'
	@echo 'make test-asan    the same without the virtual machine, with memory errors and leaks looked for'
	@echo 'make test-tsan    the same, with data races looked for'
	@echo 'make test-browser Chromium and Firefox log in with the virtual key, Chromium manages it'
	@echo 'make test-openssh OpenSSH makes and uses keys through libfidoctl-sk.so, beside its own provider'
	@echo 'make test-speed   instructions, code and reports of each command, no more than recorded'
	@echo 'make vm-test      the tests against a real kernel, in a virtual machine'
	@echo 'make bench        times, memory and reports beside libfido2 and python-fido2; wants an idle machine'
	@echo 'make link-order   what a quick start needs, listed anew for the linker'
	@echo 'make docs         the documentation of the libraries, in .build/documentation; and whether the pictures are up to date'
	@echo 'make pictures     the pictures in docs/pictures, anew'
	@echo 'make lint         formatting, scripts, folder order, public API and links'
	@echo 'make release      the program as it ships, in .build/release'
	@echo 'make install      program, manual pages, completions and udev rule (PREFIX=$(PREFIX) UDEV_RULES=$(UDEV_RULES) DESTDIR=$(DESTDIR))'
	@echo 'make package      Debian packages, an archive for other systems, their checksums and an SBOM, in .build/package'
	@echo 'make test-packages the packages installed and used on a bare Debian 12'
	@echo 'make test-reproducible the same packages, made again in another folder'

demo:
	@scripts/setup build
	$(RELEASE)
	@scripts/demo .build/release/fidoctl

release:
	scripts/setup build release
	$(RELEASE)
	$(PROVIDER)
	scripts/share $(SHARE) .build/release/fidoctl

# The archive for other systems has a program with fewer shared libraries; for it, only the linker runs again.
packages:
	scripts/setup build release package
	scripts/static-libraries $(STATIC)
	$(subst $(RELOCATIONS),,$(RELEASE)) --pkg-config-path $(STATIC)
	$(subst $(RELOCATIONS),,$(PROVIDER)) --pkg-config-path $(STATIC)
	cp .build/release/fidoctl .build/release/libfidoctl-sk.so $(STATIC)
	$(RELEASE)
	$(PROVIDER)
	scripts/share $(SHARE) .build/release/fidoctl
	scripts/package .build/package

package: packages
	scripts/package-check .build/package

test-packages: package
	scripts/setup test-packages
	scripts/package-test .build/package

# A second release build, which takes as long as the first; a third if it differs.
test-reproducible: package
	scripts/reproducible .build/package

test:
	scripts/setup build test
	$(SWIFT) build --build-tests
	scripts/test

test-asan:
	scripts/setup build test
	scripts/sanitize address

test-tsan:
	scripts/setup build test
	scripts/sanitize thread

test-browser:
	scripts/setup build browser
	$(SWIFT) build --product fidoctl
	for key in standard preview; do \
		scripts/testbed run --key ".build/debug/fidoctl virtual serve --socket {socket} --scenario scripts/interop/chromium-$$key.json" \
			-- scripts/interop/chromium-settings .build/debug/fidoctl /dev/hidraw0 || exit; \
	done
	.build/interop/bin/python scripts/interop/browser .build/debug/fidoctl
	.build/interop/bin/python scripts/interop/extension .build/debug/fidoctl

test-openssh:
	scripts/setup build openssh
	$(RELEASE)
	$(PROVIDER)
	scripts/interop/openssh .build/release/libfidoctl-sk.so .build/release/fidoctl
	scripts/interop/openssh-calls .build/release/libfidoctl-sk.so .build/release/fidoctl

test-speed:
	scripts/setup build speed
	$(RELEASE)
	scripts/performance-guard .build/release/fidoctl

# The program needs its symbols for this, and is linked again without them.
link-order:
	scripts/setup build test speed
	$(subst -Xlinker -s ,,$(RELEASE))
	scripts/link-order .build/release/fidoctl > .build/link-order.txt
	mv .build/link-order.txt packaging/link-order.txt
	$(RELEASE)

vm-test:
	scripts/setup build vm
	$(SWIFT) build --build-tests
	scripts/vm/test

bench:
	scripts/setup build test bench
	$(RELEASE)
	scripts/bench .build/release/fidoctl

docs:
	scripts/setup build docs
	$(SWIFT) build
	scripts/docs
	scripts/pictures/recording .build/debug/fidoctl --check

pictures:
	scripts/setup build browser pictures
	$(SWIFT) build --product fidoctl
	scripts/pictures/recording .build/debug/fidoctl
	.build/interop/bin/python scripts/pictures/browsers .build/debug/fidoctl

lint:
	scripts/setup lint
	scripts/lint

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests Examples/Package.swift Examples/Sources Examples/Tests Benchmarks/Package.swift Benchmarks/Benchmarks

# After `make release`; as root where PREFIX needs it.
install:
	@test -e $(SHARE) || { echo 'first, as yourself: make release'; exit 1; }
	install -D -m 755 .build/release/fidoctl $(DESTDIR)$(PREFIX)/bin/fidoctl
	install -D -m 644 .build/release/libfidoctl-sk.so $(DESTDIR)$(PREFIX)/lib/libfidoctl-sk.so
	cd $(SHARE) && find . -type f -exec install -D -m 644 {} $(abspath $(DESTDIR))$(PREFIX)/share/{} \;
	install -D -m 644 udev/70-fido.rules $(DESTDIR)$(UDEV_RULES)/70-fido.rules
	@test -n '$(DESTDIR)' || ! command -v udevadm > /dev/null || \
		{ udevadm control --reload && udevadm trigger --subsystem-match=hidraw; } 2> /dev/null || \
		echo 'udevd is not running: the rule takes effect when it starts'

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/fidoctl $(DESTDIR)$(PREFIX)/lib/libfidoctl-sk.so $(DESTDIR)$(UDEV_RULES)/70-fido.rules
	cd $(SHARE) && find . -type f -exec rm -f $(abspath $(DESTDIR))$(PREFIX)/share/{} \;
