// The idle lock. Keys and the mouse count as work, which the server is told of twice a minute at most. When nobody has done anything
// for the time that stands on the page, in this window or another, the page is covered: nothing of it stays in the document, and what
// was typed waits in the memory of this script alone. It comes back once the server knows again who is there, and if it is the same person.
const STILL = "/account/still/";
const UNLOCK = "/account/unlocked/";
const TELL = 30000;
const WORK = ["keydown", "pointerdown", "input", "wheel", "touchstart"];

export function idleLock(page) {
  const { idle, who } = page.body.dataset;
  if (!idle) return;
  const limit = Number(idle) * 1000;
  let last = Date.now();
  let told = last;
  let telling = 0;
  let covered = null;
  let asking = false;

  for (const kind of WORK) addEventListener(kind, work, { capture: true, passive: true });
  for (const kind of ["focus", "pageshow"]) addEventListener(kind, back);
  page.addEventListener("visibilitychange", back);
  setTimeout(check, limit);

  function work() {
    if (covered) return;
    if (Date.now() - last >= limit) return void check(); // the time was over before this: a machine that slept
    last = Date.now();
    telling ||= setTimeout(tell, Math.max(0, told + TELL - last));
  }

  function tell() {
    telling = 0;
    told = Date.now();
    ask(Math.round((told - last) / 1000));
  }

  // Covered first, asked then: a machine that wakes shows nothing meanwhile.
  async function check() {
    const left = last + limit - Date.now();
    if (covered) return;
    if (left > 0) return void setTimeout(check, left);
    cover();
    await back();
    if (covered && !covered.typed && navigator.onLine) location.replace(location.pathname + location.search);
  }

  async function back() {
    if (!covered) return void (Date.now() - last >= limit && check());
    if (asking) return;
    asking = true;
    const answer = await ask();
    asking = false;
    if (answer === null) return say("There is no connection. What you typed is still here.");
    if (answer.status === 401) return say("You are signed out. Sign in in the new window, and come back to this one. What you typed is still here.");
    if (answer.who && answer.who !== who) return location.replace("/"); // somebody else signed in: it is not theirs
    if (answer.status === 200 && answer.left > 0) uncover(answer);
  }

  function cover() {
    const kept = page.createDocumentFragment();
    const typed = [...page.querySelectorAll("main form")].some(filled);
    covered = { kept, typed, title: page.title, focus: page.activeElement, at: scrollY };
    kept.append(...page.body.childNodes);
    page.title = "Locked – Alongside";
    page.body.append(drawn(back));
    page.querySelector("h1").focus();
  }

  function uncover({ token, left }) {
    const { kept, title, focus, at } = covered;
    covered = null;
    last = Date.now() - Math.max(0, limit - left * 1000);
    page.body.replaceChildren(kept);
    for (const field of page.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    page.title = title;
    scrollTo(0, at);
    focus?.focus?.();
    setTimeout(check, left * 1000);
  }

  function say(words) {
    page.querySelector("[data-cover-says]").textContent = words;
  }
}

function filled(form) {
  return form.method === "post" && [...form.elements].some((one) => !["hidden", "submit", "button"].includes(one.type) && (one.matches(":checked") || (one.value && !["checkbox", "radio"].includes(one.type))));
}

// What the server says, null without a connection. `active`: how many seconds ago somebody was last at work.
async function ask(active) {
  try {
    const headers = active === undefined ? {} : { "X-Active": String(active) };
    const answer = await fetch(STILL, { headers, cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(10000) });
    return { ...(await answer.json()), status: answer.status };
  } catch {
    return null;
  }
}

function drawn(back) {
  const main = element("main", "govuk-width-container govuk-main-wrapper al-cover");
  const title = element("h1", "govuk-heading-l", "This screen is locked");
  title.tabIndex = -1;
  const link = Object.assign(element("a", "govuk-button", "Confirm that it is you"), { href: UNLOCK, target: "_blank", rel: "noopener" });
  link.setAttribute("role", "button");
  const again = Object.assign(element("button", "govuk-button govuk-button--secondary", "I have done that"), { type: "button" });
  again.addEventListener("click", back);
  const buttons = element("div", "govuk-button-group");
  buttons.append(link, again);
  const says = element("p", "govuk-body");
  says.dataset.coverSays = "";
  says.setAttribute("role", "status");
  main.append(title, element("p", "govuk-body", "Nothing was done here for a while. What you typed is still here, and comes back when you have confirmed in a new window that it is you."), buttons, says);
  return main;
}

function element(name, classes, words = "") {
  return Object.assign(document.createElement(name), { className: classes, textContent: words });
}
