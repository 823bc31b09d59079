/// What the page looks like: the colours of the drawings, by day and by night.
enum PageStyle {
  static let text = #"""
    :root {
      color-scheme: light dark;
      --paper: #ffffff; --panel: #f6f9fb; --line: #dde6ed; --ink: #17232d; --quiet: #647584; --hover: #e8f1f8;
      --chosen: #d3e8f8; --computer: #5ef7c0; --computer-edge: #1b8a68; --lan: #6fa8ff; --lan-edge: #2457a6;
      --host: #e6f3fc; --host-edge: #8fbedf; --wire: #7d8c99; --accent: #1769aa;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #10181f; --panel: #16212a; --line: #273743; --ink: #e4edf4; --quiet: #93a5b4; --hover: #1f303d;
        --chosen: #21435e; --computer: #2fae85; --computer-edge: #7df0c8; --lan: #3f74c9; --lan-edge: #9cc1ff;
        --host: #1a3447; --host-edge: #4c82a8; --wire: #8496a5; --accent: #7cc0f5;
      }
    }
    * { box-sizing: border-box; }
    html, body { height: 100%; margin: 0; }
    body {
      display: grid; grid-template-rows: auto 1fr; background: var(--paper); color: var(--ink);
      font: 14px/1.4 system-ui, "Segoe UI", "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
    }
    header {
      display: flex; align-items: center; justify-content: space-between; gap: 24px; padding: 10px 18px;
      border-bottom: 1px solid var(--line);
    }
    h1 { font-size: 18px; margin: 0; overflow-wrap: anywhere; }
    header p { margin: 1px 0 0; color: var(--quiet); }
    #query {
      width: min(420px, 45vw); padding: 8px 14px; font: inherit; color: inherit; background: var(--panel);
      border: 1px solid var(--line); border-radius: 18px; outline: none;
    }
    #query:focus { border-color: var(--accent); box-shadow: 0 0 0 3px color-mix(in srgb, var(--accent) 20%, transparent); }
    main { display: grid; grid-template-columns: 250px 1fr 360px; min-height: 0; }
    nav, aside { display: flex; flex-direction: column; min-height: 0; min-width: 0; background: var(--panel); }
    nav { border-right: 1px solid var(--line); }
    aside { border-left: 1px solid var(--line); padding-top: 10px; }
    h2 {
      margin: 0; padding: 10px 16px 6px; font-size: 12px; font-weight: 600; color: var(--quiet); letter-spacing: .02em;
    }
    .list { position: relative; flex: 1; overflow-y: auto; overflow-x: hidden; outline: none; }
    .row {
      position: absolute; left: 0; right: 0; height: 28px; padding: 0 14px; display: flex; align-items: center; gap: 8px;
      white-space: nowrap; border-radius: 4px;
    }
    .row.link { cursor: pointer; }
    .row.link:hover { background: var(--hover); }
    .row.chosen, .row.chosen:hover { background: var(--chosen); }
    .row .name { overflow: hidden; text-overflow: ellipsis; }
    .row .note {
      margin-left: auto; padding-left: 8px; color: var(--quiet); font-size: 12px; flex: none; max-width: 66%;
      overflow: hidden; text-overflow: ellipsis; font-variant-numeric: tabular-nums;
    }
    .row.head .name { font-weight: 600; font-size: 17px; }
    .row.section { color: var(--quiet); font-size: 12px; font-weight: 600; align-items: flex-end; padding-bottom: 4px; }
    .row.text { color: var(--quiet); }
    .row.inner { padding-left: 34px; }
    .row.innermost { padding-left: 50px; }
    .glyph { flex: none; width: 13px; height: 13px; border: 1.5px solid; }
    .glyph.computer { background: var(--computer); border-color: var(--computer-edge); }
    .glyph.host { background: var(--host); border-color: var(--host-edge); border-radius: 3px; }
    .glyph.lan { background: var(--lan); border-color: var(--lan-edge); border-radius: 50%; }
    .glyph.wire { height: 0; border-width: 1px 0; border-color: var(--wire); }
    .glyph.open, .glyph.shut { border: 0; width: 13px; color: var(--quiet); line-height: 11px; font-size: 11px; }
    .glyph.open::before { content: "▾"; }
    .glyph.shut::before { content: "▸"; }
    #stage { position: relative; min-width: 0; min-height: 0; overflow: hidden; }
    #map { position: absolute; inset: 0; width: 100%; height: 100%; cursor: grab; touch-action: none; }
    #map.pointing { cursor: pointer; }
    #path { position: absolute; z-index: 1; left: 14px; top: 10px; color: var(--quiet); pointer-events: none; }
    #path a { color: var(--accent); text-decoration: none; cursor: pointer; pointer-events: auto; }
    #path a:hover { text-decoration: underline; }
    #legend { position: absolute; left: 14px; bottom: 10px; color: var(--quiet); font-size: 12px; pointer-events: none; }
    #tip {
      position: absolute; z-index: 2; padding: 4px 9px; border-radius: 6px; background: var(--ink); color: var(--paper);
      font-size: 12px; white-space: pre; pointer-events: none; max-width: 320px; overflow: hidden; text-overflow: ellipsis;
    }
    @media (max-width: 900px) { main { grid-template-columns: 200px 1fr 260px; } }
    """#
}
