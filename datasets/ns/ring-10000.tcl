# A ring of ten thousand nodes, for measuring how fast NS-2 files are read.

source tb_compat.tcl
set ns [new Simulator]

set count 10000
for {set i 0} {$i < $count} {incr i} {
    set n($i) [$ns node]
}
for {set i 0} {$i < $count} {incr i} {
    set l($i) [$ns duplex-link $n($i) $n([expr ($i + 1) % $count]) 100Mb 10ms DropTail]
}

$ns rtproto Static
$ns run
