// A form marked `data-passkey` asks the browser for a passkey before it is sent. The browser's own words for the options and the
// answer are JSON (WebAuthn level 3), so nothing is converted here; no text of the page is read as code.
const WHY = {
  NotAllowedError: "No passkey was given, or it took too long. Nothing was changed. Try again.",
  InvalidStateError: "This device has a passkey for Alongside already. Use it, or add another device.",
  SecurityError: "Passkeys do not work at this address. Open Alongside at the address your agency gave you.",
  NotSupportedError: "This device cannot hold such a passkey. Use another device or a security key.",
};
const TOO_OLD = "This browser is too old for passkeys. Bring it up to date, or use another.";
const ELSE = "The passkey could not be used. Nothing was changed. Try again; if it happens again, ask your administrator.";

async function options(form) {
  if (form.dataset.passkeyOptions) return JSON.parse(form.dataset.passkeyOptions);
  const answer = await fetch(form.dataset.passkeyAddress, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  return (await answer.json()).request_options;
}

async function passkey(form) {
  const { publicKey } = await options(form);
  return form.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
}

function say(form, words) {
  const place = form.querySelector("[data-passkey-says]");
  place.firstElementChild.textContent = words;
  place.hidden = false;
  place.focus();
}

export function passkeys(root) {
  for (const form of root.querySelectorAll("form[data-passkey]")) {
    const field = form.querySelector('input[name$="credential"]');
    let asking = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (asking) return;
      asking = true;
      try {
        if (!globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) return say(form, TOO_OLD);
        field.value = JSON.stringify(await passkey(form));
        form.submit();
      } catch (fault) {
        say(form, WHY[fault.name] ?? ELSE);
      } finally {
        asking = false;
      }
    });
  }
}
