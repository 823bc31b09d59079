# Runs an NS-2 file as plain Tcl, without a testbed, and says what it does: a line a statement, words apart by \x1f,
# nodes and links by the names that a testbed gives them. Usage: tclsh recorder.tcl FILE
fconfigure stdout -encoding utf-8
set records {}
set count 0

proc new {class} { return $class }

proc record {args} { lappend ::records $args }

# The simulator: what makes an object returns a word that stands for it until its name is known.
proc Simulator {method args} {
  if {$method in {node duplex-link make-lan}} {
    set object "object[incr ::count]"
    record $method $object {*}$args
    return $object
  }
  record $method {*}$args
}

proc unknown {name args} {
  if {![string match tb-* $name]} { error "unknown command $name" }
  record $name {*}$args
}

rename source source_file
proc source {file} { record source $file }

source_file -encoding utf-8 [lindex $argv 0]

# A variable's name becomes the object's: "(" a hyphen, ")" nothing.
foreach variable [info globals] {
  set elements [expr {[array exists $variable] ? [lmap key [array names $variable] {set _ "${variable}($key)"}] : [list $variable]}]
  foreach element $elements {
    if {[info exists $element] && [string match object* [set $element]]} {
      lappend names [set $element] [string map {( - ) {}} $element]
    }
  }
}
foreach record $records {
  puts [join [lmap word $record {
    expr {[regexp {^object\d+( object\d+)*$} $word] ? [lmap part $word {dict get $names $part}] : $word}
  }] \x1f]
}
