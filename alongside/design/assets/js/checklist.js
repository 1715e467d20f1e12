// A checklist's running result, kept up with what is chosen, and "not asked" for the rest of a block in one press.
// Without this the same button sends the page, and the result is worked out there.
const SETTLED = ["yes", "no"];

export function checklist(page) {
  const running = page.querySelector("[data-running]");
  for (const button of page.querySelectorAll("[data-not-asked]")) button.addEventListener("click", (event) => notAsked(event, running));
  if (!running || !running.closest("form")) return;
  const form = running.closest("form");
  form.addEventListener("change", () => show(running, form));
}

function notAsked(event, running) {
  event.preventDefault();
  for (const row of event.currentTarget.closest("[data-block]").querySelectorAll("[data-answer-row]")) {
    if (!row.querySelector("input[type=radio]:checked")) row.querySelector("input[value=not-asked]").checked = true;
  }
  if (running) show(running, running.closest("form"));
}

function show(running, form) {
  const rows = [...form.querySelectorAll("[data-answer-row]")].filter((row) => row.querySelector("[data-stands]"));
  const said = rows.map(answers);
  const least = said.filter((one) => one.size === 1 && one.has("yes")).length;
  const open = said.filter((one) => one.size !== 1).length;
  draw(running, least, least + open, open);
}

// What the other agencies answered, with what is chosen here, or else this agency's own earlier answer.
function answers(row) {
  const stands = row.querySelector("[data-stands]").dataset;
  const chosen = row.querySelector("input[type=radio]:checked")?.value;
  const own = SETTLED.includes(chosen) ? chosen : stands.own;
  return new Set([...stands.others.split(" "), own].filter((one) => SETTLED.includes(one)));
}

function draw(running, low, high, open) {
  const top = Number(running.dataset.top);
  const threshold = Number(running.dataset.threshold || 0);
  running.querySelector("strong").textContent = `Answered yes: ${low === high ? low : `${low} to ${high}`}`;
  running.querySelector(".al-range__sentence").textContent = `${verdict(low, high, threshold)}${open ? `; ${open} topic${open === 1 ? "" : "s"} open.` : "; every topic is answered."}`;
  const bar = running.querySelector(".al-range__span");
  if (!bar) return;
  const at = (value) => Math.round((value * 3000) / top) / 10;
  bar.setAttribute("x", at(low));
  bar.setAttribute("width", Math.max(at(high) - at(low), 3));
  running.querySelector(".al-range__end").setAttribute("d", `M${at(low)} 6v22M${at(high)} 6v22`);
}

function verdict(low, high, threshold) {
  if (!threshold) return "The count alone decides nothing here";
  if (low >= threshold) return `Meets the local number of ${threshold}`;
  if (high < threshold) return `Does not meet the local number of ${threshold} today`;
  return `${threshold} cannot be ruled out`;
}
