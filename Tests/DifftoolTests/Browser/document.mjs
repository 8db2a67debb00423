// SPDX-License-Identifier: Apache-2.0
//
// Runs the script of a page of `difftool explain --html` without a browser, on a document that is just enough of one:
//
//   node document.mjs PAGE < COMMANDS
//
// A command is a line of JSON, {"click": "next"} or {"set": {"x": 0.5}}; after each one a line of JSON has the rows of the
// table, the count of steps and the sentence. Layout, keys and colours need a browser: see `page`.

import { readFileSync } from "node:fs";
import vm from "node:vm";

/** An element: it keeps what is put into it. */
class Element {
  constructor(tag) {
    this.tagName = tag.toUpperCase();
    this.textContent = "";
    this.dataset = {};
    this.children = [];
    this.classes = new Set();
    this.classList = { toggle: (name, on) => (on ? this.classes.add(name) : this.classes.delete(name)) };
    this.clientWidth = this.clientHeight = 0;
  }
  setAttribute(name, value) { this[name] = value; }
  append(...elements) { for (const e of elements) { e.parentElement = this; this.children.push(e); } }
  add(tag) { const e = new Element(tag); this.append(e); return e; }
  insertRow() { return this.add("tr"); }
  insertCell() { return this.add("td"); }
  scrollTo() {}
}

const page = readFileSync(process.argv[2], "utf8");
const script = page.slice(page.indexOf("<script>") + 8, page.lastIndexOf("</script>"));
const body = new Element("tbody");
const known = {};
const document = {
  getElementById: id => (known[id] ??= new Element("div")),
  querySelector: () => body,
  createElement: tag => new Element(tag),
  createElementNS: (space, tag) => new Element(tag),
  addEventListener() {},
};
new Element("div").append(document.getElementById("graph"));
vm.runInNewContext(script, { document });

const fields = {};
for (const label of known.inputs.children)
  for (const e of label.children) if (e.dataset.input !== undefined) fields[e.dataset.input] = e;

const commands = readFileSync(0, "utf8").split("\n").filter(line => line.trim());
for (const line of commands) {
  const { click, set } = JSON.parse(line);
  if (click) known[click].onclick();
  for (const [name, value] of Object.entries(set ?? {})) {
    fields[name].value = String(value);
    fields[name].oninput();
  }
  const rows = body.children.map(row => [row.dataset.node, ...row.children.slice(2).map(cell => cell.textContent)]);
  console.log(JSON.stringify({ rows, count: known.count.textContent, now: known.now.textContent }));
}
