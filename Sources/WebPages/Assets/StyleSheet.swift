/// What the pages and their pictures look like, by day and by night.
///
/// Contrasts of text are at least 4.5 to 1, and no state is told by its colour alone.
enum StyleSheet {
  static let text = #"""
    :root {
      color-scheme: light dark;
      --paper: #f4f7f9; --card: #ffffff; --line: #dbe4ea; --ink: #17232d; --quiet: #566775; --hover: #f0f5f8;
      --accent: #125f9c; --on-accent: #ffffff; --accent-hover: #0d4f84;
      --good: #116b4c; --good-fill: #5ef7c0; --good-edge: #1b8a68; --good-back: #dcf8ed;
      --bad: #b3261e; --bad-fill: #ff8a80; --bad-edge: #b3261e; --bad-back: #fde7e5;
      --warn: #8a5300; --warn-fill: #ffc266; --warn-edge: #a86400; --warn-back: #fdf0d9;
      --wait: #125f9c; --wait-fill: #9ccdf5; --wait-edge: #2f78b7; --wait-back: #e2f0fb;
      --none: #566775; --none-fill: #e4eaee; --none-edge: #8a99a5; --none-back: #eaeff2;
      --lan-fill: #6fa8ff; --lan-edge: #2457a6; --wire: #5a6670; --box: #eef5fa;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #0f161c; --card: #172129; --line: #2a3944; --ink: #e4edf4; --quiet: #9dafbd; --hover: #1e2b35;
        --accent: #7cc0f5; --on-accent: #0b1a26; --accent-hover: #a5d5fa;
        --good: #66dcb0; --good-fill: #22805f; --good-edge: #66dcb0; --good-back: #143a2e;
        --bad: #ff9b92; --bad-fill: #8f2a23; --bad-edge: #ff9b92; --bad-back: #47201d;
        --warn: #f5c06a; --warn-fill: #7d540f; --warn-edge: #f5c06a; --warn-back: #3f2f12;
        --wait: #8fcaf7; --wait-fill: #285d86; --wait-edge: #8fcaf7; --wait-back: #17354b;
        --none: #9dafbd; --none-fill: #33434f; --none-edge: #7b8d9b; --none-back: #25323c;
        --lan-fill: #2f5da8; --lan-edge: #9cc1ff; --wire: #8496a5; --box: #1a2a36;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0; background: var(--paper); color: var(--ink);
      font: 15px/1.5 system-ui, "Segoe UI", "Helvetica Neue", "Liberation Sans", "DejaVu Sans", Arial, sans-serif;
    }
    a { color: var(--accent); text-decoration: none; }
    a:hover { text-decoration: underline; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
    code, pre, .code { font-family: ui-monospace, "Cascadia Mono", "Liberation Mono", "DejaVu Sans Mono", monospace; font-size: 13px; }
    h1 { font-size: 26px; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
    h2 { font-size: 16px; margin: 0; }
    h3 { font-size: 13px; margin: 18px 0 6px; }
    .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    .skip { position: absolute; left: -999px; }
    .skip:focus { left: 12px; top: 12px; z-index: 2; padding: 8px 14px; background: var(--card); border-radius: 6px; }
    .quiet { color: var(--quiet); font-weight: 400; }
    .good { color: var(--good); }
    .bad { color: var(--bad); font-weight: 700; }
    .said { white-space: pre-wrap; overflow-wrap: anywhere; }

    .bar {
      display: flex; align-items: center; justify-content: space-between; padding: 12px 24px;
      background: var(--card); border-bottom: 1px solid var(--line);
    }
    .brand { color: inherit; font-weight: 700; font-size: 16px; }
    .brand span { color: var(--quiet); font-weight: 400; }
    #connection { color: var(--quiet); font-size: 13px; }
    #connection.live::before {
      content: ""; display: inline-block; width: 8px; height: 8px; margin-right: 6px; border-radius: 50%; background: var(--good-edge);
    }
    main { max-width: 1480px; margin: 0 auto; padding: 24px; display: flex; flex-direction: column; gap: 16px; }
    .head { display: flex; flex-wrap: wrap; align-items: end; justify-content: space-between; gap: 12px; }
    .crumbs { margin: 0 0 2px; font-size: 13px; }
    .actions, .row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
    .summary { display: flex; flex-wrap: wrap; gap: 6px 14px; align-items: center; }
    .columns { display: grid; gap: 16px; grid-template-columns: minmax(0, 1fr); align-items: start; }
    @media (min-width: 1080px) { .columns { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
    .stack { display: contents; }
    @media (min-width: 1080px) { .stack { display: grid; gap: 16px; } }
    @media (max-width: 1079px) { #links { order: 1; } }
    #progress:empty { display: none; }

    .card { min-width: 0; padding: 16px 20px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
    .card:empty { display: none; }
    .card.flush { padding: 0; overflow: hidden; }
    .card.message { max-width: 640px; width: 100%; margin: 6vh auto 0; padding: 28px 32px; }
    .card.message h1 { margin-bottom: 12px; }
    .card.problem { border-color: var(--bad-edge); background: var(--bad-back); }
    .card.problem .said { margin: 6px 0 0; }
    p.problem { color: var(--bad); font-weight: 600; }
    .title { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 14px; min-height: 34px; }
    .title > :nth-child(2) { margin-left: auto; }
    .flush > .title { padding: 12px 20px; }
    .note { margin: 0; padding: 0 20px 16px; color: var(--quiet); }
    .card:not(.flush) .note { padding: 0; }

    form { margin: 0; display: inline-flex; flex-wrap: wrap; gap: 6px 12px; align-items: center; }
    button, .button {
      font: inherit; font-weight: 600; padding: 6px 16px; border: 1px solid var(--line); border-radius: 8px; cursor: pointer;
      background: var(--card); color: var(--accent);
    }
    button:hover, .button:hover { background: var(--hover); text-decoration: none; }
    button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
    button.primary:hover { background: var(--accent-hover); border-color: var(--accent-hover); }
    button.danger { color: var(--bad); border-color: var(--bad-edge); }
    td button, .title button { padding: 2px 12px; font-size: 14px; }
    label { font-size: 14px; }
    input[type=checkbox] { accent-color: var(--accent); }
    input[type=search], input[type=password] {
      font: inherit; color: inherit; background: var(--card); padding: 4px 12px; border: 1px solid var(--none-edge); border-radius: 8px;
    }
    input[type=search] { width: 180px; }
    input[type=password] { flex: 1; padding: 6px 12px; }

    .chip { display: inline-block; padding: 1px 10px; border-radius: 20px; font-size: 13px; font-weight: 600; white-space: nowrap; }
    .chip.active, .chip.booted { background: var(--good-back); color: var(--good); }
    .chip.activating, .chip.swapping, .chip.terminating, .chip.running { background: var(--wait-back); color: var(--wait); }
    .chip.swapped, .chip.ghost, .chip.unknown { background: var(--none-back); color: var(--none); }
    .chip.failed { background: var(--warn-back); color: var(--warn); }
    .chip.dead { background: var(--bad-back); color: var(--bad); }
    .count { color: var(--quiet); }
    .count b { color: var(--ink); }
    .count.failed b { color: var(--warn); }
    .count.dead b { color: var(--bad); }

    table { width: 100%; border-collapse: collapse; }
    th, td { padding: 7px 10px; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
    th:first-child, td:first-child { padding-left: 20px; }
    th:last-child, td:last-child { padding-right: 20px; }
    thead th {
      position: sticky; top: 0; z-index: 1; background: var(--card); color: var(--quiet); font-size: 13px; font-weight: 600;
      box-shadow: inset 0 -1px var(--line); white-space: nowrap;
    }
    tbody th { font-weight: 600; overflow-wrap: anywhere; }
    tbody th .said { font-weight: 400; color: var(--bad); }
    tbody tr:first-child > * { border-top: 0; }
    tbody tr:hover { background: var(--hover); }
    tr.wrong { background: var(--bad-back); }
    td, .right { font-variant-numeric: tabular-nums; }
    th.right, td.right { text-align: right; }
    .list :is(th, td) { vertical-align: middle; }
    .list time { margin-left: 8px; font-size: 13px; }
    .scroll { overflow-x: auto; }
    .scroll.tall, #links .scroll, #hosts .scroll { max-height: 560px; overflow-y: auto; }
    #hosts .scroll { max-height: 300px; }

    .busy h2 { margin-bottom: 10px; }
    .bar-of-progress { height: 4px; border-radius: 2px; overflow: hidden; background: var(--wait-back); }
    .bar-of-progress::before {
      content: ""; display: block; width: 30%; height: 100%; border-radius: 2px; background: var(--wait-edge);
      animation: wander 1.4s ease-in-out infinite alternate;
    }
    @keyframes wander { from { transform: translateX(0); } to { transform: translateX(233%); } }
    @media (prefers-reduced-motion: reduce) { .bar-of-progress::before { animation: none; width: 100%; } }
    .steps { list-style: none; margin: 12px 0 0; padding: 0; }
    .steps li::before { content: "✓"; color: var(--good); font-weight: 700; margin-right: 8px; }
    .steps:empty { margin: 0; }
    .events { list-style: none; margin: 10px 0 0; padding: 0; max-height: 360px; overflow-y: auto; }
    .events li { display: grid; grid-template-columns: 9em 1fr; gap: 12px; padding: 3px 0; }
    .events time { color: var(--quiet); font-size: 13px; font-variant-numeric: tabular-nums; }

    pre {
      margin: 0; padding: 10px 14px; max-height: 420px; overflow: auto; border: 1px solid var(--line); border-radius: 8px;
      background: var(--paper); white-space: pre-wrap; overflow-wrap: anywhere;
    }
    .command { margin-top: 10px; }

    .picture { margin-top: 8px; overflow: auto; text-align: center; }
    .picture svg { max-width: 100%; height: auto; max-height: 620px; }
    .legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 10px 0 0; padding: 0; list-style: none; color: var(--quiet); font-size: 13px; }
    .dot { display: inline-block; width: 12px; height: 12px; margin-right: 6px; border: 2px solid; border-radius: 3px; vertical-align: -1px; }
    .graph > polygon { fill: none; stroke: none; }
    .cluster > polygon { fill: var(--box); stroke: var(--line); }
    svg text { fill: var(--ink); }
    .edge path { stroke: var(--wire); }
    .edge text { fill: var(--quiet); }
    .node :is(polygon, ellipse, path) { fill: var(--lan-fill); stroke: var(--lan-edge); transition: fill .4s, stroke .4s; }
    .node a:hover :is(polygon, ellipse, path) { stroke-width: 3; }
    .node a:hover { text-decoration: none; }
    .node.booted :is(polygon, ellipse, path) { fill: var(--good-fill); stroke: var(--good-edge); }
    .node.failed :is(polygon, ellipse, path) { fill: var(--warn-fill); stroke: var(--warn-edge); stroke-width: 2.5; }
    .node.running :is(polygon, ellipse, path) { fill: var(--wait-fill); stroke: var(--wait-edge); }
    .node.dead :is(polygon, ellipse, path) { fill: var(--bad-fill); stroke: var(--bad-edge); stroke-width: 2.5; stroke-dasharray: 6 3; }
    .node.ghost :is(polygon, ellipse, path) { fill: none; stroke: var(--none-edge); stroke-dasharray: 3 3; }
    .node.unknown :is(polygon, ellipse, path) { fill: var(--none-fill); stroke: var(--none-edge); }
    .dot.booted { background: var(--good-fill); border-color: var(--good-edge); }
    .dot.failed { background: var(--warn-fill); border-color: var(--warn-edge); }
    .dot.running { background: var(--wait-fill); border-color: var(--wait-edge); }
    .dot.dead { background: var(--bad-fill); border-color: var(--bad-edge); border-style: dashed; }
    .dot.ghost { border-color: var(--none-edge); border-style: dotted; }
    .dot.unknown { background: var(--none-fill); border-color: var(--none-edge); }
    @media (max-width: 600px) {
      main { padding: 16px 12px; }
      .events li { grid-template-columns: 1fr; gap: 0; }
      .title > :nth-child(2) { margin-left: 0; }
    }
    """#
}
