#!/bin/sh -e
containerlab tools netem set -n clab-DeterTest-example1-c-0 -i eth2 --delay 10000us --loss 0.001
# that is the way to most; traffic_shaping has the others
containerlab tools netem set -n clab-DeterTest-example1-c-1 -i eth1 --delay 10000us --loss 0.001
# that is the way to most; traffic_shaping has the others
containerlab tools netem set -n clab-DeterTest-example1-c-2 -i eth1 --delay 35000us --loss 0.001
containerlab tools netem set -n clab-DeterTest-example1-c-2 -i eth2 --delay 0us --loss 0.0 --rate 64
