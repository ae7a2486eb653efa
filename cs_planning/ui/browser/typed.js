// Keeps what is typed in this tab until it is kept for good: a page that is loaded again, or left by accident, loses no words.
({ marker, doneAttribute, foundAttribute, placeParameter, prefix, waitMs }) => {
  // The field of a date is made of parts; the hidden one beside them holds the whole day and takes one.
  const DATES = '[data-testid="stDateInput"] input[type="date"]';
  const FIELDS = `[data-testid="stTextArea"] textarea, [data-testid="stTextInput"] input, ${DATES}`;
  const OPENERS = ["st-key-folded-", "st-key-write-", "st-key-talk-", "st-key-change-", "st-key-decide-open-"];
  const begins = start => `[class*="${start}"]`;
  const seen = new WeakSet(), daysOf = new WeakMap();
  const nameOf = (element, start) => [...element.classList].find(one => one.startsWith(start));
  const fieldsOf = place => [...place.querySelectorAll(FIELDS)];
  const here = () => {
    const said = new URLSearchParams(location.search);
    return [location.pathname, ...[placeParameter, "page", "goal"].map(one => said.get(one) || "")].join(" ");
  };
  const read = () => { try { return JSON.parse(sessionStorage.getItem(prefix) || "{}"); } catch { return {}; } };
  const write = kept => { try { sessionStorage.setItem(prefix, JSON.stringify(kept)); } catch { /* full: the words stay on the screen */ } };

  // What has to be opened before the field stands there again, the outermost first: folds, a switch, the menu that holds it.
  const openersOf = place => {
    const menu = document.querySelector('button[aria-expanded="true"]')?.closest(begins("st-key-talk-") + "," + begins("st-key-change-"));
    const chain = [];
    for (let one = place.closest('[data-testid="stPopoverBody"]') ? menu : place; one; one = one.parentElement) {
      const name = OPENERS.map(start => nameOf(one, start)).find(Boolean);
      if (name) chain.unshift(name);
      const around = nameOf(one, "st-key-section-") && !place.closest('[data-testid="stPopoverBody"]');
      const toggle = around && one.querySelector(begins("st-key-write-"));
      if (toggle) chain.push(nameOf(toggle, "st-key-write-"));
    }
    return chain;
  };
  const remember = place => {
    const kept = read(), words = fieldsOf(place).map(one => one.value);
    const name = here() + " " + nameOf(place, marker);
    if (words.some(Boolean)) kept[name] = { at: here(), words, openers: openersOf(place) };
    else delete kept[name];
    write(kept);
  };
  document.addEventListener("input", event => {
    const place = event.target.closest?.(begins(marker));
    if (place && event.target.matches(FIELDS)) remember(place);
  }, true);
  // A day is chosen from a calendar or part by part, which tells nobody: what the field holds is compared.
  const rememberDates = () => {
    for (const place of document.querySelectorAll(begins(marker))) {
      const days = [...place.querySelectorAll(DATES)];
      if (!days.length || !seen.has(place)) continue;
      const now = days.map(one => one.value).join();
      if (now !== (daysOf.get(place) ?? "")) { daysOf.set(place, now); remember(place); }
    }
  };
  for (const event of ["focusout", "keyup"]) document.addEventListener(event, () => setTimeout(rememberDates, waitMs), true);

  const set = (field, words) => {
    const kind = field.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, words);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    // The server hears of words when their field is left.
    setTimeout(() => field.dispatchEvent(new FocusEvent("focusout", { bubbles: true })), waitMs);
  };
  const forget = () => {
    const done = [...document.querySelectorAll(`[${doneAttribute}]`)];
    if (!done.length) return;
    const names = done.map(one => marker + one.getAttribute(doneAttribute)), kept = read();
    for (const name of Object.keys(kept)) if (names.some(one => name.endsWith(" " + one))) delete kept[name];
    write(kept);
    for (const one of done) one.removeAttribute(doneAttribute);
    for (const name of names) document.querySelector("." + CSS.escape(name))?.removeAttribute(foundAttribute);
  };
  let opened = new Set(), where = "";
  const open = (name, opener) => {
    const element = document.querySelector("." + CSS.escape(opener));
    if (!element || opened.has(name + opener)) return Boolean(element);
    const fold = element.matches("details") ? element : element.querySelector("details");
    const toggle = element.querySelector('input[type="checkbox"]');
    opened.add(name + opener);
    if (opener.startsWith("st-key-write-")) { if (toggle && !toggle.checked) toggle.click(); }
    else if (fold && !opener.startsWith("st-key-talk-")) { if (!fold.open) fold.querySelector("summary").click(); }
    else element.querySelector('button[aria-expanded="false"]')?.click();
    return true;
  };
  const restore = () => {
    const kept = read();
    if (where !== here()) { where = here(); opened = new Set(); }
    for (const [name, { at, words, openers }] of Object.entries(kept)) {
      if (at !== where) continue;
      const place = document.querySelector("." + CSS.escape(name.slice(at.length + 1)));
      if (!place || (place.closest("details:not([open])") && fieldsOf(place).some((field, number) => field.value !== words[number]))) {
        for (const opener of openers) if (!open(name, opener)) break;
      }
      if (place && !seen.has(place) && fieldsOf(place).length >= words.length) {
        seen.add(place);
        const differ = fieldsOf(place).filter((field, number) => number < words.length && field.value !== words[number]);
        if (!differ.length || fieldsOf(place).includes(document.activeElement)) continue;
        place.setAttribute(foundAttribute, "");
        for (const field of differ) set(field, words[fieldsOf(place).indexOf(field)]);
      }
    }
  };
  let waiting = false;
  const look = () => {
    waiting = false;
    forget();
    restore();
    const kept = read();
    for (const place of document.querySelectorAll(begins(marker))) if (!kept[here() + " " + nameOf(place, marker)]) seen.add(place);
    rememberDates();
  };
  new MutationObserver(() => { if (!waiting) { waiting = true; setTimeout(look, waitMs); } })
    .observe(document.documentElement, { childList: true, subtree: true });
}
