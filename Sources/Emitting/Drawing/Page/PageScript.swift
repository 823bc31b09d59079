/// What the page does, in three parts that follow each other in one script.
///
/// Nothing of the data is ever read as HTML: all of it goes through `textContent` and the canvas.
enum PageScript {
  /// The data, by computer, host and substrate.
  static let model = #"""
    "use strict";
    const data = JSON.parse(document.getElementById("data").textContent);
    const { hosts, computers, substrates, kinds } = data;
    const firstMember = 3;

    // Lists by key without a list an item: count, then fill.
    function grouped(keys, visit) {
      const offsets = new Int32Array(keys + 1);
      visit((key) => { offsets[key + 1]++; });
      for (let key = 0; key < keys; key++) offsets[key + 1] += offsets[key];
      const next = offsets.slice(), values = new Int32Array(offsets[keys]);
      visit((key, value) => { values[next[key]++] = value; });
      return (key) => values.subarray(offsets[key], offsets[key + 1]);
    }
    const computersOn = grouped(hosts.length, (add) => {
      for (let c = 0; c < computers.length; c++) if (computers[c][1] >= 0) add(computers[c][1], c);
    });
    const substratesOf = grouped(computers.length, (add) => {
      for (let s = 0; s < substrates.length; s++) {
        const substrate = substrates[s];
        for (let i = firstMember; i < substrate.length; i += 2) add(substrate[i], s);
      }
    });

    // What the map shows: hosts, or computers where there are no hosts.
    const hasHosts = hosts.length > 0;
    const placeCount = hasHosts ? hosts.length : computers.length;
    const placeOf = (c) => hasHosts ? computers[c][1] : c;
    const placeName = (p) => hasHosts ? hosts[p][0] : computers[p][0];
    const isComputer = (p) => !hasHosts || hosts[p][1] === 1;
    const computersAt = (p) => hasHosts ? computersOn(p) : [p];

    function placesOf(s) {
      const substrate = substrates[s];
      if (substrate.length === firstMember + 4) {
        const a = placeOf(substrate[3]), b = placeOf(substrate[5]);
        return a === b || b < 0 ? (a < 0 ? [] : [a]) : a < 0 ? [b] : a < b ? [a, b] : [b, a];
      }
      const places = new Set();
      for (let i = firstMember; i < substrate.length; i += 2) {
        const place = placeOf(substrate[i]);
        if (place >= 0) places.add(place);
      }
      return [...places].sort((a, b) => a - b);
    }

    const crossingCount = new Int32Array(placeCount);
    let cost = 0, crossingSubstrates = 0;
    for (let s = 0; s < substrates.length; s++) {
      const places = placesOf(s);
      if (places.length < 2) continue;
      cost += places.length - 1;
      crossingSubstrates++;
      for (const place of places) crossingCount[place]++;
    }

    // The substrates between a place and each other place, the heaviest first.
    const neighbourCache = new Map();
    function neighbours(place) {
      let result = neighbourCache.get(place);
      if (result) return result;
      const between = new Map(), seen = new Set();
      for (const c of computersAt(place)) {
        for (const s of substratesOf(c)) {
          if (seen.has(s)) continue;
          seen.add(s);
          for (const other of placesOf(s)) {
            if (other === place) continue;
            if (!between.has(other)) between.set(other, []);
            between.get(other).push(s);
          }
        }
      }
      result = [...between].map(([other, list]) => ({ place: other, substrates: list }));
      result.sort((a, b) => b.substrates.length - a.substrates.length || a.place - b.place);
      if (neighbourCache.size > 1000) neighbourCache.clear();
      neighbourCache.set(place, result);
      return result;
    }

    const counted = (n, noun, nouns = noun + "s") => n.toLocaleString("en") + " " + (n === 1 ? noun : nouns);
    const isLAN = (s) => substrates[s].length !== firstMember + 4;
    function speed(s) {
      const [, rate, delay] = substrates[s], parts = [];
      if (rate !== null) {
        parts.push(rate >= 1e6 ? rate / 1e6 + " Gb/s" : rate >= 1e3 ? rate / 1e3 + " Mb/s" : rate + " kb/s");
      }
      if (delay) parts.push(delay + " ms");
      return parts.join(", ");
    }
    const kindOf = (c) => kinds[computers[c][2]] ?? "";

