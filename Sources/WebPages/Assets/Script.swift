/// What the pages do in a browser beside being read: they follow what changes, and filter the table of nodes.
enum Script {
  static let text = #"""
    "use strict";
    (() => {
      const connection = document.getElementById("connection");
      const source = document.body.dataset.changes;
      let events = null;
      let last = null;

      function replace(element, content) {
        const active = element.contains(document.activeElement) ? document.activeElement : null;
        const place = active && [...element.querySelectorAll(active.tagName)].indexOf(active);
        const checked = [...element.querySelectorAll("input[type=checkbox]")].map((box) => box.checked);
        const scrolled = [...element.querySelectorAll(".scroll, pre")].map((part) => [part.scrollTop, part.scrollLeft]);
        element.innerHTML = content;
        element.querySelectorAll("input[type=checkbox]").forEach((box, index) => { box.checked = checked[index] ?? false; });
        element.querySelectorAll(".scroll, pre").forEach((part, index) => {
          [part.scrollTop, part.scrollLeft] = scrolled[index] ?? [0, 0];
        });
        if (active) element.querySelectorAll(active.tagName)[place]?.focus({ preventScroll: true });
        dress(element);
      }

      function apply(change) {
        const element = document.getElementById(change.id);
        if (!element) return;
        if (change.style !== undefined) element.setAttribute("class", change.style);
        if (change.content !== undefined) replace(element, change.content);
      }

      function listen() {
        if (!source || events) return;
        const url = new URL(source, location.href);
        if (last) url.searchParams.set("version", last);
        events = new EventSource(url);
        events.onopen = () => { connection.textContent = "live"; connection.className = "live"; };
        events.onerror = () => { connection.textContent = "connecting …"; connection.className = ""; };
        events.onmessage = (event) => {
          last = event.lastEventId;
          for (const change of JSON.parse(event.data)) apply(change);
          filter();
        };
        events.addEventListener("gone", () => { leave(); location.reload(); });
      }

      function leave() {
        events?.close();
        events = null;
      }

      // Browsers allow few connections: a page that nobody sees needs none.
      document.addEventListener("visibilitychange", () => document.hidden ? leave() : listen());
      addEventListener("pagehide", leave);

      const box = document.getElementById("filter");
      function filter() {
        if (!box) return;
        const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
        for (const row of document.querySelectorAll("#nodes tbody tr")) {
          const text = words.length ? row.textContent.toLowerCase() : "";
          row.hidden = !words.every((word) => text.includes(word));
        }
      }
      if (box) { box.hidden = false; box.addEventListener("input", filter); }

      // Times as clocks here show them, and how long something takes.
      function dress(element) {
        for (const time of element.querySelectorAll("time")) {
          const date = new Date(time.dateTime);
          const day = date.toDateString() === new Date().toDateString() ? "" : date.toLocaleDateString() + " ";
          time.title = time.dateTime;
          time.textContent = day + date.toLocaleTimeString();
        }
        tick();
      }
      function tick() {
        for (const element of document.querySelectorAll("[data-since]")) {
          const seconds = Math.max(0, Math.round((Date.now() - new Date(element.dataset.since)) / 1000));
          element.textContent = `for ${seconds} s`;
        }
      }
      setInterval(tick, 1000);
      dress(document);
      listen();
    })();
    """#
}
