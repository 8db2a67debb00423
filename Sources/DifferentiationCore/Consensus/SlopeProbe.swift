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
//   of these. N itself is measured too, on nine values close together, so that cancellation inside the function
//   counts (after the idea of Moré & Wild 2011, doi:10.1137/100786125).
// - Structure. A table at coarse steps may converge to the slope beyond a kink. If a finer table says something else
//   beyond both errors, the finer one is right, for a slope is a limit: `fine` and `coarse`. Unless the coarse slopes
//   of the two sides are the same: then the function is smooth with something small on top, a ripple or the steps of
//   rounded values, and values do not tell which of the two is the derivative. Both are accepted.
// A function rounded to fewer digits (Float inside, or a large number added and taken away) is constant over short
// steps. Where some steps change nothing, the smallest change seen counts as noise; otherwise "no change" would be
// taken for an exact zero.
// A coordinate's own size is the scale on which a function of it may vary: slopes that need steps far beyond |x| are
// weaker evidence (`isFar`).

/// A slope with its error.
struct Slope {
  var value: Double
  var error: Double

  /// Whether two slopes differ by more than their errors. Four times, because they are estimates.
  func contradicts(_ other: Slope) -> Bool { (value - other.value).magnitude > 4 * (error + other.error) }
}

/// The slope on one side of a point.
struct SideSlope {
  /// The slope at the finest step at which it can be told.
  var fine: Slope
  /// Another slope that coarser steps see: beyond a kink, or without a ripple.
  var coarse: Slope?
  /// Whether `fine` comes from steps far beyond |x|.
  var isFar: Bool
  /// The noise of the values, in units of their last place; 1 at the least.
  var noise: Double
  /// What is left of the change of value as the step goes to zero; nil where nothing is.
  var jump: Double?
}

/// The slopes left and right of a point; nil on a side where the function is not finite.
struct SlopeProbe {
  let left: SideSlope?
  let right: SideSlope?

  /// What is believed of anything that comes from values, as a part of it.
  static let halfOfTheDigits = 0x1p-26

  /// Probes f at x, whose value there is `value`; f is nil where the function has no finite value.
  ///
  /// Cost: 42 evaluations a side, and more for 0 < |x| < 1, down to steps of 2⁻³⁸ |x|.
  init(_ f: (Double) -> Double?, at x: Double, value: Double) {
    left = SlopeProbe.side(f, x, value, -1)
    right = SlopeProbe.side(f, x, value, 1)
  }

  /// The side on which the function jumps, and by how much; nil where it does not.
  var jump: (side: String, height: Double)? {
    left?.jump.map { ("left", $0) } ?? right?.jump.map { ("right", $0) }
  }

  /// Whether the slopes on the two sides differ, by more than their errors and a part of their size.
  var isKink: Bool { coarseSlope == nil && finePair.map(SlopeProbe.differ) ?? false }

  /// Whether there is a kink or a ripple within the steps of a difference quotient.
  var hasStructure: Bool { left?.coarse != nil || right?.coarse != nil || isKink }

  /// Whether the function has values on one side only.
  var isOneSided: Bool { (left == nil) != (right == nil) }

  /// Whether the slopes come from steps far beyond the size of the coordinate.
  var isFar: Bool { (left?.isFar ?? true) && (right?.isFar ?? true) }

  /// The noise of the values, in units of their last place; 1 at the least.
  var noise: Double { max(left?.noise ?? 1, right?.noise ?? 1) }

  /// Slopes that the values allow.
  struct Interval {
    var lower: Double
    var upper: Double
    var error: Double

    /// How far a slope is outside; 0 inside.
    func distance(_ slope: Double) -> Double { max(0, lower - slope, slope - upper) }
  }

  /// All slopes that the values allow; empty where neither side is defined.
  var intervals: [Interval] {
    guard let interval else { return [] }
    return [interval] + (coarseSlope.map { [Interval(lower: $0.value, upper: $0.value, error: $0.error)] } ?? [])
  }

