// Small tools that the other scripts share.

export const $ = (id) => document.getElementById(id);

/** An element with attributes, properties (by a leading dot) and children; text goes in as text. */
export function make(name, told = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(told)) {
    if (key.startsWith(".")) element[key.slice(1)] = value;
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/** Whether a key goes to what is being typed, not to us. */
export function isTyping(target) {
  return target.closest("textarea, select, input:not([type=checkbox], [type=radio])") !== null;
}

/** Bring an element into view within the pane that scrolls it, not moving the page. */
export function reveal(pane, element) {
  const box = element.getBoundingClientRect(), view = pane.getBoundingClientRect();
  if (box.top < view.top + 40 || box.bottom > view.bottom - 40) pane.scrollTop += box.top - view.top - pane.clientHeight / 3;
}

/** Whether a key comes with a modifier that belongs to the browser. */
export const isBrowsers = (event) => event.ctrlKey || event.metaKey || event.altKey;

/** A request to our server; what it answers, or an `Error` with its words and its status. */
export async function ask(path, sent) {
  const told = sent === undefined ? {} : {
    method: "POST", body: JSON.stringify(sent), headers: { "Content-Type": "application/json", "X-Communique": "1" },
  };
  let answer;
  try {
    answer = await fetch(path, { credentials: "same-origin", ...told });
  } catch {
    throw Object.assign(new Error("The server does not answer: start communique review again."), { status: 0 });
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(body.error || `The server answered ${answer.status}.`), { status: answer.status });
  return body;
}
