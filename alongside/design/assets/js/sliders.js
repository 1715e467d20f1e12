// A slider beside a number: each moves the other. What is sent is the number; without this script it stands alone.
export function sliders(page) {
  for (const one of page.querySelectorAll("[data-slider]")) {
    const number = one.querySelector("input[name]");
    const range = one.querySelector("input[type=range]");
    range.addEventListener("input", () => (number.value = range.value));
    number.addEventListener("input", () => {
      if (/^\d+$/.test(number.value.trim())) range.value = number.value;
    });
    range.closest("[hidden]").hidden = false;
  }
}
