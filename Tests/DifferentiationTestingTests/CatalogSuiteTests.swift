// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import DifferentiationTesting
import Testing

@Suite("The suites for catalog entries and registries")
struct CatalogSuiteTests {
  @Test("accept the standard registry")
  func acceptsStandard() {
    #expect(RegistrySuite(.standard).failures() == [])
  }

  @Test("accept a sound entry")
  func acceptsSound() {
    #expect(CatalogEntrySuite(Self.entry(), probe: .schedules).failures() == [])
  }

  @Test("reject wrong entries, each by its rule")
  func rejectsEntries() {
    func violated(_ entry: CatalogEntry<any Schedule>) -> [CatalogEntryRule] {
      CatalogEntrySuite(entry, probe: .schedules).violatedRules()
    }
    #expect(violated(Self.entry(name: "Inverse Decay")).contains(.name))
    #expect(violated(Self.entry(summary: " ")) == [.summary])
    #expect(violated(Self.entry(decay: 7)).contains(.options))
    #expect(violated(Self.entry { _ in throw DifferentiationError.incompatible("it", wayOut: "none") }) == [.defaults])
    #expect(violated(Self.entry { _ in InverseDecay(decay: 0.5, specification: "decay") }) == [.optionEffect])
    #expect(
      violated(Self.entry { InverseDecay(decay: try $0.number("decay"), specification: "decay") }) == [.roundTrip])
    let calls = CallCounter()
    let moody = Self.entry {
      InverseDecay(decay: try $0.number("decay") + Double(calls.next()), specification: $0.specification)
    }
    #expect(violated(moody).contains(.determinism))
  }

  @Test("let an option be refused where it would not act")
  func acceptsRefusedOption() {
    let entry = Self.entry(extra: [.number("floor", default: nil, in: 0...1, "smallest factor, with decay=2")]) {
      let decay = try $0.number("decay")
      if $0["floor"] != nil, decay != 2 { throw DifferentiationError.incompatible("floor", wayOut: "decay=2") }
      let floor = $0["floor"] == nil ? 0 : try $0.number("floor")
      return InverseDecay(decay: decay, floor: floor, specification: $0.specification)
    }
    #expect(CatalogEntrySuite(entry, probe: .schedules).failures() == [])
  }

  @Test("find a wrong entry in a registry")
  func findsWrongEntry() {
    var registry = Registry.standard
    let name = registry.differentiators.names[0]
    registry.differentiators.register(
      CatalogEntry(name, summary: "wrong on purpose") { _ in
        WrongDifferentiator(try Registry.standard.differentiators.make(name), .factorTwo)
      })
    let rules = Set(RegistrySuite(registry).failures().map(\.rule))
    #expect(rules.contains(DifferentiatorRule.jacobian.rawValue))
    // It makes itself under a name that the registry does not have.
    #expect(rules.contains(CatalogEntryRule.roundTrip.rawValue))
    #expect(throws: ConformanceError.self) { try RegistrySuite(registry).requireConformance() }
  }

  private static func entry(
    name: String = "decay", summary: String = "base / (1 + decay step)", decay: Double = 0.5,
    extra: [OptionSpecification] = [],
    make: @escaping @Sendable (Options) throws -> any Schedule = {
      InverseDecay(decay: try $0.number("decay"), specification: $0.specification)
    }
  ) -> CatalogEntry<any Schedule> {
    CatalogEntry(
      name, summary: summary, options: [.number("decay", default: decay, in: 0...5, "decay a step")] + extra,
      make: make)
  }
}

private struct InverseDecay: Schedule {
  var decay: Double
  var floor = 0.0
  var specification: String

  func learningRate(at step: Int, base: Double) -> Double { base * max(floor, 1 / (1 + decay * Double(step))) }
}
