// SPDX-License-Identifier: Apache-2.0

/// f(x) taken three times: the values that everything else is held against.
enum PlainValue {
  case value([Double])
  case failed(Verdict, String, [Double])

  init(_ f: TargetFunction, _ x: [Double]) throws {
    if let j = x.firstIndex(where: { !$0.isFinite }) {
      self = .failed(.notFinite, "the point is not finite: \(f.inputName(j)) = \(x[j])", [])
      return
    }
    let first = try f.value(at: x)
    for _ in 0..<2 {
      if let difference = try PlainValue.difference(f, x, from: first) {
        self = .failed(.notDeterministic, difference, first)
        return
      }
    }
    if let i = first.firstIndex(where: { !$0.isFinite }) {
      let output = first.count == 1 ? "the function's value" : "output y[\(i)]"
      // NaN has a sign in its text, and means nothing by it.
      let value = first[i].isNaN ? "nan" : "\(first[i])"
      self = .failed(.notFinite, "\(output) is \(value) at this point; no derivative can be trusted there", first)
      return
    }
    self = .value(first)
  }

  /// In words, how f(x) evaluated now differs from an earlier value; nil where it is the same.
  static func difference(_ f: TargetFunction, _ x: [Double], from first: [Double]) throws -> String? {
    let again = try f.value(at: x)
    let same = again.count == first.count && zip(again, first).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
    if same { return nil }
    let i = zip(again, first).enumerated().first { $1.0 != $1.1 }?.offset
    let values = i.map { "\(first[$0]), then \(again[$0])" } ?? "\(first.count) outputs, then \(again.count)"
    return "the function gives different values for the same point: \(values)"
  }

  /// How far f moves when its inputs move by an ulp: the noise that its value carries in any case.
  ///
  /// Cost: eight evaluations.
  static func noise(_ f: TargetFunction, _ x: [Double], _ value: [Double]) -> [Double] {
    var noise = value.map { $0.magnitude * Double.ulpOfOne }
    for k in 0..<8 {
      // Eight patterns of up and down, different for neighbouring inputs.
      let near = x.enumerated().map { j, v in ((j &* 7 &+ k) % 8) & 1 == (k >> 1) & 1 ? v.nextUp : v.nextDown }
      guard let moved = try? f.value(at: near), moved.count == value.count else { continue }
      for i in noise.indices where moved[i].isFinite { noise[i] = max(noise[i], (moved[i] - value[i]).magnitude) }
    }
    return noise
  }
}
