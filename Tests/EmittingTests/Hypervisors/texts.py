"""Prints the texts that users wrote into an experiment as other parsers than ours find them: one JSON object, by the
file and what the text is, of the texts by node.

Usage: texts.py DIRECTORY
"""
import collections
import configparser
import glob
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import yaml

directory = sys.argv[1]
found = collections.defaultdict(dict)


def attributes(element):
    return {each.findtext("attribute"): each.findtext("value") for each in element.findall("attribute")}


for name in ("annotated.xml", "partitioned.xml", "topo.xml", "phys_topo.xml"):
    for computer in ElementTree.parse(f"{directory}/{name}").getroot().iter("computer"):
        node, own = computer.findtext("name"), attributes(computer)
        # Hosts have no texts of users'.
        if own.get("containers:node_type") == "pnode":
            continue
        found[f"{name} start command"][node] = own["startup"]
        found[f"{name} fixed"][node] = own["fixed"]
        found[f"{name} attribute"][node] = own.get(own["startup"])
        found[f"{name} image"][node] = own["containers:qemu_url"]
        found[f"{name} system"][node] = attributes(computer.find("os"))["osid"]
        archive, package = computer.findall("software")
        found[f"{name} package"][node] = package.findtext("location")
        found[f"{name} archive"][node] = archive.findtext("location")
        found[f"{name} directory"][node] = archive.findtext("install").removeprefix("/opt/")
        if not name.startswith("phys"):
            found[f"{name} interface"][node] = computer.find("interface").findtext("name")

for line in subprocess.run(
        ["tclsh", f"{os.path.dirname(__file__)}/../recorder.tcl", f"{directory}/phys_topo.ns"],
        capture_output=True, check=True).stdout.decode().split("\n"):
    words = line.split("\x1f")
    node = words[1].removeprefix("n-") if len(words) > 2 else ""
    if not node.isdigit():
        continue
    names = {"tb-set-node-startcmd": "start command", "tb-set-node-os": "system", "tb-fix-node": "fixed",
             "tb-set-node-rpms": "package"}
    if words[0] in names:
        found[f"phys_topo.ns {names[words[0]]}"][words[1]] = words[2]
    if words[0] == "tb-set-node-tarfiles":
        found["phys_topo.ns directory"][words[1]] = words[2].removeprefix("/opt/")
        found["phys_topo.ns archive"][words[1]] = words[3]

for name in ("maverick_url", "openvz_guest_url"):
    with open(f"{directory}/{name}", encoding="utf-8") as file:
        found[f"{name} image"] = yaml.safe_load(file)
with open(f"{directory}/switch_extra.yaml", encoding="utf-8") as file:
    for ports in yaml.safe_load(file).values():
        found["switch_extra.yaml interface"].update({p["node"]: p["interface"] for p in ports if "node" in p})
with open(f"{directory}/shaping.yaml", encoding="utf-8") as file:
    found["shaping.yaml interface"] = {each["node"]: each["interface"] for each in yaml.safe_load(file)["lan"]}

for path in glob.glob(f"{glob.escape(directory)}/manifests/*.json"):
    with open(path, encoding="utf-8") as file:
        for node in json.load(file)["nodes"]:
            found["manifest start command"][node["name"]] = node["startCommand"]
            found["manifest system"][node["name"]] = node["operatingSystem"]
            found["manifest interface"][node["name"]] = node["interfaces"][0]["name"]
            found["manifest archive"][node["name"]] = node["packages"][0]["location"]
            found["manifest directory"][node["name"]] = node["packages"][0]["install"].removeprefix("/opt/")

for path in glob.glob(f"{glob.escape(directory)}/containerlab/*/*.clab.yaml"):
    with open(path, encoding="utf-8") as file:
        for name, node in yaml.safe_load(file)["topology"]["nodes"].items():
            if node["kind"] == "bridge":
                continue
            # What the shell's last word is, as the shell says.
            script = 'eval "set -- $1"; shift $(($# - 1)); printf %s "$1"'
            shell = subprocess.run(["sh", "-c", script, "sh", node["exec"][-1]], capture_output=True, check=True)
            found["containerlab start command"][name] = shell.stdout.decode()
            if "containerize.image" in node.get("labels", {}):
                found["containerlab image"][name] = node["labels"]["containerize.image"]

site = configparser.ConfigParser()
site.read(f"{directory}/site.conf", encoding="utf-8")
section = site[site.sections()[0]]
found["site.conf"] = {"url_base": section["url_base"], "openvz_template_dir": section["openvz_template_dir"]}
json.dump(found, sys.stdout)
