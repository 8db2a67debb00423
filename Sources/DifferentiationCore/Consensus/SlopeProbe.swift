// SPDX-License-Identifier: Apache-2.0
//
// The check's own witness, used only where methods disagree: the slopes on the two sides of a point, from values of
// the function alone. Each side is a table of one-sided quotients with halved steps, extrapolated to step zero as
// Ridders does (1982, doi:10.1016/0141-1195(82)80007-0); the entry with the smallest error estimate counts. Unlike a
// central difference it sees a kink as what it is: two slopes.

/// The slope on one side with an error estimate.
struct SideSlope {
  var slope: Double
  var error: Double
}

/// The slopes left and right of a point; nil on a side where the function is not finite.
struct SlopeProbe {
  var left: SideSlope?
  var right: SideSlope?

  /// Probes f at x, whose value there is `value`.
  init(_ f: (Double) throws -> Double, at x: Double, value: Double) {
    left = SlopeProbe.side(f, x, value, -1)
    right = SlopeProbe.side(f, x, value, 1)
  }

  /// Whether the two slopes differ by more than their errors and a part of their size.
  var isKink: Bool {
    guard let left, let right else { return false }
    let gap = (left.slope - right.slope).magnitude
    return gap > 4 * (left.error + right.error) && gap > 1e-6 * max(left.slope.magnitude, right.slope.magnitude)
  }

  /// The interval of slopes that the values allow; nil where neither side is defined.
  var interval: (lower: Double, upper: Double, error: Double)? {
    let sides = [left, right].compactMap { $0 }
    guard let first = sides.first else { return nil }
    guard sides.count == 2, !isKink else {
      let slopes = sides.map(\.slope)
      return (slopes.min() ?? first.slope, slopes.max() ?? first.slope, sides.map(\.error).max() ?? 0)
    }
    // The same slope twice: the better of the two.
    let best = sides[0].error <= sides[1].error ? sides[0] : sides[1]
    return (best.slope, best.slope, best.error)
  }

  private static func side(_ f: (Double) throws -> Double, _ x: Double, _ value: Double, _ sign: Double) -> SideSlope? {
    var best: SideSlope?
    var previous: [Double] = []
    // Powers of two keep x + h exact for most steps; the representable difference is used in any case.
    let scale = max(x.magnitude, 0x1p-20)
    var h = scale.binade * 0x1p-6
    for _ in 0..<26 {
      h /= 2
      let point = x + sign * h
      let step = point - x
      guard step != 0, let y = try? f(point), y.isFinite else {
        previous = []
        continue
      }
      let roundoff = 4 * Double.ulpOfOne * (value.magnitude + y.magnitude) / step.magnitude
      var row = [(y - value) / step]
      var factor = 1.0
      for (j, older) in previous.enumerated() {
        factor *= 2
        row.append(row[j] + (row[j] - older) / (factor - 1))
        let error = max((row[j + 1] - row[j]).magnitude, (row[j + 1] - older).magnitude) + roundoff
        if error < best?.error ?? .infinity { best = SideSlope(slope: row[j + 1], error: error) }
      }
      previous = Array(row.prefix(8))
    }
    return best
  }
}

/// Probes of one function at one point, each taken once.
final class ProbeCache {
  private struct Place: Hashable {
    let row: Int
    let column: Int
  }

  private let f: TargetFunction
  private let x: [Double]
  private let value: [Double]
  private var known: [Place: SlopeProbe] = [:]

  init(_ f: TargetFunction, _ x: [Double], _ value: [Double]) {
    self.f = f
    self.x = x
    self.value = value
  }

  func probe(row i: Int, column j: Int) -> SlopeProbe {
    let place = Place(row: i, column: j)
    if let probe = known[place] { return probe }
    var point = x
    let probe = SlopeProbe(
      { t in
        point[j] = t
        return try f.value(at: point)[i]
      }, at: x[j], value: value[i])
    known[place] = probe
    return probe
  }
}
