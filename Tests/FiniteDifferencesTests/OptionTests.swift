// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import FiniteDifferences
import Testing

@Suite("Options of finite differences")
struct OptionTests {
  let catalog: Catalog<any Differentiator> = {
    var catalog = Catalog<any Differentiator>(kind: "differentiator")
    catalog.register(FiniteDifference.entry)
    return catalog
  }()

  @Test(
    "an option without effect is refused, by name",
    arguments: [
      ("order=2", "order"), ("denominator=step", "denominator"), ("step=1e-3,h=1e-3", "step"),
      ("scheme=central,order=1,h=1e-3", "order"), ("scheme=forward,order=4,h=1e-3", "order"),
      ("h=1e-3,order=3", "order"), ("scheme=sideways", "scheme"), ("h=0", "h"), ("h=-1e-3", "h"), ("step=0", "step"),
      ("step=2", "step"), ("h=nan", "h"), ("search=off,h=1e-3", "search"), ("search=maybe", "search"),
      ("search=off,order=2", "order"),
    ])
  func refused(options: String, name: String) {
    #expect {
      try catalog.make("finite-difference:\(options)")
    } throws: { error in
      guard case .invalidOption("finite-difference", option: name, _, _)? = error as? DifferentiationError else {
        return false
      }
      return true
    }
  }

  @Test("an unknown option gets a suggestion")
  func unknown() {
    #expect {
      try catalog.make("finite-difference:shceme=central")
    } throws: { error in
      guard case .unknownOption(_, _, _, let suggestion)? = error as? DifferentiationError else { return false }
      return suggestion == "scheme"
    }
  }

  @Test(
    "the name says what differs from the defaults, and makes the same method again",
    arguments: [
      ("", ""), (":scheme=central", ""), (":scheme=forward", ":scheme=forward"),
      (":scheme=central,step=1e-3", ":step=0.001"), (":search=off", ":search=off"), (":search=on", ""),
      (":search=off,scheme=backward,step=1e-4", ":scheme=backward,step=0.0001,search=off"),
      (":h=1e-12,order=1", ":h=1e-12,order=1"),
      (":h=0.001,scheme=backward,denominator=step", ":scheme=backward,h=0.001,denominator=step"),
    ])
  func names(typed: String, printed: String) throws {
    let method = try catalog.make("finite-difference" + typed)
    #expect(method.name == "finite-difference" + printed)
    #expect(try catalog.make(method.name).name == method.name)
    #expect(try catalog.make(method.name).traits == method.traits)
  }

  @Test("every accepted option changes the points that are looked at, or what is divided by")
  func everyOptionActs() throws {
    func trace(_ options: String) throws -> [Double] {
      let seen = Recorded()
      let result = try catalog.make("finite-difference\(options)").jacobian(
        of: .blackBox { x in
          seen.append(x[0])
          return 1 / (1 + x[0] * x[0])
        }, at: [0.3])
      return seen.points + [result.derivative]
    }
    let variants = [
      "", ":scheme=forward", ":scheme=backward", ":step=1e-4", ":search=off", ":search=off,step=1e-4",
      ":search=off,scheme=forward", ":h=1e-4", ":h=1e-5", ":h=1e-4,order=1",
      ":h=1e-4,order=4", ":h=1e-4,scheme=backward", ":h=1e-4,scheme=forward,order=2", ":h=1e-4,denominator=step",
      ":h=1e-4,order=1,denominator=step",
    ]
    let traces = try variants.map(trace)
    for i in traces.indices {
      for j in 0..<i { #expect(traces[i] != traces[j], "\(variants[i]) and \(variants[j])") }
    }
  }

  @Test("made in Swift as by name")
  func initialisers() throws {
    #expect(try FiniteDifference().name == "finite-difference")
    let fixed = try FiniteDifference(scheme: .forward, step: .fixed(1e-6, order: 1, denominator: .step))
    #expect(fixed.name == "finite-difference:scheme=forward,h=1e-06,order=1,denominator=step")
    #expect(throws: DifferentiationError.self) { try FiniteDifference(step: .adaptive(relative: 0)) }
    #expect(throws: DifferentiationError.self) { try FiniteDifference(step: .adaptive(relative: .nan)) }
    #expect(throws: DifferentiationError.self) { try FiniteDifference(step: .single(relative: 2)) }
    #expect(throws: DifferentiationError.self) {
      try FiniteDifference(step: .fixed(1e-6, order: 1, denominator: .step))
    }
  }

  @Test("traits")
  func traits() throws {
    let searched = try FiniteDifference().traits
    #expect(searched.mode == .differences && searched.takesBlackBoxes && searched.estimatesError)
    #expect(searched.accuracy == .truncated(order: 6) && searched.ruleFamily == "differences")
    #expect(try FiniteDifference(scheme: .forward).traits.accuracy == .truncated(order: 4))
    let single = try FiniteDifference(step: .single(relative: 1e-3)).traits
    #expect(single.accuracy == .truncated(order: 4) && single.estimatesError && single.takesBlackBoxes)
    let fixed = try catalog.make("finite-difference:h=1e-3,order=4").traits
    #expect(fixed.accuracy == .truncated(order: 4) && fixed.estimatesError && fixed.takesBlackBoxes)
  }
}

/// Points in the order in which a function saw them; tests call it from one task only.
final class Recorded: @unchecked Sendable {
  private(set) var points: [Double] = []
  func append(_ x: Double) { points.append(x) }
}
