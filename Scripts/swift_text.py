"""What the checks share: Swift text without comments and string literals, findings, and the list of files."""

import pathlib
import re
import subprocess
import sys


def code_only(text):
    """The text with every comment and string literal blanked out, line by line in place; code inside `\\(…)` stays."""
    out = []
    # Open constructs, innermost last: ("code", open parentheses) and ("string", closing mark, escape mark).
    stack = [["code", 0]]
    at = 0
    while at < len(text):
        top = stack[-1]
        if top[0] == "code":
            if text.startswith("//", at):
                end = text.find("\n", at)
                end = len(text) if end < 0 else end
            elif text.startswith("/*", at):
                end = _end_of_block_comment(text, at)
            else:
                opening = re.compile(r'(#*)("""|")').match(text, at)
                if opening:
                    marks, quotes = opening.groups()
                    stack.append(["string", quotes + marks, "\\" + marks])
                    out.append(" " * len(opening.group()))
                    at = opening.end()
                    continue
                character = text[at]
                if character not in "()":
                    end = _MARK_IN_CODE.search(text, at + 1)
                    end = end.start() if end else len(text)
                    out.append(text[at:end])
                    at = end
                    continue
                if character == "(":
                    top[1] += 1
                else:
                    top[1] -= 1
                    if top[1] < 0 and len(stack) > 1:
                        # The end of an interpolation: back into its string.
                        stack.pop()
                        out.append(" ")
                        at += 1
                        continue
                out.append(character)
                at += 1
                continue
            out.append(_blank(text[at:end]))
            at = end
        else:
            _, closing, escape = top
            if text.startswith(closing, at):
                stack.pop()
                out.append(" " * len(closing))
                at += len(closing)
            elif text.startswith(escape + "(", at):
                stack.append(["code", 0])
                out.append(" " * (len(escape) + 1))
                at += len(escape) + 1
            elif text.startswith(escape, at) and at + len(escape) < len(text):
                out.append(_blank(text[at : at + len(escape) + 1]))
                at += len(escape) + 1
            else:
                out.append(_blank(text[at]))
                at += 1
                # A string of one line cannot go on; do not let a mistake swallow the rest of the file.
                if text[at - 1] == "\n" and not closing.startswith('"""'):
                    stack.pop()
    return "".join(out)


# Where something other than plain code may begin.
_MARK_IN_CODE = re.compile(r'[()"/#]')


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


def _end_of_block_comment(text, at):
    depth = 0
    marks = re.compile(r"/\*|\*/")
    while True:
        mark = marks.search(text, at)
        if mark is None:
            return len(text)
        depth += 1 if mark.group() == "/*" else -1
        at = mark.end()
        if depth == 0:
            return at


def files(root, *folders, suffix=".swift"):
    """Paths under the folders, relative to `root`, in order."""
    found = []
    for folder in folders:
        found += [path.relative_to(root) for path in (root / folder).rglob("*" + suffix) if path.is_file()]
    return sorted(found)


def kept_files(root):
    """Files that are tracked or could be: all that git does not ignore; without git, all that is not build output."""
    try:
        listing = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=root, check=True, capture_output=True
        ).stdout
        paths = [pathlib.Path(name) for name in listing.decode().split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [path.relative_to(root) for path in root.rglob("*")]
        paths = [path for path in paths if not any(part == ".git" or part.startswith(".build") for part in path.parts)]
    return sorted(path for path in set(paths) if (root / path).is_file())


class Findings:
    """What a check found, printed as it comes."""

    def __init__(self, name):
        self.name = name
        self.count = 0

    def add(self, path, line, sentence):
        self.count += 1
        print(f"{path}:{line}: {sentence}")

    def finish(self, checked):
        """Ends the program: 0 when nothing was found, else 1."""
        if self.count:
            print(f"{self.name}: {self.count} {'place' if self.count == 1 else 'places'} to mend.", file=sys.stderr)
            sys.exit(1)
        print(f"{self.name}: {checked}, nothing to mend.")
