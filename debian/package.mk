# SPDX-License-Identifier: GPL-2.0
#
# Sources and packages to hand on. Included by the Makefile at the top, which says what
# each target makes.

PACKAGE_VERSION := $(shell cat VERSION)
PACKAGE_NAME := fastkexec-$(PACKAGE_VERSION)
DKMSDIR ?= /usr/src/$(PACKAGE_NAME)

.PHONY: dist deb dkms-install dkms-uninstall

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

# The sources that the module is built of, and no others.
dkms-install:
	@for file in Kbuild VERSION $$(find module uapi -name '*.[chS]'); do \
		install -D -m 644 $$file $(DESTDIR)$(DKMSDIR)/$$file || exit; \
	done
	sed 's/#MODULE_VERSION#/$(PACKAGE_VERSION)/' dkms.conf >$(DESTDIR)$(DKMSDIR)/dkms.conf

dkms-uninstall:
	rm -rf $(DESTDIR)$(DKMSDIR)
