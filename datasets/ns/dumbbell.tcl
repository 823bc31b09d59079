# Senders and receivers on either side of a bottleneck, with traffic shaped in one direction only. 22 computers.

source tb_compat.tcl
set ns [new Simulator]

set left [$ns node]
set right [$ns node]
set bottleneck [$ns duplex-link $left $right 10Mb 40ms RED]
# The way back is slower, and loses packets.
tb-set-link-simplex-params $bottleneck $right 60ms 2Mb 0.02

for {set i 0} {$i < 10} {incr i} {
    set sender($i) [$ns node]
    set receiver($i) [$ns node]
    set in($i) [$ns duplex-link $sender($i) $left 100Mb [expr 2 + $i]ms DropTail]
    set out($i) [$ns duplex-link $right $receiver($i) 100Mb [expr 2 + $i]ms DropTail]
    tb-set-node-startcmd $sender($i) "sleep $i; iperf -c receiver-$i"
    tb-set-node-startcmd $receiver($i) "iperf -s"
}

$ns rtproto Static
$ns run
