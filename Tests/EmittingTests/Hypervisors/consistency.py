"""Says where the files of emitters and the manifests of hosts differ, a line each, as other parsers than ours read them.

Usage: consistency.py DIRECTORY..., each an experiment's; or one that has only the files of one host, where what these
refer to must be in them.
"""
import collections
import glob
import json
import os
import re
import shlex
import sys
import xml.etree.ElementTree as ElementTree

import yaml


class Loader(yaml.CSafeLoader):
    """YAML with Ansible's tag for text that isn't a template."""


class Unsafe(str):
    """Text that Ansible leaves alone."""


Loader.add_constructor("!unsafe", lambda loader, node: Unsafe(loader.construct_scalar(node)))


def expect(where, found, expected):
    if found != expected:
        print(f"{where}: {found!r}, not {expected!r}")


def children(path):
    return sorted(os.listdir(path)) if os.path.isdir(path) else []


def rate(kilobits):
    # Halves are rounded up, unlike Python's way.
    return None if kilobits is None else str(max(1, int(kilobits / 8 + 0.5)))


def libvirt(directory, manifest, tunnels):
    host = manifest["host"]["name"]
    mtus = {each["name"]: each["mtu"] for each in manifest["substrates"]}
    machines = [node for node in manifest["nodes"] if node["kind"] == "qemu"]
    folder = f"{directory}/libvirt/{host}"
    expect(folder, children(f"{folder}/domains"), sorted(m["name"] + end for m in machines for end in (".json", ".xml")))
    for machine in machines:
        path = f"{folder}/domains/{machine['name']}"
        with open(f"{path}.json", encoding="utf-8") as file:
            expect(path, json.load(file), machine)
        domain = ElementTree.parse(f"{path}.xml").getroot()
        expect(path, domain.findtext("name"), machine["name"])
        expect(path, domain.findtext("memory"), str(machine.get("memoryMegabytes", 512)))
        expect(path, domain.find("os/type").get("arch"), {"i386": "i686"}.get(machine.get("architecture"), "x86_64"))
        found = []
        for interface in domain.iter("interface"):
            inward, outward = interface.find("bandwidth/inbound"), interface.find("bandwidth/outbound")
            mtu = interface.find("mtu")
            found.append((
                interface.find("mac").get("address"), interface.find("source").get("network"),
                mtu is not None and mtu.get("size"), inward is not None and inward.get("average") or None,
                outward is not None and outward.get("average") or None))
        expected = [(machine["control"]["mac"], "control_net", False, None, None)]
        for each in machine["interfaces"]:
            shaping = each.get("shaping", {"incoming": {}, "outgoing": {}})
            rates = [rate(shaping[way].get("kilobitsPerSecond")) for way in ("incoming", "outgoing")]
            expected.append((each["mac"], each["substrate"], str(mtus[each["substrate"]]), *rates))
        expect(path, found, expected)
    networks = {}
    bridges = {}
    for name in children(f"{folder}/networks"):
        network = ElementTree.parse(f"{folder}/networks/{name}").getroot()
        networks[network.findtext("name")] = network.find("mtu") is not None and network.find("mtu").get("size")
        bridges[network.find("bridge").get("name")] = network.findtext("name")
    used = {each["substrate"] for machine in machines for each in machine["interfaces"]}
    expected = {name: str(mtus[name]) for name in used} | ({"control_net": False} if machines else {})
    expect(folder, networks, expected)
    if machines:
        with open(f"{folder}/tunnels", encoding="utf-8") as file:
            commands = [line.split() for line in file]
        for add, change in zip(commands[::2], commands[1::2]):
            name = bridges[change[change.index("master") + 1]]
            expect(folder, change[change.index("mtu") + 1], str(mtus[name]))
            tunnels.append((name, int(add[6]), int(add[8]), host, add[10]))


