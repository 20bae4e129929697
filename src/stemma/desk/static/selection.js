// Selected words as offsets into the document: code points, as the desk counts them.
"use strict";

function offsetOf(node, offset) {
  if (node.nodeType === Node.ELEMENT_NODE) {
    // Between two children: the start of the second, or the end of the last.
    const following = node.childNodes[offset];
    const own = following && (following.nodeType === Node.ELEMENT_NODE ? following : following.parentElement);
    if (own?.dataset?.s !== undefined) return Number(own.dataset.s);
    const inner = following?.querySelector?.("[data-s]");
    if (inner) return Number(inner.dataset.s);
    const spans = node.querySelectorAll("[data-s]");
    const last = node.dataset?.s !== undefined ? node : spans[spans.length - 1];
    return last ? endOf(last) : null;
  }
  const span = node.parentElement.closest("[data-s]");
  if (!span) return null;
  const start = Number(span.dataset.s);
  if (span.classList.contains("odd")) return offset === 0 ? start : start + 1;
  return start + [...node.data.slice(0, offset)].length;
}

function endOf(span) {
  const start = Number(span.dataset.s);
  return span.classList.contains("odd") ? start + 1 : start + [...span.textContent].length;
}

/** The selection inside `text` as {start, end, words}; null where nothing of it is selected. */
export function selectedSpan(text) {
  const selection = getSelection();
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  if (start === null || end === null || start >= end) return null;
  return { start, end, words: selection.toString().trim() };
}
