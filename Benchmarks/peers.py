"""Asks another partitioner for a partition with hard capacities.

Usage: peers.py [--seconds S] PARTITIONER FILE CAPACITY OUTPUT [THREADS [FIXED CLASSES]]
       peers.py --installed PARTITIONER 0 /dev/null

FILE is a METIS .graph or hMETIS .hgr. OUTPUT gets the block of each vertex, one a line; standard output one line of JSON
with the seconds that the partitioner itself took. The exit code is 3 where the partitioner isn't installed.

With --seconds it is asked again and again, with the seeds 1, 2, 3 …, until it has taken so long by itself; its best counts.
Every partitioner runs with seed 1 otherwise, ceil(weight / capacity) blocks and the tightest balance that allows each to be as heavy
as the capacity. Those that read no hypergraphs get cliques. Those that know threads use as many as are asked for.

FIXED has the block of each fixed vertex, -1 for the others, CLASSES the class of each vertex; vertices of unit weight. As
classes share no blocks, each is partitioned by itself.
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
    _, blocks = module.kaffpa(weights, offsets, arcs, targets, count, slack, True, SEED, getattr(module, mode))
    return blocks, time.perf_counter() - begin


THREADS = 1
SEED = 1


def kaminpar(problem, capacity, count, preset):
    module = importlib.import_module("kaminpar")
    rows = cliques(*problem)
    with tempfile.NamedTemporaryFile("w", suffix=".graph") as file:
        file.write(f"{len(rows)} {sum(map(len, rows)) // 2} 11\n")
        for weight, row in zip(problem[0], rows):
            file.write(" ".join(str(number) for number in [weight, *(x for t, w in row.items() for x in (t + 1, w))]) + "\n")
        file.flush()
        graph = module.load_graph(file.name, module.GraphFileFormat.METIS)
    module.reseed(SEED)
    partitioner = module.KaMinPar(THREADS, module.context_by_name(preset))
    begin = time.perf_counter()
    blocks = partitioner.compute_partition(graph, [capacity] * count)
    return blocks, time.perf_counter() - begin


def mtkahypar(problem, capacity, count, preset, fixed=None):
    module = importlib.import_module("mtkahypar")
    weights, nets, net_weights = problem
    library = module.initialize(THREADS, False)
    module.set_seed(SEED)
    context = library.context_from_preset(getattr(module.PresetType, preset))
    context.logging = False
    context.set_partitioning_parameters(count, 0.0, module.Objective.KM1)
    context.set_individual_target_block_weights([capacity] * count)
    joining = [(net, weight) for net, weight in zip(nets, net_weights) if len(net) > 1]
    hypergraph = library.create_hypergraph(
        context, len(weights), len(joining), [net for net, _ in joining], weights, [weight for _, weight in joining])
    if fixed and max(fixed) >= 0:
        hypergraph.add_fixed_vertices(fixed, count)
    begin = time.perf_counter()
    blocks = hypergraph.partition(context).get_partition()
    return blocks, time.perf_counter() - begin


# KaHyPar's options for its k-way partitioner with communities and flows, whose values are those that its authors publish for
# the connectivity objective (km1_kKaHyPar_sea20; L. Gottesbueren et al., "Advanced Flow-Based Multilevel Hypergraph
# Partitioning", SEA 2020, doi:10.4230/LIPIcs.SEA.2020.11), without what only matters for huge nets.
COARSENING = {
    "type": "ml_style", "s": 1, "rating-score": "heavy_edge", "rating-use-communities": "true",
    "rating-heavy_node_penalty": "no_penalty", "rating-acceptance-criterion": "best_prefer_unmatched",
    "fixed-vertex-acceptance-criterion": "fixed_vertex_allowed",
}
KAHYPAR = {
    "mode": "direct", "objective": "km1", "seed": 1, "cmaxnet": 1000, "vcycles": 0,
    "p-detect-communities": "true", "p-detect-communities-in-ip": "true", "p-max-louvain-pass-iterations": 100,
    "p-min-eps-improvement": 0.0001, "p-louvain-edge-weight": "hybrid",
    **{f"c-{name}": value for name, value in COARSENING.items()}, "c-t": 160,
    "i-mode": "recursive", "i-technique": "multi", "i-algo": "pool", "i-runs": 20,
    **{f"i-c-{name}": value for name, value in COARSENING.items()}, "i-c-t": 150,
    "i-bp-algorithm": "worst_fit", "i-bp-early-restart": "true", "i-bp-late-restart": "true",
    "i-r-type": "twoway_fm", "i-r-runs": -1, "i-r-fm-stop": "simple", "i-r-fm-stop-i": 50,
    "r-type": "kway_fm_hyperflow_cutter_km1", "r-runs": -1, "r-fm-stop": "adaptive_opt", "r-fm-stop-alpha": 1,
    "r-fm-stop-i": 350, "r-flow-execution-policy": "exponential", "r-hfc-size-constraint": "mf-style",
    "r-hfc-scaling": 16, "r-hfc-distance-based-piercing": "true", "r-hfc-mbc": "true",
}


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
        file.writelines(f"{name}={value}\n" for name, value in KAHYPAR.items())
        file.flush()
        context.loadINIconfiguration(file.name)
    context.setK(count)
    context.setEpsilon(0.0)
    context.setCustomTargetBlockWeights([capacity] * count)
    context.suppressOutput(True)
    context.setSeed(SEED)
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


def restricted(problem, capacity, function, variant, fixed, classes):
    """Each class by itself, with the blocks that its fixed vertices name and as many more as it takes."""
    weights, nets, net_weights = problem
    blocks, seconds = [-1] * len(weights), 0.0
    taken = {block for block in fixed if block >= 0}
    unnamed = (block for block in range(len(weights)) if block not in taken)
    for name in sorted(set(classes)):
        vertices = [vertex for vertex, other in enumerate(classes) if other == name]
        position = {vertex: index for index, vertex in enumerate(vertices)}
        named = sorted({fixed[vertex] for vertex in vertices if fixed[vertex] >= 0})
        count = max(len(named), -(-len(vertices) // capacity))
        named += [next(unnamed) for _ in range(count - len(named))]
        number = {block: index for index, block in enumerate(named)}
        inside = [([position[pin] for pin in net if pin in position], weight) for net, weight in zip(nets, net_weights)]
        inside = [(net, weight) for net, weight in inside if len(net) > 1]
        if count == 1:
            found, took = [0] * len(vertices), 0.0
        else:
            part = ([1] * len(vertices), [net for net, _ in inside], [weight for _, weight in inside])
            local = [number.get(fixed[vertex], -1) for vertex in vertices]
            found, took = function(part, capacity, count, variant, local)
        for vertex, block in zip(vertices, found):
            blocks[vertex] = named[block]
        seconds += took
    return blocks, seconds


def value(problem, capacity, blocks):
    """How far the heaviest block is over the capacity, and the cost: what is less is better."""
    weights, nets, net_weights = problem
    loads = {}
    for weight, block in zip(weights, blocks):
        loads[block] = loads.get(block, 0) + weight
    cost = sum(weight * (len({blocks[pin] for pin in net}) - 1) for net, weight in zip(nets, net_weights) if net)
    return max(0, max(loads.values()) - capacity), cost


def best_within(seconds, problem, capacity, ask):
    """The best of several answers that together take so long, and how long they took."""
    global SEED
    best, total = None, 0.0
    while best is None or total < seconds:
        blocks, took = ask()
        total += took
        found = value(problem, capacity, blocks)
        if best is None or found < best[0]:
            best = found, blocks
        SEED += 1
    return best[1], total


PARTITIONERS = {
    "kahip-eco": (kahip, "ECO"),
    "kahip-strong": (kahip, "STRONG"),
    "kaminpar": (kaminpar, "default"),
    "kaminpar-strong": (kaminpar, "strong"),
    "mtkahypar": (mtkahypar, "DEFAULT"),
    "mtkahypar-quality": (mtkahypar, "QUALITY"),
    "mtkahypar-highest": (mtkahypar, "HIGHEST_QUALITY"),
    "mtkahypar-deterministic": (mtkahypar, "DETERMINISTIC_QUALITY"),
    "kahypar": (kahypar, ""),
    "scotch": (scotch, ""),
}


def is_installed(function):
    if function is scotch:
        return shutil.which("scotch_gpart") or shutil.which("gpart")
    return importlib.util.find_spec(function.__name__)


def main():
    global THREADS
    arguments = sys.argv[1:]
    again = 0.0
    if arguments[0] == "--seconds":
        again = float(arguments[1])
        del arguments[:2]
    name, path, capacity, output = arguments[:4]
    THREADS = int(arguments[4]) if len(arguments) > 4 else 1
    if name == "--installed":
        sys.exit(0 if is_installed(PARTITIONERS[path][0]) else 3)
    function, variant = PARTITIONERS[name]
    problem, capacity = read(path), int(capacity)
    count = max(1, -(-sum(problem[0]) // capacity))
    # What the libraries print is no answer.
    answers = os.dup(1)
    os.dup2(2, 1)
    try:
        if len(arguments) > 5:
            fixed, classes = ([row[0] for row in numbers(file)] for file in arguments[5:7])
            blocks, seconds = restricted(problem, capacity, function, variant, fixed, classes)
        else:
            blocks, seconds = best_within(again, problem, capacity, lambda: function(problem, capacity, count, variant))
    except ImportError:
        sys.exit(3)
    with open(output, "w") as file:
        file.writelines(f"{block}\n" for block in blocks)
    os.write(answers, (json.dumps({"seconds": seconds}) + "\n").encode())
    sys.stdout.flush()
    # Some libraries crash when they are taken down.
    os._exit(0)


main()
