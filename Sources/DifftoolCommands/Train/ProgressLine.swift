// SPDX-License-Identifier: Apache-2.0

import Training

/// The line of a progress bar: what a terminal of any width shows of a training under way.
///
/// Where it does not fit, the parts that matter least go first and then the bar shrinks; epoch, loss and the time left
/// stay.
package struct ProgressLine {
  /// The step just made.
  package var progress: StepProgress
  /// The figures of the last validation.
  package var validation: Metrics?
  /// The steps made in `elapsed`.
  package var stepsMade: Int
  /// Seconds since the first step of this run.
  package var elapsed: Double

  /// The state of a training.
  package init(progress: StepProgress, validation: Metrics? = nil, stepsMade: Int, elapsed: Double) {
    self.progress = progress
    self.validation = validation
    self.stepsMade = stepsMade
    self.elapsed = elapsed
  }

  /// The line, of at most `width` columns.
  package func text(width: Int, ascii: Bool) -> String {
    let total = progress.epochs * progress.stepsPerEpoch
    let left = Double(total - progress.step) * elapsed / Double(max(stepsMade, 1))
    // The lower the rank, the earlier a part is left out; those without one stay.
    var parts: [(text: String, rank: Int?)] = [
      ("epoch \(progress.epoch)/\(progress.epochs)", nil),
      ("loss \(NumberText.value(progress.loss, digits: 4))", nil),
    ]
    if let validation {
      parts.append(("val \(NumberText.value(validation.loss, digits: 4))", 2))
      if let accuracy = validation.accuracy { parts.append(("acc \(NumberText.value(accuracy, digits: 4))", 3)) }
      if let r2 = validation.r2 { parts.append(("R2 \(NumberText.value(r2, digits: 4))", 3)) }
    }
    parts.append(("\(Int(Double(stepsMade) / max(elapsed, 1e-9))) steps/s", 1))
    parts.append(("\(NumberText.duration(left, ascii: true)) left", nil))

    func room() -> Int { width - parts.reduce(0) { $0 + $1.text.count + 2 } + 1 }
    while room() < Self.shortestBar, let rank = parts.compactMap(\.rank).min() {
      parts.removeAll { $0.rank == rank }
    }
    let share = Double(progress.step) / Double(max(total, 1))
    // In steps of four, so that it does not jump with every digit beside it.
    let bar = Self.bar(share, width: min(Self.longestBar, room() / 4 * 4), ascii: ascii)
    let text = parts.map(\.text).joined(separator: "  ")
    return String((bar.isEmpty ? text : "\(bar) \(text)").prefix(width))
  }

  private static let longestBar = 20
  private static let shortestBar = 8

  /// A bar; none where there is no room for one that says anything.
  private static func bar(_ share: Double, width: Int, ascii: Bool) -> String {
    guard width >= 4 else { return "" }
    let filled = min(width, max(0, Int(share * Double(width))))
    let (full, empty) = ascii ? ("#", "-") : ("█", "░")
    return String(repeating: full, count: filled) + String(repeating: empty, count: width - filled)
  }
}
