# make help lists the commands.
.PHONY: help serve dist test

tools := tools/with-tools.sh

help: ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST)

serve: ## install what is missing, build the page, serve it with live reload
	@tools/setup.sh build
	$(tools) trunk serve

dist: ## the release, in dist/, ready for any static host
	@tools/setup.sh build
	$(tools) tools/dist.sh

test: ## install what is missing, build the release, run every check
	@tools/setup.sh test
	$(tools) tools/check.sh
