// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars

// How the step is found. A round at the step h lets GSL evaluate there and at the step that it thinks best, some 10⁻⁵ of
// the function's own scale; one more pair at h/4 makes the values at h a rule of order 6. The wide stencil is the accurate
// one (10⁻¹³), the narrow one a witness: it sits inside the function's scale when the wide one does not. An estimate
// counts if all estimates at smaller steps allow it; of those the one with the smallest error is taken. Where truncation
// rules, the next round is at a smaller step; where wide and narrow contradict each other, at GSL's step times 2⁹. Where
// neighbours are equal although the slope says otherwise, the function takes steps: its noise is their height.

/// The search for one derivative of one function at one point.
struct StepSearch {
  let order: Int
  let x: Double
  /// f(x), finite.
  let center: Double
  /// The first step, a power of two.
  let initialStep: Double
  private var stencils: [Stencil] = []
  private var noise = 0.0
  /// The height of the function's steps, where it takes steps as rounded values do; 0 where it does not.
  private var quantum = 0.0
  /// All values so far.
  private var values: [Double] = []
  private var rule = InterpolationRule()
  private var smallestChange: Double { values.map { ($0 - center).magnitude }.filter { $0 > 0 }.min() ?? 0 }

  init(order: Int, x: Double, center: Double, relativeStep: Double) {
    self.order = order
    self.x = x
    self.center = center
    initialStep = powerOfTwo(below: relativeStep) * powerOfTwo(below: max(1, x.magnitude))
  }

  /// The best estimate with one rule; nil where no step gives finite values.
  mutating func best(_ side: Side, of f: (Double) throws -> Double) throws -> Stencil? {
    stencils = []
    noise = 0
    quantum = 0
    values = []
    let smallest = powerOfTwo(below: max(x.magnitude, 1e-290)) * (order == 1 ? 0x1p-46 : 0x1p-40)
    var h = initialStep
    var rounds = 0
    var misses = 0
    while rounds < 8, misses < 15, h >= smallest {
      guard let round = try round(side, step: h, of: f) else {
        misses += 1
        h = stencils.isEmpty ? stepAfterMiss(h, misses) : h / 8
        continue
      }
      rounds += 1
      stencils += [round.wide] + round.narrow
      if let measured = round.noise { noise = round.isFlat ? max(noise, measured) : measured }
      if round.isFlat { quantum = granularity(of: values, around: center) ?? (noise > 0 ? 0 : smallestChange) }
      let choice = choose()
      // The stencil again, now with the noise in its error.
      let wide = weighed(round.wide)
      let limit = wide.error - wide.truncation - wide.kink
      if choice.step == wide.step, wide.truncation + wide.kink <= limit {
        guard let closer = closerStep(h, wide) else { break }
        h = closer
        continue
      }
      let contradicted = round.narrow.contains { !wide.agrees(with: weighed($0)) }
      if !contradicted, choice.step > 1.5 * wide.step, rounds > 2 { break }
      h = powerOfTwo(below: nextStep(h, wide, limit: limit, side: side, hint: contradicted ? round.optimalStep : 0))
    }
    return stencils.isEmpty ? nil : choose()
  }

  /// A smaller step where the values around x are so much larger than f(x) that it is their roundoff which spoils the
  /// digits, such as x⁴ at 10⁻⁸: on the scale of x where the step reaches beyond 0, else a 64th. Nil where there is
  /// nothing to gain.
  private func closerStep(_ h: Double, _ wide: Stencil) -> Double? {
    guard wide.value != 0, wide.error > 1e-9 * wide.value.magnitude, wide.largest > 1024 * center.magnitude else {
      return nil
    }
    return x != 0 && h > x.magnitude ? powerOfTwo(below: x.magnitude) / 4 : h / 64
  }

  /// After values that are not finite: smaller, and after three misses on the scale of x itself.
  private func stepAfterMiss(_ h: Double, _ misses: Int) -> Double {
    guard misses == 3, x != 0, x.magnitude < 1 else { return h / 16 }
    return min(h / 16, initialStep * powerOfTwo(below: x.magnitude))
  }

  private func nextStep(_ h: Double, _ wide: Stencil, limit: Double, side: Side, hint: Double) -> Double {
    if hint > 0 { return min(h / 4, hint * 0x1p9) }
    let ratio = limit / (wide.truncation + wide.kink + .leastNormalMagnitude)
    let factor = Double.pow(ratio, side == .central ? 1.0 / 6 : 1.0 / 4)
    return h * min(max(factor, 0x1p-10), 0.25)
  }

  /// The error with the noise, and for a stencil of equal values with the smallest change seen elsewhere: a function
  /// that moves by less than that looks constant.
  private func weighed(_ stencil: Stencil) -> Stencil {
    var result = stencil
    result.error =
      stencil.truncation + stencil.kink
      + max(stencil.roundoff, max(2 * noise, quantum / 2) * stencil.amplification)
    if stencil.smallestChange == nil, let quantum = stencils.compactMap(\.smallestChange).min() {
      result.error += quantum * stencil.amplification
    }
    return result
  }

