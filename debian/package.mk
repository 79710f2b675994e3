# SPDX-License-Identifier: GPL-2.0
#
# Sources and packages to hand on. Included by the Makefile at the top, which says what
# each target makes.

PACKAGE_VERSION := $(shell cat VERSION)
PACKAGE_NAME := fastkexec-$(PACKAGE_VERSION)
DKMSDIR ?= /usr/src/$(PACKAGE_NAME)

.PHONY: dist deb rpm pacman dkms-install dkms-uninstall

# The same files give the same bytes, whenever and by whom. In a repository they are those
# that git knows, else those that .gitignore does not name.
DIST_FILES = if test -e .git; then git ls-files; else \
	bash -c '. tests/static/tree.sh && all_files && find $$PLANTED -type f'; fi
DIST_TIME = $(shell sed -n '/^ -- /{s/.*>  //p;q}' debian/changelog)

dist:
	@mkdir -p build
	@{ $(DIST_FILES); } | LC_ALL=C sort | tar -c -T - \
		--transform 's,^,$(PACKAGE_NAME)/,S' --owner 0 --group 0 --numeric-owner \
		--mode u+rwX,go+rX,go-w --mtime '$(DIST_TIME)' --format ustar | \
		xz -9 >build/$(PACKAGE_NAME).tar.xz.new
	@mv build/$(PACKAGE_NAME).tar.xz.new build/$(PACKAGE_NAME).tar.xz
	@echo build/$(PACKAGE_NAME).tar.xz

# dpkg-buildpackage leaves the packages beside the directory that it works in.
deb: dist
	@rm -rf build/deb
	@mkdir -p build/deb
	@tar -C build/deb -xf build/$(PACKAGE_NAME).tar.xz
	cd build/deb/$(PACKAGE_NAME) && dpkg-buildpackage --host-arch arm64 -us -uc $(DEB_FLAGS)
	@ls build/deb/*.deb

# On another machine, CROSS_COMPILE goes to the build by the environment.
RPM_HOST = $(if $(CROSS_COMPILE),--target aarch64-linux --define '__strip $(CROSS_COMPILE)strip')

rpm: dist
	@mkdir -p build/rpm
	@sed 's/#VERSION#/$(PACKAGE_VERSION)/' packaging/fastkexec.spec.in >build/rpm/fastkexec.spec
	rpmbuild -bb --define '_topdir $(CURDIR)/build/rpm' --define '_sourcedir $(CURDIR)/build' \
		$(RPM_HOST) $(RPM_FLAGS) build/rpm/fastkexec.spec
	@ls build/rpm/RPMS/*/*.rpm

# makepkg does not run as root.
pacman: dist
	@mkdir -p build/pacman
	@sed 's/#VERSION#/$(PACKAGE_VERSION)/' packaging/PKGBUILD.in >build/pacman/PKGBUILD
	@cp build/$(PACKAGE_NAME).tar.xz build/pacman/
	cd build/pacman && makepkg --force --clean $(PACMAN_FLAGS)
	@ls build/pacman/*.pkg.tar.*

# The sources that the module is built of, and no others.
dkms-install:
	@for file in Kbuild VERSION $$(find module uapi -name '*.[chS]'); do \
		install -D -m 644 $$file $(DESTDIR)$(DKMSDIR)/$$file || exit; \
	done
	sed 's/#MODULE_VERSION#/$(PACKAGE_VERSION)/' dkms.conf >$(DESTDIR)$(DKMSDIR)/dkms.conf

dkms-uninstall:
	rm -rf $(DESTDIR)$(DKMSDIR)
