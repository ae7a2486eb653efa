// Brings what just happened into view: the page stands where it was scrolled to, which may be far below the answer to a click.
({ marker, waitMs }) => {
  const seen = new Set();
  const look = () => {
    waiting = false;
    for (const place of document.querySelectorAll(`[class*="${marker}"]`)) {
      const name = [...place.classList].find(one => one.startsWith(marker));
      if (seen.has(name)) continue;
      seen.add(name);
      place.scrollIntoView({ block: "center" });
    }
  };
  let waiting = false;
  new MutationObserver(() => { if (!waiting) { waiting = true; setTimeout(look, waitMs); } })
    .observe(document.documentElement, { childList: true, subtree: true });
}
