# SPDX-License-Identifier: GPL-2.0
#
# Reads objdump's listing of .fk_reloc_enter and .fk_reloc; see barriers. Sections of
# the Arm ARM: B2.7 (barriers), D8.14 (TLB maintenance), K1.2 (context of a change).

# Registers of reloc_page.S: MMU off, MMU on again, a table without entries.
BEGIN { OFF = "x24"; ON = "x17"; EMPTY = "x9"; LEAVING = "" }

/^Disassembly of section/ { section = $NF }

/^ *[0-9a-f]+:\t[a-z]/ {
	sub(/ *\/\/.*/, "")
	split($0, field, "\t")
	gsub(/[ :]/, "", field[1])
	n++
	place[n] = field[1]
	number[field[1]] = n
	op[n] = field[2]
	arg[n] = field[3]
	part[n] = section
	count = split(field[3], word, /,? /)
	reg[n] = word[1]
	from[n] = word[count]
	# A branch names its target last, with the symbol in < > after it.
	target[n] = word[count] ~ /^</ ? word[count - 1] : ""
}

# text(I): instruction I as it stands, or nothing if there is none.
function text(i)
{
	return i < 1 || i > n ? "" : op[i] (arg[i] == "" ? "" : " " arg[i])
}

function after(i)
{
	for (i++; i in gone; i++)
		;
	return i
}

function before(i)
{
	for (i--; i in gone; i--)
		;
	return i
}

# follows(I, PATTERNS): what stands behind I in the text is one of each, in order.
function follows(i, patterns,	list, count, k)
{
	count = split(patterns, list, "; ")
	for (k = 1; k <= count; k++) {
		i = after(i)
		if (text(i) !~ "^" list[k] "$")
			return 0
	}
	return 1
}

# precedes(I, PATTERNS): the same before I; the last one stands next to it.
function precedes(i, patterns,	list, count, k)
{
	count = split(patterns, list, "; ")
	for (k = count; k >= 1; k--) {
		i = before(i)
		if (text(i) !~ "^" list[k] "$")
			return 0
	}
	return 1
}

function is_write(i)
{
	return op[i] == "msr" && reg[i] !~ /^(elr|spsr)_|^daif/
}

# uses(I, REG): needs what was written to REG, or may. LEAVING: only what ends here.
function uses(i, name)
{
	if (op[i] ~ /^(br|blr|eret|hvc|smc)$/ || (op[i] == "ret" && part[i] != ".fk_reloc:"))
		return 1
	if (name == LEAVING)
		return 0
	if (op[i] ~ /^(ld|st|tlbi$|dc$|at$)/)
		return 1
	if (name ~ /^far_/)
		return op[i] ~ /^m[rs][rs]$/ && arg[i] ~ /far_/
	return name ~ /^(ttbr|tcr|sctlr).*_el1$/ && op[i] == "msr" &&
		reg[i] ~ /^(ttbr[01]|tcr|sctlr)_el1$/
}

# returns(NAME, GOOD, LINK): reaches() for a return in the page. LINK: where to; 0 if it
# is not known: behind each of its calls.
function returns(name, good, link,	k)
{
	if (link)
		return reaches(link, name, good, 0)
	for (k = 1; k <= n; k++)
		if (op[k] == "bl" && reaches(k + 1, name, good, 0))
			return 1
	return 0
}

# reaches(I, NAME, GOOD, LINK): on some way on from I, NAME is used before GOOD stands
# there.
function reaches(i, name, good, link)
{
	for (; i <= n; i++) {
		if (i in gone)
			continue
		if ((i, link) in seen || text(i) ~ "^" good "$")
			return 0
		seen[i, link] = 1
		if (uses(i, name))
			return 1
		if (op[i] == "ret")
			return returns(name, good, link)
		if (op[i] == "b")
			return reaches(number[target[i]], name, good, link)
		if (op[i] == "bl")
			return reaches(number[target[i]], name, good, i + 1)
		if (target[i] != "" && op[i] !~ /^adr/ &&
		    reaches(number[target[i]], name, good, link))
			return 1
	}
	return 1
}

function missing(i, name, good)
{
	split("", seen)
	return reaches(i + 1, name, good, 0)
}

function broken(rule, i)
{
	findings++
	if (!quiet)
		print place[i] ": " text(i) ": " rule
}

# must(CONDITION, RULE, I): what RULE says of I holds.
function must(condition, rule, i)
{
	if (!condition)
		broken(rule, i)
}

