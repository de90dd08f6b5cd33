// Passkeys: before a form with data-passkey is sent, the device is asked. Needs webauthn-json, which allauth serves.
(() => {
  const data = () => JSON.parse(document.getElementById("passkey-data").textContent);

  const asked = {
    async add(form) {
      const options = data().creation_options;
      const alone = form.elements.passwordless?.checked ?? false;
      const chosen = options.publicKey.authenticatorSelection;
      chosen.residentKey = alone ? "required" : "discouraged";
      chosen.requireResidentKey = alone;
      if (alone) chosen.userVerification = "required";
      return webauthnJSON.create(options);
    },
    show: () => webauthnJSON.get(data().request_options),
    "sign-in": async (form) => {
      const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      return webauthnJSON.get((await answer.json()).request_options);
    },
  };

  const failed = (form) => {
    let line = form.querySelector("[role=alert]");
    if (!line) {
      line = document.createElement("p");
      line.className = "error";
      line.setAttribute("role", "alert");
      form.querySelector(".act").before(line);
    }
    line.textContent = form.dataset.failed;
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        form.elements.credential.value = JSON.stringify(await asked[form.dataset.passkey](form));
        form.submit(); // without another event
      } catch {
        failed(form);
      }
    });
  }
})();
