// The form in which a commitment is corrected. It holds a draft in the server's own shape; words are spans of the text.

import { $, isBrowsers, isTyping, make } from "./keys.js";
import { markWords } from "./marking.js";

const FIELDS = { p: "providers", t: "receivers", s: "status", x: "action", m: "amounts", d: "dates", c: "condition", w: "trigger", g: "said_by" };
const KEYS = Object.fromEntries(Object.entries(FIELDS).map(([key, field]) => [field, key]));
const NAMES = {
  providers: "Who gives", receivers: "To whom", said_by: "Said by", status: "Status", action: "Action", amounts: "Sums", dates: "Dates",
  condition: "Condition", trigger: "Its verb", items: "In kind", purposes: "For",
};
const FEW = 6;

let open = null;

/** The field that a key means. */
export const fieldOf = (key) => FIELDS[key];

/** Whether a commitment is being corrected. */
export const isEditing = () => open !== null;

/**
 * Open the form in a card. `told` is the draft to begin with, `field` the one to go to, `span` words that were marked for it;
 * `quick` saves as soon as a status is chosen. `save` gets the draft and returns whether it was kept; `read` reads marked words.
 */
export function openEditor({ card, told, data, vocabularies, field, span, quick, save, read, tell, closed }) {
  closeEditor();
  const draft = structuredClone(told);
  open = { card, draft, data, vocabularies, save, read, tell, quick, closed, choices: choicesOf(draft, data), form: null, error: "" };
  render(field || "providers");
  if (span && field) take(field, span);
}

/** Put the form away; what was not saved is dropped. */
export function closeEditor() {
  if (!open) return;
  const { form, card, closed } = open;
  open = null;
  if (form) form.remove();
  card.classList.remove("editing");
  closed();
}

const within = (where, spans) => spans.some((one) => one.start <= where.start && where.end <= one.end);
const same = (one, other) => one.where.start === other.where.start && one.where.end === other.where.end;

/** What there is to choose from: what is chosen, what stands in the evidence, then the rest. */
function choicesOf(draft, data) {
  const near = draft.evidence || [];
  const people = (chosen) => {
    const all = [...chosen, ...data.parties.filter((one) => data.text && mentionedNear(one, near, data)), ...data.parties];
    return all.filter((one, k) => all.findIndex((other) => other.name === one.name) === k);
  };
  const facts = (chosen, found) => {
    const labelled = chosen.map((one) => ({ ...found.find((other) => same(one, other)), ...one }));
    const all = [...labelled, ...found.filter((one) => within(one.where, near)), ...found];
    return all.filter((one, k) => all.findIndex((other) => same(one, other)) === k);
  };
  return {
    providers: people(draft.providers), receivers: people(draft.receivers),
    amounts: facts(draft.amounts, data.amounts), dates: facts(draft.dates, data.dates),
  };
}

function mentionedNear(party, near, data) {
  return near.some((one) => (one.quote || [...data.text].slice(one.start, one.end).join("")).includes(party.name)) || within(party.where, near);
}

// ---- drawing

function render(focus) {
  const { card, draft } = open;
  const old = open.form;
  const seen = old ? old.scrollTop : 0;
  const form = make("form", { class: "editor", id: "editor", novalidate: true, "aria-label": "Correct this commitment" },
    people("providers"), people("receivers"), statuses(), select("action", open.vocabularies.actions, draft.action),
    facts("amounts", amountRow), facts("dates", dateRow), words("condition"), words("trigger"), saidBy(), items(), purposes(),
    open.error ? make("p", { class: "error", role: "alert" }, open.error) : null,
    make("p", { class: "acts" }, make("button", { type: "submit", class: "main" }, "Save ", make("kbd", {}, "Enter")),
      make("button", { type: "button", ".onclick": closeEditor }, "Cancel ", make("kbd", {}, "Esc"))));
  form.addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  if (old) old.replaceWith(form);
  else card.append(form);
  card.classList.add("editing");
  open.form = form;
  form.scrollTop = seen;
  if (focus) focusField(focus);
}

