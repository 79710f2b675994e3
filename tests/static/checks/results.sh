# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# the tables of README and docs/costs.md that tests/bench makes are those of its results

run_tables()
{
	tests/bench/bench --check-documents "$@"
}

check()
{
	if [ ! -e tests/bench/results/full.json ]; then
		echo "results: skipped: no results were recorded"
		return "$SKIPPED"
	fi
	finds 'results.md: other tables' run_tables "$PLANTED/results.md"
	grep -q '^<!-- bench ' README.md || die "README.md has no table of tests/bench"
	run_tables README.md docs/costs.md
}
