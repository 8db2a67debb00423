// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import FiniteDifferences
import ForwardMode
import ReverseMode
import Testing

/// What a method cannot do: the core says what it takes, the registry who has it.
struct RefusalTests {
  private func refusal() throws -> DifferentiationError {
    let error = #expect(throws: DifferentiationError.self) {
      try TapeDifferentiator().jacobian(of: .blackBox { $0[0] * $0[0] }, at: [2])
    }
    return try #require(error)
  }

  @Test func theCoreNamesTheNeed() throws {
    guard case .unsupported(let method, _, _, let needs, let alternatives) = try refusal() else {
      Issue.record("another error")
      return
    }
    #expect(method == "tape" && needs == .blackBoxes && alternatives == [])
    #expect(try refusal().description.hasSuffix("; take a method that takes black boxes, such as differences"))
  }

  @Test func theRegistryNamesTheMethods() throws {
    var registry = Registry()
    registry.differentiators.register(TapeDifferentiator.entry)
    registry.differentiators.register(FiniteDifference.entry)
    registry.differentiators.register(DualDifferentiator.entry)
    #expect(registry.methods(meeting: .blackBoxes) == ["finite-difference"])
    #expect(registry.methods(meeting: .secondOrder) == ["tape", "finite-difference", "dual"])
    #expect(try registry.naming(refusal()).description.hasSuffix("; these can: finite-difference"))
    // Without one that can, the need stays.
    #expect(try Registry().naming(refusal()) == refusal())
    let other = DifferentiationError.notFinite(what: "x", place: "0")
    #expect(registry.naming(other) == other)
  }

  @Test func aNeedIsMetByATrait() {
    for (need, traits) in [
      (DifferentiatorNeed.blackBoxes, TapeDifferentiator().traits),
      (.secondOrder, DifferentiatorTraits(mode: .given, accuracy: .exact, secondOrder: false, ruleFamily: "given")),
    ] { #expect(!need.isMet(by: traits)) }
  }
}
