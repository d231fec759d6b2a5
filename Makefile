# make help lists the commands.
.PHONY: help serve dist command heights bench fuzz reproducible audit screenshots test test-all

tools := tools/with-tools.sh

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' $(MAKEFILE_LIST)

serve: ## install what is missing, build the page, serve it with live reload
	@tools/setup.sh build
	$(tools) trunk serve

dist: ## the release, in dist/, ready for any static host
	@tools/setup.sh build
	$(tools) tools/dist.sh

command: ## the command for authors with all that it needs, at target/release/fact-explorer
	@tools/setup.sh build
	$(tools) tools/dist.sh
	tools/command.sh

heights: ## measure the compact form's heights anew, after a change of how it looks or what it says
	@tools/setup.sh test
	$(tools) tools/dist.sh
	FACT_EXPLORER_MEASURE=1 $(tools) cargo test --features site --test browser the_heights_that_ship

bench: ## this project beside others in one browser, half an hour; writes bench/RESULTS.md (or ARGS=--help)
	@tools/setup.sh bench
	$(tools) bench/run.sh $(ARGS)

fuzz: ## give what reads bytes from outside any bytes, 30 s a reader (or FUZZ_SECONDS=600, ARGS="csv json")
	@tools/setup.sh fuzz
	$(tools) tools/fuzz.sh $(ARGS)

reproducible: ## make the release twice, in two folders, and tell whether both are the same, byte for byte
	@tools/setup.sh build
	$(tools) tools/reproducible.sh $(ARGS)

screenshots: ## the README's pictures, of the release
	@tools/setup.sh screenshots
	$(tools) tools/dist.sh
	$(tools) node tools/screenshots.mjs

audit: ## licences, known faults, doubles and sources of all that is built with; fails where one can't be asked
	@tools/setup.sh audit
	$(tools) tools/audit.sh strict

test: ## install what is missing, build the release, run every check
	@tools/setup.sh test
	$(tools) tools/check.sh

test-all: ## the same, with every browser test in Firefox and WebKitGTK too, not only what readers do first
	@tools/setup.sh test
	$(tools) tools/check.sh all
