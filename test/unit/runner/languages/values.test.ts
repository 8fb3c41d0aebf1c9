import assert from 'node:assert/strict';
import type { Verdict } from '../../../../src/core/run/run.ts';
import type { Json } from '../../../../src/core/text/json.ts';
import { needsSandbox, needsToolchain, resultsOf } from '../harness.ts';

/** An expression of the language, the expected value, and the verdict if it is not `pass`. */
type Row = readonly [expression: string, expected: Json, verdict?: Verdict];

interface Values {
  /** Definitions that the expressions use. */
  readonly head: string;
  /** A function of this name that returns the value of an expression. */
  readonly define?: (name: string, expression: string) => string;
  /** One function `value` that returns the expression at an index, because compilers are slow. */
  readonly defineAll?: (expressions: readonly string[]) => string;
  readonly rows: readonly Row[];
}

// Values that JSON does not have; docs/languages.md documents their conversions.
const languages: Record<string, Values> = {
  python: {
    head: `
from collections import ChainMap, UserDict, UserList, UserString, deque, namedtuple
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import reduce
import array, datetime, enum, pathlib, re, types, uuid

N = namedtuple('N', 'a b')
utc = datetime.timezone.utc

@dataclass
class P:
    x: int
    y: object = None

class C(enum.Enum):
    RED = 1
    G = 'green'

class S(str, enum.Enum):
    A = 'a'

class I(enum.IntEnum):
    A = 3

class Own:
    def __init__(self): self.x = 1; self._y = 2

class Slots:
    __slots__ = ('x',)
    def __init__(self): self.x = 1

class Equal:
    def __init__(self, x): self.x = x
    def __eq__(self, other): return self.x == other.x
    def __hash__(self): return 1

class Private:
    def __init__(self): self._x = 1
    @property
    def x(self): return self._x

class Node:
    def __init__(self, val, next=None): self.val = val; self.next = next

class AnyName:
    def __getattr__(self, name): return 1

class Unshown:
    def __repr__(self): raise ValueError

class Text(str):
    def __str__(self): return 'other'

loop = Node(1)
loop.next = loop
twice = []
twice += [twice, twice]
`,
    define: (name, expression) => `def ${name}():\n    return ${expression}\n`,
    rows: [
      ['P(1, [P(2)])', { x: 1, y: [{ x: 2, y: null }] }],
      ['P(1)', { x: 2, y: null }, 'fail'],
      ['N(1,2)', [1, 2]],
      ['N(1,2)', { a: 1, b: 2 }],
      [
        '{N(1,2),N(3,4)}',
        [
          { a: 3, b: 4 },
          { a: 1, b: 2 },
        ],
      ],
      ['N(1,2)', { a: 1, b: 3 }, 'fail'],
      ["Decimal('0.1')", 0.1],
      ["Decimal('1.50')", '1.50'],
      ["Decimal('1.50')", 1.6, 'fail'],
      ['Fraction(1,2)', 0.5],
      ['Fraction(1,3)', 0.3333333333333333],
      ['Fraction(1,3)', '1/3'],
      ['Fraction(1,3)', '1/4', 'fail'],
      ['datetime.date(2024,6,19)', '2024-06-19'],
      ['datetime.date(2024,6,19)', '2024-06-18', 'fail'],
      ['datetime.datetime(2024,6,19,1,2)', '2024-06-19T01:02:00'],
      ['datetime.datetime(2024,6,19,1,2)', '2024-06-19 01:02:00'],
      ['datetime.datetime(2024,6,19,1,2,tzinfo=utc)', '2024-06-19T01:02:00Z'],
      ['datetime.time(1,2)', '01:02:00'],
      ['datetime.timedelta(days=1)', 86400],
      ['datetime.timedelta(days=1)', '1 day, 0:00:00'],
      ["b'ab'", [97, 98]],
      ["b'ab'", 'ab'],
      ["bytearray(b'ab')", [97, 98]],
      ["memoryview(b'ab')", [97, 98]],
      ["b'\\xff'", [255]],
      ["b'ab'", 'ac', 'fail'],
      ['C.RED', 1],
      ['C.RED', 'RED'],
      ['S.A', 'a'],
      ['I.A', 3],
      ['{C.G: 1, S.A: 2}', { green: 1, a: 2 }],
      ['C.RED', 2, 'fail'],
      ['1+2j', [1, 2], 'unsupported'],
      ['[1+2j]', ['(1+2j)']],
      ['1+2j', '(1+3j)', 'unsupported'],
      ['range(3)', [0, 1, 2]],
      ['{3,1}', [1, 3]],
      ['frozenset([1])', [1]],
      ['(i for i in range(2))', [0, 1]],
      ['zip([1],[2])', [[1, 2]]],
      ['Own()', { x: 1 }],
      ['Slots()', { x: 1 }],
      ['Equal(1)', { x: 1 }],
      ['Equal(1)', { x: 2 }, 'fail'],
      ['Private()', { x: 1 }, 'unsupported'],
      ['Own()', [1], 'unsupported'],
      ['Own()', { x: 1, y: 2 }, 'unsupported'],
      ['object()', {}, 'unsupported'],
      ['Own()', 'Own()', 'unsupported'],
      ['Node(1,Node(2))', { val: 1, next: { val: 2, next: null } }],
      ['reduce(lambda n, i: Node(i, n), range(1000), None)', { val: 1 }, 'unsupported'],
      ['{Equal(1),Equal(2)}', [{ x: 2 }, { x: 1 }]],
      ['Equal(1)', 'Equal(1)', 'unsupported'],
      ['{Private()}', [{ x: 1 }], 'unsupported'],
      ['loop', { val: 1 }, 'unsupported'],
      ['twice', [1, 2], 'unsupported'],
      ['(lambda: 1)', 1, 'unsupported'],
      ['int', 'int', 'unsupported'],
      ['re', 're', 'unsupported'],
      ["ValueError('x')", 'x', 'unsupported'],
      ["re.compile('a')", 'a', 'unsupported'],
      ['uuid.UUID(int=1)', '00000000-0000-0000-0000-000000000001'],
      ["pathlib.Path('a/b')", 'a/b'],
      ['types.SimpleNamespace(a=1)', { a: 1 }],
      ["UserDict({'a':1})", { a: 1 }],
      ['UserList([1])', [1]],
      ["UserString('ab')", 'ab'],
      ["ChainMap({'a':1})", { a: 1 }],
      ["types.MappingProxyType({'a':1})", { a: 1 }],
      ['{(1,2): 3}', [[[1, 2], 3]]],
      ['{(1,2): 3}', { '(1, 2)': 3 }, 'unsupported'],
      ['{datetime.date(2024,1,2): 1}', { '2024-01-02': 1 }],
      ["{'$': 1}", { $: 1 }],
      ['{1: 2, None: 3, True: 4, 2.5: 1}', { '1': 4, null: 3, '2.5': 1 }],
      ["array.array('i',[1,2])", [1, 2]],
      ['deque([1])', [1]],
      ["[1, {'d': datetime.date(2024,1,2), 'f': Fraction(1,2)}]", [1, { d: '2024-01-02', f: 0.5 }]],
      ['AnyName()', 1, 'unsupported'],
      ['Unshown()', 1, 'unsupported'],
      ["Text('ab')", 'ab'],
    ],
  },
  javascript: {
    head: `
class P { x = 1; method() {} }
class Hidden { #x = 1; get x() { return this.#x; } }
class Node { constructor(val, next = null) { this.val = val; this.next = next; } }
class Json { toJSON() { return { y: 2 }; } }
class Row extends Array {}
const loop = new Node(1);
loop.next = loop;
let long = null;
for (let i = 0; i < 1000; i++) long = new Node(i, long);
`,
    define: (name, expression) => `function ${name}() { return ${expression}; }`,
    rows: [
      ['new P()', { x: 1 }],
      ['new P()', { x: 2 }, 'fail'],
      ['new P()', { x: 1, y: 2 }, 'unsupported'],
      ['new P()', [1], 'unsupported'],
      ['new Hidden()', { x: 1 }, 'unsupported'],
      ['new Hidden()', {}, 'unsupported'],
      ['new Node(1, new Node(2))', { val: 1, next: { val: 2, next: null } }],
      ['new Json()', { y: 2 }],
      ['Row.of(1, 2)', [1, 2]],
      ['loop', { val: 1, next: {} }, 'unsupported'],
      ['long', { val: 999, next: {} }, 'unsupported'],
      ['new Date(0)', '1970-01-01T00:00:00.000Z'],
      ['new Date(0)', '1970-01-02T00:00:00.000Z', 'fail'],
      ['new Date(NaN)', null],
      ['new Map([["a", new Set([1])]])', { a: [1] }],
      ['new Map([[1, 2]])', { 1: 2 }],
      ['new Map([[1, 2], ["1", 3]])', { 1: 2 }, 'unsupported'],
      ['new Map([[[1], 2]])', { '[1]': 2 }, 'unsupported'],
      ['new Map([[[1], 2]])', [[[1], 2]]],
      ['new Map([["$", 2]])', { $: 2 }],
      ['[new Set([2, 1])]', [[1, 2]]],
      ['10n', 10],
      ['[10n, 11n]', [10, 12], 'fail'],
      ['Buffer.from("ab")', 'ab'],
      ['Buffer.from("ab")', [97, 98]],
      ['Buffer.from("ab")', 'ac', 'fail'],
      ['new Uint8Array([1, 255])', [1, 255]],
      ['new Uint8Array([97]).buffer', 'a'],
      ['new Float64Array([0.5])', [0.5]],
      ['new BigInt64Array([1n])', [1]],
      ['new String("a")', 'a'],
      ['undefined', null],
      ['Symbol("a")', 'a', 'unsupported'],
      ['() => 1', 1, 'unsupported'],
      ['[1, Math.max]', [1, 2], 'unsupported'],
      ['/a/g', 'a', 'unsupported'],
      ['/a/g', '/a/g'],
      ['new Error("a")', 'a', 'unsupported'],
      ['new WeakMap()', {}, 'unsupported'],
      ['({ p: Promise.resolve(1) })', { p: 1 }, 'unsupported'],
      ['new Proxy({ a: 1 }, {})', { a: 1 }, 'unsupported'],
      ['new URL("http://a/b")', 'http://a/b'],
      ['[1, 2].values()', [1, 2]],
      ['({ a: new Map([[1, 2]]).keys() })', { a: [1] }],
      ['(function () { return arguments; })(1, 2)', [1, 2]],
      ['Object.create(null)', {}],
      ['Object.assign(Object.create(null), { a: 1 })', { a: 1 }],
    ],
  },
  typescript: {
    head: `
enum Color { Red, Green = "green" }
class P { constructor(public x: number, private y = 2) {} }
interface Q { a: number; b?: string }
`,
    define: (name, expression) => `function ${name}(): unknown { return ${expression}; }`,
    rows: [
      ['Color.Red', 0],
      ['Color.Green', 'green'],
      ['new P(1)', { x: 1, y: 2 }],
      ['{ a: 1 } as Q', { a: 1 }],
      ['new Map<number, string>([[1, "a"]])', { 1: 'a' }],
    ],
  },
  ruby: {
    head: `
require 'bigdecimal'
require 'date'
require 'ostruct'
require 'pathname'
require 'set'
require 'uri'
S = Struct.new(:x, :y)
class P
  attr_reader :x
  def initialize(x) = (@x = x; @hidden = 1)
end
class Hidden
  def initialize = @x = 1
end
class Shown < P
  def inspect = "P(#{@x})"
end
class Node
  attr_accessor :val, :next
  def initialize(val, rest = nil) = (@val = val; @next = rest)
end
class Plain < BasicObject; end
LOOP = Node.new(1)
LOOP.next = LOOP
`,
    define: (name, expression) => `def ${name}\n  ${expression}\nend`,
    rows: [
      ['S.new(1, [S.new(2)])', { x: 1, y: [{ x: 2, y: null }] }],
      ['S.new(1, 2)', { x: 1, y: 3 }, 'fail'],
      ['P.new(1)', { x: 1 }],
      ['P.new(1)', { x: 2 }, 'fail'],
      ['P.new(1)', { x: 1, hidden: 1 }, 'unsupported'],
      ['P.new(1)', 1, 'unsupported'],
      ['Hidden.new', { x: 1 }, 'unsupported'],
      ['Shown.new(1)', 'P(1)'],
      ['Shown.new(1)', 'P(2)', 'unsupported'],
      ['Node.new(1, Node.new(2))', { val: 1, next: { val: 2, next: null } }],
      ['LOOP', { val: 1, next: { val: 1, next: 1 } }, 'unsupported'],
      ['(1..1000).reduce(nil) { |n, i| Node.new(i, n) }', { val: 1000, next: {} }, 'unsupported'],
      ['Plain.new', 1, 'unsupported'],
      ['OpenStruct.new(a: 1)', { a: 1 }],
      [':red', 'red'],
      ['Rational(1, 2)', 0.5],
      ['Rational(1, 3)', '1/3'],
      ['Rational(1, 3)', '1/4', 'fail'],
      ['Complex(1, 2)', [1, 2], 'unsupported'],
      ['Complex(1, 2)', '(1+2i)'],
      ['BigDecimal("0.1")', 0.1],
      ['BigDecimal("0.1")', '0.1'],
      ['Date.new(2024, 6, 19)', '2024-06-19'],
      ['Date.new(2024, 6, 19)', '2024-06-18', 'fail'],
      ['DateTime.new(2024, 6, 19, 1, 2)', '2024-06-19T01:02:00Z'],
      ['Time.utc(2024, 6, 19, 1, 2)', '2024-06-19T01:02:00Z'],
      ['Time.utc(2024, 6, 19, 1, 2)', '2024-06-19 01:02:00 UTC'],
      ['[Set[2, 1], Set[3]]', [[1, 2], [3]]],
      ['(1..3)', [1, 2, 3]],
      ['(1..)', [1, 2], 'unsupported'],
      ['(1.0..2.0)', [1, 2], 'unsupported'],
      ['[1, 2].each', [1, 2]],
      ['{ 1.5 => :a, nil => 1 }', { '1.5': 'a', null: 1 }],
      ['{ [1, 2] => 3 }', [[[1, 2], 3]]],
      ['{ [1, 2] => 3 }', { '1,2': 3 }, 'unsupported'],
      ['{ "$" => 1 }', { $: 1 }],
      ['"\\xC3\\xA9".b', 'é'],
      ['"\\xFF".b', [255]],
      ['->(x) { x }', 1, 'unsupported'],
      ['[1, String]', [1, 2], 'unsupported'],
      ['/a/', 'a', 'unsupported'],
      ['StandardError.new("a")', 'a', 'unsupported'],
      ['Pathname.new("a/b")', 'a/b'],
      ['URI("http://a/b")', 'http://a/b'],
    ],
  },
  php: {
    head: `<?php
enum Suit: string { case Hearts = 'H'; }
enum Plain { case One; }
class P { public $x = 1; protected $y = 2; private $z = 3; }
class Hidden { private $x = 1; }
class Shown { public $x = 1; function __toString(): string { return 'P(1)'; } }
class Json implements JsonSerializable { function jsonSerialize(): mixed { return ['a' => [1]]; } }
class Node { function __construct(public $val, public $next = null) {} }
function chain($n) { $list = null; for ($i = 0; $i < $n; $i++) $list = new Node($i, $list); return $list; }
function endless() { $node = new Node(1); $node->next = $node; return $node; }
function utc($text) { return new DateTimeImmutable($text, new DateTimeZone('UTC')); }
`,
    define: (name, expression) => `function ${name}() { return ${expression}; }`,
    rows: [
      ['new P()', { x: 1 }],
      ['new P()', { x: 2 }, 'fail'],
      ['new P()', { x: 1, y: 2 }, 'unsupported'],
      ['new P()', [1], 'unsupported'],
      ['new Hidden()', { x: 1 }, 'unsupported'],
      ['new Hidden()', {}, 'unsupported'],
      ['new Shown()', 'P(1)'],
      ['new Json()', { a: [1] }],
      ['new Node(1, new Node(2))', { val: 1, next: { val: 2, next: null } }],
      ['chain(1000)', { val: 999, next: {} }, 'unsupported'],
      ['endless()', { val: 1, next: {} }, 'unsupported'],
      ['(object) ["a" => 1]', { a: 1 }],
      ['new stdClass()', {}],
      ['Suit::Hearts', 'H'],
      ['Suit::Hearts', 'Hearts'],
      ['Suit::Hearts', 'S', 'fail'],
      ['Plain::One', 'One'],
      ['utc("2024-06-19 01:02")', '2024-06-19T01:02:00Z'],
      ['utc("2024-06-19 01:02")', '2024-06-19T01:02:00+00:00'],
      ['utc("2024-06-19 01:02")', '2024-06-19 01:02:00'],
      ['utc("2024-06-19")', '2024-06-19'],
      ['utc("2024-06-19")', '2024-06-20', 'fail'],
      ['(function () { yield 1; yield 2; })()', [1, 2]],
      ['[(function () { yield 1; })()]', [[1]]],
      ['new ArrayObject(["a" => 1])', { a: 1 }],
      ['fn ($x) => $x', 1, 'unsupported'],
      ['[1, fopen("php://memory", "r")]', [1, 2], 'unsupported'],
      ['new Exception("a")', 'a', 'unsupported'],
      ['"\\xff"', [255]],
      ['["$" => 1]', { $: 1 }],
    ],
  },
  perl: {
    head: `use strict; use warnings;
use Math::BigInt; use Math::BigRat; use Time::Piece;
package P; sub new { return bless { x => 1, _y => 2 }, shift }
package Shown; use overload '""' => sub { 'P(1)' }; sub new { return bless { x => 1 }, shift }
package Items; sub new { return bless [1, 2], shift }
package Json; sub new { return bless [1], shift } sub TO_JSON { return { a => 1 } }
package main;
my $loop = { val => 1 }; $loop->{next} = $loop;
`,
    define: (name, expression) => `sub ${name} { return ${expression}; }`,
    rows: [
      ['P->new', { x: 1 }],
      ['P->new', { x: 2 }, 'fail'],
      ['P->new', { x: 1, _y: 2 }, 'unsupported'],
      ['P->new', 1, 'unsupported'],
      ['Shown->new', 'P(1)'],
      ['Items->new', [1, 2], 'unsupported'],
      ['Json->new', { a: 1 }],
      ['[1, sub { 1 }]', [1, 2], 'unsupported'],
      ['qr/a/', 'a', 'unsupported'],
      ['$loop', { val: 1, next: {} }, 'unsupported'],
      ['\\\\"a"', 'a'],
      ['Math::BigInt->new("10")', 10],
      ['Math::BigRat->new("1/2")', 0.5],
      ['Math::BigRat->new("1/3")', '1/3'],
      ['scalar(gmtime(0))', '1970-01-01T00:00:00'],
      ["+{ '$' => 1 }", { $: 1 }],
      ['*STDOUT{IO}', 1, 'unsupported'],
    ],
  },
  r: {
    head: `
setClass("P", representation(x = "numeric"))
Account <- setRefClass("Account", fields = list(total = "numeric"))
`,
    define: (name, expression) => `${name} <- function() ${expression}`,
    rows: [
      ['new("P", x = 1)', { x: 1 }],
      ['new("P", x = 1)', { x: 2 }, 'fail'],
      ['new("P", x = 1)', [1], 'unsupported'],
      ['Account$new(total = 1)', { total: 1 }],
      ['new.env()', {}, 'unsupported'],
      ['structure(list(a = 1), class = "own")', { a: 1 }],
      ['factor(c("a", "b"))', ['a', 'b']],
      ['factor("a")', 'a'],
      ['as.Date("2024-06-19")', '2024-06-19'],
      ['as.Date(c("2024-06-19", "2024-06-20"))', ['2024-06-19', '2024-06-20']],
      ['as.Date("2024-06-19")', '2024-06-18', 'fail'],
      ['as.POSIXct("2024-06-19 01:02:00", tz = "UTC")', '2024-06-19T01:02:00Z'],
      ['as.POSIXlt("2024-06-19 01:02:00", tz = "UTC")', '2024-06-19 01:02:00'],
      ['as.Date("2024-06-19") - as.Date("2024-06-18")', 86400],
      ['as.Date("2024-06-19") - as.Date("2024-06-18")', '1 days'],
      ['as.raw(c(1, 255))', [1, 255]],
      ['complex(real = 1, imaginary = 2)', [1, 2], 'unsupported'],
      ['complex(real = 1, imaginary = 2)', '1+2i'],
      ['list(1, function(x) x)', [1, 2], 'unsupported'],
      ['quote(a + b)', 1, 'unsupported'],
      ['y ~ x', 1, 'unsupported'],
      [
        'array(1:8, c(2, 2, 2))',
        [
          [
            [1, 5],
            [3, 7],
          ],
          [
            [2, 6],
            [4, 8],
          ],
        ],
      ],
      ['data.frame(d = as.Date("2024-06-19"))', [{ d: '2024-06-19' }]],
      ['setNames(list(1), "$")', { $: 1 }],
    ],
  },
  go: {
    head: `package main

import (
	"errors"
	"math/big"
	"time"
)

type P struct{ X, Y int }
type lower struct{ x, y int }
type Mixed struct{ X, hidden int }
type Tagged struct {
	X int \`json:"x"\`
	Y int \`json:"-"\`
	Z int \`json:"z,omitempty"\`
}
type Around struct {
	P
	Z int
}
type Node struct {
	Val  int
	Next *Node
}
type Color int

func (c Color) String() string { return [...]string{"red", "green"}[c] }

type Own struct{ n int }

func (o *Own) MarshalJSON() ([]byte, error) { return []byte(\`{"$":"set","v":[12345678901234567890]}\`), nil }

var day = time.Date(2024, 6, 19, 1, 2, 0, 0, time.UTC)

func chain(n int) (list *Node) {
	for i := 0; i < n; i++ {
		list = &Node{i, list}
	}
	return
}

func loop() *Node {
	node := &Node{1, nil}
	node.Next = node
	return node
}
`,
    defineAll: (expressions) =>
      `func value(n int) any {\n\tswitch n {\n${expressions.map((expression, index) => `\tcase ${index}:\n\t\treturn ${expression}\n`).join('')}\t}\n\treturn nil\n}\n`,
    rows: [
      ['P{1, 2}', { X: 1, Y: 2 }],
      ['P{1, 2}', { X: 1, Y: 3 }, 'fail'],
      ['[]*P{{1, 2}}', [{ X: 1, Y: 2 }]],
      ['lower{1, 2}', { x: 1, y: 2 }],
      ['lower{1, 2}', { x: 1, y: 3 }, 'fail'],
      ['Mixed{1, 2}', { X: 1 }],
      ['Mixed{1, 2}', { X: 1, hidden: 2 }, 'unsupported'],
      ['Tagged{1, 2, 0}', { x: 1 }],
      ['Around{P{1, 2}, 3}', { X: 1, Y: 2, Z: 3 }],
      ['&Own{1}', { $: 'set', v: ['12345678901234567890'] }],
      ['Node{1, &Node{2, nil}}', { Val: 1, Next: { Val: 2, Next: null } }],
      ['loop()', { Val: 1, Next: { Val: 1, Next: {} } }, 'unsupported'],
      ['chain(3)', { Val: 2, Next: { Val: 1, Next: { Val: 0, Next: null } } }],
      ['[]any{chain(1000)}', [{ Val: 999, Next: null }], 'fail'],
      ['Color(1)', 1],
      ['Color(1)', 'green'],
      ['Color(1)', 'red', 'fail'],
      ['day', '2024-06-19T01:02:00Z'],
      ['&day', '2024-06-19T01:02:00Z'],
      ['day', '2024-06-19T01:03:00Z', 'fail'],
      ['90 * time.Second', 90000000000],
      ['90 * time.Second', '1m30s'],
      ['[]byte("ab")', [97, 98]],
      ['[]byte("ab")', 'ab'],
      ['[]byte("ab")', 'ac', 'fail'],
      ['[]byte{255}', [255]],
      ['"\\xff"', [255]],
      ['map[int]string{1: "a"}', { 1: 'a' }],
      ['map[bool]int{true: 1}', { true: 1 }],
      ['map[P]int{{1, 2}: 3}', [[{ X: 1, Y: 2 }, 3]]],
      ['map[P]int{{1, 2}: 3}', { '{1 2}': 3 }, 'unsupported'],
      ['map[any]int{1: 1, "1": 2}', { 1: 1 }, 'unsupported'],
      ['map[string]struct{}{"a": {}, "b": {}}', ['b', 'a']],
      ['map[string]struct{}{"a": {}}', { a: {} }],
      ['map[string]int{"$": 1}', { $: 1 }],
      ['big.NewInt(10)', 10],
      ['*big.NewInt(10)', 10],
      ['big.NewRat(1, 2)', 0.5],
      ['big.NewRat(1, 3)', '1/3'],
      ['big.NewFloat(0.5)', 0.5],
      ['complex(1, 2)', [1, 2], 'unsupported'],
      ['complex(1, 2)', '(1+2i)'],
      ['func() int { return 1 }', 1, 'unsupported'],
      ['[]any{1, make(chan int)}', [1, 2], 'unsupported'],
      ['[]any{errors.New("bad")}', ['bad']],
      ['[]error{nil}', [null]],
    ],
  },
  java: {
    head: `
import java.math.*;
import java.nio.file.*;
import java.time.*;
import java.util.*;
import java.util.function.*;
import java.util.stream.*;

enum Suit { HEARTS { public String toString() { return "hearts"; } }, SPADES }
record Pair(int x, List<Pair> y) {}
class Fields { int x = 1; protected int y = 2; private int z = 3; static int w = 4; }
class Bean { private int x = 1; private boolean on = true; private int hidden = 2; public int getX() { return x; } public boolean isOn() { return on; } }
class Hidden { private int x = 1; }
class Shown { private int x = 1; public String toString() { return "P(1)"; } }
class Child extends Fields { String name = "a"; }
class Node { int val; Node next; Node(int val, Node next) { this.val = val; this.next = next; } }

class Main {
  static Node chain(int n) { Node list = null; for (int i = 0; i < n; i++) list = new Node(i, list); return list; }
  static Node loop() { Node node = new Node(1, null); node.next = node; return node; }
`,
    defineAll: (expressions) =>
      `  static Object value(int n) throws Exception {\n    switch (n) {\n${expressions.map((expression, index) => `      case ${index}: return ${expression};\n`).join('')}    }\n    return null;\n  }\n}\n`,
    rows: [
      ['new Pair(1, List.of(new Pair(2, null)))', { x: 1, y: [{ x: 2, y: null }] }],
      ['new Pair(1, null)', { x: 2, y: null }, 'fail'],
      ['new Fields()', { x: 1, y: 2 }],
      ['new Fields()', { x: 1, y: 3 }, 'fail'],
      ['new Fields()', { x: 1, y: 2, z: 3 }, 'unsupported'],
      ['new Fields()', [1, 2], 'unsupported'],
      ['new Bean()', { x: 1, on: true }],
      ['new Hidden()', { x: 1 }, 'unsupported'],
      ['new Hidden()', {}, 'unsupported'],
      ['new Shown()', 'P(1)'],
      ['new Child()', { name: 'a', x: 1, y: 2 }],
      ['new Node(1, new Node(2, null))', { val: 1, next: { val: 2, next: null } }],
      ['chain(1000)', { val: 999, next: {} }, 'unsupported'],
      ['loop()', { val: 1, next: {} }, 'unsupported'],
      ['Suit.SPADES', 'SPADES'],
      ['Suit.HEARTS', 'HEARTS'],
      ['Suit.HEARTS', 'hearts'],
      ['Suit.SPADES', 'HEARTS', 'fail'],
      ['Map.of(Suit.HEARTS, 1)', { HEARTS: 1 }],
      ['new BigDecimal("0.1")', 0.1],
      ['new BigDecimal("1.50")', '1.50'],
      ['BigInteger.TEN', 10],
      ['LocalDate.of(2024, 6, 19)', '2024-06-19'],
      ['LocalDate.of(2024, 6, 19)', '2024-06-18', 'fail'],
      ['LocalDateTime.of(2024, 6, 19, 1, 2)', '2024-06-19T01:02:00'],
      ['LocalDateTime.of(2024, 6, 19, 1, 2)', '2024-06-19T01:02'],
      ['LocalTime.of(1, 2)', '01:02:00'],
      ['Instant.EPOCH', '1970-01-01T00:00:00Z'],
      ['ZonedDateTime.of(2024, 6, 19, 1, 2, 0, 0, ZoneId.of("UTC"))', '2024-06-19T01:02:00Z'],
      ['new Date(0)', '1970-01-01T00:00:00Z'],
      ['Duration.ofSeconds(90)', 90],
      ['Duration.ofSeconds(90)', 'PT1M30S'],
      ['"ab".getBytes()', [97, 98]],
      ['"ab".getBytes()', 'ab'],
      ['new byte[] {-1}', [255]],
      ['new byte[] {-1}', [-1]],
      ['new char[] {97, 98}', ['a', 'b']],
      ['new AbstractMap.SimpleEntry<>("a", 1)', ['a', 1]],
      ['Map.entry("a", 1)', { key: 'a', value: 1 }],
      ['OptionalInt.of(3)', 3],
      ['IntStream.range(0, 2)', [0, 1]],
      ['List.of(1, 2).iterator()', [1, 2]],
      ['Set.of(Set.of(1))', [[1]]],
      ['Map.of(List.of(1), 2)', [[[1], 2]]],
      ['Map.of(List.of(1), 2)', { '[1]': 2 }, 'unsupported'],
      ['Map.of("$", 2)', { $: 2 }],
      ['Path.of("a/b")', 'a/b'],
      ['new UUID(0, 1)', '00000000-0000-0000-0000-000000000001'],
      ['(Supplier<Integer>) () -> 1', 1, 'unsupported'],
      ['List.of(1, new Object())', [1, 2], 'unsupported'],
      ['new Exception("a")', 'a', 'unsupported'],
      ['new Thread()', {}, 'unsupported'],
    ],
  },
  cpp: {
    head: `
#include <bits/stdc++.h>
using namespace std;
struct P { int x; };
enum Color { RED, GREEN };
`,
    define: (name, expression) => `auto ${name}() { return ${expression}; }`,
    rows: [
      ['P{1}', { x: 1 }, 'unsupported'],
      ['vector<P>{{1}}', [{ x: 1 }], 'unsupported'],
      ['tuple<int, P>{1, {2}}', [1, { x: 2 }], 'unsupported'],
      ['complex<double>(1, 2)', [1, 2], 'unsupported'],
      ['GREEN', 1],
      ['make_unique<int>(3)', 3],
      [
        'multimap<int, int>{{1, 2}, {1, 3}}',
        [
          [1, 3],
          [1, 2],
        ],
      ],
      ['map<pair<int, int>, int>{{{1, 2}, 3}}', [[[1, 2], 3]]],
      ['string("\\xff")', [255]],
    ],
  },
  rust: {
    head: `
use std::collections::*;
pub struct P { pub x: i32 }
#[derive(PartialEq, Eq, Hash)]
pub enum E { A, B(i32) }
`,
    define: (name, expression) => `fn ${name}() -> ${expression.replace(' = ', ' { ')} }`,
    rows: [
      ['P = P { x: 1 }', { x: 1 }, 'unsupported'],
      ['Vec<P> = vec![]', [], 'unsupported'],
      ['E = E::A', 'A', 'unsupported'],
      ['HashMap<E, i32> = HashMap::new()', {}, 'unsupported'],
      ['HashMap<(i32, i32), i32> = HashMap::from([((1, 2), 3)])', [[[1, 2], 3]]],
      ['BTreeMap<i32, i32> = BTreeMap::from([(1, 2)])', { 1: 2 }],
      ['HashMap<&\'static str, i32> = HashMap::from([("$", 2)])', { $: 2 }],
      ['std::rc::Rc<std::cell::RefCell<i32>> = std::rc::Rc::new(std::cell::RefCell::new(1))', 1],
      ['LinkedList<i32> = LinkedList::from([1, 2])', [1, 2]],
    ],
  },
};

