// SPDX-License-Identifier: Apache-2.0
//
// Longer than 300 lines because the page is one file, and so is its source.

/// The page's text, with two places to fill.
enum ExplanationPageText {
  static let page = #"""
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>@TITLE@: the chain rule</title>
    <style>
      :root {
        color-scheme: light dark;
        --back: #ffffff; --text: #1b1f24; --faint: #59636e; --line: #c4ccd4; --box: #f6f8fa;
        --forward: #00629a; --backward: #b34700; --input: #dcebf7; --output: #fbe6c8; --now: #f0e442;
      }
      @media (prefers-color-scheme: dark) {
        :root {
          --back: #14181d; --text: #e8ecf0; --faint: #9aa5b1; --line: #47515c; --box: #1e242b;
          --forward: #6cc0f0; --backward: #ffa266; --input: #1d3a50; --output: #4d3a18; --now: #6b6200;
        }
      }
      * { box-sizing: border-box; }
      body { margin: 0 auto; padding: 1rem; max-width: 76rem; background: var(--back); color: var(--text);
             font: 1rem/1.45 system-ui, sans-serif; }
      h1 { font-size: 1.25rem; overflow-wrap: anywhere; }
      code, td, .number { font-family: ui-monospace, monospace; font-variant-numeric: tabular-nums; }
      .graph { overflow: auto; max-height: 60vh; border: 1px solid var(--line); border-radius: 6px; background: var(--box); }
      .steps { display: flex; flex-wrap: wrap; gap: .5rem; margin: .75rem 0; align-items: center; }
      button { font: inherit; min-height: 2.75rem; min-width: 2.75rem; padding: 0 1rem; border: 1px solid var(--line);
               border-radius: 6px; background: var(--box); color: var(--text); cursor: pointer; }
      button:disabled { color: var(--faint); cursor: default; }
      :focus-visible { outline: 3px solid var(--forward); outline-offset: 2px; }
      #now { min-height: 3em; padding: .5rem .75rem; border-left: 4px solid var(--forward); background: var(--box);
             overflow-wrap: anywhere; }
      #now.back { border-color: var(--backward); }
      .inputs { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: .5rem 1.5rem;
                margin: 1rem 0; }
      .inputs label { display: grid; grid-template-columns: 4.5rem 1fr 6.5rem; gap: .5rem; align-items: center; }
      input[type=range] { width: 100%; min-height: 2.5rem; accent-color: var(--forward); }
      input[type=number] { font: inherit; width: 100%; background: var(--back); color: var(--text);
                           border: 1px solid var(--line); border-radius: 4px; padding: .25rem; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: right; padding: .25rem .6rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
      th:nth-child(-n+2), td:nth-child(-n+2) { text-align: left; }
      tr.now td { background: var(--now); }
      svg text { fill: var(--text); font: 12px ui-monospace, monospace; }
      svg .box { fill: var(--back); stroke: var(--line); }
      svg .input .box { fill: var(--input); }
      svg .output .box { fill: var(--output); }
      svg .now .box { stroke: var(--forward); stroke-width: 3; }
      svg .back.now .box { stroke: var(--backward); }
      svg .edge { fill: none; stroke: var(--line); stroke-width: 1.5; }
      svg .edge.now { stroke: var(--backward); stroke-width: 3; }
      svg .value { fill: var(--forward); }
      svg .adjoint { fill: var(--backward); }
      .faint { color: var(--faint); }
      /* Nobody has arrow keys on a phone. */
      @media (max-width: 30rem) { .keys { display: none; } }
    </style>
    </head>
    <body>
    <h1><code>@TITLE@</code></h1>
    <p class="faint">Blue is computed forwards: values. Orange is computed backwards: how much the result moves with each
      number. Move an input and every number here is computed again.</p>
    <div class="graph"><svg id="graph" role="img" aria-label="The computation as a graph"></svg></div>
    <div class="steps">
      <button id="first" type="button" aria-label="To the start">|◀&#xFE0E;</button>
      <button id="back" type="button" aria-label="One step back">◀&#xFE0E;</button>
      <button id="next" type="button" aria-label="One step on">▶&#xFE0E;</button>
      <button id="last" type="button" aria-label="To the end">▶&#xFE0E;|</button>
      <span id="count" class="number"></span>
      <span class="faint keys">or the keys ← → Home End</span>
    </div>
    <div id="now" aria-live="polite"></div>
    <div class="inputs" id="inputs"></div>
    <div class="wide"><table id="table">
      <thead><tr><th>number</th><th>is</th><th>value</th><th id="head">adjoint</th><th>measured</th></tr></thead>
      <tbody></tbody>
    </table></div>
    <noscript><p>The buttons and sliders need JavaScript, which this page brings along.</p></noscript>
    <script>
    "use strict";
    const graph = @DATA@;
    const nodes = graph.nodes, out = graph.output, outName = nodes[out].name;
    const number = x => typeof x === "string" ? (x === "NaN" ? NaN : x === "Infinity" ? Infinity : -Infinity) : x;
    nodes.forEach(n => { n.value = number(n.value); n.adjoint = number(n.adjoint); });
    const inputs = nodes.map((n, i) => i).filter(i => nodes[i].kind === "input");
    const shown = nodes.map((n, i) => i).filter(i => nodes[i].kind !== "constant");
    const start = inputs.map(i => nodes[i].value);

    // The error function to about 1e-15: its series near 0, a continued fraction elsewhere.
    function erf(x) {
      const a = Math.abs(x);
      if (a < 2.5) {
        let term = x, sum = x;
        for (let n = 1; n < 200 && Math.abs(term) > 1e-17 * Math.abs(sum); n++) { term *= -x * x / n; sum += term / (2 * n + 1); }
        return 2 / Math.sqrt(Math.PI) * sum;
      }
      let f = 0;
      for (let k = 80; k > 0; k--) f = k / 2 / (a + f);
      const c = Math.exp(-a * a) / Math.sqrt(Math.PI) / (a + f);
      return x > 0 ? 1 - c : c - 1;
    }
    const sigmoid = x => x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
    function logSumExp(x) {
      const m = Math.max(...x);
      return isFinite(m) ? m + Math.log(x.reduce((s, v) => s + Math.exp(v - m), 0)) : m;
    }
    // Every operation: its value and its local derivatives.
    const ops = {
      "+": x => [x[0] + x[1], [1, 1]],
      "-": x => [x[0] - x[1], [1, -1]],
      "neg": x => [-x[0], [-1]],
      "*": x => [x[0] * x[1], [x[1], x[0]]],
      "/": x => [x[0] / x[1], [1 / x[1], -x[0] / x[1] / x[1]]],
      "exp": x => { const r = Math.exp(x[0]); return [r, [r]]; },
      "expm1": x => [Math.expm1(x[0]), [Math.exp(x[0])]],
      "log": x => [Math.log(x[0]), [1 / x[0]]],
      "log1p": x => [Math.log1p(x[0]), [1 / (1 + x[0])]],
      "sin": x => [Math.sin(x[0]), [Math.cos(x[0])]],
      "cos": x => [Math.cos(x[0]), [-Math.sin(x[0])]],
      "tan": x => { const r = Math.tan(x[0]); return [r, [1 + r * r]]; },
      "sinh": x => [Math.sinh(x[0]), [Math.cosh(x[0])]],
      "cosh": x => [Math.cosh(x[0]), [Math.sinh(x[0])]],
      "tanh": x => { const r = Math.tanh(x[0]); return [r, [1 - r * r]]; },
      "asin": x => [Math.asin(x[0]), [1 / Math.sqrt(1 - x[0] * x[0])]],
      "acos": x => [Math.acos(x[0]), [-1 / Math.sqrt(1 - x[0] * x[0])]],
      "atan": x => [Math.atan(x[0]), [1 / (1 + x[0] * x[0])]],
      "asinh": x => [Math.asinh(x[0]), [1 / Math.sqrt(1 + x[0] * x[0])]],
      "acosh": x => [Math.acosh(x[0]), [1 / Math.sqrt(x[0] * x[0] - 1)]],
      "atanh": x => [Math.atanh(x[0]), [1 / (1 - x[0] * x[0])]],
      "sqrt": x => { const r = Math.sqrt(x[0]); return [r, [1 / (2 * r)]]; },
      "pow": (x, n) => [Math.pow(x[0], n), [n === 0 ? 0 : n * Math.pow(x[0], n - 1)]],
      "root": (x, n) => {
        const r = x[0] < 0 && n % 2 ? -Math.pow(-x[0], 1 / n) : n === 3 ? Math.cbrt(x[0]) : Math.pow(x[0], 1 / n);
        return [r, [r / (n * x[0])]];
      },
      "power": x => {
        const r = Math.pow(x[0], x[1]);
        return [r, [x[1] === 0 ? 0 : x[1] * Math.pow(x[0], x[1] - 1), r === 0 ? 0 : r * Math.log(x[0])]];
      },
      "atan2": x => { const s = x[0] * x[0] + x[1] * x[1]; return [Math.atan2(x[0], x[1]), [x[1] / s, -x[0] / s]]; },
      "hypot": x => { const r = Math.hypot(x[0], x[1]); return [r, r === 0 ? [0, 0] : [x[0] / r, x[1] / r]]; },
      "erf": x => [erf(x[0]), [2 / Math.sqrt(Math.PI) * Math.exp(-x[0] * x[0])]],
      "abs": x => [Math.abs(x[0]), [Math.sign(x[0])]],
      "min": x => [Math.min(x[0], x[1]), x[0] < x[1] ? [1, 0] : x[0] > x[1] ? [0, 1] : [0.5, 0.5]],
      "max": x => [Math.max(x[0], x[1]), x[0] > x[1] ? [1, 0] : x[0] < x[1] ? [0, 1] : [0.5, 0.5]],
      "relu": x => [x[0] > 0 ? x[0] : 0, [x[0] > 0 ? 1 : 0]],
      "leaky-relu": x => x[0] > 0 ? [x[0], [1, 0]] : [x[1] * x[0], [x[1], x[0]]],
      "sigmoid": x => { const r = sigmoid(x[0]); return [r, [r * (1 - r)]]; },
      "softplus": x => [Math.max(x[0], 0) + Math.log1p(Math.exp(-Math.abs(x[0]))), [sigmoid(x[0])]],
      "select": x => x[0] < x[1] ? [x[2], [0, 0, 1, 0]] : [x[3], [0, 0, 0, 1]],
      "detach": x => [x[0], [0]],
      "accumulate": (x, p) => {
        let sum = 0;
        for (let i = 2 * p; i < x.length; i++) sum += x[i];
        for (let i = 0; i < p; i++) sum += x[i] * x[p + i];
        return [sum, x.map((v, i) => i < p ? x[p + i] : i < 2 * p ? x[i - p] : 1)];
      },
      "logsumexp": x => { const r = logSumExp(x); return [r, x.map(v => Math.exp(v - r))]; },
    };
    ops["*0"] = ops["*"];

    function forward(values) {
      const v = [], slopes = [];
      let k = 0;
      nodes.forEach((n, i) => {
        if (n.kind === "input") { v.push(values[k++]); slopes.push([]); return; }
        if (n.kind === "constant") { v.push(n.value); slopes.push([]); return; }
        const [value, local] = ops[n.op](n.operands.map(j => v[j]), n.payload);
        // A planted rule multiplies the local derivatives by what makes them wrong.
        v.push(value); slopes.push(n.factors ? local.map((s, k) => s * n.factors[k]) : local);
      });
      return [v, slopes];
    }
    function compute(values) {
      const [v, slopes] = forward(values);
      const adjoint = nodes.map(() => 0), terms = nodes.map(() => []);
      adjoint[out] = 1;
      for (let i = nodes.length - 1; i >= 0; i--) {
        if (adjoint[i] === 0 && i !== out) continue;
        nodes[i].operands.forEach((j, k) => {
          const slope = slopes[i][k];
          if (nodes[i].op === "select" && k < 2) return;
          terms[j].push([i, slope, k]);
          if (slope !== 0) adjoint[j] += adjoint[i] * slope;
        });
      }
      return { v, slopes, adjoint, terms };
    }
    function measured(i, values, v) {
      const moved = x => {
        const w = [];
        let k = 0;
        nodes.forEach((n, j) => {
          let value;
          if (n.kind === "input") value = values[k++];
          else if (n.kind === "constant") value = n.value;
          else value = ops[n.op](n.operands.map(m => w[m]), n.payload)[0];
          w.push(j === i ? x : value);
        });
        return w[out];
      };
      const quotient = h => { const a = v[i] + h, b = v[i] - h; return (moved(a) - moved(b)) / (a - b); };
      const far = 6e-6 * Math.max(Math.abs(v[i]), 1e-3), wide = quotient(far);
      if (Math.abs(v[i]) <= 10) return wide;
      // Where a large number varies fast, as the sine of a large angle, that step is taken whose half says the same.
      const narrow = quotient(6e-6);
      return Math.abs(wide - quotient(far / 2)) <= Math.abs(narrow - quotient(3e-6)) ? wide : narrow;
    }

    const show = x => {
      if (!isFinite(x)) return String(x);
      const a = Math.abs(x);
      return a !== 0 && (a < 1e-4 || a >= 1e7) ? x.toExponential(5) : String(+x.toPrecision(7));
    };
    const bracket = x => x < 0 ? "(" + show(x) + ")" : show(x);
    const svgNode = (tag, attributes, text) => {
      const e = document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const k in attributes) e.setAttribute(k, attributes[k]);
      if (text !== undefined) e.textContent = text;
      return e;
    };

    // The picture: a column for each depth.
    const W = 190, H = 84, gapX = 54, gapY = 22;
    const place = n => [16 + n.column * (W + gapX), 16 + n.row * (H + gapY)];
    const svg = document.getElementById("graph");
    const columns = Math.max(...nodes.map(n => n.column)) + 1, rows = Math.max(...nodes.map(n => n.row)) + 1;
    const width = 32 + columns * W + (columns - 1) * gapX, height = 32 + rows * H + (rows - 1) * gapY;
    svg.setAttribute("viewBox", "0 0 " + width + " " + height);
    svg.setAttribute("width", width); svg.setAttribute("height", height);
    const edges = [], boxes = [];
    nodes.forEach((n, i) => n.operands.forEach(j => {
      const [x1, y1] = place(nodes[j]), [x2, y2] = place(n);
      const a = x1 + W, b = y1 + H / 2, c = x2, d = y2 + H / 2, m = (a + c) / 2;
      const e = svgNode("path", { class: "edge", d: `M${a},${b} C${m},${b} ${m},${d} ${c},${d}` });
      edges.push([e, j, i]); svg.append(e);
    }));
    nodes.forEach((n, i) => {
      const [x, y] = place(n);
      const g = svgNode("g", { class: n.kind + (i === out ? " output" : ""), transform: `translate(${x},${y})` });
      const clip = t => t.length > 24 ? t.slice(0, 23) + "…" : t;
      g.append(svgNode("rect", { class: "box", width: W, height: H, rx: 6 }));
      g.append(svgNode("text", { x: 10, y: 22 }, clip(n.kind === "operation" ? n.name + " = " + n.expression : n.name)));
      const value = svgNode("text", { x: 10, y: 46, class: "value" }), adjoint = svgNode("text", { x: 10, y: 68, class: "adjoint" });
      g.append(value, adjoint, svgNode("title", {}, n.name + (n.kind === "operation" ? " = " + n.expression : "")));
      boxes.push({ g, value, adjoint }); svg.append(g);
    });

    const body = document.querySelector("#table tbody"), cells = {};
    document.getElementById("head").textContent = "d" + outName + "/d.";
    shown.forEach(i => {
      const row = body.insertRow();
      [nodes[i].name, nodes[i].kind === "input" ? "input" : nodes[i].expression].forEach(t => { row.insertCell().textContent = t; });
      cells[i] = { row, value: row.insertCell(), adjoint: row.insertCell(), measured: row.insertCell() };
      row.dataset.node = nodes[i].name;
    });

    // Steps: every operation forwards, then every number backwards.
    const steps = [...shown.map(i => [i, true]), ...shown.slice().reverse().map(i => [i, false])];
    let at = steps.length - 1, state = null, values = start.slice();
    // x*x has the same number twice: which of the two is meant.
    const side = (i, k) => {
      const o = nodes[i].operands;
      if (o.filter(j => j === o[k]).length < 2) return "";
      return o.length === 2 ? [" (left)", " (right)"][k] : ` (${k + 1}.)`;
    };
    function sentence([i, isForward]) {
      const n = nodes[i], { v, adjoint, terms, slopes } = state;
      if (isForward) {
        if (n.kind === "input") return `${n.name} = ${show(v[i])}: an input`;
        const local = n.operands.map((j, k) => nodes[j].kind === "constant" ? "" : `d${n.name}/d${nodes[j].name}${side(i, k)} = ${show(slopes[i][k])}`);
        return `${n.name} = ${n.expression} = ${show(v[i])}; on its own: ` + [...new Set(local)].filter(t => t).join(", ");
      }
      if (i === out) return `d${outName}/d${outName} = 1: backwards begins here`;
      if (!terms[i].length) return `d${outName}/d${n.name} = 0: nothing uses it`;
      return `d${outName}/d${n.name} = ` + terms[i].map(([u, , k]) => `d${outName}/d${nodes[u].name}·d${nodes[u].name}/d${n.name}${side(u, k)}`).join(" + ")
        + " = " + terms[i].map(([u, s]) => bracket(adjoint[u]) + "·" + bracket(s)).join(" + ") + " = " + show(adjoint[i]);
    }
    function draw() {
      const { v, adjoint } = state, [current, isForward] = steps[at];
      const seen = new Set(steps.slice(0, at + 1).filter(s => s[1]).map(s => s[0]));
      const returned = new Set(steps.slice(0, at + 1).filter(s => !s[1]).map(s => s[0]));
      nodes.forEach((n, i) => {
        const constant = n.kind === "constant";
        boxes[i].value.textContent = constant || seen.has(i) ? show(v[i]) : "";
        // A long name stands above already.
        const text = `d${outName}/d${n.name} ${show(adjoint[i])}`;
        boxes[i].adjoint.textContent =
          constant || !returned.has(i) ? "" : text.length <= 24 ? text : `d${outName}/d. ${show(adjoint[i])}`;
        boxes[i].g.classList.toggle("now", i === current);
        boxes[i].g.classList.toggle("back", i === current && !isForward);
        if (constant) return;
        cells[i].value.textContent = seen.has(i) ? show(v[i]) : "";
        cells[i].adjoint.textContent = returned.has(i) ? show(adjoint[i]) : "";
        cells[i].measured.textContent = returned.has(i) ? show(measured(i, values, v)) : "";
        cells[i].row.classList.toggle("now", i === current);
      });
      edges.forEach(([e, from, to]) => e.classList.toggle("now", isForward ? to === current : from === current));
      const now = document.getElementById("now");
      now.textContent = sentence(steps[at]);
      now.classList.toggle("back", !isForward);
      document.getElementById("count").textContent = `${at + 1}/${steps.length} ${isForward ? "forwards" : "backwards"}`;
      for (const [id, off] of [["first", at === 0], ["back", at === 0], ["next", at === steps.length - 1], ["last", at === steps.length - 1]])
        document.getElementById(id).disabled = off;
    }
    function go(to) {
      at = Math.min(steps.length - 1, Math.max(0, to));
      draw();
      // Where the graph is wider than the screen, the step's box comes into its middle.
      const [x, y] = place(nodes[steps[at][0]]), frame = svg.parentElement;
      frame.scrollTo({ left: x + W / 2 - frame.clientWidth / 2, top: y + H / 2 - frame.clientHeight / 2 });
    }
    document.getElementById("first").onclick = () => go(0);
    document.getElementById("back").onclick = () => go(at - 1);
    document.getElementById("next").onclick = () => go(at + 1);
    document.getElementById("last").onclick = () => go(steps.length - 1);
    document.addEventListener("keydown", e => {
      if (e.target.tagName === "INPUT") return;
      const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: steps.length - 1 }[e.key];
      if (to !== undefined) { e.preventDefault(); go(to); }
    });
    const area = document.getElementById("inputs");
    inputs.forEach((i, k) => {
      const label = document.createElement("label"), name = document.createElement("span");
      name.textContent = nodes[i].name; name.className = "number";
      const slider = document.createElement("input"), field = document.createElement("input");
      const reach = Math.max(1, 2 * Math.abs(start[k]));
      Object.assign(slider, { type: "range", min: start[k] - reach, max: start[k] + reach, step: "any", value: start[k] });
      slider.setAttribute("aria-label", nodes[i].name + ", slider");
      Object.assign(field, { type: "number", step: "any", value: start[k] });
      field.setAttribute("aria-label", nodes[i].name);
      field.dataset.input = nodes[i].name;
      const set = (x, other) => { if (isFinite(x)) { values[k] = x; other.value = x; state = compute(values); draw(); } };
      slider.oninput = () => set(+(+slider.value).toPrecision(6), field);
      field.oninput = () => field.value !== "" && set(+field.value, slider);
      label.append(name, slider, field); area.append(label);
    });
    state = compute(values);
    draw();
    </script>
    </body>
    </html>
    """#
}
