extension PageScript {
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
}
