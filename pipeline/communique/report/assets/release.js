// Lights the words of a commitment when its card is pointed at or has the focus, and the card when its words have.
"use strict";
(() => {
  const cards = new Map([...document.querySelectorAll(".card")].map((card) => [card.id, card]));
  const words = new Map(), evidence = new Map();
  const gather = (map, key) => {
    for (const element of document.querySelectorAll(`[data-${key}]`)) {
      for (const id of element.dataset[key].split(" ")) {
        if (!map.has(id)) map.set(id, []);
        map.get(id).push(element);
      }
    }
  };
  gather(words, "c");
  gather(evidence, "e");
  let lit = [];

  const light = (ids) => {
    for (const [element, name] of lit) element.classList.remove(name);
    lit = [];
    const add = (element, name) => {
      if (!element) return;
      element.classList.add(name);
      lit.push([element, name]);
    };
    for (const id of ids) {
      add(cards.get(id), "lit");
      for (const element of words.get(id) || []) add(element, "lit");
      for (const element of evidence.get(id) || []) add(element, "near");
    }
  };

  const idsAt = (target) => {
    const card = target.closest(".card");
    if (card) return [card.id];
    const own = target.closest("[data-c]");
    if (own) return own.dataset.c.split(" ");
    const near = target.closest("[data-e]");
    return near ? near.dataset.e.split(" ") : [];
  };

  // The cards scroll by themselves beside the text: bring the one that is meant into view there, without moving the page.
  const column = document.querySelector(".cards");
  const show = (id) => {
    const card = cards.get(id);
    if (!card || column.scrollHeight <= column.clientHeight + 1) return;
    const top = card.offsetTop - column.offsetTop;
    if (top < column.scrollTop || top + card.offsetHeight > column.scrollTop + column.clientHeight) column.scrollTop = top - 48;
  };

  const pinned = () => {
    const id = decodeURIComponent(location.hash.slice(1)).replace(/^t(?=c\d)/, "");
    return cards.has(id) ? [id] : [];
  };
  const focused = () => idsAt(document.activeElement || document.body);
  const rest = () => light(focused().length ? focused() : pinned());

  document.addEventListener("mouseover", (event) => {
    const ids = idsAt(event.target);
    if (!ids.length) return rest();
    light(ids);
    if (!event.target.closest(".card")) show(ids[0]);
  });
  document.addEventListener("focusin", (event) => {
    const ids = idsAt(event.target);
    light(ids.length ? ids : pinned());
    if (ids.length && !event.target.closest(".card")) show(ids[0]);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    history.replaceState(null, "", location.pathname + location.search);
    if (document.activeElement) document.activeElement.blur();
    light([]);
  });
  const arrive = () => {
    const [id] = pinned();
    rest();
    if (!id) return;
    show(id);
    const first = (words.get(id) || []).find((element) => element.matches("a"));
    if (location.hash === `#${id}` && first) first.scrollIntoView({ block: "center" });
  };
  window.addEventListener("hashchange", arrive);
  arrive();
})();