function focusField(field, at = 0) {
  const set = open.form.querySelector(`[data-field="${field}"]`);
  if (!set) return;
  const controls = [...set.querySelectorAll("input, select, button")];
  const target = set.querySelector("input:checked[type=radio]") || controls[at] || controls[0];
  if (set.closest("details")) set.closest("details").open = true;
  target?.focus({ preventScroll: true });
  set.scrollIntoView({ block: "nearest" });
}

function fieldset(field, ...children) {
  const key = KEYS[field];
  return make("fieldset", { "data-field": field }, make("legend", {}, NAMES[field], key ? make("kbd", {}, key) : null), ...children);
}

const marker = (field, words = "mark words") =>
  make("button", { type: "button", class: "small", ".onclick": () => mark(field) }, `${words} `, make("kbd", {}, "w"));

const digit = (k) => (k < 9 ? make("kbd", {}, String(k + 1)) : null);

function many(rows) {
  if (rows.length <= FEW) return rows;
  const rest = rows.slice(FEW);
  return [...rows.slice(0, FEW), make("details", { ".open": rest.some((row) => row.querySelector(":checked")) },
    make("summary", {}, `${rest.length} more`), ...rest)];
}

function people(field) {
  const rows = open.choices[field].map((one, k) => {
    const chosen = open.draft[field].some((other) => other.name === one.name);
    const box = make("input", { type: "checkbox", ".checked": chosen, ".onchange": () => toggle(field, k) });
    const row = make("label", { class: "choice" }, box, digit(k), make("bdi", {}, one.name));
    if (!one.fresh) return row;
    const kind = choice(open.vocabularies.kinds, one.kind, (value) => { one.kind = value; }, `kind of ${one.name}`);
    return make("div", { class: "fresh" }, row, kind);
  });
  return fieldset(field, ...many(rows), marker(field));
}

function choice(words, value, changed, label) {
  const made = make("select", { "aria-label": label, ".onchange": () => changed(made.value) },
    ...words.map((one) => make("option", { value: one, ".selected": one === (value ?? "") }, one.replaceAll("_", " ") || "–")));
  return made;
}

function statuses() {
  const { vocabularies, draft } = open;
  const radios = vocabularies.statuses.map((one, k) => make("label", { class: "choice" },
    make("input", { type: "radio", name: "status", value: one, ".checked": draft.status === one, ".onchange": () => { draft.status = one; } }),
    make("kbd", {}, String(k + 1)), one));
  return fieldset("status", make("div", { class: "segments" }, ...radios));
}

function select(field, words, value) {
  return fieldset(field, choice(words, value, (told) => { open.draft[field] = told; }, NAMES[field]));
}

function facts(field, row) {
  const rows = open.choices[field].map((one, k) => {
    const chosen = open.draft[field].find((other) => same(other, one));
    const box = make("input", { type: "checkbox", ".checked": Boolean(chosen), ".onchange": () => toggle(field, k) });
    const label = make("label", { class: "choice" }, box, digit(k), make("q", {}, make("bdi", {}, quoteOf(one.where))),
      one.label && !chosen ? make("span", { class: "note" }, ` ${one.label}`) : null);
    return chosen ? make("div", { class: "chosen" }, label, row(chosen)) : label;
  });
  return fieldset(field, ...many(rows), marker(field));
}

const quoteOf = (where) => where.quote || [...open.data.text].slice(where.start, where.end).join("");

function text(fact, name, label, width, list) {
  const made = make("input", { type: "text", "aria-label": label, ".value": fact[name] ?? "", size: width, autocomplete: "off", spellcheck: "false", placeholder: list || null,
    ".oninput": () => { fact[name] = made.value.trim() || null; } });
  return made;
}

