// A card becomes the player that it names: at a click, and asking nobody before.
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-player]');
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const frame = document.createElement('iframe');
  frame.src = link.dataset.player;
  frame.title = link.textContent.replace('▶', '').trim();
  frame.allow = 'autoplay; fullscreen; picture-in-picture';
  frame.referrerPolicy = 'strict-origin-when-cross-origin';
  link.replaceWith(frame);
  frame.focus();
});
