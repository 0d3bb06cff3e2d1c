// Hides the lines of the index that do not hold all words of the search, and the headings that nothing is left under.
"use strict";
const none = document.querySelector(".none");
if (none) {
  const form = document.querySelector(".search");
  const input = form.querySelector("input");
  const lines = [...document.querySelectorAll("ul.names li")].map((line) => ({
    line,
    name: line.querySelector("code").textContent.toLowerCase(),
    text: line.textContent.toLowerCase(),
  }));
  const blocks = [...document.querySelectorAll("section, section div")];
  const search = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { line, text } of lines) line.hidden = !words.every((word) => text.includes(word));
    for (const block of blocks) block.hidden = !block.querySelector("li:not([hidden])");
    none.hidden = lines.some(({ line }) => !line.hidden);
  };
  input.addEventListener("input", search);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = input.value.trim().toLowerCase();
    const exact = lines.find(({ name }) => name === query);
    const shown = exact || lines.find(({ line }) => !line.hidden);
    if (shown) location.href = shown.line.querySelector("a").href;
  });
  input.value = new URLSearchParams(location.search).get("q") || "";
  search();
}
