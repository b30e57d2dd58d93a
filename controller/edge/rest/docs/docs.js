"use strict";
// Draws /api/v1/openapi.json. Text goes in as text, never as markup.

const methods = ["get", "post", "put", "patch", "delete"];
const zh = {
  permission: "所需权限", parameters: "参数", body: "请求体", reply: "回复", nothing: "无内容", example: "示例",
  failed: "无法读取 API 说明", required: "必填", seeProblem: "出错时：application/problem+json",
};
const en = {
  permission: "Needs the permission", parameters: "Parameters", body: "Body", reply: "Reply", nothing: "no content", example: "Example",
  failed: "The contract cannot be read", required: "required", seeProblem: "On failure: application/problem+json",
};
let language = navigator.language.startsWith("zh") ? "zh" : "en";
let spec = null;

const say = (key) => (language === "zh" ? zh : en)[key];
const inTongue = (thing, field) => (language === "zh" && thing["x-zh"]) || thing[field] || "";

// make builds an element: attributes, then children (text or elements).
function make(tag, attributes, ...children) {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(attributes || {})) e.setAttribute(k, v);
  e.append(...children.filter((c) => c !== "" && c != null));
  return e;
}

// deref follows a $ref within the document.
function deref(x) {
  for (let hops = 0; x && x.$ref && hops < 10; hops++) {
    x = x.$ref.slice(2).split("/").reduce((at, k) => at && at[k], spec);
  }
  return x || {};
}

function kind(schema) {
  const s = deref(schema);
  if (s.type === "array") return kind(s.items) + "[]";
  if (s.enum) return s.enum.join(" | ");
  const name = schema && schema.$ref ? schema.$ref.split("/").pop() : "";
  if (s.type === "object") return name || "object";
  return (s.format || s.type || "") + bounds(s);
}

function bounds(s) {
  const low = s.minimum ?? s.minLength, high = s.maximum ?? s.maxLength;
  if (low == null && high == null) return "";
  return ` (${low ?? 0}–${high ?? "∞"})`;
}

// example invents a value that fits the schema.
function example(schema, depth = 0) {
  const s = deref(schema);
  if (s.example !== undefined) return s.example;
  if (s.default !== undefined) return s.default;
  if (s.enum) return s.enum[0];
  if (s.type === "array") return depth > 5 ? [] : [example(s.items, depth + 1)];
  if (s.type === "object") {
    const o = {};
    for (const [k, v] of Object.entries(s.properties || {})) if (depth < 5) o[k] = example(v, depth + 1);
    return o;
  }
  if (s.type === "boolean") return true;
  if (s.type === "integer") return s.minimum ?? 0;
  return s.format === "date-time" ? "2026-05-01T08:00:00Z" : "…";
}

function row(name, schema, required, description) {
  return make("tr", {}, make("th", required ? { class: "must", title: say("required") } : {}, make("code", {}, name)),
    make("td", {}, make("code", {}, kind(schema))), make("td", {}, description || deref(schema).description || ""));
}

function table(title, rows) {
  return rows.length ? make("table", {}, make("caption", {}, title), make("tbody", {}, ...rows)) : "";
}

function content(title, media) {
  const box = make("div");
  for (const [type, m] of Object.entries(media || {})) {
    const s = deref(m.schema), required = s.required || [];
    const rows = Object.entries(s.properties || {}).map(([k, v]) => row(k, v, required.includes(k)));
    box.append(table(`${title} · ${type}`, rows.length ? rows : [row("", m.schema, false)]));
    if (type === "application/json") {
      box.append(make("pre", {}, make("code", {}, JSON.stringify(example(m.schema), null, 2))));
    }
  }
  return box;
}

function operation(path, method, item, op) {
  const base = (spec.servers || [{ url: "" }])[0].url;
  const parameters = [...(item.parameters || []), ...(op.parameters || [])].map(deref);
  const body = make("div", { class: "body" },
    op.description ? make("p", {}, op.description) : "",
    make("p", {}, say("permission") + " ", make("span", { class: "permission" }, op["x-permission"] || "")),
    table(say("parameters"), parameters.map((p) => row(p.name, p.schema, p.required, p.description))),
    op.requestBody ? content(say("body"), deref(op.requestBody).content) : "");
  for (const [status, reply] of Object.entries(op.responses || {})) {
    if (status === "default") continue;
    const r = deref(reply);
    body.append(r.content ? content(`${say("reply")} ${status}`, r.content)
      : make("p", {}, `${say("reply")} ${status}: ${say("nothing")}`));
  }
  body.append(make("p", { class: "what" }, say("seeProblem")));
  const verb = method.toUpperCase();
  const details = make("details", { id: op.operationId },
    make("summary", {}, make("span", { class: `method ${verb}` }, verb), make("span", { class: "path" }, base + path),
      make("span", { class: "what" }, inTongue(op, "summary"))), body);
  details.dataset.text = `${verb} ${path} ${op.summary} ${op["x-zh"] || ""} ${op.operationId}`.toLowerCase();
  return details;
}

function draw() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.getElementById("language").textContent = language === "zh" ? "English" : "中文";
  for (const e of document.querySelectorAll("[data-zh]")) {
    e.dataset.en = e.dataset.en || e.textContent;
    e.textContent = language === "zh" ? e.dataset.zh : e.dataset.en;
  }
  if (!spec) return;
  const intro = (language === "zh" && spec.info["x-description-zh"]) || spec.info.description;
  const main = document.getElementById("main"), nav = document.getElementById("nav");
  main.replaceChildren(make("p", { class: "intro" }, intro.replaceAll("**", "").replaceAll("`", "")));
  nav.replaceChildren();
  for (const tag of spec.tags) {
    const title = language === "zh" ? tag["x-zh"] : tag.description;
    const section = make("section", { id: tag.name }, make("h2", {}, title));
    for (const [path, item] of Object.entries(spec.paths)) {
      for (const m of methods) {
        if (item[m] && item[m].tags.includes(tag.name)) section.append(operation(path, m, item, item[m]));
      }
    }
    main.append(section);
    nav.append(make("a", { href: "#" + tag.name }, title));
  }
  find();
}

function find() {
  const text = document.getElementById("find").value.trim().toLowerCase();
  for (const d of document.querySelectorAll("details")) d.hidden = !d.dataset.text.includes(text);
  for (const s of document.querySelectorAll("section")) s.hidden = !s.querySelector("details:not([hidden])");
}

document.getElementById("find").addEventListener("input", find);
document.getElementById("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  draw();
});
draw();
fetch("/api/v1/openapi.json").then((r) => {
  if (!r.ok) throw new Error(r.status);
  return r.json();
}).then((s) => { spec = s; draw(); }).catch((e) => {
  document.getElementById("main").textContent = `${say("failed")}: ${e.message}`;
});
