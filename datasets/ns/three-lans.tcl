# Three LANs that meet in one computer: 61 computers in four passes, so that the hub has a host of its own and each LAN
# is packed by itself, as in
#
#     containerize --pass-pack 0:1,1:20,2:10,3:5 PROJECT EXPERIMENT three-lans.tcl

source tb_compat.tcl
set ns [new Simulator]

set hub [$ns node]
tb-add-node-attribute $hub containers:PartitionPass 0

# 20 computers on each LAN, numbered through.
set number 0
foreach pass {1 2 3} {
    set members [list $hub]
    while {[llength $members] <= 20} {
        set n($number) [$ns node]
        tb-add-node-attribute $n($number) containers:PartitionPass $pass
        lappend members $n($number)
        incr number
    }
    set lan($pass) [$ns make-lan $members 100Mb 0ms]
}

$ns rtproto Static
$ns run