def qemu(directory, manifest, ports):
    host = manifest["host"]["name"]
    mtus = {each["name"]: str(each["mtu"]) for each in manifest["substrates"]}
    machines = [node for node in manifest["nodes"] if node["kind"] == "qemu"]
    folder = f"{directory}/qemu/{host}"
    expect(folder, children(folder), sorted(m["name"] + end for m in machines for end in (".conf", ".json")))
    plugs = {(p["node"], p["interface"]): (p["switch"], p["port"]) for p in ports or [] if p["use"] == "node"}
    for machine in machines:
        path = f"{folder}/{machine['name']}"
        with open(f"{path}.json", encoding="utf-8") as file:
            expect(path, json.load(file), machine)
        sections = {}
        with open(f"{path}.conf", encoding="utf-8") as file:
            for line in file:
                # As QEMU's own parser: names, blanks, and values between quotes that hold none.
                if re.fullmatch(r"#.*\n|\n", line):
                    continue
                if title := re.fullmatch(r'\[(\w+)(?: "([^"]+)")?\]\n', line):
                    section = sections.setdefault(title.groups(), {})
                elif option := re.fullmatch(r' *(\w+) = "([^"]{1,1023})"\n', line):
                    section[option[1]] = option[2]
                else:
                    print(f"{path}.conf: {line!r}")
        expect(path, sections["name", None], {"guest": machine["name"]})
        expect(path, sections["memory", None], {"size": f"{machine.get('memoryMegabytes', 512)}M"})
        cards = [("control", machine["control"]["mac"], None, None)] + [
            (f"port-{n}", i["mac"], mtus[i["substrate"]], plugs.get((machine["name"], i["name"])))
            for n, i in enumerate(machine["interfaces"])]
        expect(path, sum(kind == "device" for kind, _ in sections), len(cards))
        for name, mac, mtu, plug in cards:
            device, netdev = sections["device", name], sections["netdev", name]
            expect(path, (device["mac"], device.get("host_mtu"), device["netdev"]), (mac, mtu, name))
            if plug:
                expect(path, (netdev["type"], netdev["sock"], netdev["port"]), ("vde", f"{plug[0]}.ctl", str(plug[1])))
            elif ports is not None:
                expect(path, netdev["type"], "tap")


def containerlab(directory, manifest, tunnels):
    host = manifest["host"]["name"]
    mtus = {each["name"]: each["mtu"] for each in manifest["substrates"]}
    folder = f"{directory}/containerlab/{host}"
    made = [node for node in manifest["nodes"] if node["kind"] != "qemu" and not node["isGhost"]]
    if all(node["kind"] == "qemu" for node in manifest["nodes"]):
        return expect(folder, os.path.exists(folder), False)
    with open(f"{folder}/{host}.clab.yaml", encoding="utf-8") as file:
        text = file.read()
    # What containerlab fills in before it reads the file, and when it has read it.
    for mark in ("$", "{{", "__clab"):
        expect(folder, mark in text, False)
    topology = yaml.load(text, Loader)["topology"]
    bridges = {name for name, node in topology["nodes"].items() if node["kind"] == "bridge"}
    expect(folder, set(topology["nodes"]) - bridges, {node["name"] for node in made})
    for node in made:
        path, found = f"{folder}: {node['name']}", topology["nodes"][node["name"]]
        is_host = node["kind"] == "embedded_pnode"
        if not is_host:
            expect(path, found["labels"].get("containerize.image"), node.get("image"))
            expect(path, found.get("mgmt-ipv4"), node["control"].get("address"))
            expect(path, found.get("memory"), f"{node['memoryMegabytes']}mib" if "memoryMegabytes" in node else None)
        commands = [shlex.split(command) for command in found.get("exec", [])]
        devices = [f"exp.{n}" if is_host else f"eth{n + 1}" for n in range(len(node["interfaces"]))]
        expected = [["ip", "address", "add", f"{i['address']}/{i['prefixLength']}", "dev", device]
                    for i, device in zip(node["interfaces"], devices)]
        expected += [["ip", "route", "add", d, "via", r["gateway"]] for r in node["routes"] for d in r["destinations"]]
        if "startCommand" in node:
            script = commands.pop()
            expect(path, (script[:2], script[-1]), (["sh", "-c"], node["startCommand"]))
        expect(path, commands, expected)
        ends = [(end, link) for link in topology["links"] for end in link.get("endpoints", [link.get("endpoint")])
                if end["node"] == ("host" if is_host else node["name"])]
        expect(path, sorted((e["interface"], e["mac"], l["mtu"]) for e, l in ends),
               sorted((d, i["mac"], mtus[i["substrate"]]) for d, i in zip(devices, node["interfaces"])))
    names = {each["tunnel"]["identifier"]: each["name"] for each in manifest["substrates"] if "tunnel" in each}
    for link in topology["links"]:
        if link["type"] == "vxlan":
            expect(folder, link["mtu"], mtus[names[link["vni"]]])
            tunnels.append((names[link["vni"]], link["vni"], link.get("udp-port", 14789), host, link["remote"]))
    with open(f"{folder}/hosts", encoding="utf-8") as file:
        lines = file.read().splitlines()[1:]
    expect(folder, lines, [each["address"] + "\t" + " ".join(each["names"]) for each in manifest["names"]])


