/**
 * The page's script. The page works without it, by forms; the script adds live updates, real modal dialogs and keeps
 * the keyboard where it is. It only puts in place what the server rendered, which is escaped there.
 */
export const clientScript = `"use strict";
const byId = (id) => document.getElementById(id);
const containers = { log: byId("log"), thread: byId("thread"), dialogs: byId("dialogs") };

function atEnd(box) { return box.scrollHeight - box.scrollTop - box.clientHeight < 80; }
function toEnd(box) { box.scrollTop = box.scrollHeight; }

// Follow what is new until the reader scrolls away, and again once they come back to the end.
const follows = new Map();
for (const box of [containers.log, containers.thread]) {
  let byHand = false;
  follows.set(box, true);
  for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) box.addEventListener(kind, () => { byHand = true; }, { passive: true });
  box.addEventListener("scroll", () => { if (byHand) follows.set(box, atEnd(box)); });
  box.addEventListener("scrollend", () => { byHand = false; });
}

// The beginning of what is new stays in sight, even where it is taller than the window.
function show(box, fresh) {
  const top = fresh.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
  box.scrollTop = Math.min(box.scrollHeight, top - 8);
}

function elementFrom(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

function reconcile(box, parts) {
  let first = null;
  const wanted = new Set(parts.map((part) => part.id));
  for (const old of [...box.children]) if (!wanted.has(old.id)) old.remove();
  parts.forEach((part, index) => {
    const old = byId(part.id);
    if (old && old.dataset.version === part.version) return;
    const fresh = elementFrom(part.html);
    first = first || fresh;
    if (old) swap(old, fresh);
    else box.insertBefore(fresh, box.children[index] || null);
  });
  if (first && follows.get(box)) show(box, first);
}

function swap(old, fresh) {
  const active = document.activeElement;
  const key = old.contains(active) ? [active.name, active.value, active.id] : null;
  const typed = [...old.querySelectorAll("input:not([type=hidden]), textarea, select")];
  old.replaceWith(fresh);
  for (const was of typed) {
    const isChoice = was.type === "checkbox" || was.type === "radio";
    const now = [...fresh.querySelectorAll("input, textarea, select")].find((one) => one.name === was.name && (!isChoice || one.value === was.value));
    if (!now) continue;
    if (isChoice) now.checked = was.checked;
    else if (now.multiple) for (const option of now.options) option.selected = [...was.selectedOptions].some((one) => one.value === option.value);
    else now.value = was.value;
  }
  if (fresh.tagName === "DIALOG") showModal(fresh);
  if (!key) return;
  const same = [...fresh.querySelectorAll("button, input, select, textarea, a")].find((one) => one.name === key[0] && one.value === key[1])
    || (key[2] && byId(key[2]));
  (same || fresh).focus({ preventScroll: true });
}

function showModal(dialog) {
  dialog.removeAttribute("open");
  dialog.showModal();
}

function showReplies() {
  const replies = byId("t-replies");
  if (replies) show(containers.thread, replies);
}

let busy = false, again = false;
async function refresh() {
  if (busy) { again = true; return; }
  busy = true;
  try {
    const answer = await fetch("/parts" + location.search);
    if (!answer.ok) return;
    const parts = await answer.json();
    for (const name of Object.keys(containers)) reconcile(containers[name], parts[name]);
    for (const dialog of containers.dialogs.children) if (!dialog.matches(":modal")) showModal(dialog);
    document.body.classList.toggle("with-thread", new URLSearchParams(location.search).has("thread"));
  } finally {
    busy = false;
    if (again) { again = false; refresh(); }
  }
}

function notice(text) {
  const place = byId("notice");
  place.textContent = text;
  clearTimeout(notice.timer);
  if (text) notice.timer = setTimeout(() => { place.textContent = ""; }, 8000);
}

async function send(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  if (form.closest(".composer")) follows.set(containers.log, true); // whoever asks wants to see the answer
  if (form.id === "composer") { keep(byId("text").value); byId("text").value = ""; }
  if (button) { button.setAttribute("aria-busy", "true"); button.disabled = true; }
  try {
    const answer = await fetch("/do", { method: "POST", body, headers: { accept: "application/json" } });
    notice(answer.ok ? (await answer.json()).told || "" : "The page got no answer (" + answer.status + ").");
  } catch {
    notice("The demo is not running any more.");
  } finally {
    if (button) { button.removeAttribute("aria-busy"); button.disabled = false; }
    refresh();
  }
}

function ask(button) {
  const { confirm, confirmTitle, confirmYes, confirmNo } = button.dataset;
  const dialog = document.createElement("dialog");
  const heading = document.createElement("h2");
  heading.textContent = confirmTitle || "Are you sure?";
  const text = document.createElement("p");
  text.textContent = confirm;
  const form = document.createElement("form");
  form.method = "dialog";
  for (const [label, value, look] of [[confirmNo || "Cancel", "no", ""], [confirmYes || "Yes", "yes", " primary"]]) {
    const choice = document.createElement("button");
    choice.className = "button" + look;
    choice.value = value;
    choice.textContent = label;
    form.append(choice);
  }
  dialog.className = "ask";
  dialog.append(heading, text, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => { dialog.remove(); resolve(dialog.returnValue === "yes"); }));
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  event.preventDefault();
  const button = event.submitter;
  if (button && button.dataset.confirm && !(await ask(button))) return;
  send(form, button);
});

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form && (form.classList.contains("element") || form.classList.contains("who"))) form.requestSubmit();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-nav]");
  if (!link || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  containers.thread.replaceChildren();
  refresh().then(() => {
    if (!new URLSearchParams(location.search).has("thread")) return;
    follows.set(containers.thread, true);
    showReplies();
    containers.thread.focus({ preventScroll: true });
  });
});

document.addEventListener("cancel", (event) => {
  const close = event.target.querySelector("button.close");
  if (!close) return;
  event.preventDefault();
  close.click();
}, true);

const typedBefore = [];
let recall = 0;
function keep(text) { if (text) typedBefore.push(text); recall = typedBefore.length; }
byId("text").addEventListener("keydown", (event) => {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step || typedBefore.length === 0) return;
  event.preventDefault();
  recall = Math.max(0, Math.min(typedBefore.length, recall + step));
  event.target.value = typedBefore[recall] || "";
});

window.addEventListener("popstate", refresh);
new EventSource("/changes").onmessage = refresh;
for (const dialog of containers.dialogs.children) showModal(dialog);
toEnd(containers.log);
showReplies();
if (containers.dialogs.children.length === 0) byId("text").focus();
`;
