// SPDX-License-Identifier: Apache-2.0

/// A function that a formula may call. The raw value is its name; ``named(_:)`` knows the other usual spellings.
///
/// There are those that have a derivative almost everywhere: no `floor` and no `round`.
public enum ElementaryFunction: String, Sendable, Hashable, CaseIterable {
  /// Exponentials and logarithms; `log` is the natural one.
  case exp, exp2, exp10, expm1, log, log2, log10, log1p
  /// Roots and |x|; `cbrt` takes negative numbers.
  case sqrt, cbrt, abs
  /// Angles are in radians.
  case sin, cos, tan, sec, csc, cot, asin, acos, atan
  /// Hyperbolic functions and their inverses.
  case sinh, cosh, tanh, asinh, acosh, atanh
  /// The error function, and -1, 0 or 1.
  case erf, sign
  /// Of networks and of growth: 1/(1 + exp(-x)), log(1 + exp(x)), log(sigmoid(x)), max(x, 0).
  case sigmoid, softplus, logsigmoid, relu
  /// Of two arguments: the angle of (x, y) as atan2(y, x), √(x² + y²), xʸ.
  case atan2, hypot, pow
  /// clamp(x, lower, upper).
  case clamp
  /// Of two arguments or more.
  case min, max

  /// The function that a name means; nil for none. Names are in small letters.
  public static func named(_ name: String) -> ElementaryFunction? {
    ElementaryFunction(rawValue: name) ?? aliases[name]
  }

  /// Other usual names.
  public static let aliases: [String: ElementaryFunction] = [
    "ln": .log, "arcsin": .asin, "arccos": .acos, "arctan": .atan, "arctan2": .atan2,
    "arsinh": .asinh, "arcsinh": .asinh, "arcosh": .acosh, "arccosh": .acosh, "artanh": .atanh, "arctanh": .atanh,
    "sgn": .sign, "logistic": .sigmoid, "expit": .sigmoid, "power": .pow, "cosec": .csc,
  ]

  /// All names, for suggestions and lists.
  public static let names: [String] = (allCases.map(\.rawValue) + aliases.keys).sorted()

  /// How many arguments it takes.
  public var arguments: ClosedRange<Int> {
    switch self {
    case .atan2, .hypot, .pow: 2...2
    case .clamp: 3...3
    case .min, .max: 2...Int.max
    default: 1...1
    }
  }

  /// … for a sentence.
  var argumentWords: String {
    switch self {
    case .atan2: "two arguments, atan2(y, x)"
    case .hypot: "two arguments, hypot(x, y)"
    case .pow: "two arguments, pow(base, exponent)"
    case .clamp: "three arguments, clamp(x, lower, upper)"
    case .min, .max: "two arguments or more"
    default: "one argument"
    }
  }
}
