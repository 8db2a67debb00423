// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import RandomStreams

extension RandomProgram {
  /// What makes a program difficult.
  enum Style: String, CaseIterable, Sendable {
    /// Nothing.
    case plain
    /// Kinks at points that lie beside them by 10⁻⁹ … 10⁻³.
    case kinks
    /// Branches and loops.
    case branches
    /// x + δ sin(ω x), up to ω = 10⁷.
    case ripples
    /// Large parts added and taken away again, differences of nearly equal numbers.
    case cancelling
    /// Inputs of sizes 10⁻⁸⁵ … 10¹⁰⁰, outputs of 10⁻¹⁰⁰ … 10¹⁰⁰.
    case scaled
    /// All of it.
    case mixed
  }

  /// A program and its point, the same for the same seed on every machine with the same C library.
  static func make(_ style: Style, seed: UInt64) -> (program: RandomProgram, point: [Double]) {
    var maker = ProgramMaker(style: style, seed: seed)
    return maker.make()
  }
}

/// Draws operations whose values at the point stay moderate.
private struct ProgramMaker {
  let style: RandomProgram.Style
  var random: Xoshiro256
  var program: RandomProgram
  var point: [Double]
  var v: [Double]
  /// Below this, values have the inputs' scales and not the program's.
  var first = 0

  init(style: RandomProgram.Style, seed: UInt64) {
    self.style = style
    random = Xoshiro256(seed: seed &* 31 &+ UInt64(RandomProgram.Style.allCases.firstIndex(of: style) ?? 0))
    let count = 1 + random.below(4)
    program = RandomProgram(inputCount: count)
    point = []
    for _ in 0..<count { point.append(random.normal()) }
    v = point
  }

  mutating func make() -> (RandomProgram, [Double]) {
    let isScaled = style == .scaled || (style == .mixed && random.below(4) == 0)
    if isScaled {
      // The complex step is 1e-100 and has to be small beside an input.
      let decades = style == .mixed ? -12.0..<12 : -85.0..<100
      let scales = point.map { _ in Double.exp10(random.uniform(in: decades)) }
      point = zip(point, scales).map(*)
      v = point
      first = point.count
      for (i, scale) in scales.enumerated() { append(.times(i, 1 / scale)) }
    }
    let length = program.operations.count + 4 + random.below(16)
    while program.operations.count < length { step() }
    for _ in 0..<(1 + random.below(2)) {
      // A sum of a few late values, so that most operations matter.
      for _ in 0..<3 { append(.binary(.add, v.count - 1, Swift.max(first, v.count - 2 - random.below(8)))) }
      let sum = v.count - 1
      if isScaled { append(.times(sum, Double.exp10(random.uniform(in: style == .mixed ? -12..<12 : -100..<100)))) }
      program.outputs.append(v.count - 1)
      append(.unary(.tanh, sum))
    }
    return (program, point)
  }

  private mutating func append(_ operation: RandomProgram.Operation) {
    let value = RandomProgram.apply(operation, v)
    program.operations.append(operation)
    v.append(value)
  }

  private mutating func step() {
    let a = first + random.below(v.count - first)
    let b = Swift.max(first, v.count - 1 - random.below(4))
    if style != .plain, random.uniform() < 0.25 { special(a, b) } else { ordinary(a, b) }
    // What explodes is damped.
    let last = v.count - 1
    if !v[last].isFinite || v[last].magnitude > 1e3 {
      v.removeLast()
      program.operations.removeLast()
    } else if v[last].magnitude > 20 {
      append(.unary(.tanh, last))
    }
  }

  private mutating func ordinary(_ a: Int, _ b: Int) {
    switch random.below(10) {
    case 0..<5:
      let f = RandomProgram.Unary.allCases[random.below(RandomProgram.Unary.allCases.count)]
      if f.takes(v[b]), isSmooth(f, v[b]) { append(.unary(f, b)) }
    case 5..<9:
      let f = RandomProgram.Binary.allCases[random.below(RandomProgram.Binary.allCases.count)]
      let isTie = (f == .min || f == .max) && (v[a] - v[b]).magnitude < 0.02
      if f.takes(v[a], v[b]), !isTie { append(.binary(f, a, b)) }
    default:
      let f = RandomProgram.Kernel.allCases[random.below(RandomProgram.Kernel.allCases.count)]
      let indices = (0..<4).map { _ in first + random.below(v.count - first) }
      append(.kernel(f, Array(indices[0..<2]), Array(indices[2..<4])))
    }
  }

  /// Kinks that come about by accident are a little way off.
  private func isSmooth(_ f: RandomProgram.Unary, _ a: Double) -> Bool {
    switch f {
    case .abs, .relu, .leakyRelu: a.magnitude > 0.02
    case .clamp: (a + 0.75).magnitude > 0.02 && (a - 1.5).magnitude > 0.02
    default: true
    }
  }

  private mutating func special(_ a: Int, _ b: Int) {
    switch style {
    case .plain, .scaled: ordinary(a, b)
    case .kinks: kink(a, b)
    case .branches: branch(a, b)
    case .ripples: ripple(a)
    case .cancelling: cancel(a)
    case .mixed:
      switch random.below(4) {
      case 0: kink(a, b)
      case 1: branch(a, b)
      case 2: ripple(a)
      default: cancel(a)
      }
    }
  }

  private mutating func kink(_ a: Int, _ b: Int) {
    let distance = Double.exp10(random.uniform(in: -9 ..< -3)) * (random.below(2) == 0 ? 1 : -1)
    append(.minus(a, v[a] + distance))
    let u = v.count - 1
    switch random.below(7) {
    case 0: append(.unary(.abs, u))
    case 1: append(.unary(.relu, u))
    case 2: append(.unary(.leakyRelu, u))
    case 3:
      append(.times(u, 0.5))
      append(.binary(.min, u, u + 1))
    case 4:
      append(.binary(.add, u, b))
      append(.binary(.max, b, u + 1))
    case 5:
      append(.times(u, 2))
      append(.select(u, 0, u, u + 1))
    default:
      append(.minus(u, 0.75))
      append(.unary(.clamp, u + 1))
    }
  }

  private mutating func branch(_ a: Int, _ b: Int) {
    let side = random.below(2) == 0 ? 1.0 : -1
    let bound = v[a] + side * random.uniform(in: 0.05..<1)
    switch random.below(3) {
    case 0: append(.branch(a, bound, b))
    case 1: append(.select(a, bound, b, a))
    default:
      // Not where the number of rounds is just about to change.
      var y = v[a]
      var isClear = true
      for _ in 0..<7 {
        isClear = isClear && (y.magnitude - 0.7).magnitude > 0.01
        y = y * 0.6 + Double.sin(y) * 0.1
      }
      if isClear { append(.loop(a)) }
    }
  }

  private mutating func ripple(_ a: Int) {
    let frequency = Double.exp10(random.uniform(in: 2..<7))
    append(.ripple(a, Double.exp10(random.uniform(in: -2..<0.5)) / frequency, frequency))
  }

  private mutating func cancel(_ a: Int) {
    append(
      random.below(2) == 0
        ? .swallow(a, Double.exp10(random.uniform(in: 2..<8)))
        : .nearlyEqual(a, Double.exp10(random.uniform(in: -7 ..< -2))))
  }
}
