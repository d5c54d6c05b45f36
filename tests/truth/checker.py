"""Checks that the names in a piece of Python are real: imports, attributes, keywords and what must be given.

It follows the code as it stands: what is imported, assigned, made by a constructor or given back by a method
whose result is known. Of what it cannot follow it says nothing.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from tests.truth.reference import (
    CHECKED_KEYWORDS,
    Callable,
    Class,
    Instance,
    Module,
    NoSuchName,
    Reference,
    Type,
    Value,
    signature_of,
    types_of,
)

UNCHECKED = ("raiutils", "raiwidgets", "responsibleai", "azureml.contrib", "azureml.opendatasets")
"""Packages that are no dependency of ours and of which there is no snapshot either."""

EXTRA_KEYWORDS = {
    # handed on to the configuration's own submit function
    "Experiment.submit": frozenset(
        {
            "show_output",
            "pipeline_parameters",
            "pipeline_params",
            "continue_on_step_failure",
            "regenerate_outputs",
            "parent_run_id",
            "credential_passthrough",
        }
    ),
}
"""Keywords that a method hands on where no reader of its source sees them."""

ANY_KEYWORD = ("Run.log_row",)
"""Methods whose keywords are the caller's own: the columns of a row."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A name that does not resolve."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


def check(
    source: str,
    reference: Reference,
    *,
    given: Mapping[str, Value] | None = None,
    before: str = "",
    whole: bool = True,
    own: Collection[str] = (),
) -> list[Problem]:
    """Everything in a piece of Python that is not so.

    Args:
        source: the code.
        reference: what there is.
        given: makes it a fragment, which may use names that it does not define; what some of them stand for.
        before: code that has run before.
        whole: calls are written out; otherwise arguments may be left out.
        own: top-level modules that stand beside the code, of which nothing is known.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError as problem:
        return [Problem(problem.lineno or 1, f"is no Python: {problem.msg}")]
    walker = _Walker(reference, dict(given or {}), whole=whole, unchecked=(*UNCHECKED, *own))
    if before:
        walker.block(ast.parse(before).body)
        walker.problems.clear()
    walker.block(tree.body)
    problems = list(dict.fromkeys(walker.problems))
    if given is None:
        problems += _undefined(tree, _bound(ast.parse(before)))
    return sorted(problems, key=lambda problem: problem.line)


def _bound(tree: ast.Module) -> set[str]:
    """Names that are given a value somewhere."""
    bound = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                bound.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                bound.add(name)
            case ast.arg(arg=name):
                bound.add(name)
            case ast.alias(name=name, asname=other):
                bound.add(other or name.partition(".")[0])
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                bound.add(name)
    return bound


def _undefined(tree: ast.Module, before: set[str]) -> Iterator[Problem]:
    """Names that are used and nowhere bound."""
    bound = {*dir(builtins), "__file__", "__name__"} | before | _bound(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id not in bound:
            yield Problem(node.lineno, f"{node.id} is not defined")


class _Walker:
    """Goes through the statements in order and knows, as far as that is evident, what each name stands for."""

    def __init__(
        self,
        reference: Reference,
        names: dict[str, Value],
        problems: list[Problem] | None = None,
        *,
        whole: bool = True,
        unchecked: tuple[str, ...] = UNCHECKED,
    ) -> None:
        self.reference = reference
        self.unchecked = unchecked
        self.names = names
        self.problems: list[Problem] = [] if problems is None else problems
        self.whole = whole

    def inside(self, names: Mapping[str, Value]) -> _Walker:
        """For a scope of its own, which sees what this one knows so far."""
        return _Walker(
            self.reference,
            {**self.names, **names},
            self.problems,
            whole=self.whole,
            unchecked=self.unchecked,
        )

    def complain(self, node: ast.AST, message: str) -> None:
        self.problems.append(Problem(getattr(node, "lineno", 1), message))

    # Statements

    def block(self, statements: list[ast.stmt]) -> None:
        later: list[tuple[list[ast.stmt], list[str]]] = []
        for statement in statements:
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
                for decorator in statement.decorator_list:
                    self.value(decorator)
                arguments = statement.args
                for default in [*arguments.defaults, *[d for d in arguments.kw_defaults if d]]:
                    self.value(default)
                self.names[statement.name] = None
                everyone = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
                everyone += [a for a in (arguments.vararg, arguments.kwarg) if a]
                later.append((statement.body, [a.arg for a in everyone]))
            elif isinstance(statement, ast.ClassDef):
                for base in statement.bases:
                    self.value(base)
                self.names[statement.name] = None
                later.append((statement.body, []))
            else:
                self.statement(statement)
        for body, parameters in later:
            self.inside(dict.fromkeys(parameters)).block(body)

    def statement(self, node: ast.stmt) -> None:
        match node:
            case ast.Import(names=aliases):
                for alias in aliases:
                    self.import_module(node, alias.name)
                    whole = alias.name if alias.asname else alias.name.partition(".")[0]
                    self.names[alias.asname or whole] = Module(whole) if self.checked(alias.name) else None
            case ast.ImportFrom(module=str(module), names=aliases):
                known = self.import_module(node, module)
                for alias in aliases:
                    found: Value = None
                    if known and alias.name != "*":
                        found = self.resolve(node, lambda a=alias: self.reference.member(module, a.name))
                    self.names[alias.asname or alias.name] = found
            case ast.Assign(targets=targets, value=value):
                found = self.value(value)
                for target in targets:
                    self.bind(target, found, value)
            case ast.AnnAssign(target=target, value=value):
                self.bind(target, self.value(value) if value else None, value)
            case ast.AugAssign(target=target, value=value):
                self.value(value)
                self.bind(target, None)
            case ast.For(target=target, iter=iterated, body=body, orelse=orelse):
                self.bind(target, self.element(self.value(iterated)))
                self.block([*body, *orelse])
            case ast.With(items=items, body=body):
                for item in items:
                    entered = self.value(item.context_expr)
                    if item.optional_vars:
                        self.bind(item.optional_vars, entered if isinstance(entered, Instance) else None)
                self.block(body)
            case ast.If(test=test, body=body, orelse=orelse) | ast.While(test=test, body=body, orelse=orelse):
                self.value(test)
                self.block(body)
                self.block(orelse)
            case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=finalbody):
                self.block(body)
                for handler in handlers:
                    if handler.type:
                        self.value(handler.type)
                    if handler.name:
                        self.names[handler.name] = None
                    self.block(handler.body)
                self.block([*orelse, *finalbody])
            case _:
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, ast.expr):
                        self.value(child)

    def bind(self, target: ast.expr, found: Value, value: ast.expr | None = None) -> None:
        match target:
            case ast.Name(id=name):
                self.names[name] = found
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                values = (
                    value.elts if isinstance(value, ast.Tuple) and len(value.elts) == len(parts) else None
                )
                for position, part in enumerate(parts):
                    self.bind(part, self.value(values[position]) if values else None)
            case ast.Starred(value=inner):
                self.bind(inner, None)
            case ast.Attribute(value=owner, attr=name):
                holder = self.value(owner)
                if isinstance(holder, Instance) and all(
                    t.name.startswith(CHECKED_KEYWORDS) for t in holder.types
                ):
                    self.attribute(target, holder, name)
            case ast.Subscript():
                self.value(target)

    # Imports

    def checked(self, module: str) -> bool:
        return not any(module == name or module.startswith(f"{name}.") for name in self.unchecked)

    def import_module(self, node: ast.AST, name: str) -> bool:
        if not self.checked(name):
            return False
        there = self.reference.has_module(name)
        if there is False:
            self.complain(node, f"there is no module {name}")
        return bool(there)

    def resolve(self, node: ast.AST, look: object) -> Value:
        try:
            return look()  # type: ignore[operator, no-any-return]
        except NoSuchName as problem:
            self.complain(node, str(problem))
        return None

    # Expressions

    def value(self, node: ast.expr) -> Value:
        """What an expression stands for; everything below it is checked on the way."""
        match node:
            case ast.Name(id=name):
                return self.names.get(name)
            case ast.Attribute(value=owner, attr=name):
                return self.attribute(node, self.value(owner), name)
            case ast.Call():
                return self.call(node)
            case ast.Subscript(value=owner, slice=key):
                self.value(key)
                return self.item(self.value(owner), key)
            case ast.Await(value=inner):
                self.value(inner)
                return None
            case ast.NamedExpr(target=target, value=inner):
                found = self.value(inner)
                self.bind(target, found)
                return found
            case ast.Constant(value=str()) | ast.JoinedStr():
                self.children(node)
                return Instance((Type("builtins.str"),), exact=True)
            case ast.List(elts=parts):
                values = [self.value(part) for part in parts]
                first = values[0] if values else None
                of = first.types if isinstance(first, Instance) else ()
                return Instance((Type("builtins.list", (of,)),), exact=True)
            case ast.Dict():
                self.children(node)
                return Instance((Type("builtins.dict"),), exact=True)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                self.value(test)
                one, other = self.value(body), self.value(orelse)
                return one if one == other else None
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                return self.comprehension(node)
            case ast.Lambda(args=arguments, body=body):
                self.inside({a.arg: None for a in arguments.args}).value(body)
                return None
        self.children(node)
        return None

    def children(self, node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.value(child)
            elif isinstance(child, ast.keyword):
                self.value(child.value)

    def comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> Value:
        inner = self.inside({})
        for generator in node.generators:
            inner.bind(generator.target, self.element(inner.value(generator.iter)))
            for condition in generator.ifs:
                inner.value(condition)
        if isinstance(node, ast.DictComp):
            inner.value(node.key)
            inner.value(node.value)
            return Instance((Type("builtins.dict"),), exact=True)
        made = inner.value(node.elt)
        if isinstance(node, ast.ListComp):
            types = made.types if isinstance(made, Instance) else ()
            return Instance((Type("builtins.list", (types,)),), exact=True)
        return None

    def element(self, value: Value) -> Value:
        """What going through a value gives."""
        if isinstance(value, Instance):
            found = [t.arguments[0] for t in value.types if t.arguments]
            if len(found) == len(value.types) and all(found):
                return Instance(tuple(t for types in found for t in types))
        return None

    def item(self, value: Value, key: ast.expr) -> Value:
        """What `value[key]` gives."""
        if not isinstance(value, Instance) or isinstance(key, ast.Slice):
            return None
        found: list[Type] = []
        for one in value.types:
            if not one.arguments or not one.arguments[-1]:
                return None
            if one.name == "builtins.tuple":
                return None
            found += one.arguments[-1]
        return Instance(tuple(found)) if found else None

    def attribute(self, node: ast.AST, owner: Value, name: str) -> Value:
        match owner:
            case Module(name=module) if self.checked(module):
                return self.resolve(node, lambda: self.reference.member(module, name))
            case Class(name=cls):
                return self.of_class(node, cls, name)
            case Instance():
                return self.of_instance(node, owner, name)
        return None

    def of_class(self, node: ast.AST, cls: str, name: str) -> Value:
        member, whole = self.reference.find(cls, name)
        if member is None:
            if whole and not name.startswith("__"):
                self.complain(node, f"{_short(cls)} has no attribute {name}")
            return None
        match member["kind"]:
            case "class":
                return Class(member["class"])
            case "method":
                return Callable(f"{_short(cls)}.{name}", member, cls, Type(cls), unbound=True)
            case "staticmethod" | "classmethod":
                return Callable(f"{_short(cls)}.{name}", member, cls, Type(cls))
            case "attribute" if "returns" in member:
                return Instance(types_of(member["returns"]), exact=True)
        return None

    def of_instance(self, node: ast.AST, owner: Instance, name: str) -> Value:
        found: list[Value] = []
        for one in owner.types:
            candidates = (
                [one.name] if owner.exact else [one.name, *self.reference.library(one.name).below(one.name)]
            )
            looked = [self.reference.find(candidate, name) for candidate in candidates]
            members = [member for member, _ in looked if member is not None]
            if members:
                values = [self.of_member(one, name, member) for member in members]
                others = tuple(v for v in values[1:] if isinstance(v, Callable))
                first = values[0]
                found.append(replace(first, others=others) if isinstance(first, Callable) else first)
            elif not all(whole for _, whole in looked) or name.startswith("__"):
                found.append(None)
        if not found and owner.types:
            self.complain(node, f"{' or '.join(_short(t.name) for t in owner.types)} has no attribute {name}")
        return found[0] if found else None

    def of_member(self, owner: Type, name: str, member: Mapping[str, object]) -> Value:
        match member["kind"]:
            case "class":
                return Class(str(member["class"]))
            case "method" | "classmethod" | "staticmethod":
                return Callable(f"{_short(owner.name)}.{name}", member, owner.name, owner)
            case _ if types := types_of(str(member.get("returns", "Any"))):
                return Instance(types)
        return None

    # Calls

    def call(self, node: ast.Call) -> Value:
        called = self.value(node.func)
        for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
            self.value(argument)
        match called:
            case Class(name=cls):
                described = self.reference.class_named(cls)
                if described and "new" in described:
                    self.bind_call(node, Callable(_short(cls), described["new"], cls), self.taken_by(cls))
                exact = not any((one or {}).get("factory") for _, one in self.reference.lineage(cls))
                return Instance(types_of(cls), exact=exact)
            case Callable(described=member):
                taken = frozenset(member.get("also", ()))
                made = () if called.owner else types_of(str(member.get("returns", "Any")))
                for one in made:  # a builder hands on to the constructor
                    taken |= self.taken_by(one.name)
                arguments = self.bind_call(node, called, taken)
                return self.returned(called, arguments)
            case Instance(types=types):
                calls = [self.reference.find(t.name, "__call__")[0] for t in types]
                if len(calls) == 1 and calls[0]:
                    return self.of_member(types[0], "__call__", {**calls[0], "kind": "field"})
        return None

    def taken_by(self, cls: str) -> frozenset[str]:
        """Every keyword that a constructor takes, itself or through `**kwargs` and its bases."""
        taken: set[str] = set()
        for _, described in self.reference.lineage(cls):
            new = (described or {}).get("new", {})
            if "signature" in new:
                signature = signature_of(new["signature"])
                taken |= {p.name for p in signature.parameters.values()} | set(new.get("also", ()))
        return frozenset(taken)

    def bind_call(self, node: ast.Call, called: Callable, taken: frozenset[str]) -> Mapping[str, object]:
        """Checks the arguments of a call; gives them by parameter, as nodes."""
        first: tuple[str | None, Mapping[str, object]] | None = None
        for one in (called, *called.others):
            complaint, arguments = self.try_call(node, one, taken)
            first = first or (complaint, arguments)
            if not complaint:
                return arguments
        if first and first[0]:
            self.complain(node, first[0])
        return {}

    def try_call(
        self, node: ast.Call, called: Callable, taken: frozenset[str]
    ) -> tuple[str | None, Mapping[str, object]]:
        if "signature" not in called.described:
            return None, {}
        signature = signature_of(str(called.described["signature"]))
        swallows = any(p.kind is p.VAR_KEYWORD for p in signature.parameters.values())
        names = {p.name for p in signature.parameters.values() if p.kind is not p.POSITIONAL_ONLY}
        known = names | taken | EXTRA_KEYWORDS.get(called.name, frozenset())
        strict = called.home.startswith(CHECKED_KEYWORDS) and called.name not in ANY_KEYWORD
        spread = any(k.arg is None for k in node.keywords) or any(
            isinstance(a, ast.Starred) for a in node.args
        )
        for keyword in node.keywords:
            if keyword.arg and keyword.arg not in (known if swallows else names) and (strict or not swallows):
                return f"{called.name} has no parameter {keyword.arg}", {}
        if spread:
            return None, {}
        arguments = [a for a in node.args if self.whole or not _left_out(a)][1 if called.unbound else 0 :]
        try:
            bind = signature.bind if self.whole else signature.bind_partial
            bound = bind(*arguments, **{k.arg: k.value for k in node.keywords if k.arg})
        except TypeError as problem:
            return f"{called.name}: {problem}", {}
        return None, bound.arguments

    def returned(self, called: Callable, arguments: Mapping[str, object]) -> Value:
        text = str(called.described.get("returns", "Any"))
        if text.startswith("~"):
            _, _, parameter = text.partition(":")
            if parameter:
                node = arguments.get(parameter)
                return self.value(node) if isinstance(node, ast.expr) else None
            if called.owner and called.owner.arguments:
                types = called.owner.arguments[0]
                return Instance(types) if types else None
            return None
        types = types_of(text)
        return Instance(types) if types else None


def _left_out(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is Ellipsis


def _short(name: str) -> str:
    return name.rpartition(".")[2]
