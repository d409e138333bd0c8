// Enhancements only: every page works without this file. Nothing leaves this device.
"use strict";

(() => {
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);
  const make = (tag, className, text) => {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  };

  // What went wrong is the first thing read out.
  const problem = document.querySelector("[data-focus]");
  if (problem) problem.focus();

  // How much room is left. Said aloud only after a pause in the typing.
  each("[data-count]", (note) => {
    const box = document.getElementById(note.dataset.count);
    const longest = Number(note.dataset.longest);
    if (!box) return;
    const spoken = make("p", "visually-hidden", "");
    spoken.setAttribute("aria-live", "polite");
    note.after(spoken);
    let pause;
    const say = () => {
      const left = longest - [...box.value.trim()].length;
      const letters = Math.abs(left) === 1 ? "character" : "characters";
      const words = `${Math.abs(left).toLocaleString("en-GB")} ${letters} ${left < 0 ? "too many" : "left"}`;
      note.textContent = `You have ${words}`;
      note.classList.toggle("cp_count--over", left < 0);
      clearTimeout(pause);
      pause = setTimeout(() => { spoken.textContent = note.textContent; }, 1200);
    };
    box.addEventListener("input", say);
    if (box.value) { say(); clearTimeout(pause); }
  });

  // What is typed is kept on this device until it has been sent; never passwords, never choices.
  const PREFIX = "draft:";
  const kept = (key) => { try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; } };
  const keep = (key, typed) => { try { localStorage.setItem(key, JSON.stringify(typed)); } catch { /* full, or private */ } };
  const drop = (key) => { try { localStorage.removeItem(key); } catch { /* private */ } };

  each("[data-draft-done]", (done) => drop(PREFIX + done.dataset.draftDone));
  each("form[data-draft]", (form) => {
    const key = PREFIX + form.dataset.draft;
    const boxes = [...form.querySelectorAll("textarea[name], input[type=text][name]")];
    const typed = kept(key);
    const restored = boxes.filter((box) => !box.value && typed[box.name]);
    restored.forEach((box) => {
      box.value = typed[box.name];
      box.dispatchEvent(new Event("input", { bubbles: true }));
    });
    if (restored.length) {
      const note = make("div", "cp_draft", "");
      note.setAttribute("role", "status");
      note.append(make("p", "", "We put back what you were writing on this device."));
      const clear = make("button", "ds_button ds_button--small ds_button--secondary", "Clear it and start again");
      clear.type = "button";
      clear.addEventListener("click", () => {
        drop(key);
        restored.forEach((box) => { box.value = ""; box.dispatchEvent(new Event("input", { bubbles: true })); });
        note.remove();
        boxes[0].focus();
      });
      note.append(clear);
      form.prepend(note);
    }
    form.addEventListener("input", () => {
      const now = Object.fromEntries(boxes.filter((box) => box.value).map((box) => [box.name, box.value]));
      if (Object.keys(now).length) keep(key, now); else drop(key);
    });
  });

  // Signing out leaves nothing of theirs on a shared computer.
  each("form[data-forget]", (form) => form.addEventListener("submit", () => {
    try {
      Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach(drop);
    } catch { /* private */ }
  }));

  // A second press within four seconds is the same press. The server would treat it so anyway.
  each("form[method=post]", (form) => {
    let sent = 0;
    let last = null;
    form.addEventListener("submit", (event) => {
      const button = event.submitter;
      if (button === last && Date.now() - sent < 4000) { event.preventDefault(); return; }
      [sent, last] = [Date.now(), button];
      if (!button) return;
      button.setAttribute("aria-disabled", "true");
      setTimeout(() => button.removeAttribute("aria-disabled"), 4000);
    });
    addEventListener("pageshow", () => { sent = 0; });
  });

  // An address to pass on.
  each("[data-copy]", (place) => {
    if (!navigator.clipboard) return;
    const button = make("button", "ds_button ds_button--small ds_button--secondary", place.dataset.copy);
    const said = make("span", "cp_small", "");
    said.setAttribute("role", "status");
    button.type = "button";
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(place.querySelector("a").href).then(
        () => { said.textContent = "Copied"; },
        () => { said.textContent = "Select the address to copy it"; },
      );
    });
    place.append(button, said);
  });
})();
