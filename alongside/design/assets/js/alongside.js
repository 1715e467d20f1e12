// The pages work without this. With it: GOV.UK behaviour, keys for the checklists, and typed pages kept on a failed send.
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { Radios } from "govuk-frontend/dist/govuk/components/radios/radios.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { answerKeys } from "./answer-keys.js";
import { checklist } from "./checklist.js";
import { clocks } from "./clocks.js";
import { given } from "./given.js";
import { idleLock } from "./idle-lock.js";
import { keepTyped } from "./keep-typed.js";
import { leftAlone } from "./left-alone.js";
import { passkeys } from "./passkeys.js";
import { sliders } from "./sliders.js";

// A page that answered a form would send it again on reload, and for that the browser keeps what was typed in a file on its disk. It becomes a
// page like any other, and what was sent is forgotten.
history.replaceState(null, "", location.href);
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");

for (const Component of [Button, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink]) {
  for (const element of document.querySelectorAll(`[data-module="${Component.moduleName}"]`)) {
    try {
      new Component(element);
    } catch (fault) {
      console.error(fault); // the page goes on as it would without this script
    }
  }
}
answerKeys(document);
checklist(document);
given(document);
keepTyped(document);
clocks(document);
sliders(document);
passkeys(document);
leftAlone(document);
idleLock(document);
