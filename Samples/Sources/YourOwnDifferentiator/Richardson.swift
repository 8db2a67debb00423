// SPDX-License-Identifier: Apache-2.0

import Differentiation

/// Central differences, extrapolated to a step of zero.
///
/// The error of a central quotient is a series in h²: D(h) = f′ + c₁h² + c₂h⁴ + …. Two of them, at h and h/2, leave no h²:
///
///     (4 D(h/2) - D(h)) / 3 = f′ + O(h⁴)
///
/// and of those two leave no h⁴, and so on: a triangle, each column two orders better. Where halving no longer helps,
/// roundoff has begun; the entry whose neighbours are nearest is the answer, and their distance its error.
/// Ridders 1982, doi:10.1016/S0141-1195(82)80057-0.
///
/// A difference method is three functions of plain numbers; gradients, Jacobians and Hessians follow from them.
struct Richardson: DifferenceDifferentiator {
  /// How often the step is halved.
  let levels: Int
  /// The name; options that differ from their defaults belong to it.
  let name: String

  /// What it is. Its results depend on values alone: it shares no derivative rule with any other method.
  let traits = DifferentiatorTraits(
    mode: .differences, accuracy: .truncated(order: 6), takesBlackBoxes: true, estimatesError: true,
    ruleFamily: "differences")

  /// f′(x) from (f(x + h) - f(x - h)) / 2h.
  func differentiate(_ f: (Double) throws -> Double, at x: Double) throws -> DerivativeEstimate {
    try extrapolate { scale in
      let h = scale * unit(x)
      let (right, left) = (try f(x + h), try f(x - h))
      return ((right - left) / (2 * h), (right.magnitude + left.magnitude) / (2 * h))
    }
  }

  /// f″(x) from (f(x + h) - 2 f(x) + f(x - h)) / h².
  func differentiateTwice(_ f: (Double) throws -> Double, at x: Double) throws -> DerivativeEstimate {
    let middle = try f(x)
    return try extrapolate { scale in
      let h = scale * unit(x)
      let (right, left) = (try f(x + h), try f(x - h))
      let size = right.magnitude + 2 * middle.magnitude + left.magnitude
      return ((right - middle + (left - middle)) / (h * h), size / (h * h))
    }
  }

  /// ∂²f/∂x∂y from the four corners of a rectangle.
  func differentiateTwice(
    _ f: (Double, Double) throws -> Double, at x: Double, _ y: Double
  ) throws -> DerivativeEstimate {
    try extrapolate { scale in
      let (h, k) = (scale * unit(x), scale * unit(y))
      let corners = [try f(x + h, y + k), -(try f(x + h, y - k)), -(try f(x - h, y + k)), try f(x - h, y - k)]
      let size = corners.reduce(0) { $0 + $1.magnitude }
      return (corners.reduce(0, +) / (4 * h * k), size / (4 * h * k))
    }
  }

  /// The first step: a power of two near |x|/8, so that x ± h and the quotients round little.
  private func unit(_ x: Double) -> Double { (x == 0 || !x.isFinite ? 0.125 : x.magnitude / 8).binade }

  /// The triangle over quotients at steps scaled by 1, ½, ¼, …; `size` is what roundoff is a share of.
  private func extrapolate(_ quotient: (_ scale: Double) throws -> (value: Double, size: Double)) rethrows
    -> DerivativeEstimate
  {
    var best = DerivativeEstimate(derivative: .nan, error: .infinity, status: .notFinite)
    var smallest = Double.infinity
    var previous: [Double] = []
    var scale = 1.0
    for _ in 0..<levels {
      let (value, size) = try quotient(scale)
      var row = [value]
      var factor = 4.0
      for old in previous {
        let last = row[row.count - 1]
        let better = last + (last - old) / (factor - 1)
        let error = 2 * max((better - last).magnitude, (better - old).magnitude) + 4 * .ulpOfOne * size
        if error < smallest {
          smallest = error
          best = DerivativeEstimate(derivative: better, error: error)
        }
        row.append(better)
        factor *= 4
      }
      previous = row
      scale /= 2
    }
    return best
  }

  /// The registry's entry: richardson, richardson:levels=6.
  static var entry: CatalogEntry<any Differentiator> {
    CatalogEntry(
      "richardson", summary: "central differences extrapolated to a step of zero",
      options: [.integer("levels", default: 10, in: 3...30, "how often the step is halved")]
    ) { options in
      Richardson(levels: try options.integer("levels"), name: options.specification)
    }
  }
}
