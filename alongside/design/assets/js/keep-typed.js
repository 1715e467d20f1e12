// A send that would fail for want of a signal, or because the session has ended, keeps the typed page: before the form goes, the
// server is asked whether this browser is still signed in; if not, the form stays and says so. Nothing is stored on the device.
const STILL = "/account/still/";
const SIGN_IN = "/account/sign-in/";

export function keepTyped(page) {
  for (const form of page.querySelectorAll("form[data-keep-typed]")) form.addEventListener("submit", send);
}

async function send(event) {
  const form = event.currentTarget;
  if (form.dataset.reached) return;
  event.preventDefault();
  const button = event.submitter;
  const notice = form.querySelector("[data-not-sent]");
  form.querySelector("[data-signed-out]")?.remove();
  notice.hidden = true;
  const token = await stillSignedIn();
  if (token === null) return show(notice);
  if (token === "") return show(signedOut(notice));
  const carried = form.querySelector("[name=csrfmiddlewaretoken]");
  if (carried) carried.value = token;
  form.dataset.reached = "yes";
  if (button) form.requestSubmit(button);
  else form.requestSubmit();
  setTimeout(() => delete form.dataset.reached, 3000);
}

// The token to send with, "" when signed out, null without a connection.
async function stillSignedIn() {
  try {
    const answer = await fetch(STILL, { headers: { "X-Active": "0" }, cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(10000) });
    return answer.status === 401 ? "" : (await answer.json()).token;
  } catch {
    return null;
  }
}

function show(notice) {
  notice.hidden = false;
  notice.focus();
}

function signedOut(notice) {
  const said = notice.cloneNode(false);
  said.removeAttribute("data-not-sent");
  said.dataset.signedOut = "";
  const words = document.createElement("strong");
  words.textContent = "Not sent: you are signed out.";
  const link = document.createElement("a");
  Object.assign(link, { href: SIGN_IN, target: "_blank", rel: "noopener", className: "govuk-link", textContent: "Sign in in a new window" });
  const line = document.createElement("p");
  line.append(words, " What you typed is still here. ", link, ", come back to this one, and send it again.");
  said.append(line);
  notice.after(said);
  return said;
}