    // Search: names that are, begin with or hold the text, hosts before computers before substrates; then addresses.
    const types = ["host", "computer", "substrate"];
    const tables = [hosts, computers, substrates];
    let lowered = null;
    function search(text) {
      const query = text.trim().toLowerCase();
      lowered ??= tables.map((table) => table.map(([name]) => name.toLowerCase()));
      const found = [[], [], [], []];
      lowered.forEach((names, type) => {
        for (let i = 0; i < names.length; i++) {
          const at = names[i].indexOf(query);
          if (at < 0) continue;
          found[at > 0 ? 2 : names[i].length === query.length ? 0 : 1].push(i * 3 + type);
        }
      });
      if (/^[0-9a-f.:]+$/.test(query)) {
        const seen = new Set();
        for (const substrate of substrates) {
          for (let i = firstMember; i < substrate.length; i += 2) {
            if (!substrate[i + 1].startsWith(query) || seen.has(substrate[i])) continue;
            seen.add(substrate[i]);
            found[3].push(substrate[i] * 3 + 1);
          }
        }
      }
      return found.flat();
    }
    """#

  /// The map: all hosts, or one host with its computers and the hosts around it.
  static let map = #"""
    const canvas = document.getElementById("map"), pen = canvas.getContext("2d");
    let colours = {}, width = 0, height = 0;
    let view = { x: 0, y: 0, scale: 1 };
    let scene = null;       // {draw(hovered), hit(x, y) -> {type, index, tip} or null}
    let hovered = null;

