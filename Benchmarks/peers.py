"""Asks another partitioner for a partition with hard capacities.

Usage: peers.py PARTITIONER FILE CAPACITY OUTPUT
       peers.py --installed PARTITIONER 0 /dev/null

FILE is a METIS .graph or hMETIS .hgr. OUTPUT gets the block of each vertex, one a line; standard output one line of JSON
with the seconds that the partitioner itself took. The exit code is 3 where the partitioner isn't installed.

Every partitioner runs with one thread, seed 1, ceil(weight / capacity) blocks and the tightest balance that allows each to
be as heavy as the capacity. Those that read no hypergraphs get cliques.
"""

import importlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time


def numbers(path):
    with open(path) as file:
        for line in file:
            if not line.startswith("%"):
                yield [int(word) for word in line.split()]


def flags(header, position):
    code = header[position] if len(header) > position else 0
    return code % 10 == 1, code // 10 % 10 == 1, code // 100 % 10 == 1


def read(path):
    """The vertex weights, the nets and their weights."""
    lines = numbers(path)
    header = next(line for line in lines if line)
    edge_weights, vertex_weights, sizes = flags(header, 2)
    weights, nets, net_weights = [], [], []
    if path.endswith(".hgr"):
        for _ in range(header[0]):
            line = next(line for line in lines if line)
            net_weights.append(line.pop(0) if edge_weights else 1)
            nets.append(sorted({pin - 1 for pin in line}))
        count = header[1]
        weights = [next(line for line in lines if line)[0] if vertex_weights else 1 for _ in range(count)]
        return weights, nets, net_weights
    for vertex in range(header[0]):
        line = next(lines)
        line = line[1:] if sizes else line
        weights.append(line.pop(0) if vertex_weights else 1)
        step = 2 if edge_weights else 1
        for position in range(0, len(line), step):
            if line[position] - 1 > vertex:
                nets.append([vertex, line[position] - 1])
                net_weights.append(line[position + 1] if edge_weights else 1)
    return weights, nets, net_weights


def cliques(weights, nets, net_weights):
    """The neighbours of each vertex with the weights of the edges to them."""
    rows = [{} for _ in weights]
    for net, weight in zip(nets, net_weights):
        for first in net:
            for second in net:
                if first != second:
                    rows[first][second] = rows[first].get(second, 0) + weight
    return rows


def compressed(rows):
    offsets, targets, arcs = [0], [], []
    for row in rows:
        targets += row.keys()
        arcs += row.values()
        offsets.append(len(targets))
    return offsets, targets, arcs


