// SPDX-License-Identifier: Apache-2.0

import Differentiation
import DifferentiationCore
import Replays
import Testing

@Suite("Systems of the teaching documents")
struct CoverageTests {
  @Test("Every system has figures, and every replay those of the systems it names")
  func coverage() throws {
    let tape = try Registry.standard.differentiators.make("tape")
    var covered: Set<String> = []
    for replay in Replays.all {
      // One seed is enough to see which systems the figures belong to.
      let settings = ReplaySettings(differentiator: tape, seeds: replay.defaultSeeds.isEmpty ? nil : [0])
      let result = try replay.run(settings)
      #expect(Set(result.figures.map(\.system)) == Set(replay.systems), "\(replay.name)")
      #expect(Set(replay.systems).isSubset(of: replay.document.systems), "\(replay.name)")
      covered.formUnion(replay.systems)
      for figure in result.figures {
        #expect(!figure.name.isEmpty && !figure.document.isEmpty && !figure.computed.isEmpty, "\(replay.name)")
        let needsReason = figure.comparison == .withinBound || figure.comparison == .notRepeatable
        #expect(!needsReason || figure.reason?.isEmpty == false, "\(replay.name): \(figure.name)")
      }
    }
    let all = TeachingDocument.allCases.flatMap(\.systems)
    #expect(all.count == 34 && all.first == "S0.1" && all.last == "S4.7")
    #expect(covered == Set(all), "not covered: \(Set(all).subtracting(covered).sorted())")
    #expect(Set(Replays.pictures.keys).isSubset(of: all))
  }

  @Test("The documents' mistakes are all shown, with numbers that differ")
  func traps() throws {
    let tape = try Registry.standard.differentiators.make("tape")
    var systems: [String] = []
    for replay in Replays.all {
      let settings = ReplaySettings(differentiator: tape, seeds: replay.defaultSeeds.isEmpty ? nil : [0])
      for trap in try replay.run(settings).traps {
        systems.append(trap.system)
        #expect(trap.document != trap.mended && !trap.change.isEmpty, "\(replay.name)")
      }
    }
    #expect(systems == ["S1.6", "S1.9", "S2.3", "S2.4", "S2.6", "S3.4", "S4.3", "S4.4", "S4.5", "S4.6", "S4.7"])
  }

  @Test("Names are those that are typed, once each")
  func names() {
    let names = Replays.all.map(\.name)
    #expect(Set(names).count == names.count && names.count == 23)
    #expect(Set(names).isSuperset(of: ["circle", "moons", "quadratic", "y3x"]))
    #expect(names.allSatisfy { $0.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" } })
    #expect(Replays.all.allSatisfy { !$0.summary.isEmpty && $0.source.hasPrefix("document ") && $0.cost > 0 })
    let order = Replays.all.map(\.document.rawValue)
    #expect(order == order.sorted())
  }

  @Test("Other seeds are taken where there are seeds")
  func seeds() throws {
    let tape = try Registry.standard.differentiators.make("tape")
    let two = try CircleReplay().run(ReplaySettings(differentiator: tape, seeds: [3, 4]))
    #expect(two.lines.count == 2 && two.lines[0].hasPrefix("seed 3") && two.lines[1].hasPrefix("seed 4"))
    #expect(try CircleReplay(seeds: [3, 4]).run(differentiator: tape).lines == two.lines)
  }

  @Test("Cancelled before it begins a replay over seeds ends in CancellationError")
  func cancelled() throws {
    let tape = try Registry.standard.differentiators.make("tape")
    let settings = ReplaySettings(differentiator: tape, isCancelled: { true })
    #expect(throws: CancellationError.self) { try CircleReplay().run(settings) }
  }
}
