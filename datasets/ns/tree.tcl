# A binary tree, five levels deep, planted by a procedure that calls itself. 63 computers whose names are not set, so
# that the parser numbers them.

source tb_compat.tcl
set ns [new Simulator]

proc plant {parent depth} {
    global ns
    if {$depth == 0} return
    foreach side {left right} {
        set child [$ns node]
        $ns duplex-link $parent $child 100Mb [expr 2 * $depth]ms DropTail
        plant $child [expr $depth - 1]
    }
}

set root [$ns node]
plant $root 5

$ns rtproto Static
$ns run