function amountRow(fact) {
  const { vocabularies, choices } = open;
  const ranged = fact.comparator === "range";
  const comparator = make("select", { "aria-label": "exactly, about, at least …", ".onchange": () => {
    fact.comparator = comparator.value;
    if (fact.comparator === "range" && fact.low == null) [fact.low, fact.high, fact.value] = [fact.value, fact.value, null];
    if (fact.comparator !== "range" && fact.value == null) [fact.value, fact.low, fact.high] = [fact.high ?? fact.low, null, null];
    render("amounts");
  } }, ...Object.entries(vocabularies.comparators).map(([value, told]) => make("option", { value, ".selected": value === fact.comparator }, told)));
  const whole = make("select", { "aria-label": "part of", ".onchange": () => {
    const other = choices.amounts[Number(whole.value)];
    fact.part_of = whole.value === "" ? null : plain(other);
  } }, make("option", { value: "" }, "no part"), ...choices.amounts.map((other, k) => (same(other, fact) ? null
    : make("option", { value: String(k), ".selected": Boolean(fact.part_of && same(fact.part_of, other)) }, `part of ${quoteOf(other.where)}`))));
  return make("div", { class: "details" }, comparator, text(fact, "currency", "currency", 3, "ISO"),
    ...(ranged ? [text(fact, "low", "from", 12), text(fact, "high", "to", 12)] : [text(fact, "value", "sum in digits", 14)]),
    choice(["", ...vocabularies.rates], fact.per, (told) => { fact.per = told || null; }, "per"),
    choice(vocabularies.bases, fact.basis, (told) => { fact.basis = told; }, "what the sum is"), whole);
}

function dateRow(fact) {
  return make("div", { class: "details" },
    choice(open.vocabularies.roles, fact.role, (told) => { fact.role = told; }, "what the date is"),
    text(fact, "value", "value in EDTF", 12, "EDTF"), text(fact, "begin", "first day", 10, "first day"), text(fact, "end", "last day", 10, "last day"));
}

function words(field) {
  const told = open.draft[field];
  return fieldset(field, told ? make("q", {}, make("bdi", {}, quoteOf(told))) : make("span", { class: "note" }, "none"), " ", marker(field),
    told && field === "condition" ? make("button", { type: "button", class: "small", ".onclick": () => { open.draft[field] = null; render(field); } }, "remove") : null);
}

function saidBy() {
  const { draft, data } = open;
  const names = data.parties.map((one) => one.name);
  const now = draft.said_by ? draft.said_by.name : "";
  return fieldset("said_by", choice(["", ...names], now, (told) => { draft.said_by = data.parties.find((one) => one.name === told) || null; }, NAMES.said_by));
}

function items() {
  const rows = open.draft.items.map((one, k) => make("div", { class: "details" }, text(one, "quantity", "how many", 5, "how many"),
    text(one, "unit", "unit", 7, "unit"), text(one, "description", "what", 18),
    make("button", { type: "button", class: "small", "aria-label": `remove ${one.description}`, ".onclick": () => { open.draft.items.splice(k, 1); render("items"); } }, "remove")));
  return fieldset("items", ...rows, marker("items"));
}

function purposes() {
  const { draft, vocabularies } = open;
  const boxes = vocabularies.purposes.map((one) => make("label", { class: "choice" }, make("input", {
    type: "checkbox", ".checked": draft.purposes.includes(one), ".onchange": (event) => {
      draft.purposes = event.target.checked ? [...draft.purposes, one] : draft.purposes.filter((other) => other !== one);
    },
  }), one));
  return make("details", { class: "purposes" }, make("summary", {}, `For: ${draft.purposes.join(", ") || "nothing told"}`), fieldset("purposes", ...boxes));
}

// ---- changing

/** A fact as the server knows it, without what the form put beside it. */
function plain({ label: _, fresh: __, role: ___, ...fact }) {
  return structuredClone(fact);
}

function toggle(field, k) {
  const one = open.choices[field][k];
  if (!one) return;
  const list = open.draft[field];
  const chosen = field === "amounts" || field === "dates" ? list.findIndex((other) => same(other, one)) : list.findIndex((other) => other.name === one.name);
  if (chosen >= 0) list.splice(chosen, 1);
  else if (field === "dates") list.push({ ...plain(one), role: one.role || "due" });
  else if (one.fresh && field !== "amounts") list.push(one); // its kind may still be changed
  else list.push(plain(one));
  render();
  const boxes = open.form.querySelectorAll(`[data-field="${field}"] .choice input`);
  boxes[k]?.focus({ preventScroll: true });
}

async function mark(field) {
  const mine = open;
  const trigger = mine.draft.evidence?.[0] || mine.draft.trigger;
  const span = await markWords(trigger.start, mine.tell);
  if (open !== mine) return;
  if (span) await take(field, span);
  else focusField(field);
}

