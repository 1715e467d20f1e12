// Keys inside a checklist or a card: Y, N, K … choose an answer of the row that has the focus; arrows up and down change row.
// A key is the letter in `data-key` of the choice. Keys typed into a text field are left alone.
export function answerKeys(page) {
  for (const block of page.querySelectorAll("[data-answer-keys]")) block.addEventListener("keydown", press);
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const block = event.currentTarget;
  const row = event.target.closest("[data-answer-row]");
  if (!row) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const rows = [...block.querySelectorAll("[data-answer-row]")];
    const other = rows[rows.indexOf(row) + (event.key === "ArrowDown" ? 1 : -1)];
    if (other) focusRow(other);
    event.preventDefault();
    return;
  }
  const choice = row.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!choice) return;
  choice.focus();
  choice.click();
  event.preventDefault();
}

function focusRow(row) {
  (row.querySelector("input:checked") || row.querySelector("input, button")).focus();
}

function typing(element) {
  return element.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
}
