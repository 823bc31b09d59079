#!/bin/sh -e
