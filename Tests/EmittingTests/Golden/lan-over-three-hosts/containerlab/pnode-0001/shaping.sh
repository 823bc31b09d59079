#!/bin/sh -e
containerlab tools netem set -n clab-DeterTest-example1-n-2 -i eth1 --delay 20000us --loss 0.0 --rate 10000
containerlab tools netem set -n clab-DeterTest-example1-n-3 -i eth1 --delay 20000us --loss 0.0 --rate 10000
