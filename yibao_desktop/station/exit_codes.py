"""How the program ends, for whatever started it: Windows Shell Launcher, systemd, a script."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The codes of ``yibao-desktop``, to be told to the watchdog as in the table.

    | code | Shell Launcher (ReturnCodeAction) | systemd                          |
    | ---- | --------------------------------- | -------------------------------- |
    | 0    | DoNothing                         | stays closed                     |
    | 1    | RestartShell                      | started again                    |
    | 2    | DoNothing                         | in ``RestartPreventExitStatus``  |
    | 3    | DoNothing                         | in ``RestartPreventExitStatus``  |

    Any other code, and the end by a signal, is a crash: start again.
    """

    LEFT = 0
    """The window was closed, on a kiosk by the staff: nothing is to be done."""
    RESTART = 1
    """Start it again: asked for by the staff, by the night, or after going wrong twice."""
    FAULT = 2
    """Settings, arguments or content pack cannot be used: starting again would not help."""
    ALREADY_RUNNING = 3
    """Another one runs with the same state folder."""
