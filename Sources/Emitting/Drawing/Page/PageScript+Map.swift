extension PageScript {
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
}
