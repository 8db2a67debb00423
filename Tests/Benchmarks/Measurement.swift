// SPDX-License-Identifier: Apache-2.0

/// Two sides of a comparison: the shortest of eleven rounds, in microseconds a call, the two taken in turns.
struct Measurement {
  let first: Double
  let second: Double
  var ratio: Double { first / second }
}

/// Times two bodies in turns. Their results are summed and looked at, so that nothing is optimised away.
func ratio(
  _ calls: Int, _ first: () throws -> Double, to second: () throws -> Double
) rethrows -> Measurement {
  var best = (Double.infinity, Double.infinity)
  var sum = 0.0
  for _ in 0..<11 {
    best.0 = min(best.0, try microseconds(calls, first, &sum))
    best.1 = min(best.1, try microseconds(calls, second, &sum))
  }
  precondition(!sum.isNaN, "a benchmark computed NaN")
  return Measurement(first: best.0, second: best.1)
}

@inline(never)
private func microseconds(_ calls: Int, _ body: () throws -> Double, _ sum: inout Double) rethrows -> Double {
  let clock = ContinuousClock()
  let start = clock.now
  for _ in 0..<calls { sum += try body() }
  return (clock.now - start) / .microseconds(1) / Double(calls)
}

/// The benchmarks of a run.
struct Benchmarks {
  /// Whether ratios above their limits are measured again.
  let isCheck: Bool
  /// The smallest ratio of each.
  private(set) var ratios: [String: Double] = [:]

  init(isCheck: Bool) { self.isCheck = isCheck }

  /// Measures, and prints one line: the ratio, and both times for orientation.
  mutating func report(_ name: String, _ measure: () throws -> Measurement) rethrows {
    var best = try measure()
    for _ in 1..<Limits.attempts where isCheck && !(best.ratio <= Limits.table[name] ?? 0) {
      let next = try measure()
      if next.ratio < best.ratio { best = next }
    }
    ratios[name] = best.ratio
    func text(_ x: Double, _ decimals: Double) -> String { "\((x * decimals).rounded() / decimals)" }
    print(
      "\(text(best.ratio, 100))  \(name)  (\(text(best.first, 1000)) against "
        + "\(text(best.second, 1000)) microseconds)")
  }
}
