extension PageScript {
  /// The lists, the selection, and what keys and pointers do.
  static let controls = #"""
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
