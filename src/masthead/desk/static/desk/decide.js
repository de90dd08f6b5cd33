// A button beside each text that is made to be copied; without scripts the text is selected by hand.
for (const field of document.querySelectorAll("textarea[data-paste]")) {
  const row = field.nextElementSibling;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = field.dataset.paste;
  button.setAttribute("aria-describedby", field.getAttribute("aria-describedby") || "");
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // Pages without TLS have no clipboard of their own.
    }
    said.textContent = field.dataset.copied;
    setTimeout(() => { said.textContent = ""; }, 4000);
  });
  field.addEventListener("focus", () => field.select());
  row.prepend(button, said);
}

/* The second page of a decision hands on what was typed on the first: the draft kept there counts as sent with
   it, so that desk.js forgets it once it is done. */
addEventListener("submit", (event) => {
  if (!event.target.matches("[data-hands-on]")) return;
  const key = `draft ${document.body.dataset.someone || ""} ${new URL(event.target.action).pathname}`;
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    if (draft) localStorage.setItem(key, JSON.stringify({ ...draft, sent: true }));
  } catch { /* Nothing is kept where nothing may be. */ }
});
