// A window with one question of fidoctl serve.
"use strict";
const event = JSON.parse(decodeURIComponent(location.hash.slice(1)));
const element = (id) => document.getElementById(id);

function answer(message) {
  chrome.runtime.sendMessage({id: event.id, ...message}, () => window.close());
}

function askForPIN() {
  const wrong = event.reason === "wrong" ? "That PIN was wrong. " : "";
  const tries = event.retries === null ? "" : ` (${event.retries} tries left)`;
  element("question").textContent =
    `${wrong}${event.reason === "new-pin" ? "New PIN" : "PIN"} of the security key${tries}:`;
  const field = document.createElement("input");
  Object.assign(field, {type: "password", id: "pin", minLength: event.minimumLength, required: true, autofocus: true});
  element("choices").append(field);
  document.forms[0].addEventListener("submit", (submit) => {
    submit.preventDefault();
    answer({type: "pin", pin: field.value});
  });
}

function askForAccount() {
  element("question").textContent = "Which account?";
  event.accounts.forEach(({id, name, displayName}, account) => {
    const button = document.createElement("button");
    Object.assign(button, {type: "button", textContent: displayName ?? name ?? id});
    button.addEventListener("click", () => answer({type: "account", account}));
    element("choices").append(button);
  });
}

event.event === "select" ? askForAccount() : askForPIN();
element("cancel").addEventListener("click", () => answer({type: "cancel"}));
