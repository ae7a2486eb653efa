// Takes the words away that stand on the screen while the program loads, as soon as the first page begins to be drawn.
({ id, drawn }) => {
  const look = () => {
    if (!document.querySelector(drawn)) return;
    document.getElementById(id)?.remove();
    watch.disconnect();
  };
  const watch = new MutationObserver(look);
  watch.observe(document.documentElement, { childList: true, subtree: true });
}
