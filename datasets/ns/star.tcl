# A center and nine satellites, each 10 ms away: a packet takes 20 ms there and back, and 40 ms between satellites.
set ns [new Simulator]
source tb_compat.tcl

set center [$ns node]
for {set i 0} {$i < 9} {incr i} {
  set n($i) [$ns node]
  tb-set-node-startcmd $n($i) "ping -c 3 center"
  $ns duplex-link $center $n($i) 100Mb 10ms DropTail
}

$ns rtproto Static
$ns run
