// Elements with `data-since` (an ISO moment) count on while a page stays open, once a minute.
export function clocks(page) {
  const shown = [...page.querySelectorAll("[data-since]")];
  if (shown.length) setInterval(() => shown.forEach(tick), 60000);
}

function tick(element) {
  const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(element.dataset.since)) / 60000));
  element.textContent = minutes < 120 ? `${minutes} minute${minutes === 1 ? "" : "s"}` : `${Math.floor(minutes / 60)} hours`;
}
