// A button beside each text that is made to be copied; without scripts the text is selected by hand.
for (const field of document.querySelectorAll("textarea[data-copy]")) {
  const row = field.nextElementSibling;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = field.dataset.copy;
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
