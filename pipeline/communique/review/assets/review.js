// The way through the releases: which commitment is meant, what is decided about it, and where to go from there.

import { $, ask, isBrowsers, isTyping, make, reveal } from "./keys.js";
import { closeEditor, editKey, fieldOf, isEditing, openEditor } from "./editor.js";
import { isMarking, markKey, markWords, selectedSpan, showText } from "./marking.js";

const vocabularies = JSON.parse($("vocabularies").textContent);
const filter = $("filter");
const state = { way: null, data: null, key: null };
const kept = []; // keys that wait
let busy = Promise.resolve(), working = 0;

// ---- telling

function tell(words, isError = false) {
  $("message").textContent = words;
  $("message").classList.toggle("error", isError);
}

/** Wait for something; keys that come meanwhile are kept, and done on what it leaves. */
async function hold(promise) {
  working += 1;
  try {
    return await promise;
  } finally {
    working -= 1;
    setTimeout(release);
  }
}

function release() {
  while (!working && kept.length) onKey(kept.shift());
}

/** Do one thing after the other; what goes wrong is told. */
function run(action) {
  busy = busy.then(action).catch((error) => tell(error.message, true));
  return hold(busy);
}

/** The same with the release that is shown; nothing where there is none. */
const here = (action) => run(() => (state.data ? action() : undefined));

// ---- where we are

const cards = () => state.data?.cards ?? [];
const cardOf = (key) => cards().find((card) => card.key === key);
const current = () => cardOf(state.key);
const place = () => state.way.releases.findIndex((one) => one.id === state.data?.id);

function remember() {
  const told = new URLSearchParams([...new FormData(filter)].filter(([name, value]) => value && !(name === "state" && value === "all") && !(name === "below" && value === "1")));
  if (state.data) told.set("release", state.data.id);
  const at = current();
  if (at) told.set("at", at.subject);
  history.replaceState(null, "", `#${told}`);
}

function recall() {
  const told = new URLSearchParams(location.hash.slice(1));
  for (const name of ["state", "party", "status", "below"]) if (told.has(name)) filter.elements[name].value = told.get(name);
  return { release: told.get("release"), at: told.get("at") };
}

// ---- loading and showing

async function loadWay() {
  const told = new URLSearchParams([...new FormData(filter)].filter(([, value]) => value));
  state.way = await ask(`/api/way?${told}`);
  showProgress();
}

function showProgress() {
  const { done, total, complete, releases } = state.way.progress;
  $("progress").max = total || 1;
  $("progress").value = done;
  const left = total - done;
  $("counts").textContent = total || releases
    ? `${done} of ${total} commitments decided, ${left} left · ${complete} of ${releases} releases finished` : "no releases";
  document.title = left ? `${left} left – communique review` : "Review – communique";
}

async function openRelease(id, at) {
  show(await ask(`/api/releases/${encodeURIComponent(id)}`));
  const card = cards().find((one) => one.subject === at) || firstLeft() || cards()[0];
  $("text").scrollTop = 0;
  go(card ? card.key : "finish");
}

function show(data) {
  closeEditor();
  state.data = data;
  $("text").innerHTML = data.text_html; // made by our templates, which escape all that comes from a release
  $("cards").innerHTML = data.cards_html;
  showText(data.text);
  const mine = state.way.releases.find((one) => one.id === data.id);
  if (mine) {
    const verdicts = Object.fromEntries(data.cards.map((card) => [card.subject, card.verdict]));
    const left = data.cards.filter((card) => !card.verdict).length;
    const was = mine.known ?? { total: data.cards.length, left: mine.left };
    state.way.progress.total += data.cards.length - was.total;
    state.way.progress.done += data.cards.length - left - (was.total - was.left);
    state.way.progress.complete += (data.complete ? 1 : 0) - (mine.complete ? 1 : 0);
    Object.assign(mine, { left, complete: Boolean(data.complete), known: { total: data.cards.length, left } });
    for (const one of mine.commitments) one.verdict = verdicts[one.subject] ?? null;
    const meant = new Set(mine.commitments.map((one) => one.subject));
    for (const card of data.cards) $(card.key).classList.toggle("beside", isNarrow() && !meant.has(card.subject));
  }
  showProgress();
}

