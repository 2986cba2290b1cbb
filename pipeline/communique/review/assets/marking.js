// Words of the text marked by keyboard or mouse. Places are characters of the text as the server counts them: code points.

import { $, isBrowsers, reveal } from "./keys.js";

const OPENING = /^["'“‘«(\[]+/u, CLOSING = /(?:['’]s)?["'”’»)\].,;:!?]+$|['’]s$/u;
const PAUSE = 900; // milliseconds after which letters begin a new word

let text = null, words = [], begun = null;

/** The text that is shown now; its words are looked for when they are first needed. */
export function showText(told) {
  text = told;
  words = [];
  begun = null;
}

/** Words with their first character and the one after the last, without the marks around them. */
function wordsOf(told) {
  const found = [];
  let at = 0, unit = 0;
  for (const match of told.matchAll(/\S+/gu)) {
    at += points(told.slice(unit, match.index));
    unit = match.index;
    const opening = (OPENING.exec(match[0]) || [""])[0].length;
    const bare = match[0].slice(opening);
    const kept = bare.replace(CLOSING, "") || bare;
    if (/[\p{L}\p{N}]/u.test(kept)) found.push({ start: at + opening, end: at + opening + points(kept), told: kept });
  }
  return found;
}

const points = (told) => [...told].length;
const pieces = () => [...$("text").querySelectorAll("[data-start]")];

/** The element and the unit in its text of a character. */
function nodeAt(character, atEnd) {
  const all = pieces();
  let low = 0, high = all.length - 1;
  const before = (one) => (atEnd ? Number(one.dataset.start) < character : Number(one.dataset.start) <= character);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (before(all[middle])) low = middle;
    else high = middle - 1;
  }
  const piece = all[low];
  if (!piece || !piece.firstChild) return null;
  const units = [...piece.textContent].slice(0, character - Number(piece.dataset.start)).join("").length;
  return piece.classList.contains("odd") ? { node: piece, offset: units ? 1 : 0 } : { node: piece.firstChild, offset: units };
}

/** The character at a place of the page; null outside of the text. */
function characterAt(node, offset) {
  if (node.nodeType === Node.ELEMENT_NODE && !node.closest("[data-start]")) {
    const inside = [...node.querySelectorAll("[data-start]")];
    const next = inside.find((piece) => node.childNodes[offset] && (piece === node.childNodes[offset] || node.childNodes[offset].contains(piece)));
    if (next) return Number(next.dataset.start);
    const last = inside.at(-1);
    return last && $("text").contains(node) ? Number(last.dataset.start) + lengthOf(last) : null;
  }
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!piece) return null;
  const start = Number(piece.dataset.start);
  if (piece.classList.contains("odd")) return offset ? start + 1 : start;
  const before = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, offset) : offset ? piece.textContent : "";
  return start + points(before);
}

const lengthOf = (piece) => (piece.classList.contains("odd") ? 1 : points(piece.textContent));

/** The words that are selected now, as a span of characters without white space around; null if there are none. */
export function selectedSpan() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!$("text").contains(range.commonAncestorContainer)) return null;
  let start = characterAt(range.startContainer, range.startOffset), end = characterAt(range.endContainer, range.endOffset);
  if (start === null || end === null) return null;
  const told = [...text].slice(start, end).join("");
  start += points(told) - points(told.trimStart());
  end -= points(told) - points(told.trimEnd());
  return end > start ? { start, end } : null;
}

/** Select a span of characters on the page. */
export function selectSpan(start, end) {
  const from = nodeAt(start, false), to = nodeAt(end, true);
  if (!from || !to) return;
  getSelection().setBaseAndExtent(from.node, from.offset, to.node, to.offset);
  reveal($("text"), getSelection().getRangeAt(0));
}

/** Whether words are being marked by keyboard. */
export const isMarking = () => begun !== null;

