"""Every small change of a module, one at a time: a border moved, a word turned round, a number one higher."""

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

OPPOSITES: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.Break: ast.Continue,
    ast.Continue: ast.Break,
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
UNRUN = {"Literal", "TypeVar", "dataclass"}  # declarations, for the type checker alone or for no reader
Changes = Iterator[ast.AST]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one module; `function` is the outermost one around it, empty on module and class level."""

    path: str
    number: int
    function: str
    line: str
    change: str
    first: int  # lines of the statement changed
    last: int


def mutants_of(path: str) -> list[Mutant]:
    """All changes of a module, in the order of its text."""
    walk = _Walk(path)
    walk.visit(ast.parse(walk.source))
    return walk.mutants


def mutated(path: str, number: int) -> ast.Module:
    """The module with one change made."""
    walk = _Walk(path, number)
    return ast.fix_missing_locations(walk.visit(ast.parse(walk.source)))


def _compared(node: ast.Compare) -> Changes:
    for place, operator in enumerate(node.ops):
        turned = [*node.ops[:place], OPPOSITES[type(operator)](), *node.ops[place + 1 :]]
        yield ast.Compare(node.left, turned, node.comparators)


def _joined(node: ast.BoolOp) -> Changes:
    yield ast.BoolOp(OPPOSITES[type(node.op)](), node.values)


def _computed(node: ast.BinOp) -> Changes:
    if type(node.op) in OPPOSITES:
        yield ast.BinOp(node.left, OPPOSITES[type(node.op)](), node.right)


def _added(node: ast.AugAssign) -> Changes:
    if type(node.op) in OPPOSITES:
        yield ast.AugAssign(node.target, OPPOSITES[type(node.op)](), node.value)


def _denied(node: ast.UnaryOp) -> Changes:
    if isinstance(node.op, ast.Not):
        yield node.operand


def _counted(node: ast.Constant) -> Changes:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield ast.Constant(node.value + 1)


def _returned(node: ast.Return) -> Changes:
    if node.value and not (isinstance(node.value, ast.Constant) and node.value.value is None):
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
    ast.Compare: _compared,
    ast.BoolOp: _joined,
    ast.BinOp: _computed,
    ast.AugAssign: _added,
    ast.UnaryOp: _denied,
    ast.Constant: _counted,
    ast.Return: _returned,
    ast.Break: _left,
    ast.Continue: _left,
    ast.Name: _named,
    ast.Expr: _called,
}


class _Walk(ast.NodeTransformer):
    """Visits what runs, notes each change it meets, and makes the one asked for."""

    def __init__(self, path: str, wanted: int = -1) -> None:
        self.path, self.wanted = path, wanted
        self.source = Path(path).read_text("utf-8")
        self.lines = self.source.splitlines()
        self.mutants: list[Mutant] = []
        self.scope: tuple[str, ...] = ()
        self.function, self.coded = "", False  # coded: strings here are codes, not words for readers
        self.statement: ast.AST = ast.Pass()

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.stmt):
            self.statement = node
        for new in self._offered(node):
            self._note(node, new)
            if len(self.mutants) == self.wanted + 1:
                self.wanted = -2
                return ast.copy_location(new, node)
        return super().visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Decorators and defaults belong to what is around a function; its annotations to nobody."""
        node.decorator_list = [self.visit(decorator) for decorator in node.decorator_list]
        node.args = self.visit(node.args)
        scope = (*self.scope, node.name)
        with self._set(scope=scope, function=self.function or ".".join(scope), coded=False):
            node.body = [self.visit(statement) for statement in node.body]
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.decorator_list = [self.visit(decorator) for decorator in node.decorator_list]
        with self._set(scope=(*self.scope, node.name), coded=not self.function):
            node.body = [self.visit(statement) for statement in node.body]
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        with self._set(coded=True):
            return self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        with self._set(coded=not self.function):
            return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        with self._set(coded=not self.function):
            node.value = node.value and self.visit(node.value)
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        return node if isinstance(node.value, ast.Constant) else self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        return node if ast.unparse(node.value) in UNRUN else self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        return node if ast.unparse(node.func) in UNRUN else self.generic_visit(node)

    def _offered(self, node: ast.AST) -> Changes:
        if self.coded and isinstance(node, ast.Constant) and isinstance(node.value, str):
            return iter([ast.Constant("X")])
        return CHANGES.get(type(node), lambda _: iter(()))(node)

    def _note(self, node: ast.AST, new: ast.AST) -> None:
        change = f"{_short(node)} → {_short(new)}"
        line = self.lines[node.lineno - 1].strip()
        first, last = self.statement.lineno, self.statement.end_lineno
        if body := getattr(self.statement, "body", None):
            last = max(first, body[0].lineno - 1)
        self.mutants.append(Mutant(self.path, len(self.mutants), self.function, line, change, first, last))

    @contextmanager
    def _set(self, **values: object) -> Iterator[None]:
        before = {name: getattr(self, name) for name in values}
        vars(self).update(values)
        yield
        vars(self).update(before)


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 100 else f"{text[:99]}…"