def kahip(problem, capacity, count, mode):
    module = importlib.import_module("kahip")
    weights = problem[0]
    offsets, targets, arcs = compressed(cliques(*problem))
    slack = capacity / (-(-sum(weights) // count)) - 1 + 1e-9
    begin = time.perf_counter()
    _, blocks = module.kaffpa(weights, offsets, arcs, targets, count, slack, True, 1, getattr(module, mode))
    return blocks, time.perf_counter() - begin


def kaminpar(problem, capacity, count, preset):
    module = importlib.import_module("kaminpar")
    rows = cliques(*problem)
    with tempfile.NamedTemporaryFile("w", suffix=".graph") as file:
        file.write(f"{len(rows)} {sum(map(len, rows)) // 2} 11\n")
        for weight, row in zip(problem[0], rows):
            file.write(" ".join(str(number) for number in [weight, *(x for t, w in row.items() for x in (t + 1, w))]) + "\n")
        file.flush()
        graph = module.load_graph(file.name, module.GraphFileFormat.METIS)
    module.reseed(1)
    partitioner = module.KaMinPar(1, module.context_by_name(preset))
    begin = time.perf_counter()
    blocks = partitioner.compute_partition(graph, [capacity] * count)
    return blocks, time.perf_counter() - begin


def mtkahypar(problem, capacity, count, preset):
    module = importlib.import_module("mtkahypar")
    weights, nets, net_weights = problem
    library = module.initialize(1, False)
    module.set_seed(1)
    context = library.context_from_preset(getattr(module.PresetType, preset))
    context.logging = False
    context.set_partitioning_parameters(count, 0.0, module.Objective.KM1)
    context.set_individual_target_block_weights([capacity] * count)
    joining = [(net, weight) for net, weight in zip(nets, net_weights) if len(net) > 1]
    hypergraph = library.create_hypergraph(
        context, len(weights), len(joining), [net for net, _ in joining], weights, [weight for _, weight in joining])
    begin = time.perf_counter()
    blocks = hypergraph.partition(context).get_partition()
    return blocks, time.perf_counter() - begin


KAHYPAR = """
mode=direct
objective=km1
seed=1
cmaxnet=1000
vcycles=0
c-type=ml_style
c-s=1
c-t=160
c-rating-score=heavy_edge
c-rating-use-communities=false
c-rating-heavy_node_penalty=no_penalty
c-rating-acceptance-criterion=best_prefer_unmatched
c-fixed-vertex-acceptance-criterion=fixed_vertex_allowed
i-mode=recursive
i-technique=multi
i-c-type=ml_style
i-c-s=1
i-c-t=150
i-c-rating-score=heavy_edge
i-c-rating-use-communities=false
i-c-rating-heavy_node_penalty=no_penalty
i-c-rating-acceptance-criterion=best_prefer_unmatched
i-c-fixed-vertex-acceptance-criterion=fixed_vertex_allowed
i-algo=pool
i-runs=20
i-bp-algorithm=worst_fit
i-r-type=twoway_fm
i-r-runs=-1
i-r-fm-stop=simple
i-r-fm-stop-i=50
r-type=kway_fm_km1
r-runs=-1
r-fm-stop=adaptive_opt
r-fm-stop-alpha=1
"""


def kahypar(problem, capacity, count, _):
    module = importlib.import_module("kahypar")
    weights, nets, net_weights = problem
    joining = [(net, weight) for net, weight in zip(nets, net_weights) if len(net) > 1]
    offsets, pins = [0], []
    for net, _ in joining:
        pins += net
        offsets.append(len(pins))
    context = module.Context()
    with tempfile.NamedTemporaryFile("w", suffix=".ini") as file:
        file.write(KAHYPAR)
        file.flush()
        context.loadINIconfiguration(file.name)
    context.setK(count)
    context.setEpsilon(0.0)
    context.setCustomTargetBlockWeights([capacity] * count)
    context.suppressOutput(True)
    context.setSeed(1)
    hypergraph = module.Hypergraph(
        len(weights), len(joining), offsets, pins, count, [weight for _, weight in joining], weights)
    begin = time.perf_counter()
    module.partition(hypergraph, context)
    seconds = time.perf_counter() - begin
    return [hypergraph.blockID(vertex) for vertex in range(len(weights))], seconds


def scotch(problem, capacity, count, _):
    program = shutil.which("scotch_gpart") or shutil.which("gpart")
    if not program:
        raise ImportError("scotch_gpart")
    rows = cliques(*problem)
    with tempfile.TemporaryDirectory() as folder:
        graph, mapping = os.path.join(folder, "graph.grf"), os.path.join(folder, "mapping")
        with open(graph, "w") as file:
            file.write(f"0\n{len(rows)} {sum(map(len, rows))}\n0 011\n")
            for weight, row in zip(problem[0], rows):
                words = [weight, len(row), *(x for t, w in row.items() for x in (w, t))]
                file.write(" ".join(map(str, words)) + "\n")
        slack = capacity * count / sum(problem[0]) - 1
        begin = time.perf_counter()
        subprocess.run([program, str(count), graph, mapping, f"-b{max(slack, 0.0)}"], check=True, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - begin
        blocks = [0] * len(rows)
        for line in list(numbers(mapping))[1:]:
            blocks[line[0]] = line[1]
    return blocks, seconds


PARTITIONERS = {
    "kahip-eco": (kahip, "ECO"),
    "kahip-strong": (kahip, "STRONG"),
    "kaminpar": (kaminpar, "default"),
    "kaminpar-strong": (kaminpar, "strong"),
    "mtkahypar": (mtkahypar, "DEFAULT"),
    "mtkahypar-quality": (mtkahypar, "QUALITY"),
    "kahypar": (kahypar, ""),
    "scotch": (scotch, ""),
}


def is_installed(function):
    if function is scotch:
        return shutil.which("scotch_gpart") or shutil.which("gpart")
    return importlib.util.find_spec(function.__name__)


def main():
    name, path, capacity, output = sys.argv[1:]
    if name == "--installed":
        sys.exit(0 if is_installed(PARTITIONERS[path][0]) else 3)
    function, variant = PARTITIONERS[name]
    problem, capacity = read(path), int(capacity)
    count = max(1, -(-sum(problem[0]) // capacity))
    # What the libraries print is no answer.
    answers = os.dup(1)
    os.dup2(2, 1)
    try:
        blocks, seconds = function(problem, capacity, count, variant)
    except ImportError:
        sys.exit(3)
    with open(output, "w") as file:
        file.writelines(f"{block}\n" for block in blocks)
    os.write(answers, (json.dumps({"seconds": seconds}) + "\n").encode())
    sys.stdout.flush()
    # Some libraries crash when they are taken down.
    os._exit(0)


main()
