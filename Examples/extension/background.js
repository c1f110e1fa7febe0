// Chromium hands over what pages ask for, and fidoctl serve asks the key. One window asks for PINs and accounts.
"use strict";
const HOST = "fidoctl.serve";
const proxy = chrome.webAuthenticationProxy;
const running = new Map();  // The kind of each request by its ID.
let port;

function host() {
  if (!port) {
    port = chrome.runtime.connectNative(HOST);
    port.onMessage.addListener(receive);
    port.onDisconnect.addListener(() => {
      const message = chrome.runtime.lastError?.message ?? "fidoctl has ended";
      port = undefined;
      for (const id of [...running.keys()]) end(id, {error: {name: "NotAllowedError", message}});
    });
  }
  return port;
}

// The origin comes from Chromium, never from the page.
function begin(type, {requestId, requestDetailsJson}) {
  const options = JSON.parse(requestDetailsJson);
  const {origin, sameOriginWithAncestors} = options.extensions.remoteDesktopClientOverride;
  delete options.extensions.remoteDesktopClientOverride;
  running.set(requestId, type);
  host().postMessage({id: requestId, type, origin, crossOrigin: !sameOriginWithAncestors, options});
}

function receive(message) {
  switch (message.type) {
    case "result": return end(message.id, {responseJson: JSON.stringify(message.result)});
    case "error": return end(message.id, {error: {name: message.error.name, message: message.error.message}});
    case "rejected": return console.warn(message.error.message);
    case "event": return show(message);
  }
}

function end(requestId, details) {
  const type = running.get(requestId);
  if (!running.delete(requestId)) return;
  badge("");
  if (type === "create") proxy.completeCreateRequest({requestId, ...details});
  if (type === "get") proxy.completeGetRequest({requestId, ...details});
}

function show(event) {
  switch (event.event) {
    case "waiting-for-key": return badge("plug");
    case "touch-needed": return badge("touch");
    case "pin-needed":
    case "select": {
      const url = "ask.html#" + encodeURIComponent(JSON.stringify(event));
      return void chrome.windows.create({url, type: "popup", width: 400, height: 300});
    }
  }
}

function badge(text) {
  chrome.action.setBadgeText({text});
}

proxy.onCreateRequest.addListener((request) => begin("create", request));
proxy.onGetRequest.addListener((request) => begin("get", request));
proxy.onRequestCanceled.addListener((id) => {
  if (running.delete(id)) host().postMessage({id, type: "cancel"});
  badge("");
});
proxy.onIsUvpaaRequest.addListener(({requestId}) => proxy.completeIsUvpaaRequest({requestId, isUvpaa: false}));
// From ask.html: an answer, or a cancel.
chrome.runtime.onMessage.addListener((answer) => host().postMessage(answer));
let attached = false;
proxy.attach().then((error) => error ? console.error(error) : (attached = true));
