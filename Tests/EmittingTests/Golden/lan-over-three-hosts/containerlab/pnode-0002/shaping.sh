#!/bin/sh -e
containerlab tools netem set -n clab-DeterTest-example1-n-4 -i eth1 --delay 20000us --loss 0.0 --rate 10000
containerlab tools netem set -n clab-DeterTest-example1-n-5 -i eth1 --delay 20000us --loss 0.0 --rate 10000