/** Put marked words into a field. */
async function take(field, span) {
  const mine = open;
  const where = { ...span, quote: [...mine.data.text].slice(span.start, span.end).join("") };
  if (field === "condition" || field === "trigger") {
    mine.draft[field] = where;
    if (field === "trigger") mine.draft.evidence = [];
    render();
    return mine.form.querySelector("[type=submit]").focus({ preventScroll: true }); // Enter saves
  }
  let told;
  try {
    told = await mine.read(span);
  } catch (error) {
    mine.tell(error.message, true);
    return undefined;
  }
  if (open !== mine) return undefined;
  if (field === "items") {
    const count = /^(\d[\d,]*)\s+(.+)$/u.exec(where.quote);
    mine.draft.items.push({ where, quantity: count ? count[1].replaceAll(",", "") : null, unit: null, description: count ? count[2] : where.quote });
    return render("items");
  }
  if (field === "amounts" || field === "dates") return takeFact(field, where, field === "amounts" ? told.amount : told.date);
  if (!(field in mine.choices)) return undefined;
  const known = mine.choices[field].findIndex((one) => one.name === told.party.name);
  if (known < 0) mine.choices[field].push({ ...told.party, where, fresh: true });
  const k = known < 0 ? mine.choices[field].length - 1 : known;
  if (!mine.draft[field].some((one) => one.name === mine.choices[field][k].name)) toggle(field, k);
  return undefined;
}

function takeFact(field, where, fact) {
  const mine = open;
  if (!fact && field === "amounts") {
    mine.tell(`No sum can be read in “${where.quote}”: type its currency and digits.`);
    fact = { currency: null, value: "0", comparator: "=", basis: "new" };
  }
  if (!fact) fact = { value: null, begin: null, end: null };
  const known = mine.choices[field].findIndex((one) => one.where.start === where.start && one.where.end === where.end);
  if (known < 0) mine.choices[field].push({ ...fact, where });
  const k = known < 0 ? mine.choices[field].length - 1 : known;
  if (!mine.draft[field].some((one) => same(one, mine.choices[field][k]))) toggle(field, k);
}

async function submit() {
  const mine = open;
  if (!mine || mine.saving) return;
  mine.saving = true;
  const told = structuredClone(mine.draft);
  for (const one of [...told.providers, ...told.receivers, ...told.amounts, ...told.dates, ...(told.said_by ? [told.said_by] : [])]) {
    delete one.fresh;
    delete one.label;
  }
  for (const one of told.amounts) {
    for (const name of ["value", "low", "high"]) if (one[name]) one[name] = one[name].replaceAll(/[,\s]/gu, ""); // 1,500,000
    if (one.currency) one.currency = one.currency.toUpperCase();
  }
  try {
    await mine.save(told);
    if (open === mine) closeEditor();
  } catch (error) {
    mine.saving = false;
    if (open !== mine) return;
    mine.error = `Not saved: ${error.message}`;
    render();
    mine.form.querySelector(".error").scrollIntoView({ block: "nearest" });
    mine.form.querySelector("[type=submit]").focus({ preventScroll: true });
  }
}

/** A key while a commitment is corrected; whether it was one for this. */
export function editKey(event) {
  if (!open || isBrowsers(event)) return false;
  if (event.key === "Escape") {
    closeEditor();
    return true;
  }
  const target = event.target;
  if (event.key === "Enter" && !target.closest("button, summary")) {
    submit();
    return true;
  }
  if (isTyping(target)) return false;
  const field = target.closest?.("[data-field]")?.dataset.field;
  if (/^[1-9]$/.test(event.key) && field) {
    const k = Number(event.key) - 1;
    if (field === "status") {
      if (!open.vocabularies.statuses[k]) return true;
      open.draft.status = open.vocabularies.statuses[k];
      if (open.quick) submit();
      else render("status");
    } else if (field in open.choices) toggle(field, k);
    return true;
  }
  if (event.key === "w" && field && field !== "status" && field !== "action" && field !== "said_by") {
    mark(field);
    return true;
  }
  if (event.key in FIELDS) {
    focusField(FIELDS[event.key]);
    return true;
  }
  return false;
}
