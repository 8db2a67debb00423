// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import DifferentiationTesting
import RandomStreams

/// Uniform numbers in [0, 1), with a flaw.
struct WrongInitializer: Initializer {
  enum Flaw: String, CaseIterable {
    case none, unspecified, tooFew, dividesByExtent, countsCalls, ownSeed

    var rule: InitializerRule? {
      switch self {
      case .none: nil
      case .unspecified: .specification
      case .tooFew: .count
      case .dividesByExtent: .finite
      case .countsCalls: .determinism
      case .ownSeed: .seeds
      }
    }
  }

  let flaw: Flaw
  private let calls = CallCounter()

  init(flaw: Flaw) { self.flaw = flaw }

  var specification: String { flaw == .unspecified ? "" : "wrong-\(flaw.rawValue)" }

  func values(for group: ParameterGroup, random: inout any RandomSource) -> [Double] {
    var own: any RandomSource = Xoshiro256(seed: 5)
    let count = flaw == .tooFew ? group.count - group.count / 4 : group.count
    let shift = flaw == .countsCalls ? Double(calls.next()) : 0
    let scale = flaw == .dividesByExtent ? 1 / Double(group.fanIn - 1) : 1
    return (0..<count).map { _ in ((flaw == .ownSeed ? own.uniform() : random.uniform()) + shift) * scale }
  }
}

/// Points of two classes, with a flaw.
struct WrongGenerator: DataGenerator {
  enum Flaw: String, CaseIterable {
    case none, unspecified, empty, infinite, foreignClass, countsCalls, ownSeed

    var rule: DataGeneratorRule? {
      switch self {
      case .none: nil
      case .unspecified: .specification
      case .empty: .shape
      case .infinite: .finite
      case .foreignClass: .classes
      case .countsCalls: .determinism
      case .ownSeed: .seeds
      }
    }
  }

  let flaw: Flaw
  private let calls = CallCounter()

  init(flaw: Flaw) { self.flaw = flaw }

  var specification: String { flaw == .unspecified ? "" : "wrong-\(flaw.rawValue)" }

  func generate(streams: NamedStreams) throws -> DataSet {
    var random = (flaw == .ownSeed ? NamedStreams(seed: 5) : streams).generator(for: .data)
    let count = flaw == .empty ? 0 : 6
    var inputs = (0..<count).map { _ in [random.uniform(), random.uniform()] }
    if flaw == .infinite { inputs[3][1] = .infinity }
    if flaw == .countsCalls { inputs[0][0] = Double(calls.next()) }
    let largest = flaw == .foreignClass ? 3 : 2
    return try DataSet(
      inputNames: ["x", "y"], targetNames: ["class"], inputs: inputs,
      targets: (0..<count).map { [Double($0 % largest)] }, task: .classification(classNames: ["in", "out"]))
  }
}

/// The base rate over 1 + step, with a flaw.
struct WrongSchedule: Schedule {
  enum Flaw: String, CaseIterable {
    case none, unspecified, negative, overflows, countsCalls, absolute

    var rule: ScheduleRule? {
      switch self {
      case .none: nil
      case .unspecified: .specification
      case .negative, .overflows: .range
      case .countsCalls: .purity
      case .absolute: .scaling
      }
    }
  }

  let flaw: Flaw
  private let calls = CallCounter()

  init(flaw: Flaw) { self.flaw = flaw }

  var specification: String { flaw == .unspecified ? "" : "wrong-\(flaw.rawValue)" }

  func learningRate(at step: Int, base: Double) -> Double {
    switch flaw {
    case .none, .unspecified: base / Double(1 + step)
    case .negative: base * (1 - Double(step) / 10_000)
    case .overflows: step > 1_000_000 ? base * (.infinity - .infinity) : base
    case .countsCalls: base / Double(1 + calls.next()) + 0 * Double(step)
    case .absolute: 0.01
    }
  }
}
