// What was opened on request (`data-left-alone`: an address, a number) leaves the page when the page is left: at once when another tab is
// before it, a little later when another window is, so that a number can be copied. It waits in the memory of this script, and comes back
// when somebody presses for it.
const AFTER = 15000;

export function leftAlone(page) {
  const parts = [...page.querySelectorAll("[data-left-alone]")];
  if (!parts.length) return;
  let going = 0;
  const cover = () => parts.filter((part) => part.isConnected).forEach(hide);
  addEventListener("blur", () => (going = setTimeout(cover, AFTER)));
  addEventListener("focus", () => clearTimeout(going));
  page.addEventListener("visibilitychange", () => page.visibilityState === "hidden" && cover());
}

function hide(part) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "govuk-button govuk-button--secondary", textContent: "You left this page: show it again" });
  button.addEventListener("click", () => button.replaceWith(part));
  part.replaceWith(button);
}
