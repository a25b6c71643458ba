"""A screen reader without a voice: reads and presses another program through the accessibility bus.

    /usr/bin/python3 tests/gui/bus_reader.py NAME PLAN

Runs under the system's Python, whose gi package speaks AT-SPI, so nothing of the project is imported here. PLAN is a
JSON list of steps: ["read"], ["press", role, name], ["type", name, text], ["hear", text]. It prints a JSON object:
"read" holds the trees in their order, "heard" everything announced.
"""

import json
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

SECONDS = 30
"""How long to wait for what must come; far more than it ever takes."""
STATES = ("checked", "enabled", "expandable", "expanded", "collapsed")


def main(program, plan):
    Atspi.init()
    heard = []
    listener = Atspi.EventListener.new(lambda event: heard.append(str(event.any_data)))
    listener.register("object:announcement")
    root = wait_for("the program", lambda: find_program(program))
    trees = []
    for step in plan:
        if step[0] == "read":
            trees.append(tree(root))
        elif step[0] == "press":
            press(wait_for(step, lambda step=step: find(root, step[1], step[2])))
        elif step[0] == "type":
            field = wait_for(step, lambda step=step: find(root, "text", step[1]))
            Atspi.EditableText.set_text_contents(field, step[2])
        elif step[0] == "hear":
            try:
                wait_for(step, lambda step=step: any(step[1] in text for text in heard))
            except SystemExit as stop:
                raise SystemExit(f"{stop}; heard {heard}") from stop
    print(json.dumps({"read": trees, "heard": heard}, ensure_ascii=False))


def wait_for(what, look):
    """Return what ``look`` finds, letting events in meanwhile."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        while GLib.MainContext.default().iteration(False):
            pass
        try:
            if (found := look()) is not None and found is not False:
                return found
        except GLib.Error:
            # The page went away while it was read.
            pass
        time.sleep(0.05)
    raise SystemExit(f"nothing came of {what}")


def find_program(name):
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(index)
        if child is not None and child.get_name() == name and child.get_child_count():
            return child
    return None


def children(node):
    found = (node.get_child_at_index(index) for index in range(node.get_child_count()))
    return [child for child in found if child is not None and shows(child)]


def shows(node):
    return node.get_state_set().contains(Atspi.StateType.SHOWING)


def find(node, role, name):
    node.clear_cache()
    if node.get_role_name() == role and node.get_name().startswith(name):
        return node
    for child in children(node):
        if (found := find(child, role, name)) is not None:
            return found
    return None


def press(node):
    actions = node.get_action_iface()
    names = [actions.get_action_name(index) for index in range(actions.get_n_actions())]
    actions.do_action(next(index for index, name in enumerate(names) if name in ("Press", "Toggle")))


def tree(node):
    """Return [depth, role, name, description, states] of everything that shows, in the reader's order."""
    lines = []

    def walk(at, depth):
        at.clear_cache()
        states = {state.value_nick for state in at.get_state_set().get_states()}
        lines.append([depth, at.get_role_name(), at.get_name(), at.get_description(),
                      [name for name in STATES if name in states]])
        for child in children(at):
            walk(child, depth + 1)

    walk(node, 0)
    return lines


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
