# A small university: three core routers in a ring, four buildings with a router and two LANs each, a data centre,
# and a branch office behind a slow line. 61 computers.
#
# Most computers are light containers (the default kind); the servers are virtual machines, the border router is a
# physical machine of its own, and the probes are processes.

source tb_compat.tcl
set ns [new Simulator]

# Gives a computer its container kind.
proc container {node kind} {
    tb-add-node-attribute $node containers:node_type $kind
}

# The core, and the way out.
foreach place {north east south} {
    set core($place) [$ns node]
}
set ring(0) [$ns duplex-link $core(north) $core(east) 1Gb 4ms DropTail]
set ring(1) [$ns duplex-link $core(east) $core(south) 1Gb 4ms DropTail]
set ring(2) [$ns duplex-link $core(south) $core(north) 1Gb 4ms DropTail]

set border [$ns node]
container $border embedded_pnode
tb-set-hardware $border pc
set uplink [$ns duplex-link $core(north) $border 100Mb 10ms RED]

# Four buildings: a router with two uplinks, a LAN of desks and a LAN of laboratory machines.
set computers 0
foreach {building first second} {library north east physics east south arts south north gym north south} {
    set router($building) [$ns node]
    set primary($building) [$ns duplex-link $router($building) $core($first) 100Mb 2ms DropTail]
    set backup($building) [$ns duplex-link $router($building) $core($second) 100Mb 6ms DropTail]

    foreach {kind size} {desks 6 lab 4} {
        set members $router($building)
        for {set i 0} {$i < $size} {incr i} {
            set host($computers) [$ns node]
            tb-set-node-startcmd $host($computers) "ping -c 3 directory > /tmp/reach.log 2>&1"
            lappend members $host($computers)
            incr computers
        }
        set lan($building-$kind) [$ns make-lan $members 100Mb 0ms]
    }

    # A process is shaped at its switch, a container in its kernel: the link between them is left unshaped.
    set probe($building) [$ns node]
    container $probe($building) process
    set tap($building) [$ns duplex-link $probe($building) $router($building) 10Mb 0ms DropTail]
}

# The data centre: virtual machines on one fast LAN.
set spine [$ns node]
set trunk [$ns duplex-link $spine $core(east) 1Gb 0ms DropTail]
set members $spine
foreach service {directory mail web files} {
    set $service [$ns node]
    container [set $service] qemu
    tb-set-node-os [set $service] Ubuntu1604-STD
    lappend members [set $service]
}
tb-set-node-startcmd $web "python3 -m http.server 80"
set rack [$ns make-lan $members 1Gb 0ms]

# The branch office: a slow line that loses a packet in a hundred.
set branch [$ns node]
set line [$ns duplex-link $branch $core(south) 2Mb 30ms DropTail]
tb-set-link-loss $line 0.01
set members $branch
for {set i 0} {$i < 3} {incr i} {
    set desk($i) [$ns node]
    lappend members $desk($i)
}
set office [$ns make-lan $members 10Mb 0ms]

$ns rtproto Static
$ns run
