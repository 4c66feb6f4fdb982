"""Every small change of a module, one at a time: a border moved, a word turned round, a number one higher."""

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from pathlib import Path

_PAIRS = [
    (ast.Lt, ast.LtE),
    (ast.Gt, ast.GtE),
    (ast.Eq, ast.NotEq),
    (ast.Is, ast.IsNot),
    (ast.In, ast.NotIn),
    (ast.And, ast.Or),
    (ast.Add, ast.Sub),
    (ast.Mult, ast.FloorDiv),
    (ast.BitAnd, ast.BitOr),
    (ast.Break, ast.Continue),
]
OPPOSITES: dict[type[ast.AST], type[ast.AST]] = {
    **dict(_PAIRS),
    **{other: one for one, other in _PAIRS},
    ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
DECLARED = {"Literal", "TypeVar", "dataclass"}  # for the type checker
Changes = Iterator[ast.AST]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one module; `function` is the outermost one around it, empty on module and class level."""

    path: str
    number: int
    function: str
    line: str
    change: str
    first: int  # lines of the statement changed, of an if or a loop those before its body
    last: int


def mutants_of(path: str) -> list[Mutant]:
    """All changes of a module, in the order of its text."""
    walk = _Walk(path)
    walk.visit(walk.tree)
    return walk.mutants


def mutated(path: str, number: int) -> ast.Module:
    """The module with one change made."""
    walk = _Walk(path, number)
    return ast.fix_missing_locations(walk.visit(walk.tree))


def _turned(node: ast.BoolOp | ast.BinOp | ast.AugAssign) -> Changes:
    if type(node.op) in OPPOSITES:
        new = copy(node)
        new.op = OPPOSITES[type(node.op)]()
        yield new


def _compared(node: ast.Compare) -> Changes:
    for place, operator in enumerate(node.ops):
        turned = [*node.ops[:place], OPPOSITES[type(operator)](), *node.ops[place + 1 :]]
        yield ast.Compare(node.left, turned, node.comparators)


def _denied(node: ast.UnaryOp) -> Changes:
    if isinstance(node.op, ast.Not):
        yield node.operand


def _counted(node: ast.Constant) -> Changes:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield ast.Constant(node.value + 1)


def _returned(node: ast.Return) -> Changes:
    if node.value and ast.unparse(node.value) not in ("None", "False"):
        yield ast.Return(ast.Constant(None))


def _left(node: ast.Break | ast.Continue) -> Changes:
    yield OPPOSITES[type(node)]()


def _named(node: ast.Name) -> Changes:
    if node.id in NAMES:
        yield ast.Name(NAMES[node.id], node.ctx)


def _called(node: ast.Expr) -> Changes:
    if isinstance(node.value, ast.Call) and not ast.unparse(node.value).startswith(("log.", "logger.")):
        yield ast.Pass()


CHANGES: dict[type[ast.AST], Callable[..., Changes]] = {
    ast.BoolOp: _turned,
    ast.BinOp: _turned,
    ast.AugAssign: _turned,
    ast.Compare: _compared,
    ast.UnaryOp: _denied,
    ast.Constant: _counted,
    ast.Return: _returned,
    ast.Break: _left,
    ast.Continue: _left,
    ast.Name: _named,
    ast.Expr: _called,
}


def _never_run(tree: ast.Module) -> Iterator[ast.AST | None]:
    """Annotations, docstrings, declarations, and the guard of `zip`."""
    for node in ast.walk(tree):
        yield from (getattr(node, "annotation", None), getattr(node, "returns", None))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node
        if isinstance(node, ast.keyword) and node.arg == "strict":
            yield node
        named = getattr(node, "func", None) or (isinstance(node, ast.Subscript) and node.value)
        if isinstance(named, ast.Name) and named.id in DECLARED:
            yield node


class _Walk(ast.NodeTransformer):
    """Visits what runs, notes each change it meets, and makes the one asked for."""

    def __init__(self, path: str, wanted: int = -1) -> None:
        source = Path(path).read_text("utf-8")
        self.path, self.wanted, self.lines = path, wanted, source.splitlines()
        self.tree = ast.parse(source)
        self.never_run = set(_never_run(self.tree))
        self.mutants: list[Mutant] = []
        self.times = Counter[tuple[str, str]]()
        self.scope: tuple[str, ...] = ()
        self.function = ""
        self.comparing = False
        self.statement: ast.AST = self.tree

    def visit(self, node: ast.AST) -> ast.AST:
        if node in self.never_run:
            return node
        if isinstance(node, ast.stmt):
            self.statement = node
        for new in self._offered(node):
            if self._noted(node, new) == self.wanted:
                return ast.copy_location(new, node)
        return super().visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Decorators and defaults belong to what is around a function."""
        node.decorator_list = [self.visit(decorator) for decorator in node.decorator_list]
        node.args = self.visit(node.args)
        outside = self.scope, self.function
        self.scope = (*self.scope, node.name)
        self.function = self.function or ".".join(self.scope)
        node.body = [self.visit(statement) for statement in node.body]
        self.scope, self.function = outside
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        outside, self.scope = self.scope, (*self.scope, node.name)
        self.generic_visit(node)
        self.scope = outside
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        outside, self.comparing = self.comparing, True
        self.generic_visit(node)
        self.comparing = outside
        return node

    def _offered(self, node: ast.AST) -> Changes:
        """Texts are codes in comparisons and tables; in functions, and in Chinese in classes, words for readers."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            coded = self.comparing or not self.scope or (not self.function and node.value.isascii())
            return iter([ast.Constant("X")] if coded else [])
        return CHANGES[type(node)](node) if type(node) in CHANGES else iter(())

    def _noted(self, node: ast.AST, new: ast.AST) -> int:
        number, line = len(self.mutants), self.lines[node.lineno - 1].strip()
        first, last = self.statement.lineno, self.statement.end_lineno
        if body := getattr(self.statement, "body", None):
            last = max(first, body[0].lineno - 1)
        change = f"{_short(node)} → {_short(new)}"
        self.times[line, change] += 1
        if (times := self.times[line, change]) > 1:
            change += f" ({times})"
        self.mutants.append(Mutant(self.path, number, self.function, line, change, first, last))
        return number


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 100 else f"{text[:99]}…"
