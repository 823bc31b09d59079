#!/bin/sh
# Makes the virtual machine that this runs in the node that its seed describes, and speaks for it on the second serial
# line. Whatever the image is, it runs this as root at each boot, with the directory that the seed is mounted on:
# usage: boot DIRECTORY
#
# To the host's agent, a line each: "booted", "note TEXT", "started", "ended STATUS", "pong NUMBER TEXT", "rebooting";
# "file NUMBER NAME VERSION", "part NUMBER BASE64" and "recorded NUMBER".
# From it: "start", "ping NUMBER SOURCE TARGET SIZE COUNT INTERVAL WAIT", "reboot", "record NUMBER LIMIT VERSION VERSION
# VERSION".
seed=$1/containerize
variables=/var/containers
log=$variables/log/start_command
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
umask 022

read -r name <"$seed/name"
echo "$name" >/proc/sys/kernel/hostname

stty -F /dev/ttyS1 raw -echo 2>/dev/null
exec 3<>/dev/ttyS1 || exit 1
tell() { echo "$*" >&3; }
try() { problem=$("$@" 2>&1) || tell "note $*: $problem"; }

# Files.
mkdir -p $variables/config $variables/log /root
cp "$seed/pid" "$seed/eid" $variables
[ -e /var/benito ] || ln -s containers /var/benito
cp "$seed/name" /etc/hostname
cp "$seed/hosts" /etc/hosts
for disk in /sys/block/*; do
  [ "$(cat "$disk/serial" 2>/dev/null)" = containers ] || continue
  grep -q " $variables/config " /proc/mounts || try mount -o ro "/dev/${disk##*/}" $variables/config
done

# Every node forwards, packets may come back another way than they went, and nobody uses IPv6 unless he says so.
set_kernel() { echo "$2" >"/proc/sys/net/$1" 2>/dev/null; }
set_kernel ipv4/ip_forward 1
for family in all default; do
  set_kernel ipv4/conf/$family/rp_filter 0
  set_kernel ipv4/conf/$family/send_redirects 0
  set_kernel ipv6/conf/$family/disable_ipv6 1
done

ip link set dev lo up
# A card may have the name that another is to get: first all get names that nobody wants.
number=0
while read -r interface mac mtu address; do
  number=$((number + 1))
  for card in /sys/class/net/*; do
    read -r found <"$card/address"
    [ "$found" = "$mac" ] || continue
    card=${card##*/}
    ip link set dev "$card" down
    [ "$card" = "$interface" ] || try ip link set dev "$card" name "pending$number"
    break
  done
done <"$seed/interfaces"
number=0
while read -r interface mac mtu address; do
  number=$((number + 1))
  [ ! -e "/sys/class/net/pending$number" ] || try ip link set dev "pending$number" name "$interface"
  if [ -e "/sys/class/net/$interface" ]; then
    ip address flush dev "$interface"
    try ip link set dev "$interface" mtu "$mtu"
    [ "$address" = - ] || try ip address add "$address" dev "$interface"
    try ip link set dev "$interface" up
  else
    tell "note there is no card with the address $mac for $interface"
  fi
done <"$seed/interfaces"
while read -r destination gateway interface; do
  try ip route replace "$destination" via "$gateway" dev "$interface"
done <"$seed/routes"

# Whoever has the experiment's key may log in, and machines show the experiment's. An image's sshd is started by itself,
# the small guest's dropbear here.
if [ -e "$seed/authorized_keys" ]; then
  mkdir -p /root/.ssh
  chmod 700 /root/.ssh
  cp "$seed/authorized_keys" /root/.ssh/authorized_keys
  chmod 600 /root/.ssh/authorized_keys
fi
if command -v dropbear >/dev/null; then
  mkdir -p /etc/dropbear
  key=/etc/dropbear/dropbear_ed25519_host_key
  [ ! -e "$seed/host_key" ] || [ -e $key ] ||
    dropbearconvert openssh dropbear "$seed/host_key" $key >/dev/null 2>&1
  dropbear -R -s -j -k
elif [ -d /etc/ssh ] && [ -e "$seed/host_key" ] && ! cmp -s "$seed/host_key" /etc/ssh/ssh_host_ed25519_key; then
  (umask 077 && cp "$seed/host_key" /etc/ssh/ssh_host_ed25519_key)
  ssh-keygen -y -f /etc/ssh/ssh_host_ed25519_key >/etc/ssh/ssh_host_ed25519_key.pub
  systemctl --no-block restart ssh 2>/dev/null || systemctl --no-block restart sshd 2>/dev/null
fi

record() { echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) $*" >>$log.log; }

# The documented commands redirect with ">&", which bash knows and busybox's sh, too.
start() {
  [ -s "$seed/start_command" ] || return
  command=$(cat "$seed/start_command")
  shell=/bin/sh
  # shellcheck disable=SC2034 # the words below are evaluated: the values of variables are quoted for that
  [ ! -x /bin/bash ] || shell=/bin/bash
  record "started: $command"
  tell started
  (
    cd /root || cd /
    variables=$(cat "$seed/environment" 2>/dev/null)
    eval "exec env -i $variables" 'PATH=$PATH HOME=/root USER=root LOGNAME=root SHELL=$shell HOSTNAME="$name" \
      setsid $shell -c "$command" </dev/null >>$log.out 2>>$log.err 3>&-'
  )
  status=$?
  record "ended with status $status"
  tell "ended $status"
}

answer() {
  # shellcheck disable=SC2046 # the words of what it says, on one line
  tell pong "$1" $(ping -q -I "$2" -s "$4" -c "$5" -i "$6" -W "$7" "$3" 2>&1)
}

# What the start command has written: of each file its version, and its last bytes unless the agent has that version.
tell_record() {
  number=$1 limit=$2
  shift 2
  for file in out err log; do
    if [ -f "$log.$file" ]; then
      version=$(stat -L -c %s.%Y "$log.$file")
      tell "file $number $file $version"
      if [ "$version" != "$1" ]; then
        for part in $(tail -c "$limit" "$log.$file" | base64); do tell "part $number $part"; done
      fi
    fi
    shift
  done
  tell "recorded $number"
}

# Nothing that ends meanwhile may be this shell's child: its end would break off the line that is being read.
tell booted
# shellcheck disable=SC2086 # arguments are several words
while read -r verb arguments <&3; do
  case $verb in
  start) (start &) ;;
  ping) answer $arguments ;;
  record) (tell_record $arguments &) ;;
  reboot)
    tell rebooting
    (reboot &)
    ;;
  esac
done