const isNarrow = () => ["state", "party", "status", "below"].some((name) => !["", "all", "1"].includes(filter.elements[name].value));
const isMeant = (card) => !$(card.key).classList.contains("beside");

/** Make a card, or the end of the release, the one that is meant. */
function go(key, scroll = true) {
  state.key = key;
  for (const one of document.querySelectorAll(".card, .finish")) {
    const is = one.id === key;
    one.classList.toggle("lit", is);
    if (is) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
  for (const [attribute, name] of [["c", "lit"], ["e", "near"]]) {
    for (const piece of $("text").querySelectorAll(`[data-${attribute}]`)) {
      piece.classList.toggle(name, piece.dataset[attribute].split(" ").includes(key));
    }
  }
  const card = $(key);
  if (card && scroll) {
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    const first = $("text").querySelector(".near") || $("text").querySelector(".lit");
    if (first) reveal($("text"), first);
  }
  remember();
}

function firstLeft(after) {
  const from = after ? cards().findIndex((card) => card.key === after) + 1 : 0;
  const order = [...cards().slice(from), ...cards().slice(0, from)];
  return order.find((card) => !card.verdict && isMeant(card));
}

function step(by) {
  const keys = [...cards().map((card) => card.key), "finish"];
  const at = keys.indexOf(state.key) + by;
  if (keys[at]) return go(keys[at]);
  return stepRelease(by, by < 0);
}

async function stepRelease(by, toEnd = false) {
  const next = state.way.releases[place() + by];
  if (!next) return tell(by > 0 ? "This is the last release." : "This is the first release.");
  await openRelease(next.id);
  if (toEnd) go("finish");
  else if (cards().length) go(cards()[0].key);
  return tell("");
}

const waits = (release) => release.commitments.some((one) => !one.verdict) || (!isNarrow() && !release.complete);

/** To the next, or previous, that nobody decided about; where a release has none left but is not finished, to its end. */
async function goToLeft(by = 1) {
  const list = by > 0 ? cards() : [...cards()].reverse();
  const at = list.findIndex((card) => card.key === state.key);
  const here = list.slice(at + 1).find((card) => !card.verdict && isMeant(card));
  if (here) return go(here.key);
  const start = Math.max(0, place()), count = state.way.releases.length;
  for (let k = 1; k <= count; k += 1) {
    const release = state.way.releases[(((start + by * k) % count) + count) % count];
    if (!waits(release)) continue;
    if (release.id === state.data?.id) break;
    return openRelease(release.id);
  }
  const left = firstLeft();
  if (left) return go(left.key);
  go("finish");
  return tell(isNarrow() ? "Nothing that the filter shows is left." : state.data?.complete ? "All is decided." : "All here is decided. Is anything missing?");
}

// ---- deciding

async function decide(card, verdict, more = {}) {
  const sent = { subject: card.subject, verdict, after: card.after, ...more };
  try {
    show(await ask(`/api/releases/${encodeURIComponent(state.data.id)}/decisions`, sent));
  } catch (error) {
    if (error.status === 409) {
      const { subject } = card;
      await loadWay();
      await openRelease(state.data.id, subject);
      throw new Error(`Not saved: ${error.message}. The page shows how it stands now.`, { cause: error });
    }
    throw Object.assign(new Error(`Not saved: ${error.message}`), { cause: error });
  }
}

function advance(from) {
  const next = firstLeft(from);
  go(next ? next.key : "finish");
}

function accept(asFound = false) {
  return here(async () => {
    if (state.key === "finish") return finishRelease();
    const card = current();
    if (!card) return undefined;
    if (asFound && !(card.flag && card.found)) return tell("Nothing new is told of this one.");
    if (card.verdict && card.verdict !== "rejected" && !card.flag) return goToLeft(1); // decided: just on
    await decide(card, "accepted", asFound ? { as_found: true } : {});
    tell("Accepted. u takes it back.");
    return advance(card.key);
  });
}

function reject() {
  return here(async () => {
    const card = current();
    if (!card) return undefined;
    await decide(card, "rejected");
    tell("Rejected. u takes it back.");
    return advance(card.key);
  });
}

function finish() {
  return here(finishRelease);
}

async function finishRelease() {
  const left = cards().find((card) => !card.verdict && !card.lost);
  if (left) {
    go(left.key);
    return tell("Some are undecided still.");
  }
  if (!state.data.complete) {
    await decide({ subject: "release", after: null }, "complete");
    tell("Finished.");
  }
  return goToLeft(1);
}

function undo() {
  return run(async () => {
    const taken = await ask("/api/undo", {});
    await loadWay();
    await openRelease(taken.release, taken.subject);
    if (taken.verdict === "complete") go("finish");
    tell(`Taken back: ${taken.verdict}.`);
  });
}

// ---- correcting and adding

function edit(field, quick = false) {
  const card = current();
  if (!card) return;
  const span = selectedSpan();
  getSelection().removeAllRanges();
  openEditor({
    card: $(card.key), told: card.told, data: state.data, vocabularies, field, span: field && field !== "status" && field !== "action" ? span : null, quick, tell,
    read,
    save: async (told) => {
      await hold(decide(card, "corrected", { told }));
      tell("Corrected. u takes it back.");
      go((cards().find((one) => one.subject === card.subject) || card).key);
    },
    closed: () => go(state.key, document.activeElement === document.body || isMarking()),
  });
}

/** What marked words may be. */
const read = (words) => hold(ask(`/api/releases/${encodeURIComponent(state.data.id)}/words`, words));

/** A commitment that was missed: its verb first. */
async function add() {
  if (!state.data || isEditing()) return;
  const span = selectedSpan() || await markWords(firstShown(), (words) => tell(`The verb of what was missed. ${words}`));
  getSelection().removeAllRanges();
  if (span) run(() => addBy(span));
  else tell("");
}

/** Then the form, with what the sentence tells. */
async function addBy(span) {
  const told = await ask(`/api/releases/${encodeURIComponent(state.data.id)}/proposals`, span);
  const subject = `added-${span.start}-${span.end}-${cards().length + 1}`;
  const card = make("article", { class: "card lit fresh", id: "fresh", tabindex: "0", "aria-label": "A commitment that was missed" }, make("h3", {}, "A commitment that was missed"));
  $("finish").before(card);
  state.key = "fresh";
  openEditor({
    card, told, data: state.data, vocabularies, field: "providers", tell,
    read,
    save: async (draft) => {
      await hold(decide({ subject, after: null }, "added", { told: draft }));
      tell("Added. u takes it back.");
      const mine = cards().find((one) => one.subject === subject);
      go(mine ? mine.key : "finish");
    },
    closed: () => {
      card.remove();
      if (state.key === "fresh") go("finish");
    },
  });
  return card.scrollIntoView({ block: "nearest" });
}

function firstShown() {
  const near = $("text").querySelector(".near, .lit");
  return near ? Number(near.dataset.start) : 0;
}

// ---- the list of releases, help, filter

function openList() {
  if (!state.way) return;
  const list = $("releases");
  list.replaceChildren(...state.way.releases.map((one) => make("li", { class: one.complete ? "complete" : null },
    make("button", { type: "button", "aria-current": one.id === state.data?.id ? "true" : null, ".onclick": () => {
      $("list").close();
      run(() => openRelease(one.id));
    } }, make("bdi", {}, one.title), make("span", { class: "note" }, [one.published_on, one.complete ? "finished" : one.left ? `${one.left} undecided` : "decided"].filter(Boolean).join(" · "))))));
  $("list").showModal();
  (list.querySelector("[aria-current]") || list.querySelector("button"))?.focus();
}

async function refilter() {
  await loadWay();
  if (!state.way.releases.length) {
    nothing(isNarrow() ? "Nothing fits the filter." : "There is no release in this database: load some with communique run or communique load.");
    return;
  }
  const here = state.way.releases.find((one) => one.id === state.data?.id);
  const at = current()?.subject;
  await openRelease(here ? here.id : state.way.releases[0].id, here?.commitments.some((one) => one.subject === at) ? at : here?.commitments[0]?.subject);
}

function nothing(words) {
  state.data = null;
  state.key = null;
  $("text").replaceChildren(make("p", { class: "empty" }, words));
  $("cards").replaceChildren();
  remember();
}

// ---- keys and clicks

const KEYS = {
  j: () => here(() => step(1)), ArrowDown: () => here(() => step(1)),
  k: () => here(() => step(-1)), ArrowUp: () => here(() => step(-1)),
  n: () => here(() => goToLeft(1)), b: () => here(() => goToLeft(-1)),
  "]": () => here(() => stepRelease(1)), "[": () => here(() => stepRelease(-1)),
  a: () => accept(), r: reject, y: () => accept(true), f: finish, u: undo, i: add,
  e: () => edit(), s: () => edit("status", true),
  l: openList, "?": () => $("help").showModal(), "/": () => $("f-party").focus(),
};

document.addEventListener("keydown", (event) => {
  if (working && !isTyping(event.target) && !isBrowsers(event)) {
    event.preventDefault();
    kept.push({ key: event.key, shiftKey: event.shiftKey, get target() { return document.activeElement; }, preventDefault() {} });
  } else onKey(event);
});

function onKey(event) {
  if (document.querySelector("dialog[open]")) return;
  if (markKey(event) || editKey(event)) {
    event.preventDefault();
    return;
  }
  if (isMarking() || isEditing() || isBrowsers(event)) return;
  if (isTyping(event.target)) {
    if (event.key === "Escape" || (event.key === "Enter" && event.target.closest("#filter"))) {
      event.preventDefault();
      event.target.blur();
      if (state.key) go(state.key);
    }
    return;
  }
  if (event.key === "Enter" && event.target.closest("button, summary, a")) return;
  const field = fieldOf(event.key);
  const act = KEYS[event.key] || (field ? () => edit(field) : null);
  if (!act) return;
  event.preventDefault();
  act();
}

document.addEventListener("click", (event) => {
  const act = event.target.closest("[data-act]")?.dataset.act;
  const card = event.target.closest(".card, .finish");
  if (card && card.id !== state.key && !isEditing()) go(card.id, Boolean(act));
  if (act === "accept") accept();
  else if (act === "reject") reject();
  else if (act === "edit") edit();
  else if (act === "found") accept(true);
  else if (act === "finish") finish();
  else if (act === "add") add();
  if (act || card || isEditing() || selectedSpan()) return;
  const words = event.target.closest("[data-c], [data-e]");
  if (!words || isMarking()) return;
  const key = (words.dataset.c || words.dataset.e).split(" ")[0];
  go(key, false);
  $(key)?.scrollIntoView({ block: "nearest" });
});

$("b-help").addEventListener("click", () => $("help").showModal());
$("b-list").addEventListener("click", openList);
$("b-undo").addEventListener("click", undo);
filter.addEventListener("submit", (event) => event.preventDefault());
filter.addEventListener("change", () => run(refilter));

run(async () => {
  const { release, at } = recall();
  await loadWay();
  const known = state.way.releases.find((one) => one.id === release);
  if (known) return openRelease(known.id, at);
  if (!state.way.releases.length) return refilter();
  const first = state.way.releases.find(waits) || state.way.releases[0];
  return openRelease(first.id, at);
});