function answerOf({ head, define, defineAll, rows }: Values): string {
  const expressions = rows.map(([expression]) => expression);
  const functions =
    defineAll === undefined
      ? expressions.map((expression, index) => define!(`value${index}`, expression))
      : [defineAll(expressions)];
  return [head, ...functions].join('\n');
}

describe('values that JSON does not have', () => {
  before(needsSandbox());

  for (const [language, values] of Object.entries(languages)) {
    describe(language, function () {
      before(needsToolchain(language));

      it('are converted by a rule or unsupported', async () => {
        const { rows } = values;
        const results = await resultsOf(
          language,
          answerOf(values),
          rows.map(([, expected], index) => ({
            kind: 'call',
            ...(values.defineAll === undefined
              ? { function: `value${index}`, args: [] }
              : { function: 'value', args: [index] }),
            expected,
          })),
        );
        const wrong = results.flatMap(({ verdict, reason, actual, stderr }, index) => {
          const [expression, expected, wanted = 'pass'] = rows[index]!;
          return verdict === wanted
            ? []
            : [{ expression, expected, wanted, verdict, reason, actual, stderr }];
        });
        assert.deepEqual(wrong, []);
        for (const { verdict, reason } of results) {
          if (verdict === 'unsupported')
            assert.match(
              reason ?? '',
              /JSON has no form for|it returned an object|the keys of the map|has no JSON equivalent/,
            );
        }
      });
    });
  }
});
