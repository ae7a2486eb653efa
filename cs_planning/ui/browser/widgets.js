// Says Streamlit's own words in the language of the page, and takes them back when that changes.
({ words: told, patterns, places, waitMs }) => {
  const own = new Map();
  const speech = () => document.documentElement.lang;
  const said = words => {
    const trimmed = words.trim(), exact = (told[speech()] || {})[trimmed];
    if (exact) return words.replace(trimmed, exact);
    const named = trimmed.match(/^([A-Z][A-Za-z/ -]+): ([^]+)$/), head = named && (told[speech()] || {})[named[1]];
    if (head) return head + "：" + named[2];
    for (const [pattern, target] of patterns[speech()] || []) {
      const found = trimmed.match(new RegExp(pattern));
      if (found) return target.replace("{name}", found[1]);
    }
    return words;
  };
  const once = (key, now, write) => {
    const kept = own.get(key.node)?.[key.name], source = kept && kept.shown === now ? kept.source : now, shown = said(source);
    if (shown !== now) write(shown);
    if (shown !== source) own.set(key.node, { ...own.get(key.node), [key.name]: { source, shown } });
  };
  const read = () => {
    waiting = false;
    for (const node of own.keys()) if (!node.isConnected) own.delete(node);
    if (!told[speech()] && !own.size) return;
    for (const place of document.querySelectorAll(places)) {
      const walk = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      for (let node; (node = walk.nextNode()); )
        once({ node, name: "text" }, node.nodeValue, shown => { node.nodeValue = shown; });
    }
    for (const node of document.querySelectorAll("[aria-label]"))
      once({ node, name: "label" }, node.getAttribute("aria-label"), shown => node.setAttribute("aria-label", shown));
  };
  let waiting = false;
  new MutationObserver(() => { if (!waiting) { waiting = true; setTimeout(read, waitMs); } })
    .observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["lang"] });
}