def ansible(directory, manifests):
    with open(f"{directory}/ansible/inventory.yaml", encoding="utf-8") as file:
        inventory = yaml.load(file, Loader)["all"]
    hosts, groups = inventory["hosts"], inventory["children"]
    names = {node["name"] for manifest in manifests for node in manifest["nodes"]}
    expect(directory, set(hosts), names | {manifest["host"]["name"] for manifest in manifests})
    expect(directory, set(groups["containerize_nodes"]["hosts"]), names)

    def unmarked(value):
        """Text with braces that isn't marked."""
        if isinstance(value, dict):
            return [text for each in value.values() for text in unmarked(each)]
        if isinstance(value, list):
            return [text for each in value for text in unmarked(each)]
        return [value] if isinstance(value, str) and "{" in value and not isinstance(value, Unsafe) else []

    expect(directory, unmarked(inventory), [])
    for manifest in manifests:
        host = manifest["host"]["name"]
        expect(directory, hosts[host]["containerize_host"], manifest["host"])
        expect(directory, hosts[host]["containerize_substrates"], manifest["substrates"])
        expect(directory, hosts[host].get("ansible_host"), manifest["control"].get("address"))
        expect(directory, host in groups["containerize_hosts"]["hosts"], True)
        for node in manifest["nodes"]:
            expect(directory, hosts[node["name"]]["containerize_node"], node)
            expect(directory, node["name"] in groups[f"containerize_{node['kind']}"]["hosts"], True)
            if "partition" in manifest["host"]:
                expect(directory, hosts[node["name"]]["containerize_on"], host)
                expect(directory, node["name"] in groups[f"containerize_on_{host.replace('-', '_')}"]["hosts"], True)


def references(directory, host):
    """What a host's files refer to is there."""
    bridges = set()
    for path in glob.glob(f"{glob.escape(directory)}/libvirt/{host}/networks/*.xml"):
        bridges.add(ElementTree.parse(path).find("bridge").get("name"))
    folder = f"{directory}/qemu/{host}"
    for name in children(folder):
        if not name.endswith(".conf"):
            continue
        with open(f"{folder}/{name}", encoding="utf-8") as file:
            text = file.read()
        for described in re.findall(r'file = "(.*\.json)"', text):
            expect(name, os.path.exists(f"{folder}/{described}"), True)
        for switch, port in re.findall(r'sock = "(.*)\.ctl"\n  port = "(.*)"', text):
            with open(f"{directory}/switch/{host}/{switch}.rc", encoding="utf-8") as file:
                expect(name, f"port/create {port}\n" in file.read(), True)
    folder = f"{directory}/containerlab/{host}"
    if not os.path.exists(folder):
        return
    with open(f"{folder}/bridges", encoding="utf-8") as file:
        bridges.update(line.split()[2] for line in file if line.startswith("link add"))
    with open(f"{folder}/{host}.clab.yaml", encoding="utf-8") as file:
        topology = yaml.load(file, Loader)["topology"]
    nodes = {name for name, node in topology["nodes"].items() if node["kind"] != "bridge"}
    expect(folder, set(topology["nodes"]) - nodes - bridges, set())
    for name in nodes:
        for bind in topology["nodes"][name].get("binds", []):
            expect(folder, os.path.exists(f"{folder}/{bind.split(':')[0]}"), True)
    for link in topology["links"]:
        for end in link.get("endpoints", [link.get("endpoint")]):
            expect(folder, end["node"] in {"host", *topology["nodes"]}, True)


def check(directory):
    manifests, tunnels = [], []
    for path in sorted(glob.glob(f"{glob.escape(directory)}/manifests/*.json")):
        with open(path, encoding="utf-8") as file:
            manifests.append(json.load(file))
    ports = {}
    if os.path.exists(f"{directory}/switch_extra.yaml"):
        with open(f"{directory}/switch_extra.yaml", encoding="utf-8") as file:
            ports = yaml.load(file, Loader)
    for manifest in manifests:
        libvirt(directory, manifest, tunnels)
        qemu(directory, manifest, ports.get(manifest["host"]["name"]))
        containerlab(directory, manifest, tunnels)
        references(directory, manifest["host"]["name"])
    if not os.path.exists(f"{directory}/ansible"):
        return
    ansible(directory, manifests)
    # Both ends of a tunnel know each other, and the tunnels of a network join its hosts without a ring.
    addresses = {manifest["host"]["name"]: manifest["control"].get("address") for manifest in manifests}
    ends = collections.defaultdict(list)
    for name, identifier, port, host, remote in tunnels:
        ends[name, identifier, port].append((addresses[host], remote))
    counts = collections.Counter()
    for (name, identifier, port), pair in ends.items():
        expect(f"{directory}: tunnel {name} {port}", pair, [(a, b) for b, a in reversed(pair)])
        counts[name, identifier] += 1
    ghosts = {i["substrate"] for m in manifests for n in m["nodes"] if n["isGhost"] for i in n["interfaces"]}
    for manifest in manifests:
        for each in manifest["substrates"]:
            if "tunnel" in each and each["name"] not in ghosts:
                found = counts[each["name"], each["tunnel"]["identifier"]]
                expect(f"{directory}: {each['name']}", found, len(each["tunnel"]["hosts"]))


for argument in sys.argv[1:]:
    check(argument)