    function readColours() {
      const style = getComputedStyle(document.documentElement);
      for (const name of ["paper", "ink", "quiet", "computer", "computer-edge", "lan", "lan-edge", "host", "host-edge",
        "wire", "accent", "chosen"]) colours[name] = style.getPropertyValue("--" + name).trim();
      colours.font = getComputedStyle(document.body).fontFamily;
    }
    const write = (text, x, y, size, colour, weight = "", align = "center") => {
      pen.textAlign = align;
      pen.font = weight + " " + size + "px " + colours.font;
      pen.fillStyle = colour;
      pen.fillText(text, x, y);
    };
    function box(x, y, w, h, radius, fill, edge, line = 1) {
      pen.beginPath();
      pen.roundRect(x, y, w, h, radius);
      pen.fillStyle = fill;
      pen.fill();
      if (edge) { pen.lineWidth = line; pen.strokeStyle = edge; pen.stroke(); }
    }
    function disc(x, y, radius, fill, edge, line = 1) {
      pen.beginPath();
      pen.arc(x, y, radius, 0, 2 * Math.PI);
      pen.fillStyle = fill;
      pen.fill();
      pen.lineWidth = line; pen.strokeStyle = edge; pen.stroke();
    }
    function line(x1, y1, x2, y2, colour, weight = 1) {
      pen.beginPath();
      pen.moveTo(x1, y1);
      pen.lineTo(x2, y2);
      pen.strokeStyle = colour; pen.lineWidth = weight;
      pen.stroke();
    }
    function shortened(text, room, size, weight = "") {
      pen.font = weight + " " + size + "px " + colours.font;
      if (pen.measureText(text).width <= room) return text;
      let low = 0, high = text.length;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (pen.measureText(text.slice(0, middle) + "…").width <= room) low = middle; else high = middle - 1;
      }
      return low ? text.slice(0, low) + "…" : "";
    }

    // Springs along the edges, everything else apart.
    // T. M. J. Fruchterman, E. M. Reingold. "Graph drawing by force-directed placement." Software 21(11), 1991.
    function layOut(count, edges) {
      const x = new Float64Array(count), y = new Float64Array(count), dx = new Float64Array(count),
        dy = new Float64Array(count);
      for (let i = 0; i < count; i++) {
        const radius = Math.sqrt(i + .5), angle = i * 2.399963;
        x[i] = radius * Math.cos(angle);
        y[i] = radius * Math.sin(angle);
      }
      const rounds = Math.max(60, Math.min(400, 3e7 / (count * count + 1)));
      for (let round = 0; round < rounds; round++) {
        dx.fill(0); dy.fill(0);
        for (let i = 0; i < count; i++) {
          for (let j = 0; j < i; j++) {
            const u = x[i] - x[j], v = y[i] - y[j], push = 1.6 / (u * u + v * v + .01);
            dx[i] += u * push; dy[i] += v * push; dx[j] -= u * push; dy[j] -= v * push;
          }
          dx[i] -= x[i] * .02; dy[i] -= y[i] * .02;
        }
        for (const [a, b] of edges) {
          const u = x[a] - x[b], v = y[a] - y[b], pull = Math.hypot(u, v) * .35;
          dx[a] -= u * pull; dy[a] -= v * pull; dx[b] += u * pull; dy[b] += v * pull;
        }
        const heat = 1.2 * (1 - round / rounds) + .02;
        for (let i = 0; i < count; i++) {
          const length = Math.hypot(dx[i], dy[i]) || 1, step = Math.min(length, heat) / length;
          x[i] += dx[i] * step; y[i] += dy[i] * step;
        }
      }
      return { x, y };
    }

    const greatestGraph = 300;
    let wholeMap = null;
    function mapScene(marked) {
      wholeMap ??= placeCount <= greatestGraph ? graphMap() : tileMap();
      return wholeMap(marked);
    }

    // Few places: a graph of places and of the LANs between more than two of them.
    function graphMap() {
      const pairs = new Map(), hubs = new Map();
      for (let s = 0; s < substrates.length; s++) {
        const places = placesOf(s);
        if (places.length < 2) continue;
        const table = places.length === 2 ? pairs : hubs, key = places.join();
        if (!table.has(key)) table.set(key, { places, substrates: [] });
        table.get(key).substrates.push(s);
      }
      const lans = [...hubs.values()].slice(0, greatestGraph);
      const edges = [...pairs.values()].map(({ places, substrates }) => [...places, substrates.length]);
      lans.forEach((lan, i) => {
        for (const place of lan.places) edges.push([place, placeCount + i, lan.substrates.length]);
      });
      const { x, y } = layOut(placeCount + lans.length, edges);
      const few = placeCount <= 80;
      const halfWidth = few ? 52 : 9, halfHeight = few ? 19 : 9;
      // Apart by the size of a box: layouts are in units of about one edge.
      const unit = few ? 105 : 46;
      for (let i = 0; i < x.length; i++) { x[i] *= unit * 1.25; y[i] *= unit; }
      const bounds = extent(x, y, halfWidth + 20, halfHeight + 20);
      return (marked) => ({
        bounds,
        draw(hovered) {
          const focus = hovered?.type === "place" ? hovered.index : null;
          for (const [a, b, count] of edges) {
            const isNear = focus === null ? marked.has(a) && marked.has(b) : a === focus || b === focus;
            line(x[a], y[a], x[b], y[b], isNear ? colours.accent : colours.wire, Math.min(1 + Math.log2(count), 8));
            if (few && b < placeCount && count > 1) {
              const mx = (x[a] + x[b]) / 2, my = (y[a] + y[b]) / 2;
              disc(mx, my, 9, colours.paper, colours.wire);
              write(count, mx, my, 11, colours.ink);
            }
          }
          lans.forEach((lan, i) => {
            const j = placeCount + i;
            disc(x[j], y[j], few ? 20 : 7, colours.lan, colours["lan-edge"]);
            if (!few) return;
            const name = lan.substrates.length > 1 ? lan.substrates.length + " LANs" : substrates[lan.substrates[0]][0];
            write(shortened(name, 90, 11), x[j], y[j] + 30, 11, colours.quiet);
          });
          for (let p = 0; p < placeCount; p++) {
            const own = isComputer(p), isMarked = marked.has(p) || p === focus;
            box(x[p] - halfWidth, y[p] - halfHeight, 2 * halfWidth, 2 * halfHeight, own ? 0 : few ? 8 : 4,
              own ? colours.computer : colours.host,
              isMarked ? colours.accent : colours[own ? "computer-edge" : "host-edge"], isMarked ? 3 : 1.2);
            if (few) {
              const name = shortened(placeName(p), 96, 13, "600");
              write(name, x[p], y[p] - (own ? 0 : 7), 13, colours.ink, "600");
              if (!own) write(counted(computersAt(p).length, "computer"), x[p], y[p] + 9, 11, colours.quiet);
            }
          }
        },
        hit(px, py) {
          for (let p = 0; p < placeCount; p++) {
            if (Math.abs(px - x[p]) <= halfWidth && Math.abs(py - y[p]) <= halfHeight) return placeHit(p);
          }
          const i = lans.findIndex((_, i) => Math.hypot(px - x[placeCount + i], py - y[placeCount + i]) <= 20);
          return i < 0 ? null : { type: "substrate", index: lans[i].substrates[0], tip: substrates[lans[i].substrates[0]][0] };
        },
      });
    }

    // Many places: a tile each, darker the more crosses there; lines only from the one that is looked at.
    function tileMap() {
      const columns = Math.ceil(Math.sqrt(placeCount * 1.5)), tile = 20, gap = 2;
      const at = (p) => [(p % columns) * tile, Math.floor(p / columns) * tile];
      const most = crossingCount.reduce((a, b) => Math.max(a, b), 0), least = crossingCount.reduce((a, b) => Math.min(a, b), most);
      return (marked) => ({
        bounds: { x: -10, y: -10, w: columns * tile + 18, h: Math.ceil(placeCount / columns) * tile + 18 },
        draw(hovered) {
          const focus = hovered?.type === "place" ? hovered.index : null;
          const near = new Map((focus === null ? [] : neighbours(focus)).map((n) => [n.place, n.substrates.length]));
          const left = view.x, top = view.y, right = left + width / view.scale, bottom = top + height / view.scale;
          const first = Math.max(0, Math.floor(top / tile)) * columns;
          const last = Math.min(placeCount, (Math.floor(bottom / tile) + 1) * columns);
          for (let p = first; p < last; p++) {
            const [x, y] = at(p);
            if (x + tile < left || x > right) continue;
            pen.fillStyle = isComputer(p) ? colours.computer : colours["host-edge"];
            pen.globalAlpha = isComputer(p) ? 1 : .2 + .8 * (crossingCount[p] - least + 1) / (most - least + 1);
            pen.fillRect(x, y, tile - gap, tile - gap);
            pen.globalAlpha = 1;
            if (near.has(p) || marked.has(p) || p === focus) {
              pen.lineWidth = p === focus || marked.has(p) ? 3 : 2;
              pen.strokeStyle = p === focus || marked.has(p) ? colours.ink : colours.accent;
              pen.strokeRect(x - .5, y - .5, tile - gap + 1, tile - gap + 1);
            }
            if (view.scale > 3.4) write(shortened(placeName(p), tile - gap - 1, 3.2), x + 9, y + 9, 3.2, colours.ink);
          }
          if (focus === null) return;
          const [fx, fy] = at(focus);
          pen.globalAlpha = .7;
          for (const [p, count] of [...near].slice(0, 400)) {
            const [x, y] = at(p);
            line(fx + 9, fy + 9, x + 9, y + 9, colours.accent, Math.min(1 + Math.log2(count), 6) / Math.max(1, view.scale / 2));
          }
          pen.globalAlpha = 1;
        },
        hit(px, py) {
          const column = Math.floor(px / tile), row = Math.floor(py / tile);
          if (column < 0 || column >= columns || row < 0) return null;
          const p = row * columns + column;
          return p < placeCount ? placeHit(p) : null;
        },
      });
    }

    function placeHit(p) {
      const lines = [placeName(p)];
      if (!isComputer(p)) lines.push(counted(computersAt(p).length, "computer"));
      lines.push(counted(crossingCount[p], "substrate") + " to others");
      return { type: "place", index: p, tip: lines.join("\n") };
    }
    function extent(x, y, dx, dy) {
      let [l, t, r, b] = [Infinity, Infinity, -Infinity, -Infinity];
      for (let i = 0; i < x.length; i++) {
        l = Math.min(l, x[i] - dx); r = Math.max(r, x[i] + dx);
        t = Math.min(t, y[i] - dy); b = Math.max(b, y[i] + dy);
      }
      return x.length ? { x: l, y: t, w: r - l, h: b - t } : { x: 0, y: 0, w: 1, h: 1 };
    }

    // One host: its computers in the middle, and around them the hosts it is joined to.
    function hostScene(host, marked) {
      const members = [...computersOn(host)], all = neighbours(host), shown = all.slice(0, 24);
      const position = new Map(members.map((c, i) => [c, i]));
      const angle = new Map(shown.map((n, i) => [n.place, -Math.PI / 2 + 2 * Math.PI * i / shown.length]));
      // Substrates within, and lines from computers to other hosts: each once, however many interfaces there are.
      const inner = [], outer = [], seen = new Set();
      for (const c of members) for (const s of substratesOf(c)) {
        if (seen.has(s)) continue;
        seen.add(s);
        const here = new Set();
        for (let i = firstMember; i < substrates[s].length; i += 2) {
          if (position.has(substrates[s][i])) here.add(substrates[s][i]);
        }
        for (const other of placesOf(s)) {
          if (angle.has(other)) for (const c of here) outer.push([c, other, s]);
        }
        if (here.size > 1) inner.push([[...here], s]);
      }
      // A computer stands near what it is joined to: by the mean direction of its lines, then of its neighbours'.
      const lean = new Map(members.map((c) => [c, [0, 0]]));
      for (const [c, other] of outer) {
        const sum = lean.get(c);
        sum[0] += Math.cos(angle.get(other)); sum[1] += Math.sin(angle.get(other));
      }
      for (let round = 0; round < 3; round++) {
        for (const [ends] of inner) {
          if (ends.length > 40) continue;
          const x = ends.reduce((t, c) => t + lean.get(c)[0], 0) / ends.length;
          const y = ends.reduce((t, c) => t + lean.get(c)[1], 0) / ends.length;
          for (const c of ends) { lean.get(c)[0] += x * .3; lean.get(c)[1] += y * .3; }
        }
      }
      const direction = (c) => Math.atan2(lean.get(c)[1], lean.get(c)[0]);
      const order = members.slice().sort((a, b) => direction(a) - direction(b) || a - b);
      const onCircle = order.length <= 40, size = onCircle ? 34 : 26;
      const radius = onCircle ? Math.max(order.length > 1 ? 96 : 0, order.length * 11.5) : 0;
      const columns = Math.ceil(Math.sqrt(order.length)), step = size + 20;
      // Turned so that computers are as near as can be to the directions they lean to.
      const gaps = order.map((c, i) => direction(c) - 2 * Math.PI * i / order.length);
      const turned = Math.atan2(gaps.reduce((t, g) => t + Math.sin(g), 0), gaps.reduce((t, g) => t + Math.cos(g), 0));
      const x = new Map(), y = new Map();
      order.forEach((c, i) => {
        const turn = turned + 2 * Math.PI * i / order.length;
        x.set(c, onCircle ? radius * Math.cos(turn) : (i % columns - (columns - 1) / 2) * step);
        y.set(c, onCircle ? radius * Math.sin(turn) : (Math.floor(i / columns) - (columns - 1) / 2) * step);
      });
      const half = onCircle ? radius + size + 8 : columns * step / 2 + 14;
      const ring = Math.max(half * 1.3 + 80, shown.length * 21), wide = 1.15;
      const px = (p) => ring * wide * Math.cos(angle.get(p)), py = (p) => ring * Math.sin(angle.get(p));
      const reach = { x: shown.length ? ring * wide + 75 : half + 40, y: shown.length ? ring + 45 : half + 50 };
      const hubs = inner.filter(([ends]) => ends.length > 2).map(([ends, s]) => ({
        s, ends, x: .6 * ends.reduce((t, c) => t + x.get(c), 0) / ends.length,
        y: .6 * ends.reduce((t, c) => t + y.get(c), 0) / ends.length,
      }));
      const isBright = (c, hovered) => hovered?.type === "computer" ? hovered.index === c : marked.has(c);
      return {
        bounds: { x: -reach.x, y: -reach.y, w: 2 * reach.x, h: 2 * reach.y },
        draw(hovered) {
          box(-half, -half - 22, 2 * half, 2 * half + 34, 14, colours.host, colours["host-edge"], 1.5);
          const dim = members.some((c) => isBright(c, hovered)) || hovered?.type === "place";
          const wire = (bright, x1, y1, x2, y2) => {
            pen.globalAlpha = bright || !dim ? 1 : .3;
            line(x1, y1, x2, y2, bright ? colours.accent : colours.wire, bright ? 2 : 1);
            pen.globalAlpha = 1;
          };
          for (const [c, other] of outer) {
            wire(isBright(c, hovered) || hovered?.type === "place" && hovered.index === other,
              x.get(c), y.get(c), px(other), py(other));
          }
          for (const [ends] of inner) {
            if (ends.length !== 2) continue;
            const [a, b] = ends;
            wire(isBright(a, hovered) || isBright(b, hovered), x.get(a), y.get(a), x.get(b), y.get(b));
          }
          for (const hub of hubs) {
            for (const c of hub.ends) wire(isBright(c, hovered), x.get(c), y.get(c), hub.x, hub.y);
            disc(hub.x, hub.y, 12, colours.lan, colours["lan-edge"]);
            write(shortened(substrates[hub.s][0], 80, 10), hub.x, hub.y + 20, 10, colours.quiet);
          }
          write(hosts[host][0], 14 - half, -half - 4, 15, colours.ink, "600", "left");
          for (const c of order) {
            const bright = isBright(c, hovered);
            box(x.get(c) - size / 2, y.get(c) - size / 2, size, size, 0, colours.computer,
              bright ? colours.accent : colours["computer-edge"], bright ? 3 : 1);
            const room = onCircle ? 92 : step - 2, name = shortened(computers[c][0], room, onCircle ? 11 : 8);
            write(name, x.get(c), y.get(c) + size / 2 + (onCircle ? 9 : 7), onCircle ? 11 : 8, colours.ink);
          }
          for (const { place, substrates: list } of shown) {
            const own = isComputer(place), bright = hovered?.type === "place" && hovered.index === place;
            box(px(place) - 56, py(place) - 20, 112, 40, own ? 0 : 8, own ? colours.computer : colours.host,
              bright ? colours.accent : colours[own ? "computer-edge" : "host-edge"], bright ? 3 : 1.2);
            write(shortened(placeName(place), 104, 13, "600"), px(place), py(place) - 7, 13, colours.ink, "600");
            write(counted(list.length, "substrate"), px(place), py(place) + 9, 11, own ? "#0b2b20" : colours.quiet);
          }
          const rest = all.length - shown.length;
          if (rest > 0) write("and " + counted(rest, "more host") + ", in the list", 0, reach.y - 4, 12, colours.quiet);
        },
        hit(mx, my) {
          const near = shown.find(({ place }) => Math.abs(mx - px(place)) <= 56 && Math.abs(my - py(place)) <= 20);
          if (near) return placeHit(near.place);
          const c = order.find((c) => Math.abs(mx - x.get(c)) <= size / 2 && Math.abs(my - y.get(c)) <= size / 2);
          if (c !== undefined) {
            return { type: "computer", index: c, tip: computers[c][0] + (kindOf(c) ? "\n" + kindOf(c) : "") };
          }
          const hub = hubs.find((hub) => Math.hypot(mx - hub.x, my - hub.y) <= 12);
          return hub ? { type: "substrate", index: hub.s, tip: substrates[hub.s][0] } : null;
        },
      };
    }

    function show(next) {
      scene = next;
      hovered = null;
      fit();
    }
    function fit() {
      const { x, y, w, h } = scene.bounds, room = 40;
      view.scale = Math.min((width - 20) / w, (height - 2 * room) / h, 1.6);
      view.x = x + w / 2 - width / 2 / view.scale;
      view.y = y + h / 2 - height / 2 / view.scale;
      redraw();
    }
    let isPending = false;
    function redraw() {
      if (isPending) return;
      isPending = true;
      requestAnimationFrame(() => {
        isPending = false;
        const ratio = devicePixelRatio || 1;
        pen.setTransform(1, 0, 0, 1, 0, 0);
        pen.clearRect(0, 0, canvas.width, canvas.height);
        pen.setTransform(ratio * view.scale, 0, 0, ratio * view.scale, -view.x * view.scale * ratio,
          -view.y * view.scale * ratio);
        pen.textBaseline = "middle";
        scene.draw(hovered);
      });
    }
    function resize() {
      const area = canvas.getBoundingClientRect(), ratio = devicePixelRatio || 1;
      [width, height] = [area.width, area.height];
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      if (scene) fit();
    }
    """#

  /// The lists, the selection, and what keys and pointers do.
  static let page = #"""
    const element = (id) => document.getElementById(id);

    // A list of which only the visible rows are there.
    class List {
      static rowHeight = 28;
      constructor(root, activate) {
        this.root = root;
        this.rows = [];
        this.chosen = -1;
        this.space = root.appendChild(document.createElement("div"));
        root.tabIndex = 0;
        root.addEventListener("scroll", () => this.draw());
        root.addEventListener("click", (event) => {
          const row = event.target.closest(".row");
          if (row) activate(this.rows[+row.dataset.index], +row.dataset.index);
        });
        root.addEventListener("keydown", (event) => {
          const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 }[event.key];
          if (step) this.choose(this.chosen + step);
          else if (event.key === "Enter" && this.rows[this.chosen] !== undefined) activate(this.rows[this.chosen], this.chosen);
          else return;
          event.preventDefault();
        });
        new ResizeObserver(() => this.draw()).observe(root);
      }
      set(rows, describe, keepsPlace = false) {
        this.rows = rows;
        this.describe = describe;
        this.space.style.height = rows.length * List.rowHeight + 8 + "px";
        if (!keepsPlace) { this.root.scrollTop = 0; this.chosen = -1; }
        this.draw();
      }
      choose(index) {
        this.chosen = Math.max(0, Math.min(this.rows.length - 1, index));
        const top = this.chosen * List.rowHeight, { root } = this;
        if (top < root.scrollTop) root.scrollTop = top;
        if (top + List.rowHeight > root.scrollTop + root.clientHeight) root.scrollTop = top + List.rowHeight - root.clientHeight;
        this.draw();
      }
      draw() {
        const first = Math.max(0, Math.floor(this.root.scrollTop / List.rowHeight) - 4);
        const last = Math.min(this.rows.length, first + Math.ceil(this.root.clientHeight / List.rowHeight) + 9);
        const shown = [];
        for (let i = first; i < last; i++) {
          const { glyph, name, note, style = "", link = true, chosen = false } = this.describe(this.rows[i]);
          const row = document.createElement("div");
          row.className = "row " + style + (link ? " link" : "") + (i === this.chosen || chosen ? " chosen" : "");
          row.dataset.index = i;
          row.style.top = i * List.rowHeight + "px";
          for (const [kind, text] of [["glyph " + glyph, ""], ["name", name], ["note", note]]) {
            if (kind === "glyph undefined" || text === undefined) continue;
            const part = row.appendChild(document.createElement("span"));
            part.className = kind;
            part.textContent = text;
            if (text) part.title = text;
          }
          shown.push(row);
        }
        this.space.replaceChildren(...shown);
      }
    }

    const described = {
      host(h) { return { glyph: isComputer(h) ? "computer" : "host", name: hosts[h][0], note: String(computersOn(h).length) }; },
      computer(c) { return { glyph: "computer", name: computers[c][0], note: hosts[computers[c][1]]?.[0] ?? kindOf(c) }; },
      substrate(s) { return { glyph: isLAN(s) ? "lan" : "wire", name: substrates[s][0], note: counted((substrates[s].length - firstMember) / 2, "end") }; },
    };

    // What is looked at: {type, index}, or null for everything. The address of the page says it, so that it can be kept.
    let selection = null;
    const opened = new Set();
    function go(type, index) { location.hash = type ? type + "/" + encodeURIComponent(tables[types.indexOf(type)][index][0]) : ""; }
    const byName = {};
    function follow() {
      const [, type, name] = /^#(host|computer|substrate)\/(.*)$/s.exec(location.hash) ?? [];
      selection = null;
      if (type) {
        const table = tables[types.indexOf(type)];
        byName[type] ??= new Map(table.map(([name], index) => [name, index]));
        let decoded = name;
        try { decoded = decodeURIComponent(name); } catch {}
        const index = byName[type].get(decoded);
        if (index !== undefined) selection = { type, index };
      }
      opened.clear();
      if (selection?.type === "host") for (const { place } of neighbours(selection.index).slice(0, 1)) opened.add(place);
      list.draw();
      showSelection();
    }
    function showSelection() {
      const { type, index } = selection ?? {};
      showPath();
      if (type === "host") show(hostScene(index, new Set()));
      else if (type === "computer" && hasHosts && computers[index][1] >= 0) {
        show(hostScene(computers[index][1], new Set([index])));
      } else {
        show(mapScene(new Set(type === "substrate" ? placesOf(index) : type === "computer" && !hasHosts ? [index] : [])));
      }
      showDetail(false);
    }
    function showPath() {
      const path = element("path");
      path.replaceChildren();
      const step = (text, type, index) => {
        if (path.childNodes.length) path.append(" › ");
        const link = path.appendChild(document.createElement(type === undefined ? "span" : "a"));
        link.textContent = text;
        if (type !== undefined) link.addEventListener("click", () => go(type, index));
      };
      if (!selection) return;
      step(hasHosts ? "All hosts" : "All computers", null);
      const { type, index } = selection;
      if (type === "computer" && computers[index][1] >= 0) step(hosts[computers[index][1]][0], "host", computers[index][1]);
      step(tables[types.indexOf(type)][index][0]);
    }

    // Rows of the detail: {glyph, name, note, style, go: [type, index], open: key}.
    function showDetail(keepsPlace) {
      const rows = [];
      const section = (name, note) => rows.push({ name, note, style: "section", link: false });
      const text = (name) => rows.push({ name, style: "text", link: false });
      const entry = (type, index, note, style) => {
        rows.push({ ...described[type](index), note, style, go: [type, index] });
      };
      // The ends of a substrate, with their addresses, and their hosts where those are others than this one.
      const members = (s, style, home, keep = () => true) => {
        for (let i = firstMember; i < substrates[s].length; i += 2) {
          const c = substrates[s][i], place = hosts[computers[c][1]];
          const elsewhere = place !== undefined && computers[c][1] !== home ? place[0] : "";
          if (keep(c)) entry("computer", c, [elsewhere, substrates[s][i + 1]].filter(Boolean).join(" · "), style);
        }
      };
      const head = (glyph, name) => rows.push({ glyph, name, style: "head", link: false });
      const { type, index } = selection ?? {};
      if (type === "host") {
        const inside = computersOn(index), around = neighbours(index);
        head(isComputer(index) ? "computer" : "host", hosts[index][0]);
        text(isComputer(index) ? "a machine of its own" : [...new Set([...inside].map(kindOf).filter(Boolean))].join(", "));
        section("Crosses to", counted(around.length, "host"));
        for (const { place, substrates: list } of around) {
          const isOpen = opened.has(place);
          rows.push({ glyph: isOpen ? "open" : "shut", name: hosts[place][0], note: counted(list.length, "substrate"), open: place });
          if (!isOpen) continue;
          for (const s of list) {
            entry("substrate", s, speed(s), "inner");
            members(s, "innermost", index, (c) => computers[c][1] === index || computers[c][1] === place);
          }
          rows.push({ name: "open " + hosts[place][0], style: "inner text", go: ["host", place] });
        }
        section("Computers", String(inside.length));
        for (const c of inside) entry("computer", c, kindOf(c));
      } else if (type === "computer") {
        head("computer", computers[index][0]);
        text([kindOf(index), counted(new Set(substratesOf(index)).size, "substrate")].filter(Boolean).join(", "));
        if (computers[index][1] >= 0) { section("On"); entry("host", computers[index][1], counted(computersOn(computers[index][1]).length, "computer")); }
        for (const s of new Set(substratesOf(index))) {
          section(isLAN(s) ? "LAN" : "Link", speed(s));
          const own = [];
          for (let i = firstMember; i < substrates[s].length; i += 2) if (substrates[s][i] === index) own.push(substrates[s][i + 1]);
          entry("substrate", s, own.filter(Boolean).join(", "));
          members(s, "inner", computers[index][1], (c) => c !== index);
        }
      } else if (type === "substrate") {
        const places = hasHosts ? placesOf(index) : [];
        head(isLAN(index) ? "lan" : "wire", substrates[index][0]);
        text([isLAN(index) ? "LAN" : "link", speed(index)].filter(Boolean).join(", "));
        if (hasHosts) {
          section(places.length > 1 ? "Crosses between" : "Within", counted(places.length, "host"));
          for (const place of places) entry("host", place, counted(computersOn(place).length, "computer"));
        }
        section("Ends", String((substrates[index].length - firstMember) / 2));
        members(index, "", -1);
      } else {
        rows.push({ name: data.title, style: "head", link: false });
        const facts = [["Computers", computers.length], ["Links and LANs", substrates.length]];
        if (hasHosts) {
          const shared = hosts.filter(([, own]) => !own).length;
          facts.push(["Shared hosts", shared], ["Machines of their own", hosts.length - shared],
            ["Links and LANs between hosts", crossingSubstrates], ["Cost", cost]);
        }
        for (const [name, value] of facts) rows.push({ name, note: value.toLocaleString("en"), link: false });
        const busy = [...crossingCount.keys()].filter((p) => crossingCount[p]).sort((a, b) => crossingCount[b] - crossingCount[a] || a - b);
        section(hasHosts ? "Hosts by what crosses" : "Computers by links");
        for (const p of busy.slice(0, 200)) {
          entry(hasHosts ? "host" : "computer", p, counted(crossingCount[p], "substrate"));
        }
      }
      detail.set(rows, (row) => row, keepsPlace);
    }

    const list = new List(element("list"), (id) => go(types[id % 3], Math.floor(id / 3)));
    const detail = new List(element("detail"), (row) => {
      if (row.go) go(...row.go);
      else if (row.open !== undefined) {
        if (!opened.delete(row.open)) opened.add(row.open);
        showDetail(true);
      }
    });
    function showList() {
      const query = element("query").value;
      const everything = Array.from({ length: placeCount }, (_, i) => i * 3 + (hasHosts ? 0 : 1));
      const rows = query.trim() ? search(query) : everything;
      element("found").textContent = query.trim() ? counted(rows.length, "match", "matches") : counted(placeCount, hasHosts ? "host" : "computer");
      list.set(rows, (id) => {
        const type = types[id % 3], index = Math.floor(id / 3);
        return { ...described[type](index), chosen: selection?.type === type && selection.index === index };
      });
    }

    const tip = element("tip");
    let drag = null;
    const world = (event) => {
      const area = canvas.getBoundingClientRect();
      return [(event.clientX - area.left) / view.scale + view.x, (event.clientY - area.top) / view.scale + view.y];
    };
    canvas.addEventListener("pointerdown", (event) => {
      drag = { x: event.clientX, y: event.clientY, view: { ...view }, moved: false };
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (drag) {
        const dx = event.clientX - drag.x, dy = event.clientY - drag.y;
        drag.moved ||= Math.hypot(dx, dy) > 4;
        if (!drag.moved) return;
        view.x = drag.view.x - dx / view.scale;
        view.y = drag.view.y - dy / view.scale;
        tip.hidden = true;
        return redraw();
      }
      const hit = scene.hit(...world(event));
      canvas.classList.toggle("pointing", hit !== null);
      tip.hidden = hit === null;
      if (hit) {
        const area = canvas.getBoundingClientRect();
        tip.textContent = hit.tip;
        tip.style.left = Math.min(event.clientX - area.left + 14, width - tip.offsetWidth - 8) + "px";
        tip.style.top = Math.min(event.clientY - area.top + 16, height - tip.offsetHeight - 8) + "px";
      }
      if (hit?.type !== hovered?.type || hit?.index !== hovered?.index) { hovered = hit; redraw(); }
    });
    canvas.addEventListener("pointerup", (event) => {
      const wasDragged = drag?.moved;
      drag = null;
      if (wasDragged) return;
      const hit = scene.hit(...world(event));
      tip.hidden = true;
      if (hit) go(hit.type === "place" ? (hasHosts ? "host" : "computer") : hit.type, hit.index);
    });
    canvas.addEventListener("pointerleave", () => { tip.hidden = true; hovered = null; redraw(); });
    canvas.addEventListener("dblclick", () => fit());
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      const [x, y] = world(event), scale = view.scale * Math.exp(-event.deltaY * .0015);
      const next = Math.max(.02, Math.min(20, scale));
      view.x = x - (x - view.x) * view.scale / next;
      view.y = y - (y - view.y) * view.scale / next;
      view.scale = next;
      redraw();
    }, { passive: false });

    element("query").addEventListener("input", showList);
    element("query").addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") { list.root.focus(); list.choose(0); event.preventDefault(); }
      if (event.key === "Enter" && list.rows.length) go(types[list.rows[0] % 3], Math.floor(list.rows[0] / 3));
    });
    addEventListener("keydown", (event) => {
      if (event.target.matches("input")) return;
      if (event.key === "/") { element("query").focus(); event.preventDefault(); }
      if (event.key === "Escape") go(null);
    });
    addEventListener("hashchange", follow);
    addEventListener("resize", resize);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColours(); redraw(); });

    element("title").textContent = data.title;
    element("summary").textContent = [counted(computers.length, "computer"), hasHosts && counted(hosts.length, "host"),
      counted(substrates.length, "link or LAN", "links and LANs"),
      hasHosts && crossingSubstrates.toLocaleString("en") + " between hosts"].filter(Boolean).join("  ·  ");
    element("legend").textContent = "drag to move, scroll to zoom, double-click to fit; click to open, Esc for everything";
    readColours();
    resize();
    showList();
    follow();
    """#
}
