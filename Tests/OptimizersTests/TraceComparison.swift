// SPDX-License-Identifier: Apache-2.0

/// The first place where two traces differ by more than `tolerance` times the parameter's largest magnitude,
/// or nil.
///
/// A step computes a parameter with one rounding here and one there, each at most half an ulp (1.1e-16 of the
/// magnitude), and the roundings of an update are of the same order: over 20 steps that is some 5e-15.
func firstDifference(
  _ found: [[Double]], _ expected: [[Double]], start: [Double], tolerance: Double = 1e-14
) -> String? {
  guard found.count == expected.count else { return "\(found.count) steps instead of \(expected.count)" }
  let scale = start.indices.map { i in
    expected.reduce(start[i].magnitude) { $1.indices.contains(i) ? max($0, $1[i].magnitude) : $0 }
  }
  for step in expected.indices {
    guard found[step].count == start.count, expected[step].count == start.count else {
      return "step \(step): \(found[step].count) components instead of \(start.count)"
    }
    for i in start.indices {
      let difference = (found[step][i] - expected[step][i]).magnitude
      if !(difference <= tolerance * scale[i]) {
        return "step \(step), component \(i): \(found[step][i]) instead of \(expected[step][i])"
      }
    }
  }
  return nil
}
