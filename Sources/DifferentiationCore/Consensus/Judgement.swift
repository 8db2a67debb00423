// SPDX-License-Identifier: Apache-2.0

/// What one method says about one component.
struct Testimony {
  let method: Int
  let value: Double
  let error: Double
  let status: ComponentStatus
  /// The method gave no such component.
  var isMissing = false
  /// A method that is not exact and does not say how far off it may be: `error` is 0 and means nothing.
  var isUnknown = false

  /// Not a number that could be compared, or an error estimate that is none. An infinite error is an honest "I do
  /// not know" and merely shows nothing.
  var isBroken: Bool { !value.isFinite || !(error >= 0) }
}

/// Two methods on one component.
struct Pair {
  let a: Testimony
  let b: Testimony
  let difference: Double
  let allowed: Double

  /// Infinite where the difference or the allowance is none.
  var ratio: Double {
    if difference == 0 { return 0 }
    let ratio = difference / allowed
    return ratio.isNaN || !difference.isFinite ? .infinity : ratio
  }
}

/// A component as the methods see it.
struct Case {
  let row: Int
  let column: Int
  let testimonies: [Testimony]
  /// The size of the terms that the component is the sum of; 0 where it is not known.
  let terms: Double
}

/// The judgement on one component.
struct Judgement {
  struct Finding {
    var cause: Cause
    var breaks: Bool
    var blamed: [Int] = []
    var slopes: [Double]?
    var difference: Double = 0
    var why: String
  }

  var worst: Pair?
  /// The largest of the rule's terms in the worst pair.
  var decidingTerm = ToleranceRule.Term.relative
  var finding: Finding?
  /// Every method gives exactly zero.
  var isZero = false
  /// Every method gives zero within its own error and the roundoff of the terms.
  var isZeroWithinErrors = false
  /// Compared only within error bars as wide as the value, and nothing else helped.
  var isInconclusive = false
  /// … and large enough for an error there to matter beside the largest component.
  var matters = false
}

/// What can be said from the methods' values alone.
enum FirstLook {
  /// All agree within error bars that mean something, or there is nothing to be settled.
  case settled
  /// Values that are no numbers.
  case broken
  /// Some disagree.
  case disputed
  /// All agree, within error bars as wide as the value.
  case blind
}
