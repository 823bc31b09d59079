# Addresses, masks and routes set by hand: two LANs, a router with fixed addresses, and a point-to-point link with a
# mask of its own. 8 computers.

source tb_compat.tcl
set ns [new Simulator]

set router [$ns node]
set remote [$ns node]
set wan [$ns duplex-link $router $remote 1.5Mb 25ms DropTail]
tb-set-netmask $wan 255.255.255.248
tb-set-ip-link $router $wan 192.168.7.1
tb-set-ip-link $remote $wan 192.168.7.2

set members(0) $router
set members(1) $router
for {set i 0} {$i < 6} {incr i} {
    set host($i) [$ns node]
    lappend members([expr $i % 2]) $host($i)
}
set offices [$ns make-lan $members(0) 100Mb 0ms]
set guests [$ns make-lan $members(1) 10Mb 0ms]
tb-set-ip-lan $router $offices 10.20.0.1
tb-set-ip-lan $router $guests 10.30.0.1
tb-set-lan-loss $guests 0.005

$ns rtproto Manual
$remote add-route $offices $router
$remote add-route $guests $router
$ns run
