// The picture without this script is whole; with it, it can be zoomed, and a request can be looked at more closely.
(function () {
  "use strict";
  var ZOOM_MAX = 200;
  var STEP = 1.5;
  var figure = document.querySelector(".timeline");
  if (!figure) {
    return;
  }
  var view = figure.querySelector(".window");
  var drawing = figure.querySelector(".drawing");
  var tools = figure.querySelector(".tools");
  var details = figure.querySelector(".details");
  var status = figure.querySelector("output");
  var ops = Array.prototype.slice.call(drawing.querySelectorAll(".op"));
  var zoom = 1;
  var pinned = null;

  // In order of time, whatever the lane.
  ops.sort(function (a, b) {
    return left(a) - left(b);
  });

  function left(op) {
    return parseFloat(op.querySelector(".reach").getAttribute("x"));
  }

  function width(op) {
    return parseFloat(op.querySelector(".reach").getAttribute("width"));
  }

  /** Zooms, keeping in its place what lies at a share of the picture's width. */
  function zoomTo(wanted, share, at) {
    zoom = Math.min(ZOOM_MAX, Math.max(1, wanted));
    drawing.style.width = zoom * 100 + "%";
    view.scrollLeft = share * drawing.getBoundingClientRect().width - at;
    status.textContent = "Zoom " + Math.round(zoom * 100) + " %";
  }

  function around(factor, at) {
    var whole = drawing.getBoundingClientRect().width;
    zoomTo(zoom * factor, (view.scrollLeft + at) / whole, at);
  }

  function middle() {
    return view.clientWidth / 2;
  }

  function fitWitness() {
    var from = 100;
    var to = 0;
    ops.forEach(function (op) {
      if (op.classList.contains("witness")) {
        from = Math.min(from, left(op));
        to = Math.max(to, Math.min(99, left(op) + width(op)));
      }
    });
    var span = Math.max(0.01, to - from) * 1.15;
    var natural = Math.max(view.clientWidth, 1040);
    zoomTo((100 * view.clientWidth) / span / natural, (from + to) / 200, middle());
  }

  var commands = {
    in: function () {
      around(STEP, middle());
    },
    out: function () {
      around(1 / STEP, middle());
    },
    witness: fitWitness,
    all: function () {
      zoomTo(1, 0, 0);
    }
  };

  tools.hidden = false;
  tools.addEventListener("click", function (event) {
    var command = event.target.getAttribute("data-zoom");
    if (command) {
      commands[command]();
    }
  });

  view.addEventListener(
    "wheel",
    function (event) {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        around(event.deltaY < 0 ? 1.2 : 1 / 1.2, event.clientX - view.getBoundingClientRect().left);
      }
    },
    { passive: false }
  );

  function show(op) {
    ops.forEach(function (other) {
      other.classList.toggle("shown", other === op);
    });
    var source = document.getElementById("op-" + op.getAttribute("data-op"));
    if (source) {
      var copy = source.cloneNode(true);
      copy.removeAttribute("id");
      details.replaceChildren(copy);
      details.hidden = false;
    }
  }

  function hide() {
    pinned = null;
    details.hidden = true;
    ops.forEach(function (op) {
      op.classList.remove("shown");
    });
  }

  function go(op) {
    if (op) {
      ops.forEach(function (other) {
        other.setAttribute("tabindex", other === op ? "0" : "-1");
      });
      op.focus();
    }
  }

  ops.forEach(function (op) {
    op.addEventListener("mouseenter", function () {
      if (!pinned) {
        show(op);
      }
    });
    op.addEventListener("focus", function () {
      show(op);
    });
    op.addEventListener("click", function () {
      pinned = op;
      show(op);
    });
  });
  // One stop for the tabulator; the arrows lead on from there.
  var first = ops.filter(function (op) {
    return op.classList.contains("witness");
  })[0];
  ops.forEach(function (op) {
    op.setAttribute("tabindex", op === first ? "0" : "-1");
  });

  view.addEventListener("keydown", function (event) {
    var here = ops.indexOf(document.activeElement);
    var keys = {
      "+": commands.in,
      "=": commands.in,
      "-": commands.out,
      "0": commands.all,
      Escape: hide,
      ArrowRight: here < 0 ? null : function () {
        go(ops[here + 1]);
      },
      ArrowLeft: here < 0 ? null : function () {
        go(ops[here - 1]);
      }
    };
    var act = keys[event.key];
    if (act && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      act();
    }
  });
})();
