// SPDX-License-Identifier: Apache-2.0

/// A piece of a formula's text.
struct Token {
  enum Kind: Equatable {
    case number(Double)
    /// A word as written: a variable, a constant, a function or `and`, `or`, `not`.
    case word(String)
    /// A name in backquotes or brackets: always a variable.
    case quoted(String)
    /// An operator that joins two operands, or `-` before one.
    case infix(FormulaTree.Node)
    case plus, minus, not, open, close, comma, equals
    case end
  }

  let kind: Kind
  /// Where it begins, in Unicode scalars.
  let offset: Int
  /// How many scalars it has.
  let length: Int

  /// Whether an operand may begin with it.
  var beginsOperand: Bool {
    switch kind {
    case .number, .quoted, .open: true
    case .word(let word): !["and", "or"].contains(word)
    default: false
    }
  }
}