  /// The slopes that the values at the finest steps allow; nil where neither side is defined.
  ///
  /// No more than half of the digits is believed: a kink nearby with a gap below that cannot be told from noise.
  var interval: Interval? {
    guard var interval = measuredInterval else { return nil }
    interval.error = max(interval.error, Self.halfOfTheDigits * max(interval.lower.magnitude, interval.upper.magnitude))
    return interval
  }

  /// The same with the errors as they were measured: for finding who is near, not for refuting.
  var measuredInterval: Interval? {
    guard let (a, b) = finePair else {
      return (left ?? right).map { Interval(lower: $0.fine.value, upper: $0.fine.value, error: $0.fine.error) }
    }
    if SlopeProbe.differ(a, b) {
      return Interval(lower: min(a.value, b.value), upper: max(a.value, b.value), error: max(a.error, b.error))
    }
    // The same slope twice: the better of the two, with what is left of the difference as doubt.
    let best = a.error <= b.error ? a : b
    let gap = (a.value - b.value).magnitude
    let doubt = gap > a.error + b.error ? gap : 0
    return Interval(lower: best.value, upper: best.value, error: best.error + doubt)
  }

  /// The slope at coarse steps, where it is one for both sides and not the one at fine steps.
  private var coarseSlope: Slope? {
    guard let left, let right, left.coarse != nil || right.coarse != nil else { return nil }
    let (a, b) = (left.coarse ?? left.fine, right.coarse ?? right.fine)
    return a.contradicts(b) ? nil : (a.error <= b.error ? a : b)
  }

  private var finePair: (Slope, Slope)? {
    guard let left, let right else { return nil }
    return (left.fine, right.fine)
  }

  private static func differ(_ a: Slope, _ b: Slope) -> Bool {
    a.contradicts(b) && (a.value - b.value).magnitude > 1e-9 * max(a.value.magnitude, b.value.magnitude)
  }

  /// Coordinates below this have no steps of their own.
  private static let smallest = 0x1p-960

  private struct Sample {
    var step: Double
    var change: Double
    var size: Double
  }

  private struct Window {
    var slope: Slope
    var step: Double
  }

  private static func side(_ f: (Double) -> Double?, _ x: Double, _ value: Double, _ sign: Double) -> SideSlope? {
    // Powers of two: x + h is exact and so is each halving, wherever x has the digits.
    let coarsest = max(x.magnitude, 1).binade * 0x1p-5
    let finest = 0x1p-38 * (x == 0 ? 1 : max(x.magnitude, SlopeProbe.smallest))
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
    let valid = samples.compactMap { $0 }
    let noise = max(closeNoise(f, x, value, sign), plateauNoise(f, x, valid))
    guard var slope = choose(windows(samples, noise: noise), size: x.magnitude) else { return nil }
    // In units of the values that a difference quotient would take, some thousandths away.
    let size = valid.first { $0.step.magnitude <= 0x1p-5 * coarsest }?.size ?? value.magnitude
    if size > 0 { slope.noise = max(1, max(noise, slope.noise) / (Double.ulpOfOne * size)) }
    slope.jump = jump(samples)
    return slope
  }

  /// What the changes of value come to where they stay the same over the eight finest steps, of which each is half the
  /// one before: with a derivative they would be halved, too, and noise would change them. Beside the size of the values
  /// they must not be the single digit of a rounded number, `Float` included.
  private static func jump(_ samples: [Sample?]) -> Double? {
    let finest = samples.suffix(8).compactMap { $0 }
    guard finest.count == 8, let last = finest.last else { return nil }
    let stays = finest.allSatisfy { ($0.change - last.change).magnitude <= 1e-3 * last.change.magnitude }
    return stays && last.change.magnitude > 1e-6 * last.size ? last.change : nil
  }