  private func choose() -> Stencil {
    let ascending = stencils.map(weighed).sorted { $0.step < $1.step }
    var best = ascending[0]
    for (i, candidate) in ascending.enumerated().dropFirst() where candidate.error < best.error {
      if ascending[..<i].allSatisfy({ candidate.agrees(with: $0) }) { best = candidate }
    }
    return best
  }

  /// What a round found.
  private struct Round {
    var wide: Stencil
    var narrow: [Stencil] = []
    /// nil where the narrow values were not finite.
    var noise: Double?
    /// The step of the noise.
    var optimalStep = 0.0
    /// Whether neighbours are equal where the slope says that they are not.
    var isFlat = false
  }

  /// One round, or nil where a value is not finite.
  private mutating func round(_ side: Side, step h: Double, of f: (Double) throws -> Double) throws -> Round? {
    let pass = try GSLPass.run(side, at: x, step: h, of: f)
    guard pass.wide.count == 4 else { return nil }
    var samples = pass.wide
    if side == .central {
      samples.append(Sample(point: x + h / 4, value: try f(x + h / 4)))
      samples.append(Sample(point: x - h / 4, value: try f(x - h / 4)))
      guard samples.allSatisfy(\.value.isFinite) else { return nil }
    }
    let subsets = side == .central ? [2, 4] : [2, 3]
    guard let wide = stencil(side, innerFirst(samples), subsets: subsets) else { return nil }
    for sample in samples { values.append(sample.value) }
    for sample in pass.narrow { values.append(sample.value) }
    var round = Round(wide: wide)
    guard let first = witness(side, pass.narrow, &round) else { return round }
    (round.noise, round.optimalStep, round.isFlat) = (first.noise, pass.optimalStep, first.isFlat)
    // Far above the values' roundoff, the differences may be the function's own shape, which GSL's step has not
    // resolved: then they fall by 64³ at a step 64 times smaller, and noise does not.
    let largest = pass.narrow.reduce(center.magnitude) { max($0, $1.value.magnitude) }
    guard first.noise > 30 * .ulpOfOne * largest else { return round }
    let closer = try GSLPass.run(side, at: x, step: pass.optimalStep / 64, of: f)
    values += closer.wide.map(\.value)
    guard let second = witness(side, closer.wide, &round) else { return round }
    if second.isFlat {
      round.isFlat = true
    } else if second.noise < first.noise / 1000 {
      (round.noise, round.optimalStep) = (second.noise, pass.optimalStep / 64)
    }
    return round
  }

  /// The stencil of four values of a GSL pass, the noise that they show, and whether neighbours among them are equal
  /// where the slope says that they are not.
  private mutating func witness(
    _ side: Side, _ samples: [Sample], _ round: inout Round
  ) -> (noise: Double, isFlat: Bool)? {
    guard samples.count == 4 else { return nil }
    let sorted = innerFirst(samples)
    guard let narrow = stencil(side, sorted, subsets: side == .central ? [2] : [2, 3]) else { return nil }
    round.narrow.append(narrow)
    guard sorted.count == 4 else { return nil }
    let (a, b, c, d) = (sorted[0].value, sorted[1].value, sorted[2].value, sorted[3].value)
    let line = side == .central ? [d, b, center, a, c] : [center, a, b, c, d]
    let rise = round.wide.slope.magnitude * narrow.step / (side == .central ? 2 : 4)
    let largest = line.map(\.magnitude).max() ?? 0
    return (roughness(of: line), zip(line, line.dropFirst()).contains { $0 == $1 } && rise >= 4 * largest.ulp)
  }

  private mutating func stencil(_ side: Side, _ samples: [Sample], subsets: [Int]) -> Stencil? {
    Stencil(
      side: side, order: order, x: x, center: center, samples: samples, subsets: subsets, rule: &rule)
  }

  /// By distance from x on each side; in a pair the right one first. Without pairs those of one side, the right one's if
  /// there are any.
  private func innerFirst(_ samples: [Sample]) -> [Sample] {
    let rightCount = samples.reduce(0) { $0 + ($1.point > x ? 1 : 0) }
    let isPaired = 2 * rightCount == samples.count
    let chosen = isPaired || rightCount == 0 ? samples : samples.filter { $0.point > x }
    var result = chosen
    for i in chosen.indices {
      let point = chosen[i].point
      let isRight = point > x
      // There are six samples at most.
      var rank = 0
      for j in chosen.indices {
        let other = chosen[j].point
        guard (other > x) == isRight else { continue }
        if isRight ? other < point : other > point { rank += 1 }
        if other == point, j < i { rank += 1 }
      }
      result[isPaired ? 2 * rank + (isRight ? 0 : 1) : rank] = chosen[i]
    }
    return result
  }
}

/// The largest power of two up to a positive number.
func powerOfTwo(below x: Double) -> Double { x.isFinite && x > 0 ? x.binade : 0 }
