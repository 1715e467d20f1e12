// A send that would fail for want of a signal keeps the typed page: before the form goes, the server is asked for a small
// file; with no answer the form stays, and says so. Nothing is stored on the device.
export function keepTyped(page) {
  for (const form of page.querySelectorAll("form[data-keep-typed]")) form.addEventListener("submit", send);
}

async function send(event) {
  const form = event.currentTarget;
  if (form.dataset.reached) return;
  event.preventDefault();
  const button = event.submitter;
  const notice = form.querySelector("[data-not-sent]");
  try {
    await fetch(form.dataset.keepTyped, { cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(10000) });
  } catch {
    notice.hidden = false;
    notice.focus();
    return;
  }
  notice.hidden = true;
  form.dataset.reached = "yes";
  if (button) form.requestSubmit(button);
  else form.requestSubmit();
  setTimeout(() => delete form.dataset.reached, 3000);
}