function check_write(i)
{
	must(!missing(i, reg[i], "isb"), "used before an ISB", i)
	if (reg[i] == "hcr_el2") {
		must(precedes(i, "dsb nsh") && follows(i, "isb"), "not between DSB and ISB", i)
		must(!missing(i, LEAVING, "tlbi alle1") &&
		     !missing(i, LEAVING, "tlbi alle2"), "left without TLBI ALLE1 and ALLE2", i)
		found["EL2"]++
	}
	if (reg[i] ~ /^ttbr[01]_el1$/ && from[i] == EMPTY) {
		must(follows(i, "isb; tlbi vmalle1"), "the range that ends here is not flushed", i)
		found["empty table"]++
	}
	if (reg[i] == "tcr_el1" && text(before(i)) ~ /^orr .*#0x800000$/) {
		must(follows(i, "isb; tlbi vmalle1"), "the range that ends here is not flushed", i)
		found["EPD1"]++
	}
	if (reg[i] == "sctlr_el1" && from[i] == OFF && !found["MMU off"]++) {
		must(precedes(i, "dsb sy; ic iallu; dsb sy; isb; isb"),
		     "MMU off without DSB SY, IC IALLU, DSB SY, ISB, ISB before it", i)
		must(follows(i, "isb; tlbi vmalle1"), "the MMU's last entries are not flushed", i)
	}
	if (reg[i] == "sctlr_el1" && from[i] == ON) {
		must(precedes(i, "ic iallu; dsb nsh; isb") && follows(i, "isb"),
		     "MMU on without IC IALLU, DSB, ISB before it and ISB after it", i)
		found["MMU on"]++
	}
}

# check(): the number of rules that do not hold.
function check(	i)
{
	findings = 0
	split("", found)
	for (i = 1; i <= n; i++) {
		if (i in gone)
			continue
		if (is_write(i))
			check_write(i)
		if (op[i] == "tlbi" && text(after(i)) !~ /^tlbi/)
			must(follows(i, "dsb (nsh|ish|sy); isb"), "not followed by DSB, ISB", i)
		if (text(i) == "ic iallu")
			must(follows(i, "dsb (nsh|ish|sy); isb"), "not followed by DSB, ISB", i)
	}
	must(found["MMU off"] == 2 && found["MMU on"] == 1 && found["EL2"] == 2 &&
	     found["empty table"] == 3 && found["EPD1"] == 1,
	     "the writes that these rules are about are not all found", n)
	return findings
}

# changed(WHAT, I): the listing is another one now; a rule must be broken by that.
function changed(what, i)
{
	changes++
	if (!check()) {
		print place[i] ": " text(i) ": " what ", and no rule is broken"
		failures++
	}
}

function delete_one(i)
{
	gone[i] = 1
	changed("deleted", i)
	delete gone[i]
}

function weaken(i, domain,	strong)
{
	strong = arg[i]
	arg[i] = domain
	changed("instead of " strong, i)
	arg[i] = strong
}

function swap(i, k,	was_op, was_arg, was_reg, was_from)
{
	was_op = op[i]; was_arg = arg[i]; was_reg = reg[i]; was_from = from[i]
	op[i] = op[k]; arg[i] = arg[k]; reg[i] = reg[k]; from[i] = from[k]
	op[k] = was_op; arg[k] = was_arg; reg[k] = was_reg; from[k] = was_from
}

END {
	failures = check()
	quiet = 1
	for (i = 1; i <= n && !failures; i++) {
		if (op[i] ~ /^(isb|dsb|tlbi|ic)$/)
			delete_list[++barriers] = i
	}
	for (k = 1; k <= barriers; k++) {
		i = delete_list[k]
		delete_one(i)
		if (op[i] == "dsb")
			weaken(i, "ld")
		if (text(i) == "dsb sy")
			weaken(i, "nsh")
		if (op[i] == "isb" && op[i - 1] == "msr") {
			swap(i, i - 1)
			changed("written after its ISB", i)
			swap(i, i - 1)
		}
	}
	if (!barriers && !failures) {
		print "no barrier is found"
		failures++
	}
	printf "%s barriers: %d instructions, %d barriers, %d changes that break a rule\n",
		failures ? "FAIL" : "PASS", n, barriers, changes
	printf "%d passed, %d failed, 0 skipped\n", !failures, failures
	exit failures > 0
}
