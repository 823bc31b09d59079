set ns [new Simulator]
source tb_compat.tcl

set n(0) [$ns node]
set n(1) [$ns node]
tb-add-node-attribute $n(1) containers:node_type qemu
set n(2) [$ns node]
set n(3) [$ns node]
tb-add-node-attribute $n(3) containers:node_type process
set n(4) [$ns node]
set n(5) [$ns node]
set n(6) [$ns node]
tb-add-node-attribute $n(6) containers:node_type qemu
set n(7) [$ns node]
set n(8) [$ns node]
tb-add-node-attribute $n(8) containers:node_type process
set n(9) [$ns node]
set n(10) [$ns node]
set n(11) [$ns node]
tb-add-node-attribute $n(11) containers:node_type qemu
set n(12) [$ns node]
set n(13) [$ns node]
tb-add-node-attribute $n(13) containers:node_type process
set n(14) [$ns node]
set n(15) [$ns node]
set n(16) [$ns node]
tb-add-node-attribute $n(16) containers:node_type qemu
set n(17) [$ns node]
set n(18) [$ns node]
tb-add-node-attribute $n(18) containers:node_type process
set n(19) [$ns node]
set n(20) [$ns node]
set n(21) [$ns node]
tb-add-node-attribute $n(21) containers:node_type qemu
set n(22) [$ns node]
set n(23) [$ns node]
tb-add-node-attribute $n(23) containers:node_type process
set n(24) [$ns node]
set n(25) [$ns node]
set n(26) [$ns node]
tb-add-node-attribute $n(26) containers:node_type qemu
set n(27) [$ns node]
set n(28) [$ns node]
tb-add-node-attribute $n(28) containers:node_type process
set n(29) [$ns node]
set n(30) [$ns node]
set n(31) [$ns node]
tb-add-node-attribute $n(31) containers:node_type qemu
set n(32) [$ns node]
set n(33) [$ns node]
tb-add-node-attribute $n(33) containers:node_type process
set n(34) [$ns node]
set n(35) [$ns node]
set n(36) [$ns node]
tb-add-node-attribute $n(36) containers:node_type qemu
set n(37) [$ns node]
set n(38) [$ns node]
tb-add-node-attribute $n(38) containers:node_type process
set n(39) [$ns node]
set n(40) [$ns node]
set n(41) [$ns node]
tb-add-node-attribute $n(41) containers:node_type qemu
set n(42) [$ns node]
set n(43) [$ns node]
tb-add-node-attribute $n(43) containers:node_type process
set n(44) [$ns node]
set n(45) [$ns node]
set n(46) [$ns node]
tb-add-node-attribute $n(46) containers:node_type qemu
set n(47) [$ns node]
set n(48) [$ns node]
tb-add-node-attribute $n(48) containers:node_type process
set n(49) [$ns node]
set n(50) [$ns node]
set n(51) [$ns node]
tb-add-node-attribute $n(51) containers:node_type qemu
set n(52) [$ns node]
set n(53) [$ns node]
tb-add-node-attribute $n(53) containers:node_type process
set n(54) [$ns node]
set n(55) [$ns node]
set n(56) [$ns node]
tb-add-node-attribute $n(56) containers:node_type qemu
set n(57) [$ns node]
set n(58) [$ns node]
tb-add-node-attribute $n(58) containers:node_type process
set n(59) [$ns node]

set l(0) [$ns make-lan "$n(0) $n(1) $n(2) $n(3) $n(4) $n(5) $n(6) $n(7)" 100000kb 0ms]
set l(1) [$ns make-lan "$n(0) $n(1) $n(8) $n(9) $n(10) $n(11) $n(12) $n(13) $n(14) $n(15) $n(16) $n(17) $n(18) $n(19)" 100000kb 0ms]
set l(2) [$ns make-lan "$n(20) $n(21) $n(22) $n(23) $n(24) $n(25) $n(26) $n(27)" 100000kb 0ms]
set l(3) [$ns make-lan "$n(20) $n(21) $n(28) $n(29) $n(30) $n(31) $n(32) $n(33) $n(34) $n(35) $n(36) $n(37) $n(38) $n(39)" 100000kb 0ms]
set l(4) [$ns duplex-link $n(0) $n(20) 1000000kb 10ms DropTail]
set l(5) [$ns make-lan "$n(40) $n(41) $n(42) $n(43) $n(44) $n(45) $n(46) $n(47)" 100000kb 0ms]
set l(6) [$ns make-lan "$n(40) $n(41) $n(48) $n(49) $n(50) $n(51) $n(52) $n(53) $n(54) $n(55) $n(56) $n(57) $n(58) $n(59)" 100000kb 0ms]
set l(7) [$ns duplex-link $n(20) $n(40) 1000000kb 10ms DropTail]

$ns rtproto Static
$ns run
