#!/bin/sh
# What the image runs: sitegen, unless its arguments begin with `dask`.
# Dask's Helm chart asks for `dask-scheduler` and `dask-worker`, as older releases called them.
case $1 in
    dask) exec "$@" ;;
    dask-*) kind=${1#dask-}; shift; exec dask "$kind" "$@" ;;
    *) exec sitegen "$@" ;;
esac
