# Bellhop. `make run` runs a whole hotel; `make test` proves it. Both install what is missing.
SHELL := /bin/bash
FUZZTIME ?= 30s
GEN := go run github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2
CHECK := go run honnef.co/go/tools/cmd/staticcheck@v0.7.0

.PHONY: help web run test unit race e2e faults load bench lint gen fuzz setup build clean

help:                 ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## */  \1\t/' | expand -t 12

run: setup            ## a real Asterisk, the controller, the demo hotel and phones that call
	@go build -o bin/bellhop ./controller
	@exec bin/bellhop demo

test: setup lint race ## everything that must be true before a change lands
	@scripts/web check
	@scripts/fuzz 30s FuzzDecode FuzzParse

setup:                ## distribution packages, browser pages, an Asterisk in a root of its own
	@scripts/setup
	@scripts/web
	@go run ./controller setup

web:                  ## the browser pages, into web/dist
	@scripts/web

build:
	go build -o bin/bellhop ./controller

unit:                 ## quick: no Asterisk, no PostgreSQL
	go test -short -shuffle=on ./...

race:                 ## all tests, the real Asterisk and PostgreSQL included
	go test -race -shuffle=on -timeout 15m ./...

e2e:                  ## only the calls over the real Asterisk
	go test -race -shuffle=on -count=1 -v ./test/e2e/...

faults:               ## kill, hang and cut everything, with the full figures; prints a table
	BELLHOP_FAULTS=long go test -count=1 -timeout 30m -v ./test/faults

lint:                 ## formatting, vet, generated code in step with the contract
	@test -z "$$(gofmt -l api controller dialplan docker sql test)" || { gofmt -l api controller dialplan docker sql test; echo "run gofmt -w on these files"; exit 1; }
	go vet ./...
	$(CHECK) ./...

gen:                  ## api/openapi.yaml → controller/edge/rest/gen
	$(GEN) -config api/oapi-codegen.yaml api/openapi.yaml

fuzz:                 ## each fuzz target for FUZZTIME
	@scripts/fuzz $(FUZZTIME)

bench:
	go test -run '^$$' -bench . -benchmem ./...

load: setup           ## plain Dial() and Bellhop side by side; figures for docs/promises.md
	go run ./test/load

clean:
	rm -rf bin
