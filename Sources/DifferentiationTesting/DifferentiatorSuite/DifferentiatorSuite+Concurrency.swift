// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Dispatch
import Synchronization

// The same questions from several threads at once.
extension DifferentiatorSuite {
  func checkConcurrency() -> [ConformanceFailure] {
    let meeting = Meeting()
    let f = TargetFunction(.field(MeetingField(meeting: meeting).erased), handWritten: { x in [[x[1], x[0], 1]] })
    let points: [[Double]] = (0..<8).map { k in
      let t = Double(k)
      return [t + 0.5, t * 0.75 - 2, t * 0.25]
    }
    let requests = DerivativeRequest.all(inputs: 3, outputs: 1)
      .filter { !$0.isSecondOrder || differentiator.traits.secondOrder }
    @Sendable func ask(_ point: [Double]) -> [DerivativeResult] {
      requests.compactMap { try? $0.ask(differentiator, f, at: point) }
    }
    let alone = points.map(ask)
    meeting.isOpen.store(true, ordering: .relaxed)
    let together = Mutex<[[[DerivativeResult]]]>(Array(repeating: [], count: 4))
    DispatchQueue.concurrentPerform(iterations: 4) { worker in
      // Each worker starts elsewhere, so that no two ask the same at once.
      let order = points.indices.map { ($0 + 2 * worker) % points.count }
      var answers = alone.map { _ in [DerivativeResult]() }
      for index in order { answers[index] = ask(points[index]) }
      together.withLock { [answers] in $0[worker] = answers }
    }
    for answers in together.withLock({ $0 }) {
      for (index, (mine, expected)) in zip(answers, alone).enumerated() {
        let same = mine.count == expected.count && zip(mine, expected).allSatisfy { sameBits($0, $1) }
        guard same else {
          return [
            failure(
              .concurrency, "four threads at once, at \(text(points[index]))", expected: "\(expected.map(\.rows))",
              found: "\(mine.map(\.rows))")
          ]
        }
      }
    }
    return []
  }
}

/// Where evaluations on different threads wait a moment for each other, so that they overlap.
private final class Meeting: Sendable {
  let isOpen = Atomic(false)
  private let arrivals = Atomic(0)

  func arrive() {
    guard isOpen.load(ordering: .relaxed) else { return }
    let mine = arrivals.add(1, ordering: .relaxed).newValue
    var patience = 2000
    while patience > 0, arrivals.load(ordering: .relaxed) == mine { patience -= 1 }
  }
}

private struct MeetingField: ScalarField {
  let meeting: Meeting
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> S {
    meeting.arrive()
    let product = x[0] * x[1]
    meeting.arrive()
    return product + S.exp(x[2]) * x[0]
  }
}
