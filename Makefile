# Thin targets: each does what its script says.
.PHONY: demo demo-reset test e2e bench load abandoned fuzz dev sqlx-prepare

# setpriv: whatever ends make, even SIGKILL, ends what it started.
UNTIL_MAKE_ENDS = exec setpriv --pdeathsig TERM --

# What is measured: m, a région, or l, the country.
SIZE ?= m

## Serves a demonstration on 127.0.0.1 and keeps its data.
demo:
	@$(UNTIL_MAKE_ENDS) scripts/demo

## Serves a demonstration from fresh data.
demo-reset:
	@$(UNTIL_MAKE_ENDS) scripts/demo --reset

## Everything that proves the project: formatting, lints, rules, tests, browser journeys.
test:
	@$(UNTIL_MAKE_ENDS) scripts/test

## The browser journeys alone, on a demonstration of their own; pictures of their pages in tests/e2e/screenshots.
e2e:
	@$(UNTIL_MAKE_ENDS) scripts/e2e

## Measures the release build, page after page, on a whole région (SIZE=l: on the country) and writes docs/performance.md.
bench:
	@export SIZE=$(SIZE); $(UNTIL_MAKE_ENDS) scripts/bench

## Has everyone use it at once, 30 to 600 requests a second, on the same data, and writes that too.
load:
	@export SIZE=$(SIZE); $(UNTIL_MAKE_ENDS) scripts/load

## Abandons 10,000 requests of each kind, each within a minute, beside honest people.
abandoned:
	@$(UNTIL_MAKE_ENDS) scripts/abandoned

## Invents millions of inputs for the parsers, an hour and a half on one core.
fuzz:
	@$(UNTIL_MAKE_ENDS) scripts/fuzz

## The demonstration with its log.
dev:
	@export RUST_LOG=info; $(UNTIL_MAKE_ENDS) scripts/demo

## Writes .sqlx/ anew, after a query or a migration changed.
sqlx-prepare:
	@$(UNTIL_MAKE_ENDS) scripts/sqlx-prepare
