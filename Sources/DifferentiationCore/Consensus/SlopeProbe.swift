// SPDX-License-Identifier: Apache-2.0
//
// The check's own witness, used only where methods disagree: the slopes on the two sides of a point, from values of
// the function alone. Unlike a central difference it sees a kink as what it is: two slopes.
//
// One side is sampled at steps halved from coarse to fine. Each five neighbouring quotients are extrapolated to step
// zero (Richardson; the table of Ridders 1982, doi:10.1016/0141-1195(82)80007-0), with the spread of the last entries
// as the error. Two things make that error honest:
// - Noise. Ridders keeps the smallest spread he meets, which among thirty noisy tables is a lucky one. Noise N gives a
//   spread of N/h, so whatever is seen at a finer step h' must be feared at h as h'/h of it: the error is the largest
//   of these. It needs no assumption on where the noise comes from: cancellation inside the function counts.
// - Structure. A table at coarse steps may converge to the slope beyond a kink, or to the mean of a fine ripple. If a
//   finer table says something else beyond both errors, the finer one is right: the slope is a limit.
// A function rounded to fewer digits (Float inside) is constant over short steps. The smallest change of value seen
// then counts as noise; otherwise "no change" would be taken for an exact zero.

/// The slope on one side of a point.
struct SideSlope {
  /// The slope at the finest step at which it can be told.
  var slope: Double
  /// Its error.
  var error: Double
  /// Whether coarser steps see another slope: a kink or a ripple nearby.
  var hasStructure: Bool
}

/// The slopes left and right of a point; nil on a side where the function is not finite.
struct SlopeProbe {
  let left: SideSlope?
  let right: SideSlope?

  /// Probes f at x, whose value there is `value`; f is nil where the function has no finite value.
  ///
  /// Cost: 34 evaluations a side, and more for 0 < |x| < 1, down to steps of 2⁻³⁸ |x|.
  init(_ f: (Double) -> Double?, at x: Double, value: Double) {
    left = SlopeProbe.side(f, x, value, -1)
    right = SlopeProbe.side(f, x, value, 1)
  }

  /// Whether the two slopes differ by more than their errors and a part of their size.
  var isKink: Bool {
    guard let left, let right else { return false }
    let gap = (left.slope - right.slope).magnitude
    return gap > 4 * (left.error + right.error) && gap > 1e-9 * max(left.slope.magnitude, right.slope.magnitude)
  }

  /// Whether there is a kink or a ripple within the steps of a difference quotient.
  var hasStructure: Bool { left?.hasStructure ?? false || right?.hasStructure ?? false || isKink }

  /// Whether the function has values on one side only.
  var isOneSided: Bool { (left == nil) != (right == nil) }

  /// The slopes that the values allow.
  struct Interval {
    var lower: Double
    var upper: Double
    var error: Double
  }

  /// The slopes that the values allow; nil where neither side is defined.
  var interval: Interval? {
    guard let left, let right else {
      return (left ?? right).map { Interval(lower: $0.slope, upper: $0.slope, error: $0.error) }
    }
    if isKink {
      return Interval(
        lower: min(left.slope, right.slope), upper: max(left.slope, right.slope), error: max(left.error, right.error))
    }
    // The same slope twice: the better of the two, with what is left of the difference as doubt.
    let best = left.error <= right.error ? left : right
    let gap = (left.slope - right.slope).magnitude
    let doubt = gap > left.error + right.error ? gap : 0
    return Interval(lower: best.slope, upper: best.slope, error: best.error + doubt)
  }

  private struct Sample {
    var step: Double
    var change: Double
    var size: Double
  }

  private struct Window {
    var slope: Double
    var error: Double
    var step: Double
  }

  private static func side(_ f: (Double) -> Double?, _ x: Double, _ value: Double, _ sign: Double) -> SideSlope? {
    // Powers of two: x + h is exact and so is each halving, wherever x has the digits.
    let coarsest = max(x.magnitude, 1).binade * 0x1p-5
    let finest = 0x1p-38 * (x == 0 ? 1 : max(x.magnitude, 0x1p-62))
    var samples: [Sample?] = []
    var h = coarsest
    while h >= finest {
      let point = x + sign * h
      let step = point - x
      if step != 0, let y = f(point), y.isFinite, (y - value).isFinite {
        samples.append(Sample(step: step, change: y - value, size: max(y.magnitude, value.magnitude)))
      } else {
        samples.append(nil)
      }
      h /= 2
    }
    return choose(windows(samples, value))
  }

  private static func windows(_ samples: [Sample?], _ value: Double) -> [Window] {
    var windows: [Window] = []
    let plateau = plateauNoise(samples.compactMap { $0 }, value)
    for end in samples.indices.dropFirst(4) {
      let five = samples[(end - 4)...end].compactMap { $0 }
      guard five.count == 5 else { continue }
      var row = five.map { $0.change / $0.step }
      var previous = row
      for level in 1...4 {
        previous = row
        let factor = Double(1 << level) - 1
        for m in stride(from: 4, through: level, by: -1) { row[m] += (row[m] - previous[m - 1]) / factor }
      }
      let spread = max((row[4] - previous[4]).magnitude, (row[4] - previous[3]).magnitude)
      // Five extrapolated quotients amplify the roundoff of the last, two values of half an ulp each, eightfold.
      let step = five[4].step.magnitude
      let noise = 8 * max(Double.ulpOfOne * five[4].size, plateau) / step
      guard row[4].isFinite, spread.isFinite else { continue }
      windows.append(Window(slope: row[4], error: spread + noise, step: step))
    }
    var envelope = 0.0
    for i in windows.indices.reversed() {
      envelope = max(envelope, windows[i].error * windows[i].step)
      windows[i].error = envelope / windows[i].step
    }
    return windows
  }

  /// The smallest change of value, where some steps change nothing at all and it is small beside the value.
  private static func plateauNoise(_ samples: [Sample], _ value: Double) -> Double {
    guard samples.contains(where: { $0.change == 0 }) else { return 0 }
    let smallest = samples.map(\.change.magnitude).filter { $0 > 0 }.min() ?? 0
    return smallest <= 0x1p-20 * value.magnitude ? smallest : 0
  }

  private static func choose(_ windows: [Window]) -> SideSlope? {
    let contradicts = { (a: Window, b: Window) in (a.slope - b.slope).magnitude > 4 * (a.error + b.error) }
    guard var best = windows.min(by: { $0.error < $1.error }) else { return nil }
    while let finer = windows.filter({ $0.step < best.step && contradicts($0, best) }).min(by: { $0.error < $1.error })
    {
      best = finer
    }
    return SideSlope(slope: best.slope, error: best.error, hasStructure: windows.contains { contradicts($0, best) })
  }
}
