// SPDX-License-Identifier: GPL-2.0
MODULE_VERSION("@VERSION@");