/** Let the person mark words, from a character on; resolves to a span, or null if that was cancelled. */
export function markWords(from, tell) {
  if (!words.length) words = wordsOf(text);
  if (begun) finish(null);
  if (!words.length) return Promise.resolve(null);
  const first = Math.max(0, words.findIndex((word) => word.end > from));
  return new Promise((resolve) => {
    begun = { resolve, first, last: first, typed: "", at: 0, back: document.activeElement };
    document.body.classList.add("marking");
    $("text").focus({ preventScroll: true });
    tell("Mark words: arrows move, Shift takes more, letters jump, Tab goes to marked words, Enter takes them, Esc cancels.");
    show();
  });
}

function show() {
  selectSpan(words[begun.first].start, words[begun.last].end);
}

function finish(span) {
  const { resolve, back } = begun;
  begun = null;
  document.body.classList.remove("marking");
  getSelection().removeAllRanges();
  if (back && back.isConnected) back.focus({ preventScroll: true });
  resolve(span);
}

const clamp = (number) => Math.min(words.length - 1, Math.max(0, number));

function move(step, extend) {
  if (extend) begun.last = Math.max(begun.first, clamp(begun.last + step));
  else begun.first = begun.last = clamp((step > 0 ? begun.last : begun.first) + step);
}

/** To the word of the line above or below that is nearest. */
function moveLine(step, extend) {
  const box = (word) => {
    const place = nodeAt(word.start, false), range = document.createRange();
    range.setStart(place.node, place.offset);
    range.collapse(true);
    return range.getClientRects()[0] || place.node.parentElement.getBoundingClientRect();
  };
  const here = box(words[begun.last]);
  let line = null, best = null;
  for (let k = begun.last + step; k >= 0 && k < words.length; k += step) {
    const there = box(words[k]);
    if (Math.abs(there.top - here.top) < 4) continue;
    if (line !== null && Math.abs(there.top - line) > 4) break;
    line = there.top;
    if (best === null || Math.abs(there.left - here.left) < best.off) best = { k, off: Math.abs(there.left - here.left) };
  }
  if (best) move(best.k - (extend || step > 0 ? begun.last : begun.first), extend);
}

/** To the next or previous words that are marked already: a name, a sum, a date. */
function moveMark(step) {
  const marks = [...$("text").querySelectorAll(".m[data-start]")].map((piece) => ({
    start: Number(piece.dataset.start), end: Number(piece.dataset.start) + lengthOf(piece),
  }));
  const at = words[begun.first].start;
  const next = step > 0 ? marks.find((mark) => mark.start > at) : marks.findLast((mark) => mark.start < at);
  if (!next) return;
  begun.first = clamp(words.findIndex((word) => word.end > next.start));
  begun.last = Math.max(begun.first, words.findLastIndex((word) => word.start < next.end));
}

function jump(letter) {
  const now = performance.now();
  const going = begun.typed && now - begun.at < PAUSE;
  begun.typed = (going ? begun.typed : "") + letter.toLowerCase();
  begun.at = now;
  const from = going ? begun.first : begun.first + 1;
  for (let k = 0; k < words.length; k += 1) {
    const place = (from + k) % words.length;
    const told = words[place].told.toLowerCase();
    if (told.startsWith(begun.typed) || told.replace(/^[^\p{L}\p{N}]+/u, "").startsWith(begun.typed)) { // 1 finds €1.5, too
      begun.first = begun.last = place;
      return;
    }
  }
}

/** A key while words are marked; whether it was one for this. */
export function markKey(event) {
  if (!begun || isBrowsers(event)) return false;
  const more = event.shiftKey;
  switch (event.key) {
    case "ArrowRight": move(1, more); break;
    case "ArrowLeft": move(-1, more); break;
    case "ArrowDown": moveLine(1, more); break;
    case "ArrowUp": moveLine(-1, more); break;
    case "Tab": moveMark(more ? -1 : 1); break;
    case "Enter": finish({ start: words[begun.first].start, end: words[begun.last].end }); return true;
    case "Escape": finish(null); return true;
    default:
      if (event.key.length !== 1 || event.key === " ") return false;
      jump(event.key);
  }
  if (begun) show();
  return true;
}
