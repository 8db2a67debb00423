// SPDX-License-Identifier: Apache-2.0

import CurveFitting
import DifferentiationCore
import Synchronization
import Testing

/// A run that is told to end: what is finished counts.
@Suite struct Interruption {
  /// Raised by the progress of a run.
  private final class Flag: Sendable {
    private let value = Atomic<Bool>(false)
    var isRaised: Bool { value.load(ordering: .relaxed) }
    func raise() { value.store(true, ordering: .relaxed) }
  }

  private func fit(_ flag: Flag, until: @escaping @Sendable (FitProgress) -> Bool) -> CurveFit {
    let (x, y) = decayData(30)
    var fit = CurveFit(Decay.curve, CurveData(x: x, y: y), start: Decay.start)
    fit.progress = { if until($0) { flag.raise() } }
    fit.isCancelled = { flag.isRaised }
    return fit
  }

  @Test func withoutAFinishedStartThereIsNoResult() {
    let flag = Flag()
    #expect(throws: CancellationError.self) { try fit(flag) { $0.iteration == 1 }.run() }
    #expect(flag.isRaised)
  }

  @Test func finishedStartsCount() throws {
    var several = fit(Flag()) { _ in false }
    several.multistart = Multistart(count: 10, seed: 1, ranges: ["b": 0.5...2])
    let whole = try several.run()
    let flag = Flag()
    var cut = fit(flag) { $0.start == 3 }
    cut.multistart = several.multistart
    let result = try cut.run()
    #expect(result.status == .converged && result.starts.count == 3 && whole.starts.count == 10)
    #expect(result.starts == Array(whole.starts.prefix(3)))
    #expect(result.warnings.contains { $0.contains("3 of 10 starts") }, "\(result.warnings)")
  }

  @Test func finishedProfilesCount() throws {
    let flag = Flag()
    var fit = fit(flag) { $0.profile == "b" }
    fit.profileIntervals = true
    let result = try fit.run()
    #expect(result.status == .converged)
    #expect(result["a"]?.profileLower != nil && result["a"]?.profileUpper != nil)
    #expect(result["b"]?.profileLower == nil && result["c"]?.profileUpper == nil)
    #expect(result.warnings.contains { $0.contains("no profile interval of b, c") }, "\(result.warnings)")
  }
}
