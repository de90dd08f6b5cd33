/* What a browser can add: nothing here is needed. Drafts stay on this device, under the person and the address;
   they are offered back, and forgotten once they are sent or the person signs out. */
"use strict";
(() => {
  const me = document.body.dataset.someone || "";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const words = (name) => document.body.dataset[name] || "";
  const DAY = 86400000;
  const store = {
    place: (form) => `draft ${me} ${new URL(form.action).pathname}`,
    key: (form) => `${store.place(form)} ${form.elements.once?.value || ""}`.trim(),
    /* What an earlier opening of the same form left, the newest first: each opening has a mark of its own. */
    left: (form) => store.mine().filter((key) => key === store.place(form) || key.startsWith(`${store.place(form)} `))
      .sort((a, b) => (store.get(b)?.at || 0) - (store.get(a)?.at || 0)),
    get: (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full: no draft */ } },
    drop: (key) => localStorage.removeItem(key),
    mine: () => Object.keys(localStorage).filter((key) => key.startsWith("draft ")),
  };

  /* Drafts. What a server made (tokens, hidden fields) and files are never kept, but for the version that was
     edited: restored on a newer one, the text is shown beside it and not laid over it. */
  const kept = (field) => field.name === "base" || (field.name && !/^(hidden|file|password|submit)$/.test(field.type));
  const typed = (form) => [...form.elements].filter(kept)
    .map((field) => [field.name, field.type === "radio" || field.type === "checkbox" ? [field.value, field.checked] : field.value]);
  const fill = (form, draft) => [...form.elements].filter(kept).forEach((field) => {
    for (const [name, value] of draft) if (name === field.name) {
      if (!Array.isArray(value)) field.value = value;
      else if (value[0] === field.value) field.checked = value[1];
    }
  });
  const say = (form, text, ...buttons) => {
    const box = document.createElement("div"), line = document.createElement("p"), act = document.createElement("p");
    box.className = "said"; box.setAttribute("role", "status"); act.className = "act"; line.textContent = text;
    for (const [label, act_on] of buttons) {
      const button = document.createElement("button");
      button.type = "button"; button.className = "quiet"; button.textContent = label;
      button.onclick = () => { box.remove(); act_on(); };
      act.append(button);
    }
    box.append(line, act); form.before(box);
    return box;
  };
  /* Without a line nothing is sent: it is said once, beside the button, and sent when the line is back. */
  const lost = (form, submitter) => {
    if (form.querySelector("[data-lost]")) return;
    const box = document.createElement("div");
    box.className = "said"; box.setAttribute("role", "status"); box.dataset.lost = "";
    const button = submitter || form.querySelector("[type=submit]");
    (button?.closest(".act") || button || form.lastElementChild).before(box);
    box.textContent = words("offline");
    box.scrollIntoView({ block: "nearest", behavior: "instant" });
    addEventListener("online", () => { box.remove(); if (form.isConnected) form.requestSubmit(button); }, { once: true });
  };
  /* *Back* and a reload show a new item's form anew, with what was typed: it keeps its mark, so that it is known. */
  const marked = (form) => {
    if (!form.elements.once || form.elements.base) return;
    if (history.state?.once) form.elements.once.value = history.state.once;
    else history.replaceState({ ...history.state, once: form.elements.once.value }, "");
  };
  const autosave = (form) => {
    if (form.dataset.ready) return;
    form.dataset.ready = "yes";
    marked(form);
    const key = store.key(form), before = JSON.stringify(typed(form));
    const from = store.get(key) ? key : store.left(form)[0], draft = from && store.get(from);
    if (draft && JSON.stringify(draft.typed) !== before) {
      const take = () => { fill(form, draft.typed); store.set(key, { at: Date.now(), typed: draft.typed }); if (from !== key) store.drop(from); };
      say(form, words("restore"), [words("yes"), take], [words("no"), () => store.drop(from)]);
    }
    form.addEventListener("input", () => store.set(key, { at: Date.now(), typed: typed(form) }));
    form.addEventListener("submit", (event) => {
      const draft = { at: Date.now(), typed: typed(form), sent: true };
      store.set(key, draft);
      if (navigator.onLine) return;
      event.preventDefault(); event.stopImmediatePropagation();
      lost(form, event.submitter);
    }, true);
  };
  /* What was sent is forgotten once another page says that something was done; until then it is offered again.
     A protected item leaves nothing on the device, and another person's drafts stay for a day. */
  const forget = () => {
    const done = document.querySelector(".said .success"), secret = document.querySelector("[data-forget]")?.dataset.forget;
    const open = all("form[data-autosave]").map(store.key);
    for (const key of store.mine()) {
      const draft = store.get(key);
      if (secret && key.includes(secret)) store.drop(key);
      else if (!key.startsWith(`draft ${me} `)) { if (!(Date.now() - draft?.at < DAY)) store.drop(key); }
      else if (!me || !draft?.sent) continue;
      else if (done && !open.includes(key)) store.drop(key);
      else store.set(key, { ...draft, sent: false });
    }
  };
  const leaving = (form) => /\/account\/logout/.test(form.action) && store.mine().forEach(store.drop);

  /* A text that would be refused for its length is not sent, and stays where it was pasted. */
  const measure = (field) => {
    const long = field.value.length > Number(field.dataset.longest) && [...field.value].length > Number(field.dataset.longest);
    field.setCustomValidity(long ? field.dataset.tooLong : "");
  };
  document.addEventListener("input", (event) => { if (event.target.matches("[data-longest]")) measure(event.target); });

  /* A form is sent once, however often its button is pressed. */
  addEventListener("submit", (event) => {
    leaving(event.target);
    if (!event.target.matches("[data-once]") || event.defaultPrevented) return;
    setTimeout(() => all("button", event.target).forEach((button) => { button.disabled = true; }));
  });
  addEventListener("pageshow", () => all("[data-once] button").forEach((button) => { button.disabled = false; }));

  /* Words selected in the copy, as places in the text: code points, which is how the record counts. */
  const points = (text) => [...text].length;
  const place = (range, end) => {
    const spans = all("[data-start]").filter((span) => range.intersectsNode(span));
    const span = end ? spans.pop() : spans[0];
    if (!span) return null;
    const node = end ? range.endContainer : range.startContainer, at = end ? range.endOffset : range.startOffset;
    const start = Number(span.dataset.start);
    if (span.contains(node) && node.nodeType === Node.TEXT_NODE) return start + points(node.data.slice(0, at));
    return end ? start + points(span.textContent) : start;
  };
  const bar = () => document.querySelector("[data-bar]");
  const select = () => {
    const chosen = getSelection(), copy = document.querySelector("[data-copy]");
    if (!bar() || !copy || !chosen.rangeCount || chosen.isCollapsed) return;
    const range = chosen.getRangeAt(0);
    if (!copy.contains(range.commonAncestorContainer) || chosen.anchorNode.parentElement.closest(".notes")) return;
    const start = place(range, false), end = place(range, true);
    if (start === null || !(end > start)) return;
    bar().elements.start.value = start;
    bar().elements.end.value = end;
    const part = range.cloneContents();
    all("sup, .notes", part).forEach((each) => each.remove());
    const shown = part.textContent.replace(/\s+/g, " ").trim();
    bar().querySelector("[data-words]").textContent = shown.length > 90 ? `${shown.slice(0, 88)}…` : shown;
    bar().hidden = false;
  };
  let waiting;
  document.addEventListener("selectionchange", () => { clearTimeout(waiting); waiting = setTimeout(select, 150); });
  document.addEventListener("click", (event) => {
    if (!bar() || bar().hidden) return;
    const elsewhere = !event.target.closest("[data-bar]") && getSelection().isCollapsed && !bar().querySelector("[data-lost]");
    if (elsewhere || event.target.closest("[data-close]")) bar().hidden = true;
  });
  /* The bar outlives the parts of the page that are brought anew: it is put away once what it says is on record. */
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-bar]") || navigator.onLine) return;
    event.preventDefault(); event.stopImmediatePropagation();
    lost(event.target, event.submitter);
  }, true);
  document.addEventListener("htmx:after:request", (event) => {
    if (!event.target.matches?.("[data-bar]") || event.detail.ctx.response.status >= 400) return;
    getSelection().removeAllRanges();
    event.target.reset();
    event.target.hidden = true;
  });

  /* Files dropped on a field. */
  for (const kind of ["dragover", "dragleave", "drop"]) document.addEventListener(kind, (event) => {
    const box = event.target.closest?.(".drop"), field = box?.querySelector("input[type=file]");
    if (!field || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    box.classList.toggle("over", kind === "dragover");
    if (kind === "drop") { field.files = event.dataTransfer.files; field.dispatchEvent(new Event("change", { bubbles: true })); }
  });

  /* What htmx brings: a session that ended leads to the login, not into the middle of a page. */
  document.addEventListener("htmx:before:response", (event) => {
    const answer = event.detail.ctx.response.raw;
    if (!answer.redirected || !new URL(answer.url).pathname.startsWith("/account/")) return;
    event.preventDefault();
    location.assign(`/account/login/?next=${encodeURIComponent(location.pathname)}`);
  });
  /* Who mends a finding begins at its words, which are given as places: in code points, as the record counts.
     A field does not say where its words stand; cut after them, it is as high as they are far down. */
  const find = (field) => {
    const whole = field.value, letters = [...whole];
    const [start, end] = field.dataset.find.split("-").map((at) => letters.slice(0, at).join("").length);
    delete field.dataset.find;
    field.value = whole.slice(0, end);
    const down = field.scrollHeight;
    field.value = whole;
    field.focus({ preventScroll: true });
    field.setSelectionRange(start, end);
    field.scrollTop = down > field.clientHeight ? down - field.clientHeight / 2 : 0;
    field.scrollIntoView({ block: "nearest", behavior: "instant" });
  };
  const begin = () => {
    all("form[data-autosave]").forEach(autosave);
    document.querySelector("[data-focus]")?.focus();
    all("[data-find]").forEach(find);
  };
  /* The page stays where it was when a part of it is brought anew, but as far as what has the focus is to be seen. */
  let stood = 0;
  document.addEventListener("htmx:before:swap", (event) => {
    stood = scrollY;
    /* What was asked for a part that is gone meanwhile is nobody's. */
    if (event.detail.ctx?.target?.isConnected === false) event.preventDefault();
  });
  document.addEventListener("htmx:after:swap", () => {
    forget(); begin(); select();
    const here = document.querySelector("#work [data-focus]");
    if (!here) return;
    scrollTo({ top: stood, behavior: "instant" });
    const told = here.previousElementSibling?.matches(".said") && here.previousElementSibling;
    for (const part of [here, told]) if (part) part.scrollIntoView({ block: "nearest", behavior: "instant" });
  });
  forget(); begin();
})();
