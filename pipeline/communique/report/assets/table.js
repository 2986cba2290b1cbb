// The table of a run: filters, sorts, pages, sums up and saves what is shown. Texts enter the page as text alone.
"use strict";
(() => {
  const block = document.getElementById("data");
  if (!block) return;
  const { folder, releases, rows } = JSON.parse(block.textContent);
  const at = (id) => document.getElementById(id);
  const form = at("filter"), body = at("table").tBodies[0];
  const STATUSES = [...form.elements.status.options].map((option) => option.value).filter(Boolean);
  const PRINTED = 2000; // rows on paper at most
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const listed = (names) => (names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`);
  const plural = (number, one) => `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  for (const row of rows) {
    row.giver = listed(row.who);
    row.taker = listed(row.whom);
    row.published = releases[row.r][2];
    row.href = `${folder}/${encodeURIComponent(releases[row.r][0])}.html#${row.c}`;
    row.parties = fold([...row.who, ...row.whom].join("\n"));
    row.words = fold([row.giver, row.taker, row.action, row.status, ...row.sums.map((sum) => sum[2]), ...row.items, ...row.when,
      ...row.purposes, row.if, row.quote, row.published, releases[row.r][1]].join("\n"));
    const first = row.sums.find((sum) => sum[3]) || row.sums[0];
    row.main = first ? [first[0], Number(first[1])] : ["\uffff", 0];
  }

  // ---- exact sums: decimal strings added as whole numbers of their smallest digit
  const add = (numbers) => {
    const places = Math.max(0, ...numbers.map((number) => (number.split(".")[1] || "").length));
    const whole = (number) => {
      const [digits, rest = ""] = number.split(".");
      return BigInt(digits + rest.padEnd(places, "0"));
    };
    const total = numbers.reduce((sum, number) => sum + whole(number), 0n);
    const digits = (total < 0n ? -total : total).toString().padStart(places + 1, "0");
    const cut = digits.length - places;
    const rest = digits.slice(cut).replace(/0+$/, "");
    return `${total < 0n ? "−" : ""}${BigInt(digits.slice(0, cut)).toLocaleString("en")}${rest && "."}${rest}`;
  };
  const totals = (list) => {
    const found = new Map();
    for (const row of list) {
      for (const [currency, number, , counts] of row.sums) {
        if (counts) found.set(currency, [...(found.get(currency) || []), number]);
      }
    }
    return [...found].sort((a, b) => b[1].length - a[1].length || collator.compare(a[0], b[0]));
  };

  // ---- filters
  const NAMED = { who: "provider", whom: "receiver" }; // filters that only a link of a plot sets
  const state = { sort: "", down: false, page: 0, who: "", whom: "" };
  let shown = rows;
  const value = (name) => (form.elements[name].type === "checkbox" ? (form.elements[name].checked ? "1" : "") : form.elements[name].value.trim());
  const filters = () => {
    const told = {};
    for (const element of form.elements) if (element.name && value(element.name)) told[element.name] = value(element.name);
    for (const name in NAMED) if (state[name]) told[name] = state[name];
    return told;
  };
  const matches = (told) => {
    const terms = told.q ? fold(told.q).split(/\s+/) : [];
    const party = told.party && fold(told.party);
    const named = (names, joined, name) => joined === name || names.includes(name);
    return (row) => terms.every((term) => row.words.includes(term))
      && (!party || row.parties.includes(party))
      && (!told.who || named(row.who, row.giver, told.who))
      && (!told.whom || named(row.whom, row.taker, told.whom))
      && (!told.currency || row.sums.some((sum) => sum[0] === told.currency))
      && (!told.status || row.status === told.status)
      && (!told.purpose || row.purposes.includes(told.purpose))
      && (!told.from || (row.published && row.published >= told.from))
      && (!told.to || (row.published && row.published <= told.to))
      && (!told.counted || row.sums.some((sum) => sum[3] && (!told.currency || sum[0] === told.currency)));
  };
  const KEYS = {
    published: (a, b) => collator.compare(a.published || "\uffff", b.published || "\uffff"),
    who: (a, b) => collator.compare(a.giver, b.giver),
    whom: (a, b) => collator.compare(a.taker || "\uffff", b.taker || "\uffff"),
    action: (a, b) => collator.compare(a.action, b.action),
    sum: (a, b) => (a.main[0] === b.main[0] ? a.main[1] - b.main[1] : 0),
    status: (a, b) => STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status),
    when: (a, b) => collator.compare(a.when[0] || "\uffff", b.when[0] || "\uffff"),
    sure: (a, b) => a.sure - b.sure,
  };
  const sorted = (list) => {
    if (!state.sort) return list;
    const turn = state.down ? -1 : 1;
    const group = state.sort === "sum" ? (a, b) => collator.compare(a.main[0], b.main[0]) : () => 0; // never compares two currencies
    return [...list].sort((a, b) => group(a, b) || turn * KEYS[state.sort](a, b));
  };

  // ---- drawing
  const make = (tag, told = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), told);
    element.append(...inside);
    return element;
  };
  const name = (text) => make("bdi", { textContent: text });
  const cell = (label, className, ...inside) => {
    const made = make("td", { className }, ...inside);
    made.dataset.label = label;
    return made;
  };
  const note = (text) => make("span", { className: "note", textContent: text });
  const drawn = (row) => {
    const sums = row.sums.map(([, , told, counts]) => make("div", { className: counts ? "sum counts" : "sum", title: counts ? "counts" : row.why || "does not count" }, told));
    const what = [row.action, ...(row.items.length ? [make("div", { className: "note" }, name(row.items.join("; ")))] : []),
      ...(row.purposes.length ? [make("div", { className: "note", textContent: row.purposes.join(", ") })] : [])];
    const link = make("a", { href: row.href }, name(row.quote));
    link.setAttribute("aria-label", `Evidence in ${releases[row.r][1]}: ${row.quote}`);
    return make("tr", {},
      cell("Published", "date", row.published || note("unknown")),
      cell("Who", "party", name(row.giver)),
      cell("Whom", "party", row.taker ? name(row.taker) : note("—")),
      cell("What", "what", ...what),
      cell("Sum", "number", ...(sums.length ? sums : [note("—")])),
      cell("Status", "", make("span", { className: `status s-${row.status}`, textContent: row.status })),
      cell("When", "when", ...(row.when.length ? row.when.map((when) => make("div", { textContent: when })) : [note("—")])),
      cell("Sure", "number", row.sure.toFixed(2)),
      cell("Evidence", "evidence", link));
  };
  const size = () => Number(at("size").value);
  const draw = (printing = false) => {
    const pages = Math.max(1, Math.ceil(shown.length / size()));
    state.page = Math.min(state.page, pages - 1);
    const begin = printing ? 0 : state.page * size();
    const part = shown.slice(begin, printing ? PRINTED : begin + size());
    body.replaceChildren(...part.map(drawn));
    at("page").textContent = shown.length ? `${(begin + 1).toLocaleString("en")}–${(begin + part.length).toLocaleString("en")} of ${shown.length.toLocaleString("en")}` : "";
    at("previous").disabled = state.page === 0;
    at("next").disabled = state.page >= pages - 1;
    at("none").hidden = shown.length > 0;
    at("table").hidden = shown.length === 0;
    for (const button of document.querySelectorAll("[data-sort]")) {
      const own = button.dataset.sort === state.sort;
      button.parentElement.setAttribute("aria-sort", own ? (state.down ? "descending" : "ascending") : "none");
    }
  };
  const tell = () => {
    const money = totals(shown).slice(0, 6).map(([currency, numbers]) => `${currency} ${add(numbers)}`);
    const more = totals(shown).length - money.length;
    const all = shown.length === rows.length ? plural(rows.length, "commitment") : `${shown.length.toLocaleString("en")} of ${plural(rows.length, "commitment")}`;
    at("shown").textContent = `${all}${money.length ? `. New money: ${money.join(" · ")}${more > 0 ? ` · ${more} more` : ""}` : ""}`;
  };
  const chips = () => {
    at("chips").replaceChildren(...Object.keys(NAMED).filter((key) => state[key]).map((key) => {
      const button = make("button", { type: "button", className: "chip" }, `${NAMED[key]}: `, name(state[key]), " ×");
      button.setAttribute("aria-label", `Remove the filter ${NAMED[key]}: ${state[key]}`);
      button.addEventListener("click", () => { state[key] = ""; apply(); });
      return button;
    }));
  };
  const apply = (remember = true) => {
    const told = filters();
    shown = sorted(rows.filter(matches(told)));
    state.page = 0;
    const address = new URLSearchParams(told);
    if (state.sort) address.set("sort", (state.down ? "-" : "") + state.sort);
    if (remember) history.replaceState(null, "", address.size ? `#${address}` : location.pathname + location.search);
    at("clear").hidden = !Object.keys(told).length;
    chips();
    tell();
    draw();
  };
  const recall = () => {
    if (!location.hash.includes("=")) return false;
    const told = new URLSearchParams(location.hash.slice(1));
    for (const element of form.elements) {
      if (!element.name) continue;
      if (element.type === "checkbox") element.checked = told.get(element.name) === "1";
      else element.value = told.get(element.name) || "";
    }
    for (const key in NAMED) state[key] = told.get(key) || "";
    const sort = told.get("sort") || "";
    state.sort = sort.replace(/^-/, "") in KEYS ? sort.replace(/^-/, "") : "";
    state.down = sort.startsWith("-");
    return true;
  };
  const clear = () => {
    form.reset();
    for (const key in NAMED) state[key] = "";
    apply();
    form.elements.q.focus();
  };

  // ---- CSV of what is shown; no cell can be taken for a formula
  const guarded = (told) => {
    const text = String(told);
    const safe = /^\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const HEAD = ["published", "release", "commitment", "providers", "receivers", "action", "status", "currency", "amount", "sum", "counts",
    "why_not", "in_kind", "dates", "purposes", "condition", "confidence", "evidence", "page"];
  const csv = () => {
    const lines = shown.flatMap((row) => (row.sums.length ? row.sums : [["", "", "", false]]).map(([currency, number, told, counts]) => [
      row.published, releases[row.r][1], row.c, row.who.join("; "), row.whom.join("; "), row.action, row.status, currency, number, told,
      told && (counts ? "yes" : "no"), counts ? "" : row.why, row.items.join("; "), row.when.join("; "), row.purposes.join("; "), row.if,
      row.sure, row.quote, row.href]));
    return [HEAD, ...lines].map((line) => line.map(guarded).join(",")).join("\r\n") + "\r\n";
  };
  at("csv").addEventListener("click", () => {
    const address = URL.createObjectURL(new Blob(["\ufeff", csv()], { type: "text/csv;charset=utf-8" }));
    make("a", { href: address, download: "commitments.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  });

  // ---- events
  const options = (found) => [...found].sort(collator.compare).map((told) => make("option", { value: told, textContent: told }));
  form.elements.currency.append(...options(new Set(rows.flatMap((row) => row.sums.map((sum) => sum[0])))));
  at("parties").append(...options(new Set(rows.flatMap((row) => [...row.who, ...row.whom]))).slice(0, 2000));
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 80);
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  for (const id of ["clear", "clear-none"]) at(id).addEventListener("click", clear);
  for (const button of document.querySelectorAll("[data-sort]")) {
    button.addEventListener("click", () => {
      const key = button.dataset.sort;
      if (state.sort !== key) Object.assign(state, { sort: key, down: ["published", "sum", "sure", "status"].includes(key) });
      else if (state.down === ["published", "sum", "sure", "status"].includes(key)) state.down = !state.down;
      else Object.assign(state, { sort: "", down: false });
      apply();
    });
  }
  const turn = (by) => { state.page += by; draw(); };
  at("previous").addEventListener("click", () => turn(-1));
  at("next").addEventListener("click", () => turn(1));
  at("size").addEventListener("change", () => { state.page = 0; draw(); });
  window.addEventListener("hashchange", () => {
    if (!recall()) return;
    apply(false);
    at("commitments").scrollIntoView();
  });
  window.addEventListener("beforeprint", () => draw(true));
  window.addEventListener("afterprint", () => draw());
  const arrived = recall();
  apply(false);
  if (arrived) at("commitments").scrollIntoView();
})();
