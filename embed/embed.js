/*! Fact Explorer, for pages that embed it. MIT License. */
// Lets a frame follow its height after a reader did something in it. Without this script a frame
// keeps the height that its embed code reserves, and scrolls where that is too little.
//
// A message is believed only if it comes from a frame of this page with the compact form in it, and
// from that frame's own site.
// Before the reader did anything, a frame is put right only where nobody sees anything move: its end
// is below the screen and stays there. Made wider or narrower before that, it has the height again
// that its code reserves. After that, what the reader pressed stays where it is on the screen.
(function () {
  "use strict";
  if (window.factExplorerEmbeds) return;
  window.factExplorerEmbeds = true;
  var OWN = /\/embed\.html([?#]|$)/;
  var frames = document.getElementsByTagName("iframe");
  var link = document.createElement("a");
  function siteOf(frame) {
    link.href = frame.src;
    return link.protocol + "//" + link.host;
  }
  // Scrolls what a frame stands in until the frame has its top there on the screen: the nearest box that
  // can, then what that one stands in. What is behind a box that the screen holds stays as it is.
  function bring(frame, top) {
    for (var it = frame; it; it = it.assignedSlot || it.parentNode || it.host) {
      if (it.nodeType !== 1) continue;
      var style = getComputedStyle(it);
      if (it === document.scrollingElement || /auto|scroll/.test(style.overflowY)) {
        it.scrollBy({ top: frame.getBoundingClientRect().top - top, behavior: "instant" });
      }
      if (style.position === "fixed") return;
    }
  }
  window.addEventListener("message", function (event) {
    var data = event.data;
    if (!data || data.type !== "fact-explorer:height") return;
    // Anyone may send anything: what isn't a number can't always be made one.
    var height = data.height;
    if (typeof height !== "number" || !(height > 0 && height < 100000)) return;
    for (var i = 0; i < frames.length; i++) {
      var frame = frames[i];
      if (frame.contentWindow !== event.source || !OWN.test(frame.src)) continue;
      // A sandboxed frame has no site of its own.
      var sandboxed = event.origin === "null" && frame.hasAttribute("sandbox");
      if (event.origin !== siteOf(frame) && !sandboxed) continue;
      // Its reserved height, and the width that another one was right for.
      var own = (frame.factExplorer = frame.factExplorer || { height: frame.style.height });
      if (!data.acted && own.width && own.width !== frame.offsetWidth) frame.style.height = own.height;
      var place = frame.getBoundingClientRect();
      var end = place.bottom;
      var unseen = Math.min(end, end - frame.offsetHeight + height) >= window.innerHeight;
      if (!data.acted && !unseen) continue;
      frame.style.height = height + "px";
      own.width = frame.offsetWidth;
      var by = data.by;
      if (!data.acted || typeof by !== "number" || !(by && Math.abs(by) < 100000)) continue;
      // What ends sooner may have scrolled by itself.
      bring(frame, place.top - by);
    }
  });
  // A script that comes late has missed what they said.
  for (var i = 0; i < frames.length; i++) {
    if (OWN.test(frames[i].src)) {
      frames[i].contentWindow.postMessage("pymxPYMxxPYMxwidthxPYMx" + frames[i].offsetWidth, "*");
    }
  }
})();
