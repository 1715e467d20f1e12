// A question that hangs on another's answer is folded away until that answer is chosen. Without this it stands open, saying when it
// is to be answered; what is no longer asked is dropped by the server either way.
export function given(page) {
  for (const block of page.querySelectorAll("[data-given]")) {
    const form = block.closest("form");
    const update = () => fold(block, form);
    form.addEventListener("change", update);
    update();
  }
}

function fold(block, form) {
  const values = block.dataset.values.split(" ");
  const chosen = [...form.querySelectorAll(`[name="${CSS.escape(block.dataset.given)}"]:checked`)].map((input) => input.value);
  const nothing = chosen.length === 0 && block.dataset.values.startsWith(" ");
  block.hidden = !(nothing || chosen.some((one) => values.includes(one)));
}