  private static func windows(_ samples: [Sample?], noise valueNoise: Double) -> [Window] {
    var windows: [Window] = []
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
      // Where nothing changes at all, the sizes inside are not known: at least of order 1.
      let size = five.allSatisfy { $0.change == 0 } ? max(five[4].size, 1) : five[4].size
      let noise = 8 * max(Double.ulpOfOne * size, valueNoise) / step
      guard row[4].isFinite, spread.isFinite else { continue }
      windows.append(Window(slope: Slope(value: row[4], error: spread + noise), step: step))
    }
    var envelope = 0.0
    for i in windows.indices.reversed() {
      envelope = max(envelope, windows[i].slope.error * windows[i].step)
      windows[i].slope.error = envelope / windows[i].step
    }
    return windows
  }

  /// The noise of values around x: twice the largest distance of nine values close together from a straight line.
  ///
  /// Rounding errors are regular at regular distances, and then invisible: the distances grow irregularly, over a
  /// range of 10⁻¹⁰ |x|, where no smooth function is curved.
  private static func closeNoise(_ f: (Double) -> Double?, _ x: Double, _ value: Double, _ sign: Double) -> Double {
    let unit = sign * 401 * (x == 0 ? Double.ulpOfOne : max(x.magnitude, SlopeProbe.smallest).ulp)
    var points = [(step: 0.0, change: 0.0)]
    for multiple in [1.0, 5, 18, 47, 111, 256, 601, 1399] {
      let point = x + multiple * unit
      guard let y = f(point), (y - value).isFinite else { return 0 }
      points.append((point - x, y - value))
    }
    let count = Double(points.count)
    let center = points.reduce(0) { $0 + $1.step } / count
    let mean = points.reduce(0) { $0 + $1.change } / count
    let spread = points.reduce(0) { $0 + ($1.step - center) * ($1.step - center) }
    let slope = points.reduce(0) { $0 + ($1.step - center) * $1.change } / spread
    return 2 * points.reduce(0) { max($0, ($1.change - mean - slope * ($1.step - center)).magnitude) }
  }

  /// The height of the steps of rounded values: the smallest change of value, where some changes are exactly zero.
  ///
  /// A function that is flat around x, such as a unit that is off, has such a smallest change too, where the flat part
  /// ends. Further out it changes all the time; rounded values stay the same again.
  private static func plateauNoise(_ f: (Double) -> Double?, _ x: Double, _ samples: [Sample]) -> Double {
    let changing = samples.filter { $0.change != 0 }
    guard changing.count < samples.count, let least = changing.min(by: { $0.change.magnitude < $1.change.magnitude })
    else { return 0 }
    if least.change.magnitude <= 16 * Double.ulpOfOne * least.size { return least.change.magnitude }
    let beyond = (0...4).map { f(x + least.step * (1 + Double($0) / 8)) }
    return zip(beyond, beyond.dropFirst()).contains { $0 == $1 } ? least.change.magnitude : 0
  }

  private static func choose(_ windows: [Window], size: Double) -> SideSlope? {
    let sharpest = { (windows: [Window]) in windows.min { $0.slope.error < $1.slope.error } }
    // A window's smallest step is a sixteenth of its largest.
    let near = windows.filter { size == 0 || $0.step <= size / 4 }
    guard var best = sharpest(windows) else { return nil }
    if let close = sharpest(near), close.slope.error <= 1e-3 * close.slope.value.magnitude { best = close }
    while let finer = sharpest(windows.filter { $0.step < best.step && $0.slope.contradicts(best.slope) }) {
      best = finer
    }
    let coarser = sharpest(windows.filter { $0.step > best.step && $0.slope.contradicts(best.slope) })
    return SideSlope(
      fine: best.slope, coarse: coarser?.slope, isFar: size != 0 && best.step > size / 4,
      // An extrapolated slope shows the noise sixteenfold.
      noise: best.slope.error * best.step / 16)
  }
}
